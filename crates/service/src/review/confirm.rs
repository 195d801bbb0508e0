//! Asking the experts that were proposed, or others that a bureau chooses for one file.

use records::Refusal;
use records::access::{Acting, may_assign};
use records::application::Lots;
use records::organisation::Organisation;

use super::proposal::Proposed;
use super::propose::{Wish, propose, provider};
use crate::application::{ManyOutcome, commit_file, outcome, seen};
use crate::desk::{Desk, only};
use crate::on_file::load_all;
use crate::{ServiceError, compiled_once};

/// Asks the experts of a proposal, file by file; files without all they need are left for later.
///
/// # Errors
/// What would be proposed now is not what was looked at.
#[compiled_once]
pub async fn confirm(desk: &Desk<'_>, acting: &Acting, wish: &Wish, digest: &str) -> Result<Vec<ManyOutcome>, ServiceError> {
    let proposal = propose(desk, acting, wish).await?;
    if proposal.digest != digest {
        return Err(Refusal::new("申报件或者专家的情况已变化，请核对新的分配方案，再确认。").into());
    }
    let mut outcomes = Vec::new();
    for proposed in proposal.files.iter().filter(|proposed| proposed.short.is_none()) {
        outcomes.push(outcome(&proposed.id, one(desk, acting, &wish.stage, proposed, proposal.lots.as_ref()).await)?);
    }
    Ok(outcomes)
}

async fn one(desk: &Desk<'_>, acting: &Acting, stage: &str, proposed: &Proposed, lots: Option<&Lots>) -> Result<(), ServiceError> {
    let experts: Vec<String> = proposed.experts.iter().map(|expert| expert.id.clone()).collect();
    asked(desk, acting, &proposed.id, None, stage, &experts, lots).await
}

/// Asks experts that the bureau chose for one file.
#[compiled_once]
pub async fn ask(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str, experts: &[String]) -> Result<(), ServiceError> {
    asked(desk, acting, id, Some(version), stage, experts, None).await
}

async fn asked(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: Option<i64>,
    stage: &str,
    experts: &[String],
    lots: Option<&Lots>,
) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    only(may_assign(acting, file.state()))?;
    file.looked_at(version)?;
    let experts = load_all::<Organisation>(desk.store, experts).await?;
    let (by, provider) = (acting.by(), provider(desk, &file).await?);
    let events = file.state().assign_reviewers(stage, &experts, provider.as_ref(), lots, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}
