//! 专家评审: which experts score which files, their sheets, and what a bureau makes of scores that lie apart.

mod confirm;
mod draft;
mod expert;
mod explain;
mod lots;
mod pool;
mod proposal;
mod propose;
mod sheet;
mod view;
mod waiting;

pub use confirm::{ask, confirm};
pub use draft::{save_sheet_draft, sheet_draft};
pub use expert::{Describing, describe};
pub use lots::{Draw, Order, draws, order};
pub use proposal::{Chosen, Proposal, Proposed, TakingPart};
pub use propose::{Wish, propose};
pub use sheet::{hand_in, moderate};
pub use view::{Candidate, Reviewing, Scored, view};
pub use waiting::{Waiting, waiting};
