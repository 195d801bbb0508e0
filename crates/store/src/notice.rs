//! Notices: what people are told inside the platform.

use sqlx::AnyConnection;

use crate::page::{Listed, Page};
use crate::row::{self, Conditions, row};
use crate::sql::Sql;
use crate::{Store, StoreError};

/// A notice that is about to be given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewNotice {
    /// The organisation that is told.
    pub organisation: String,
    /// The account that is told; `None`: everybody of the organisation.
    pub account: Option<String>,
    /// In a line.
    pub subject: String,
    /// In full.
    pub body: String,
    /// The page where it goes on, `""` if none.
    pub link: String,
}

row! {"notice" by "id",
    /// A notice that was given.
    pub struct Notice {
        /// Its id.
        pub id: String,
        /// The organisation that is told.
        pub organisation: String,
        /// The account that is told; `None`: everybody of the organisation.
        pub account: Option<String>,
        /// In a line.
        pub subject: String,
        /// In full.
        pub body: String,
        /// The page where it goes on, `""` if none.
        pub link: String,
        /// When it was given, in Unix milliseconds.
        pub at_unix_ms: i64,
        /// When somebody first read it.
        pub read_at_ms: Option<i64>,
    }
}

/// Whose notices: those to the account, and those to everybody of the organisation it acts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The organisation.
    pub organisation: String,
    /// The account.
    pub account: String,
}

impl Conditions for Reader {
    fn add_to<'a>(&'a self, sql: &mut Sql<'a>) {
        sql.and("organisation = ?", &self.organisation);
        sql.and("(account IS NULL OR account = ?)", &self.account);
    }
}

/// Ids follow from the key, so that what was given once is never given again.
pub(crate) async fn insert(connection: &mut AnyConnection, key: &str, at_unix_ms: i64, notices: &[NewNotice]) -> Result<(), StoreError> {
    for (place, new) in notices.iter().enumerate() {
        let NewNotice { organisation, account, subject, body, link } = new.clone();
        let id = format!("{key}/{place}");
        let notice = Notice { id, organisation, account, subject, body, link, at_unix_ms, read_at_ms: None };
        let mut sql = row::insert(&notice)?;
        sql.push(" ON CONFLICT (id) DO NOTHING");
        sql.execute(connection).await?;
    }
    Ok(())
}

impl Store {
    /// One page of somebody's notices, the last first.
    pub async fn notices(&self, reader: &Reader, page: Page) -> Result<Listed<Notice>, StoreError> {
        row::listed(self.pool.reader(), reader, "at_unix_ms DESC, id DESC", page).await
    }

    /// How many of somebody's notices nobody has read.
    pub async fn unread_notices(&self, reader: &Reader) -> Result<i64, StoreError> {
        let mut sql = Sql::new("SELECT COUNT(*) AS unread FROM notice WHERE read_at_ms IS NULL");
        reader.add_to(&mut sql);
        sql.number(self.pool.reader(), "unread").await
    }

    /// Marks one of somebody's notices as read.
    pub async fn read_notice(&self, reader: &Reader, id: &str, at_unix_ms: i64) -> Result<(), StoreError> {
        self.mark_read(reader, Some(id), at_unix_ms).await
    }

    /// Marks all of somebody's notices as read.
    pub async fn read_all_notices(&self, reader: &Reader, at_unix_ms: i64) -> Result<(), StoreError> {
        self.mark_read(reader, None, at_unix_ms).await
    }

    async fn mark_read(&self, reader: &Reader, id: Option<&str>, at_unix_ms: i64) -> Result<(), StoreError> {
        let mut sql = Sql::new("UPDATE notice SET read_at_ms = ");
        sql.bind(at_unix_ms);
        sql.push(" WHERE read_at_ms IS NULL");
        reader.add_to(&mut sql);
        sql.and_if("id = ?", id);
        let mut connection = self.pool.writer().acquire().await?;
        sql.execute(&mut connection).await?;
        Ok(())
    }
}
