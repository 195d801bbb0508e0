//! The same done to many files at once, with an outcome for each.

use records::access::Acting;
use records::application::Official;

use super::{approve, assign};
use crate::desk::Desk;
use crate::on_file;
use crate::{ServiceError, compiled_once};

/// Files in one go.
pub const MANY_MAX: usize = 500;

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManyOutcome {
    /// The file.
    pub application: String,
    /// Why it was not done; none: done.
    pub refused: Option<String>,
}

/// Approves many files in a stage; each stands alone, so one refusal stops no other.
#[compiled_once]
pub async fn approve_many(
    desk: &Desk<'_>,
    acting: &Acting,
    ids: &[String],
    stage: &str,
    official: &Official,
) -> Result<Vec<ManyOutcome>, ServiceError> {
    let mut outcomes = Vec::with_capacity(ids.len());
    for id in on_file::distinct("items", ids, MANY_MAX)? {
        outcomes.push(outcome(id, approve(desk, acting, id, None, stage, official.clone()).await)?);
    }
    Ok(outcomes)
}

/// Assigns one organisation to many files.
#[compiled_once]
pub async fn assign_many(
    desk: &Desk<'_>,
    acting: &Acting,
    ids: &[String],
    stage: &str,
    organisation: &str,
) -> Result<Vec<ManyOutcome>, ServiceError> {
    let mut outcomes = Vec::with_capacity(ids.len());
    for id in on_file::distinct("items", ids, MANY_MAX)? {
        outcomes.push(outcome(id, assign(desk, acting, id, None, stage, organisation).await)?);
    }
    Ok(outcomes)
}

/// A refusal belongs to its row; a failure of the system ends the whole.
pub(crate) fn outcome(id: &str, done: Result<(), ServiceError>) -> Result<ManyOutcome, ServiceError> {
    let refused = match done {
        Ok(()) => None,
        Err(ServiceError::Refused(refusal)) => {
            let first = refusal.errors.first().map(|error| error.message.clone());
            Some(first.unwrap_or(refusal.message))
        }
        // One sentence for both: nobody learns which files there are.
        Err(ServiceError::Forbidden | ServiceError::NotFound) => Some("没有权限进行此项操作，或者没有这个申报件".to_owned()),
        Err(ServiceError::Conflict) => Some(ServiceError::Conflict.to_string()),
        Err(error) => return Err(error),
    };
    Ok(ManyOutcome { application: id.to_owned(), refused })
}
