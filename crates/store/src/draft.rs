//! Drafts: work that is saved while somebody types, before it is handed in.

use sqlx::AnyConnection;

use crate::limits::{self, DRAFT_MAX_BYTES};
use crate::row::{self, row};
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

row! {"draft" by "noun, record_id, part",
    /// What was saved of a part of a record last.
    pub struct Draft {
        /// What kind of record it is for.
        pub noun: String,
        /// Which of them.
        pub record_id: String,
        /// Which part of it: a form, a stage.
        pub part: String,
        /// Who saved it.
        pub account: String,
        /// How often it was saved. To save, the version that was edited; 0 for a new one.
        pub version: i64,
        /// What was typed, as JSON.
        pub body: String,
        /// When it was saved, in Unix milliseconds.
        pub at_unix_ms: i64,
    }
}

/// Which drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftKey {
    /// What kind of record they are for.
    pub noun: String,
    /// Which of them.
    pub record_id: String,
    /// Which part of it; `None`: every part.
    pub part: Option<String>,
}

pub(crate) async fn drop_all(connection: &mut AnyConnection, keys: &[DraftKey]) -> Result<(), StoreError> {
    for key in keys {
        let mut sql = Sql::new("DELETE FROM draft WHERE 1 = 1");
        sql.and("noun = ?", &key.noun);
        sql.and("record_id = ?", &key.record_id);
        sql.and_if("part = ?", key.part.as_ref());
        sql.execute(connection).await?;
    }
    Ok(())
}

impl Store {
    /// Saves a draft over the version that was edited, and returns the new version.
    ///
    /// # Errors
    /// [`StoreError::DraftConflict`] if it was saved or dropped elsewhere since.
    #[compiled_once]
    pub async fn put_draft(&self, draft: &Draft) -> Result<i64, StoreError> {
        draft.check()?;
        let mut connection = self.pool.writer().acquire().await?;
        let saved = if draft.version == 0 { draft.insert(&mut connection).await? } else { draft.update(&mut connection).await? };
        drop(connection);
        if saved == 1 {
            return Ok(draft.version + 1);
        }
        let kept = self.draft(&draft.noun, &draft.record_id, &draft.part).await?;
        Err(StoreError::DraftConflict { version: kept.map_or(0, |kept| kept.version) })
    }

    /// Saves drafts as [`Store::put_draft`] does, all of them or none.
    ///
    /// # Errors
    /// [`StoreError::DraftConflict`] if one of them was saved or dropped elsewhere since.
    #[compiled_once]
    pub async fn put_drafts(&self, drafts: &[Draft]) -> Result<(), StoreError> {
        drafts.iter().try_for_each(Draft::check)?;
        let mut transaction = self.pool.writer().begin().await?;
        for draft in drafts {
            let saved = if draft.version == 0 { draft.insert(&mut transaction).await? } else { draft.update(&mut transaction).await? };
            if saved != 1 {
                return Err(StoreError::DraftConflict { version: draft.version });
            }
        }
        Ok(transaction.commit().await?)
    }

    /// The draft of one part of a record.
    #[compiled_once]
    pub async fn draft(&self, noun: &str, record_id: &str, part: &str) -> Result<Option<Draft>, StoreError> {
        let mut sql = row::select::<Draft>();
        sql.and("noun = ?", noun);
        sql.and("record_id = ?", record_id);
        sql.and("part = ?", part);
        Ok(row::all(self.pool.reader(), &sql).await?.pop())
    }

    /// The drafts of all parts of a record, by part.
    #[compiled_once]
    pub async fn drafts(&self, noun: &str, record_id: &str) -> Result<Vec<Draft>, StoreError> {
        let mut sql = row::select::<Draft>();
        sql.and("noun = ?", noun);
        sql.and("record_id = ?", record_id);
        sql.push(" ORDER BY part");
        row::all(self.pool.reader(), &sql).await
    }

