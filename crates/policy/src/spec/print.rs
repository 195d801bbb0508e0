//! How a form is laid out on paper, where the document says more than the order of its fields.

use super::At;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How a form is printed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormPrintSpec {
    /// Stands above the title at the left, such as 附件1.1.
    pub annex: Option<String>,
    /// The title with its line breaks, instead of the form's label; `{form.field|XX}` is a blank that the answer fills, with the words behind the bar while there is none.
    pub title: Option<At<String>>,
    /// On sheets that lie on their side; not said: where rows have more than eight columns.
    pub landscape: Option<bool>,
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
    /// The section after which its promises stand; none: at the end.
    pub promises_after: Option<At<String>>,
    /// The uploaded materials, listed at the end.
    pub materials: Option<MaterialsPrintSpec>,
}

/// A list of uploaded materials at the end of a form.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaterialsPrintSpec {
    /// The heading above it.
    pub heading: String,
    /// The materials, in the order of the list.
    pub of: Vec<At<String>>,
    /// Those of them that are pictures are shown behind it, each at most as wide as a page.
    #[serde(default)]
    pub pictures: bool,
}

/// A line of a cover.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverLineSpec {
    /// What stands before it.
    pub label: String,
    /// The answer that stands there; none leaves room, such as for a seal.
    pub path: Option<At<String>>,
    /// What stands behind it, such as where to seal.
    pub behind: Option<String>,
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
    /// With `assessment = "questions"`: by question the ids of its options in the order in which the document prints them.
    #[serde(default)]
    pub order: BTreeMap<String, Vec<At<String>>>,
    /// With `assessment = "questions"`: options as the document prints them, by the words of the indicator set.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// Not on paper: its answers stand elsewhere, such as on the cover.
    #[serde(default)]
    pub omit: bool,
    /// Begins a page with these words in the middle of their line.
    pub page: Option<String>,
    /// Answers of other sections that stand here too, before its own.
    #[serde(default)]
    pub repeats: Vec<At<String>>,
    /// Instead of its fields official tables, each on a page of its own.
    #[serde(default)]
    pub official: Vec<OfficialPrintSpec>,
    /// Its fields too, on a page after its official tables.
    #[serde(default)]
    pub and_fields: bool,
}

/// An official table that a form's rows fill.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficialPrintSpec {
    /// The official table.
    pub table: At<String>,
    /// Stands above its title at the left, such as 附3.
    pub annex: Option<String>,
    /// The kind of rows that make its lines.
    pub rows: At<String>,
    /// By column, what stands in it: a fact or a value of these rows, of the rows above them or of the case, a kind of rows alone for the row's number, or `file` for the number of the file.
    pub fill: BTreeMap<String, At<String>>,
    /// The column whose printed words say which row a line is; none: the rows take the place of the printed lines.
    pub by: Option<At<String>>,
    /// A table for each row of this kind, which is above the others.
    pub each: Option<At<String>>,
    /// A table for each value of this fact of its rows.
    pub per: Option<At<String>>,
    /// Its title where blanks are filled: answers, facts of its rows; instead of the printed one.
    pub title: Option<At<String>>,
    /// What stands above it at the left, with blanks; instead of what is printed there.
    pub left: Option<At<String>>,
}

/// How a field is printed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldPrintSpec {
    /// On the line of the field before it.
    #[serde(default)]
    pub beside: bool,
    /// Long text: in a cell among the short fields.
    #[serde(default)]
    pub cell: bool,
    /// Fields in a row with the same words here share one label, these words.
    pub group: Option<String>,
    /// The label on paper; may be empty within a group.
    pub label: Option<String>,
    /// Amount: the unit it is printed in, 元 or 万元; it stands in the label.
    pub unit: Option<String>,
    /// Table: the heads of the columns that the names of its lines make when they are parted at `／`.
    #[serde(default)]
    pub heads: Vec<String>,
}
