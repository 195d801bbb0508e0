//! Standings: what organisations were granted by procedures that end in one (名录、服务商库).

use sqlx::AnyConnection;

use crate::row::{self, row};
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

/// How many organisations one statement asks for.
const HOLDERS_AT_ONCE: usize = 500;

row! {"standing" by "programme, procedure, organisation",
    /// A standing that an organisation holds.
    pub struct StandingRow {
        /// The programme.
        pub programme: String,
        /// The procedure that granted it.
        pub procedure: String,
        /// The organisation that holds it.
        pub organisation: String,
        /// The date since when.
        pub since_on: String,
    }
}

/// Which standing of which organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingKey {
    /// The programme.
    pub programme: String,
    /// The procedure that granted it.
    pub procedure: String,
    /// The organisation that holds it.
    pub organisation: String,
}

/// A standing that is held already keeps its date.
pub(super) async fn grant(connection: &mut AnyConnection, row: &StandingRow) -> Result<(), StoreError> {
    let mut sql = row::insert(row)?;
    sql.push(" ON CONFLICT (programme, procedure, organisation) DO NOTHING");
    sql.execute(connection).await?;
    Ok(())
}

pub(super) async fn revoke(connection: &mut AnyConnection, key: &StandingKey) -> Result<(), StoreError> {
    let query = sqlx::query("DELETE FROM standing WHERE programme = $1 AND procedure = $2 AND organisation = $3");
    query.bind(&key.programme).bind(&key.procedure).bind(&key.organisation).execute(connection).await?;
    Ok(())
}

impl Store {
    /// Every standing that an organisation holds.
    #[compiled_once]
    pub async fn standings(&self, organisation: &str) -> Result<Vec<StandingRow>, StoreError> {
        let mut sql = row::select::<StandingRow>();
        sql.and("organisation = ?", organisation);
        sql.push(" ORDER BY programme, procedure");
        row::all(self.pool.reader(), &sql).await
    }

    /// Those of these organisations that hold one procedure's standing, by organisation.
    #[compiled_once]
    pub async fn standings_of(&self, programme: &str, procedure: &str, organisations: &[String]) -> Result<Vec<StandingRow>, StoreError> {
        let mut found = Vec::new();
        for organisations in organisations.chunks(HOLDERS_AT_ONCE) {
            let mut sql = row::select::<StandingRow>();
            sql.and("programme = ?", programme);
            sql.and("procedure = ?", procedure);
            sql.and_in("organisation", organisations);
            found.extend(row::all(self.pool.reader(), &sql).await?);
        }
        Ok(found)
    }

    /// The standings of one procedure by organisation, from the one after `after` (`""` to begin): for a table.
    #[compiled_once]
    pub async fn standings_after(&self, programme: &str, procedure: &str, after: &str, limit: i64) -> Result<Vec<StandingRow>, StoreError> {
        let mut sql = row::select::<StandingRow>();
        sql.and("programme = ?", programme);
        sql.and("procedure = ?", procedure);
        sql.and("organisation > ?", after);
        sql.push(" ORDER BY organisation LIMIT ");
        sql.bind(limit);
        row::all(self.pool.reader(), &sql).await
    }

    /// The standings of one procedure that organisations of exactly this name hold: at most one in a sane world.
    #[compiled_once]
    pub async fn holders_named(&self, programme: &str, procedure: &str, name: &str) -> Result<Vec<StandingRow>, StoreError> {
        let mut sql: Sql<'_> = row::select::<StandingRow>();
        sql.and("programme = ?", programme);
        sql.and("procedure = ?", procedure);
        sql.and("organisation IN (SELECT id FROM organisation WHERE name = ?)", name);
        row::all(self.pool.reader(), &sql).await
    }
}
