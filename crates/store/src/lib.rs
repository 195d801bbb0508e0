//! The only crate that knows SQL: kept cases on SQLite or PostgreSQL.
//!
//! Invariant: every statement is one text that both engines run. That leaves `TEXT` and `BIGINT`
//! columns, `$n` parameters, upserts and `RETURNING`; there is no `BOOLEAN`, `UUID`, `TIMESTAMPTZ`
//! or `JSON` here, and no clock or randomness either: both are passed in.

mod error;
mod kept_case;
mod limits;
mod migrations;
mod pool;

pub use error::StoreError;
pub use kept_case::{FACTS_MAX_BYTES, KeptCase, KeptKind};
pub use limits::NAME_MAX_BYTES;

use pool::Pool;

/// The open database. Cloning it is cheap and shares the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: Pool,
}

impl Store {
    /// Opens the database and brings its tables up to date.
    ///
    /// `sqlite:PATH` creates the file and its folders when they are missing; PATH is taken as it
    /// is written, spaces and `?` included. `postgres://…` needs an existing database.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let pool = Pool::open(url).await?;
        migrations::run(pool.writer()).await?;
        Ok(Self { pool })
    }

    /// Waits for what is under way and closes every connection; SQLite then folds its write-ahead
    /// log into the one database file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
