//! Papers: the files of an organisation, each with what is known of it.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::limits::{self, NAME_MAX_BYTES};
use crate::{Store, StoreError, compiled_once};

/// How long the name of a file may be: 200 characters of four bytes.
pub const PAPER_NAME_MAX_BYTES: usize = 800;

/// Where a paper stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperState {
    /// Its type is right; the scanner has not answered yet.
    Pending,
    /// It can be used.
    Checked,
    /// An application that was submitted quotes it: it is never removed.
    Attached,
    /// It cannot be used, for this reason.
    Refused(String),
}

impl PaperState {
    fn columns(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Pending => ("pending", None),
            Self::Checked => ("checked", None),
            Self::Attached => ("attached", None),
            Self::Refused(reason) => ("refused", Some(reason)),
        }
    }

    fn from_columns(state: String, reason: Option<String>) -> Result<Self, StoreError> {
        match state.as_str() {
            "pending" => Ok(Self::Pending),
            "checked" => Ok(Self::Checked),
            "attached" => Ok(Self::Attached),
            "refused" => Ok(Self::Refused(reason.unwrap_or_default())),
            _ => Err(StoreError::Unreadable { column: "state", value: state }),
        }
    }
}

/// A file that an organisation uploaded once, to be used wherever it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is quoted by.
    pub id: String,
    /// SM3 of its content.
    pub digest: String,
    /// Its name, made harmless.
    pub name: String,
    /// Its type, by its content.
    pub media_type: String,
    /// How large it is.
    pub bytes: i64,
    /// How many pages it has, where that was counted.
    pub pages: Option<i64>,
    /// Whose it is.
    pub organisation: String,
    /// The account that uploaded it.
    pub uploaded_by: String,
    /// When that was.
    pub at_unix_ms: i64,
    /// Where it stands.
    pub state: PaperState,
}

impl Paper {
    fn check(&self) -> Result<(), StoreError> {
        for (column, text) in [
            ("id", &self.id),
            ("digest", &self.digest),
            ("media_type", &self.media_type),
            ("organisation", &self.organisation),
            ("uploaded_by", &self.uploaded_by),
        ] {
            limits::check(column, text, NAME_MAX_BYTES)?;
        }
        limits::check("name", &self.name, PAPER_NAME_MAX_BYTES)
    }

    fn from_row(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.try_get("id")?,
            digest: row.try_get("digest")?,
            name: row.try_get("name")?,
            media_type: row.try_get("media_type")?,
            bytes: row.try_get("bytes")?,
            pages: row.try_get("pages")?,
            organisation: row.try_get("organisation")?,
            uploaded_by: row.try_get("uploaded_by")?,
            at_unix_ms: row.try_get("at_unix_ms")?,
            state: PaperState::from_columns(row.try_get("state")?, row.try_get("reason")?)?,
        })
    }
}

/// How much an organisation has on file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// Papers.
    pub papers: i64,
    /// Bytes of all of them.
    pub bytes: i64,
}

impl Store {
    /// Puts a paper on file and gives back what is on file then: where the organisation has the same content already, that
    /// paper as it was.
    #[compiled_once]
    pub async fn add_paper(&self, paper: &Paper) -> Result<Paper, StoreError> {
        paper.check()?;
        let (state, reason) = paper.state.columns();
        // The update changes nothing: it is there so that the row comes back in either case.
        let row = sqlx::query(
            "INSERT INTO paper
                 (id, digest, name, media_type, bytes, pages, organisation, uploaded_by, at_unix_ms, state, reason)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (organisation, digest) DO UPDATE SET digest = excluded.digest
             RETURNING *",
        )
        .bind(&paper.id)
        .bind(&paper.digest)
        .bind(&paper.name)
        .bind(&paper.media_type)
        .bind(paper.bytes)
        .bind(paper.pages)
        .bind(&paper.organisation)
        .bind(&paper.uploaded_by)
        .bind(paper.at_unix_ms)
        .bind(state)
        .bind(reason)
        .fetch_one(self.pool.writer())
        .await?;
        Paper::from_row(&row)
    }

