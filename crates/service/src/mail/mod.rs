//! Letters: written into the outbox with what they are about, delivered afterwards.
//!
//! This is the one door of the crate to a disk and a network; which of them is decided at the edge, where the
//! [`Transport`] is made.

mod deliver;
mod failed;
mod letter;
mod transport;

pub(crate) use deliver::{AGAIN_MS, again, post};
pub use deliver::{Delivered, deliver, outbox};
pub use failed::{FAILED_MAX, failed};
pub use letter::Letter;
pub use transport::{MailError, Transport};
