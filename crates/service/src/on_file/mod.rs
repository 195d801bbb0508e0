//! Records as use cases load and save them: state and version beside each other.

mod listed;

use std::collections::BTreeSet;

use records::moment::By;
use records::{FieldError, Moment, Noun, Refusal};
use standards::division;
use standards::text::squash;
use store::{Change, Commit, Index, Store, Who};

pub(crate) use listed::Listed;

use crate::ServiceError;

/// The chain of what belongs to no programme: organisations, accounts, mandates.
pub(crate) const PLATFORM: &str = "platform";

/// A record and the version it was read at.
#[derive(Clone, Debug)]
pub(crate) struct OnFile<N> {
    pub(crate) version: i64,
    pub(crate) state: N,
}

/// The record of an id, if there is one.
pub(crate) async fn load<N: Noun>(store: &Store, id: &str) -> Result<Option<OnFile<N>>, ServiceError> {
    let stored = store.record(N::NOUN, id).await?;
    let read = stored.map(|stored| serde_json::from_str(&stored.state).map(|state| OnFile { version: stored.version, state }));
    read.transpose().map_err(|_| ServiceError::Broken)
}

/// The record of an id that must be there.
pub(crate) async fn demand<N: Noun>(store: &Store, id: &str) -> Result<OnFile<N>, ServiceError> {
    load(store, id).await?.ok_or(ServiceError::NotFound)
}

/// The states of those of these records that exist.
pub(crate) async fn load_all<N: Noun>(store: &Store, ids: &[String]) -> Result<Vec<N>, ServiceError> {
    let stored = store.records(N::NOUN, ids).await?;
    stored.iter().map(|stored| serde_json::from_str(&stored.state).map_err(|_| ServiceError::Broken)).collect()
}

/// Those of these records that exist, each with its version.
pub(crate) async fn load_many<N: Noun>(store: &Store, ids: &[String]) -> Result<Vec<OnFile<N>>, ServiceError> {
    let read = |stored: &store::StoredRecord| {
        let state = serde_json::from_str(&stored.state).map_err(|_| ServiceError::Broken)?;
        Ok(OnFile { version: stored.version, state })
    };
    store.records(N::NOUN, ids).await?.iter().map(read).collect()
}

/// What these events change in a record; `before` is `None` for a new one.
pub(crate) fn change<N: Listed>(id: &str, before: Option<&OnFile<N>>, events: &[N::Event]) -> Result<Change, ServiceError> {
    let after = N::fold_all(before.map(|before| before.state.clone()), events).ok_or(ServiceError::Broken)?;
    let index = after.index();
    change_with(id, before.map_or(0, |before| before.version), events, &after, index)
}

/// What these events made of a record, with rows that its state alone does not give.
pub(crate) fn change_with<N: Noun>(
    id: &str,
    expected_version: i64,
    events: &[N::Event],
    after: &N,
    index: Index,
) -> Result<Change, ServiceError> {
    let events: Result<Vec<_>, _> = events.iter().map(serde_json::to_value).collect();
    Ok(Change {
        noun: N::NOUN,
        id: id.to_owned(),
        expected_version,
        events: events.map_err(|_| ServiceError::Broken)?,
        state: serde_json::to_string(after).map_err(|_| ServiceError::Broken)?,
        index,
    })
}

/// What somebody looks for, in the form in which names stand in lists: without brackets and full width. Numbers and codes
/// stay as they are.
pub(crate) fn searched(text: &str) -> String {
    let word = |word: &str| if word.is_ascii() { word.to_owned() } else { squash(word) };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Each of these ids once, in order.
///
/// # Errors
/// There are more than may be done in one go; nothing is left out silently.
pub(crate) fn distinct<'a>(path: &str, ids: &'a [String], most: usize) -> Result<Vec<&'a str>, Refusal> {
    let mut seen = BTreeSet::new();
    let all: Vec<&str> = ids.iter().map(String::as_str).filter(|id| seen.insert(*id)).collect();
    if all.len() > most {
        return Err(Refusal::fields(vec![FieldError::new(path, format!("一次最多办理{most}件，请分次办理。"))]));
    }
    Ok(all)
}

/// Who did something, as the store has it.
pub(crate) fn who(by: &By) -> Who {
    Who { account: by.account.clone(), organisation: by.organisation.clone(), mandate: by.mandate.clone() }
}

/// A commit to the platform's chain, with nobody told.
pub(crate) fn commit(by: By, at: Moment, changes: Vec<Change>) -> Commit {
    let who = who(&by);
    Commit { programme: PLATFORM.to_owned(), at_unix_ms: at.0, who, changes, ..Commit::default() }
}

/// A place after those above it, `a/b/c`; the id itself where it is not known.
pub(crate) fn place_path(place: &str) -> String {
    let mut path = vec![place];
    let mut above = division::find(place).and_then(|division| division.parent.as_deref());
    while let Some(id) = above {
        path.push(id);
        above = division::find(id).and_then(|division| division.parent.as_deref());
    }
    path.reverse();
    path.join("/")
}
