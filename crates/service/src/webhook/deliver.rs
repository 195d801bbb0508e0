//! Make the calls that are due, and try again later where nobody took them.

use store::{Delivery, OutboxKind, OutboxRow, Store, WebhookRow};
use tokio::task::JoinSet;

use super::{Caller, ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, signature};
use crate::mail::{AGAIN_MS, Delivered, again};
use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// Calls made at once: a receiver that does not answer holds up no other.
const AT_ONCE: i64 = 50;

/// Makes the calls that are due at this time.
#[compiled_once]
pub async fn deliver(store: &Store, caller: &Caller, now_unix_ms: i64) -> Result<Delivered, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    let mut calls = JoinSet::new();
    for row in store.take_outbox(OutboxKind::Webhook, now_unix_ms, now_unix_ms + AGAIN_MS, AT_ONCE).await? {
        let (webhook, caller) = (store.webhook(&row.target).await?, caller.clone());
        calls.spawn(async move { (row.id.clone(), call(&caller, &row, webhook, now_unix_ms).await) });
    }
    let mut delivered = Delivered::default();
    while let Some(done) = calls.join_next().await {
        // A call that panicked is due again like one whose sender died.
        let Ok((id, delivery)) = done else { continue };
        match delivery {
            Delivery::Sent => delivered.sent += 1,
            _ => delivered.failed += 1,
        }
        store.outbox_tried(&id, now_unix_ms, &delivery).await?;
    }
    Ok(delivered)
}

async fn call(caller: &Caller, row: &OutboxRow, webhook: Option<WebhookRow>, now_unix_ms: i64) -> Delivery {
    let Some(webhook) = webhook else { return Delivery::GaveUp { error: "接收地址已撤销".to_owned() } };
    let unix_s = now_unix_ms.div_euclid(1000);
    let (timestamp, signature) = (unix_s.to_string(), signature(&webhook.secret, &row.id, unix_s, &row.body));
    let headers = [(ID_HEADER, row.id.as_str()), (TIMESTAMP_HEADER, &timestamp), (SIGNATURE_HEADER, &signature)];
    match caller.post(&webhook.address, &headers, &row.body).await {
        Ok(()) => Delivery::Sent,
        Err(error) => again(row.attempts, now_unix_ms, error.to_string()),
    }
}
