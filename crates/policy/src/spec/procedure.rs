//! What runs through stages, who acts, and the papers to hand in.

use super::{At, Cell, OneOrMany};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a procedure ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grants {
    /// 资金
    Award,
    /// 资格：此后申报单位持有以本事项为名的资格
    Standing,
}

/// What an applicant applies for: one way through stages, from first form to result.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureSpec {
    /// Id; where it grants a standing, also the standing's.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
    /// Who applies.
    pub applicant: At<Actor>,
    /// What it ends in.
    pub grants: At<Grants>,
    /// Whoever holds its standing may also be entered from a list that was published elsewhere, without a file. Never for what
    /// must be examined on the platform, such as an acceptance.
    pub listed: Option<At<bool>>,
    /// Procedures whose standing the applicant must hold to submit.
    #[serde(default)]
    pub needs: Vec<At<String>>,
    /// Earlier procedures whose answers are taken over where the paths are equal.
    #[serde(default)]
    pub prefills: Vec<At<String>>,
    /// An applicant may have several files under way; otherwise one at a time.
    #[serde(default)]
    pub several: bool,
    /// The awards its files are for, where the pack has others; none named: all.
    #[serde(default)]
    pub awards: Vec<At<String>>,
    /// Facts that are the same in each of its files, by `group.name`; they stand above what anybody states.
    #[serde(default)]
    pub facts: BTreeMap<String, At<Cell>>,
    /// Rows that each of its files has, by kind: what the procedure itself is an application for.
    #[serde(default)]
    pub rows: BTreeMap<String, Vec<BTreeMap<String, At<Cell>>>>,
    /// What an applicant can have one live file of in a batch.
    pub lead: Option<At<LeadSpec>>,
    /// Rows that a file begins with: those of others' files.
    pub gathers: Option<At<GatherSpec>>,
    /// How its decision is worded.
    pub decision: Option<DecisionSpec>,
}

/// How the decision of a procedure is worded: the noun and the verb of its title, and the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionSpec {
    /// What was applied for, `列入拟改造企业名单`: stands in 关于…的决定 and in 你单位申请….
    pub title: String,
    /// What is decided, `将你单位列入拟改造企业名单`: stands behind 决定.
    pub does: String,
}

/// Rows that a file begins with: those of the files of another procedure that ended well, of the applicant's place and the
/// places within it. A province's plan begins with what its cities filed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GatherSpec {
    /// The procedure whose files are gathered.
    pub from: At<String>,
    /// For each kind of rows the fact that names them: rows of one name under the same row are one, and what stands under them
    /// stands together. Rows under gathered ones are gathered, too.
    pub named_by: Vec<At<String>>,
}

/// A role of which an applicant has one in a batch: a file that has it cannot be handed in while another one is live.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadSpec {
    /// Which files have the role.
    pub when: At<String>,
    /// What the role is called.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// Whether it applies and works on files of its own accord; experts only score what they are assigned.
    pub fn acts(self) -> bool {
        !matches!(self, Self::Expert | Self::Public)
    }

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
