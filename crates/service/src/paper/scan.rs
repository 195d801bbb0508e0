//! What the virus scanner says, as the state of a paper.

use records::Refusal;
use store::files::{Blob, Scanner, Verdict};
use store::{Paper, PaperState, Store, StoreError};

use super::Files;
use crate::ServiceError;

/// The state after a scan; pending when the scanner will not say.
pub(super) async fn state(scanner: &Scanner, blob: Blob) -> Result<PaperState, StoreError> {
    Ok(match scanner.scan(blob).await? {
        Verdict::Clean => PaperState::Checked,
        Verdict::Unsaid(_) => PaperState::Pending,
        Verdict::Infected(virus) => {
            PaperState::Refused(format!("在文件中发现病毒（{virus}），不能使用。请在电脑上查杀病毒，重新生成文件后再上传。"))
        }
    })
}

/// A scanner that cannot be reached leaves a paper waiting; it is no reason to lose an upload.
pub(super) fn or_pending(state: Result<PaperState, StoreError>) -> Result<PaperState, ServiceError> {
    match state {
        Err(StoreError::Scanner(_)) => Ok(PaperState::Pending),
        state => Ok(state?),
    }
}

/// The state, unless it is refused.
pub(super) fn not_refused(state: PaperState) -> Result<PaperState, ServiceError> {
    match state {
        PaperState::Refused(reason) => Err(Refusal::new(reason).into()),
        state => Ok(state),
    }
}

/// Scans a paper that waits for it once more and gives back how it stands then.
///
/// # Errors
/// The scanner cannot be reached.
pub(super) async fn again(store: &Store, files: &Files, mut paper: Paper) -> Result<Paper, ServiceError> {
    if paper.state != PaperState::Pending {
        return Ok(paper);
    }
    let blob = super::open::content(files, &paper).await?;
    paper.state = state(&files.scanner, blob).await?;
    if paper.state != PaperState::Pending {
        store.settle_paper(&paper.id, &paper.state).await?;
    }
    Ok(paper)
}
