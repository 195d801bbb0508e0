//! Limits across cases: quotas and pools.

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
