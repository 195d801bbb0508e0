//! Pages: self-assessment, calculator, results with their reasons, the programme text.
//!
//! Invariant: every page is complete without scripts, and no programme or place is named here —
//! what a page says about a policy comes from its pack. There is no clock, randomness, SQL or rule
//! in this crate: time and random bytes are passed in, cases are kept by `service`, and figures
//! come from `policy`.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod about;
mod assets;
mod blanks;
mod components;
mod errors;
mod extract;
mod forms;
mod guard;
mod headers;
mod pages;
mod rate;
mod routes;
mod session;
mod sheet;
mod site;
mod turns;
mod words;

pub use about::About;
pub use routes::router;
pub use session::SESSION as SESSION_COOKIE;
pub use site::{Entrance, State};

/// How many days a kept result can be opened again; the pages promise it and the upkeep of the
/// binary keeps to it.
pub const KEPT_DAYS: u16 = 365;
