//! Sessions: who is signed in by which cookie.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::limits::{self, NAME_MAX_BYTES};
use crate::{Store, StoreError, compiled_once};

/// A session as it is stored; whether it still counts is for the reader to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Hash of the secret in the cookie.
    pub token_hash: String,
    /// Who signed in.
    pub account: String,
    /// Acted for; `None` until one is chosen.
    pub organisation: Option<String>,
    /// The mandate under which it is acted for.
    pub mandate: Option<String>,
    /// Whether the second factor was shown.
    pub second_factor: bool,
    /// When it began, in Unix milliseconds.
    pub created_at_ms: i64,
    /// When it was last used, in Unix milliseconds; a minute late at most.
    pub seen_at_ms: i64,
}

impl SessionRow {
    fn from_row(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            token_hash: row.try_get("token_hash")?,
            account: row.try_get("account")?,
            organisation: row.try_get("organisation")?,
            mandate: row.try_get("mandate")?,
            second_factor: row.try_get::<i64, _>("second_factor")? != 0,
            created_at_ms: row.try_get("created_at_ms")?,
            seen_at_ms: row.try_get("seen_at_ms")?,
        })
    }
}

impl Store {
    /// Begins a session.
    #[compiled_once]
    pub async fn open_session(&self, session: &SessionRow) -> Result<(), StoreError> {
        limits::check("token_hash", &session.token_hash, NAME_MAX_BYTES)?;
        limits::check("account", &session.account, NAME_MAX_BYTES)?;
        let query = sqlx::query(
            "INSERT INTO session (token_hash, account, organisation, mandate, second_factor, created_at_ms, seen_at_ms)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        );
        let query = query.bind(&session.token_hash).bind(&session.account).bind(&session.organisation).bind(&session.mandate);
        let query = query.bind(i64::from(session.second_factor)).bind(session.created_at_ms).bind(session.seen_at_ms);
        query.execute(self.pool.writer()).await.map_err(StoreError::taken)?;
        Ok(())
    }

    /// The session under the hash of a cookie's secret.
    #[compiled_once]
    pub async fn session(&self, token_hash: &str) -> Result<Option<SessionRow>, StoreError> {
        let query = sqlx::query(
            "SELECT token_hash, account, organisation, mandate, second_factor, created_at_ms, seen_at_ms
             FROM session WHERE token_hash = $1",
        );
        let row = query.bind(token_hash).fetch_optional(self.pool.reader()).await?;
        row.as_ref().map(SessionRow::from_row).transpose()
    }

    /// Remembers that a session was used.
    #[compiled_once]
    pub async fn see_session(&self, token_hash: &str, at_unix_ms: i64) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE session SET seen_at_ms = $2 WHERE token_hash = $1");
        query.bind(token_hash).bind(at_unix_ms).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Sets for whom a session acts, and under which mandate.
    #[compiled_once]
    pub async fn act_for(&self, token_hash: &str, organisation: &str, mandate: Option<&str>) -> Result<(), StoreError> {
        limits::check("organisation", organisation, NAME_MAX_BYTES)?;
        let query = sqlx::query("UPDATE session SET organisation = $2, mandate = $3 WHERE token_hash = $1");
        query.bind(token_hash).bind(organisation).bind(mandate).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Ends a session.
    #[compiled_once]
    pub async fn close_session(&self, token_hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session WHERE token_hash = $1").bind(token_hash).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Ends every session of an account.
    #[compiled_once]
    pub async fn close_sessions_of(&self, account: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session WHERE account = $1").bind(account).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Removes sessions not used since `unix_ms`, and says how many there were.
    #[compiled_once]
    pub async fn forget_sessions_before(&self, unix_ms: i64) -> Result<u64, StoreError> {
        let query = sqlx::query("DELETE FROM session WHERE seen_at_ms < $1").bind(unix_ms);
        Ok(query.execute(self.pool.writer()).await?.rows_affected())
    }
}
