//! Lists of files: what a person may see of them, what waits for the person, and the figures of a dashboard.

use std::collections::BTreeMap;

use policy::spec::Actor;
use records::Moment;
use records::access::Acting;
use records::organisation::OrganisationKind;
use standards::Date;
use store::{
    ApplicationCount, ApplicationFilter, ApplicationRow, ApplicationSort, Assignee, CountBy, DueDay, InboxFilter, InboxItem, Listed,
    Neighbours, Page, Seen,
};

use crate::desk::{Desk, only};
use crate::on_file::{place_path, searched};
use crate::{ServiceError, compiled_once};

/// What a list is narrowed to; what is left empty lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this programme.
    pub programme: Option<String>,
    /// Of this procedure.
    pub procedure: Option<String>,
    /// In one of these states.
    pub states: Vec<String>,
    /// At this stage.
    pub stage: Option<String>,
    /// Of this batch.
    pub batch: Option<String>,
    /// At this place or below it.
    pub place: Option<String>,
    /// Naming this provider.
    pub provider: Option<String>,
    /// Of this applicant. A bureau that names itself sees its own files from the day they were begun; of an inbox it is
    /// what waits for its own files, and nobody else's are asked for.
    pub applicant: Option<String>,
    /// Whose name, number or code contains each of these words.
    pub search: Option<String>,
    /// Only what is past its day.
    pub overdue: bool,
    /// Of this settled level.
    pub level: Option<i64>,
    /// Of an inbox: due on this day.
    pub due_on: Option<Date>,
}

/// The files a person may see, narrowed and sorted.
#[compiled_once]
pub async fn applications(
    desk: &Desk<'_>,
    acting: &Acting,
    wanted: &Wanted,
    sort: ApplicationSort,
    page: Page,
) -> Result<Listed<ApplicationRow>, ServiceError> {
    let filter = filter(desk, acting, wanted)?;
    Ok(desk.store.applications(&filter, sort, page).await?)
}

/// The same files from the one after `after_id` (`""` to begin), in the order they were begun: for exports, which files
/// that change meanwhile are neither left out of nor met in twice.
#[compiled_once]
pub async fn applications_after(
    desk: &Desk<'_>,
    acting: &Acting,
    wanted: &Wanted,
    after_id: &str,
) -> Result<Vec<ApplicationRow>, ServiceError> {
    let filter = filter(desk, acting, wanted)?;
    Ok(desk.store.applications_after(&filter, after_id, Page::SIZE_MAX).await?)
}

/// What waits for a person's organisation, the next due first.
#[compiled_once]
pub async fn inbox(desk: &Desk<'_>, acting: &Acting, wanted: &Wanted, page: Page) -> Result<Listed<InboxItem>, ServiceError> {
    Ok(desk.store.inbox(&inbox_filter(desk, acting, wanted)?, page).await?)
}

/// What stands beside a file in that.
#[compiled_once]
pub async fn neighbours(desk: &Desk<'_>, acting: &Acting, wanted: &Wanted, id: &str) -> Result<Neighbours, ServiceError> {
    Ok(desk.store.neighbours(&inbox_filter(desk, acting, wanted)?, id).await?)
}

/// How many tasks are due on each day from `from_ms` until `until_ms`.
#[compiled_once]
pub async fn due_days(desk: &Desk<'_>, acting: &Acting, from_ms: i64, until_ms: i64) -> Result<Vec<DueDay>, ServiceError> {
    Ok(desk.store.due_days(&inbox_filter(desk, acting, &Wanted::default())?, from_ms, until_ms, records::CHINA_OFFSET_MS).await?)
}

/// The figures of a programme: each number opens its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dashboard {
    /// By procedure.
    pub by_procedure: Vec<ApplicationCount>,
    /// By state.
    pub by_state: Vec<ApplicationCount>,
    /// By place.
    pub by_place: Vec<ApplicationCount>,
    /// By settled level.
    pub by_level: Vec<ApplicationCount>,
}

/// Counts and sums of the files a person may see.
#[compiled_once]
pub async fn dashboard(desk: &Desk<'_>, acting: &Acting, wanted: &Wanted) -> Result<Dashboard, ServiceError> {
    let filter = ApplicationFilter { procedure: None, ..filter(desk, acting, wanted)? };
    let by = [CountBy::Procedure, CountBy::State, CountBy::Place, CountBy::Level];
    let all = desk.store.application_counts_by(&filter, &by).await?;
    let own = |keys: &[String]| wanted.procedure.as_ref().is_none_or(|procedure| keys[0] == *procedure);
    let narrowed: Vec<_> = all.iter().filter(|(keys, _)| own(keys)).cloned().collect();
    Ok(Dashboard {
        by_procedure: summed(&all, 0),
        by_state: summed(&narrowed, 1),
        by_place: summed(&narrowed, 2),
        by_level: summed(&narrowed, 3),
    })
}

/// Counts by one of several keys.
fn summed(all: &[(Vec<String>, ApplicationCount)], key: usize) -> Vec<ApplicationCount> {
    let mut sums: BTreeMap<&str, ApplicationCount> = BTreeMap::new();
    for (keys, count) in all {
        let fresh = || ApplicationCount { key: keys[key].clone(), applications: 0, recognised_fen: 0, award_fen: 0 };
        let sum = sums.entry(&keys[key]).or_insert_with(fresh);
        sum.applications += count.applications;
        sum.recognised_fen += count.recognised_fen;
        sum.award_fen += count.award_fen;
    }
    sums.into_values().collect()
}

