//! Assigning third parties, and their declarations of interest.

use records::access::{Acting, may_assign};
use records::account::Role;
use records::organisation::{Organisation, OrganisationKind};
use store::{OrganisationFilter, OrganisationRow, Page};

use super::{commit_file, seen};
use crate::desk::{Desk, only};
use crate::on_file::demand;
use crate::{ServiceError, compiled_once};

/// Assigns an organisation to a stage.
#[compiled_once]
pub async fn assign(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: Option<i64>,
    stage: &str,
    organisation: &str,
) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    only(may_assign(acting, file.state()))?;
    file.looked_at(version)?;
    let organisation = demand::<Organisation>(desk.store, organisation).await?.state;
    let by = acting.by();
    let events = file.state().assign(stage, &organisation, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}

/// The organisations that could be assigned to stages of an actor's kind.
#[compiled_once]
pub async fn assignable(desk: &Desk<'_>, acting: &Acting, kind: OrganisationKind) -> Result<Vec<OrganisationRow>, ServiceError> {
    only(matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::RegionBureau))?;
    let filter =
        OrganisationFilter { kinds: vec![kind.as_str().to_owned()], states: vec!["active".to_owned()], ..OrganisationFilter::default() };
    Ok(desk.store.organisations(&filter, Page::first(Page::SIZE_MAX)).await?.rows)
}

/// Declares whether the person has an interest in the file.
#[compiled_once]
pub async fn declare(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    version: i64,
    stage: &str,
    conflict: bool,
    note: &str,
) -> Result<(), ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker_of(desk, acting, stage, Role::Handler, version)?;
    let by = acting.by();
    let events = file.state().declare(stage, conflict, note, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}
