//! Official tables: what an authority wants drawn up, with its heads as printed.

use super::{At, OneOrMany};
use schemars::JsonSchema;
use serde::Deserialize;

/// A table of the documents that is drawn up and stamped, not filled in field by field.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficialSpec {
    /// Id.
    pub id: At<String>,
    /// Its title as printed.
    pub title: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// A line below the title, in brackets where it is printed so.
    pub under: Option<String>,
    /// What stands above the table on the left: who draws it up and stamps it.
    pub left: Option<String>,
    /// What stands above the table on the right: the unit of its figures.
    pub right: Option<String>,
    /// Its columns in order.
    pub columns: Vec<At<OfficialColumnSpec>>,
    /// Lines that are printed already, each with as many texts as there are columns; a text of `^` continues the cell above.
    #[serde(default)]
    pub lines: Vec<At<Vec<String>>>,
    /// Notes below it.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// A column of an official table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficialColumnSpec {
    /// By what name its cells are filled.
    pub id: String,
    /// Its head as printed.
    pub head: String,
    /// The head above it and its neighbours of the same group, where heads stand in two rows.
    pub group: Option<String>,
    /// How wide it is, in Latin characters.
    pub width_chars: u16,
}
