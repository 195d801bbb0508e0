//! The list of payment lists (拨付清单).

use sqlx::AnyConnection;

use crate::row::{self, row};
use crate::{Store, StoreError, compiled_once};

row! {"payment_list_index" by "id",
    /// A payment list as lists show it.
    pub struct PaymentListRow {
        /// Its id.
        pub id: String,
        /// Its programme.
        pub programme: String,
        /// Its title.
        pub label: String,
        /// Its state.
        pub state: String,
        /// What it pays in all, in fen.
        pub total_fen: i64,
        /// When it was made, in Unix milliseconds.
        pub created_at_ms: i64,
    }
}

pub(super) async fn write(connection: &mut AnyConnection, row: &PaymentListRow) -> Result<(), StoreError> {
    row::replace(connection, row).await
}

impl Store {
    /// The payment lists of a programme, or of all, that are in one of these states (of none: in any), the last made first.
    #[compiled_once]
    pub async fn payment_lists(&self, programme: Option<&str>, states: &[String]) -> Result<Vec<PaymentListRow>, StoreError> {
        let mut sql = row::select::<PaymentListRow>();
        sql.and_if("programme = ?", programme);
        sql.and_in("state", states);
        sql.push(" ORDER BY created_at_ms DESC, id");
        row::all(self.pool.reader(), &sql).await
    }
}
