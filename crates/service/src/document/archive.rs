//! 一企一档 in one file: index, papers, uploaded files, what the journal says, and how to check it without this platform.

use std::collections::BTreeMap;

use papers::paper::{Block, Cell, Level, Paper, Row, Table, TextSize};
use records::Noun as _;
use records::Refusal;
use records::access::{Acting, Sight};
use records::application::Application;
use records::document::Document;
use store::{Page, Paper as Upload};

use super::bundle::Bundle;
use super::concerned::Concerned;
use super::extract::{Extract, Reads};
use super::issue::hex;
use super::of_file::issue_offered;
use super::of_office::{issue_supervision, may_supervise};
use super::open::{issued_of_publicity, open};
use super::press::{Press, broken};
use crate::application::{self, FileView};
use crate::desk::{Desk, only};
use crate::dossier::{self, Dossier};
use crate::paper::Files;
use crate::saved_name::{harmless, saved_name};
use crate::{ServiceError, compiled_once};

/// Files of one archive.
const FILES_MOST: i64 = 100;
/// Bytes of the uploaded files in one archive.
const BYTES_MOST: i64 = 2 << 30;

/// What its own lines of publicities and payment lists are called.
const LINES: &str = "公示和拨付情况";

/// Everything on file of an organisation for somebody who may read it. Papers that were not issued yet are.
///
/// # Errors
/// The person may not read it, or there is too much for one archive.
#[compiled_once]
pub async fn archive(desk: &Desk<'_>, files: &Files, acting: &Acting, press: &Press, id: &str) -> Result<Bundle, ServiceError> {
    let dossier = dossier::dossier(desk, acting, id, Page::first(FILES_MOST)).await?;
    only(dossier::may_read(acting, &dossier.organisation))?;
    if dossier.total > FILES_MOST {
        return Err(Refusal::new(format!("申报件超过{FILES_MOST}件，请分事项在申报件中下载文书。")).into());
    }
    let bundle = Bundle::new(saved_name(&[&dossier.organisation.name, "一企一档"], Some(desk.today())), press.clone()).with_files(files);
    let mut made = Made::of(bundle);
    for (row, number) in dossier.applications.iter().rev().zip(1_usize..) {
        match application::open(desk, acting, &row.id).await {
            Ok(view) => made.file(desk, acting, press, &view, number).await?,
            Err(ServiceError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    if may_supervise(acting, &dossier.organisation) {
        made.supervised(desk, acting, press, &dossier).await?;
    }
    made.concerned(desk, acting, &dossier.organisation.name).await?;
    made.finished(desk, &dossier.organisation.name).await
}

/// An archive under way.
struct Made {
    bundle: Bundle,
    /// Where it stands, what it is, how it is checked.
    index: Vec<[String; 3]>,
    /// The same of the words of papers, which only the list to check by names.
    words: Vec<[String; 3]>,
    journal: Extract,
    concerned: Concerned,
    bytes: i64,
}

impl Made {
    fn of(bundle: Bundle) -> Self {
        let (journal, concerned) = (Extract::default(), Concerned::default());
        Self { bundle, index: Vec::new(), words: Vec::new(), journal, concerned, bytes: 0 }
    }

    /// One file: its papers, its uploads, its entries.
    async fn file(&mut self, desk: &Desk<'_>, acting: &Acting, press: &Press, view: &FileView, number: usize) -> Result<(), ServiceError> {
        let label = view.pack.procedure(&view.application.procedure).map_or("", |procedure| procedure.label.as_str());
        let folder = format!("{number:02}-{}", harmless(label));
        let happened = application::timeline(desk, acting, view.application.id.as_str()).await?;
        let told: BTreeMap<i64, String> = happened.into_iter().map(|one| (one.seq, one.what)).collect();
        let all = matches!(view.sight.sight(), Sight::Office | Sight::Supervisor);
        let reads = Reads { all, organisation: acting.organisation.as_str(), told: &told };
        for (id, place) in issue_offered(desk, acting, press, view).await?.iter().zip(1_usize..) {
            self.issued(desk, acting, &format!("{folder}/文书/{place:02}"), id, &reads).await?;
        }
        let uploads = application::papers(desk, acting, view.application.id.as_str()).await?;
        let slots = view.application.papers.iter().flat_map(|(slot, papers)| papers.iter().map(move |paper| (slot, paper)));
        for ((slot, paper), place) in slots.zip(1_usize..) {
            if let Some(upload) = uploads.iter().find(|upload| upload.id == paper.as_str()) {
                self.upload(&folder, material(view, slot), place, upload)?;
            }
        }
        for entry in desk.store.entries_of(Application::NOUN, view.application.id.as_str()).await? {
            let event = serde_json::from_str(&entry.event).map_err(|_| ServiceError::Broken)?;
            self.concerned.learn(view.application.id.as_str(), &event);
            let (what, whole) = reads.told(&entry);
            self.journal.take(entry, what, whole);
        }
        Ok(())
    }

    /// A paper, its words as they were digested, and the entry that holds their digest.
    async fn issued(&mut self, desk: &Desk<'_>, acting: &Acting, name: &str, id: &str, reads: &Reads<'_>) -> Result<(), ServiceError> {
        let issued = open(desk, Some(acting), id).await?;
        let Document { title, code, digest, .. } = &issued.document;
        let name = format!("{name}-{}", harmless(&title.replace('/', "_")));
        self.index.push([format!("{name}.pdf"), title.clone(), format!("校验码 {code}")]);
        self.words.push([format!("{name}.txt"), format!("{title}（文字）"), format!("SM3 {digest}")]);
        self.bundle.text(&format!("{name}.txt"), issued.words);
        self.bundle.paper(&name, issued.paper);
        for entry in desk.store.entries_of(Document::NOUN, id).await? {
            let whole = reads.all || entry.organisation == reads.organisation;
            self.journal.take(entry, format!("出具{title}"), whole);
        }
        Ok(())
    }

    /// An uploaded file in the slot it was handed in for: a file in two slots is there twice.
    fn upload(&mut self, folder: &str, slot: &str, place: usize, upload: &Upload) -> Result<(), ServiceError> {
        self.bytes += upload.bytes;
        if self.bytes > BYTES_MOST {
            return Err(Refusal::new(format!("上传的材料超过{}GB，请在申报件中分别下载。", BYTES_MOST >> 30)).into());
        }
        let name = format!("{slot}-{}", upload.name).replace('/', "_");
        let name = format!("{folder}/材料/{place:02}-{}", harmless(&name));
        self.index.push([name.clone(), slot.to_owned(), format!("SM3 {}", upload.digest)]);
        self.bundle.upload(&name, &upload.digest);
        Ok(())
    }

    /// The reports of the supervision on the organisation, one a programme, for those who may have them.
    async fn supervised(&mut self, desk: &Desk<'_>, acting: &Acting, press: &Press, dossier: &Dossier) -> Result<(), ServiceError> {
        let told = BTreeMap::new();
        let reads = Reads { all: true, organisation: acting.organisation.as_str(), told: &told };
        for (programme, place) in dossier.programmes.iter().zip(1_usize..) {
            let id = issue_supervision(desk, acting, press, programme, dossier.organisation.id.as_str()).await?;
            self.issued(desk, acting, &format!("监督报告/{place:02}"), &id, &reads).await?;
        }
        Ok(())
    }

    /// The notices of its publicities, which are public, and its own lines of publicities and payment lists.
    async fn concerned(&mut self, desk: &Desk<'_>, acting: &Acting, organisation: &str) -> Result<(), ServiceError> {
        let concerned = std::mem::take(&mut self.concerned);
        let told = BTreeMap::new();
        let reads = Reads { all: false, organisation: acting.organisation.as_str(), told: &told };
        for (id, place) in concerned.publicities().zip(1_usize..) {
            if let Some(notice) = issued_of_publicity(desk, id).await?.first() {
                self.issued(desk, acting, &format!("公示/{place:02}"), &notice.id, &reads).await?;
            }
        }
        let lines = concerned.lines(desk, acting, organisation).await?;
        lines.entries.into_iter().for_each(|(entry, what)| self.journal.take(entry, what, false));
        let Some(paper) = lines.paper else { return Ok(()) };
        let words = papers::text(&paper).map_err(broken)?;
        self.index.push([format!("{LINES}.txt"), paper.title.clone(), format!("SM3 {}", hex(&words))]);
        self.bundle.text(&format!("{LINES}.txt"), words);
        self.bundle.paper(LINES, paper);
        Ok(())
    }

    async fn finished(mut self, desk: &Desk<'_>, organisation: &str) -> Result<Bundle, ServiceError> {
        let index: String = self.index.iter().chain(&self.words).map(|line| format!("{}\n", line.join("\t"))).collect();
        self.bundle.paper("目录", index_paper(organisation, &self.index));
        self.bundle.text("目录.txt", index);
        for (name, text) in self.journal.texts(desk).await? {
            self.bundle.text(&name, text);
        }
        self.bundle.text("核验说明.txt", HOW_TO_CHECK.to_owned());
        self.bundle.text("核验.sh", CHECK.to_owned());
        Ok(self.bundle)
    }
}

/// What a slot is called.
fn material<'a>(view: &'a FileView, slot: &'a str) -> &'a str {
    view.pack.material(slot).map_or(slot, |material| &material.spec.label)
}

fn index_paper(organisation: &str, index: &[[String; 3]]) -> Paper {
    let mut rows: Vec<Row> = vec![["序号", "文件", "内容", "核验"].map(Cell::head).to_vec().into()];
    for (line, number) in index.iter().zip(1_usize..) {
        let cells = line.iter().map(|text| Cell::value(text.as_str()));
        rows.push(std::iter::once(Cell::middle(number.to_string())).chain(cells).collect::<Vec<_>>().into());
    }
    let table = Table { caption: None, widths: vec![6, 38, 24, 32], head_rows: 1, rows, size: TextSize::SmallFive };
    let blocks = vec![Block::heading(Level::One, 1, "文书和材料"), Block::Table(table)];
    Paper { title: "一企一档目录".to_owned(), number: Some(organisation.to_owned()), blocks, ..Paper::default() }
}

/// How an outsider checks an archive, and the commands that do it.
const HOW_TO_CHECK: &str = include_str!("check/how.txt");
const CHECK: &str = include_str!("check/verify.sh");
