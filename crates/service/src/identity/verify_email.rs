//! Finish a registration by the link from the letter.

use store::{CodePurpose, Store};

use super::claim;
use super::create::{begun, create};
use super::register::{Pending, demand_new_code};
use crate::kept_case::Token;
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once};

/// The name of the organisation whose registration a link finishes.
///
/// # Errors
/// [`ServiceError::NotFound`] for a link that is used, over or unknown.
#[compiled_once]
pub async fn registration(store: &Store, edge: &Edge<'_>, token: &str) -> Result<String, ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    Ok(pending(store, edge, token).await?.1.organisation.name)
}

/// Makes the organisation and its first account.
///
/// # Errors
/// [`ServiceError::NotFound`] for a link that is used, over or unknown; a refusal when somebody else registered the
/// organisation in the meantime.
#[compiled_once]
pub async fn verify_email(store: &Store, edge: &Edge<'_>, token: &str) -> Result<(), ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let (hash, Pending { opening, organisation }) = pending(store, edge, token).await?;
    let begun = begun(store, &opening).await?;
    let change = match organisation.claimed {
        true if begun => Vec::new(),
        true => vec![claim::change_of(store, &organisation).await?],
        false => {
            if !begun {
                demand_new_code(store, organisation.credit_code.as_deref()).await?;
            }
            vec![organisation.change()?]
        }
    };
    create(store, edge, &opening, change).await?;
    store.take_code(CodePurpose::VerifyEmail, &hash, edge.now.0).await?;
    Ok(store.drop_codes(CodePurpose::VerifyEmail, &opening.email).await?)
}

async fn pending(store: &Store, edge: &Edge<'_>, token: &str) -> Result<(String, Pending), ServiceError> {
    let token: Token = token.parse().map_err(|_| ServiceError::NotFound)?;
    let code = store.code(CodePurpose::VerifyEmail, &token.hash(), edge.now.0).await?.ok_or(ServiceError::NotFound)?;
    let pending = serde_json::from_str(&code.payload).map_err(|_| ServiceError::Broken)?;
    Ok((code.hash, pending))
}
