//! Papers out as DOCX, PDF, print page and plain text from one model; tables in: CSV and XLSX as rows of text, and as columns
//! that are described as data (`sheet_in`); tables out, with typed cells; what an uploaded file is; and a folder of texts that
//! came as one archive.
//!
//! Invariant: a paper says the same in every rendering. A file is read row by row and nothing of it is guessed: a cell is
//! the text a person sees, a spreadsheet's date is an ISO date, and what cannot be read is refused with row and column. No
//! file makes this crate hold more than one row and the file's own strings, nor work longer than one budget for the whole file allows.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod archive;
mod budget;
mod bundle;
mod csv_table;
mod docx;
pub mod font;
pub mod invoice;
mod kinsoku;
mod markup;
pub mod paper;
mod pdf;
pub mod pdf_in;
mod plain;
pub mod print;
pub mod sheet_in;
pub mod sheet_out;
pub mod sniff;
mod table;
mod xlsx_table;
mod xml_in;
mod zip_in;

pub use bundle::Archive;
pub use docx::{MEDIA_TYPE as DOCX_MEDIA_TYPE, docx};
pub use pdf::{Pdf, pdf, pdf_pages};
pub use plain::text;
pub use table::{Limits, MAX_COLUMNS, MAX_FILE_BYTES, TableError, column_name, read, read_within};
