//! Quotas and pools, materials, stages and time limits.

use super::{At, Cell, OneOrMany};
use schemars::JsonSchema;
use serde::Deserialize;

/// How a pool that is too small is shared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShareMode {
    /// In rank order until the money runs out.
    #[default]
    FirstCome,
    /// Everybody gets the same part of his claim.
    ProRata,
}

/// A limit across cases.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuotaSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
    /// Only cases for which this holds take part.
    pub when: Option<At<String>>,
    /// Inputs; counted separately for each combination.
    #[serde(default)]
    pub per: Vec<At<String>>,
    /// At most so many cases (or distinct values of `counts`).
    pub at_most: Option<u32>,
    /// Count distinct values of this input instead of cases.
    pub counts: Option<At<String>>,
    /// The order: `score desc`, `project.applied_on asc`; then the case id.
    #[serde(default)]
    pub rank: Vec<At<String>>,
    /// Money that runs out.
    pub pool: Option<At<Cell>>,
    /// What each case draws from the pool: a money value, or `award.<id>` (0 when refused).
    pub amount: Option<At<String>>,
    /// How a pool that is too small is shared.
    #[serde(default)]
    pub share: ShareMode,
}

/// A paper to hand in.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaterialSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// The form it is written on.
    pub form: Option<String>,
    /// Help shown beside it.
    pub hint: Option<String>,
    /// Only then required.
    pub when: Option<At<String>>,
}

/// Who acts in a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// 企业
    Enterprise,
    /// 服务商
    Provider,
    /// 旗县区主管部门
    DistrictBureau,
    /// 市级主管部门
    CityBureau,
    /// 自治区（省）主管部门
    RegionBureau,
    /// 第三方评测机构
    Evaluator,
    /// 审计机构
    Auditor,
    /// 财政部门
    FinanceBureau,
    /// 专家
    Expert,
    /// 社会公众
    Public,
}

impl Actor {
    /// Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Enterprise => "企业",
            Self::Provider => "服务商",
            Self::DistrictBureau => "旗县区主管部门",
            Self::CityBureau => "市级主管部门",
            Self::RegionBureau => "自治区（省）主管部门",
            Self::Evaluator => "第三方评测机构",
            Self::Auditor => "审计机构",
            Self::FinanceBureau => "财政部门",
            Self::Expert => "专家",
            Self::Public => "社会公众",
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
    /// Who acts.
    pub actor: Actor,
    /// What is done, one sentence.
    pub does: String,
    /// Papers needed.
    #[serde(default)]
    pub materials: Vec<At<String>>,
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
