//! Checking: approve, return, refuse, skip.

use std::collections::BTreeMap;

use records::Refusal;
use records::access::Acting;
use records::account::Role;
use records::application::{Finding, Judgement, Official, Point};
use standards::Date;

use super::draft::key;
use super::{commit_file, seen};
use crate::desk::Desk;
use crate::{ServiceError, compiled_once};

/// Approves in a checking stage.
#[compiled_once]
pub async fn approve(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: Option<i64>,
    stage: &str,
    official: Official,
) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker_of(desk, acting, stage, Role::Handler, version)?;
    let by = acting.by();
    attach(desk, acting, &official).await?;
    let events = file.state().approve(stage, official, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, vec![key(id, stage)]).await
}

/// Papers that an official quotes stay: they cannot be removed any more.
pub(super) async fn attach(desk: &Desk<'_>, acting: &Acting, official: &Official) -> Result<(), ServiceError> {
    let ids: Vec<String> = official.papers.values().flatten().map(ToString::to_string).collect();
    if ids.is_empty() || desk.store.attach_papers(acting.organisation.as_str(), &ids).await? {
        return Ok(());
    }
    Err(Refusal::new("有材料尚未通过安全检查或者已被删除，请核对后再提交。").into())
}

/// Returns a file for correction until a day, the pack's limit if none is given.
#[compiled_once]
pub async fn return_for_correction(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: i64,
    stage: &str,
    points: Vec<Point>,
    due_on: Option<Date>,
) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker_of(desk, acting, stage, Role::Handler, version)?;
    let by = acting.by();
    let events = file.state().return_for_correction(stage, points, due_on, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}

/// Refuses a file with reasons and clauses.
#[compiled_once]
pub async fn refuse(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: i64,
    stage: &str,
    findings: Vec<Finding>,
    judgements: BTreeMap<String, Judgement>,
) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker_of(desk, acting, stage, Role::Handler, version)?;
    let by = acting.by();
    let events = file.state().refuse(stage, findings, judgements, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, vec![key(id, stage)]).await
}

/// Skips a stage that the pack lets skip.
#[compiled_once]
pub async fn skip(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str, note: &str) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    let conducts = records::access::may_assign(acting, file.state());
    file.only_worker(desk, acting, stage, Role::Handler).or(crate::desk::only(conducts))?;
    file.looked_at(version)?;
    let by = acting.by();
    let events = file.state().skip(stage, note, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}
