//! Who is signed in, as far as it is shown: a session that may not act cannot be built.

use std::collections::BTreeSet;

use records::access::Acting;
use records::account::{Account, Role};
use records::ids::AccountId;
use records::mandate::Mandate;
use records::moment::By;
use records::organisation::{Organisation, OrganisationKind};
use standards::Date;

use crate::Actor;

/// How long an unused session of somebody who works on others' files lasts.
pub const IDLE_STAFF_MS: i64 = 30 * 60 * 1000;
/// How long an unused session of an enterprise's or a provider's person lasts: long forms are filled from paper.
pub const IDLE_APPLICANT_MS: i64 = 2 * 60 * 60 * 1000;
/// How long a session lasts at most, however much it is used.
pub const SESSION_MAX_MS: i64 = 12 * 60 * 60 * 1000;

/// Somebody whose password was right, whatever else is still to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Known {
    /// Who.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// The address signed in with.
    pub email: String,
}

impl Known {
    pub(crate) fn of(account: &Account) -> Self {
        Self { account: account.id.clone(), name: account.name.clone(), email: account.email.clone() }
    }
}

/// How far signing in has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedIn {
    /// The second factor is still to be shown.
    SecondFactor(Known),
    /// The second factor is still to be set up: staff may not act without one.
    SetUp(Known),
    /// It is still to be said for which organisation the person acts.
    Choose(Known),
    /// The person acts for an organisation.
    Acting(Box<Session>),
}

impl SignedIn {
    /// The person, whatever is still to be done.
    pub fn known(&self) -> &Known {
        match self {
            Self::SecondFactor(known) | Self::SetUp(known) | Self::Choose(known) => known,
            Self::Acting(session) => &session.known,
        }
    }

    /// The session of a person who may act.
    pub fn session(&self) -> Option<&Session> {
        if let Self::Acting(session) = self { Some(session) } else { None }
    }
}

/// A person who acts for an organisation. Only [`Session::of`] and [`Session::under`] make one, and neither makes one of
/// staff without a second factor, of somebody who left, or under a mandate that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    known: Known,
    acting: Acting,
    organisation_name: String,
    second_factor: bool,
    alone: bool,
}

impl Session {
    /// A person who acts for an organisation it belongs to.
    pub fn of(account: &Account, organisation: &Organisation, second_factor: bool) -> Option<Self> {
        let roles = account.roles(&organisation.id);
        let shown = second_factor || !organisation.kind.is_staff();
        let may = account.active && organisation.is_active() && !roles.is_empty() && shown;
        may.then(|| Self::new(account, organisation, roles, None, second_factor))
    }

    /// A provider's person who acts for an enterprise under its mandate: fills in papers, and nothing else.
    pub fn under(account: &Account, mandate: &Mandate, enterprise: &Organisation, second_factor: bool, today: Date) -> Option<Self> {
        let handles = account.active && account.roles(&mandate.provider).contains(&Role::Handler);
        let granted = mandate.holds(today) && mandate.enterprise == enterprise.id && enterprise.is_active();
        let roles = BTreeSet::from([Role::Handler]);
        (handles && granted).then(|| Self::new(account, enterprise, roles, Some(mandate.clone()), second_factor))
    }

    fn new(account: &Account, organisation: &Organisation, roles: BTreeSet<Role>, mandate: Option<Mandate>, second_factor: bool) -> Self {
        let acting = Acting {
            account: account.id.clone(),
            organisation: organisation.id.clone(),
            kind: organisation.kind,
            place: organisation.place.clone(),
            roles,
            mandate,
        };
        // Providers' people may come to act under mandates.
        let alone = account.memberships.len() == 1 && acting.mandate.is_none() && organisation.kind != OrganisationKind::Provider;
        Self { known: Known::of(account), acting, organisation_name: organisation.name.clone(), second_factor, alone }
    }

    /// Whether there is no other organisation the person could act for.
    pub fn has_one_organisation(&self) -> bool {
        self.alone
    }

    /// The person's account, name and address.
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// The person as the rules of access know it.
    pub fn acting(&self) -> &Acting {
        &self.acting
    }

    /// The name of the organisation acted for.
    pub fn organisation_name(&self) -> &str {
        &self.organisation_name
    }

    /// Whether a second factor was shown; always for staff.
    pub fn second_factor(&self) -> bool {
        self.second_factor
    }

    /// On whose behalf a command is given, for the journal.
    pub fn by(&self) -> By {
        self.acting.by()
    }

    /// The row of the table of [`crate::authorise`].
    pub fn actor(&self) -> Actor {
        match (self.acting.is(Role::Manager), self.acting.kind) {
            (true, OrganisationKind::Administrator) => Actor::Administrator,
            (true, _) => Actor::Manager,
            (false, _) => Actor::Person,
        }
    }

    /// How long it may go unused.
    pub(crate) fn idle_max_ms(&self) -> i64 {
        if self.acting.kind.is_staff() { IDLE_STAFF_MS } else { IDLE_APPLICANT_MS }
    }
}
