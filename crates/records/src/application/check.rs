//! Checking: approve, return for correction, refuse.

use std::collections::BTreeMap;

use policy::limit_due;
use policy::pack::{Pack, Test, Work, limit_words};
use policy::spec::{LimitSpec, StageSpec};
use serde::{Deserialize, Serialize};
use standards::date::Date;

use super::case::holds;
use super::flow::followed;
use super::{Application, ApplicationEvent, Correction, Phase, Situation, build, complete};
use crate::answers::Answers;
use crate::ids::PaperId;
use crate::{FieldError, Noun as _, Refusal, check_code};

/// What a person judged of a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Whether it holds.
    pub holds: bool,
    /// What it rests on.
    pub note: String,
}

/// What an official states in a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Official {
    /// Facts the stage asks for, and forms filled in.
    pub stated: Answers,
    /// Judgements by condition.
    pub judgements: BTreeMap<String, Judgement>,
    /// Papers by slot.
    pub papers: BTreeMap<String, Vec<PaperId>>,
    /// What is said to it; empty if nothing.
    pub note: String,
    /// The check code printed on the paper, where the stage receives one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub paper_code: String,
}

impl Official {
    /// Only what a stage asks for: nobody states, judges or hands in what another stage is there for.
    pub(super) fn only(self, pack: &Pack, spec: &StageSpec) -> Self {
        let Self { stated, judgements, papers, note, paper_code } = self;
        Self {
            stated: stated.only(pack, spec),
            judgements: judgements.into_iter().filter(|(id, _)| judges(spec, id)).collect(),
            papers: papers.into_iter().filter(|(slot, _)| spec.materials.iter().any(|known| known.value() == slot)).collect(),
            note: note.trim().to_owned(),
            paper_code: if spec.paper_code { paper_code.trim().to_owned() } else { String::new() },
        }
    }
}

fn judges(spec: &StageSpec, id: &str) -> bool {
    spec.judges.iter().any(|known| known.value() == id)
}

/// Whether every one of these clauses, joined as reasons keep them, stands in the policy.
pub(super) fn is_cited(pack: &Pack, clauses: &str) -> bool {
    clauses.split('、').all(|clause| pack.clause(clause).is_some())
}

/// One thing to correct.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The field or paper slot; empty for the file as a whole.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
    /// The clauses it follows.
    pub clause: String,
}

/// A reason to refuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The condition; empty for a reason the person gave.
    pub condition: String,
    /// What is said.
    pub message: String,
    /// The clauses it follows.
    pub clause: String,
}

impl Finding {
    /// A finding of the rules.
    pub(super) fn of(finding: &policy::outcome::Finding) -> Self {
        let message = format!("{}：{}", finding.label, finding.status.label());
        Self { condition: finding.id.clone(), message, clause: finding.clause.clone() }
    }
}

impl Application {
    /// Approves in a checking stage; every fact it asks for and every condition it judges must be answered.
    ///
    /// # Errors
    /// Something is unanswered or unreadable, a judged condition does not hold, or the award cannot be decided.
    pub fn approve(&self, stage: &str, official: Official, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let spec = at.open_stage(self, stage, Work::Check)?;
        let official = official.only(at.pack, spec);
        self.without_interest(stage, at)?;
        self.complete(spec, &official, at)?;
        self.agrees_with_paper(spec, &official)?;
        refused_by(at.pack, &official.judgements)?;
        let approved = ApplicationEvent::Approved { stage: stage.into(), official, at: at.now, by: at.by.clone() };
        if let Some(after) = Self::fold(Some(self.clone()), &approved) {
            after.holds_checks(spec, at)?;
        }
        followed(self, at, vec![approved])
    }

