//! Tables that were sent and never taken in nor given up do not wait for ever.

use records::import::Import;
use records::{Moment, Noun as _};
use store::{Draft, Store};

use super::Kept;
use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// How many days a table waits after it was sent or last corrected; the pages say so.
pub const WAITING_DAYS: i64 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Tables looked at in one go.
const AT_ONCE: i64 = 200;

/// Removes tables that have waited too long, and their files where nothing else quotes them; answers how many tables.
///
/// # Errors
/// The database fails.
#[compiled_once]
pub async fn forget(store: &Store, now: Moment) -> Result<u64, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    let before_ms = now.0 - WAITING_DAYS * DAY_MS;
    let mut removed = 0;
    loop {
        let waiting = store.drafts_before(Import::NOUN, before_ms, AT_ONCE).await?;
        if waiting.is_empty() {
            return Ok(removed);
        }
        for draft in waiting {
            removed += u64::from(remove(store, &draft, before_ms).await?);
        }
    }
}

/// Somebody may be correcting it just now: then it stays.
async fn remove(store: &Store, draft: &Draft, before_ms: i64) -> Result<bool, ServiceError> {
    if !store.drop_draft_before(&draft.noun, &draft.record_id, &draft.part, before_ms).await? {
        return Ok(false);
    }
    // What an older program wrote and this one cannot read is dropped all the same; its file stays with the office's.
    if let Ok(kept) = serde_json::from_str::<Kept>(&draft.body) {
        remove_file(store, &kept).await?;
    }
    Ok(true)
}

/// One content is one paper of an office, however often it was sent: it stays while another draft quotes it, or a table of
/// the same content was taken in.
async fn remove_file(store: &Store, kept: &Kept) -> Result<(), ServiceError> {
    if !store.is_in_draft(kept.paper()).await? && !store.is_in_record(Import::NOUN, kept.digest()).await? {
        store.remove_paper(kept.organisation(), kept.paper()).await?;
    }
    Ok(())
}
