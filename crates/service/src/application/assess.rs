//! On-site assessment.

use records::access::Acting;
use records::account::Role;
use records::application::Official;

use super::check::attach;
use super::draft::key;
use super::{commit_file, seen};
use crate::desk::Desk;
use crate::{ServiceError, compiled_once};

/// Records an assessment; the level follows from the answers.
#[compiled_once]
pub async fn assess(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str, official: Official) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker_of(desk, acting, stage, Role::Handler, version)?;
    let by = acting.by();
    attach(desk, acting, &official).await?;
    let events = file.state().assess(stage, official, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, vec![key(id, stage)]).await
}
