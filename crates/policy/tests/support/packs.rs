//! The packs of the repository.

pub use testkit::*;
