//! What may stand in a pack's files: one struct per section, read strictly (an unknown key is an error).
//!
//! The JSON Schema for editors and the reference of every key are made from these types.

mod assessment;
mod entitlement;
mod form;
mod known;
mod official;
mod place;
mod print;
mod procedure;
mod quota;
mod rules;
mod stage;

pub use assessment::*;
pub use entitlement::*;
pub use form::*;
pub use known::*;
pub use official::*;
pub use place::*;
pub use print::*;
pub use procedure::*;
pub use quota::*;
pub use rules::*;
pub use stage::*;

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One TOML file of a pack. Sections may be spread over files as the author likes.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PackFile {
    /// Identity; in exactly one file.
    pub pack: Option<At<PackSpec>>,
    /// Which cases this version governs.
    pub applies: Option<At<AppliesSpec>>,
    /// The policy texts.
    pub text: Vec<At<TextSpec>>,
    /// Closed lists of words.
    pub choice: BTreeMap<String, At<ChoiceSpec>>,
    /// Kinds of rows a case may have many of.
    pub rows: BTreeMap<String, At<RowsSpec>>,
    /// Facts, by group; a group named like a row kind holds the facts of its rows.
    pub input: BTreeMap<String, BTreeMap<String, At<InputSpec>>>,
    /// Lookup tables.
    pub table: Vec<At<TableSpec>>,
    /// Named formulas.
    pub value: Vec<At<ValueSpec>>,
    /// Conditions an applicant must meet.
    pub condition: Vec<At<ConditionSpec>>,
    /// What counts of each row.
    pub recognise: Vec<At<RecogniseSpec>>,
    /// Money granted.
    pub award: Vec<At<AwardSpec>>,
    /// How several awards add up.
    pub stack: Vec<At<StackSpec>>,
    /// What people may enter directly to estimate an award.
    pub calculator: Option<At<CalculatorSpec>>,
    /// The indicator set this pack defines.
    pub indicator_set: Option<At<IndicatorSetSpec>>,
    /// 一级指标.
    pub dimension: Vec<At<DimensionSpec>>,
    /// 二级指标.
    pub indicator: Vec<At<IndicatorSpec>>,
    /// Scored questions.
    pub question: Vec<At<QuestionSpec>>,
    /// Figures that answers follow from.
    pub figure: Vec<At<FigureSpec>>,
    /// Business scenarios.
    pub scenario: Vec<At<ScenarioSpec>>,
    /// Level lines.
    pub level: Vec<At<LevelSpec>>,
    /// How this pack assesses.
    pub assessment: Option<At<AssessmentSpec>>,
    /// Other weights for an indicator set.
    pub variant: Vec<At<VariantSpec>>,
    /// Limits across cases.
    pub quota: Vec<At<QuotaSpec>>,
    /// Papers to hand in.
    pub material: Vec<At<MaterialSpec>>,
    /// What applicants apply for.
    pub procedure: Vec<At<ProcedureSpec>>,
    /// Steps of the procedures.
    pub stage: Vec<At<StageSpec>>,
    /// Forms of the documents.
    pub form: Vec<At<FormSpec>>,
    /// Tables of the documents that are drawn up and stamped, with their heads as printed.
    pub official: Vec<At<OfficialSpec>>,
    /// Facts the platform knows by itself, by `group.name`; they stand above what anybody states.
    pub known: BTreeMap<String, At<KnownSpec>>,
    /// What the platform itself has granted the applicant before, as rows.
    pub entitlement: Option<At<EntitlementSpec>>,
}

/// Identity of a pack.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackSpec {
    /// Id of the programme.
    pub id: String,
    /// Version of its policy.
    pub version: String,
    /// Chinese title.
    pub title: String,
    /// Who issued the policy.
    pub authority: String,
    /// Where the programme is run, an id of `standards::division`; without it anywhere, as with a template or a standard.
    pub place: Option<At<String>>,
    /// Packs whose indicator set, choices and clauses this one may use, `id@version` each.
    pub uses: Option<At<OneOrMany>>,
}

/// Which cases a version governs; `from <= by < until`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppliesSpec {
    /// A date or count input of the case.
    pub by: At<String>,
    /// First date or batch governed.
    pub from: Option<At<Cell>>,
    /// First date or batch no longer governed.
    pub until: Option<At<Cell>>,
    /// The version this one amends: where both could govern, this one does. The two may go by different inputs.
    pub amends: Option<At<String>>,
}

/// One policy text.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextSpec {
    /// Id used in citations.
    pub id: String,
    /// Markdown file inside the pack.
    pub file: At<String>,
    /// Full title.
    pub title: String,
    /// Short title with its marks.
    pub short: Option<String>,
}

/// A closed list of words.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoiceSpec {
    /// Chinese name.
    pub label: String,
    /// The words; at most 256.
    pub options: Vec<ChoiceOption>,
}

/// One word of a choice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// Id used in formulas.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Other names people write.
    #[serde(default)]
    pub also: Vec<String>,
}

/// A kind of row.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowsSpec {
    /// Chinese name.
    pub label: String,
    /// The kind each row belongs to; none: the case.
    pub parent: Option<String>,
    /// A fact of these rows, a choice: a form begins with a row for each of its options.
    pub each: Option<String>,
}

/// The type of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InputType {
    /// 是/否.
    YesNo,
    /// A word of a closed list.
    Choice,
    /// Money, held in fen.
    Money,
    /// A whole number.
    Count,
    /// 0–4.
    Level,
    /// Marks with at most four decimals.
    Score,
    /// A share with at most six decimals.
    Share,
    /// Any other quantity with at most three decimals.
    Decimal,
    /// A calendar date.
    Date,
    /// A name or code, compared for equality only.
    Party,
}

/// One fact.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputSpec {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: InputType,
    /// The choice it is of.
    pub of: Option<String>,
    /// Chinese name.
    pub label: String,
    /// Unit shown after it.
    pub unit: Option<String>,
    /// Help shown beside it.
    pub hint: Option<String>,
    /// The clause that asks for it.
    #[serde(default)]
    pub clause: OneOrMany,
}
