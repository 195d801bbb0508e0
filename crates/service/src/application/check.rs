//! Checking: approve, return, refuse, skip.

use std::collections::BTreeMap;

use records::access::Acting;
use records::account::Role;
use records::answers::Answers;
use records::application::{Finding, Judgement, Point};
use standards::Date;

use super::draft::key;
use super::{commit_file, file};
use crate::ServiceError;
use crate::desk::Desk;

/// What a checking official states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Facts the stage asks for and forms filled in.
    pub stated: Answers,
    /// Judgements by condition.
    pub judgements: BTreeMap<String, Judgement>,
    /// What is said to it.
    pub note: String,
}

/// Approves in a checking stage.
pub async fn approve(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: Option<i64>,
    stage: &str,
    checked: Checked,
) -> Result<(), ServiceError> {
    let file = file(desk, id, version).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    let by = acting.by();
    let Checked { stated, judgements, note } = checked;
    let events = file.state().approve(stage, stated, judgements, &note, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, vec![key(id, stage)]).await
}

/// Returns a file for correction until a day, the pack's limit if none is given.
pub async fn return_for_correction(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: i64,
    stage: &str,
    points: Vec<Point>,
    due_on: Option<Date>,
) -> Result<(), ServiceError> {
    let file = file(desk, id, Some(version)).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    let by = acting.by();
    let events = file.state().return_for_correction(stage, points, due_on, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}

/// Refuses a file with reasons and clauses.
pub async fn refuse(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: i64,
    stage: &str,
    findings: Vec<Finding>,
    judgements: BTreeMap<String, Judgement>,
) -> Result<(), ServiceError> {
    let file = file(desk, id, Some(version)).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    let by = acting.by();
    let events = file.state().refuse(stage, findings, judgements, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, vec![key(id, stage)]).await
}

/// Skips a stage that the pack lets skip.
pub async fn skip(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str, note: &str) -> Result<(), ServiceError> {
    let file = file(desk, id, Some(version)).await?;
    let conducts = records::access::may_assign(acting, file.state());
    file.only_worker(desk, acting, stage, Role::Handler).or(crate::desk::only(conducts))?;
    let by = acting.by();
    let events = file.state().skip(stage, note, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}
