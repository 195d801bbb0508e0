//! The only crate that knows SQL and the disk: records on SQLite or PostgreSQL, files in a folder.
//!
//! Invariant: every statement is one text that both engines run. That leaves `TEXT` and `BIGINT`
//! columns, `$n` parameters, upserts and `RETURNING`; there is no `BOOLEAN`, `UUID`, `TIMESTAMPTZ`
//! or `JSON` here, and no clock or randomness either: both are passed in.

mod account;
mod api_token;
mod application;
mod bulk;
mod chain;
mod code;
mod commit;
mod draft;
mod entry;
mod error;
mod expected;
pub mod files;
mod index;
mod kept_case;
mod limits;
mod migrations;
mod neighbours;
mod notice;
mod outbox;
mod page;
mod paper;
mod pool;
mod record;
mod row;
mod search;
mod session;
mod sql;
mod task;
mod webhook;

pub use account::{AccountRow, Credential, TryLimit};
pub use api_token::ApiTokenRow;
pub use application::{ApplicationCount, ApplicationFilter, ApplicationRow, ApplicationSort, CountBy, Seen};
pub use bulk::Bulk;
pub use code::{CODE_PAYLOAD_MAX_BYTES, Code, CodePurpose};
pub use commit::{Beside, Change, Commit, Who};
pub use draft::{Draft, DraftKey};
pub use error::StoreError;
pub use expected::Expected;
pub use index::{
    ApplicationIndex, BatchFilter, BatchRow, CLAIMS_ASKED_MAX, DOCUMENT_MAX_BYTES, Difference, DocumentContent, DocumentIndex, DocumentRow,
    Grade, Index, InvoiceClaim, InvoiceReading, InvoiceUse, MandateFilter, MandateRow, OrganisationFilter, OrganisationRow, Ownerless,
    PaymentListRow, ProductFilter, ProductRow, PublicityRow, RowFault, StandingKey, StandingRow,
};
pub use journal::{Entry, Head};
pub use kept_case::{FACTS_MAX_BYTES, KeptCase, KeptKind};
pub use limits::{
    BODY_MAX_BYTES, DRAFT_MAX_BYTES, EVENT_MAX_BYTES, LINE_MAX_BYTES, NAME_MAX_BYTES, ORGANISATION_NAME_MAX_BYTES, SEARCH_MAX_BYTES,
    STATE_MAX_BYTES,
};
pub use neighbours::Neighbours;
pub use notice::{NewNotice, Notice, Reader, Told};
pub use outbox::{Delivery, NewOutbox, OutboxKind, OutboxRow};
pub use page::{Listed, Page, TOTAL_MAX};
pub use paper::{PAPER_NAME_MAX_BYTES, Paper, PaperState, Weight};
pub use record::StoredRecord;
pub use search::search_text;
pub use session::SessionRow;
pub use task::{Assignee, DueDay, InboxFilter, InboxItem, TaskRow};
pub use webhook::WebhookRow;

/// A statement is compiled here, once, and not again in every crate that awaits it (`docs/decisions/0012`).
use async_recursion::async_recursion as compiled_once;

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
    #[compiled_once]
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let pool = Pool::open(url).await?;
        migrations::run(pool.writer()).await?;
        Ok(Self { pool })
    }

    /// Waits for what is under way and closes every connection; SQLite then folds its write-ahead
    /// log into the one database file.
    #[compiled_once]
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
