//! Attach papers to an application that is being submitted.

use records::Refusal;
use records::moment::By;
use store::{Paper, PaperState, Store, StoreError};

use super::open::WAITS;
use super::{Files, owner, scan};
use crate::{ServiceError, compiled_once};

/// Attaches an organisation's papers, all of them or none: from then on they stay as they are. What waits for the scanner
/// is scanned once more first. Whoever may submit the application may attach what it quotes, whoever uploaded that.
///
/// # Errors
/// One of them is not there, still waits or was refused; the sentence names it.
#[compiled_once]
pub async fn attach(store: &Store, files: &Files, by: &By, ids: &[String]) -> Result<(), ServiceError> {
    let owner = owner(by)?;
    for id in ids {
        let of_applicant = store.paper(id).await?.filter(|paper| paper.organisation == owner);
        let paper = of_applicant.ok_or(ServiceError::NotFound)?;
        let name = paper.name.clone();
        match caught_up(store, files, paper).await? {
            PaperState::Pending => return Err(named(&name, WAITS).into()),
            PaperState::Refused(reason) => return Err(named(&name, &reason).into()),
            PaperState::Checked | PaperState::Attached => {}
        }
    }
    let attached = store.attach_papers(owner, ids).await?;
    if attached { Ok(()) } else { Err(ServiceError::Conflict) }
}

async fn caught_up(store: &Store, files: &Files, paper: Paper) -> Result<PaperState, ServiceError> {
    match scan::again(store, files, paper).await {
        Err(ServiceError::Store(StoreError::Scanner(_))) => Ok(PaperState::Pending),
        paper => Ok(paper?.state),
    }
}

fn named(name: &str, reason: &str) -> Refusal {
    Refusal::new(format!("“{name}”：{reason}"))
}
