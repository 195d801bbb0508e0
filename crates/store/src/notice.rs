//! Notices: what people are told inside the platform.

use sqlx::AnyConnection;

use crate::page::{Listed, Page};
use crate::row::{self, Conditions, row};
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

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
    }
}

row! {"notice_read" by "account, notice",
    /// That somebody read a notice.
    pub struct NoticeRead {
        /// Who.
        pub account: String,
        /// Which.
        pub notice: String,
        /// When first, in Unix milliseconds.
        pub at_unix_ms: i64,
    }
}

/// A notice as one of its readers finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The notice.
    pub notice: Notice,
    /// When it was first read, in Unix milliseconds.
    pub read_at_ms: Option<i64>,
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
        let notice = Notice { id, organisation, account, subject, body, link, at_unix_ms };
        let mut sql = row::insert(&notice)?;
        sql.push(" ON CONFLICT (id) DO NOTHING");
        sql.execute(connection).await?;
    }
    Ok(())
}

impl Store {
    /// One page of somebody's notices, the last first, with when this person read each.
    #[compiled_once]
    pub async fn notices(&self, reader: &Reader, page: Page) -> Result<Listed<Told>, StoreError> {
        self.told(reader, page, Some(&reader.account)).await
    }

    /// The same, with when anybody first read each.
    #[compiled_once]
    pub async fn notices_read_by_anybody(&self, reader: &Reader, page: Page) -> Result<Listed<Told>, StoreError> {
        self.told(reader, page, None).await
    }

    async fn told(&self, reader: &Reader, page: Page, by: Option<&str>) -> Result<Listed<Told>, StoreError> {
        let Listed { rows, total } = row::listed::<Notice>(self.pool.reader(), reader, "at_unix_ms DESC, id DESC", page).await?;
        let ids: Vec<String> = rows.iter().map(|notice| notice.id.clone()).collect();
        let read = self.read_of(by, &ids).await?;
        let at = |id: &str| read.iter().filter(|one| one.notice == id).map(|one| one.at_unix_ms).min();
        let rows = rows.into_iter().map(|notice| Told { read_at_ms: at(&notice.id), notice }).collect();
        Ok(Listed { rows, total })
    }

    async fn read_of(&self, account: Option<&str>, ids: &[String]) -> Result<Vec<NoticeRead>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = row::select::<NoticeRead>();
        sql.and_if("account = ?", account);
        sql.and_in("notice", ids);
        row::all(self.pool.reader(), &sql).await
    }

    /// One of somebody's notices; none where it is not told to this reader.
    #[compiled_once]
    pub async fn notice(&self, reader: &Reader, id: &str) -> Result<Option<Notice>, StoreError> {
        let mut sql = row::select::<Notice>();
        reader.add_to(&mut sql);
        sql.and("id = ?", id);
        Ok(row::all(self.pool.reader(), &sql).await?.pop())
    }

    /// How many of somebody's notices this person has not read.
    #[compiled_once]
    pub async fn unread_notices(&self, reader: &Reader) -> Result<i64, StoreError> {
        let mut sql = Sql::new("SELECT COUNT(*) AS unread FROM notice WHERE 1 = 1");
        reader.add_unread(&mut sql);
        sql.number(self.pool.reader(), "unread").await
    }

    /// Marks one of somebody's notices as read by this person.
    #[compiled_once]
    pub async fn read_notice(&self, reader: &Reader, id: &str, at_unix_ms: i64) -> Result<(), StoreError> {
        self.mark_read(reader, Some(id), at_unix_ms).await
    }

    /// Marks all of somebody's notices as read by this person.
    #[compiled_once]
    pub async fn read_all_notices(&self, reader: &Reader, at_unix_ms: i64) -> Result<(), StoreError> {
        self.mark_read(reader, None, at_unix_ms).await
    }

    async fn mark_read(&self, reader: &Reader, id: Option<&str>, at_unix_ms: i64) -> Result<(), StoreError> {
        let mut sql = Sql::new("INSERT INTO notice_read (account, notice, at_unix_ms) SELECT ");
        sql.bind(&reader.account);
        sql.push(", id, ");
        sql.bind(at_unix_ms);
        sql.push(" FROM notice WHERE 1 = 1");
        reader.add_unread(&mut sql);
        sql.and_if("id = ?", id);
        sql.push(" ON CONFLICT (account, notice) DO NOTHING");
        let mut connection = self.pool.writer().acquire().await?;
        sql.execute(&mut connection).await?;
        Ok(())
    }
}

impl Reader {
    /// Only what this person has not read.
    fn add_unread<'a>(&'a self, sql: &mut Sql<'a>) {
        self.add_to(sql);
        sql.and("NOT EXISTS (SELECT 1 FROM notice_read WHERE notice_read.notice = notice.id AND notice_read.account = ?)", &self.account);
    }
}
