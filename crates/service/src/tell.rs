//! Letters to the people of an organisation.

use records::account::Account;
use store::{NewOutbox, OutboxKind, Store};

use crate::ServiceError;
use crate::mail::Letter;
use crate::on_file::load;

/// People of one organisation that get the same letter.
const RECIPIENTS_MAX: usize = 20;

/// One letter for each active person of an organisation, with the address where to go on.
pub(crate) async fn letters_to(
    store: &Store,
    organisation: &str,
    subject: &str,
    body: &str,
    link: &str,
    origin: &str,
) -> Result<Vec<NewOutbox>, ServiceError> {
    let mut letters = Vec::new();
    for id in store.members_of(organisation).await?.iter().take(RECIPIENTS_MAX) {
        let account = load::<Account>(store, id).await?.map(|account| account.state).filter(|account| account.active);
        letters.extend(account.map(|account| outbox(&account.email, subject, body, link, origin)).transpose()?);
    }
    Ok(letters)
}

fn outbox(to: &str, subject: &str, body: &str, link: &str, origin: &str) -> Result<NewOutbox, ServiceError> {
    let address = format!("查看：{origin}{link}");
    let letter = Letter::new(to, subject, &[body, &address]);
    let body = serde_json::to_string(&letter).map_err(|_| ServiceError::Broken)?;
    Ok(NewOutbox { kind: OutboxKind::Mail, target: to.to_owned(), body })
}
