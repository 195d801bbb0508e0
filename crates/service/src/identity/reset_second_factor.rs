//! Take away the second factor of a colleague whose phone is lost; the next sign-in sets up another.

use records::Refusal;
use store::Store;

use super::change_roles::colleague;
use super::session::Session;
use crate::{Action, ServiceError, authorise, compiled_once};

/// Takes it away and ends the person's sessions.
///
/// # Errors
/// A refusal for oneself: whoever holds an open session must not get rid of the second factor with it.
#[compiled_once]
pub async fn reset_second_factor(store: &Store, session: &Session, account: &str) -> Result<(), ServiceError> {
    authorise(session.actor(), Action::ManagePeople)?;
    if session.acting().account.as_str() == account {
        return Err(Refusal::new("不能重置自己的二次验证，请由本单位其他管理员办理。").into());
    }
    let found = colleague(store, session, account).await?;
    store.set_totp(found.state.id.as_str(), None).await?;
    Ok(store.close_sessions_of(found.state.id.as_str()).await?)
}
