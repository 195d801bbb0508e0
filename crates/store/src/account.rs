//! How an account signs in, how often that was tried, and to which organisations it belongs.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::limits::{self, NAME_MAX_BYTES};
use crate::row::{self, row};
use crate::{Store, StoreError, compiled_once};

/// How an account proves who is signing in.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// The account.
    pub account: String,
    /// The address it signs in with, in small letters; no two accounts share one.
    pub email: String,
    /// argon2id in PHC form.
    pub password_hash: String,
    /// Secret of the second factor in base32, once it is set up.
    pub totp_secret: Option<String>,
}

/// Never the secrets: debug output ends up in logs.
impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential").field("account", &self.account).finish_non_exhaustive()
    }
}

impl Credential {
    fn check(&self) -> Result<(), StoreError> {
        limits::check("account", &self.account, NAME_MAX_BYTES)?;
        limits::check("email", &self.email, NAME_MAX_BYTES)?;
        limits::check("password_hash", &self.password_hash, NAME_MAX_BYTES)?;
        limits::check("totp_secret", self.totp_secret.as_deref().unwrap_or_default(), NAME_MAX_BYTES)
    }

    fn from_row(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            account: row.try_get("account")?,
            email: row.try_get("email")?,
            password_hash: row.try_get("password_hash")?,
            totp_secret: row.try_get("totp_secret")?,
        })
    }
}

/// The organisations an account belongs to, as lists ask for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The account.
    pub id: String,
    /// The organisations.
    pub organisations: Vec<String>,
}

row! {"membership" by "account, organisation",
    /// That an account belongs to an organisation.
    pub struct MembershipRow {
        /// The account.
        pub account: String,
        /// The organisation.
        pub organisation: String,
    }
}

impl AccountRow {
    /// A row for each organisation.
    pub(crate) fn memberships(&self) -> impl Iterator<Item = MembershipRow> {
        self.organisations.iter().map(|one| MembershipRow { account: self.id.clone(), organisation: one.clone() })
    }
}

/// Replaces the memberships of an account, with the commit that changed it.
pub(crate) async fn write_memberships(connection: &mut AnyConnection, row: &AccountRow) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM membership WHERE account = $1").bind(&row.id).execute(&mut *connection).await?;
    for membership in row.memberships() {
        row::insert(&membership)?.execute(connection).await?;
    }
    Ok(())
}

/// How often something may be tried before it is locked, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct TryLimit {
    /// Tries without success that lock it.
    pub tries_max: i64,
    /// How long it is locked then, in milliseconds.
    pub lock_ms: i64,
}

impl Store {
    /// Adds a credential; a second one of the same account or address is [`StoreError::Taken`].
    #[compiled_once]
    pub async fn add_credential(&self, credential: &Credential) -> Result<(), StoreError> {
        credential.check()?;
        let sql = "INSERT INTO credential (account, email, password_hash, totp_secret, totp_last_step) VALUES ($1, $2, $3, $4, 0)";
        let query = sqlx::query(sql).bind(&credential.account).bind(&credential.email);
        let query = query.bind(&credential.password_hash).bind(&credential.totp_secret);
        query.execute(self.pool.writer()).await.map_err(StoreError::taken)?;
        Ok(())
    }

    /// The credential of an account.
    #[compiled_once]
    pub async fn credential_of(&self, account: &str) -> Result<Option<Credential>, StoreError> {
        self.credential("SELECT account, email, password_hash, totp_secret FROM credential WHERE account = $1", account).await
    }

    /// The credential that signs in with an address.
    #[compiled_once]
    pub async fn credential_by_email(&self, email: &str) -> Result<Option<Credential>, StoreError> {
        self.credential("SELECT account, email, password_hash, totp_secret FROM credential WHERE email = $1", email).await
    }

