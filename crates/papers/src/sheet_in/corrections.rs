//! What was said of a table beside its file: cells that were typed anew, rows that are left out.

use std::collections::{BTreeMap, BTreeSet};

/// Cells typed anew, by row from 1 and column from 0.
pub type Cells = BTreeMap<(usize, usize), String>;

/// Cells of a row by which it is known again, and characters of them.
const WORDS_CELLS: usize = 3;
const WORDS_MAX_CHARS: usize = 60;

/// What takes the place of what stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    /// Cells typed anew. Those of a row that is left out wait until it is put back in.
    pub cells: Cells,
    /// Rows, from 1, that are passed over whatever stands in them.
    pub left_out: BTreeSet<usize>,
}

/// A row that was passed over because somebody said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The row as the spreadsheet numbers it, from 1.
    pub row: usize,
    /// The first words of it, so that it is known again.
    pub words: String,
}

impl Corrections {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many cells of the rows that are taken in were typed anew.
    pub fn retyped(&self) -> usize {
        self.cells.keys().filter(|(row, _)| !self.left_out.contains(row)).count()
    }

    /// A row with the cells typed anew in the place of its own.
    pub(super) fn corrected(&self, number: usize, cells: &[String]) -> Vec<String> {
        let mut cells = cells.to_vec();
        for ((_, column), text) in self.cells.range((number, 0)..=(number, usize::MAX)) {
            if cells.len() <= *column && *column < crate::MAX_COLUMNS {
                cells.resize(*column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(*column) {
                text.trim().clone_into(cell);
            }
        }
        cells
    }
}

impl LeftOut {
    pub(super) fn of(row: usize, cells: &[String]) -> Self {
        let said: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).take(WORDS_CELLS).collect();
        let words = said.join("，").chars().filter(|letter| !letter.is_control()).take(WORDS_MAX_CHARS).collect();
        Self { row, words }
    }
}
