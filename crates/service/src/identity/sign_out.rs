//! Sign out.

use store::Store;

use crate::kept_case::Token;
use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// Ends the session of a cookie; one that is over already is not an error.
#[compiled_once]
pub async fn sign_out(store: &Store, token: &str) -> Result<(), ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    match token.parse::<Token>() {
        Ok(token) => Ok(store.close_session(&token.hash()).await?),
        Err(_) => Ok(()),
    }
}
