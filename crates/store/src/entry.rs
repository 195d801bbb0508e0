//! The journal's entries as rows.

use journal::Entry;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::sql::{self, Sql};
use crate::{Store, StoreError, compiled_once};

const SELECT: &str = "SELECT programme, seq, at_unix_ms, account, organisation, mandate, noun, record_id, version, event, previous, hash
     FROM entry WHERE 1 = 1";

const COLUMNS: [&str; 12] =
    ["programme", "seq", "at_unix_ms", "account", "organisation", "mandate", "noun", "record_id", "version", "event", "previous", "hash"];

pub(crate) async fn insert(connection: &mut AnyConnection, entry: &Entry) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO entry
             (programme, seq, at_unix_ms, account, organisation, mandate, noun, record_id, version, event, previous, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    );
    let query = query.bind(&entry.programme).bind(entry.seq).bind(entry.at_unix_ms).bind(&entry.account);
    let query = query.bind(&entry.organisation).bind(&entry.mandate).bind(&entry.noun).bind(&entry.id);
    let query = query.bind(entry.version).bind(&entry.event).bind(&entry.previous).bind(&entry.hash);
    query.execute(connection).await?;
    Ok(())
}

/// The `INSERT` of several entries.
pub(crate) fn insert_all(entries: &[Entry]) -> Sql<'_> {
    sql::insert_rows("entry", &COLUMNS, entries.iter().map(row).collect())
}

fn row(entry: &Entry) -> Vec<sql::Value<'_>> {
    vec![
        (&entry.programme).into(),
        entry.seq.into(),
        entry.at_unix_ms.into(),
        (&entry.account).into(),
        (&entry.organisation).into(),
        (&entry.mandate).into(),
        (&entry.noun).into(),
        (&entry.id).into(),
        entry.version.into(),
        (&entry.event).into(),
        (&entry.previous).into(),
        (&entry.hash).into(),
    ]
}

fn from_row(row: &AnyRow) -> Result<Entry, StoreError> {
    Ok(Entry {
        programme: row.try_get("programme")?,
        seq: row.try_get("seq")?,
        at_unix_ms: row.try_get("at_unix_ms")?,
        account: row.try_get("account")?,
        organisation: row.try_get("organisation")?,
        mandate: row.try_get("mandate")?,
        noun: row.try_get("noun")?,
        id: row.try_get("record_id")?,
        version: row.try_get("version")?,
        event: row.try_get("event")?,
        previous: row.try_get("previous")?,
        hash: row.try_get("hash")?,
    })
}

impl Store {
    /// Entries of a programme in their order, from `from_seq` on. A whole chain is read by asking
    /// again from one after the last.
    #[compiled_once]
    pub async fn entries(&self, programme: &str, from_seq: i64, limit: i64) -> Result<Vec<Entry>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.and("programme = ?", programme);
        sql.and("seq >= ?", from_seq);
        sql.push(" ORDER BY seq LIMIT ");
        sql.bind(limit);
        sql.all(self.pool.reader()).await?.iter().map(from_row).collect()
    }

    /// Entries of a programme about records of one kind within a time (from, until), from the one after `after_seq`.
    #[compiled_once]
    pub async fn entries_within(
        &self,
        programme: &str,
        noun: &str,
        [from_ms, until_ms]: [i64; 2],
        after_seq: i64,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.and("programme = ?", programme);
        sql.and("seq > ?", after_seq);
        sql.and("noun = ?", noun);
        sql.and("at_unix_ms >= ?", from_ms);
        sql.and("at_unix_ms < ?", until_ms);
        sql.push(" ORDER BY seq LIMIT ");
        sql.bind(limit);
        sql.all(self.pool.reader()).await?.iter().map(from_row).collect()
    }

    /// Whether an entry of this hash stands in a programme's chain.
    #[compiled_once]
    pub async fn has_entry(&self, programme: &str, hash: &str) -> Result<bool, StoreError> {
        let mut sql = Sql::new("SELECT seq FROM entry WHERE 1 = 1");
        sql.and("hash = ?", hash);
        sql.and("programme = ?", programme);
        Ok(!sql.all(self.pool.reader()).await?.is_empty())
    }

    /// Everything that happened to one record, in order.
    #[compiled_once]
    pub async fn entries_of(&self, noun: &str, record_id: &str) -> Result<Vec<Entry>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.and("noun = ?", noun);
        sql.and("record_id = ?", record_id);
        sql.push(" ORDER BY version");
        sql.all(self.pool.reader()).await?.iter().map(from_row).collect()
    }
}
