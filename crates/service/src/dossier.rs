//! 一企一档: everything on file of one organisation.

use std::collections::BTreeSet;

use records::access::Acting;
use records::organisation::{Organisation, OrganisationKind};
use store::{ApplicationFilter, ApplicationRow, ApplicationSort, Page, StandingRow};

use crate::desk::{Desk, known};
use crate::on_file::demand;
use crate::{ServiceError, compiled_once};

/// What is on file of one organisation.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The organisation.
    pub organisation: Organisation,
    /// What it was granted.
    pub standings: Vec<StandingRow>,
    /// Its files, the last first.
    pub applications: Vec<ApplicationRow>,
    /// How many files there are in all.
    pub total: i64,
    /// The programmes it has files in.
    pub programmes: BTreeSet<String>,
}

/// Whether somebody may read an organisation's dossier: its own people, the offices in charge of its place, the supervisor.
pub fn may_read(acting: &Acting, organisation: &Organisation) -> bool {
    use OrganisationKind as K;
    let office = matches!(acting.kind, K::DistrictBureau | K::CityBureau | K::RegionBureau | K::FinanceBureau | K::Supervisor);
    is_own(acting, organisation) || office && acting.covers(&organisation.place)
}

fn is_own(acting: &Acting, organisation: &Organisation) -> bool {
    acting.organisation == organisation.id && acting.mandate.is_none()
}

/// The dossier of an organisation.
#[compiled_once]
pub async fn dossier(desk: &Desk<'_>, acting: &Acting, id: &str, page: Page) -> Result<Dossier, ServiceError> {
    let organisation = demand::<Organisation>(desk.store, id).await?.state;
    known(may_read(acting, &organisation))?;
    let own = is_own(acting, &organisation);
    let filter = ApplicationFilter { applicant: Some(id.to_owned()), ..ApplicationFilter::default() };
    let listed = desk.store.applications(&filter, ApplicationSort::Newest, page).await?;
    let drafts = |row: &ApplicationRow| own || row.state != "preparing";
    let all = desk.store.applications(&filter, ApplicationSort::Newest, Page::first(Page::SIZE_MAX)).await?;
    Ok(Dossier {
        organisation,
        standings: desk.store.standings(id).await?,
        applications: listed.rows.into_iter().filter(drafts).collect(),
        total: listed.total,
        programmes: all.rows.into_iter().filter(drafts).map(|row| row.programme).collect(),
    })
}
