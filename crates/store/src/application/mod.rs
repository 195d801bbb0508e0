//! The list of applications (申报件).

mod counts;
mod filter;

use sqlx::AnyConnection;

pub use counts::{ApplicationCount, CountBy};
pub use filter::{ApplicationFilter, ApplicationSort, Seen};

use crate::page::{Listed, Page};
use crate::row::{self, Conditions as _, row};
use crate::{Store, StoreError, compiled_once};

/// How many ids one statement asks for: well under the 32,766 parameters that SQLite takes.
const IDS_AT_ONCE: usize = 500;

row! {"application" by "id",
    /// An application as lists show it.
    pub struct ApplicationRow {
        /// Its id.
        pub id: String,
        /// Its programme.
        pub programme: String,
        /// The procedure it goes through.
        pub procedure: String,
        /// The pack version that governs it.
        pub pack_version: String,
        /// Its batch, `""` if none.
        pub batch: String,
        /// The number people quote, `""` until it has one.
        pub number: String,
        /// The applying organisation's id.
        pub applicant: String,
        /// Its name.
        pub applicant_name: String,
        /// The provider organisation's id, `""` if none.
        pub provider: String,
        /// The name of the place it belongs to.
        pub place: String,
        /// That place after those above it, `a/b/c`.
        pub place_path: String,
        /// Its state.
        pub state: String,
        /// The stage it stands at, `""` if at none.
        pub stage: String,
        /// When the next of its tasks is due, in Unix milliseconds.
        pub due_at_ms: Option<i64>,
        /// Its level, if one is settled.
        pub level: Option<i64>,
        /// Recognised cost in fen.
        pub recognised_fen: Option<i64>,
        /// Award in fen.
        pub award_fen: Option<i64>,
        /// When it last changed, in Unix milliseconds.
        pub updated_at_ms: i64,
        /// The kinds of offices that a stage of it has come to, each between bars, `|a|b|`.
        pub offices: String,
        /// What a search looks into: names, number and codes in lower case, with a space between.
        pub search: String,
    }
}

pub(crate) async fn write(connection: &mut AnyConnection, row: &ApplicationRow) -> Result<(), StoreError> {
    row::replace(connection, row).await
}

impl Store {
    /// One page of the applications that a filter lets through.
    #[compiled_once]
    pub async fn applications(
        &self,
        filter: &ApplicationFilter,
        sort: ApplicationSort,
        page: Page,
    ) -> Result<Listed<ApplicationRow>, StoreError> {
        row::listed(self.pool.reader(), filter, sort.order(), page).await
    }

    /// Applications by id, from the one after `after_id` (`""` to begin): for whoever wants them all, since rows that
    /// change meanwhile are neither left out nor met twice.
    #[compiled_once]
    pub async fn applications_after(
        &self,
        filter: &ApplicationFilter,
        after_id: &str,
        limit: i64,
    ) -> Result<Vec<ApplicationRow>, StoreError> {
        let mut sql = row::select::<ApplicationRow>();
        filter.add_to(&mut sql);
        sql.and("id > ?", after_id);
        sql.push(" ORDER BY id LIMIT ");
        sql.bind(limit);
        row::all(self.pool.reader(), &sql).await
    }

    /// Those of these applications that exist, in no particular order.
    #[compiled_once]
    pub async fn applications_by_id(&self, ids: &[String]) -> Result<Vec<ApplicationRow>, StoreError> {
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(IDS_AT_ONCE) {
            let mut sql = row::select::<ApplicationRow>();
            sql.and_in("id", ids);
            found.extend(row::all::<ApplicationRow>(self.pool.reader(), &sql).await?);
        }
        Ok(found)
    }
}
