//! Every paper of the demo city's programme, from a full file and from an empty one: its words and its number of pages are
//! kept, LibreOffice opens its DOCX, and no rare character is lost. `WRITE_SNAPSHOTS=1` renews what is kept.
#![allow(clippy::unwrap_used)]

mod archive;
mod city;
mod given;
mod issued;
#[allow(dead_code)]
#[path = "../../../papers/tests/renderings/machine.rs"]
mod machine;
mod pictures;
#[path = "../../../papers/tests/renderings/words.rs"]
mod words;

use std::fmt::Write as _;
use std::path::Path;

use papers::paper::{Check, Paper};

/// Characters that fonts lose.
const RARE: &str = "王龘靐齉𠮷";

fn checked(paper: Paper) -> Paper {
    let head = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0".to_owned();
    Paper {
        check: Some(Check { code: "CV3Z-1X32-XVPX".to_owned(), address: Some("https://example.invalid/verify".to_owned()), head }),
        ..paper
    }
}

#[tokio::test]
async fn every_paper_full_and_empty() {
    let city = city::City::made("documents").await;
    let all = given::papers(&city).await;
    let (mut pages, mut docx) = (String::new(), Vec::new());
    let folder = machine::folder("documents");
    for (name, paper) in all {
        let paper = checked(paper);
        let pdf = papers::pdf(&paper, machine::fonts()).unwrap();
        writeln!(pages, "{name} {}", pdf.pages).unwrap();
        std::fs::write(folder.join(format!("{name}.pdf")), &pdf.bytes).unwrap();
        if matches!(name.as_str(), "payment-list-full" | "publicity-full") && !machine::skips_office() {
            let words = machine::words(&folder.join(format!("{name}.pdf")));
            assert!(given::WIDE.iter().all(|number| words.contains(number)), "{name}: a number is broken\n{words}");
        }
        let html = papers::print::html(&paper).unwrap();
        std::fs::write(
            folder.join(format!("{name}.html")),
            format!("<!doctype html><meta charset=utf-8><style>{}</style>{html}", papers::print::CSS),
        )
        .unwrap();
        let file = folder.join(format!("{name}.docx"));
        std::fs::write(&file, papers::docx(&paper).unwrap()).unwrap();
        docx.push((name.clone(), file, paper.clone()));
        compare(&format!("{name}.txt"), &papers::text(&paper).unwrap());
    }
    compare("pages.txt", &pages);
    compare_office(&opens(&docx));
    a_rare_name_stands_in_every_rendering(&city).await;
    city.leave().await;
}

/// One start of LibreOffice turns every DOCX into PDF; all of its words are there, and nothing else. Gives the pages of each.
fn opens(all: &[(String, std::path::PathBuf, Paper)]) -> Option<String> {
    if machine::skips_office() {
        return None;
    }
    let folder = machine::folder("documents-office");
    let files: Vec<std::path::PathBuf> = all.iter().map(|(_, file, _)| file.clone()).collect();
    machine::convert(&files, &folder);
    let mut kept = String::new();
    for (name, _, paper) in all {
        let made = folder.join(format!("{name}.pdf"));
        let pages = machine::pages(&made);
        words::check_words(name, paper, &machine::words(&made), pages);
        writeln!(kept, "{name} {pages}").unwrap();
    }
    Some(kept)
}

/// The pages that LibreOffice makes of every DOCX, kept beside our own.
fn compare_office(pages: &Option<String>) {
    pages.iter().for_each(|pages| compare("pages-office.txt", pages));
}

fn compare(name: &str, made: &str) {
    testkit::kept::compare(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/snapshots").join(name), made);
}

async fn a_rare_name_stands_in_every_rendering(city: &city::City) {
    let paper = given::application_of(city, RARE).await;
    assert!(papers::text(&paper).unwrap().contains(RARE));
    assert!(papers::print::html(&paper).unwrap().contains(RARE));
    let folder = machine::folder("documents-rare");
    let (file, docx) = (folder.join("rare.pdf"), folder.join("rare-docx.docx"));
    std::fs::write(&file, papers::pdf(&paper, machine::fonts()).unwrap().bytes).unwrap();
    std::fs::write(&docx, papers::docx(&paper).unwrap()).unwrap();
    if !machine::skips_office() {
        machine::convert(std::slice::from_ref(&docx), &folder);
        assert!(machine::words(&file).contains(RARE));
        assert!(machine::words(&docx.with_extension("pdf")).contains(RARE), "the DOCX lost it");
    }
}