    /// The paper of this id.
    #[compiled_once]
    pub async fn paper(&self, id: &str) -> Result<Option<Paper>, StoreError> {
        if limits::check("id", id, NAME_MAX_BYTES).is_err() {
            return Ok(None);
        }
        let row = sqlx::query("SELECT * FROM paper WHERE id = $1").bind(id).fetch_optional(self.pool.reader()).await?;
        row.as_ref().map(Paper::from_row).transpose()
    }

    /// Some papers of an organisation, newest first; of one account alone, where one is named.
    #[compiled_once]
    pub async fn papers_of(&self, organisation: &str, account: Option<&str>, skip: i64, most: i64) -> Result<Vec<Paper>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM paper WHERE organisation = $1 AND ($2 = '' OR uploaded_by = $2)
             ORDER BY at_unix_ms DESC, id LIMIT $3 OFFSET $4",
        )
        .bind(organisation)
        .bind(account.unwrap_or_default())
        .bind(most)
        .bind(skip)
        .fetch_all(self.pool.reader())
        .await?;
        rows.iter().map(Paper::from_row).collect()
    }

    /// How much an organisation has on file; of one account alone, where one is named.
    #[compiled_once]
    pub async fn paper_weight(&self, organisation: &str, account: Option<&str>) -> Result<Weight, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS papers, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes
             FROM paper WHERE organisation = $1 AND ($2 = '' OR uploaded_by = $2)",
        )
        .bind(organisation)
        .bind(account.unwrap_or_default())
        .fetch_one(self.pool.reader())
        .await?;
        Ok(Weight { papers: row.try_get("papers")?, bytes: row.try_get("bytes")? })
    }

    /// Some papers that wait for the scanner, oldest first.
    #[compiled_once]
    pub async fn pending_papers(&self, most: i64) -> Result<Vec<Paper>, StoreError> {
        let rows = sqlx::query("SELECT * FROM paper WHERE state = 'pending' ORDER BY at_unix_ms, id LIMIT $1")
            .bind(most)
            .fetch_all(self.pool.reader())
            .await?;
        rows.iter().map(Paper::from_row).collect()
    }

    /// Writes what the scanner said of a paper that waits for it; `false` when it does not wait.
    #[compiled_once]
    pub async fn settle_paper(&self, id: &str, state: &PaperState) -> Result<bool, StoreError> {
        let (state, reason) = state.columns();
        let done = sqlx::query("UPDATE paper SET state = $2, reason = $3 WHERE id = $1 AND state = 'pending'")
            .bind(id)
            .bind(state)
            .bind(reason)
            .execute(self.pool.writer())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Attaches papers of an organisation, all of them or, when one cannot be, none: `false`.
    #[compiled_once]
    pub async fn attach_papers(&self, organisation: &str, ids: &[String]) -> Result<bool, StoreError> {
        let mut transaction = self.pool.writer().begin().await?;
        for id in ids {
            let done =
                sqlx::query("UPDATE paper SET state = 'attached' WHERE id = $1 AND organisation = $2 AND state IN ('checked', 'attached')")
                    .bind(id)
                    .bind(organisation)
                    .execute(&mut *transaction)
                    .await?;
            if done.rows_affected() != 1 {
                return Ok(false);
            }
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Removes a paper of an organisation from the file, unless it is attached; `false` when nothing was removed.
    #[compiled_once]
    pub async fn remove_paper(&self, organisation: &str, id: &str) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM paper WHERE id = $1 AND organisation = $2 AND state <> 'attached'")
            .bind(id)
            .bind(organisation)
            .execute(self.pool.writer())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Whether a content is needed by some paper.
    #[compiled_once]
    pub async fn has_paper_of(&self, digest: &str) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT id FROM paper WHERE digest = $1 AND state <> 'refused' LIMIT 1")
            .bind(digest)
            .fetch_optional(self.pool.reader())
            .await?;
        Ok(row.is_some())
    }
}
