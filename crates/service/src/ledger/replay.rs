//! Every record of a programme, folded again from its entries.

use policy::library::Library;
use records::account::Account;
use records::allotment::Allotment;
use records::application::Application;
use records::batch::Batch;
use records::document::Document;
use records::enlistment::Enlistment;
use records::entitlement::Entitlement;
use records::import::Import;
use records::lead::Lead;
use records::mandate::Mandate;
use records::organisation::Organisation;
use records::pack_version::PackVersion;
use records::payment_list::PaymentList;
use records::product::Product;
use records::publicity::Publicity;
use records::{Moment, Noun};
use store::{Entry, Store, StoredRecord};

use super::Verified;
use super::verifiable::Verifiable;
use crate::ServiceError;

/// Records in memory at once, with their list rows.
const AT_ONCE: i64 = 200;

/// A record that equals the replay of its entries.
pub(super) struct Replayed<N> {
    pub(super) id: String,
    pub(super) version: i64,
    /// When its last entry was made.
    pub(super) changed_at: Moment,
    pub(super) state: N,
}

/// Where a replay looks, and what it found so far.
pub(super) struct Replay<'a> {
    pub(super) store: &'a Store,
    pub(super) library: &'a Library,
    pub(super) verified: &'a mut Verified,
    programme: &'a str,
    /// Entries of records so far.
    entries: i64,
}

/// Replays every record of a programme, and holds its lists against them.
pub(super) async fn replay(store: &Store, library: &Library, programme: &str, verified: &mut Verified) -> Result<(), ServiceError> {
    let length = store.head(programme).await?.length;
    let mut replay = Replay { store, library, verified, programme, entries: 0 };
    replay.noun::<Organisation>().await?;
    replay.noun::<Account>().await?;
    replay.noun::<PackVersion>().await?;
    replay.noun::<Mandate>().await?;
    replay.noun::<Batch>().await?;
    replay.noun::<Lead>().await?;
    replay.noun::<Entitlement>().await?;
    replay.noun::<Publicity>().await?;
    replay.noun::<PaymentList>().await?;
    replay.noun::<Allotment>().await?;
    replay.noun::<Import>().await?;
    replay.noun::<Enlistment>().await?;
    replay.noun::<Product>().await?;
    replay.noun::<Document>().await?;
    replay.noun::<Application>().await?;
    // What was written while this ran makes more of them, never fewer.
    let entries = replay.entries;
    if entries < length {
        verified.say(format!("“{programme}”的台账有{}条记录找不到对应的档案，档案可能被删除", length - entries));
    }
    Ok(())
}

impl Replay<'_> {
    async fn noun<N: Verifiable>(&mut self) -> Result<(), ServiceError> {
        let mut after = String::new();
        loop {
            let records = self.store.records_of(self.programme, N::NOUN, &after, AT_ONCE).await?;
            let Some(last) = records.last() else { return Ok(()) };
            after.clone_from(&last.id);
            let mut page = Vec::with_capacity(records.len());
            for record in records {
                page.extend(self.record::<N>(record).await?);
            }
            self.lists(page).await?;
        }
    }

    async fn record<N: Verifiable>(&mut self, record: StoredRecord) -> Result<Option<Replayed<N>>, ServiceError> {
        let id = record.id.clone();
        let (entries, found) = replayed::<N>(self.store, record).await?;
        self.entries += entries;
        match &found {
            Some(found) => {
                self.verified.records += 1;
                found.state.prove(self.store, self.library, self.verified).await?;
            }
            None => self.verified.say(differs::<N>(&id)),
        }
        Ok(found)
    }
}

/// That a record is not what its entries fold to.
pub(super) fn differs<N: Noun>(id: &str) -> String {
    format!("{} {id} 与台账重放的结果不一致", N::NOUN)
}

/// How many entries a record has, and its state if they fold to it.
pub(super) async fn replayed<N: Noun>(store: &Store, mut record: StoredRecord) -> Result<(i64, Option<Replayed<N>>), ServiceError> {
    loop {
        let entries = store.entries_of(N::NOUN, &record.id).await?;
        let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
        if let Some(found) = folded(&record, &entries) {
            return Ok((count, Some(found)));
        }
        // Somebody may have worked on it between the two readings: then it has another version now.
        match store.record(N::NOUN, &record.id).await? {
            Some(now) if now.version != record.version => record = now,
            _ => return Ok((count, None)),
        }
    }
}

/// A record, if its entries fold to it.
fn folded<N: Noun>(record: &StoredRecord, entries: &[Entry]) -> Option<Replayed<N>> {
    let events: Option<Vec<N::Event>> = entries.iter().map(|entry| serde_json::from_str(&entry.event).ok()).collect();
    let state: N = serde_json::from_str(&record.state).ok()?;
    let whole = N::fold_all(None, &events?)? == state && i64::try_from(entries.len()).ok()? == record.version;
    let changed_at = Moment(entries.last()?.at_unix_ms);
    whole.then(|| Replayed { id: record.id.clone(), version: record.version, changed_at, state })
}
