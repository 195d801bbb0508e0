//! National standards as pure functions: codes, divisions, industries, sizes, working days, words.
//!
//! Invariant: every answer follows from the arguments and the data files of this crate alone; nothing
//! here reads a clock, a disk, the network or a random source, and what the data does not cover is
//! refused rather than guessed.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod amount;
pub mod calendar;
pub mod credit_code;
pub mod date;
pub mod division;
mod gregorian;
pub mod industry;
pub mod invoice_number;
pub mod mask;
mod period;
mod registration;
pub mod size;
mod size_table;
pub mod text;
mod weekday;
pub mod words;

pub use calendar::{Calendar, CalendarError, DayKind, FirstDay, Period};
pub use credit_code::{CreditCode, CreditCodeError, RegistrationKind};
pub use date::{Date, DateError, Weekday};
pub use division::{Division, DivisionLevel};
pub use industry::SubIndustry;
pub use invoice_number::{InvoiceNumber, InvoiceNumberError};
pub use size::{SizeClass, SizeFacts, SizeIndustry, SizeMeasure, SizeOutcome, SizeReason, size_class};
pub use words::{AmountError, MAX_FEN};
