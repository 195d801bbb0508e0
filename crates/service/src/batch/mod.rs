//! 批次: calls to apply.

mod list;
mod open;

pub use list::{batch, batches, calls};
pub use open::{Calling, close, extend, may_end, open};
