//! A file as a program sees it.

use std::collections::BTreeMap;

use records::access::Sight;
use records::answers::Answers;
use records::application::{Application, Finding, Phase, StageState, stage_words};
use records::organisation::Organisation;
use serde::Serialize;
use serde_json::Value;
use service::application::FileView;
use service::{ApplicationRow, TaskRow};
use utoipa::ToSchema;

use super::{AnswersShape, Judgement, Papers, paper_texts};
use crate::problem::ToldField;

/// A file in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct FileRow {
    /// Id.
    id: String,
    /// The programme.
    programme: String,
    /// The procedure.
    procedure: String,
    /// The batch.
    batch: String,
    /// 受理编号, empty until it was handed in.
    number: String,
    /// Who applies.
    applicant: String,
    /// The applicant's name.
    applicant_name: String,
    /// The provider it names, empty if none.
    provider: String,
    /// The place.
    place: String,
    /// Where it stands: `preparing`, `to_correct`, `in_review`, `in_publicity`, `paying`, `paid`, `concluded`, `refused`,
    /// `ended`, `claiming_back` or `claimed_back`.
    state: String,
    /// The stage it stands at, empty if at none.
    stage: String,
    /// When the next of its tasks is due.
    due_unix_ms: Option<i64>,
    /// Its settled level.
    level: Option<i64>,
    /// Recognised cost.
    recognised_fen: Option<i64>,
    /// Award.
    award_fen: Option<i64>,
    /// When it last changed.
    updated_unix_ms: i64,
}

impl From<ApplicationRow> for FileRow {
    fn from(row: ApplicationRow) -> Self {
        Self {
            id: row.id,
            programme: row.programme,
            procedure: row.procedure,
            batch: row.batch,
            number: row.number,
            applicant: row.applicant,
            applicant_name: row.applicant_name,
            provider: row.provider,
            place: row.place,
            state: row.state,
            stage: row.stage,
            due_unix_ms: row.due_at_ms,
            level: row.level,
            recognised_fen: row.recognised_fen,
            award_fen: row.award_fen,
            updated_unix_ms: row.updated_at_ms,
        }
    }
}

/// Something to be done.
#[derive(Serialize, ToSchema)]
#[schema(as = Task)]
pub(crate) struct TaskShape {
    /// What.
    title: String,
    /// The stage.
    stage: String,
    /// Since when.
    opened_unix_ms: i64,
    /// Until when.
    due_unix_ms: Option<i64>,
    /// What for.
    file: FileRow,
}

impl TaskShape {
    pub(crate) fn of(task: TaskRow, file: ApplicationRow) -> Self {
        Self { title: task.title, stage: task.stage, opened_unix_ms: task.opened_at_ms, due_unix_ms: task.due_at_ms, file: file.into() }
    }
}

/// A file, what the rules say of it, and what the token's organisation may do with it.
#[derive(Serialize, ToSchema)]
#[schema(as = File)]
pub(crate) struct FileShape {
    /// Named by every command that follows.
    pub(crate) version: i64,
    /// Id.
    id: String,
    /// The programme.
    programme: String,
    /// The version of its policy.
    pack_version: String,
    /// The procedure.
    procedure: String,
    /// The batch.
    batch: String,
    /// Who applies.
    applicant: Party,
    /// The provider it names.
    provider: Option<Party>,
    /// The place.
    place: String,
    /// 受理编号.
    number: Option<String>,
    /// Where it stands, as in lists.
    state: String,
    /// The same in words.
    state_label: String,
    /// When it was first handed in.
    submitted_unix_ms: Option<i64>,
    /// How often it was returned for correction.
    rounds: u32,
    /// What was handed in.
    #[schema(value_type = AnswersShape)]
    answers: Answers,
    /// Papers that were handed in, by slot.
    papers: Papers,
    /// Its stages in order.
    stages: Vec<FileStage>,
    /// While it is returned for correction: what to correct.
    correction: Option<Correction>,
    /// Why it was refused.
    refused: Vec<Reason>,
    /// What was decided: award, level, recognised cost and the digests by which the decision can be made again.
    #[schema(value_type = Option<Object>)]
    receipt: Option<Value>,
    /// What became of the money.
    money: Money,
    /// What officials stated, by stage; for offices only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<BTreeMap<String, AnswersShape>>)]
    stated: Option<BTreeMap<String, Answers>>,
    /// What was judged, by condition; for offices only.
    #[serde(skip_serializing_if = "Option::is_none")]
    judgements: Option<BTreeMap<String, Judgement>>,
    /// What of the answers cannot be read.
    unread: Vec<ToldField>,
    /// What the rules say now, with reasons and clauses; where the procedure grants money. The same keys as `award --json` of
    /// the command line.
    #[schema(value_type = Option<Object>)]
    outcome: Option<Value>,
    /// Whether third parties may be assigned.
    may_assign: bool,
}

