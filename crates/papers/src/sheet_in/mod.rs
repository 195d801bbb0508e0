//! Tables in, by columns that are described as data: heads found with tolerance, cells read by their kind, and every problem
//! said with its row, its column and what to do about it. From the same description: a template with drop-downs and notes,
//! and a copy of what was sent with the problems marked.

mod cell;
mod column;
mod corrections;
mod dress;
mod head;
mod lined;
mod marked;
mod read;
mod share;
mod template_out;
#[cfg(test)]
mod tests;
mod unit;

pub use crate::xlsx_table::merged;
pub use column::{Choice, Choices, Column, Kind, Template, Unit};
pub use corrections::{Cells, Corrections, LeftOut};
pub use dress::Dress;
pub use head::without_bracket;
pub use lined::{Line, LineLook, Lined, lined, lined_columns};
pub use marked::{MarkError, marked_copy};
pub use read::{Reading, Row, read_columns};
pub use template_out::{filled_template, template};
pub use unit::unit;

use standards::Date;

use crate::column_name;

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words, a code or a number of a paper, on one line.
    Text(String),
    /// Money.
    Fen(i64),
    /// A day.
    Day(Date),
    /// A whole number, never below 0.
    Count(u64),
    /// A share, as the decimal digits of its hundredths without noughts that say nothing: `4.35`.
    Share(String),
    /// The id of the option that was chosen.
    Option(String),
    /// The ids of the options that were chosen, each once, in the order of the cell.
    Options(Vec<String>),
    /// That a price is agreed on case by case.
    Negotiable,
}

/// What a text says in a column of this kind; nothing where it says nothing that can be read.
pub fn said(kind: &Kind, text: &str) -> Option<Value> {
    cell::read(kind, None, text.trim()).ok().filter(|_| !text.trim().is_empty())
}

/// The same, with what is wrong and what to do about it where it cannot be read.
///
/// # Errors
/// What is wrong, and the remedy.
pub fn heard(kind: &Kind, text: &str) -> Result<Value, (String, String)> {
    cell::read(kind, None, text.trim()).map_err(|wrong| (wrong.what, wrong.remedy))
}

/// Something that keeps a table from being taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The row as the spreadsheet numbers it, from 1.
    pub row: usize,
    /// The column, from 0.
    pub column: usize,
    /// The head of the column.
    pub head: String,
    /// What stands in the cell.
    pub text: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    /// The cell as the spreadsheet calls it, `C12`.
    pub fn cell(&self) -> String {
        format!("{}{}", column_name(self.column), self.row)
    }
}
