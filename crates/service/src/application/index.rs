//! The list rows of a file: of its state, its pack, its applicant's name and the moment of its last entry. Standings it grants are held from
//! whatever came first, so `ledger` looks at them from the other side too.

use std::collections::BTreeSet;

use insight::assignment::Verdict;
use policy::pack::{Grants, Pack, Review, Work};
use policy::spec::{Actor, StageSpec};
use records::Moment;
use records::application::{Application, CountedKey, Founded, Joining, Phase, Progress, StageState, counted_invoices};
use records::ids::OrganisationId;
use records::organisation::Organisation;
use standards::text::squash;
use store::{ApplicationIndex, ApplicationRow, Grade, Index, InvoiceUse, StandingKey, StandingRow, TaskRow};

use super::load::place_path;

/// The rows made from a file's state; `changed_at` is when its last entry was made.
pub(crate) fn index(file: &Application, pack: &Pack, applicant: &Organisation, changed_at: Moment) -> Index {
    let tasks = tasks(file, pack);
    let row = row(file, pack, applicant, changed_at, &tasks);
    let standing = pack.procedure(&file.procedure).is_some_and(|procedure| procedure.grants == Grants::Standing);
    let granted = if standing { held(file).into_iter().collect() } else { Vec::new() };
    let participants = file.participants.iter().map(|one| one.member.organisation.to_string()).collect();
    let (revoked, invoices) = (Vec::<StandingKey>::new(), invoices(pack, file));
    Index::Application(Box::new(ApplicationIndex { row, tasks, participants, granted, revoked, invoices }))
}

/// The claims of a file on its invoices.
fn invoices(pack: &Pack, file: &Application) -> Vec<InvoiceUse> {
    let grade = |founded: Founded| match founded {
        Founded::Stated => Grade::Stated,
        Founded::Proven => Grade::Proven,
        Founded::Counted => Grade::Counted,
    };
    let one = |(number, counted): (String, CountedKey)| InvoiceUse {
        number,
        also: counted.also.unwrap_or_default(),
        grade: grade(counted.founded),
    };
    counted_invoices(pack, file).into_iter().map(one).collect()
}

/// The standing that a file gives its applicant, if it is one for a standing and ended well.
pub(crate) fn held(file: &Application) -> Option<StandingRow> {
    let Phase::Concluded { at } = file.phase else { return None };
    Some(StandingRow {
        programme: file.programme.clone(),
        procedure: file.procedure.clone(),
        organisation: file.applicant.to_string(),
        since_on: at.day().to_string(),
    })
}

fn row(file: &Application, pack: &Pack, applicant: &Organisation, changed_at: Moment, tasks: &[TaskRow]) -> ApplicationRow {
    let number = file.number.clone().unwrap_or_default();
    let code = applicant.credit_code.as_deref().unwrap_or_default();
    let level =
        pack.stages_of(&file.procedure).iter().filter_map(|stage| stage.settles.as_ref()).find_map(|fact| file.settled.get(fact.value()));
    ApplicationRow {
        id: file.id.to_string(),
        programme: file.programme.clone(),
        procedure: file.procedure.clone(),
        pack_version: file.version.clone(),
        batch: file.batch.to_string(),
        applicant: file.applicant.to_string(),
        applicant_name: applicant.name.clone(),
        provider: file.provider.as_ref().map(ToString::to_string).unwrap_or_default(),
        place: file.place.clone(),
        place_path: place_path(file),
        state: file.word().as_str().to_owned(),
        stage: tasks.first().map(|task| task.stage.clone()).unwrap_or_default(),
        due_at_ms: tasks.iter().filter_map(|task| task.due_at_ms).min(),
        level: level.map(|settled| i64::from(settled.level)),
        recognised_fen: file.decision.as_ref().and_then(|decision| decision.receipt.recognised_fen),
        award_fen: file.award_fen(),
        updated_at_ms: changed_at.0,
        offices: offices(file, pack),
        search: format!("{} {} {}", squash(&applicant.name), number.to_lowercase(), code.to_lowercase()),
        number,
    }
}

/// The kinds of offices that a stage of it has come to, `|city_bureau|finance_bureau|`.
fn offices(file: &Application, pack: &Pack) -> String {
    let acting: BTreeSet<&str> =
        file.begun_of(pack).map(|stage| actor_word(stage.actor)).filter(|word| word.ends_with("_bureau")).collect();
    acting.into_iter().fold("|".to_owned(), |all, word| format!("{all}{word}|"))
}

/// What is to be done for a file now, and by whom.
fn tasks(file: &Application, pack: &Pack) -> Vec<TaskRow> {
    let open = pack.stages_of(&file.procedure).into_iter().filter_map(|stage| {
        let state = file.stages.get(&stage.id)?;
        (!file.has_ended() && state.is_open()).then_some((stage, state))
    });
    let tasks = open.map(|(stage, state)| match (stage.work, pack.review(&stage.id)) {
        (Some(Work::Join), _) => joining(file, pack, stage, state),
        (_, Some(review)) => review_tasks(file, pack, stage, state, review),
        _ => vec![task(file, pack, stage, state)],
    });
    tasks.flatten().collect()
}

