//! Issuing papers: made from what somebody may see, proved to be printable, given a code, kept with an entry in the journal.

use papers::paper::{Check, Paper};
use records::access::Acting;
use records::document::{About, CheckCode, Document, DocumentEvent};
use sm3::{Digest as _, Sm3};
use store::{Change, Commit, DocumentContent, DocumentIndex, DocumentRow, Expected, Index, StoreError};

use super::DocumentKind;
use super::press::{Press, broken};
use crate::desk::Desk;
use crate::{ServiceError, on_file};

/// A paper that is to be issued.
pub(super) struct Draft {
    pub(super) about: About,
    pub(super) kind: DocumentKind,
    pub(super) paper: Paper,
}

/// How often papers are looked at again where somebody else issued one of them meanwhile: then that one is answered.
const TRIES: usize = 16;

/// Issues papers of one programme together; answers their ids in order. What was issued before and says the same is not
/// issued again, however many ask for it at once.
///
/// # Errors
/// The fonts lack a character, which is named; [`ServiceError::Conflict`] if others issue papers of the same records again and
/// again meanwhile.
pub(super) async fn issue_all(
    desk: &Desk<'_>,
    acting: &Acting,
    press: &Press,
    programme: &str,
    drafts: Vec<Draft>,
) -> Result<Vec<String>, ServiceError> {
    for _ in 0..TRIES {
        match issue_now(desk, acting, press, programme, &drafts).await {
            // The code follows from the words and the head, so that of two who issue the same at once, one finds it taken.
            Err(ServiceError::Conflict | ServiceError::Store(StoreError::Taken)) => {}
            done => return done,
        }
    }
    Err(ServiceError::Conflict)
}

async fn issue_now(
    desk: &Desk<'_>,
    acting: &Acting,
    press: &Press,
    programme: &str,
    drafts: &[Draft],
) -> Result<Vec<String>, ServiceError> {
    let head = desk.store.head(programme).await?.hash;
    let (mut ids, mut changes, mut expected) = (Vec::with_capacity(drafts.len()), Vec::new(), Vec::new());
    for draft in drafts {
        let words = papers::text(&draft.paper).map_err(broken)?;
        let digest = hex(&words);
        let issued = issued(desk, programme, draft).await?;
        if let Some(last) = issued.first().filter(|row| row.digest == digest) {
            ids.push(last.id.clone());
            continue;
        }
        press.proof(&format!("{words}校验码核验网址台账末条摘要"))?;
        let code = CheckCode::of_digest(&hex(&format!("{digest}\n{head}\n{}", draft.kind.word())));
        let content = DocumentContent { paper: footed(desk, &draft.paper, &code, &head)?, words };
        let document = document(desk, acting, programme, draft, &content, code, head.clone());
        ids.push(document.id.to_string());
        expected.push(unchanged(draft, issued.len()));
        changes.push(change(document, content)?);
    }
    if !changes.is_empty() {
        let (programme, who) = (programme.to_owned(), on_file::who(&acting.by()));
        let commit = Commit { programme, at_unix_ms: desk.edge.now.0, who, changes, expected, ..Commit::default() };
        desk.store.commit(&commit).await?;
    }
    Ok(ids)
}

/// The papers of this kind that were issued from the same record in a programme, the last first.
async fn issued(desk: &Desk<'_>, programme: &str, draft: &Draft) -> Result<Vec<DocumentRow>, ServiceError> {
    let mut issued = desk.store.documents_of(&draft.about.noun, &draft.about.id).await?;
    issued.retain(|row| row.kind == draft.kind.word() && row.programme == programme);
    Ok(issued)
}

/// Nobody else issued one meanwhile, whatever the head that it was made from.
fn unchanged(draft: &Draft, count: usize) -> Expected {
    let About { noun, id } = draft.about.clone();
    Expected::Documents { noun, record_id: id, kind: draft.kind.word(), count }
}

/// The paper with its foot, as it is kept.
fn footed(desk: &Desk<'_>, paper: &Paper, code: &CheckCode, head: &str) -> Result<String, ServiceError> {
    let address = Some(format!("{}/verify", desk.edge.origin));
    let check = Check { code: code.to_string(), address, head: head.to_owned() };
    serde_json::to_string(&Paper { check: Some(check), ..paper.clone() }).map_err(|_| ServiceError::Broken)
}

fn document(
    desk: &Desk<'_>,
    acting: &Acting,
    programme: &str,
    draft: &Draft,
    content: &DocumentContent,
    code: CheckCode,
    head: String,
) -> Document {
    Document {
        id: desk.edge.id().into(),
        programme: programme.to_owned(),
        about: draft.about.clone(),
        kind: draft.kind.word(),
        title: draft.paper.title.replace('\n', ""),
        code,
        digest: hex(&content.words),
        content: Some(hex(&content.paper)),
        head,
        at: desk.edge.now,
        by: acting.by(),
    }
}

fn change(document: Document, content: DocumentContent) -> Result<Change, ServiceError> {
    let index = Index::Document(Box::new(DocumentIndex { row: listed(&document), content }));
    let id = document.id.to_string();
    let events = [DocumentEvent::Issued { document: Box::new(document.clone()) }];
    on_file::change_with(&id, 0, &events, &document, index)
}

/// What lists show of an issued paper.
pub(crate) fn listed(document: &Document) -> DocumentRow {
    DocumentRow {
        id: document.id.to_string(),
        programme: document.programme.clone(),
        noun: document.about.noun.clone(),
        record_id: document.about.id.clone(),
        kind: document.kind.clone(),
        title: document.title.clone(),
        code: document.code.as_str().to_owned(),
        digest: document.digest.clone(),
        issued_at_ms: document.at.0,
    }
}

/// SM3 of a text, in hexadecimal.
pub(super) fn hex(text: &str) -> String {
    Sm3::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a record of a noun is called in the journal.
pub(super) fn about<N: records::Noun>(id: &str) -> About {
    About { noun: N::NOUN.to_owned(), id: id.to_owned() }
}
