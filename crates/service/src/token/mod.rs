//! 接口令牌: by these the programs of an organisation come in.
//!
//! A token acts for its organisation as a clerk (经办人) under the account `api:<token id>`: it fills in, works on stages
//! and draws lists up. It never signs or approves, for that is a person's, and never manages people or tokens.

mod bearer;
mod four_eyes;
mod make;
mod scope;

pub use bearer::{Bearer, bearer};
pub(crate) use four_eyes::not_own;
pub use make::{ApiToken, LABEL_MAX_CHARS, Made, Making, TOKENS_MAX, make, revoke, tokens};
pub use scope::Scope;

/// Stands before the token's id in its account.
const ACCOUNT: &str = "api:";
/// Stands before every token, so that tools which look for secrets in texts know one.
const PREFIX: &str = "szt_";

/// The account a token stands under in the journal.
pub fn account_of(id: &str) -> String {
    format!("{ACCOUNT}{id}")
}
