//! The list of batches (批次).

use sqlx::AnyConnection;

use crate::row::{self, Conditions, row};
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

row! {"batch_index" by "id",
    /// A batch as lists show it.
    pub struct BatchRow {
        /// Its id.
        pub id: String,
        /// Its programme.
        pub programme: String,
        /// The procedure whose applications it takes.
        pub procedure: String,
        /// Its name.
        pub label: String,
        /// Its state.
        pub state: String,
        /// The first date on which it takes applications, if set.
        pub opens_on: Option<String>,
        /// The last, if set.
        pub closes_on: Option<String>,
    }
}

/// Which batches are wanted; what is left empty lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchFilter {
    /// Of this programme.
    pub programme: Option<String>,
    /// Of this procedure.
    pub procedure: Option<String>,
    /// In one of these states.
    pub states: Vec<String>,
}

impl Conditions for BatchFilter {
    fn add_to<'a>(&'a self, sql: &mut Sql<'a>) {
        sql.and_if("programme = ?", self.programme.as_ref());
        sql.and_if("procedure = ?", self.procedure.as_ref());
        sql.and_in("state", &self.states);
    }
}

pub(super) async fn write(connection: &mut AnyConnection, row: &BatchRow) -> Result<(), StoreError> {
    row::replace(connection, row).await
}

impl Store {
    /// The batches that a filter lets through, the last opened first. An authority has a few a year.
    #[compiled_once]
    pub async fn batches(&self, filter: &BatchFilter) -> Result<Vec<BatchRow>, StoreError> {
        let mut sql = row::select::<BatchRow>();
        filter.add_to(&mut sql);
        sql.push(" ORDER BY opens_on DESC NULLS LAST, id");
        row::all(self.pool.reader(), &sql).await
    }
}