/// Every state but those of a file that its applicant has not handed in.
const HANDED_IN: [&str; 10] =
    ["to_correct", "in_review", "in_publicity", "paying", "paid", "concluded", "refused", "ended", "claiming_back", "claimed_back"];

/// Those of a file whose money was decided, unless it came to nothing.
const DECIDED: [&str; 5] = ["in_publicity", "paying", "paid", "claiming_back", "claimed_back"];

/// Narrowed by what a person asks for, and by what the person may see at all.
fn filter(desk: &Desk<'_>, acting: &Acting, wanted: &Wanted) -> Result<ApplicationFilter, ServiceError> {
    use OrganisationKind as K;
    let own = || Some(acting.organisation.to_string());
    let mut filter = ApplicationFilter {
        programme: wanted.programme.clone(),
        procedure: wanted.procedure.clone(),
        states: wanted.states.clone(),
        stage: wanted.stage.clone(),
        batch: wanted.batch.clone(),
        applicant: wanted.applicant.clone(),
        provider: wanted.provider.clone(),
        place_path: wanted.place.as_deref().map(place_path),
        overdue_before_ms: wanted.overdue.then_some(desk.edge.now.0),
        search: wanted.search.as_deref().map(searched),
        level: wanted.level,
        ..ApplicationFilter::default()
    };
    match acting.kind {
        K::Enterprise => filter.party = own(),
        K::Provider if wanted.provider.is_some() => {
            filter.provider = own();
            handed_in(&HANDED_IN, &mut filter);
        }
        K::Provider => filter.party = own(),
        K::DistrictBureau | K::CityBureau | K::RegionBureau if wanted.applicant == own() => {}
        K::DistrictBureau | K::CityBureau | K::RegionBureau | K::FinanceBureau | K::Supervisor => within(acting, &mut filter),
        K::Evaluator | K::Auditor | K::Expert | K::Administrator => return Err(ServiceError::Forbidden),
    }
    if let Some((programme, procedures)) = mandated(desk, acting, wanted)? {
        (filter.programme, filter.procedures) = (Some(programme), procedures);
    }
    Ok(filter)
}

/// Under a mandate one sees the files of what it names, while it is in force.
fn mandated(desk: &Desk<'_>, acting: &Acting, wanted: &Wanted) -> Result<Option<(String, Vec<String>)>, ServiceError> {
    let Some(mandate) = &acting.mandate else { return Ok(None) };
    let elsewhere = wanted.programme.as_ref().is_some_and(|programme| *programme != mandate.programme);
    only(mandate.holds(desk.today()) && !elsewhere)?;
    Ok(Some((mandate.programme.clone(), mandate.procedures.clone())))
}

/// A bureau sees what lies in its place and was handed in; the finance bureau what of it was decided or has come to a stage of its own.
fn within(acting: &Acting, filter: &mut ApplicationFilter) {
    let own = place_path(&acting.place);
    let inside = filter.place_path.as_ref().is_some_and(|wanted| *wanted == own || wanted.starts_with(&format!("{own}/")));
    if !inside {
        filter.place_path = Some(own);
    }
    if acting.kind == OrganisationKind::FinanceBureau {
        let states = DECIDED.map(str::to_owned).to_vec();
        filter.seen = Some(Seen { states, office: super::index::actor_word(Actor::FinanceBureau).to_owned() });
    }
    handed_in(&HANDED_IN, filter);
}

/// Only files in these states, which others than their applicant may see.
fn handed_in(seen: &[&str], filter: &mut ApplicationFilter) {
    match filter.states.is_empty() {
        true => filter.states = seen.iter().map(|&state| state.to_owned()).collect(),
        false => filter.states.retain(|state| seen.contains(&state.as_str())),
    }
    if filter.states.is_empty() {
        filter.states = vec!["none".to_owned()];
    }
}

fn inbox_filter(desk: &Desk<'_>, acting: &Acting, wanted: &Wanted) -> Result<InboxFilter, ServiceError> {
    let actor = acting.kind.actor().ok_or(ServiceError::Forbidden)?;
    let own = acting.organisation.to_string();
    let own_files = wanted.applicant.as_ref() == Some(&own);
    let (assignee, place) = match !own_files && acting.kind.is_staff() && !records::application::takes_assignment(acting.kind) {
        true => (Assignee::OwnOrOpen(own), Some(place_path(&acting.place))),
        false => (Assignee::Own(own), None),
    };
    let mandated = mandated(desk, acting, wanted)?;
    let (programme, procedures) = mandated.map_or((wanted.programme.clone(), Vec::new()), |(programme, named)| (Some(programme), named));
    Ok(InboxFilter {
        actors: vec![super::index::actor_word(actor).to_owned()],
        assignee,
        programme,
        procedure: wanted.procedure.clone(),
        procedures,
        stage: wanted.stage.clone(),
        place_path: narrowed(wanted.place.as_deref().map(place_path), place),
        due_from_ms: wanted.due_on.map(|day| Moment::start_of(day).0),
        due_before_ms: due_before(desk, wanted),
        search: wanted.search.as_deref().map(searched),
    })
}

/// The place asked for where it lies within one's own, else one's own.
fn narrowed(wanted: Option<String>, own: Option<String>) -> Option<String> {
    match (wanted, own) {
        (Some(wanted), Some(own)) if wanted != own && !wanted.starts_with(&format!("{own}/")) => Some(own),
        (wanted, own) => wanted.or(own),
    }
}

fn due_before(desk: &Desk<'_>, wanted: &Wanted) -> Option<i64> {
    let day = wanted.due_on.map(|day| Moment::end_of(day).0 + 1);
    let overdue = wanted.overdue.then_some(desk.edge.now.0);
    day.into_iter().chain(overdue).min()
}
