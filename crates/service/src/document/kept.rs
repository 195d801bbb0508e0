//! What is kept of an issued paper, and whether it is what was issued.
//!
//! Invariant: kept bytes prove a paper, by their digests in the journal. What the program would write of it today proves nothing: its
//! wording may change, and what was issued does not.

use papers::paper::Paper;
use records::Noun as _;
use records::document::{Document, DocumentEvent};
use store::{DocumentContent, Store};

use super::issue::hex;
use super::sheet::DIGEST_CHARS;
use crate::ServiceError;
use crate::desk::Desk;

/// What is kept of a paper, if it is what was issued and the journal says so; none where anything of it was changed since.
pub(super) async fn proven(desk: &Desk<'_>, document: &Document) -> Result<Option<DocumentContent>, ServiceError> {
    let content = kept(desk.store, document).await?;
    let head = document.head == journal::GENESIS || desk.store.has_entry(&document.programme, &document.head).await?;
    Ok(if head && is_in_journal(desk, document).await? { content } else { None })
}

/// What is kept of a paper, if it has the digests on record; none where it is gone or was changed since.
pub(crate) async fn kept(store: &Store, document: &Document) -> Result<Option<DocumentContent>, ServiceError> {
    let content = store.document_content(document.id.as_str()).await?;
    Ok(content.and_then(|content| match &document.content {
        Some(digest) => (hex(&content.paper) == *digest && hex(&content.words) == document.digest).then_some(content),
        None => with_words(content, document),
    }))
}

/// A paper from before words were kept: they are made again and must have the digest, its foot says what the record says, and its
/// pictures are those that stand in its words.
fn with_words(content: DocumentContent, document: &Document) -> Option<DocumentContent> {
    let paper: Paper = serde_json::from_str(&content.paper).ok()?;
    let words = papers::text(&Paper { check: None, ..paper.clone() }).ok()?;
    let foot = paper.check.as_ref().is_some_and(|check| check.code == document.code.to_string() && check.head == document.head);
    let known = |digest: &str| digest.get(..DIGEST_CHARS).is_some_and(|digest| words.contains(digest));
    let same = hex(&words) == document.digest && foot && paper.attached().all(|attached| known(&attached.digest));
    same.then_some(DocumentContent { words, ..content })
}

/// Whether the journal says that it was issued so, in an entry that nobody changed and the chain goes on from.
async fn is_in_journal(desk: &Desk<'_>, document: &Document) -> Result<bool, ServiceError> {
    let entries = desk.store.entries_of(Document::NOUN, document.id.as_str()).await?;
    let [entry] = entries.as_slice() else { return Ok(false) };
    let said: Option<DocumentEvent> = serde_json::from_str(&entry.event).ok();
    let same = said.is_some_and(|DocumentEvent::Issued { document: said }| *said == *document);
    let after = desk.store.entries(&entry.programme, entry.seq + 1, 1).await?;
    let next = match after.first() {
        Some(next) => next.previous.clone(),
        None => desk.store.head(&entry.programme).await?.hash,
    };
    Ok(same && journal::hash(entry) == entry.hash && next == entry.hash)
}
