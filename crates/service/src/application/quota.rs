//! Who holds the places of a programme's quotas, who waits for one, and who would be left without, in the declared order.

use std::collections::{BTreeMap, BTreeSet};

use policy::case::Draft;
use policy::pack::{Pack, Quota};
use policy::quota::{Applicant, quota as ranked};
use records::access::Acting;
use records::allotment::{Allotment, Place};
use records::answers::Answers;
use records::application::{Application, Claimed, build};
use records::organisation::OrganisationKind;
use store::{ApplicationSort, Page};

use super::list::{Wanted, applications};
use super::{FileAt, file};
use crate::desk::{Desk, only};
use crate::on_file::load;
use crate::{ServiceError, compiled_once};

/// One key of a quota, as an office sees it.
#[derive(Clone, Debug)]
pub struct QuotaAt {
    /// The quota.
    pub quota: String,
    /// What it is called.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
    /// What it is ranked by.
    pub order: Vec<String>,
    /// The facts counted by, in words; empty where all cases count together.
    pub words: String,
    /// How many there are.
    pub limit: u32,
    /// How many are used: distinct values where those are counted.
    pub used: usize,
    /// Who holds them.
    pub held: Vec<Place>,
    /// Files that wait, in the declared order.
    pub waiting: Vec<QuotaWaiting>,
}

/// A file that waits for a place.
#[derive(Clone, Debug)]
pub struct QuotaWaiting {
    /// The place it would take.
    pub place: Place,
    /// Its rank among those that wait, from 1.
    pub rank: usize,
    /// Whether a place is left for it if those before it get theirs.
    pub within: bool,
}

/// A file that holds or wants places.
struct Seen {
    file: FileAt,
    draft: Draft,
}

/// Whether somebody sees who holds places: bureaus and the supervisor.
pub fn sees_quotas(acting: &Acting) -> bool {
    use OrganisationKind as K;
    matches!(acting.kind, K::DistrictBureau | K::CityBureau | K::RegionBureau | K::Supervisor)
}

/// The quotas of a procedure as its files stand, for offices; one who saved what it means to state sees its files where
/// that would put them.
#[compiled_once]
pub async fn quotas(desk: &Desk<'_>, acting: &Acting, programme: &str, procedure: &str) -> Result<Vec<QuotaAt>, ServiceError> {
    only(sees_quotas(acting))?;
    let pack = desk.newest(programme)?.clone();
    let seen = seen(desk, acting, programme, procedure).await?;
    let mut all = Vec::new();
    for quota in pack.quotas_of(procedure) {
        all.extend(keys(desk, acting, &pack, quota, &seen).await?);
    }
    Ok(all)
}

/// The files of a procedure that were handed in and have not ended in vain.
async fn seen(desk: &Desk<'_>, acting: &Acting, programme: &str, procedure: &str) -> Result<Vec<Seen>, ServiceError> {
    let states = ["to_correct", "in_review", "in_publicity", "paying", "paid", "concluded"].map(str::to_owned).to_vec();
    let wanted = Wanted { programme: Some(programme.into()), procedure: Some(procedure.into()), states, ..Wanted::default() };
    let rows = applications(desk, acting, &wanted, ApplicationSort::default(), Page::first(Page::SIZE_MAX)).await?.rows;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let mut file = file(desk, &row.id, None).await?;
        meant(desk, &mut file).await?;
        let draft = build(&file.pack, file.state(), &file.knowing, desk.edge.now).draft;
        all.push(Seen { file, draft });
    }
    Ok(all)
}

/// With what an office has saved, and not yet stated, at an open stage in which places are taken.
async fn meant(desk: &Desk<'_>, file: &mut FileAt) -> Result<(), ServiceError> {
    let open: Vec<String> = file.state().open_stages().map(|(id, _)| id.to_owned()).collect();
    for stage in open {
        let Some(spec) = file.pack.stage(&stage).filter(|spec| !spec.quotas.is_empty()) else { continue };
        let saved = desk.store.draft(<Application as records::Noun>::NOUN, file.state().id.as_str(), &stage).await?;
        if let Some(stated) = saved.and_then(|saved| serde_json::from_str::<Answers>(&saved.body).ok()) {
            let stated = stated.only(&file.pack, spec);
            file.on_file.state.stated.insert(stage, stated);
        }
    }
    Ok(())
}

async fn keys(desk: &Desk<'_>, acting: &Acting, pack: &Pack, quota: &Quota, seen: &[Seen]) -> Result<Vec<QuotaAt>, ServiceError> {
    let by = acting.by();
    let mut groups: BTreeMap<Vec<String>, Vec<(&Seen, Claimed)>> = BTreeMap::new();
    for one in seen {
        // A file whose facts are not all known has no key yet; its own page says what is missing.
        if let Ok(Some(claimed)) = one.file.state().claimed(quota, &one.file.at(desk, &by)) {
            groups.entry(claimed.claim.key.clone()).or_default().push((one, claimed));
        }
    }
    let mut all = Vec::new();
    for files in groups.into_values() {
        all.push(key(desk, pack, quota, files).await?);
    }
    Ok(all)
}

async fn key(desk: &Desk<'_>, pack: &Pack, quota: &Quota, files: Vec<(&Seen, Claimed<'_>)>) -> Result<QuotaAt, ServiceError> {
    let spec = &quota.spec;
    let (_, first) = files.first().ok_or(ServiceError::Broken)?;
    let fresh = Allotment::new(&pack.id, quota, &first.claim);
    let allotment = load::<Allotment>(desk.store, first.allotment.as_str()).await?.map_or(fresh, |found| found.state);
    Ok(QuotaAt {
        quota: spec.id.clone(),
        label: spec.label.clone(),
        clause: spec.clause.joined(),
        reading: spec.reading.clone(),
        order: policy::claim::order_words(pack, quota),
        words: allotment.words.clone(),
        limit: spec.at_most.unwrap_or(u32::MAX),
        used: allotment.used(),
        waiting: waiting(pack, quota, &allotment, files),
        held: allotment.places,
    })
}

/// Those without a place in the declared order; each takes what those before it left.
fn waiting(pack: &Pack, quota: &Quota, allotment: &Allotment, files: Vec<(&Seen, Claimed)>) -> Vec<QuotaWaiting> {
    let held: BTreeSet<&str> = allotment.places.iter().map(|place| place.application.as_str()).collect();
    let open: Vec<_> = files.into_iter().filter(|(seen, _)| !held.contains(seen.file.state().id.as_str())).collect();
    let facts: Vec<_> = open.iter().map(|(seen, _)| (seen.file.state().id.as_str(), seen.draft.facts())).collect();
    let asking: Vec<Applicant> = facts.iter().map(|(id, facts)| Applicant { id, facts }).collect();
    let (mut left, limit) = (allotment.clone(), quota.spec.at_most.unwrap_or(u32::MAX));
    let mut all = Vec::new();
    for place in ranked(pack, quota, &asking) {
        let Some((_, claimed)) = open.iter().find(|(seen, _)| seen.file.state().id.as_str() == place.id) else { continue };
        let within = left.admits(limit, claimed.place.value.as_ref().map(|(value, _)| value.as_str()));
        if within {
            left.places.push(claimed.place.clone());
        }
        all.push(QuotaWaiting { place: claimed.place.clone(), rank: place.rank, within });
    }
    all
}
