//! What is done regularly: what nobody needs is removed, scans are caught up on.

use records::Moment;
use store::files::Digest;
use store::{PaperState, Store};

use super::{Files, scan};
use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// How long a content without a paper stays: far longer than any upload takes to come on record.
const KEPT_S: i64 = 24 * 60 * 60;
/// Papers scanned in one go.
const SCANS: i64 = 200;

/// What was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Files that broken uploads left behind.
    pub left_over: u64,
    /// Contents that no paper needs.
    pub contents: u64,
}

/// What the scanner said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scanned {
    /// Papers that waited and are checked now.
    pub checked: u64,
    /// Papers that waited and are refused now.
    pub refused: u64,
    /// Papers that the scanner would not look at.
    pub waiting: u64,
}

/// Removes what nobody needs.
///
/// # Errors
/// The database or the disk fails.
#[compiled_once]
pub async fn clear(store: &Store, files: &Files, now: Moment) -> Result<Removed, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    let before_unix_s = now.0.div_euclid(1000) - KEPT_S;
    let mut removed = Removed { left_over: files.blobs.sweep(before_unix_s).await?, contents: 0 };
    for digest in files.blobs.older(before_unix_s).await? {
        removed.contents += u64::from(remove(store, files, &digest, before_unix_s).await?);
    }
    Ok(removed)
}

async fn remove(store: &Store, files: &Files, digest: &Digest, before_unix_s: i64) -> Result<bool, ServiceError> {
    if store.has_paper_of(digest.as_str()).await? {
        return Ok(false);
    }
    Ok(files.blobs.remove_older(digest, before_unix_s).await?)
}

/// Scans what waits for the scanner.
///
/// # Errors
/// The scanner cannot be reached, or the database or the disk fails.
#[compiled_once]
pub async fn scan_waiting(store: &Store, files: &Files) -> Result<Scanned, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    let mut scanned = Scanned::default();
    for paper in store.pending_papers(SCANS).await? {
        match scan::again(store, files, paper).await?.state {
            PaperState::Pending => scanned.waiting += 1,
            PaperState::Refused(_) => scanned.refused += 1,
            PaperState::Checked | PaperState::Attached => scanned.checked += 1,
        }
    }
    Ok(scanned)
}
