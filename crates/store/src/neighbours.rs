//! What stands before and after an application in an inbox.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::row::Conditions;
use crate::sql::Sql;
use crate::task::{INBOX_ORDER, InboxFilter};
use crate::{Store, StoreError, compiled_once};

/// The applications beside one in an inbox; one that waits with several tasks stands where the first of them does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The most urgent of all.
    pub first: Option<String>,
    /// The one before; none where it is the first or not in the inbox.
    pub before: Option<String>,
    /// The one after; where it is not in the inbox the first.
    pub after: Option<String>,
    /// Its place, counted from 1, and of how many; none where it is not in the inbox.
    pub at: Option<(i64, i64)>,
}

impl Store {
    /// The neighbours of an application among what a filter lets through, in the order of [`Store::inbox`].
    #[compiled_once]
    pub async fn neighbours(&self, filter: &InboxFilter, application: &str) -> Result<Neighbours, StoreError> {
        let mut sql = Sql::new("SELECT application, previous, following, place, waiting FROM (SELECT application");
        sql.push(", LAG(application) OVER (ORDER BY n) AS previous, LEAD(application) OVER (ORDER BY n) AS following");
        sql.push(", ROW_NUMBER() OVER (ORDER BY n) AS place, COUNT(*) OVER () AS waiting FROM (SELECT application, MIN(n) AS n");
        sql.push(&format!(" FROM (SELECT application, ROW_NUMBER() OVER (ORDER BY {INBOX_ORDER}) AS n FROM task WHERE 1 = 1"));
        filter.add_to(&mut sql);
        sql.push(") AS tasks GROUP BY application) AS applications) AS placed WHERE place = 1");
        sql.push(" OR application = ");
        sql.bind(application);
        sql.push(" ORDER BY place");
        Neighbours::of(&sql.all(self.pool.reader()).await?, application)
    }
}

impl Neighbours {
    fn of(rows: &[AnyRow], application: &str) -> Result<Self, StoreError> {
        let Some(first) = rows.first() else { return Ok(Self::default()) };
        let first: String = first.try_get("application")?;
        for row in rows {
            if row.try_get::<String, _>("application")? == application {
                let at = Some((row.try_get("place")?, row.try_get("waiting")?));
                return Ok(Self { first: Some(first), before: row.try_get("previous")?, after: row.try_get("following")?, at });
            }
        }
        Ok(Self { after: Some(first.clone()), first: Some(first), ..Self::default() })
    }
}
