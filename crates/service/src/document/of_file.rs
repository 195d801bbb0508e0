//! Issuing the papers of files.

use records::access::Acting;
use records::application::Application;

use super::issue::{Draft, about, issue_all};
use super::names::names;
use super::{DocumentKind, Given, Press, Uploaded, file_paper, may_have, offered};
use crate::application::{self, FileView};
use crate::desk::{Desk, only};
use crate::{ServiceError, compiled_once};

/// Issues a paper of a file for somebody who may see it; answers its id.
///
/// # Errors
/// The person may not see the file or has no such paper of it; the fonts lack a character, which is named.
#[compiled_once]
pub async fn issue(desk: &Desk<'_>, acting: &Acting, press: &Press, id: &str, kind: &DocumentKind) -> Result<String, ServiceError> {
    let view = application::open(desk, acting, id).await?;
    only(may_have(&view, kind))?;
    let programme = view.application.programme.clone();
    let draft = draft(desk, &view, kind).await?;
    let ids = issue_all(desk, acting, press, &programme, vec![draft]).await?;
    ids.into_iter().next().ok_or(ServiceError::Broken)
}

/// Issues the decisions of several files of a programme together; answers the ids of those that have one.
pub(super) async fn issue_decisions(
    desk: &Desk<'_>,
    acting: &Acting,
    press: &Press,
    programme: &str,
    files: &[String],
) -> Result<Vec<String>, ServiceError> {
    let mut drafts = Vec::with_capacity(files.len());
    for id in files {
        let view = application::open(desk, acting, id).await?;
        if may_have(&view, &DocumentKind::Decision) {
            drafts.push(draft(desk, &view, &DocumentKind::Decision).await?);
        }
    }
    issue_all(desk, acting, press, programme, drafts).await
}

/// Issues every paper that a file has now for whoever looks at it; answers their ids in the order of its work.
pub(super) async fn issue_offered(desk: &Desk<'_>, acting: &Acting, press: &Press, view: &FileView) -> Result<Vec<String>, ServiceError> {
    let mut drafts = Vec::new();
    for (kind, _) in offered(view) {
        drafts.push(draft(desk, view, &kind).await?);
    }
    issue_all(desk, acting, press, &view.application.programme, drafts).await
}

async fn draft(desk: &Desk<'_>, view: &FileView, kind: &DocumentKind) -> Result<Draft, ServiceError> {
    let names = names(desk, view).await?;
    let uploads = uploads(desk, view).await?;
    let paper = file_paper(&Given { view, names: &names, uploads: &uploads }, kind).ok_or(ServiceError::NotFound)?;
    Ok(Draft { about: about::<Application>(view.application.id.as_str()), kind: kind.clone(), paper })
}

/// The materials that a file quotes, or whoever looks at it is handing in, slot by slot.
#[compiled_once]
pub async fn uploads(desk: &Desk<'_>, view: &FileView) -> Result<Vec<Uploaded>, ServiceError> {
    let slots = view.draft.as_ref().map_or(&view.application.papers, |(_, draft)| &draft.papers);
    let mut all = Vec::new();
    for (slot, papers) in slots {
        for id in papers {
            let found = desk.store.paper(id.as_str()).await?;
            all.extend(found.map(|paper| uploaded(slot, paper)));
        }
    }
    Ok(all)
}

fn uploaded(slot: &str, paper: store::Paper) -> Uploaded {
    let store::Paper { id, digest, name, media_type, bytes, pages, .. } = paper;
    Uploaded { slot: slot.to_owned(), id, name, media_type, bytes, pages, digest }
}
