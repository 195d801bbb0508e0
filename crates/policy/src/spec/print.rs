//! How a form is laid out on paper, where the document says more than the order of its fields.

use super::At;
use schemars::JsonSchema;
use serde::Deserialize;

/// How a form is printed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormPrintSpec {
    /// Stands above the title at the left, such as 附件1.1.
    pub annex: Option<String>,
    /// The title with its line breaks; instead of the form's label.
    pub title: Option<String>,
    /// On sheets that lie on their side.
    #[serde(default)]
    pub landscape: bool,
    /// The lines of a cover; none: no cover.
    #[serde(default)]
    pub cover: Vec<CoverLineSpec>,
    /// What stands before the day at the foot of the cover.
    pub cover_day: Option<String>,
    /// A heading above the form's first part.
    pub heading: Option<String>,
    /// Further forms on the same paper, each on a page of its own.
    #[serde(default, rename = "with")]
    pub others: Vec<At<String>>,
}

/// A line of a cover.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverLineSpec {
    /// What stands before it.
    pub label: String,
    /// The answer that stands there; none leaves room, such as for a seal.
    pub path: Option<At<String>>,
}

/// How a part of a form is printed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionPrintSpec {
    /// Instead of its fields a table of words, row by row, the first row its head; `{form.field}` is a blank that the answer fills.
    #[serde(default)]
    pub table: Vec<Vec<At<String>>>,
    /// Widths of the columns of a table, in any unit.
    #[serde(default)]
    pub widths: Vec<u16>,
}

/// How a field is printed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldPrintSpec {
    /// On the line of the field before it.
    #[serde(default)]
    pub beside: bool,
    /// Fields in a row with the same words here share one label, these words.
    pub group: Option<String>,
    /// The label on paper; may be empty within a group.
    pub label: Option<String>,
    /// Table: the heads of the columns that the names of its lines make when they are parted at `／`.
    #[serde(default)]
    pub heads: Vec<String>,
}
