//! The one way to change a record: its entries, its state, its list rows, what is told to whom, all or nothing.

use std::collections::BTreeSet;

use journal::{Chain, Head, Unchained};
use sqlx::AnyConnection;

use crate::limits::{self, EVENT_MAX_BYTES};
use crate::{DraftKey, Expected, Index, NewNotice, NewOutbox, Store, StoreError, compiled_once};
use crate::{chain, draft, entry, expected, index, notice, outbox, record};

/// What one use case did to the records of one programme.
#[derive(Debug, Clone, Default)]
pub struct Commit {
    /// Whose chain it goes to.
    pub programme: String,
    /// When it was done, in Unix milliseconds.
    pub at_unix_ms: i64,
    /// Who did it.
    pub who: Who,
    /// What was done, record by record, each record once.
    pub changes: Vec<Change>,
    /// Records of other programmes that it was decided on.
    pub beside: Vec<Beside>,
    /// What it was decided on that stands in lists.
    pub expected: Vec<Expected>,
    /// Who is told inside the platform.
    pub notices: Vec<NewNotice>,
    /// Who is told outside of it.
    pub outbox: Vec<NewOutbox>,
    /// Drafts that became part of a record and are dropped.
    pub drafts_done: Vec<DraftKey>,
}

/// Who did something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// The account.
    pub account: String,
    /// The organisation it acted for.
    pub organisation: String,
    /// The mandate under which that organisation acted for another.
    pub mandate: Option<String>,
}

/// A record of another programme that a commit was decided on: where it has changed since, nothing is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Whose chain it belongs to.
    pub programme: String,
    /// What kind of record it is.
    pub noun: &'static str,
    /// Which of them.
    pub id: String,
    /// The version it had; 0 where there was none.
    pub version: i64,
}

/// What was done to one record.
#[derive(Debug, Clone)]
pub struct Change {
    /// What kind of record it is.
    pub noun: &'static str,
    /// Which of them.
    pub id: String,
    /// The version that the events were decided on; 0 for a new record.
    pub expected_version: i64,
    /// What happened, one entry each; the record's version grows by as many. Without events only the state and the list
    /// rows are written again, as after a replay.
    pub events: Vec<serde_json::Value>,
    /// The record's state after it, as JSON.
    pub state: String,
    /// The record's list rows after it.
    pub index: Index,
}

impl Change {
    /// The record's version after the change.
    pub fn version(&self) -> i64 {
        self.expected_version + i64::try_from(self.events.len()).unwrap_or(i64::MAX - self.expected_version)
    }
}

impl Store {
    /// Writes a commit and returns the new end of the programme's chain. On an error nothing is written.
    ///
    /// The chain's row is locked first, so commits of one programme come one after the other and
    /// nobody reads a version that another is about to replace. A record belongs to one programme, so a
    /// second lock is only needed for records [`Commit::beside`]; locks are taken in the order of the
    /// programmes' names, and nobody waits in a circle.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if a record has another version than its change expects, or belongs to another programme, or a
    /// list says something else than [`Commit::expected`];
    /// [`StoreError::Taken`] if an organisation's credit code belongs to another one.
    #[compiled_once]
    pub async fn commit(&self, commit: &Commit) -> Result<Head, StoreError> {
        commit.check()?;
        let mut transaction = self.pool.writer().begin().await?;
        let head = commit.write(&mut transaction).await?;
        transaction.commit().await?;
        Ok(head)
    }
}

impl Commit {
    /// The texts that stand in every entry; those of rows are checked where they are written.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        limits::check_name("programme", &self.programme)?;
        limits::check_name("account", &self.who.account)?;
        limits::check_name("organisation", &self.who.organisation)?;
        limits::check_name("mandate", self.who.mandate.as_deref().unwrap_or_default())
    }

    async fn write(&self, connection: &mut AnyConnection) -> Result<Head, StoreError> {
        let mut chain = Chain::resume(self.locked(connection).await?);
        expected::check(connection, self).await?;
        for change in &self.changes {
            self.write_change(connection, &mut chain, change).await?;
        }
        let head = chain.head();
        chain::save(connection, head).await?;
        let key = format!("{}/{}", self.programme, head.length);
        notice::insert(connection, &key, self.at_unix_ms, &self.notices).await?;
        outbox::insert(connection, &key, self.at_unix_ms, &self.outbox).await?;
        draft::drop_all(connection, &self.drafts_done).await?;
        Ok(head.clone())
    }

    /// Locks the chains and looks at the records beside; answers where its own chain ends.
    async fn locked(&self, connection: &mut AnyConnection) -> Result<Head, StoreError> {
        let others: BTreeSet<&str> = self.beside.iter().map(|beside| beside.programme.as_str()).collect();
        let own = self.programme.as_str();
        for other in others.range(..own) {
            chain::lock(connection, other).await?;
        }
        let head = chain::lock(connection, own).await?;
        for other in others.iter().filter(|other| **other > own) {
            chain::lock(connection, other).await?;
        }
        for beside in &self.beside {
            if record::version(connection, beside.noun, &beside.id).await? != beside.version {
                return Err(StoreError::Conflict { noun: beside.noun, id: beside.id.clone() });
            }
        }
        Ok(head)
    }

    async fn write_change(&self, connection: &mut AnyConnection, chain: &mut Chain, change: &Change) -> Result<(), StoreError> {
        record::write(connection, &self.programme, change).await?;
        for (event, version) in change.events.iter().zip(change.expected_version + 1..) {
            let entry = chain.append(self.unchained(change, event, version)).map_err(StoreError::Event)?;
            limits::check("event", &entry.event, EVENT_MAX_BYTES)?;
            entry::insert(connection, &entry).await?;
        }
        index::write(connection, &change.index).await
    }

    /// An event as the chain takes it.
    pub(crate) fn unchained<'a>(&'a self, change: &'a Change, event: &'a serde_json::Value, version: i64) -> Unchained<'a> {
        Unchained {
            at_unix_ms: self.at_unix_ms,
            account: &self.who.account,
            organisation: &self.who.organisation,
            mandate: self.who.mandate.as_deref(),
            noun: change.noun,
            id: &change.id,
            version,
            event,
        }
    }
}