/// A party to a file.
#[derive(Serialize, ToSchema)]
struct Party {
    /// Id.
    id: String,
    /// Name.
    name: String,
    /// 统一社会信用代码.
    credit_code: Option<String>,
}

/// One stage of a file.
#[derive(Serialize, ToSchema)]
struct FileStage {
    /// Id.
    id: String,
    /// Chinese name.
    label: String,
    /// Where it stands, in words.
    state_label: &'static str,
    /// When it opened.
    opened_unix_ms: Option<i64>,
    /// Its last day.
    due_on: Option<String>,
    /// Who was assigned; for offices only.
    assigned: Option<String>,
    /// The token may be used to work on it now.
    may_work: bool,
    /// Before that an interest has to be declared, or that there is none.
    must_declare: bool,
}

/// A return for correction.
#[derive(Serialize, ToSchema)]
struct Correction {
    /// The stage in which it is corrected.
    stage: String,
    /// What is to be corrected.
    points: Vec<Reason>,
    /// The last day.
    due_on: String,
    /// The clause of the time limit.
    clause: String,
}

/// Something said with the clauses it follows.
#[derive(Serialize, ToSchema)]
struct Reason {
    /// The field, paper slot or condition; empty for the whole.
    path: String,
    /// What is said.
    message: String,
    /// The clauses.
    clause: String,
}

/// What became of the money of a file.
#[derive(Serialize, ToSchema)]
struct Money {
    /// Paid so far.
    paid_fen: i64,
    /// To be paid back.
    claimed_back_fen: i64,
    /// Paid back so far.
    returned_fen: i64,
}

impl FileShape {
    pub(crate) fn of(view: FileView) -> Self {
        let insider = matches!(view.sight.sight(), Sight::Office | Sight::Supervisor);
        let (stages, file) = (stages(&view, insider), view.application);
        Self {
            version: view.version,
            applicant: party(&view.applicant),
            provider: view.provider.as_ref().map(party),
            place: file.place.clone(),
            number: file.number.clone(),
            state: file.word().as_str().to_owned(),
            state_label: file.word().label().to_owned(),
            submitted_unix_ms: file.submitted_at.map(|at| at.0),
            rounds: file.rounds,
            papers: paper_texts(&file.papers),
            stages,
            correction: correction(&file),
            refused: refused(&file),
            receipt: file.decision.as_ref().and_then(|decision| serde_json::to_value(&decision.receipt).ok()),
            money: Money {
                paid_fen: file.money.paid_fen,
                claimed_back_fen: file.money.claimed_back_fen,
                returned_fen: file.money.returned_fen,
            },
            stated: insider.then_some(file.stated),
            judgements: insider.then(|| file.judgements.into_iter().map(|(id, judged)| (id, judged.into())).collect()),
            unread: view.case.errors.into_iter().map(ToldField::from).collect(),
            outcome: view.outcome.as_ref().and_then(|outcome| serde_json::to_value(outcome).ok()),
            may_assign: view.may_assign,
            id: file.id.0,
            programme: file.programme,
            pack_version: file.version,
            procedure: file.procedure,
            batch: file.batch.0,
            answers: file.filed,
        }
    }
}

fn party(organisation: &Organisation) -> Party {
    Party { id: organisation.id.to_string(), name: organisation.name.clone(), credit_code: organisation.credit_code.clone() }
}

fn stages(view: &FileView, insider: bool) -> Vec<FileStage> {
    let words = stage_words(&view.pack, &view.application).into_iter();
    let stage = |(spec, word): (&policy::spec::StageSpec, records::application::StageWord)| {
        let state: Option<&StageState> = view.application.stages.get(&spec.id);
        let work = view.works.iter().find(|work| work.stage == spec.id);
        FileStage {
            id: spec.id.clone(),
            label: spec.label.clone(),
            state_label: word.label(),
            opened_unix_ms: state.map(|state| state.opened_at.0),
            due_on: state.and_then(|state| state.due_on).map(|day| day.to_string()),
            assigned: view.assigned.get(&spec.id).filter(|_| insider).cloned(),
            may_work: work.is_some_and(|work| work.handles),
            must_declare: work.is_some_and(|work| work.must_declare),
        }
    };
    words.map(stage).collect()
}

fn correction(file: &Application) -> Option<Correction> {
    let Phase::Correcting(correction) = &file.phase else { return None };
    let points = correction.points.iter().cloned().map(|point| Reason { path: point.path, message: point.message, clause: point.clause });
    let due_on = correction.due_on.to_string();
    Some(Correction { stage: correction.fill.clone(), points: points.collect(), due_on, clause: correction.clause.clone() })
}

fn refused(file: &Application) -> Vec<Reason> {
    let Phase::Refused { findings, .. } = &file.phase else { return Vec::new() };
    let reason = |finding: Finding| Reason { path: finding.condition, message: finding.message, clause: finding.clause };
    findings.iter().cloned().map(reason).collect()
}
