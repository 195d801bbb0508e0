//! What the applicant of a file has been granted, and what the file adds to it or takes from it. The record goes into the
//! commit of the file, so of two files of one organisation decided at once the second is decided again.

use std::collections::{BTreeMap, BTreeSet};

use policy::pack::Pack;
use records::Noun as _;
use records::application::{Application, ApplicationEvent, Decision, draft_of};
use records::entitlement::{Entitled, Entitlement, EntitlementEvent};
use records::ids::{ApplicationId, OrganisationId};
use store::{Beside, Change};

use super::FileAt;
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::{self, OnFile, load};

/// What an organisation has been granted, as a file is decided on it.
pub(crate) struct Granted {
    /// In the programmes that the pack looks at, without the file itself.
    pub(crate) lines: BTreeMap<String, Vec<Entitled>>,
    /// The record of the file's own programme.
    pub(crate) own: Option<OnFile<Entitlement>>,
    /// The records of the other programmes, as they were looked at.
    pub(crate) beside: Vec<Beside>,
}

/// What an organisation has been granted in the programmes that a pack looks at, without one file.
pub(super) async fn of(desk: &Desk<'_>, pack: &Pack, organisation: &OrganisationId, but: &ApplicationId) -> Result<Granted, ServiceError> {
    let mut granted =
        Granted { lines: BTreeMap::new(), own: load(desk.store, &Entitlement::id(&pack.id, organisation)).await?, beside: Vec::new() };
    let programmes: BTreeSet<&String> = pack.entitlement.iter().flat_map(|entitlement| &entitlement.of).map(|one| &one.programme).collect();
    for programme in programmes {
        let id = Entitlement::id(programme, organisation);
        let found = if *programme == pack.id { granted.own.clone() } else { load(desk.store, &id).await? };
        if *programme != pack.id {
            let version = found.as_ref().map_or(0, |found| found.version);
            granted.beside.push(Beside { programme: programme.clone(), noun: Entitlement::NOUN, id, version });
        }
        let lines = found.into_iter().flat_map(|found| found.state.lines).filter(|line| line.application != *but);
        granted.lines.insert(programme.clone(), lines.collect());
    }
    Ok(granted)
}

/// What these events of a file change in the record of its applicant.
fn events(file: &FileAt, after: &Application, events: &[ApplicationEvent]) -> Vec<EntitlementEvent> {
    use ApplicationEvent as E;
    let application = || after.id.clone();
    let one = |event: &ApplicationEvent| match event {
        E::Decided { .. } => after.decision.as_ref().map(|decision| decided(&file.pack, after, decision)),
        E::Paid { .. } => Some(EntitlementEvent::PaidOut { application: application() }),
        E::Repaid { fen, .. } => Some(EntitlementEvent::CameBack { application: application(), fen: *fen }),
        E::Refused { .. } | E::Withdrawn { .. } => Some(EntitlementEvent::Released { application: application() }),
        _ => None,
    };
    let found: Vec<_> = events.iter().filter_map(one).collect();
    let stands = file.granted.own.as_ref().is_some_and(|found| found.state.holds(&after.id));
    if stands || after.decision.is_some() && found.iter().any(|event| matches!(event, EntitlementEvent::Granted { .. })) {
        return found;
    }
    // A file that was never decided has nothing to give back.
    Vec::new()
}

fn decided(pack: &Pack, file: &Application, decision: &Decision) -> EntitlementEvent {
    let facts = draft_of(pack, &decision.inputs).0.facts();
    let line = |granted: policy::granted::Granted| Entitled {
        application: file.id.clone(),
        number: file.number.clone().unwrap_or_default(),
        award: granted.award,
        label: granted.label,
        fen: granted.fen,
        returned_fen: 0,
        paid: false,
        at: decision.at,
    };
    let lines = policy::granted::granted(pack, &facts).into_iter().map(line).collect();
    EntitlementEvent::Granted { programme: file.programme.clone(), organisation: file.applicant.clone(), lines }
}

/// Changes of the records of what organisations were granted: each record once, however many files of one commit touch it.
#[derive(Default)]
pub(super) struct Entitlements {
    changed: BTreeMap<String, (Option<OnFile<Entitlement>>, Vec<EntitlementEvent>)>,
    beside: Vec<Beside>,
}

impl Entitlements {
    /// With what these events of a file change.
    pub(super) fn add(&mut self, file: &FileAt, all: &[ApplicationEvent]) -> Result<(), ServiceError> {
        let after = Application::fold_all(Some(file.state().clone()), all).ok_or(ServiceError::Broken)?;
        let events = events(file, &after, all);
        if all.iter().any(|event| matches!(event, ApplicationEvent::Decided { .. })) {
            self.beside.extend(file.granted.beside.clone());
        }
        if !events.is_empty() {
            let id = Entitlement::id(&after.programme, &after.applicant);
            self.changed.entry(id).or_insert_with(|| (file.granted.own.clone(), Vec::new())).1.extend(events);
        }
        Ok(())
    }

    /// The changes, and the records of other programmes that decisions among them rest on.
    pub(super) fn changes(self) -> Result<(Vec<Change>, Vec<Beside>), ServiceError> {
        let changes = self.changed.into_iter().map(|(id, (before, events))| on_file::change(&id, before.as_ref(), &events));
        Ok((changes.collect::<Result<_, _>>()?, self.beside))
    }
}
