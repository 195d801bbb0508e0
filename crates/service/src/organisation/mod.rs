//! 单位: what an organisation says of itself, and who there is.

mod profile;

use std::collections::BTreeMap;

use records::access::Acting;
use records::account::Role;
use records::application::takes_assignment;
use records::organisation::{Organisation, OrganisationEvent, OrganisationKind, Profile};
use store::{Listed, OrganisationFilter, OrganisationRow, Page, StandingRow};

pub use profile::{Describing, trade_word};

use crate::desk::{Desk, known, not_mandated, only};
use crate::on_file::{self, OnFile, commit, demand};
use crate::{ServiceError, compiled_once};

/// The person's own organisation.
#[compiled_once]
pub async fn own(desk: &Desk<'_>, acting: &Acting) -> Result<(i64, Organisation), ServiceError> {
    let found = demand::<Organisation>(desk.store, acting.organisation.as_str()).await?;
    Ok((found.version, found.state))
}

/// An organisation that a person looks up: offices may look up any, others their own.
#[compiled_once]
pub async fn organisation(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<Organisation, ServiceError> {
    let found = demand::<Organisation>(desk.store, id).await?.state;
    let office = acting.kind.is_staff() && !takes_assignment(acting.kind);
    let staff = office && (acting.kind == OrganisationKind::Administrator || acting.covers(&found.place));
    known(staff || found.id == acting.organisation)?;
    Ok(found)
}

/// Sets the profile of the person's own organisation.
#[compiled_once]
pub async fn set_profile(desk: &Desk<'_>, acting: &Acting, version: i64, profile: Profile) -> Result<(), ServiceError> {
    not_mandated(acting)?;
    only(acting.is(Role::Handler) || acting.is(Role::Manager))?;
    let found = demand::<Organisation>(desk.store, acting.organisation.as_str()).await?;
    if found.version != version {
        return Err(ServiceError::Conflict);
    }
    // Fields and employer of an expert stand on a form of their own.
    let kept = found.state.profile.clone();
    let events = found.state.set_profile(Profile { fields: kept.fields, employer: kept.employer, ..profile });
    save(desk, acting, &found, &events).await
}

/// Stops an organisation from acting.
#[compiled_once]
pub async fn suspend(desk: &Desk<'_>, acting: &Acting, id: &str, reason: &str) -> Result<(), ServiceError> {
    only(acting.kind == OrganisationKind::Administrator && acting.is(Role::Manager))?;
    let found = demand::<Organisation>(desk.store, id).await?;
    let events = found.state.suspend(reason)?;
    save(desk, acting, &found, &events).await
}

/// Lets an organisation act again.
#[compiled_once]
pub async fn restore(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<(), ServiceError> {
    only(acting.kind == OrganisationKind::Administrator && acting.is(Role::Manager))?;
    let found = demand::<Organisation>(desk.store, id).await?;
    let events = found.state.restore()?;
    save(desk, acting, &found, &events).await
}

/// Organisations by name: an administrator sees all, an office those of its place.
#[compiled_once]
pub async fn organisations(
    desk: &Desk<'_>,
    acting: &Acting,
    kind: Option<OrganisationKind>,
    search: &str,
    page: Page,
) -> Result<Listed<OrganisationRow>, ServiceError> {
    only(acting.kind.is_staff() && !takes_assignment(acting.kind))?;
    let everywhere = acting.kind == OrganisationKind::Administrator;
    let filter = OrganisationFilter {
        kinds: kind.map(|kind| kind.as_str().to_owned()).into_iter().collect(),
        place_path: (!everywhere).then(|| on_file::place_path(&acting.place)),
        search: Some(on_file::searched(search)),
        ..OrganisationFilter::default()
    };
    Ok(desk.store.organisations(&filter, page).await?)
}

/// The organisations that hold a standing, by name; public, since the lists are published.
#[compiled_once]
pub async fn holders(desk: &Desk<'_>, programme: &str, procedure: &str, page: Page) -> Result<Listed<OrganisationRow>, ServiceError> {
    let filter = OrganisationFilter {
        holding: Some((programme.to_owned(), procedure.to_owned())),
        states: vec!["active".to_owned()],
        ..OrganisationFilter::default()
    };
    Ok(desk.store.organisations(&filter, page).await?)
}

/// What the person's organisation was granted; under a mandate the enterprise acted for.
#[compiled_once]
pub async fn standings(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<StandingRow>, ServiceError> {
    Ok(desk.store.standings(acting.organisation.as_str()).await?)
}

/// The names of organisations by id; public, since the lists they stand on are published.
#[compiled_once]
pub async fn names(desk: &Desk<'_>, ids: &[&str]) -> Result<BTreeMap<String, String>, ServiceError> {
    let mut names = BTreeMap::new();
    for id in ids {
        if let Some(row) = desk.store.organisation(id).await? {
            names.insert(row.id, row.name);
        }
    }
    Ok(names)
}

async fn save(desk: &Desk<'_>, acting: &Acting, found: &OnFile<Organisation>, events: &[OrganisationEvent]) -> Result<(), ServiceError> {
    if events.is_empty() {
        return Ok(());
    }
    let change = on_file::change(found.state.id.as_str(), Some(found), events)?;
    desk.store.commit(&commit(acting.by(), desk.edge.now, vec![change])).await?;
    Ok(())
}
