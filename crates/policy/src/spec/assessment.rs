//! Indicator sets: dimensions, questions, figures, scenarios, level lines, variants.

use super::{At, Cell, InputType, OneOrMany};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An indicator set (评测指标).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSetSpec {
    /// Chinese title.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Printed beside it, e.g. 以官方文本为准.
    pub notice: Option<String>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
}

/// A dimension (一级指标).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DimensionSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Share of the whole.
    pub weight: At<Cell>,
    /// The clauses it follows.
    #[serde(default)]
    pub clause: Option<At<OneOrMany>>,
}

/// An indicator (二级指标).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSpec {
    /// Id.
    pub id: String,
    /// Its dimension.
    pub dimension: At<String>,
    /// Chinese name.
    pub label: String,
    /// Share of its dimension.
    pub weight: At<Cell>,
    /// The clauses it follows.
    #[serde(default)]
    pub clause: Option<At<OneOrMany>>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Several options, their marks add up.
    Multi,
    /// One option.
    Single,
    /// One band of a ratio of two figures.
    Ratio,
    /// Lower, same or higher than the year before.
    Trend,
}

/// A scored question (采集项).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionSpec {
    /// Id.
    pub id: String,
    /// Number in the form.
    pub number: u16,
    /// Its indicator.
    pub indicator: At<String>,
    /// Chinese name.
    pub label: String,
    /// Share of its indicator.
    pub weight: At<Cell>,
    /// The question as printed.
    pub text: String,
    /// Help shown beside it.
    pub hint: Option<String>,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Its options in the form's order.
    pub options: Vec<At<OptionSpec>>,
    /// Ratio: the figure above the line.
    pub part: Option<At<String>>,
    /// Ratio: the figure below the line.
    pub whole: Option<At<String>>,
    /// Trend: this year's figure, or figure per figure.
    pub now: Option<At<OneOrMany>>,
    /// Trend: the year before's.
    pub before: Option<At<OneOrMany>>,
}

/// An option of a question.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionSpec {
    /// Id.
    pub id: String,
    /// Chinese text.
    pub label: String,
    /// Share of the question's full marks.
    pub share: At<Cell>,
    /// Ratio: the band, each bound marked open or closed.
    pub range: Option<At<String>>,
    /// Multi: ticked alone only (无).
    #[serde(default)]
    pub excludes: bool,
}

/// A figure that answers follow from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// A number type.
    #[serde(rename = "type")]
    pub kind: InputType,
    /// Unit shown after it.
    pub unit: Option<String>,
    /// Help shown beside it.
    pub hint: Option<String>,
}

/// A business scenario (应用场景).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Its group (一级指标).
    pub group: String,
    /// 约束性 or, when false, 指导性.
    pub constraint: bool,
    /// What levels 1–4 take.
    pub criteria: Vec<String>,
    /// The clauses it follows.
    #[serde(default)]
    pub clause: Option<At<OneOrMany>>,
}

/// The lines of one level.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelSpec {
    /// 1–4.
    pub level: u8,
    /// Chinese name.
    pub label: String,
    /// Marks, at least.
    pub score: At<Cell>,
    /// Scenarios at this level or above, at least.
    #[serde(default)]
    pub scenarios: u16,
    /// Of them constraint scenarios, at least.
    #[serde(default)]
    pub constraint: u16,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
}

/// How a pack assesses.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessmentSpec {
    /// The variant whose score and level count; empty: the set's own weights.
    pub decides: At<String>,
    /// Variants computed beside it.
    #[serde(default)]
    pub beside: Vec<At<String>>,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
}

/// Other weights for the indicator set.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VariantSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Weights by dimension or indicator id.
    pub weights: BTreeMap<String, At<Cell>>,
}
