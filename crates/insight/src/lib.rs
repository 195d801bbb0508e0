//! Insight over many cases: a portfolio under changed rules, its cost, who gains and loses, and why; and which experts
//! review which files.
//!
//! Invariant: amounts come from the policy engine and stay whole fen; floats appear only in a probability, which always
//! says what it was estimated from.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod alike;
pub mod assignment;
mod chart;
mod estimate;
mod portfolio;
mod simulation;
mod text;

pub use chart::{chart, group_chart};
pub use estimate::{Budget, Over};
pub use portfolio::{Portfolio, PortfolioError, Reader, given_values};
pub use simulation::{Changed, Group, Prepared, Simulation};
pub use text::plain;
