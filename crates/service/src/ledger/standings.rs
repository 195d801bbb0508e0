//! Standings (名录、服务商库) are the one list with several sources: an entry that an office made of a list, which says since when, or the first
//! file that ended well. So each is held against what gives it, from both sides.

use std::collections::{BTreeMap, BTreeSet};

use policy::library::Library;
use policy::pack::Grants;
use records::Noun as _;
use records::application::{Application, FileWord};
use records::enlistment::Enlistment;
use store::{ApplicationFilter, ApplicationRow, StandingRow, Store};

use super::Verified;
use crate::ServiceError;
use crate::application::held;
use crate::on_file::{load, load_all};

/// Rows read at once.
const AT_ONCE: i64 = 500;

/// Whether a standing is held since another day than a file gave it because it was held before: by an entry of a list, whose own day is
/// compared with it, or by an earlier file.
pub(super) async fn is_held_before(store: &Store, given: &StandingRow) -> Result<bool, ServiceError> {
    let StandingRow { programme, procedure, organisation, .. } = given;
    let entered = Enlistment::id(programme, procedure, &organisation.as_str().into());
    if load::<Enlistment>(store, &entered).await?.is_some() {
        return Ok(true);
    }
    let holder = [organisation.clone()];
    let Some(row) = store.standings_of(programme, procedure, &holder).await?.pop() else { return Ok(false) };
    let files = concluded(store, programme, procedure, holder.to_vec()).await?;
    let ids: Vec<String> = files.into_iter().map(|row| row.id).collect();
    let files: Vec<Application> = load_all(store, &ids).await?;
    let first = files.iter().filter_map(held).map(|held| held.since_on).min();
    Ok(first.is_some_and(|first| first == row.since_on))
}

/// Says which standings nothing gives.
pub(super) async fn held_by_nothing(store: &Store, library: &Library, verified: &mut Verified) -> Result<(), ServiceError> {
    let mut after = None;
    loop {
        let rows = store.all_standings(after.as_ref(), AT_ONCE).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Some(last.clone());
        for row in without_source(store, library, rows).await? {
            let StandingRow { programme, procedure, organisation, .. } = row;
            verified.say(format!("standing {programme}/{procedure}/{organisation} 没有名录登记，也没有办结的申报件"));
        }
    }
}

async fn without_source(store: &Store, library: &Library, rows: Vec<StandingRow>) -> Result<Vec<StandingRow>, ServiceError> {
    let entry = |row: &StandingRow| Enlistment::id(&row.programme, &row.procedure, &row.organisation.as_str().into());
    let ids: Vec<String> = rows.iter().map(entry).collect();
    let entered: BTreeSet<String> = store.records(Enlistment::NOUN, &ids).await?.into_iter().map(|record| record.id).collect();
    let mut lists: BTreeMap<(String, String), Vec<StandingRow>> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| !entered.contains(&entry(row))) {
        lists.entry((row.programme.clone(), row.procedure.clone())).or_default().push(row);
    }
    let mut left = Vec::new();
    for ((programme, procedure), rows) in lists {
        let holders = rows.iter().map(|row| row.organisation.clone()).collect();
        let files = concluded(store, &programme, &procedure, holders).await?;
        let given: BTreeSet<String> = files.into_iter().filter(|file| grants(library, file)).map(|file| file.applicant).collect();
        left.extend(rows.into_iter().filter(|row| !given.contains(&row.organisation)));
    }
    Ok(left)
}

/// Files of these organisations that ended well. Their rows were held against the files before.
async fn concluded(store: &Store, programme: &str, procedure: &str, applicants: Vec<String>) -> Result<Vec<ApplicationRow>, ServiceError> {
    let filter = ApplicationFilter {
        programme: Some(programme.to_owned()),
        procedure: Some(procedure.to_owned()),
        applicants,
        states: vec![FileWord::Concluded.as_str().to_owned()],
        ..ApplicationFilter::default()
    };
    let mut all: Vec<ApplicationRow> = Vec::new();
    loop {
        let after = all.last().map_or("", |row| row.id.as_str()).to_owned();
        let rows = store.applications_after(&filter, &after, AT_ONCE).await?;
        if rows.is_empty() {
            return Ok(all);
        }
        all.extend(rows);
    }
}

/// Whether a file's procedure ends in a standing; where its pack is not here, which is said of the file itself, it may.
fn grants(library: &Library, file: &ApplicationRow) -> bool {
    let pack = library.version(&file.programme, &file.pack_version);
    let procedure = pack.map(|pack| pack.procedure(&file.procedure));
    procedure.is_none_or(|procedure| procedure.is_some_and(|procedure| procedure.grants == Grants::Standing))
}