    /// Drafts for records of a kind that nobody saved since a moment, in Unix milliseconds; the oldest first, so many at most.
    #[compiled_once]
    pub async fn drafts_before(&self, noun: &str, before_ms: i64, most: i64) -> Result<Vec<Draft>, StoreError> {
        let mut sql = row::select::<Draft>();
        sql.and("noun = ?", noun);
        sql.and("at_unix_ms < ?", before_ms);
        sql.push(" ORDER BY at_unix_ms, record_id, part LIMIT ");
        sql.bind(most);
        row::all(self.pool.reader(), &sql).await
    }

    /// Drafts for records of a kind that quote an id; the last saved first, so many at most.
    #[compiled_once]
    pub async fn drafts_quoting(&self, noun: &str, id: &str, most: i64) -> Result<Vec<Draft>, StoreError> {
        let mut sql = row::select::<Draft>();
        sql.and("noun = ?", noun);
        sql.and_quoting("body", id);
        sql.push(" ORDER BY at_unix_ms DESC, record_id, part LIMIT ");
        sql.bind(most);
        row::all(self.pool.reader(), &sql).await
    }

    /// Drops a draft that nobody saved since a moment; `false` where somebody has, or it is gone.
    #[compiled_once]
    pub async fn drop_draft_before(&self, noun: &str, record_id: &str, part: &str, before_ms: i64) -> Result<bool, StoreError> {
        let mut connection = self.pool.writer().acquire().await?;
        let mut sql = row::delete::<Draft>();
        sql.and("noun = ?", noun);
        sql.and("record_id = ?", record_id);
        sql.and("part = ?", part);
        sql.and("at_unix_ms < ?", before_ms);
        Ok(sql.execute(&mut connection).await? == 1)
    }

    /// Whether some draft quotes an id.
    #[compiled_once]
    pub async fn is_in_draft(&self, id: &str) -> Result<bool, StoreError> {
        let mut sql = Sql::new("SELECT record_id FROM draft WHERE 1 = 1");
        sql.and_quoting("body", id);
        sql.push(" LIMIT 1");
        Ok(!sql.all(self.pool.reader()).await?.is_empty())
    }

    /// Drops drafts whose work was given up.
    #[compiled_once]
    pub async fn drop_draft(&self, key: DraftKey) -> Result<(), StoreError> {
        let mut connection = self.pool.writer().acquire().await?;
        drop_all(&mut connection, &[key]).await
    }
}

impl Draft {
    fn check(&self) -> Result<(), StoreError> {
        limits::check_name("noun", &self.noun)?;
        limits::check_name("record_id", &self.record_id)?;
        limits::check_name("part", &self.part)?;
        limits::check_name("account", &self.account)?;
        limits::check("body", &self.body, DRAFT_MAX_BYTES)
    }

    async fn insert(&self, connection: &mut AnyConnection) -> Result<u64, StoreError> {
        let query = sqlx::query(
            "INSERT INTO draft (noun, record_id, part, account, version, body, at_unix_ms)
             VALUES ($1, $2, $3, $4, 1, $5, $6) ON CONFLICT (noun, record_id, part) DO NOTHING",
        );
        let query = query.bind(&self.noun).bind(&self.record_id).bind(&self.part);
        Ok(query.bind(&self.account).bind(&self.body).bind(self.at_unix_ms).execute(connection).await?.rows_affected())
    }

    async fn update(&self, connection: &mut AnyConnection) -> Result<u64, StoreError> {
        let query = sqlx::query(
            "UPDATE draft SET account = $1, version = version + 1, body = $2, at_unix_ms = $3
             WHERE noun = $4 AND record_id = $5 AND part = $6 AND version = $7",
        );
        let query = query.bind(&self.account).bind(&self.body).bind(self.at_unix_ms);
        let query = query.bind(&self.noun).bind(&self.record_id).bind(&self.part).bind(self.version);
        Ok(query.execute(connection).await?.rows_affected())
    }
}
