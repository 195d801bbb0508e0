//! Writing what was decided: entries, state, lists and notices in one transaction.

use records::Noun as _;
use records::allotment::Allotment;
use records::application::{Application, ApplicationEvent};
use records::entitlement::Entitlement;
use records::moment::By;
use store::{Change, Commit, DraftKey, NewNotice, NewOutbox, StoreError};

use super::entitlement::Entitlements;
use super::places::with_places;
use super::{FileAt, index, load, told};
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file;

/// The change that events make to a file.
fn changed(desk: &Desk<'_>, file: &FileAt, events: &[ApplicationEvent]) -> Result<Change, ServiceError> {
    let after = Application::fold_all(Some(file.state().clone()), events).ok_or(ServiceError::Broken)?;
    let index = index::index(&after, &file.pack, &file.knowing.applicant, desk.edge.now);
    on_file::change_with(after.id.as_str(), file.on_file.version, events, &after, index)
}

/// What is decided of several records at once: all of it is written, or nothing.
#[derive(Default)]
pub(crate) struct Together {
    changes: Vec<Change>,
    entitlements: Entitlements,
    notices: Vec<NewNotice>,
    outbox: Vec<NewOutbox>,
    drafts_done: Vec<DraftKey>,
}

impl Together {
    /// With a change of a record that is no file.
    pub(crate) fn add(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// With drafts that became part of it and are dropped.
    pub(crate) fn done(&mut self, drafts: Vec<DraftKey>) {
        self.drafts_done.extend(drafts);
    }

    /// With something that somebody is told.
    pub(crate) fn tell(&mut self, notice: NewNotice) {
        self.notices.push(notice);
    }

    /// With what happened to a file, and those it concerns are told.
    pub(crate) async fn add_file(
        &mut self,
        desk: &Desk<'_>,
        file: &FileAt,
        by: &By,
        events: &[ApplicationEvent],
    ) -> Result<(), ServiceError> {
        let (events, places) = with_places(desk, file, by, events).await?;
        self.changes.push(changed(desk, file, &events)?);
        self.changes.extend(places);
        self.entitlements.add(file, &events)?;
        let (notices, outbox) = told::told(desk, file, &events).await?;
        self.notices.extend(notices);
        self.outbox.extend(outbox);
        Ok(())
    }

    /// Writes it to a programme's chain.
    pub(crate) async fn commit(self, desk: &Desk<'_>, programme: &str, by: &By) -> Result<(), ServiceError> {
        let Self { mut changes, entitlements, notices, outbox, drafts_done } = self;
        let (entitled, beside) = entitlements.changes()?;
        changes.extend(entitled);
        let (programme, who) = (programme.to_owned(), on_file::who(by));
        let at_unix_ms = desk.edge.now.0;
        let commit = Commit { programme, at_unix_ms, who, changes, beside, notices, outbox, drafts_done, ..Commit::default() };
        desk.store.commit(&commit).await?;
        Ok(())
    }
}

/// How often a commit is decided again when another file was quicker to a place or to an award; each time one was taken or
/// given back.
const TRIES: usize = 64;

/// Saves what was decided for one file, tells those it concerns and drops the drafts it came from. Places under quotas are
/// taken in the same commit, and what its applicant is granted is written in it; where another file was quicker, it is
/// decided again on what is left.
pub(crate) async fn commit_file(
    desk: &Desk<'_>,
    file: &FileAt,
    by: &By,
    events: &[ApplicationEvent],
    drafts_done: Vec<DraftKey>,
) -> Result<(), ServiceError> {
    if events.is_empty() {
        return Ok(());
    }
    let mut again: Option<(FileAt, Vec<ApplicationEvent>)> = None;
    for _ in 0..TRIES {
        let (file, events) = again.as_ref().map_or((file, events), |(file, events)| (file, events));
        match desk.store.commit(&committed(desk, file, by, events, drafts_done.clone()).await?).await {
            Err(StoreError::Conflict { noun: Allotment::NOUN, .. }) => {}
            Err(StoreError::Conflict { noun: Entitlement::NOUN, .. }) => again = Some(decided_again(desk, file, by, events).await?),
            done => return Ok(done.map(drop)?),
        }
    }
    Err(ServiceError::Conflict)
}

/// The same file and what is decided of it, now that its applicant has been granted something else.
async fn decided_again(
    desk: &Desk<'_>,
    file: &FileAt,
    by: &By,
    events: &[ApplicationEvent],
) -> Result<(FileAt, Vec<ApplicationEvent>), ServiceError> {
    let mut fresh = load::file(desk, file.state().id.as_str(), Some(file.on_file.version)).await?;
    fresh.look_up(desk, &file.state().filed).await?;
    let events = fresh.state().decided_again(events, &fresh.at(desk, by))?;
    Ok((fresh, events))
}

async fn committed(
    desk: &Desk<'_>,
    file: &FileAt,
    by: &By,
    events: &[ApplicationEvent],
    drafts_done: Vec<DraftKey>,
) -> Result<Commit, ServiceError> {
    let (events, places) = with_places(desk, file, by, events).await?;
    let mut entitlements = Entitlements::default();
    entitlements.add(file, &events)?;
    let (entitled, beside) = entitlements.changes()?;
    let changes = [changed(desk, file, &events)?].into_iter().chain(places).chain(entitled).collect();
    let (notices, outbox) = told::told(desk, file, &events).await?;
    let programme = file.state().programme.clone();
    let (at_unix_ms, who) = (desk.edge.now.0, on_file::who(by));
    Ok(Commit { programme, at_unix_ms, who, changes, beside, notices, outbox, drafts_done, ..Commit::default() })
}
