//! Two people, not one person and a program of its own.

use records::Refusal;
use records::access::Acting;

use super::ACCOUNT;
use crate::ServiceError;
use crate::desk::Desk;

/// Fails for a person who would sign or approve what a token prepared that the person has made: whoever makes a token
/// answers for what comes in by it, so that would be one pair of eyes.
///
/// # Errors
/// It is such a token.
pub(crate) async fn not_own(desk: &Desk<'_>, acting: &Acting, prepared_by: &str) -> Result<(), ServiceError> {
    let Some(id) = prepared_by.strip_prefix(ACCOUNT) else { return Ok(()) };
    let tokens = desk.store.api_tokens_of(acting.organisation.as_str()).await?;
    match tokens.iter().any(|token| token.id == id && token.created_by == acting.account.as_str()) {
        true => Err(Refusal::new("该内容由您建立的令牌提交，请由本单位另一名签发人办理。").into()),
        false => Ok(()),
    }
}