    /// Where a stage receives the paper: its check code is that of what was filed on line.
    fn agrees_with_paper(&self, spec: &StageSpec, official: &Official) -> Result<(), Refusal> {
        if !spec.paper_code || check_code::agrees(&official.paper_code, &self.filed) {
            return Ok(());
        }
        let message = match official.paper_code.is_empty() {
            true => "请填写纸质材料上打印的校验码。",
            false => "校验码与线上填报的数据不符，线上线下数据应保持一致；请核对，或者退回重新打印、更正。",
        };
        let errors = vec![FieldError::new("paper_code", message)];
        Err(Refusal { clause: Some(spec.clause.joined()), ..Refusal::fields(errors) })
    }

    /// Fails unless everything a stage asks an official for is there.
    pub(super) fn complete(&self, spec: &StageSpec, official: &Official, at: &Situation) -> Result<(), Refusal> {
        let errors = [complete::official_problems(at, self, spec, official), self.unjudged(spec, official, at)].concat();
        if !errors.is_empty() {
            return Err(Refusal::fields(errors));
        }
        let mut file = self.clone();
        file.stated.insert(spec.id.clone(), official.stated.clone());
        file.judgements.extend(official.judgements.clone());
        at.required(&file, spec)
    }

    /// Conditions that apply to the file and were not judged, or without saying on what the judgement rests.
    fn unjudged(&self, spec: &StageSpec, official: &Official, at: &Situation) -> Vec<FieldError> {
        let case = build(at.pack, self, at.knowing, at.now);
        let known = |id: &str| at.pack.conditions.iter().find(|condition| condition.id == id);
        let asked = spec.judges.iter().filter_map(|id| known(id.as_str()));
        let asked = asked.filter(|condition| condition.when.as_ref().is_none_or(|when| holds(at.pack, &case.draft, when)));
        let open =
            asked.filter(|condition| official.judgements.get(&condition.id).is_none_or(|judgement| judgement.note.trim().is_empty()));
        open.map(|condition| FieldError::new(format!("judge.{}", condition.id), format!("请核实“{}”并写明依据。", condition.label)))
            .collect()
    }

    /// Returns the file for correction until a day: the one given, else the pack's limit.
    ///
    /// # Errors
    /// The stage knows no correction, no point is named, or no day can be told; the day given leaves less time than the limit.
    pub fn return_for_correction(
        &self,
        stage: &str,
        points: Vec<Point>,
        due_on: Option<Date>,
        at: &Situation,
    ) -> Result<Vec<ApplicationEvent>, Refusal> {
        let spec = at.open_stage(self, stage, Work::Check)?;
        self.without_interest(stage, at)?;
        if let Phase::Correcting(_) = self.phase {
            return Err(Refusal::new("该申报件已退回补正，请等申报单位重新提交后再办理。"));
        }
        let limit = spec.correction.as_ref();
        let limit = limit.ok_or_else(|| Refusal::by(spec.clause.joined(), format!("“{}”环节没有退回补正的规定。", spec.label)))?;
        if points.is_empty() {
            return Err(Refusal::fields(vec![FieldError::new("points", "请写明需要补正的内容。")]));
        }
        let due_on = corrected_by(limit, due_on, at)?;
        let fill = filled_before(at, self, spec).ok_or_else(|| Refusal::new("该环节之前没有可以补正的填报环节。"))?;
        let round = self.rounds + 1;
        let correction = Correction { stage: stage.into(), fill, points, due_on, clause: limit.clause.joined(), round };
        Ok(vec![ApplicationEvent::Returned { correction, at: at.now, by: at.by.clone() }])
    }

    /// Refuses the file.
    ///
    /// # Errors
    /// The stage does not check, or no reason with its clause is given.
    pub fn refuse(
        &self,
        stage: &str,
        findings: Vec<Finding>,
        judgements: BTreeMap<String, Judgement>,
        at: &Situation,
    ) -> Result<Vec<ApplicationEvent>, Refusal> {
        let spec = at.open_stage(self, stage, Work::Check)?;
        self.without_interest(stage, at)?;
        let judgements: BTreeMap<String, Judgement> = judgements.into_iter().filter(|(id, _)| judges(spec, id)).collect();
        let judged =
            judgements.iter().filter(|(_, judgement)| !judgement.holds).filter_map(|(id, judgement)| denied(at.pack, id, judgement));
        let findings: Vec<Finding> = findings.into_iter().chain(judged).collect();
        if findings.is_empty() || findings.iter().any(|finding| finding.message.trim().is_empty() || !is_cited(at.pack, &finding.clause)) {
            return Err(Refusal::fields(vec![FieldError::new("findings", "不予通过应写明理由和依据的条款。")]));
        }
        Ok(vec![ApplicationEvent::Refused { stage: stage.into(), findings, judgements, at: at.now, by: at.by.clone() }])
    }

