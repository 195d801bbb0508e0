//! Papers on file: issued by the use case, or written as another version of the program would have.

use papers::paper::{Attached, Block, Check, Paper};
use records::Noun as _;
use records::document::{About, CheckCode, Document, DocumentEvent};
use records::moment::By;
use service::document::{DocumentKind, Press};
use sm3::{Digest as _, Sm3};
use store::{Change, Commit, DocumentContent, DocumentIndex, DocumentRow, Index};

use super::city::{City, PROGRAMME, answers, person};
use super::machine;

pub fn press() -> Press {
    Press::of(machine::font_files()).unwrap()
}

/// A provider in the pool, whose introduction this is.
pub async fn introduced(city: &City, introduction: &str) -> String {
    let batch = city.call("pool").await;
    let id = city.start(&person("provider"), &batch).await.unwrap();
    let filled = answers(&[("provider.introduction", introduction), ("provider.promise", "yes")]);
    city.prepare(&person("provider"), &id, "pool-apply", filled).await.unwrap();
    city.sign("provider/certifier", &id, "pool-apply").await.unwrap();
    id
}

pub fn form() -> DocumentKind {
    DocumentKind::Form("provider".to_owned())
}

pub fn sm3(text: &str) -> String {
    Sm3::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A paper of a file as another version of the program kept it.
pub struct Kept {
    pub id: &'static str,
    /// Its words; none: they were not kept then, nor was its content digested.
    pub words: Option<&'static str>,
    /// A picture is attached.
    pub attached: bool,
}

impl Kept {
    /// Writes it with its entry in the journal; answers its id.
    pub async fn write(&self, city: &City, file: &str) -> String {
        let head = city.store.head(PROGRAMME).await.unwrap().hash;
        let code = CheckCode::of_digest(&sm3(self.id));
        let (paper, picture) = (self.paper(None), "7".repeat(64));
        assert_eq!(paper.attached().any(|attached| attached.digest == picture), self.attached);
        let today = papers::text(&paper).unwrap();
        let check = Check { code: code.to_string(), address: None, head: head.clone() };
        let paper = serde_json::to_string(&self.paper(Some(check))).unwrap();
        let document = Document {
            id: self.id.into(),
            programme: PROGRAMME.into(),
            about: About { noun: "application".into(), id: file.into() },
            kind: form().word(),
            title: "简介".into(),
            code,
            digest: sm3(self.words.unwrap_or(&today)),
            content: self.words.map(|_| sm3(&paper)),
            head,
            at: city.now,
            by: By { account: "city-handler".into(), ..By::upkeep() },
        };
        let content = DocumentContent { paper, words: self.words.unwrap_or_default().into() };
        write(city, document, content).await;
        self.id.to_owned()
    }

    fn paper(&self, check: Option<Check>) -> Paper {
        let (id, digest) = ("picture".to_owned(), "7".repeat(64));
        let mut blocks = vec![Block::body("从事设备联网。"), Block::body(&digest[..16])];
        let picture = Attached { id, digest, description: "附图1".into(), address: None };
        blocks.extend(self.attached.then_some(Block::Attached(picture)));
        Paper { title: "简介".into(), blocks, check, ..Paper::default() }
    }
}

async fn write(city: &City, document: Document, content: DocumentContent) {
    let row = DocumentRow {
        id: document.id.to_string(),
        programme: PROGRAMME.into(),
        noun: document.about.noun.clone(),
        record_id: document.about.id.clone(),
        kind: document.kind.clone(),
        title: document.title.clone(),
        code: document.code.as_str().into(),
        digest: document.digest.clone(),
        issued_at_ms: city.now.0,
    };
    let state = serde_json::to_string(&document).unwrap();
    let event = serde_json::to_value(DocumentEvent::Issued { document: Box::new(document) }).unwrap();
    assert_eq!(event.to_string().contains("\"content\""), !content.words.is_empty(), "records from before are as they were");
    let index = Index::Document(Box::new(DocumentIndex { row: row.clone(), content }));
    let change = Change { noun: Document::NOUN, id: row.id, expected_version: 0, events: vec![event], state, index };
    let commit = Commit { programme: PROGRAMME.into(), at_unix_ms: city.now.0, changes: vec![change], ..Commit::default() };
    city.store.commit(&commit).await.unwrap();
}
