//! What is on file: the nouns of the service, their states, and what may happen to them.
//!
//! Invariant: nothing changes but by events. A command is a function from a state to events or a
//! refusal; `fold` brings the events back into the state. There is no clock, disk, network or
//! randomness here, and no stage, form or limit: those stand in the policy pack.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod access;
pub mod account;
pub mod allotment;
pub mod answers;
pub mod application;
pub mod batch;
pub mod check_code;
pub mod document;
pub mod enlistment;
pub mod entitlement;
pub mod ids;
pub mod import;
pub mod lead;
pub mod mandate;
pub mod moment;
pub mod organisation;
pub mod pack_version;
pub mod payment_list;
pub mod product;
pub mod publicity;
mod refusal;

pub use moment::{CHINA_OFFSET_MS, Moment};
pub use refusal::{FieldError, Refusal};

/// Something on file: a state that is folded from its events.
pub trait Noun: Sized + Clone + PartialEq + serde::Serialize + serde::de::DeserializeOwned {
    /// What happens to it.
    type Event: Clone + serde::Serialize + serde::de::DeserializeOwned;

    /// The word the journal has for it.
    const NOUN: &'static str;

    /// The state after an event; `None` before the first one. An event that cannot follow leaves the state as it was, so
    /// that a replay never stops half-way; [`crate::Noun::fold_all`] of what was decided never meets one.
    fn fold(state: Option<Self>, event: &Self::Event) -> Option<Self>;

    /// The state after all events.
    fn fold_all<'a>(state: Option<Self>, events: impl IntoIterator<Item = &'a Self::Event>) -> Option<Self>
    where
        Self::Event: 'a,
    {
        events.into_iter().fold(state, |state, event| Self::fold(state, event))
    }
}
