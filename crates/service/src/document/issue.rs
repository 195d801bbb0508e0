//! Issuing papers: made from what somebody may see, proved to be printable, given a code, kept with an entry in the journal.

use papers::paper::{Check, Paper};
use records::Noun as _;
use records::access::Acting;
use records::document::{About, CheckCode, Document, DocumentEvent};
use sm3::{Digest as _, Sm3};
use store::{Change, Commit, DocumentIndex, DocumentRow, Index};

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

/// Issues papers of one programme together; answers their ids in order. What was issued before and says the same is not
/// issued again.
pub(super) async fn issue_all(
    desk: &Desk<'_>,
    acting: &Acting,
    press: &Press,
    programme: &str,
    drafts: Vec<Draft>,
) -> Result<Vec<String>, ServiceError> {
    let head = desk.store.head(programme).await?.hash;
    let (mut ids, mut changes) = (Vec::with_capacity(drafts.len()), Vec::new());
    for draft in drafts {
        let words = papers::text(&draft.paper).map_err(broken)?;
        let digest = hex(&words);
        if let Some(known) = known(desk, &draft, &digest).await? {
            ids.push(known);
            continue;
        }
        press.proof(&format!("{words}校验码核验网址台账末条摘要"))?;
        let code = CheckCode::of_digest(&hex(&format!("{digest}\n{head}\n{}", draft.kind.word())));
        let document = document(desk, acting, programme, &draft, digest, code, head.clone());
        ids.push(document.id.to_string());
        changes.push(change(desk, document, draft.paper)?);
    }
    if !changes.is_empty() {
        let (programme, who) = (programme.to_owned(), on_file::who(&acting.by()));
        let commit = Commit { programme, at_unix_ms: desk.edge.now.0, who, changes, ..Commit::default() };
        desk.store.commit(&commit).await?;
    }
    Ok(ids)
}

/// The last paper of this kind that was issued from the same record, if it says the same.
async fn known(desk: &Desk<'_>, draft: &Draft, digest: &str) -> Result<Option<String>, ServiceError> {
    let issued = desk.store.documents_of(&draft.about.noun, &draft.about.id).await?;
    let last = issued.into_iter().find(|row| row.kind == draft.kind.word());
    Ok(last.filter(|row| row.digest == digest).map(|row| row.id))
}

fn document(desk: &Desk<'_>, acting: &Acting, programme: &str, draft: &Draft, digest: String, code: CheckCode, head: String) -> Document {
    Document {
        id: desk.edge.id().into(),
        programme: programme.to_owned(),
        about: draft.about.clone(),
        kind: draft.kind.word(),
        title: draft.paper.title.replace('\n', ""),
        code,
        digest,
        head,
        at: desk.edge.now,
        by: acting.by(),
    }
}

fn change(desk: &Desk<'_>, document: Document, paper: Paper) -> Result<Change, ServiceError> {
    let address = Some(format!("{}/verify", desk.edge.origin));
    let check = Check { code: document.code.to_string(), address, head: document.head.clone() };
    let paper = serde_json::to_string(&Paper { check: Some(check), ..paper }).map_err(|_| ServiceError::Broken)?;
    let index = Index::Document(Box::new(DocumentIndex { row: listed(&document), paper }));
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

/// Only documents have this noun.
pub(super) const NOUN: &str = Document::NOUN;
