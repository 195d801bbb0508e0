//! What the applicant of a file has been granted, and what the file adds to it or takes from it. The record goes into the
//! commit of the file, so of two files of one organisation decided at once the second is decided again.

use std::collections::BTreeMap;

use policy::granted::granted;
use policy::pack::Pack;
use records::Noun as _;
use records::application::{Application, ApplicationEvent, Decision, draft_of};
use records::entitlement::{Entitled, Entitlement, EntitlementEvent};
use records::ids::{ApplicationId, OrganisationId};
use store::{Change, Index};

use super::FileAt;
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::{self, Listed, OnFile, load};

impl Listed for Entitlement {
    fn index(&self) -> Index {
        Index::None
    }
}

/// What an organisation has been granted in the programmes that a pack looks at, without one file, and the record of the
/// pack's own programme.
pub(super) async fn of(
    desk: &Desk<'_>,
    pack: &Pack,
    organisation: &OrganisationId,
    but: Option<&ApplicationId>,
) -> Result<(BTreeMap<String, Vec<Entitled>>, Option<OnFile<Entitlement>>), ServiceError> {
    let own: Option<OnFile<Entitlement>> = load(desk.store, &Entitlement::id(&pack.id, organisation)).await?;
    let mut entitled = BTreeMap::new();
    for one in pack.entitlement.iter().flat_map(|entitlement| &entitlement.of) {
        let found = if one.programme == pack.id {
            own.as_ref().map(|found| found.state.clone())
        } else {
            load::<Entitlement>(desk.store, &Entitlement::id(&one.programme, organisation)).await?.map(|found| found.state)
        };
        let lines = found.into_iter().flat_map(|found| found.lines).filter(|line| but != Some(&line.application));
        entitled.insert(one.programme.clone(), lines.collect());
    }
    Ok((entitled, own))
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
    let stands = file.entitlement.as_ref().is_some_and(|found| found.state.holds(&after.id));
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
    let lines = granted(pack, &facts).into_iter().map(line).collect();
    EntitlementEvent::Granted { programme: file.programme.clone(), organisation: file.applicant.clone(), lines }
}

/// Changes of the records of what organisations were granted: each record once, however many files of one commit touch it.
#[derive(Default)]
pub(super) struct Entitlements(BTreeMap<String, (Option<OnFile<Entitlement>>, Vec<EntitlementEvent>)>);

impl Entitlements {
    /// With what these events of a file change.
    pub(super) fn add(&mut self, file: &FileAt, all: &[ApplicationEvent]) -> Result<(), ServiceError> {
        let after = Application::fold_all(Some(file.state().clone()), all).ok_or(ServiceError::Broken)?;
        let events = events(file, &after, all);
        if !events.is_empty() {
            let id = Entitlement::id(&after.programme, &after.applicant);
            self.0.entry(id).or_insert_with(|| (file.entitlement.clone(), Vec::new())).1.extend(events);
        }
        Ok(())
    }

    /// The changes.
    pub(super) fn changes(self) -> Result<Vec<Change>, ServiceError> {
        self.0.into_iter().map(|(id, (before, events))| on_file::change(&id, before.as_ref(), &events)).collect()
    }
}
