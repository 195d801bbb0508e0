//! Keep a case under a fresh link.

use store::{KeptCase, KeptKind, Store};

use super::Token;
use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// Keeps the facts of a case, so that the link with `token` in it opens them again.
///
/// `token` comes from the random source and `now_unix_s` from the clock, both at the edge.
#[compiled_once]
pub async fn keep(
    store: &Store,
    token: &Token,
    kind: KeptKind,
    programme: &str,
    pack_version: &str,
    facts_json: &str,
    now_unix_s: i64,
) -> Result<(), ServiceError> {
    authorise(Actor::Public, Action::KeepCase)?;
    let case = KeptCase {
        token_hash: token.hash(),
        kind,
        programme: programme.to_owned(),
        pack_version: pack_version.to_owned(),
        facts: facts_json.to_owned(),
        created_at_unix_s: now_unix_s,
    };
    Ok(store.keep(&case).await?)
}
