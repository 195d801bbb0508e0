//! Records: the state that a record's entries were folded to.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::commit::Change;
use crate::limits::{self, STATE_MAX_BYTES};
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

/// How many ids one statement asks for: well under the 32,766 parameters that SQLite takes.
const IDS_AT_ONCE: usize = 500;

const SELECT: &str = "SELECT noun, id, programme, version, state FROM record WHERE 1 = 1";

/// A record as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// What kind of record it is.
    pub noun: String,
    /// Which of them.
    pub id: String,
    /// In whose chain its entries stand.
    pub programme: String,
    /// How many entries it was folded from.
    pub version: i64,
    /// Its state as JSON.
    pub state: String,
}

impl StoredRecord {
    fn from_row(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            noun: row.try_get("noun")?,
            id: row.try_get("id")?,
            programme: row.try_get("programme")?,
            version: row.try_get("version")?,
            state: row.try_get("state")?,
        })
    }
}

/// Writes the state of a changed record, provided that it is at the version the change was decided on.
pub(crate) async fn write(connection: &mut AnyConnection, programme: &str, change: &Change) -> Result<(), StoreError> {
    limits::check_name("noun", change.noun)?;
    limits::check_name("record_id", &change.id)?;
    limits::check("state", &change.state, STATE_MAX_BYTES)?;
    let written = match change.expected_version {
        0 => insert(connection, programme, change).await?,
        _ => update(connection, programme, change).await?,
    };
    match written {
        0 => Err(StoreError::Conflict { noun: change.noun, id: change.id.clone() }),
        _ => Ok(()),
    }
}

async fn insert(connection: &mut AnyConnection, programme: &str, change: &Change) -> Result<u64, StoreError> {
    if change.events.is_empty() {
        return Err(StoreError::Eventless { noun: change.noun, id: change.id.clone() });
    }
    let query = sqlx::query(
        "INSERT INTO record (noun, id, programme, version, state) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (noun, id) DO NOTHING",
    );
    let query = query.bind(change.noun).bind(&change.id).bind(programme).bind(change.version()).bind(&change.state);
    Ok(query.execute(connection).await?.rows_affected())
}

async fn update(connection: &mut AnyConnection, programme: &str, change: &Change) -> Result<u64, StoreError> {
    let query = sqlx::query("UPDATE record SET version = $1, state = $2 WHERE noun = $3 AND id = $4 AND programme = $5 AND version = $6");
    let query = query.bind(change.version()).bind(&change.state).bind(change.noun).bind(&change.id);
    Ok(query.bind(programme).bind(change.expected_version).execute(connection).await?.rows_affected())
}

/// The version of a record; 0 where there is none.
pub(crate) async fn version(connection: &mut AnyConnection, noun: &str, id: &str) -> Result<i64, StoreError> {
    let query = sqlx::query("SELECT version FROM record WHERE noun = $1 AND id = $2");
    let row = query.bind(noun).bind(id).fetch_optional(connection).await?;
    Ok(row.map(|row| row.try_get("version")).transpose()?.unwrap_or(0))
}

impl Store {
    /// Whether the state of some record of a kind quotes a text. It reads them all: for kinds of which there are few.
    #[compiled_once]
    pub async fn is_in_record(&self, noun: &str, text: &str) -> Result<bool, StoreError> {
        let mut sql = Sql::new("SELECT id FROM record WHERE 1 = 1");
        sql.and("noun = ?", noun);
        sql.and_quoting("state", text);
        sql.push(" LIMIT 1");
        Ok(!sql.all(self.pool.reader()).await?.is_empty())
    }

    /// One record, if it exists.
    #[compiled_once]
    pub async fn record(&self, noun: &str, id: &str) -> Result<Option<StoredRecord>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.and("noun = ?", noun);
        sql.and("id = ?", id);
        sql.all(self.pool.reader()).await?.first().map(StoredRecord::from_row).transpose()
    }

    /// Those of these records that exist, in no particular order.
    #[compiled_once]
    pub async fn records(&self, noun: &str, ids: &[String]) -> Result<Vec<StoredRecord>, StoreError> {
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(IDS_AT_ONCE) {
            let mut sql = Sql::new(SELECT);
            sql.and("noun = ?", noun);
            sql.and_in("id", ids);
            for row in sql.all(self.pool.reader()).await? {
                found.push(StoredRecord::from_row(&row)?);
            }
        }
        Ok(found)
    }

    /// Records of a kind in one programme's chain, by id, from the one after `after_id` (`""` to begin): for a replay.
    #[compiled_once]
    pub async fn records_of(&self, programme: &str, noun: &str, after_id: &str, limit: i64) -> Result<Vec<StoredRecord>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.and("programme = ?", programme);
        sql.and("noun = ?", noun);
        sql.and("id > ?", after_id);
        sql.push(" ORDER BY id LIMIT ");
        sql.bind(limit);
        sql.all(self.pool.reader()).await?.iter().map(StoredRecord::from_row).collect()
    }
}
