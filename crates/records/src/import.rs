//! 表格导入: which table was taken in, by whom, and what it changed.

use serde::{Deserialize, Serialize};

use crate::ids::{ImportId, OrganisationId};
use crate::moment::By;
use crate::{Moment, Noun};

/// A table that was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Identifier.
    pub id: ImportId,
    /// The office that took it in.
    pub organisation: OrganisationId,
    /// What it was about, in words.
    pub label: String,
    /// The file's name.
    pub file: String,
    /// SM3 of the file, in hexadecimal.
    pub digest: String,
    /// Cells that were typed anew before it was taken in.
    pub corrected: usize,
    /// Rows of the file, from 1, that were left out because somebody said so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<usize>,
    /// What it changed.
    pub counts: Counts,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: By,
}

/// What a table comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows.
    pub rows: usize,
    /// Records that are new.
    pub new: usize,
    /// Records that say something else now.
    pub changed: usize,
    /// Rows that say what is on file.
    pub same: usize,
    /// Rows of organisations that look after their own particulars, which therefore stay.
    pub kept: usize,
}

impl Counts {
    /// Whether it changes anything.
    pub fn changes(&self) -> bool {
        self.new + self.changed > 0
    }
}

/// What happens to a table: it is taken in, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ImportEvent {
    /// It was taken in.
    TakenIn {
        /// All that is known of it.
        import: Import,
    },
}

impl Noun for Import {
    type Event = ImportEvent;
    const NOUN: &'static str = "import";

    fn fold(state: Option<Self>, event: &ImportEvent) -> Option<Self> {
        let ImportEvent::TakenIn { import } = event;
        Some(state.unwrap_or_else(|| import.clone()))
    }
}
