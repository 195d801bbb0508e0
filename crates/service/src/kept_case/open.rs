//! Open a kept case by its link.

use store::{KeptCase, Store};

use super::Token;
use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// The case kept under the token in a link. A text that is no token is as unknown as a token that
/// was never handed out.
#[compiled_once]
pub async fn open(store: &Store, token: &str) -> Result<KeptCase, ServiceError> {
    authorise(Actor::Public, Action::OpenKeptCase)?;
    let token: Token = token.parse().map_err(|_| ServiceError::NotFound)?;
    let kept = store.kept(&token.hash()).await?;
    kept.ok_or(ServiceError::NotFound)
}
