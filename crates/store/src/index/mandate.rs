//! The list of mandates (授权代办).

use sqlx::AnyConnection;

use crate::row::{self, Conditions, row};
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

row! {"mandate_index" by "id",
    /// A mandate as lists show it.
    pub struct MandateRow {
        /// Its id.
        pub id: String,
        /// The organisation that gives it.
        pub enterprise: String,
        /// The organisation that acts under it.
        pub provider: String,
        /// The programme it is for.
        pub programme: String,
        /// Its first date.
        pub from_on: String,
        /// Its last date.
        pub until_on: String,
        /// Its state.
        pub state: String,
    }
}

/// Which mandates are wanted; what is left empty lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MandateFilter {
    /// Given by this organisation.
    pub enterprise: Option<String>,
    /// Given to this one.
    pub provider: Option<String>,
    /// For this programme.
    pub programme: Option<String>,
    /// In one of these states.
    pub states: Vec<String>,
    /// In force on this date.
    pub on: Option<String>,
}

impl Conditions for MandateFilter {
    fn add_to<'a>(&'a self, sql: &mut Sql<'a>) {
        sql.and_if("enterprise = ?", self.enterprise.as_ref());
        sql.and_if("provider = ?", self.provider.as_ref());
        sql.and_if("programme = ?", self.programme.as_ref());
        sql.and_in("state", &self.states);
        sql.and_if("from_on <= ?", self.on.as_ref());
        sql.and_if("until_on >= ?", self.on.as_ref());
    }
}

pub(super) async fn write(connection: &mut AnyConnection, row: &MandateRow) -> Result<(), StoreError> {
    row::replace(connection, row).await
}

impl Store {
    /// The mandates that a filter lets through, the last begun first.
    #[compiled_once]
    pub async fn mandates(&self, filter: &MandateFilter) -> Result<Vec<MandateRow>, StoreError> {
        let mut sql = row::select::<MandateRow>();
        filter.add_to(&mut sql);
        sql.push(" ORDER BY from_on DESC, id");
        row::all(self.pool.reader(), &sql).await
    }
}
