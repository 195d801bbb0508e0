//! A forgotten password: ask for a link, and set another with it.

use store::{Code, CodePurpose, Credential, Store};

use super::fields::Fields;
use super::{letters, password, sign_in};
use crate::kept_case::Token;
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once, mail};

/// How long the link is good.
const RESET_MS: i64 = 60 * 60 * 1000;

/// Sends a link to an address that has an account; the answer is the same for one that has none.
///
/// # Errors
/// A refusal when the text is no address.
#[compiled_once]
pub async fn ask_for_reset(store: &Store, edge: &Edge<'_>, email: &str) -> Result<(), ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let mut fields = Fields::default();
    let email = fields.email("email", email);
    fields.done()?;
    let Some(credential) = store.credential_by_email(&email).await? else { return Ok(()) };
    let token = edge.token();
    store.drop_codes(CodePurpose::ResetPassword, &credential.account).await?;
    let code = Code {
        hash: token.hash(),
        purpose: CodePurpose::ResetPassword,
        subject: credential.account,
        payload: "{}".to_owned(),
        expires_at_ms: edge.now.0 + RESET_MS,
    };
    store.keep_code(&code).await?;
    mail::post(store, edge, &letters::reset(edge, &email, &token)).await
}

/// The address whose password a link sets.
///
/// # Errors
/// [`ServiceError::NotFound`] for a link that is used, over or unknown.
#[compiled_once]
pub async fn resetting(store: &Store, edge: &Edge<'_>, token: &str) -> Result<String, ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    Ok(read(store, edge, token).await?.1.email)
}

/// Sets another password, ends every session and lifts the lock. The second factor stays as it is.
///
/// # Errors
/// A refusal with what is wrong with each field; [`ServiceError::NotFound`] as for [`resetting`].
#[compiled_once]
pub async fn reset_password(store: &Store, edge: &Edge<'_>, token: &str, password: &str, again: &str) -> Result<(), ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let (hash, credential) = read(store, edge, token).await?;
    let mut fields = Fields::default();
    fields.password(password, again, &credential.email);
    fields.done()?;
    let password_hash = password::hash(edge, password).await?;
    store.take_code(CodePurpose::ResetPassword, &hash, edge.now.0).await?.ok_or(ServiceError::NotFound)?;
    store.set_password(&credential.account, &password_hash).await?;
    store.close_sessions_of(&credential.account).await?;
    store.clear_tries(&sign_in::subject(&credential.email)).await?;
    mail::post(store, edge, &letters::was_reset(edge, &credential.email)).await
}

async fn read(store: &Store, edge: &Edge<'_>, token: &str) -> Result<(String, Credential), ServiceError> {
    let token: Token = token.parse().map_err(|_| ServiceError::NotFound)?;
    let code = store.code(CodePurpose::ResetPassword, &token.hash(), edge.now.0).await?.ok_or(ServiceError::NotFound)?;
    let credential = store.credential_of(&code.subject).await?.ok_or(ServiceError::NotFound)?;
    Ok((code.hash, credential))
}
