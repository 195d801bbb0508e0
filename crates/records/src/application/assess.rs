//! On-site assessment: only this settles a level (工信厅企业〔2024〕56号).

use std::collections::BTreeMap;

use policy::case::Draft;
use policy::evaluate::{Evaluation, evaluate};
use policy::pack::{Pack, Work};
use policy::spec::Actor;
use serde::{Deserialize, Serialize};

use super::flow::followed;
use super::{Application, ApplicationEvent, Official, Situation, case};
use crate::answers::Answers;
use crate::{FieldError, Refusal};

/// What an assessment settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// The stage it was made in.
    pub stage: String,
    /// 0 to 4.
    pub level: u8,
    /// Total marks as exact decimal text.
    pub score: String,
    /// Scenarios that reach each level, by the name of the count: `scenarios_2`, `constraint_3`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub counts: BTreeMap<String, i64>,
}

impl Application {
    /// Records an assessment from the assessor's own answers; the level follows from them alone.
    ///
    /// # Errors
    /// The stage does not assess, an answer is missing or unreadable, or the person has not declared to have no interest.
    pub fn assess(&self, stage: &str, official: Official, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let spec = at.open_stage(self, stage, Work::Assess)?;
        let official = official.only(at.pack, spec);
        self.without_interest(stage, at)?;
        let complete = self.complete(spec, &official, at);
        also_open(complete, unanswered(at, &official.stated))?;
        let settled = computed(stage, &official.stated, at)?;
        let fact = spec.settles.as_ref().map(|fact| fact.value().clone());
        let assessed = ApplicationEvent::Assessed { stage: stage.to_owned(), official, fact, settled, at: at.now, by: at.by.clone() };
        followed(self, at, vec![assessed])
    }

    /// Third parties must be assigned and have declared to have no interest before they work on a file.
    pub(super) fn without_interest(&self, stage: &str, at: &Situation) -> Result<(), Refusal> {
        let assigned = self.stages.get(stage).and_then(|state| state.assigned.as_ref());
        let third_party = at.pack.stage(stage).is_some_and(|spec| matches!(spec.actor, Actor::Evaluator | Actor::Auditor));
        if third_party && assigned.is_none_or(|assigned| assigned.as_str() != at.by.organisation) {
            return Err(Refusal::new("本单位未受委托办理该环节。"));
        }
        if assigned.is_some() && !self.has_declared(stage, &at.by.account) {
            return Err(Refusal::new("请先声明与本项目有无利益关系，再办理。"));
        }
        Ok(())
    }
}

/// What else is to be filled in, together with the questions that have no answer.
fn also_open(complete: Result<(), Refusal>, unanswered: Vec<FieldError>) -> Result<(), Refusal> {
    let mut errors = match complete {
        Err(refusal) if refusal.errors.is_empty() => return Err(refusal),
        Err(refusal) => refusal.errors,
        Ok(()) => Vec::new(),
    };
    let fresh: Vec<FieldError> = unanswered.into_iter().filter(|open| errors.iter().all(|error| error.path != open.path)).collect();
    errors.extend(fresh);
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

fn computed(stage: &str, stated: &Answers, at: &Situation) -> Result<Settled, Refusal> {
    let (draft, errors) = case::draft_of(at.pack, stated);
    let errors =
        [errors, draft.contradictions(at.pack).into_iter().map(|(path, message)| FieldError::new(path, message)).collect()].concat();
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let outcome = evaluate(at.pack, &draft.facts());
    let deciding = outcome.assessed.first();
    let done = deciding.and_then(|assessed| Some((assessed.level?, assessed.score.clone()?)));
    let (level, score) = done.ok_or_else(|| Refusal::new("按所填内容还不能计算等级，请核对各题数据。"))?;
    Ok(Settled { stage: stage.into(), level, score, counts: counts(at.pack, &draft) })
}

/// How many scenarios reach each level, as the pack names the counts.
fn counts(pack: &Pack, draft: &Draft) -> BTreeMap<String, i64> {
    let facts = draft.facts();
    let evaluation = Evaluation::new(pack, &facts);
    let counts = pack.names.iter().filter_map(|(name, reg)| {
        let name = name.strip_prefix("assessed.").filter(|name| name.starts_with("scenarios_") || name.starts_with("constraint_"))?;
        Some((name.to_owned(), evaluation.get(*reg)?))
    });
    counts.collect()
}

/// Every question and scenario without an answer; figures that give the answer count as one.
fn unanswered(at: &Situation, stated: &Answers) -> Vec<FieldError> {
    let Some(assessment) = &at.pack.assessment else { return vec![FieldError::new("", "该政策包没有评测指标。")] };
    let path = |input: usize| at.pack.inputs[0][input].id();
    let questions = assessment.questions.iter().filter(|question| {
        stated.text(&path(question.input)).is_empty()
            && question.figures.iter().any(|figure| stated.text(&path(*figure)).is_empty()) | question.figures.is_empty()
    });
    let questions =
        questions.map(|question| FieldError::new(path(question.input), format!("请填写第{}题“{}”。", question.number, question.label)));
    let scenarios = assessment.scenarios.iter().filter(|scenario| stated.text(&path(scenario.input)).is_empty());
    questions
        .chain(scenarios.map(|scenario| FieldError::new(path(scenario.input), format!("请判定“{}”的等级。", scenario.label))))
        .collect()
}
