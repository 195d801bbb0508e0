//! Show the second factor, or set one up.

use records::Refusal;
use records::account::Account;
use store::{SessionRow, Store};

use super::session::{Known, SignedIn};
use super::sign_in::{LIMIT, LOCK_MINUTES, TRIES_MAX};
use super::{resume, totp};
use crate::kept_case::Token;
use crate::on_file::demand;
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once};

/// Shows the code of the second factor. The session gets another secret, so that one seen before is worth nothing.
///
/// # Errors
/// A refusal for a wrong code, or one that was used; too many lock it for a while.
#[compiled_once]
pub async fn second_factor(store: &Store, edge: &Edge<'_>, token: &str, code: &str) -> Result<Token, ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let (row, SignedIn::SecondFactor(known)) = half(store, edge, token).await? else { return Err(ServiceError::Forbidden) };
    let credential = store.credential_of(&row.account).await?;
    let secret = credential.and_then(|credential| credential.totp_secret).ok_or(ServiceError::Broken)?;
    show(store, edge, &known, &secret, code).await?;
    renew(store, edge, &row).await
}

/// Sets up the second factor with a secret of [`totp::fresh_secret`] that the form carried, and shows its first code.
///
/// # Errors
/// A refusal for a wrong code; the same secret can be tried again.
#[compiled_once]
pub async fn set_up_second_factor(store: &Store, edge: &Edge<'_>, token: &str, secret: &str, code: &str) -> Result<Token, ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let (row, SignedIn::SetUp(known)) = half(store, edge, token).await? else { return Err(ServiceError::Forbidden) };
    if !totp::is_secret(secret) {
        return Err(Refusal::new("密钥已失效，请刷新本页，重新扫码。").into());
    }
    let step = counted(store, edge, &known, secret, code).await?;
    store.set_totp(&row.account, Some(secret)).await?;
    store.use_totp_step(&row.account, step).await?;
    store.clear_tries(&subject(&known)).await?;
    renew(store, edge, &row).await
}

async fn half(store: &Store, edge: &Edge<'_>, token: &str) -> Result<(SessionRow, SignedIn), ServiceError> {
    let signed_in = resume::resume(store, edge, token).await?.ok_or(ServiceError::Forbidden)?;
    let row = resume::row(store, edge, token).await?.ok_or(ServiceError::Forbidden)?;
    Ok((row, signed_in))
}

async fn show(store: &Store, edge: &Edge<'_>, known: &Known, secret: &str, code: &str) -> Result<(), ServiceError> {
    let step = counted(store, edge, known, secret, code).await?;
    if !store.use_totp_step(known.account.as_str(), step).await? {
        return Err(Refusal::new("该验证码已使用过，请等待验证器显示下一个验证码。").into());
    }
    Ok(store.clear_tries(&subject(known)).await?)
}

/// The step of a right code; every code is counted, right or wrong.
async fn counted(store: &Store, edge: &Edge<'_>, known: &Known, secret: &str, code: &str) -> Result<i64, ServiceError> {
    if !store.count_try(&subject(known), LIMIT, edge.now.0).await? {
        return Err(Refusal::new(format!("连续{TRIES_MAX}次不正确，请{LOCK_MINUTES}分钟后再试。")).into());
    }
    let wrong = || Refusal::new("验证码不正确。请输入验证器当前显示的6位数字；一直不正确的，请核对手机时间是否准确。");
    Ok(totp::step(secret, code, edge.now.0).ok_or_else(wrong)?)
}

fn subject(known: &Known) -> String {
    format!("second-factor {}", known.account)
}

async fn renew(store: &Store, edge: &Edge<'_>, row: &SessionRow) -> Result<Token, ServiceError> {
    store.close_session(&row.token_hash).await?;
    let account = demand::<Account>(store, &row.account).await?;
    resume::begin(store, edge, &account.state, true).await
}
