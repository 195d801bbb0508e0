//! Who may do what. What is not named here is denied.

use std::collections::BTreeSet;

use policy::pack::{Pack, Review, Work};
use policy::spec::{Actor, StageSpec};
use standards::date::Date;
use standards::division::is_within;

use crate::account::Role;
use crate::application::Application;
use crate::ids::{AccountId, OrganisationId};
use crate::mandate::Mandate;
use crate::moment::By;
use crate::organisation::OrganisationKind;

/// A person who acts for an organisation; staff have shown their second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// The person's account.
    pub account: AccountId,
    /// The organisation the person acts for; under a mandate the enterprise that granted it.
    pub organisation: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// The place it lies in or is in charge of.
    pub place: String,
    /// What the person may do in it.
    pub roles: BTreeSet<Role>,
    /// Under which mandate a provider's person acts for an enterprise.
    pub mandate: Option<Mandate>,
}

impl Acting {
    /// Whether the person has a role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// On whose behalf a command is given, for the journal.
    pub fn by(&self) -> By {
        By {
            account: self.account.0.clone(),
            organisation: self.organisation.0.clone(),
            mandate: self.mandate.as_ref().map(|mandate| mandate.id.0.clone()),
        }
    }

    /// Whether a place is the person's to look after.
    pub fn covers(&self, place: &str) -> bool {
        is_within(place, &self.place)
    }

    /// Whether the person may act in a procedure at all: under a mandate only in those it names, while it is in force.
    pub fn may_enter(&self, programme: &str, procedure: &str, today: Date) -> bool {
        self.mandate.as_ref().is_none_or(|mandate| mandate.covers(programme, procedure, today))
    }

    /// Whether a file is the person's own organisation's.
    fn owns(&self, application: &Application, today: Date) -> bool {
        application.applicant == self.organisation && self.may_enter(&application.programme, &application.procedure, today)
    }

    /// Whether a file names the person's own organisation as a member.
    fn takes_part(&self, application: &Application, today: Date) -> bool {
        application.participant(&self.organisation).is_some() && self.may_enter(&application.programme, &application.procedure, today)
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
    /// A member of its consortium.
    Participant,
    /// The provider it names.
    Provider,
    /// An office in charge, or a third party assigned to it.
    Office,
    /// An expert who was asked to score it.
    Expert,
    /// The supervisor.
    Supervisor,
}

impl MaySee {
    /// As whom.
    pub fn sight(self) -> Sight {
        self.0
    }
}

/// Whether somebody may look at a file, its papers and its history. The administrator runs the platform and sees none; the finance bureau sees
/// what was decided, and before that what has come to a stage of its own.
pub fn may_see(acting: &Acting, application: &Application, pack: &Pack, today: Date) -> Option<MaySee> {
    use OrganisationKind as K;
    let assigned = || application.begun_stages().any(|stage| stage.assigned.as_ref() == Some(&acting.organisation));
    let handed_in = application.submitted_at.is_some();
    let came_to = |actor: Actor| application.begun_of(pack).any(|stage| stage.actor == actor);
    let sight = match acting.kind {
        _ if acting.owns(application, today) => Some(Sight::Applicant),
        K::Enterprise if acting.takes_part(application, today) => Some(Sight::Participant),
        K::Provider if acting.takes_part(application, today) => Some(Sight::Participant),
        K::Provider => (handed_in && application.provider.as_ref() == Some(&acting.organisation)).then_some(Sight::Provider),
        K::DistrictBureau | K::CityBureau | K::RegionBureau => (handed_in && acting.covers(&application.place)).then_some(Sight::Office),
        K::FinanceBureau => {
            let shown = application.decision.is_some() || came_to(Actor::FinanceBureau);
            (shown && acting.covers(&application.place)).then_some(Sight::Office)
        }
        K::Evaluator | K::Auditor => assigned().then_some(Sight::Office),
        K::Expert => application.is_reviewed_by(&acting.organisation).then_some(Sight::Expert),
        K::Supervisor => (handed_in && acting.covers(&application.place)).then_some(Sight::Supervisor),
        K::Enterprise | K::Administrator => None,
    };
    sight.map(MaySee)
}

/// Whether somebody may work on a stage of a file in a role. Under a mandate nobody signs.
pub fn may_work(acting: &Acting, application: &Application, stage: &StageSpec, role: Role, pack: &Pack, today: Date) -> bool {
    let Some(procedure) = pack.procedure(&application.procedure) else { return false };
    if !acting.is(role) || (role == Role::Certifier && acting.mandate.is_some()) {
        return false;
    }
    if stage.work == Some(Work::Join) {
        let open = application.participant(&acting.organisation).is_some_and(|own| !own.has_joined());
        return open && !acting.kind.is_staff() && acting.may_enter(&application.programme, &application.procedure, today);
    }
    if stage.actor == procedure.applicant {
        return acting.owns(application, today);
    }
    let Some(state) = application.stages.get(&stage.id) else { return false };
    let allowed = match stage.actor {
        Actor::Provider => application.provider.as_ref() == Some(&acting.organisation),
        Actor::Evaluator | Actor::Auditor => state.assigned.as_ref() == Some(&acting.organisation),
        Actor::DistrictBureau | Actor::CityBureau | Actor::RegionBureau | Actor::FinanceBureau => acting.covers(&application.place),
        Actor::Expert => state.reviewer(&acting.organisation).is_some(),
        Actor::Enterprise | Actor::Public => false,
    };
    acting.kind.actor() == Some(stage.actor) && allowed
}

/// Whether somebody may assign third parties to a file's stages: a bureau above the district that is in charge of it.
pub fn may_assign(acting: &Acting, application: &Application) -> bool {
    let bureau = matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::RegionBureau);
    bureau && acting.is(Role::Handler) && application.submitted_at.is_some() && acting.covers(&application.place)
}

