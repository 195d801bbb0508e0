//! The journal from outside: checked against itself, against the records folded from it, and against the packs that
//! decisions were made under.

use std::io::Write;

use policy::library::Library;
use records::Noun;
use records::access::Acting;
use records::account::Account;
use records::allotment::Allotment;
use records::application::{Application, ApplicationEvent, draft_of};
use records::batch::Batch;
use records::document::Document;
use records::enlistment::Enlistment;
use records::entitlement::Entitlement;
use records::import::Import;
use records::lead::Lead;
use records::mandate::Mandate;
use records::organisation::{Organisation, OrganisationKind};
use records::pack_version::PackVersion;
use records::payment_list::PaymentList;
use records::product::Product;
use records::publicity::Publicity;
pub use store::Entry;
use store::{Head, Store, StoreError, StoredRecord};

use crate::ServiceError;
use crate::desk::{Desk, only};

/// Entries read at once.
const AT_ONCE: i64 = 1_000;

/// What checking found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Each chain that holds: programme, entries, head.
    pub chains: Vec<(String, i64, String)>,
    /// Records that equal the replay of their entries.
    pub records: usize,
    /// Decisions that came out the same when made again.
    pub decisions: usize,
    /// What does not hold, one sentence each.
    pub broken: Vec<String>,
}

/// Where every chain ends, for the supervisor.
pub async fn heads(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<Head>, ServiceError> {
    only(acting.kind == OrganisationKind::Supervisor)?;
    Ok(desk.store.chains().await?)
}

/// Entries of a programme's chain in their order, from one place on, for the supervisor.
pub async fn entries(desk: &Desk<'_>, acting: &Acting, programme: &str, from_seq: i64, limit: i64) -> Result<Vec<Entry>, ServiceError> {
    only(acting.kind == OrganisationKind::Supervisor)?;
    Ok(desk.store.entries(programme, from_seq, limit.clamp(1, AT_ONCE)).await?)
}

/// Checks everything, for the supervisor.
pub async fn verify_as(desk: &Desk<'_>, acting: &Acting) -> Result<Verified, ServiceError> {
    only(acting.kind == OrganisationKind::Supervisor)?;
    verify(desk.store, desk.library).await
}

/// Checks every chain, replays every record, makes every decision again.
pub async fn verify(store: &Store, library: &Library) -> Result<Verified, ServiceError> {
    let mut verified = Verified::default();
    for head in store.chains().await? {
        match store.verify_chain(&head.programme).await {
            Ok(head) => verified.chains.push((head.programme, head.length, head.hash)),
            Err(StoreError::Broken(broken)) => verified.broken.push(format!("“{}”的台账：{broken}", head.programme)),
            Err(error) => return Err(error.into()),
        }
        replay(store, library, &head.programme, &mut verified).await?;
    }
    Ok(verified)
}

async fn replay(store: &Store, library: &Library, programme: &str, verified: &mut Verified) -> Result<(), ServiceError> {
    let length = store.head(programme).await?.length;
    let mut entries = replay_noun::<Organisation>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Account>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<PackVersion>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Mandate>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Batch>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Lead>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Entitlement>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Publicity>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<PaymentList>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Allotment>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Import>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Enlistment>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Product>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Document>(store, programme, verified, |_| None).await?;
    entries += replay_noun::<Application>(store, programme, verified, |file| decided_again(library, file)).await?;
    // What was written while this ran makes more of them, never fewer.
    if entries < length {
        verified.broken.push(format!("“{programme}”的台账有{}条记录找不到对应的档案，档案可能被删除", length - entries));
    }
    Ok(())
}

/// Whether each record of a noun equals what its entries fold to; answers how many entries they were.
async fn replay_noun<N: Noun>(
    store: &Store,
    programme: &str,
    verified: &mut Verified,
    more: impl Fn(&N) -> Option<Result<(), String>>,
) -> Result<i64, ServiceError> {
    let (mut after, mut entries) = (String::new(), 0);
    loop {
        let records = store.records_of(programme, N::NOUN, &after, AT_ONCE).await?;
        let Some(last) = records.last() else { return Ok(entries) };
        after.clone_from(&last.id);
        for record in records {
            entries += check_record(store, record, verified, &more).await?;
        }
    }
}

/// Checks one record; answers how many entries it has.
async fn check_record<N: Noun>(
    store: &Store,
    mut record: StoredRecord,
    verified: &mut Verified,
    more: &impl Fn(&N) -> Option<Result<(), String>>,
) -> Result<i64, ServiceError> {
    loop {
        let entries = store.entries_of(N::NOUN, &record.id).await?;
        let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
        if let Some(state) = replayed::<N>(&record, &entries) {
            verified.records += 1;
            match more(&state) {
                Some(Ok(())) => verified.decisions += 1,
                Some(Err(why)) => verified.broken.push(format!("{} {} {why}", N::NOUN, record.id)),
                None => {}
            }
            return Ok(count);
        }
        // Somebody may have worked on it between the two readings: then it has another version now.
        match store.record(N::NOUN, &record.id).await? {
            Some(now) if now.version != record.version => record = now,
            _ => {
                verified.broken.push(format!("{} {} 与台账重放的结果不一致", N::NOUN, record.id));
                return Ok(count);
            }
        }
    }
}

/// The state of a record, if its entries fold to it.
fn replayed<N: Noun>(record: &StoredRecord, entries: &[Entry]) -> Option<N> {
    let events: Option<Vec<N::Event>> = entries.iter().map(|entry| serde_json::from_str(&entry.event).ok()).collect();
    let stored: N = serde_json::from_str(&record.state).ok()?;
    let folded = N::fold_all(None, &events?)?;
    (folded == stored && i64::try_from(entries.len()).ok()? == record.version).then_some(stored)
}

/// Makes a decision again from its frozen inputs; none where nothing was decided.
fn decided_again(library: &Library, file: &Application) -> Option<Result<(), String>> {
    let decision = file.decision.as_ref()?;
    let Some(pack) = library.version(&file.programme, &file.version) else {
        return Some(Err(format!("所依据的政策包{}@{}不在本机", file.programme, file.version)));
    };
    let (draft, _) = draft_of(pack, &decision.inputs);
    let differs = decision.receipt.verify(pack, &draft.facts());
    Some(if differs.is_empty() { Ok(()) } else { Err(format!("的决定重新计算后不一致：{}", differs.join("；"))) })
}

/// Writes every entry of a programme as one line each; `journal` reads them back without this database.
pub async fn export(store: &Store, programme: &str, to: &mut impl Write) -> Result<i64, ServiceError> {
    let mut next = 1;
    loop {
        let entries = store.entries(programme, next, AT_ONCE).await?;
        let Some(last) = entries.last() else { return Ok(next - 1) };
        next = last.seq + 1;
        journal::export(&entries, to).map_err(|_| ServiceError::Broken)?;
    }
}

/// Reads an entry's event back as what happened to a file; none for other nouns.
pub fn file_event(entry: &journal::Entry) -> Option<ApplicationEvent> {
    (entry.noun == Application::NOUN).then(|| serde_json::from_str(&entry.event).ok()).flatten()
}
