//! Use cases, one function each: authorise, load, decide, save.
//!
//! Invariant: every use case asks [`authorise`] first, and what its table does not list is
//! forbidden. There is no clock, randomness, network or page here: what a use case needs is
//! passed in. Letters leave by a [`mail::Transport`] and calls by a [`webhook::Caller`] that
//! were made at the edge.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod application;
mod authorise;
pub mod batch;
pub mod demo;
mod desk;
pub mod document;
pub mod dossier;
mod edge;
mod error;
pub mod identity;
pub mod import;
pub mod kept_case;
pub mod ledger;
pub mod mail;
pub mod mandate;
pub mod notice;
mod on_file;
pub mod organisation;
pub mod pack_version;
pub mod paper;
pub mod payment;
pub mod product;
pub mod publicity;
pub mod review;
pub mod saved_name;
pub mod saved_view;
mod tell;
pub mod time_limits;
pub mod token;
pub mod webhook;

/// A use case is compiled here, once, and not again in every crate that awaits it (`docs/decisions/0012`).
use async_recursion::async_recursion as compiled_once;

pub use authorise::{Action, Actor, authorise};
pub use desk::Desk;
pub use edge::Edge;
pub use error::ServiceError;
pub use store::{
    ApplicationCount, ApplicationRow, ApplicationSort, BatchRow, DocumentRow, DueDay, FACTS_MAX_BYTES, Head, InboxItem, KeptCase, KeptKind,
    Listed, Neighbours, Notice, OrganisationRow, OutboxRow, Page, PaymentListRow, PublicityRow, StandingRow, Store, StoreError, TaskRow,
    Told,
};
