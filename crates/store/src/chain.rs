//! Where each programme's chain ends.

use journal::{GENESIS, Head, Verifier};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

/// How many entries are verified at a time.
const VERIFIED_AT_ONCE: i64 = 500;

/// Takes the chain's row until the transaction ends and returns where the chain ends.
///
/// One statement that writes, so that SQLite begins by writing (see `pool`) and PostgreSQL shows
/// what the writer before has left, not what was there when this one began to wait.
pub(crate) async fn lock(connection: &mut AnyConnection, programme: &str) -> Result<Head, StoreError> {
    let row = sqlx::query(
        "INSERT INTO chain (programme, length, head) VALUES ($1, 0, $2)
         ON CONFLICT (programme) DO UPDATE SET length = chain.length
         RETURNING programme, length, head",
    )
    .bind(programme)
    .bind(GENESIS)
    .fetch_one(connection)
    .await?;
    head(&row)
}

pub(crate) async fn save(connection: &mut AnyConnection, head: &Head) -> Result<(), StoreError> {
    sqlx::query("UPDATE chain SET length = $2, head = $3 WHERE programme = $1")
        .bind(&head.programme)
        .bind(head.length)
        .bind(&head.hash)
        .execute(connection)
        .await?;
    Ok(())
}

fn head(row: &AnyRow) -> Result<Head, StoreError> {
    Ok(Head { programme: row.try_get("programme")?, length: row.try_get("length")?, hash: row.try_get("head")? })
}

impl Store {
    /// Where the chain of a programme ends; of one that nothing happened in, at its beginning.
    #[compiled_once]
    pub async fn head(&self, programme: &str) -> Result<Head, StoreError> {
        let mut sql = Sql::new("SELECT programme, length, head FROM chain WHERE 1 = 1");
        sql.and("programme = ?", programme);
        let rows = sql.all(self.pool.reader()).await?;
        rows.first().map_or_else(|| Ok(Head::genesis(programme)), head)
    }

    /// Where every chain ends, by programme.
    #[compiled_once]
    pub async fn chains(&self) -> Result<Vec<Head>, StoreError> {
        let rows = Sql::new("SELECT programme, length, head FROM chain ORDER BY programme").all(self.pool.reader()).await?;
        rows.iter().map(head).collect()
    }

    /// Verifies a programme's chain up to where it ends now.
    ///
    /// # Errors
    /// [`StoreError::Broken`] with the first place where it does not hold.
    #[compiled_once]
    pub async fn verify_chain(&self, programme: &str) -> Result<Head, StoreError> {
        let head = self.head(programme).await?;
        let mut verifier = Verifier::to(head.clone());
        let mut next = 1;
        while next <= head.length {
            let entries = self.entries(programme, next, VERIFIED_AT_ONCE).await?;
            let Some(last) = entries.last() else { break };
            next = last.seq + 1;
            entries.iter().filter(|entry| entry.seq <= head.length).try_for_each(|entry| verifier.push(entry))?;
        }
        Ok(verifier.finish()?)
    }
}
