//! Handing in a sheet; a bureau's word where the scores lie apart.

use records::access::{Acting, may_assign};
use records::account::Role;
use records::answers::Answers;

use super::draft::part;
use crate::application::draft::key;
use crate::application::{commit_file, seen};
use crate::desk::{Desk, only};
use crate::{ServiceError, compiled_once};

/// Hands in an expert's sheet. Other experts of the file hand in theirs at the same time, so it is no matter which version
/// of the file the expert looked at.
#[compiled_once]
pub async fn hand_in(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str, answers: Answers) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    let by = acting.by();
    let events = file.state().review(stage, answers, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, vec![key(id, &part(acting, stage))]).await
}

/// Settles a score that the experts' lie too far apart for.
#[compiled_once]
pub async fn moderate(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: i64,
    stage: &str,
    score: &str,
    reason: &str,
) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    only(may_assign(acting, file.state()))?;
    file.looked_at(version)?;
    let by = acting.by();
    let events = file.state().moderate(stage, score, reason, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}
