//! Walking through a pack's forms without a file: everything is computed from what stands in the page, nothing is kept.

use std::collections::{BTreeMap, BTreeSet};

use policy::evaluate::evaluate;
use policy::outcome::Outcome;
use policy::pack::{Grants, Pack};
use policy::spec::StageSpec;
use records::answers::Answers;
use records::application::{Application, Case, Filing, Judgement, Knowing, Official, Situation, build, official_problems, problems};
use records::batch::Batch;
use records::moment::By;
use records::organisation::{Organisation, OrganisationEvent, OrganisationKind};
use records::{FieldError, Moment, Noun as _, Refusal};
use standards::calendar::Calendar;

/// What stands in a walk after a stage was filled in.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The case that all answers make.
    pub case: Case,
    /// What would be missing or wrong if the stage were handed in now; papers are not asked for.
    pub errors: Vec<FieldError>,
    /// What the rules say, where the procedure grants money.
    pub outcome: Option<Outcome>,
}

/// Days for which the call of a walk runs.
const CALL_DAYS: i32 = 30;

/// A stage of a procedure as it would be with these answers, by stage. The applicant of a walk is nobody: it holds every
/// standing that the procedure needs, so that every form can be reached.
///
/// # Errors
/// The pack has no such procedure.
pub fn walk(pack: &Pack, procedure: &str, stage: &StageSpec, answers: &BTreeMap<String, Answers>, now: Moment) -> Result<Walk, Refusal> {
    let knowing = knowing(pack, procedure, now)?;
    let by = By { account: "walk".to_owned(), organisation: "walk".to_owned(), mandate: None };
    let at = Situation { pack, calendar: Calendar::national(), now, by: &by, knowing: &knowing };
    let started = Application::start("walk".into(), procedure, &at)?;
    let mut file = Application::fold_all(None, &started).ok_or_else(|| Refusal::new("没有这个事项。"))?;
    let filed = |stage: &&StageSpec| stage.work == Some(policy::pack::Work::Fill);
    for known in pack.stages_of(procedure) {
        match (answers.get(&known.id), filed(&known)) {
            (Some(own), true) => file.filed = file.filed.overlaid(own),
            (Some(own), false) => {
                file.stated.insert(known.id.clone(), own.clone());
                file.judgements.extend(judgements(known, own));
            }
            (None, _) => {}
        }
    }
    let case = build(pack, &file, &knowing, now);
    let own = answers.get(&stage.id).cloned().unwrap_or_default();
    let errors = match filed(&stage) {
        true => problems(&at, &file, stage, &Filing { answers: file.filed.clone(), ..Filing::default() }),
        false => official_problems(&at, &file, stage, &Official { stated: own, ..Official::default() }),
    };
    let errors = errors.into_iter().filter(|error| !error.path.starts_with("paper.")).collect();
    let money = pack.procedure(procedure).is_some_and(|procedure| procedure.grants == Grants::Award);
    let outcome = (money || !pack.conditions.is_empty()).then(|| evaluate(pack, &case.draft.facts()));
    Ok(Walk { case, errors, outcome })
}

/// What was judged at a stage: `judge.` and the condition's id, yes or no.
fn judgements<'a>(stage: &'a StageSpec, own: &'a Answers) -> impl Iterator<Item = (String, Judgement)> + 'a {
    let said = move |id: &str| match own.text(&format!("judge.{id}")) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let judged = move |id: &str| Some((id.to_owned(), Judgement { holds: said(id)?, note: "试填".to_owned() }));
    stage.judges.iter().filter_map(move |condition| judged(condition.as_str()))
}

fn knowing(pack: &Pack, procedure: &str, now: Moment) -> Result<Knowing, Refusal> {
    let declared = pack.procedure(procedure).ok_or_else(|| Refusal::new("没有这个事项。"))?;
    let kind = OrganisationKind::ALL.into_iter().find(|kind| kind.actor() == Some(declared.applicant));
    let registered = OrganisationEvent::Registered {
        id: "walk".into(),
        kind: kind.unwrap_or(OrganisationKind::Enterprise),
        name: "试填单位".to_owned(),
        credit_code: None,
        place: String::new(),
    };
    let applicant = Organisation::fold_all(None, [&registered]).ok_or_else(|| Refusal::new("没有这个事项。"))?;
    let today = now.day();
    let batch = Batch {
        id: "walk".into(),
        programme: pack.id.clone(),
        version: pack.version.clone(),
        procedure: procedure.to_owned(),
        label: "试填".to_owned(),
        number: 1,
        notice: String::new(),
        opens_on: today,
        deadline_on: standards::Date::from_days(today.days() + CALL_DAYS).unwrap_or(today),
        place: String::new(),
        closed: None,
    };
    let standings: BTreeSet<String> = pack.procedures.iter().map(|procedure| procedure.id.clone()).collect();
    Ok(Knowing { standings, ..Knowing::of(applicant, batch) })
}
