//! What an evaluation of one case says: level, findings, recognised cost, award — each with its reasons.

use crate::reason::Reason;
use serde::Serialize;

/// Where a finding stands (核查结论).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingStatus {
    /// The facts satisfy the condition, or it does not apply to this case.
    Met,
    /// The facts contradict the condition.
    Failed,
    /// Only a person can judge it, and nobody has yet.
    Person,
    /// A fact it depends on has not been given.
    Unknown,
}

impl FindingStatus {
    /// The word used on screens and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Met => "符合",
            Self::Failed => "不符合",
            Self::Person => "待人工核实",
            Self::Unknown => "待补充信息",
        }
    }
}

/// What checking one condition said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The condition's id in the pack.
    pub id: String,
    /// Its Chinese name.
    pub label: String,
    /// Where it stands.
    pub status: FindingStatus,
    /// The clauses it follows, e.g. `1.1`.
    pub clause: String,
    /// What to do about it; empty when met.
    pub fix: String,
    /// Why.
    pub reasons: Reason,
}

/// One variant of the assessment: the deciding one, or one computed beside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assessed {
    /// The variant's Chinese name, or the indicator set's own.
    pub label: String,
    /// Total marks as exact decimal text; `None` while an answer is missing.
    pub score: Option<String>,
    /// Marks of the answered questions so far.
    pub score_so_far: String,
    /// 0 (未定级) to 4; `None` while it is not known.
    pub level: Option<u8>,
    /// Marks per dimension: id, label, marks so far, full marks.
    pub dimensions: Vec<DimensionMarks>,
    /// Marks per question.
    pub questions: Vec<QuestionMarks>,
    /// Level by level what is reached and what is missing.
    pub lines: Vec<LevelLine>,
    /// Why.
    pub reasons: Reason,
}

/// Marks of one dimension (一级指标).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DimensionMarks {
    /// Id in the pack.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Marks of the answered questions, exact decimal text.
    pub marks: String,
    /// Full marks, exact decimal text.
    pub full: String,
    /// `marks` as thousandths of `full`, for drawing only.
    pub permille: u16,
}

/// Marks of one question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionMarks {
    /// Id in the pack.
    pub id: String,
    /// Number in the form.
    pub number: u16,
    /// Chinese name.
    pub label: String,
    /// Marks as exact decimal text; `None` while unanswered.
    pub marks: Option<String>,
    /// Full marks, exact decimal text.
    pub full: String,
    /// The answer in words, derived from figures where they were given.
    pub answer: String,
}

/// One level's lines and whether they are reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LevelLine {
    /// 1–4.
    pub level: u8,
    /// All lines of this level reached; `None` while not known.
    pub reached: Option<bool>,
    /// What is still missing, one sentence each; empty when reached.
    pub missing: Vec<String>,
}

/// One row whose cost was examined, e.g. an invoice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// The row's id in the case.
    pub id: String,
    /// What counts of it, in fen; 0 while a gate is open.
    pub recognised_fen: i64,
    /// What was claimed, in fen; `None` when not given.
    pub claimed_fen: Option<i64>,
    /// A gate is open: more papers could make it count.
    pub pending: bool,
    /// Why.
    pub reasons: Reason,
}

/// Something taken off between the items and the recognised total.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Deduction {
    /// The value's id in the pack.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// How much, in fen.
    pub fen: i64,
    /// Why.
    pub reasons: Reason,
}

/// Where an award stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AwardStatus {
    /// Every condition holds.
    Granted,
    /// A condition failed; the amount is 0.
    Refused,
    /// Nothing failed, but something is not known or waits for a person; the amount is an estimate.
    Pending,
}

impl AwardStatus {
    /// The word used on screens and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Granted => "符合条件",
            Self::Refused => "不予补贴",
            Self::Pending => "测算（待核实）",
        }
    }
}

/// One award of a pack.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Award {
    /// Id in the pack.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Where it stands.
    pub status: AwardStatus,
    /// The amount in whole fen: 0 when refused; `None` when it cannot be computed yet.
    pub award_fen: Option<i64>,
    /// Why.
    pub reasons: Reason,
}

/// Everything one evaluation says. The keys are stable: they are the `--json` output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Pack id.
    pub pack: String,
    /// Pack version.
    pub version: String,
    /// Digest of pack, text and engine that made this outcome.
    pub digest: String,
    /// The deciding variant's total as exact decimal text.
    pub score: Option<String>,
    /// The level the award goes by: settled if it is, else computed.
    pub level: Option<u8>,
    /// The assessment: the deciding variant first.
    pub assessed: Vec<Assessed>,
    /// What each condition said.
    pub findings: Vec<Finding>,
    /// Recognised cost in fen; `None` when not known or the pack has none.
    pub recognised_fen: Option<i64>,
    /// Row by row.
    pub items: Vec<Item>,
    /// What was taken off between items and total.
    pub deductions: Vec<Deduction>,
    /// The awards one by one.
    pub awards: Vec<Award>,
    /// The sum paid after stacking, in fen; `None` when it cannot be computed yet.
    pub award_fen: Option<i64>,
    /// Where the whole stands.
    pub status: AwardStatus,
    /// Warnings, e.g. two variants that disagree on the level.
    pub warnings: Vec<Reason>,
    /// Why, from the top.
    pub reasons: Reason,
}
