//! The journal from outside: checked against itself, against the records folded from it, against the lists made from these, and against
//! the packs that decisions were made under.
//!
//! What stands in no record cannot be checked: drafts, messages, uploaded files, sessions. The rows of a list are held against the states
//! they are made from (`on_file::listed`, `application::index`), with three that need more: when a file last changed is the moment of its
//! last entry; a standing may be held from an older source (`standings`); an issued paper is held against the digest of its words.

mod lists;
mod replay;
mod standings;
mod verifiable;

use std::io::Write;

use policy::library::Library;
use records::Noun;
use records::access::Acting;
use records::application::{Application, ApplicationEvent};
use records::organisation::OrganisationKind;
pub use store::Entry;
use store::{Head, Store, StoreError};

use crate::desk::{Desk, known, only};
use crate::{ServiceError, compiled_once};

/// Entries read at once.
const AT_ONCE: i64 = 1_000;

/// Sentences that are written out: where a whole table was changed, more of them help nobody.
const BROKEN_MAX: usize = 1_000;

/// What checking found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Each chain that holds: programme, entries, head.
    pub chains: Vec<(String, i64, String)>,
    /// Records that equal the replay of their entries.
    pub records: usize,
    /// Records of which lists say what they should.
    pub listed: usize,
    /// Decisions that came out the same when made again.
    pub decisions: usize,
    /// What does not hold, one sentence each.
    pub broken: Vec<String>,
    /// How much more does not hold.
    pub more: usize,
}

impl Verified {
    fn say(&mut self, sentence: String) {
        if self.broken.len() < BROKEN_MAX { self.broken.push(sentence) } else { self.more += 1 }
    }
}

/// Where every chain ends, for the supervisor.
#[compiled_once]
pub async fn heads(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<Head>, ServiceError> {
    only(acting.kind == OrganisationKind::Supervisor)?;
    Ok(desk.store.chains().await?)
}

/// Entries of a programme's chain in their order, from one on, for the supervisor in whose place it is run: they say who objected to what.
///
/// # Errors
/// The person is no supervisor; [`ServiceError::NotFound`] for a programme that is run elsewhere.
#[compiled_once]
pub async fn entries(desk: &Desk<'_>, acting: &Acting, programme: &str, from_seq: i64, limit: i64) -> Result<Vec<Entry>, ServiceError> {
    only(acting.kind == OrganisationKind::Supervisor)?;
    let run_in = desk.library.pack(programme).and_then(|pack| pack.place.clone());
    known(run_in.is_none_or(|place| acting.covers(&place)))?;
    Ok(desk.store.entries(programme, from_seq, limit.clamp(1, AT_ONCE)).await?)
}

/// Checks everything, for the supervisor.
#[compiled_once]
pub async fn verify_as(desk: &Desk<'_>, acting: &Acting) -> Result<Verified, ServiceError> {
    only(acting.kind == OrganisationKind::Supervisor)?;
    verify(desk.store, desk.library).await
}

/// Checks every chain, replays every record, holds the lists against the records, makes every decision again.
#[compiled_once]
pub async fn verify(store: &Store, library: &Library) -> Result<Verified, ServiceError> {
    let mut verified = Verified::default();
    for head in store.chains().await? {
        match store.verify_chain(&head.programme).await {
            Ok(head) => verified.chains.push((head.programme, head.length, head.hash)),
            Err(StoreError::Broken(broken)) => verified.say(format!("“{}”的台账：{broken}", head.programme)),
            Err(error) => return Err(error.into()),
        }
        replay::replay(store, library, &head.programme, &mut verified).await?;
    }
    for found in store.ownerless(AT_ONCE).await? {
        verified.say(format!("{} 中有 {} {}，台账中没有这一档案", found.table, found.noun, found.id));
    }
    standings::held_by_nothing(store, library, &mut verified).await?;
    Ok(verified)
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
