//! The list of organisations.

use std::collections::BTreeSet;

use sqlx::{AnyConnection, Row as _};

use crate::page::{Listed, Page};
use crate::row::{self, Conditions, row};
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

/// How many codes or ids one statement asks for.
const CODES_AT_ONCE: usize = 500;

row! {"organisation" by "id",
    /// An organisation as lists show it.
    pub struct OrganisationRow {
        /// Its id.
        pub id: String,
        /// What kind of organisation it is.
        pub kind: String,
        /// Its name.
        pub name: String,
        /// Its unified social credit code; no two organisations share one.
        pub credit_code: Option<String>,
        /// The name of its place.
        pub place: String,
        /// That place after those above it, `a/b/c`.
        pub place_path: String,
        /// Its state.
        pub state: String,
        /// What a search looks into: name and code in lower case.
        pub search: String,
    }
}

/// Which organisations are wanted; what is left empty lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationFilter {
    /// Of one of these kinds.
    pub kinds: Vec<String>,
    /// In one of these states.
    pub states: Vec<String>,
    /// At this place or below it.
    pub place_path: Option<String>,
    /// Holding a standing: programme and procedure.
    pub holding: Option<(String, String)>,
    /// Whose name or code contains each of these words.
    pub search: Option<String>,
}

impl Conditions for OrganisationFilter {
    fn add_to<'a>(&'a self, sql: &mut Sql<'a>) {
        sql.and_in("kind", &self.kinds);
        sql.and_in("state", &self.states);
        sql.and_within("place_path", self.place_path.as_deref());
        if let Some((programme, procedure)) = &self.holding {
            sql.and("id IN (SELECT organisation FROM standing WHERE programme = ?", programme);
            sql.and("procedure = ?)", procedure);
        }
        sql.and_contains("search", self.search.as_deref().unwrap_or_default());
    }
}

pub(super) async fn write(connection: &mut AnyConnection, row: &OrganisationRow) -> Result<(), StoreError> {
    row::replace(connection, row).await
}

impl Store {
    /// One page of the organisations that a filter lets through, by name.
    #[compiled_once]
    pub async fn organisations(&self, filter: &OrganisationFilter, page: Page) -> Result<Listed<OrganisationRow>, StoreError> {
        row::listed(self.pool.reader(), filter, "name, id", page).await
    }

    /// The organisation of this id.
    #[compiled_once]
    pub async fn organisation(&self, id: &str) -> Result<Option<OrganisationRow>, StoreError> {
        self.organisation_where("id = ?", id).await
    }

    /// The organisation of this credit code.
    #[compiled_once]
    pub async fn organisation_of_code(&self, credit_code: &str) -> Result<Option<OrganisationRow>, StoreError> {
        self.organisation_where("credit_code = ?", credit_code).await
    }

    /// The first organisation of exactly this name.
    #[compiled_once]
    pub async fn organisation_of_name(&self, name: &str) -> Result<Option<OrganisationRow>, StoreError> {
        let mut sql = row::select::<OrganisationRow>();
        sql.and("name = ?", name);
        sql.push(" ORDER BY id LIMIT 1");
        Ok(row::all(self.pool.reader(), &sql).await?.pop())
    }

    /// The organisations of these credit codes, in no particular order.
    #[compiled_once]
    pub async fn organisations_of_codes(&self, codes: &[String]) -> Result<Vec<OrganisationRow>, StoreError> {
        let mut found = Vec::new();
        for codes in codes.chunks(CODES_AT_ONCE) {
            let mut sql = row::select::<OrganisationRow>();
            sql.and_in("credit_code", codes);
            found.extend(row::all(self.pool.reader(), &sql).await?);
        }
        Ok(found)
    }

    /// The organisations of these ids, in no particular order.
    #[compiled_once]
    pub async fn organisations_of_ids(&self, ids: &[String]) -> Result<Vec<OrganisationRow>, StoreError> {
        let mut found = Vec::new();
        for ids in ids.chunks(CODES_AT_ONCE) {
            let mut sql = row::select::<OrganisationRow>();
            sql.and_in("id", ids);
            found.extend(row::all(self.pool.reader(), &sql).await?);
        }
        Ok(found)
    }

    /// Those of these organisations that somebody acts for.
    #[compiled_once]
    pub async fn with_people(&self, ids: &[String]) -> Result<BTreeSet<String>, StoreError> {
        let mut found = BTreeSet::new();
        for ids in ids.chunks(CODES_AT_ONCE) {
            let mut sql = Sql::new("SELECT DISTINCT organisation FROM membership WHERE 1 = 1");
            sql.and_in("organisation", ids);
            for row in sql.all(self.pool.reader()).await? {
                found.insert(row.try_get("organisation")?);
            }
        }
        Ok(found)
    }

    async fn organisation_where(&self, condition: &str, value: &str) -> Result<Option<OrganisationRow>, StoreError> {
        let mut sql = row::select::<OrganisationRow>();
        sql.and(condition, value);
        Ok(row::all(self.pool.reader(), &sql).await?.pop())
    }
}
