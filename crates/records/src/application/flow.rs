//! What follows when a stage is done.

use std::collections::BTreeSet;

use policy::granted::{evaluate_within, refusals};
use policy::limit_due;
use policy::outcome::{AwardStatus, FindingStatus, Outcome};
use policy::pack::{Grants, Work};
use policy::receipt::Receipt;
use policy::spec::StageSpec;

use super::complete::undecided_rows;
use super::{Application, ApplicationEvent, Finding, Progress, Situation, build};
use crate::{Noun as _, Refusal};

/// The events, and after them those that follow: the decision once everything it needs is done, the stages that open,
/// the end.
pub(super) fn followed(application: &Application, at: &Situation, events: Vec<ApplicationEvent>) -> Result<Vec<ApplicationEvent>, Refusal> {
    let mut all = events;
    let after = |all: &[ApplicationEvent]| Application::fold_all(Some(application.clone()), all).unwrap_or_else(|| application.clone());
    if let Some(decided) = decision(&after(&all), at)? {
        all.push(decided);
    }
    all.extend(opening(&after(&all), at));
    let file = after(&all);
    if !file.has_ended() && at.pack.stages_of(&file.procedure).iter().all(|stage| is_done(&file, stage)) {
        all.push(ApplicationEvent::Concluded { at: at.now });
    }
    Ok(all)
}

/// The stages that wait for nothing more and have not opened.
pub(super) fn opening(application: &Application, at: &Situation) -> Vec<ApplicationEvent> {
    let stages = at.pack.stages_of(&application.procedure);
    let done: BTreeSet<&str> = stages.iter().filter(|stage| is_done(application, stage)).map(|stage| stage.id.as_str()).collect();
    let ready = |stage: &&&StageSpec| {
        !application.stages.contains_key(&stage.id)
            && stage.work != Some(Work::Open)
            && !(stage.work == Some(Work::Join) && application.participants.is_empty())
            && stage.after.iter().all(|after| done.contains(after.as_str()))
    };
    stages.iter().filter(ready).map(|stage| opened(stage, at)).collect()
}

/// Stages that are done and ask about rows which a correction has brought in since: they open again, for nobody has said
/// anything of those rows, and what nobody has said does not count.
pub(super) fn reopened(application: &Application, at: &Situation) -> Vec<ApplicationEvent> {
    let case = build(at.pack, application, at.knowing, at.now);
    let undecided = undecided_rows(at.pack, &case.draft);
    let silent = |ask: &str| {
        let (kind, name) = ask.split_once('.').unwrap_or_default();
        let due = |id: &str| undecided.contains(&(kind.to_owned(), id.to_owned()));
        case.inputs.rows(kind).iter().any(|row| !row.texts.contains_key(name) && due(&row.id))
    };
    let said = |stage: &&StageSpec| {
        let progress = application.stages.get(&stage.id).map(|state| &state.progress);
        matches!(progress, Some(Progress::Done { skipped: false, .. }))
    };
    let stages = at.pack.stages_of(&application.procedure).into_iter().filter(said);
    stages.filter(|stage| stage.asks.iter().any(|ask| silent(ask.value()))).map(|stage| opened(stage, at)).collect()
}

/// The stage in which members join opens again when a correction has named others.
pub(super) fn rejoined(application: &Application, at: &Situation) -> Option<ApplicationEvent> {
    let join = at.pack.stages_of(&application.procedure).into_iter().find(|stage| stage.work == Some(Work::Join))?;
    let done = application.stages.get(&join.id).is_some_and(|state| !state.is_open());
    (done && !application.all_joined()).then(|| opened(join, at))
}

/// A stage opens, with the last day its limit gives; without a calendar for the year there is none.
fn opened(stage: &StageSpec, at: &Situation) -> ApplicationEvent {
    let due_on = stage.limit.as_ref().and_then(|limit| limit_due(limit, at.now.day(), at.calendar).ok());
    ApplicationEvent::StageOpened { stage: stage.id.clone(), due_on, at: at.now }
}

/// A stage is done when somebody finished it; the opening of a batch is done for every file of the batch, and where a file
/// names no members nobody is waited for.
fn is_done(application: &Application, stage: &StageSpec) -> bool {
    let nobody = stage.work == Some(Work::Join) && application.participants.is_empty() && application.submitted_at.is_some();
    stage.work == Some(Work::Open)
        || (nobody && !application.stages.contains_key(&stage.id))
        || application.stages.get(&stage.id).is_some_and(|state| !state.is_open())
}

