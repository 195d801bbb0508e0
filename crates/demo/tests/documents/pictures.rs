//! Uploaded pictures in a summary report: listed, shown in every file, left out where a page cannot hold them.

use papers::paper::{Block, Paper};
use records::organisation::OrganisationKind as K;
use service::application;
use service::document::{self, DocumentKind, Given, Names, Uploaded};
use service::paper::Files;

use super::city::City;
use super::machine;

const PNG: &[u8] = include_bytes!("pictures/licence.png");
const JPEG: &[u8] = include_bytes!("pictures/meeting.jpg");

pub async fn uploaded_pictures_stand_in_the_summary(city: &City) {
    let files = Files::open(&city.folder.join("files"), None).unwrap();
    let mut uploads = Vec::new();
    let cut = &PNG[..PNG.len() - PNG.len() / 3];
    for (slot, name, media_type, bytes) in [
        ("licence", "营业执照.png", "image/png", PNG),
        ("team-evidence", "会议照片王龘靐齉𠮷.jpg", "image/jpeg", JPEG),
        ("team-evidence", "残缺.png", "image/png", cut),
        ("level-evidence", "不是图片.png", "image/png", b"GIF89a"),
        ("level-evidence", "佐证.pdf", "application/pdf", b"%PDF-1.7"),
        ("contracts", "合同.png", "image/png", PNG),
    ] {
        let digest = files.blobs.put_stream(bytes).await.unwrap().as_str().to_owned();
        let (bytes, pages) = (bytes.len() as i64, (media_type == "application/pdf").then_some(3));
        let (slot, id, name, media_type) = (slot.to_owned(), digest[..26].to_owned(), name.to_owned(), media_type.to_owned());
        uploads.push(Uploaded { slot, id, name, media_type, bytes, pages, digest });
    }
    let bureau = city.office(K::CityBureau).await;
    let view = application::open(&city.desk(), &bureau, &city.file("subsidy", &["paid"]).await).await.unwrap();
    let given = Given { view: &view, names: &Names::default(), uploads: &uploads };
    let paper = document::file_paper(&given, &DocumentKind::Form("summary".to_owned())).unwrap();
    let words = papers::text(&paper).unwrap();
    let at = words.find("（六）其他证明材料").unwrap();
    super::compare("summary-materials.txt", &words[at..]);
    let made = document::with_pictures(&files, paper.clone()).await.unwrap();
    assert_eq!(papers::text(&made).unwrap(), words, "pictures change no word");
    assert_eq!(shown(&made), [true, true, false, false], "those that a page can hold");
    in_every_file(&paper, &made);
}

/// Of each picture that was attached, whether it stands there.
fn shown(paper: &Paper) -> Vec<bool> {
    let pictures = paper.blocks.iter().filter(|block| matches!(block, Block::Picture(_) | Block::Attached(_)));
    pictures.map(|block| matches!(block, Block::Picture(_))).collect()
}

fn in_every_file(paper: &Paper, made: &Paper) {
    let html = papers::print::html(&paper.clone().addressed(|number| format!("/documents/x/pictures/{number}"))).unwrap();
    assert!(html.contains("<img src=\"/documents/x/pictures/2\"") && html.contains("附图2　组织保障证明材料：会议照片王龘靐齉𠮷.jpg"));
    let folder = machine::folder("documents-pictures");
    let (pdf, docx) = (folder.join("summary.pdf"), folder.join("summary-docx.docx"));
    std::fs::write(&pdf, papers::pdf(made, machine::fonts()).unwrap().bytes).unwrap();
    std::fs::write(&docx, papers::docx(made).unwrap()).unwrap();
    if machine::skips_office() {
        return;
    }
    machine::convert(std::slice::from_ref(&docx), &folder);
    for file in [pdf, docx.with_extension("pdf")] {
        let pictures = machine::run("pdfimages", &["-list".as_ref(), file.as_ref()]);
        let sizes: Vec<&str> = pictures.lines().filter(|line| line.contains(" 320 ") && line.contains(" 200 ")).collect();
        assert_eq!(sizes.len(), 2, "{file:?}: {pictures}");
        assert!(machine::words(&file).contains("会议照片王龘靐齉𠮷.jpg"), "{file:?}");
    }
}
