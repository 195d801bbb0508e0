//! What is done regularly: what nobody needs is removed, scans are caught up on.

use records::Moment;
use store::files::Digest;
use store::{PaperState, Store, StoreError};

use super::{Files, scan};
use crate::{Action, Actor, ServiceError, authorise};

/// How long a content without a paper stays: far longer than any upload takes to come on record.
const KEPT_S: i64 = 24 * 60 * 60;
/// Papers scanned in one go.
const SCANS: i64 = 200;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tended {
    /// Files that broken uploads left behind, removed.
    pub swept: u64,
    /// Contents that no paper needs, removed.
    pub removed: u64,
    /// Papers that waited and are checked now.
    pub checked: u64,
    /// Papers that waited and are refused now.
    pub refused: u64,
    /// Papers that the scanner would not look at.
    pub waiting: u64,
}

/// Removes what nobody needs and catches up on scans.
///
/// # Errors
/// The database or the disk fails.
pub async fn upkeep(store: &Store, files: &Files, now: Moment) -> Result<Tended, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    let before_unix_s = now.0.div_euclid(1000) - KEPT_S;
    let mut tended = Tended { swept: files.blobs.sweep(before_unix_s).await?, ..Tended::default() };
    for digest in files.blobs.older(before_unix_s).await? {
        tended.removed += u64::from(remove(store, files, &digest, before_unix_s).await?);
    }
    catch_up(store, files, &mut tended).await?;
    Ok(tended)
}

async fn catch_up(store: &Store, files: &Files, tended: &mut Tended) -> Result<(), ServiceError> {
    for paper in store.pending_papers(SCANS).await? {
        match scan::again(store, files, paper).await {
            // A scanner that cannot be reached once will not be reached a moment later.
            Err(ServiceError::Store(StoreError::Scanner(_))) => return Ok(()),
            paper => match paper?.state {
                PaperState::Pending => tended.waiting += 1,
                PaperState::Refused(_) => tended.refused += 1,
                PaperState::Checked | PaperState::Attached => tended.checked += 1,
            },
        }
    }
    Ok(())
}

async fn remove(store: &Store, files: &Files, digest: &Digest, before_unix_s: i64) -> Result<bool, ServiceError> {
    if store.has_paper_of(digest.as_str()).await? {
        return Ok(false);
    }
    Ok(files.blobs.remove_older(digest, before_unix_s).await?)
}
