//! Kept cases: a citizen's self-assessment or award calculation, reopened by its link.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::limits::{self, NAME_MAX_BYTES};
use crate::{Store, StoreError, compiled_once};

/// How long the facts of one kept case may be: far more than any form asks for, far less than what
/// would let a stranger fill the disk with a few requests.
pub const FACTS_MAX_BYTES: usize = 256 * 1024;

/// What a kept case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptKind {
    /// A self-assessment (自评).
    Assessment,
    /// An award calculation (奖补测算).
    Award,
}

impl KeptKind {
    /// The word the database holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assessment => "assessment",
            Self::Award => "award",
        }
    }

    fn from_column(value: String) -> Result<Self, StoreError> {
        match value.as_str() {
            "assessment" => Ok(Self::Assessment),
            "award" => Ok(Self::Award),
            _ => Err(StoreError::Unreadable { column: "kind", value }),
        }
    }
}

/// A case as it was when its link was handed out.
///
/// It keeps the facts and the pack version, not the outcome: the same engine gives the same
/// outcome from them, so nothing derived can disagree with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCase {
    /// Hash of the secret token in the link. Whoever reads the database cannot open the links.
    pub token_hash: String,
    /// What the case is about.
    pub kind: KeptKind,
    /// The programme whose rules were applied.
    pub programme: String,
    /// The version of its policy pack.
    pub pack_version: String,
    /// The case as JSON, at most [`FACTS_MAX_BYTES`].
    pub facts: String,
    /// When it was kept, in Unix seconds.
    pub created_at_unix_s: i64,
}

impl KeptCase {
    fn check(&self) -> Result<(), StoreError> {
        limits::check("token_hash", &self.token_hash, NAME_MAX_BYTES)?;
        limits::check("programme", &self.programme, NAME_MAX_BYTES)?;
        limits::check("pack_version", &self.pack_version, NAME_MAX_BYTES)?;
        limits::check("facts", &self.facts, FACTS_MAX_BYTES)
    }

    fn from_row(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            token_hash: row.try_get("token_hash")?,
            kind: KeptKind::from_column(row.try_get("kind")?)?,
            programme: row.try_get("programme")?,
            pack_version: row.try_get("pack_version")?,
            facts: row.try_get("facts")?,
            created_at_unix_s: row.try_get("created_at")?,
        })
    }
}

impl Store {
    /// Keeps a case under the hash of its token.
    ///
    /// A second case under the same token is [`StoreError::AlreadyKept`] and not an overwrite: a
    /// link that was handed out always shows what it showed first.
    #[compiled_once]
    pub async fn keep(&self, case: &KeptCase) -> Result<(), StoreError> {
        case.check()?;
        sqlx::query(
            "INSERT INTO kept_case
                 (token_hash, kind, programme, pack_version, facts, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&case.token_hash)
        .bind(case.kind.as_str())
        .bind(&case.programme)
        .bind(&case.pack_version)
        .bind(&case.facts)
        .bind(case.created_at_unix_s)
        .execute(self.pool.writer())
        .await
        .map_err(already_kept)?;
        Ok(())
    }

    /// The case kept under the hash of a token, if there is one.
    #[compiled_once]
    pub async fn kept(&self, token_hash: &str) -> Result<Option<KeptCase>, StoreError> {
        // No such text was ever kept, and PostgreSQL would fail on NUL where SQLite finds nothing.
        if limits::check("token_hash", token_hash, NAME_MAX_BYTES).is_err() {
            return Ok(None);
        }
        let row = sqlx::query(
            "SELECT token_hash, kind, programme, pack_version, facts, created_at
             FROM kept_case WHERE token_hash = $1",
        )
        .bind(token_hash)
        .fetch_optional(self.pool.reader())
        .await?;
        row.as_ref().map(KeptCase::from_row).transpose()
    }

    /// Removes every case kept before `unix_s` and says how many there were.
    #[compiled_once]
    pub async fn forget_older_than(&self, unix_s: i64) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM kept_case WHERE created_at < $1").bind(unix_s).execute(self.pool.writer()).await?;
        Ok(done.rows_affected())
    }
}

fn already_kept(error: sqlx::Error) -> StoreError {
    match error.as_database_error() {
        Some(database) if database.is_unique_violation() => StoreError::AlreadyKept,
        _ => StoreError::Engine(error),
    }
}
