//! Packs to be looked at before they are open, and those in use.

use std::sync::Arc;

use policy::load::Loaded;
use records::Noun as _;
use records::access::{Acting, may_read_packs};
use records::pack_version::PackVersion;
use store::Store;
use tokio::task::spawn_blocking;

use super::examine::{Examined, Unfit};
use super::load::examined;
use crate::desk::{Desk, only};
use crate::on_file::{self, OnFile, PLATFORM};
use crate::{ServiceError, compiled_once};

/// Records read at once; each holds a whole pack.
const AT_ONCE: i64 = 50;

/// A version as somebody finds it who may look at packs.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its record with the record's version; none for a pack that travels with the program.
    pub record: Option<(i64, PackVersion)>,
    /// What checking it says now.
    pub examined: Result<Examined, Unfit>,
}

/// Every version that came while the program ran, by programme and version.
#[compiled_once]
pub async fn pack_versions(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<PackVersion>, ServiceError> {
    only(may_read_packs(acting))?;
    all(desk.store).await
}

/// One version, checked again.
#[compiled_once]
pub async fn pack_version(desk: &Desk<'_>, acting: &Acting, programme: &str, version: &str) -> Result<Found, ServiceError> {
    only(may_read_packs(acting))?;
    let record = record(desk, programme, version).await?;
    let known = desk.library.now().loaded(programme, version).map(|loaded| (*loaded.files).clone());
    let files = record.as_ref().map(|record| record.state.files.clone()).or(known).ok_or(ServiceError::NotFound)?;
    let examined = examined(desk, files).await?;
    Ok(Found { record: record.map(|record| (record.version, record.state)), examined })
}

/// One version compiled, without its worked cases: to be read and tried out.
#[compiled_once]
pub async fn compiled(desk: &Desk<'_>, acting: &Acting, programme: &str, version: &str) -> Result<Arc<Loaded>, ServiceError> {
    only(may_read_packs(acting))?;
    if let Some(loaded) = desk.library.now().loaded(programme, version) {
        return Ok(loaded.clone());
    }
    let files = record(desk, programme, version).await?.ok_or(ServiceError::NotFound)?.state.files;
    let library = desk.library.now().clone();
    let compile = move || library.with(files).ok().and_then(|(library, pack)| library.loaded(&pack.id, &pack.version).cloned());
    spawn_blocking(compile).await.map_err(|_| ServiceError::Broken)?.ok_or(ServiceError::NotFound)
}

async fn record(desk: &Desk<'_>, programme: &str, version: &str) -> Result<Option<OnFile<PackVersion>>, ServiceError> {
    on_file::load::<PackVersion>(desk.store, &PackVersion::id(programme, version)).await
}

pub(super) async fn all(store: &Store) -> Result<Vec<PackVersion>, ServiceError> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let records = store.records_of(PLATFORM, PackVersion::NOUN, &after, AT_ONCE).await?;
        let Some(last) = records.last() else { return Ok(all) };
        after.clone_from(&last.id);
        for record in records {
            all.push(serde_json::from_str(&record.state).map_err(|_| ServiceError::Broken)?);
        }
    }
}
