//! Use cases, one function each: authorise, load, decide, save.
//!
//! Invariant: every use case asks [`authorise`] first, and what its table does not list is
//! forbidden. There is no clock, randomness, network or page here: what a use case needs is
//! passed in.

mod authorise;
mod error;
pub mod kept_case;

pub use authorise::{Action, Actor, authorise};
pub use error::ServiceError;
pub use store::{FACTS_MAX_BYTES, KeptCase, KeptKind, Store, StoreError};
