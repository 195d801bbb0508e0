//! Policy packs: read, check, compile; assess, qualify, recognise, award, stack, quota — every answer with its reasons.
//!
//! Invariant: a pack is data. Nothing here knows a programme, a city, a clock, a disk or a random number; a pack with
//! a single problem does not load, and a well-formed case always gets an outcome.
#![cfg_attr(test, allow(clippy::unwrap_used))]
#![deny(clippy::float_arithmetic)]

pub mod blanks;
mod cells;
pub mod clauses;
pub mod columns;
mod compile;
pub mod exact;
pub mod explained;
pub mod files;
pub mod formula;
pub mod kernel;
pub mod outcome;
pub mod pack;
pub mod problem;
pub mod program;
pub mod reason;
pub mod spec;
pub mod term;

pub mod answers;
pub mod argued;
pub mod assess;
pub mod award;
pub mod boundary;
pub mod case;
pub mod check;
pub mod claim;
pub mod coverage;
pub mod delta;
pub mod diagram;
pub mod difference;
pub mod edit;
pub mod evaluate;
pub mod granted;
pub mod library;
mod limit;
pub mod load;
pub mod mutation;
pub mod proof;
pub mod qualify;
pub mod quota;
pub mod reasons;
pub mod receipt;
pub mod recognise;
pub mod reference;
pub mod say;
pub mod schema;
pub mod show;
pub mod stack;
mod succession;
mod text;
pub mod written;

pub use limit::limit_due;
pub use text::text_chars;
