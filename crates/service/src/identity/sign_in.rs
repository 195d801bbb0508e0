//! Sign in with address and password.

use records::Refusal;
use records::account::Account;
use store::{Credential, Store, TryLimit};

use super::fields::email_key;
use super::{password, resume};
use crate::kept_case::Token;
use crate::on_file::load;
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once};

/// Wrong tries that lock an address, and a second factor.
pub const TRIES_MAX: i64 = 5;
/// How long they are locked then, in minutes.
pub const LOCK_MINUTES: i64 = 15;

pub(super) const LIMIT: TryLimit = TryLimit { tries_max: TRIES_MAX, lock_ms: LOCK_MINUTES * 60 * 1000 };

/// Begins a session; its secret goes into a cookie. What is still to be shown says [`super::resume()`].
///
/// # Errors
/// A refusal that never tells whether the address or the password was wrong. Addresses without an account are counted
/// and locked like others, and take as long.
#[compiled_once]
pub async fn sign_in(store: &Store, edge: &Edge<'_>, email: &str, password: &str) -> Result<Token, ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let email = email_key(email);
    let subject = subject(email.as_deref().unwrap_or_default());
    if !store.count_try(&subject, LIMIT, edge.now.0).await? {
        return Err(locked().into());
    }
    let credential = match &email {
        Some(email) => store.credential_by_email(email).await?,
        None => None,
    };
    let account = right(store, credential, password).await?.ok_or_else(wrong)?;
    store.clear_tries(&subject).await?;
    resume::begin(store, edge, &account, false).await
}

/// Under what an address's tries are counted.
pub(super) fn subject(email: &str) -> String {
    format!("sign-in {email}")
}

/// The account, if the password is its own and it may sign in.
async fn right(store: &Store, credential: Option<Credential>, password: &str) -> Result<Option<Account>, ServiceError> {
    let (account, stored) = credential.map(|credential| (credential.account, credential.password_hash)).unzip();
    if !password::verify(password, stored).await? {
        return Ok(None);
    }
    let account = load::<Account>(store, account.as_deref().unwrap_or_default()).await?;
    Ok(account.map(|found| found.state).filter(|account| account.active))
}

fn wrong() -> Refusal {
    Refusal::new(format!("邮箱或密码不正确，请核对后重试。连续{TRIES_MAX}次不正确，将暂停登录{LOCK_MINUTES}分钟。"))
}

/// Too many tries.
pub(super) fn locked() -> Refusal {
    Refusal::new(format!("连续{TRIES_MAX}次不正确，已暂停登录，请{LOCK_MINUTES}分钟后再试，或者重置密码。"))
}
