//! 文书: papers that are issued. What is on record is laid out as a paper, given a check code, kept as it was made, and can be
//! checked by anybody.
//!
//! Invariant: a paper is made by a pure function of what somebody may see; who may have it is asked when it is issued and
//! again each time it is opened.

mod file;
mod kind;
mod monthly;
mod payment;
mod publicity;
mod sheet;
mod supervision;

pub use file::{Given, Names, may_have, offered, paper as file_paper};
pub use kind::DocumentKind;
pub use monthly::{Happened, Month, monthly_paper};
pub use payment::payment_paper;
pub use publicity::publicity_paper;
pub use supervision::{Supervised, supervision_paper};
