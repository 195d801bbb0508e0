//! Remove kept cases past their time.

use store::Store;

use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// Removes the cases kept before `unix_s` and says how many there were.
///
/// Facts that a citizen typed in are kept no longer than the page promises.
#[compiled_once]
pub async fn forget(store: &Store, unix_s: i64) -> Result<u64, ServiceError> {
    authorise(Actor::Upkeep, Action::ForgetKeptCases)?;
    Ok(store.forget_older_than(unix_s).await?)
}
