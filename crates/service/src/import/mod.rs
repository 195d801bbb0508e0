//! 表格导入: tables that are taken in whole or not at all.
//!
//! Whoever may, asks for a template, sends a table and sees what it would change and what is wrong with it, cell by cell.
//! Nothing is written before all of it is right and somebody says so; then all of it is, in one transaction. A table that was
//! taken in changes nothing when it is sent again.

mod again;
mod answers;
mod correcting;
mod decide;
mod entries;
mod kept;
mod listed;
mod marked;
mod out;
mod payments;
mod products;
mod rows;
mod take_in;
mod taking;
mod target;
mod templates;
mod waiting;
mod waits;

pub use answers::{
    AnswersAt, AnswersOf, FILES_MAX, ManyOf, answers_out, form_answers, form_workbook, many_out, official_word, states_many,
};
pub use correcting::Correcting;
pub use entries::LIMITS;
pub use kept::{Kept, begin, correct, discard, look_into, may_begin, may_go_on, open};
pub use listed::{listed, may_import, may_list};
pub use marked::marked;
pub use out::{organisation_columns, organisation_rows, roster_columns, roster_rows, table_out};
pub use papers::sheet_in::{Cells, Corrections, LeftOut, Problem};
pub use payments::{payment_columns, payment_rows};
pub use products::{catalogue_rows, product_columns, product_rows};
pub use records::import::{Counts, Import};
pub use rows::{RowsOf, rows_out, rows_template};
pub use take_in::{Taken, preview, take_in};
pub use target::{Target, list_name, targets};
pub use templates::template;
pub use waiting::{WAITING_DAYS, forget};
pub use waits::{Waits, waits};

use std::sync::Arc;

use entries::Problems;
use papers::sheet_in::Reading;

/// Problems that are said one by one; of more only their number is.
pub const PROBLEMS_SAID: usize = 2_000;

/// A table as it was sent.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file's name, by whose ending it is read.
    pub name: String,
    /// Its content.
    pub bytes: Arc<Vec<u8>>,
    /// SM3 of its content, in hexadecimal.
    pub digest: String,
    /// Cells that were typed anew, and rows that are left out.
    pub corrections: Corrections,
}

/// What a table comes to.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// What it would change.
    pub counts: Counts,
    /// What keeps it from being taken in, the first [`PROBLEMS_SAID`] in the order of the rows.
    pub problems: Vec<Problem>,
    /// How many there are.
    pub problem_count: usize,
    /// Heads that mean nothing here.
    pub unknown: Vec<String>,
    /// Rows of totals, which are not read.
    pub totals: Vec<usize>,
    /// Rows that are left out because somebody said so.
    pub left_out: Vec<LeftOut>,
    /// The row of its heads; 0 if none was found.
    pub head_row: usize,
    /// Its heads, by column.
    pub heads: Vec<String>,
}

impl Preview {
    /// What reading a table came to, and what it would change.
    fn of(reading: Reading, problems: Problems, counts: Counts) -> Self {
        let Reading { head_row, heads, unknown, totals, left_out, .. } = reading;
        let problem_count = problems.count;
        Self { counts, problems: problems.sorted(), problem_count, unknown, totals, left_out, head_row, heads }
    }

    /// Whether a row can be left out: what is wrong with the heads is wrong with the whole table.
    pub fn may_leave_out(&self, row: usize) -> bool {
        self.head_row > 0 && row > self.head_row
    }

    /// Whether every row is left out, so that nothing is there to be taken in.
    pub fn leaves_all_out(&self) -> bool {
        self.counts.rows == 0 && !self.left_out.is_empty()
    }
}
