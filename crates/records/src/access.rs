//! Who may do what. What is not named here is denied.

use std::collections::BTreeSet;

use policy::pack::Pack;
use policy::spec::{Actor, StageSpec};
use standards::date::Date;
use standards::division::is_within;

use crate::account::Role;
use crate::application::Application;
use crate::ids::{AccountId, MandateId, OrganisationId};
use crate::mandate::Mandate;
use crate::moment::By;
use crate::organisation::OrganisationKind;

/// A person who is signed in and acts for an organisation; staff have shown their second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person's account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// The organisation the person acts for.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The place it lies in or is in charge of.
    pub place: String,
    /// What the person may do in it.
    pub roles: BTreeSet<Role>,
    /// Mandates its organisation holds.
    pub mandates: Vec<Mandate>,
}

impl Person {
    /// Whether the person has a role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// On whose behalf the person acts.
    pub fn by(&self, mandate: Option<&MandateId>) -> By {
        By { account: self.account.0.clone(), organisation: self.organisation.0.clone(), mandate: mandate.map(|mandate| mandate.0.clone()) }
    }

    /// Whether a place is the person's to look after.
    pub fn covers(&self, place: &str) -> bool {
        is_within(place, &self.place)
    }

    /// The mandate under which the person may work on an enterprise's files that day.
    pub fn mandate_of(&self, enterprise: &OrganisationId, programme: &str, procedure: &str, today: Date) -> Option<&Mandate> {
        let own = |mandate: &&Mandate| mandate.enterprise == *enterprise && mandate.provider == self.organisation;
        self.mandates.iter().filter(own).find(|mandate| mandate.covers(programme, procedure, today))
    }
}

/// How somebody may look at a file. It can only be had from [`may_see`], so whoever holds one has been let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaySee(Sight);

/// As whom somebody looks at a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The applicant, or a provider's clerk under its mandate.
    Applicant,
    /// The provider it names.
    Provider,
    /// An office in charge, or a third party assigned to it.
    Office,
    /// The supervisor.
    Supervisor,
}

impl MaySee {
    /// As whom.
    pub fn sight(self) -> Sight {
        self.0
    }
}

/// Whether somebody may look at a file, its papers and its history. The administrator runs the platform and sees none.
pub fn may_see(person: &Person, application: &Application, today: Date) -> Option<MaySee> {
    use OrganisationKind as K;
    let assigned = || application.stages.values().any(|stage| stage.assigned.as_ref() == Some(&person.organisation));
    let handed_in = application.submitted_at.is_some();
    let sight = match person.kind {
        _ if application.applicant == person.organisation => Some(Sight::Applicant),
        K::Provider if mandated(person, application, today) => Some(Sight::Applicant),
        K::Provider => (handed_in && application.provider.as_ref() == Some(&person.organisation)).then_some(Sight::Provider),
        K::DistrictBureau | K::CityBureau | K::RegionBureau => (handed_in && person.covers(&application.place)).then_some(Sight::Office),
        K::FinanceBureau => (application.decision.is_some() && person.covers(&application.place)).then_some(Sight::Office),
        K::Evaluator | K::Auditor => assigned().then_some(Sight::Office),
        K::Supervisor => person.covers(&application.place).then_some(Sight::Supervisor),
        K::Enterprise | K::Administrator => None,
    };
    sight.map(MaySee)
}

fn mandated(person: &Person, application: &Application, today: Date) -> bool {
    person.mandate_of(&application.applicant, &application.programme, &application.procedure, today).is_some()
}

/// On whose behalf somebody may work on a stage of a file in a role; none: may not.
pub fn may_work(person: &Person, application: &Application, stage: &StageSpec, role: Role, pack: &Pack, today: Date) -> Option<By> {
    let procedure = pack.procedure(&application.procedure)?;
    if !person.is(role) {
        return None;
    }
    if stage.actor == procedure.applicant && application.applicant == person.organisation {
        return Some(person.by(None));
    }
    if stage.actor == procedure.applicant && person.kind == OrganisationKind::Provider && role == Role::Handler {
        let mandate = person.mandate_of(&application.applicant, &application.programme, &application.procedure, today)?;
        return Some(person.by(Some(&mandate.id)));
    }
    let state = application.stages.get(&stage.id)?;
    let own = person.kind.actor() == Some(stage.actor);
    let allowed = match stage.actor {
        Actor::Enterprise => false,
        Actor::Provider => application.provider.as_ref() == Some(&person.organisation),
        Actor::Evaluator | Actor::Auditor | Actor::Expert => state.assigned.as_ref() == Some(&person.organisation),
        Actor::DistrictBureau | Actor::CityBureau | Actor::RegionBureau | Actor::FinanceBureau => person.covers(&application.place),
        Actor::Public => false,
    };
    (own && allowed).then(|| person.by(None))
}

/// Whether somebody may assign third parties to a file's stages: a bureau above the district that is in charge of it.
pub fn may_assign(person: &Person, application: &Application) -> bool {
    let bureau = matches!(person.kind, OrganisationKind::CityBureau | OrganisationKind::RegionBureau);
    bureau && person.is(Role::Handler) && application.submitted_at.is_some() && person.covers(&application.place)
}

/// Whether somebody may open batches, put up publicities and settle objections for a place.
pub fn may_conduct(person: &Person, place: &str) -> bool {
    let bureau = matches!(person.kind, OrganisationKind::CityBureau | OrganisationKind::RegionBureau);
    bureau && person.is(Role::Handler) && is_within(place, &person.place)
}

/// Whether somebody may draw up payment lists.
pub fn may_prepare_payment(person: &Person) -> bool {
    person.kind == OrganisationKind::FinanceBureau && person.is(Role::Handler)
}

/// Whether somebody may approve payment lists.
pub fn may_approve_payment(person: &Person) -> bool {
    person.kind == OrganisationKind::FinanceBureau && person.is(Role::Certifier)
}
