//! Tables of an office that wait to be taken in: whoever closed the page finds them again.

use records::access::Acting;
use records::import::Import;
use records::{Moment, Noun as _};

use super::{Kept, Target, WAITING_DAYS};
use crate::desk::Desk;
use crate::{ServiceError, compiled_once};

/// Tables that are listed; of more the last.
const LISTED_MOST: i64 = 200;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A table that waits.
#[derive(Clone, Debug)]
pub struct Waits {
    /// Under what it is found.
    pub id: String,
    /// What it is about.
    pub target: Target,
    /// The same in words.
    pub label: String,
    /// The file's name.
    pub file: String,
    /// When it was sent or last corrected.
    pub at: Moment,
    /// When it is removed if nobody touches it.
    pub until: Moment,
}

/// The tables of the person's own office that wait and that the person may take in, the last first; `about` narrows them to one target.
///
/// # Errors
/// The database fails. Who may take in nothing has none.
#[compiled_once]
pub async fn waits(desk: &Desk<'_>, acting: &Acting, about: Option<&Target>) -> Result<Vec<Waits>, ServiceError> {
    let mut all = Vec::new();
    for draft in desk.store.drafts_quoting(Import::NOUN, acting.organisation.as_str(), LISTED_MOST).await? {
        // What an older program wrote and this one cannot read nobody can go on with.
        let Ok(kept) = serde_json::from_str::<Kept>(&draft.body) else { continue };
        let own = kept.organisation() == acting.organisation.as_str() && about.is_none_or(|about| *about == kept.target);
        if !own || kept.target.only(desk, acting).await.is_err() {
            continue;
        }
        let Ok(label) = kept.target.label(desk, acting).await else { continue };
        let (at, until) = (Moment(draft.at_unix_ms), Moment(draft.at_unix_ms + WAITING_DAYS * DAY_MS));
        all.push(Waits { id: draft.record_id, target: kept.target, label, file: kept.name, at, until });
    }
    Ok(all)
}
