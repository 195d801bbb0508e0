//! One-time codes: the secrets in letters, each good once and for a while.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::limits::{self, NAME_MAX_BYTES};
use crate::{Store, StoreError, compiled_once};

/// How long the payload of a code may be: a registration form is about a kilobyte.
pub const CODE_PAYLOAD_MAX_BYTES: usize = 16 * 1024;

/// What a code is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePurpose {
    /// Shows that an address is the registrant's, and carries the registration.
    VerifyEmail,
    /// Lets a forgotten password be set again.
    ResetPassword,
    /// Lets an invited person join an organisation.
    Invite,
    /// Lets the first administrator be made.
    Setup,
}

impl CodePurpose {
    /// The word the database holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify-email",
            Self::ResetPassword => "reset-password",
            Self::Invite => "invite",
            Self::Setup => "setup",
        }
    }
}

/// A code as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Hash of the secret.
    pub hash: String,
    /// What it is good for.
    pub purpose: CodePurpose,
    /// What it belongs to: an address, an account, the organisation invited to. There may be several for one.
    pub subject: String,
    /// What it lets happen, as JSON.
    pub payload: String,
    /// Until when, in Unix milliseconds.
    pub expires_at_ms: i64,
}

impl Code {
    fn from_row(purpose: CodePurpose, row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.try_get("hash")?,
            purpose,
            subject: row.try_get("subject")?,
            payload: row.try_get("payload")?,
            expires_at_ms: row.try_get("expires_at_ms")?,
        })
    }
}

impl Store {
    /// Keeps a code.
    #[compiled_once]
    pub async fn keep_code(&self, code: &Code) -> Result<(), StoreError> {
        limits::check("hash", &code.hash, NAME_MAX_BYTES)?;
        limits::check("subject", &code.subject, NAME_MAX_BYTES)?;
        limits::check("payload", &code.payload, CODE_PAYLOAD_MAX_BYTES)?;
        let query = sqlx::query("INSERT INTO code (hash, purpose, subject, payload, expires_at_ms) VALUES ($1, $2, $3, $4, $5)");
        let query = query.bind(&code.hash).bind(code.purpose.as_str()).bind(&code.subject);
        let query = query.bind(&code.payload).bind(code.expires_at_ms);
        query.execute(self.pool.writer()).await.map_err(StoreError::taken)?;
        Ok(())
    }

    /// The code under a hash, while it is good; it stays good.
    #[compiled_once]
    pub async fn code(&self, purpose: CodePurpose, hash: &str, now_ms: i64) -> Result<Option<Code>, StoreError> {
        let query =
            sqlx::query("SELECT hash, subject, payload, expires_at_ms FROM code WHERE hash = $1 AND purpose = $2 AND expires_at_ms > $3");
        let query = query.bind(hash).bind(purpose.as_str()).bind(now_ms);
        let row = query.fetch_optional(self.pool.reader()).await?;
        row.map(|row| Code::from_row(purpose, &row)).transpose()
    }

    /// Uses a code up; of several that try at once, one gets it.
    #[compiled_once]
    pub async fn take_code(&self, purpose: CodePurpose, hash: &str, now_ms: i64) -> Result<Option<Code>, StoreError> {
        let query = sqlx::query(
            "DELETE FROM code WHERE hash = $1 AND purpose = $2 AND expires_at_ms > $3
             RETURNING hash, subject, payload, expires_at_ms",
        );
        let query = query.bind(hash).bind(purpose.as_str()).bind(now_ms);
        let row = query.fetch_optional(self.pool.writer()).await?;
        row.map(|row| Code::from_row(purpose, &row)).transpose()
    }

    /// The codes of a purpose for a subject that are good now, those that end last first.
    #[compiled_once]
    pub async fn codes_of(&self, purpose: CodePurpose, subject: &str, now_ms: i64) -> Result<Vec<Code>, StoreError> {
        let query = sqlx::query(
            "SELECT hash, subject, payload, expires_at_ms FROM code WHERE purpose = $1 AND subject = $2 AND expires_at_ms > $3
             ORDER BY expires_at_ms DESC, hash",
        );
        let query = query.bind(purpose.as_str()).bind(subject).bind(now_ms);
        let rows = query.fetch_all(self.pool.reader()).await?;
        rows.iter().map(|row| Code::from_row(purpose, row)).collect()
    }

    /// Makes every code of a purpose for a subject useless.
    #[compiled_once]
    pub async fn drop_codes(&self, purpose: CodePurpose, subject: &str) -> Result<(), StoreError> {
        let query = sqlx::query("DELETE FROM code WHERE purpose = $1 AND subject = $2");
        query.bind(purpose.as_str()).bind(subject).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Removes codes that ended before `unix_ms`, and says how many there were.
    #[compiled_once]
    pub async fn forget_codes_before(&self, unix_ms: i64) -> Result<u64, StoreError> {
        let query = sqlx::query("DELETE FROM code WHERE expires_at_ms < $1").bind(unix_ms);
        Ok(query.execute(self.pool.writer()).await?.rows_affected())
    }
}