/// Whether somebody may read what an expert scored: the offices that may see the file; an expert his own, and the others'
/// once all is settled, or where the pack does not keep them from one another.
pub fn may_see_scores(
    acting: &Acting,
    application: &Application,
    pack: &Pack,
    review: &Review,
    expert: &OrganisationId,
    today: Date,
) -> bool {
    let settled = application.stages.get(&review.stage).is_some_and(|state| state.score.is_some());
    match may_see(acting, application, pack, today).map(|may| may.sight()) {
        Some(Sight::Office | Sight::Supervisor) => true,
        Some(Sight::Expert) => acting.organisation == *expert || settled || !review.blind,
        Some(Sight::Applicant | Sight::Participant | Sight::Provider) | None => false,
    }
}

/// Whether somebody may remove members of a file: its applicant's certifier.
pub fn may_remove_member(acting: &Acting, application: &Application, today: Date) -> bool {
    acting.owns(application, today) && acting.is(Role::Certifier) && acting.mandate.is_none()
}

/// Whether somebody may open batches, put up publicities and settle objections for a place.
pub fn may_conduct(acting: &Acting, place: &str) -> bool {
    let bureau = matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::RegionBureau);
    bureau && acting.is(Role::Handler) && is_within(place, &acting.place)
}

/// Whether somebody may conduct a programme: in the place it is run in; one that is run anywhere, in their own.
pub fn may_conduct_programme(acting: &Acting, pack: &Pack) -> bool {
    may_conduct(acting, pack.place.as_deref().unwrap_or(&acting.place))
}

/// Whether a programme concerns somebody: it is run in their place, within it or above it, or anywhere.
pub fn concerns(acting: &Acting, pack: &Pack) -> bool {
    pack.place.as_deref().is_none_or(|place| is_within(place, &acting.place) || is_within(&acting.place, place))
}

/// Whether somebody may say what their provider offers. Whoever acts under a mandate acts for the enterprise that granted it.
pub fn may_offer(acting: &Acting) -> bool {
    let provider = acting.kind == OrganisationKind::Provider && acting.mandate.is_none();
    provider && (acting.is(Role::Handler) || acting.is(Role::Manager))
}

/// Whether somebody may read how calls and publicities are conducted, and what was objected by whom to files of their place.
pub fn may_oversee(acting: &Acting) -> bool {
    matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::RegionBureau | OrganisationKind::Supervisor)
}

/// Whether somebody may draw up payment lists.
pub fn may_prepare_payment(acting: &Acting) -> bool {
    acting.kind == OrganisationKind::FinanceBureau && acting.is(Role::Handler)
}

/// Whether somebody may approve payment lists.
pub fn may_approve_payment(acting: &Acting) -> bool {
    acting.kind == OrganisationKind::FinanceBureau && acting.is(Role::Certifier)
}

/// Whether somebody may load policy packs and take them back before they are opened.
pub fn may_load_packs(acting: &Acting) -> bool {
    acting.kind == OrganisationKind::Administrator && acting.is(Role::Manager)
}

/// Whether somebody may open a loaded pack for use: another administrator, or who signs for a bureau that conducts programmes.
/// That it is another person than who loaded it is asked of the pack.
pub fn may_open_packs(acting: &Acting) -> bool {
    let bureau = matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::RegionBureau);
    may_load_packs(acting) || (bureau && acting.is(Role::Certifier))
}

/// Whether somebody may look at packs that are not open yet, and try them out.
pub fn may_read_packs(acting: &Acting) -> bool {
    may_load_packs(acting) || may_oversee(acting)
}
