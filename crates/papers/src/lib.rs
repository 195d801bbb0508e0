//! Tables in: CSV and XLSX as rows of text; tables out, with typed cells; and what an uploaded file is.
//!
//! Invariant: a file is read row by row and nothing of it is guessed: a cell is the text a person sees, a spreadsheet's
//! date is an ISO date, and what cannot be read is refused with row and column. No file makes this crate hold more than
//! one row and the file's own strings.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod csv_table;
pub mod sheet_out;
pub mod sniff;
mod table;
mod xlsx_table;

pub use table::{Limits, MAX_COLUMNS, MAX_FILE_BYTES, TableError, column_name, read, read_within};
