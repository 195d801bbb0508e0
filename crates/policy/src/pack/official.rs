//! Official tables with their heads as printed.

use crate::spec::OfficialColumnSpec;

/// In `fill`: the file itself, for its number among the files of one table.
pub const FILE: &str = "file";
/// In words above a table: the day on which the file was signed.
pub const FILED_ON: &str = "file.on";
/// In words above a table: who signed the file.
pub const FILED_BY: &str = "file.by";

/// A table of the documents that is drawn up and stamped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    /// Id.
    pub id: String,
    /// Its title as printed.
    pub title: String,
    /// The clauses it follows.
    pub clause: String,
    /// A line below the title.
    pub under: Option<String>,
    /// What stands above it on the left.
    pub left: Option<String>,
    /// What stands above it on the right.
    pub right: Option<String>,
    /// Its columns in order.
    pub columns: Vec<OfficialColumn>,
    /// Lines that are printed already; nothing continues the cell above.
    pub lines: Vec<Vec<Option<String>>>,
    /// Notes below it.
    pub notes: Vec<String>,
}

/// A column of an official table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialColumn {
    /// By what name its cells are filled.
    pub id: String,
    /// Its head as printed.
    pub head: String,
    /// The head above it and its neighbours.
    pub group: Option<String>,
    /// How wide it is, in Latin characters.
    pub width_chars: u16,
}

impl From<&OfficialColumnSpec> for OfficialColumn {
    fn from(spec: &OfficialColumnSpec) -> Self {
        let OfficialColumnSpec { id, head, group, width_chars } = spec.clone();
        Self { id, head, group, width_chars }
    }
}
