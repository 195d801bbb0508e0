//! 事件推送: an organisation names an address, and is called there when something happens to its files.
//!
//! A call is thin: what happened to which file. Whoever wants more asks for it with a token, and then sees what it may see.
//! Calls are written into the outbox in the transaction of the change and leave afterwards, so none is lost and none comes
//! of what was not written. A call may come twice or late, never under another `webhook-id`.

mod address;
mod caller;
mod deliver;
mod set;
mod sign;
mod told;

pub use address::{Address, AddressError};
pub use caller::{CallError, Caller};
pub use deliver::deliver;
pub use set::{CALLS_SHOWN, Call, Registered, Webhook, remove, set, webhook};
pub use sign::{ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, signature};
pub use told::HappenedTo;
pub(crate) use told::calls;