/// Everything the award follows from is done: nothing is left but publicity and payment.
fn decides_now(application: &Application, at: &Situation) -> bool {
    let money = at.pack.procedure(&application.procedure).is_some_and(|procedure| procedure.grants == Grants::Award);
    let still_to_do =
        |stage: &&StageSpec| !matches!(stage.work, Some(Work::Open | Work::Publicise | Work::Pay) | None) && !is_done(application, stage);
    money
        && application.decision.is_none()
        && !application.has_ended()
        && !at.pack.stages_of(&application.procedure).iter().any(still_to_do)
}

/// The decision, with its inputs frozen. An award that does not hold cannot be approved.
fn decision(application: &Application, at: &Situation) -> Result<Option<ApplicationEvent>, Refusal> {
    if !decides_now(application, at) {
        return Ok(None);
    }
    let case = build(at.pack, application, at.knowing, at.now);
    let facts = case.draft.facts();
    let outcome = evaluate_within(at.pack, &facts, &application.procedure);
    if outcome.status != AwardStatus::Granted {
        return Err(not_granted(at, &outcome));
    }
    if outcome.award_fen.is_none_or(|fen| fen <= 0) {
        return Err(nothing_left(at, &outcome));
    }
    let receipt = Receipt::of(at.pack, &facts, &outcome);
    Ok(Some(ApplicationEvent::Decided { receipt, inputs: case.inputs, at: at.now, by: at.by.clone() }))
}

/// What stands against the awards: conditions first, then what an award asks for by itself.
fn not_granted(at: &Situation, outcome: &Outcome) -> Refusal {
    let open = outcome.findings.iter().filter(|finding| !finding.fix.is_empty());
    let mut said: Vec<(String, String)> = open.map(against).collect();
    let refused = refusals(at.pack, outcome).into_iter();
    said.extend(refused.map(|reason| (reason.text.trim_end_matches('。').to_owned(), reason.clause.clone())));
    let Some((_, clause)) = said.first() else {
        return Refusal::new("还不能作出决定：补贴金额尚不能确定，请核对核定投入和等级。");
    };
    let listed: Vec<String> = said.iter().map(|(message, clause)| format!("{message}（{}）", at.pack.cite_all(clause))).collect();
    Refusal::by(clause.clone(), format!("还不能作出决定，请先处理，或者按所列依据不予通过：{}", listed.join("；")))
}

/// A condition that fails says why; one that is open says what it waits for.
fn against(finding: &policy::outcome::Finding) -> (String, String) {
    let message = match finding.status {
        FindingStatus::Failed => format!("{}：{}，{}", finding.label, finding.status.label(), finding.reasons.text.trim_end_matches('。')),
        _ => Finding::of(finding).message,
    };
    (message, finding.clause.clone())
}

/// Everything holds and nothing is left to pay: what was granted before, or a cap, takes all of it.
fn nothing_left(at: &Situation, outcome: &Outcome) -> Refusal {
    let groups = refusals(at.pack, outcome);
    let clause = groups.first().map(|reason| &reason.clause).or(at.pack.awards.first().map(|award| &award.clause)).cloned();
    let cited = groups.iter().map(|reason| format!("{}（{}）", reason.text.trim_end_matches('。'), at.pack.cite_all(&reason.clause)));
    let why = cited.collect::<Vec<_>>().join("；");
    let why = if why.is_empty() { String::new() } else { format!("：{why}") };
    let message = format!("按规则计算的补贴金额为0，不能通过{why}；请核对核定投入，或者按所列依据不予通过。");
    Refusal { message, clause, errors: Vec::new() }
}

impl Application {
    /// The same events where what the applicant has been granted changed since they were decided: a decision among them, and
    /// what followed from it, is made anew.
    ///
    /// # Errors
    /// The decision cannot be made any more.
    pub fn decided_again(&self, events: &[ApplicationEvent], at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        match events.iter().position(|event| matches!(event, ApplicationEvent::Decided { .. })) {
            Some(decided) => followed(self, at, events[..decided].to_vec()),
            None => Ok(events.to_vec()),
        }
    }
}
