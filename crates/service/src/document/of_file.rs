//! Issuing the papers of files.

use std::collections::BTreeSet;

use records::access::Acting;
use records::account::Account;
use records::application::{Application, Progress};
use records::organisation::Organisation;

use super::issue::{Draft, about, issue_all};
use super::{DocumentKind, Given, Names, Press, Uploaded, file_paper, may_have, offered};
use crate::ServiceError;
use crate::application::{self, FileView};
use crate::desk::{Desk, only};
use crate::on_file::load_all;

/// Issues a paper of a file for somebody who may see it; answers its id.
///
/// # Errors
/// The person may not see the file or has no such paper of it; the fonts lack a character, which is named.
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
    let names = names(desk, &view.application).await?;
    let uploads = uploads(desk, view).await?;
    let paper = file_paper(&Given { view, names: &names, uploads: &uploads }, kind).ok_or(ServiceError::NotFound)?;
    Ok(Draft { about: about::<Application>(view.application.id.as_str()), kind: kind.clone(), paper })
}

/// The materials that a file quotes, or whoever looks at it is handing in, slot by slot.
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

/// The names of those who finished the stages of a file.
pub async fn names(desk: &Desk<'_>, file: &Application) -> Result<Names, ServiceError> {
    let done = file.stages.values().filter_map(|state| if let Progress::Done { by, .. } = &state.progress { Some(by) } else { None });
    let distinct = |ids: BTreeSet<String>| ids.into_iter().collect::<Vec<_>>();
    let people = distinct(done.clone().map(|by| by.account.clone()).collect());
    let organisations = distinct(done.map(|by| by.organisation.clone()).collect());
    let people = load_all::<Account>(desk.store, &people).await?;
    let organisations = load_all::<Organisation>(desk.store, &organisations).await?;
    Ok(Names {
        people: people.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
        organisations: organisations.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
    })
}
