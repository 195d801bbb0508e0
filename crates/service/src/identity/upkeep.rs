//! Remove what is past its time: sessions, codes, counted tries.

use store::Store;

use super::session::IDLE_APPLICANT_MS;
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once};

/// Tries older than this no longer count.
const TRIES_MS: i64 = 24 * 60 * 60 * 1000;

/// Removes sessions, codes and tries that nobody can use any more.
#[compiled_once]
pub async fn upkeep(store: &Store, edge: &Edge<'_>) -> Result<(), ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    store.forget_sessions_before(edge.now.0 - IDLE_APPLICANT_MS).await?;
    store.forget_codes_before(edge.now.0).await?;
    store.forget_tries_before(edge.now.0 - TRIES_MS).await?;
    Ok(())
}
