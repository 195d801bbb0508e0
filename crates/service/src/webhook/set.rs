//! Saying where one's organisation is called.

use std::collections::BTreeSet;

use records::{FieldError, Moment, Refusal};
use store::{OutboxRow, WebhookRow};

use super::Address;
use crate::desk::Desk;
use crate::identity::Session;
use crate::{Action, ServiceError, authorise, compiled_once};

/// Stands before every secret, so that tools which look for secrets in texts know one.
const PREFIX: &str = "szw_";
/// Calls shown.
pub const CALLS_SHOWN: i64 = 20;

/// Where an organisation is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The address.
    pub address: String,
    /// Since when.
    pub set_at: Moment,
    /// The last calls, the latest first.
    pub calls: Vec<Call>,
}

/// One call and how far it got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its `webhook-id`.
    pub id: String,
    /// What happened.
    pub event: String,
    /// When it happened.
    pub at: Moment,
    /// How often it was tried.
    pub attempts: i64,
    /// `waiting`, `sent` or `failed`.
    pub state: String,
    /// Why the last try failed, empty if it did not.
    pub last_error: String,
}

/// An address that was registered just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The address as it was read.
    pub address: String,
    /// What calls are signed with; shown once.
    pub secret: String,
}

/// Where the person's organisation is called, if it is.
#[compiled_once]
pub async fn webhook(desk: &Desk<'_>, session: &Session) -> Result<Option<Webhook>, ServiceError> {
    authorise(session.actor(), Action::ManageTokens)?;
    let organisation = session.acting().organisation.as_str();
    let Some(row) = desk.store.webhook(organisation).await? else { return Ok(None) };
    let calls = desk.store.calls_to(organisation, CALLS_SHOWN).await?;
    Ok(Some(Webhook { address: row.address, set_at: Moment(row.set_at_ms), calls: calls.into_iter().map(Call::from).collect() }))
}

impl From<OutboxRow> for Call {
    fn from(row: OutboxRow) -> Self {
        let said: Option<serde_json::Value> = serde_json::from_str(&row.body).ok();
        let event = said.as_ref().and_then(|said| said["event"].as_str()).unwrap_or_default().to_owned();
        Self { id: row.id, event, at: Moment(row.at_unix_ms), attempts: row.attempts, state: row.state, last_error: row.last_error }
    }
}

/// Sets where the person's organisation is called, with a fresh secret; what waits goes there too.
///
/// # Errors
/// The address cannot be called.
#[compiled_once]
pub async fn set(desk: &Desk<'_>, session: &Session, inside: &BTreeSet<String>, address: &str) -> Result<Registered, ServiceError> {
    authorise(session.actor(), Action::ManageTokens)?;
    let read = Address::read(address, inside);
    let address = read.map_err(|error| Refusal::fields(vec![FieldError::new("address", error.to_string())]))?.to_string();
    let secret = format!("{PREFIX}{}", desk.edge.token());
    let row = WebhookRow {
        organisation: session.acting().organisation.to_string(),
        address: address.clone(),
        secret: secret.clone(),
        set_by: session.acting().account.to_string(),
        set_at_ms: desk.edge.now.0,
    };
    desk.store.set_webhook(&row).await?;
    Ok(Registered { address, secret })
}

/// Ends that the person's organisation is called; what waits is given up.
#[compiled_once]
pub async fn remove(desk: &Desk<'_>, session: &Session) -> Result<(), ServiceError> {
    authorise(session.actor(), Action::ManageTokens)?;
    Ok(desk.store.remove_webhook(session.acting().organisation.as_str()).await?)
}
