//! Tables, values, conditions, recognition, awards and stacking.

use super::{At, Cell, InputType, OneOrMany};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A lookup table.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// Id used in formulas.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
    /// Key columns.
    pub by: Vec<HeadSpec>,
    /// Columns looked up.
    pub gives: Vec<HeadSpec>,
    /// The rows: every key and column by id; `clause` may stand in each.
    pub rows: Vec<At<BTreeMap<String, At<RowCell>>>>,
    /// What holds where no row matches.
    pub otherwise: Option<At<BTreeMap<String, At<RowCell>>>>,
}

/// A cell of a table row: one value, or a list (choices, clauses).
pub type RowCell = OneOrMany;

/// A column of a table: a key or what is looked up.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadSpec {
    /// Id, as written in the rows and, for what is looked up, after the dot in formulas.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: InputType,
    /// The choice it is of.
    pub of: Option<String>,
    /// Chinese name.
    pub label: Option<String>,
}

/// A named formula.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueSpec {
    /// Id used in other formulas.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The formula.
    pub expr: At<String>,
    /// The clauses it follows.
    #[serde(default)]
    pub clause: Option<At<OneOrMany>>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
    /// The sentence that explains it, with `{names}`.
    pub says: Option<At<String>>,
    /// One value per row of this kind.
    pub rows: Option<String>,
    /// A person may set less, with a reason (不超过).
    #[serde(default)]
    pub may_lower: bool,
    /// Shown as this type where the formula alone does not tell (a level made of counts).
    pub unit: Option<InputType>,
}

/// A condition an applicant must meet.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
    /// Only then it applies.
    pub when: Option<At<String>>,
    /// The yes/no formula.
    pub met: Option<At<String>>,
    /// The evidence a person must judge; instead of `met`.
    pub person: Option<String>,
    /// Said when it fails, with `{names}`.
    pub failed: Option<At<String>>,
    /// What to do about it.
    pub fix: Option<String>,
    /// A door that a body may open in a single case; it leaves a trace.
    pub exception: Option<ExceptionSpec>,
}

/// An exception door (一事一议).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExceptionSpec {
    /// Chinese name.
    pub label: String,
    /// The clause that allows it.
    pub clause: At<OneOrMany>,
}

/// What counts of each row of one kind.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecogniseSpec {
    /// The row kind.
    pub rows: At<String>,
    /// The amount to start from; none: the result is whether all gates hold.
    pub amount: Option<At<String>>,
    /// The result is named `<rows>.<gives>`.
    pub gives: String,
    /// Chinese name of the result.
    pub label: String,
    /// Rules in order.
    #[serde(default)]
    pub rule: Vec<At<RuleSpec>>,
}

/// One recognition rule: a gate or a ceiling.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: Option<String>,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
    /// Only then it applies.
    pub when: Option<At<String>>,
    /// Gate: not shown to hold, nothing of the row counts.
    pub requires: Option<At<String>>,
    /// Ceiling on what counts.
    pub at_most: Option<At<String>>,
    /// Said when the gate fails, with `{names}`.
    pub failed: Option<At<String>>,
    /// Said when the ceiling binds, with `{names}`.
    pub limited: Option<At<String>>,
    /// What to do about it.
    pub fix: Option<String>,
}

/// Money granted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
    /// A formula in whole fen.
    pub amount: At<String>,
    /// The value that is the recognised total.
    pub recognised: Option<At<String>>,
    /// The recognition result listed item by item, `invoice.counted`.
    pub items: Option<At<String>>,
    /// Values taken off between items and total.
    #[serde(default)]
    pub deductions: Vec<At<String>>,
    /// The conditions that must hold; default: all.
    pub conditions: Option<Vec<At<String>>>,
    /// A yes/no formula of its own that must hold.
    pub requires: Option<At<String>>,
    /// Said when `requires` fails, with `{names}`.
    pub failed: Option<At<String>>,
    /// What to do about it.
    pub fix: Option<String>,
}

/// How awards of a group add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StackMode {
    /// All are paid.
    Sum,
    /// The largest is paid (从优、就高、不重复).
    Best,
    /// At most one may be claimed; with two a person must settle which.
    Exclude,
    /// What the largest exceeds the amount already paid by.
    TopUp,
}

/// A group of awards.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StackSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: Option<String>,
    /// How they add up.
    pub mode: StackMode,
    /// Their ids.
    pub awards: Vec<At<String>>,
    /// A money formula: already paid, comes off.
    pub paid: Option<At<String>>,
    /// A money formula: cumulative cap, what was paid included.
    pub cap: Option<At<String>>,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
}

/// The award calculator: values people enter directly, and what is shown side by side.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalculatorSpec {
    /// Chinese title.
    pub label: String,
    /// Values entered directly instead of being computed from rows.
    pub given: Vec<At<String>>,
    /// The case input that differs from column to column.
    pub vary: Option<At<String>>,
    /// Its values, one column each.
    #[serde(default)]
    pub over: Vec<At<Cell>>,
    /// Said beside the result, e.g. what is assumed.
    pub note: Option<String>,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
}
