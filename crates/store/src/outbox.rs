//! The outbox: what is told to the outside, once the commit that says so is done and until it worked.

use sqlx::AnyConnection;

use crate::notice;
use crate::row::{self, row};
use crate::sql::Sql;
use crate::{NewNotice, Store, StoreError, compiled_once};

/// How a message leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutboxKind {
    /// A letter by mail.
    Mail,
    /// A call to another system.
    Webhook,
}

impl OutboxKind {
    /// The word the database holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Webhook => "webhook",
        }
    }
}

/// A message that is about to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOutbox {
    /// How it leaves.
    pub kind: OutboxKind,
    /// Where to.
    pub target: String,
    /// What it says; how it is written is between who writes it and who sends it.
    pub body: String,
}

row! {"outbox" by "id",
    /// A message and how far it got.
    pub struct OutboxRow {
        /// Its id.
        pub id: String,
        /// `mail` or `webhook`.
        pub kind: String,
        /// Where to.
        pub target: String,
        /// What it says.
        pub body: String,
        /// How often it was tried.
        pub attempts: i64,
        /// When it was written, in Unix milliseconds.
        pub at_unix_ms: i64,
        /// When to try next; once sent or given up, when that was.
        pub next_at_ms: i64,
        /// `waiting`, `sent` or `failed`.
        pub state: String,
        /// Why the last try failed, `""` if none did.
        pub last_error: String,
    }
}

/// How a try went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It arrived.
    Sent,
    /// It did not, and is tried again.
    Retry {
        /// When, in Unix milliseconds.
        next_at_ms: i64,
        /// Why it did not.
        error: String,
    },
    /// It did not, and is not tried again.
    GaveUp {
        /// Why it did not.
        error: String,
    },
}

/// Ids follow from the key, so that what was written once is never sent again.
pub(crate) async fn insert(connection: &mut AnyConnection, key: &str, at_unix_ms: i64, messages: &[NewOutbox]) -> Result<(), StoreError> {
    for (place, new) in messages.iter().enumerate() {
        let row = OutboxRow {
            id: format!("{key}/{place}"),
            kind: new.kind.as_str().to_owned(),
            target: new.target.clone(),
            body: new.body.clone(),
            attempts: 0,
            at_unix_ms,
            next_at_ms: at_unix_ms,
            state: "waiting".to_owned(),
            last_error: String::new(),
        };
        let mut sql = row::insert(&row)?;
        sql.push(" ON CONFLICT (id) DO NOTHING");
        sql.execute(connection).await?;
    }
    Ok(())
}

impl Store {
    /// Tells people something that is no change of a record: a reminder. `key` names the occasion; what was told for it
    /// before is not told again.
    #[compiled_once]
    pub async fn tell(&self, key: &str, at_unix_ms: i64, notices: &[NewNotice], messages: &[NewOutbox]) -> Result<(), StoreError> {
        let mut transaction = self.pool.writer().begin().await?;
        notice::insert(&mut transaction, key, at_unix_ms, notices).await?;
        insert(&mut transaction, key, at_unix_ms, messages).await?;
        Ok(transaction.commit().await?)
    }

    /// Takes messages of a kind that are due, the longest due first, and puts their next try off until `again_at_ms`: two senders
    /// never take the same message, and one that a crash left unsent comes again.
    #[compiled_once]
    pub async fn take_outbox(
        &self,
        kind: OutboxKind,
        now_unix_ms: i64,
        again_at_ms: i64,
        limit: i64,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let mut sql = Sql::new("UPDATE outbox SET attempts = attempts + 1, next_at_ms = ");
        sql.bind(again_at_ms);
        // The inner condition chooses; the outer one is asked again when PostgreSQL had to wait for another sender's rows.
        sql.push(" WHERE state = 'waiting'");
        sql.and("next_at_ms <= ?", now_unix_ms);
        sql.push(" AND id IN (SELECT id FROM outbox WHERE state = 'waiting'");
        sql.and("kind = ?", kind.as_str());
        sql.and("next_at_ms <= ?", now_unix_ms);
        sql.push(" ORDER BY next_at_ms, id LIMIT ");
        sql.bind(limit);
        sql.push(&format!(") RETURNING {}", <OutboxRow as row::Row>::COLUMNS.join(", ")));
        row::all(self.pool.writer(), &sql).await
    }

    /// Remembers how a try went. A letter that was sent is no longer kept: letters carry links that let somebody in.
    #[compiled_once]
    pub async fn outbox_tried(&self, id: &str, at_unix_ms: i64, delivery: &Delivery) -> Result<(), StoreError> {
        let (state, next_at_ms, error) = match delivery {
            Delivery::Sent => ("sent", at_unix_ms, ""),
            Delivery::Retry { next_at_ms, error } => ("waiting", *next_at_ms, error.as_str()),
            Delivery::GaveUp { error } => ("failed", at_unix_ms, error.as_str()),
        };
        crate::limits::check_column("last_error", error)?;
        let query = sqlx::query(
            "UPDATE outbox SET state = $1, next_at_ms = $2, last_error = $3, body = CASE WHEN $5 = 1 AND kind = 'mail' THEN '' ELSE body END WHERE id = $4",
        );
        let sent = i64::from(*delivery == Delivery::Sent);
        query.bind(state).bind(next_at_ms).bind(error).bind(id).bind(sent).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Messages in a state, the latest first: for the administrator.
    #[compiled_once]
    pub async fn outbox(&self, state: &str, limit: i64) -> Result<Vec<OutboxRow>, StoreError> {
        let mut sql = row::select::<OutboxRow>();
        sql.and("state = ?", state);
        sql.push(" ORDER BY next_at_ms DESC, id LIMIT ");
        sql.bind(limit);
        row::all(self.pool.reader(), &sql).await
    }

    /// Removes messages that were sent before a moment, and says how many there were.
    #[compiled_once]
    pub async fn forget_sent_before(&self, unix_ms: i64) -> Result<u64, StoreError> {
        let query = sqlx::query("DELETE FROM outbox WHERE state = 'sent' AND next_at_ms < $1");
        Ok(query.bind(unix_ms).execute(self.pool.writer()).await?.rows_affected())
    }
}
