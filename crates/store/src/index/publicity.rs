//! The list of publicity periods (公示).

use sqlx::AnyConnection;

use crate::row::{self, row};
use crate::{Store, StoreError, compiled_once};

row! {"publicity_index" by "id",
    /// A publicity period as lists show it.
    pub struct PublicityRow {
        /// Its id.
        pub id: String,
        /// Its programme.
        pub programme: String,
        /// The procedure whose applications it shows.
        pub procedure: String,
        /// Its title.
        pub label: String,
        /// Its state.
        pub state: String,
        /// Its first date.
        pub starts_on: String,
        /// Its last date.
        pub ends_on: String,
    }
}

pub(super) async fn write(connection: &mut AnyConnection, row: &PublicityRow) -> Result<(), StoreError> {
    row::replace(connection, row).await
}

impl Store {
    /// The publicity periods of a programme, or of all, that are in one of these states (of none: in any), the last begun first.
    #[compiled_once]
    pub async fn publicities(&self, programme: Option<&str>, states: &[String]) -> Result<Vec<PublicityRow>, StoreError> {
        let mut sql = row::select::<PublicityRow>();
        sql.and_if("programme = ?", programme);
        sql.and_in("state", states);
        sql.push(" ORDER BY starts_on DESC, id");
        row::all(self.pool.reader(), &sql).await
    }
}
