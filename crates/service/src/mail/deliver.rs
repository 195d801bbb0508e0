//! Send the letters that are due, and try again later where it did not work.

use store::{Delivery, NewOutbox, OutboxKind, OutboxRow, Store};

use super::{Letter, Transport};
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once};

/// Letters sent in one go.
const AT_ONCE: i64 = 50;
const MINUTE_MS: i64 = 60 * 1000;
/// How long to wait after each failed try; after the last the message is given up.
const WAIT_MS: [i64; 6] = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * 60 * MINUTE_MS, 6 * 60 * MINUTE_MS, 24 * 60 * MINUTE_MS];
/// A message whose sender died comes again after this.
pub(crate) const AGAIN_MS: i64 = 10 * MINUTE_MS;

/// What became of the letters that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// They left.
    pub sent: u32,
    /// They did not, and are tried again or given up.
    pub failed: u32,
}

/// A letter as the outbox takes it, for a commit.
pub fn outbox(letter: &Letter) -> Result<NewOutbox, ServiceError> {
    let body = serde_json::to_string(letter).map_err(|_| ServiceError::Broken)?;
    Ok(NewOutbox { kind: OutboxKind::Mail, target: letter.to.clone(), body })
}

/// Writes a letter that goes with no commit.
pub(crate) async fn post(store: &Store, edge: &Edge<'_>, letter: &Letter) -> Result<(), ServiceError> {
    Ok(store.tell(&edge.id(), edge.now.0, &[], &[outbox(letter)?]).await?)
}

/// Sends the letters that are due at this time.
#[compiled_once]
pub async fn deliver(store: &Store, transport: &Transport, now_unix_ms: i64) -> Result<Delivered, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    let mut delivered = Delivered::default();
    for row in store.take_outbox(OutboxKind::Mail, now_unix_ms, now_unix_ms + AGAIN_MS, AT_ONCE).await? {
        let delivery = send(transport, &row, now_unix_ms).await;
        match delivery {
            Delivery::Sent => delivered.sent += 1,
            _ => delivered.failed += 1,
        }
        store.outbox_tried(&row.id, now_unix_ms, &delivery).await?;
    }
    Ok(delivered)
}

async fn send(transport: &Transport, row: &OutboxRow, now_unix_ms: i64) -> Delivery {
    let Ok(letter) = serde_json::from_str::<Letter>(&row.body) else {
        return Delivery::GaveUp { error: "信件内容无法读取".to_owned() };
    };
    match transport.send(&letter, &row.id, row.at_unix_ms).await {
        Ok(()) => Delivery::Sent,
        Err(error) => again(row.attempts, now_unix_ms, error.to_string()),
    }
}

/// What follows a failed try.
pub(crate) fn again(attempts: i64, now_unix_ms: i64, error: String) -> Delivery {
    let wait_ms = usize::try_from(attempts - 1).ok().and_then(|place| WAIT_MS.get(place));
    match wait_ms {
        Some(wait_ms) => Delivery::Retry { next_at_ms: now_unix_ms + wait_ms, error },
        None => Delivery::GaveUp { error },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_until_the_letter_is_given_up() {
        for (attempts, expected_ms) in [(1, Some(MINUTE_MS)), (2, Some(5 * MINUTE_MS)), (6, Some(24 * 60 * MINUTE_MS)), (7, None)] {
            let next = match again(attempts, 0, "x".into()) {
                Delivery::Retry { next_at_ms, .. } => Some(next_at_ms),
                _ => None,
            };
            assert_eq!(next, expected_ms, "{attempts}");
        }
    }
}