    /// Skips a stage that the pack lets skip.
    ///
    /// # Errors
    /// The pack does not let skip it, or no reason is given.
    pub fn skip(&self, stage: &str, note: &str, at: &Situation) -> Result<Vec<ApplicationEvent>, Refusal> {
        let spec = at.pack.stage(stage).ok_or_else(|| Refusal::new("该事项没有这个环节。"))?;
        let work = spec.work.ok_or_else(|| Refusal::new("该环节不在平台办理。"))?;
        at.open_stage(self, stage, work)?;
        if !spec.optional {
            return Err(Refusal::by(spec.clause.joined(), format!("“{}”环节不能省略。", spec.label)));
        }
        if note.trim().is_empty() {
            return Err(Refusal::fields(vec![FieldError::new("note", "请写明不需要办理的理由。")]));
        }
        let skipped = ApplicationEvent::Skipped { stage: stage.into(), note: note.trim().into(), at: at.now, by: at.by.clone() };
        followed(self, at, vec![skipped])
    }
}

/// The last day of a correction. A day that an official sets gives more time than the pack's limit, never less; in a year whose working days
/// nobody knows yet it only lies ahead.
fn corrected_by(limit: &LimitSpec, set: Option<Date>, at: &Situation) -> Result<Date, Refusal> {
    let wrong = |message: String| Refusal::fields(vec![FieldError::new("due_on", message)]);
    let due = limit_due(limit, at.now.day(), at.calendar);
    match (set, due) {
        (Some(day), _) if day <= at.now.day() => Err(wrong("补正期限应晚于今天。".to_owned())),
        (Some(day), Ok(due)) if day < due => {
            let message = format!("补正期限规定为{}，不能早于{}。", limit_words(limit), due.chinese());
            Err(Refusal { clause: Some(limit.clause.joined()), ..wrong(message) })
        }
        (Some(day), _) => Ok(day),
        (None, due) => due.map_err(|error| wrong(format!("{error}，请填写补正期限。"))),
    }
}

/// The nearest filling stage of the applicant that comes before.
fn filled_before(at: &Situation, application: &Application, spec: &StageSpec) -> Option<String> {
    let applicant = at.procedure(application).ok()?.applicant;
    let stages = at.pack.stages_of(&application.procedure);
    let place = stages.iter().position(|stage| stage.id == spec.id)?;
    let before = stages[..place].iter().rev();
    let mut fills = before.filter(|stage| stage.work == Some(Work::Fill) && stage.actor == applicant);
    fills.next().map(|stage| stage.id.clone())
}

/// A condition that somebody judged not to hold refuses the file; it cannot be approved over it.
fn refused_by(pack: &Pack, judgements: &BTreeMap<String, Judgement>) -> Result<(), Refusal> {
    let broken = judgements.iter().filter(|(_, judgement)| !judgement.holds).find_map(|(id, judgement)| denied(pack, id, judgement));
    match broken {
        Some(finding) => Err(Refusal::by(finding.clause, format!("{}不能通过；请更正核实结论，或者选择不予通过。", finding.message))),
        None => Ok(()),
    }
}

fn denied(pack: &Pack, id: &str, judgement: &Judgement) -> Option<Finding> {
    let condition = pack.conditions.iter().find(|condition| condition.id == id && matches!(condition.test, Test::Person(..)))?;
    let message = format!("经核实，不符合“{}”：{}。", condition.label, judgement.note.trim().trim_end_matches('。'));
    Some(Finding { condition: id.to_owned(), message, clause: condition.clause.clone() })
}