    async fn credential(&self, sql: &'static str, key: &str) -> Result<Option<Credential>, StoreError> {
        // No such text was ever written, and PostgreSQL would fail on NUL where SQLite finds nothing.
        if limits::check("credential", key, NAME_MAX_BYTES).is_err() {
            return Ok(None);
        }
        let row = sqlx::query(sql).bind(key).fetch_optional(self.pool.reader()).await?;
        row.as_ref().map(Credential::from_row).transpose()
    }

    /// Whether anybody can sign in at all.
    #[compiled_once]
    pub async fn has_credentials(&self) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT account FROM credential LIMIT 1").fetch_optional(self.pool.reader()).await?;
        Ok(row.is_some())
    }

    /// Sets another password.
    #[compiled_once]
    pub async fn set_password(&self, account: &str, password_hash: &str) -> Result<(), StoreError> {
        limits::check("password_hash", password_hash, NAME_MAX_BYTES)?;
        let query = sqlx::query("UPDATE credential SET password_hash = $2 WHERE account = $1");
        query.bind(account).bind(password_hash).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Sets the secret of the second factor, or takes it away; the codes of the new one start afresh.
    #[compiled_once]
    pub async fn set_totp(&self, account: &str, secret: Option<&str>) -> Result<(), StoreError> {
        limits::check("totp_secret", secret.unwrap_or_default(), NAME_MAX_BYTES)?;
        let query = sqlx::query("UPDATE credential SET totp_secret = $2, totp_last_step = 0 WHERE account = $1");
        query.bind(account).bind(secret).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Uses up a step of the second factor; `false` when it or a later one was used already.
    #[compiled_once]
    pub async fn use_totp_step(&self, account: &str, step: i64) -> Result<bool, StoreError> {
        let query = sqlx::query("UPDATE credential SET totp_last_step = $2 WHERE account = $1 AND totp_last_step < $2");
        let done = query.bind(account).bind(step).execute(self.pool.writer()).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Counts one try; `false` when the subject is locked.
    ///
    /// It counts before the try is judged, in one statement: a hundred guesses at once are a hundred tries. The last try
    /// before the lock is still judged, and [`Store::clear_tries`] undoes the lock when it was right.
    #[compiled_once]
    pub async fn count_try(&self, subject: &str, limit: TryLimit, now_ms: i64) -> Result<bool, StoreError> {
        limits::check("subject", subject, NAME_MAX_BYTES)?;
        let query = sqlx::query(
            "INSERT INTO attempt (subject, tries, locked_until_ms, tried_at_ms) VALUES ($1, 1, 0, $2)
             ON CONFLICT (subject) DO UPDATE SET
                 tries = CASE WHEN attempt.tries + 1 >= $3 THEN 0 ELSE attempt.tries + 1 END,
                 locked_until_ms = CASE WHEN attempt.tries + 1 >= $3 THEN $4 ELSE attempt.locked_until_ms END,
                 tried_at_ms = $2
             WHERE attempt.locked_until_ms <= $2",
        );
        let query = query.bind(subject).bind(now_ms).bind(limit.tries_max).bind(now_ms + limit.lock_ms);
        Ok(query.execute(self.pool.writer()).await?.rows_affected() > 0)
    }

    /// Forgets the tries of a subject.
    #[compiled_once]
    pub async fn clear_tries(&self, subject: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM attempt WHERE subject = $1").bind(subject).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Forgets tries last made before `unix_ms`, and says of how many subjects.
    #[compiled_once]
    pub async fn forget_tries_before(&self, unix_ms: i64) -> Result<u64, StoreError> {
        let query = sqlx::query("DELETE FROM attempt WHERE tried_at_ms < $1").bind(unix_ms);
        Ok(query.execute(self.pool.writer()).await?.rows_affected())
    }

    /// The accounts that belong to an organisation, in the order of their ids.
    #[compiled_once]
    pub async fn members_of(&self, organisation: &str) -> Result<Vec<String>, StoreError> {
        let query = sqlx::query("SELECT account FROM membership WHERE organisation = $1 ORDER BY account");
        let rows = query.bind(organisation).fetch_all(self.pool.reader()).await?;
        rows.iter().map(|row| Ok(row.try_get("account")?)).collect()
    }
}
