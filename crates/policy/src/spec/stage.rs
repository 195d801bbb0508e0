//! Stages and time limits.

use super::{Actor, At, Cell, OneOrMany};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is done in a stage of a procedure that runs on the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// 开展：打开一批并写明截止日期
    Open,
    /// 填报
    Fill,
    /// 参与单位确认：申报书列明的每个参与单位各自填写、签发或者谢绝
    Join,
    /// 审查
    Check,
    /// 评测
    Assess,
    /// 核定投入
    Audit,
    /// 专家评审
    Review,
    /// 公示
    Publicise,
    /// 拨付
    Pay,
}

impl Work {
    /// Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "开展",
            Self::Fill => "填报",
            Self::Join => "参与单位确认",
            Self::Check => "审查",
            Self::Assess => "评测",
            Self::Audit => "核定投入",
            Self::Review => "专家评审",
            Self::Publicise => "公示",
            Self::Pay => "拨付",
        }
    }
}

/// What days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// 工作日
    Working,
    /// 自然日
    Natural,
}

/// Whether the first day counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FirstDaySpec {
    /// 含当日
    Counted,
    /// 不含当日
    NotCounted,
}

/// What missing a correction deadline means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Overdue {
    /// 按放弃申报处理
    Withdrawn,
    /// 进入下一批
    NextBatch,
    /// 只提醒
    Reminded,
}

/// A time limit.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitSpec {
    /// How many days.
    pub days: u16,
    /// Which days count.
    pub kind: DayKind,
    /// Whether the first day counts.
    pub first_day: FirstDaySpec,
    /// A last day that is no working day moves to the next one.
    #[serde(default)]
    pub roll: bool,
    /// Hour of the last day, `24:00` if not said.
    pub until: Option<String>,
    /// What missing it means.
    pub overdue: Option<Overdue>,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
}

/// A step of the procedure.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// The procedure it belongs to; none: the stage is shown and does not run.
    pub of: Option<At<String>>,
    /// What is done, where it belongs to a procedure.
    pub work: Option<Work>,
    /// Who acts.
    pub actor: Actor,
    /// What is done, one sentence.
    pub does: String,
    /// Its result on paper when it ended well, `同意备案`: stands behind 办理结果. Not said: that of its kind of work.
    pub passed: Option<String>,
    /// Papers needed.
    #[serde(default)]
    pub materials: Vec<At<String>>,
    /// Forms filled in here: by the applicant, or by the acting person in addition.
    #[serde(default)]
    pub forms: Vec<At<String>>,
    /// Facts the acting person states; they stand above what the applicant stated.
    #[serde(default)]
    pub asks: Vec<At<String>>,
    /// Conditions with `person` that are judged here.
    #[serde(default)]
    pub judges: Vec<At<String>>,
    /// Assess: the fact that the level following from this stage's own answers goes to. Review: the fact for the score.
    pub settles: Option<At<String>>,
    /// Audit: values with `may_lower` that may be set lower here, with a reason.
    #[serde(default)]
    pub lowers: Vec<At<String>>,
    /// Review: how many experts score a file.
    pub reviewers: Option<At<u8>>,
    /// Review: the form each of them fills in; its fields of type `score` add up.
    pub sheet: Option<At<String>>,
    /// Review: scores farther apart than this ask for one more expert.
    pub apart: Option<At<Cell>>,
    /// Review: nobody sees another's scores before all are in.
    pub blind: Option<At<bool>>,
    /// Review: experts of the applicant's own place do not score it.
    pub elsewhere: Option<At<bool>>,
    /// Review: the choice of the case that experts' fields are matched with.
    pub field: Option<At<String>>,
    /// Check: quotas under which approving takes a place; with none left, or with a fact it counts by unknown, nobody approves.
    #[serde(default)]
    pub quotas: Vec<At<String>>,
    /// Check: conditions that must be known to hold for anybody to approve.
    #[serde(default)]
    pub checks: Vec<At<String>>,
    /// Check: the official enters the check code printed on the paper, which tells that paper and on-line data agree.
    #[serde(default)]
    pub paper_code: bool,
    /// Handed in, approved or listed for payment only where this formula is known to hold.
    pub requires: Option<At<String>>,
    /// With `requires`: said where it does not hold.
    pub failed: Option<String>,
    /// The acting person may skip it as not needed.
    #[serde(default)]
    pub optional: bool,
    /// Stages that come before; with several all must be done.
    #[serde(default)]
    pub after: Vec<At<String>>,
    /// How long it may take.
    pub limit: Option<LimitSpec>,
    /// Return for correction.
    pub correction: Option<LimitSpec>,
    /// The result is published.
    #[serde(default)]
    pub publicity: bool,
    /// What an open objection does.
    pub objection: Option<ObjectionEffect>,
    /// Money is paid in advance here, as a share settled later.
    pub advance: Option<At<Cell>>,
    /// What the text leaves for a person to set.
    pub person_sets: Option<String>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
}

/// What an open objection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionEffect {
    /// Payment waits until it is settled.
    HoldsPayment,
    /// It is recorded only.
    Recorded,
}