/// One task for each member that is still to join, and one for the applicant where somebody declined.
fn joining(file: &Application, pack: &Pack, stage: &StageSpec, state: &StageState) -> Vec<TaskRow> {
    let applicant = pack.procedure(&file.procedure).map_or(stage.actor, |procedure| procedure.applicant);
    let one = |actor: Option<Actor>, organisation: &OrganisationId, title: String| TaskRow {
        actor: actor.map(actor_word).unwrap_or_default().to_owned(),
        organisation: organisation.to_string(),
        title,
        ..task(file, pack, stage, state)
    };
    let waiting = file.participants.iter().filter_map(|own| match own.joining {
        Joining::Invited => Some((own, stage.label.clone())),
        Joining::Prepared { .. } => Some((own, format!("{}：待签发", stage.label))),
        Joining::Joined { .. } | Joining::Declined { .. } => None,
    });
    let waiting = waiting.map(|(own, title)| one(own.member.kind.actor(), &own.member.organisation, title));
    let declined = file.participants.iter().any(|own| matches!(own.joining, Joining::Declined { .. }));
    let lead = declined.then(|| one(Some(applicant), &file.applicant, format!("{}：有单位谢绝", stage.label)));
    waiting.chain(lead).collect()
}

/// Every expert who has not scored has a task; the bureau has one where experts are lacking or their scores lie apart.
fn review_tasks(file: &Application, pack: &Pack, stage: &StageSpec, state: &StageState, review: &Review) -> Vec<TaskRow> {
    let open = state.reviewers.iter().filter(|reviewer| reviewer.sheet.is_none());
    let experts = open.map(|reviewer| (Actor::Expert, reviewer.expert.to_string(), stage.label.clone()));
    let to_do = match state.verdict(review) {
        Verdict::OneMore | Verdict::Moderation => Some("专家评分差距过大"),
        _ => (state.lacks(review) > 0).then_some("分配评审专家"),
    };
    let bureau = to_do.map(|to_do| (assigning(pack, &file.procedure), String::new(), format!("{}：{to_do}", stage.label)));
    bureau.into_iter().chain(experts).map(|(actor, organisation, title)| row_of(file, stage, state, actor, organisation, title)).collect()
}

/// Who assigns third parties and experts: the region's bureau where a procedure comes to it, else the city's.
fn assigning(pack: &Pack, procedure: &str) -> Actor {
    let regional = pack.stages_of(procedure).iter().any(|stage| stage.actor == Actor::RegionBureau);
    if regional { Actor::RegionBureau } else { Actor::CityBureau }
}

fn task(file: &Application, pack: &Pack, stage: &StageSpec, state: &StageState) -> TaskRow {
    let third_party = matches!(stage.actor, Actor::Evaluator | Actor::Auditor);
    let unassigned = third_party && state.assigned.is_none();
    let (actor, organisation) = match stage.actor {
        Actor::Enterprise => (Actor::Enterprise, file.applicant.to_string()),
        actor if applies(file, pack, actor) => (actor, file.applicant.to_string()),
        Actor::Provider if stage.work == Some(Work::Fill) && file.provider.is_none() => (Actor::Provider, file.applicant.to_string()),
        Actor::Provider => (Actor::Provider, file.provider.as_ref().map(ToString::to_string).unwrap_or_default()),
        _ if unassigned => (assigning(pack, &file.procedure), String::new()),
        actor => (actor, state.assigned.as_ref().map(ToString::to_string).unwrap_or_default()),
    };
    row_of(file, stage, state, actor, organisation, title(file, stage, state, unassigned))
}

/// Whether a bureau's stage is the applicant's own: no other bureau of the place works on it.
fn applies(file: &Application, pack: &Pack, actor: Actor) -> bool {
    let bureau = matches!(actor, Actor::DistrictBureau | Actor::CityBureau | Actor::RegionBureau);
    bureau && pack.procedure(&file.procedure).is_some_and(|procedure| procedure.applicant == actor)
}

fn row_of(file: &Application, stage: &StageSpec, state: &StageState, actor: Actor, organisation: String, title: String) -> TaskRow {
    TaskRow {
        application: file.id.to_string(),
        stage: stage.id.clone(),
        programme: file.programme.clone(),
        procedure: file.procedure.clone(),
        actor: actor_word(actor).to_owned(),
        organisation,
        place_path: place_path(file),
        title,
        opened_at_ms: state.opened_at.0,
        due_at_ms: state.due_on.map(|day| Moment::end_of(day).0),
    }
}

fn title(file: &Application, stage: &StageSpec, state: &StageState, unassigned: bool) -> String {
    let correcting = matches!(&file.phase, Phase::Correcting(correction) if correction.fill == stage.id);
    match &state.progress {
        _ if unassigned => format!("{}：委托办理机构", stage.label),
        Progress::Prepared { .. } => format!("{}：待签发", stage.label),
        _ if correcting => format!("{}：需补正", stage.label),
        _ => stage.label.clone(),
    }
}

/// The word the database holds for an actor; that of the kind of organisation that acts.
pub(super) fn actor_word(actor: Actor) -> &'static str {
    match actor {
        Actor::Enterprise => "enterprise",
        Actor::Provider => "provider",
        Actor::DistrictBureau => "district_bureau",
        Actor::CityBureau => "city_bureau",
        Actor::RegionBureau => "region_bureau",
        Actor::Evaluator => "evaluator",
        Actor::Auditor => "auditor",
        Actor::FinanceBureau => "finance_bureau",
        Actor::Expert => "expert",
        Actor::Public => "public",
    }
}
