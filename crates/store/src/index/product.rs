//! The list of what providers offer (数字化产品).

use crate::page::{Listed, Page};
use crate::row::{self, Conditions, row};
use crate::sql::Sql;
use crate::{Store, StoreError};

/// How many products one statement asks for: two parameters each.
const NAMES_AT_ONCE: usize = 500;

row! {"product_index" by "id",
    /// A product as lists find it.
    pub struct ProductRow {
        /// Its id.
        pub id: String,
        /// The organisation whose it is.
        pub provider: String,
        /// Its name.
        pub name: String,
        /// Its name as two names are compared; no two products of a provider share one.
        pub name_key: String,
        /// What it is.
        pub kind: String,
        /// The scenarios it serves, between bars: `|design|marketing|`.
        pub scenarios: String,
        /// Its state.
        pub state: String,
        /// What a search looks into: name and summary in lower case.
        pub search: String,
    }
}

/// Which products are wanted; what is left empty lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Of this organisation.
    pub provider: Option<String>,
    /// Of organisations in one of these states.
    pub provider_states: Vec<String>,
    /// Of organisations at this place or below it.
    pub place_path: Option<String>,
    /// Of one of these kinds.
    pub kinds: Vec<String>,
    /// Serving this scenario.
    pub scenario: Option<String>,
    /// In one of these states.
    pub states: Vec<String>,
    /// Whose own text or organisation's name or code contains each of these words.
    pub search: Option<String>,
}

impl Conditions for ProductFilter {
    fn add_to<'a>(&'a self, sql: &mut Sql<'a>) {
        sql.and_if("provider = ?", self.provider.as_ref());
        sql.and_in("kind", &self.kinds);
        sql.and_in("state", &self.states);
        if let Some(scenario) = &self.scenario {
            sql.and_listing("scenarios", scenario);
        }
        if !self.provider_states.is_empty() || self.place_path.is_some() {
            sql.push(" AND provider IN (SELECT id FROM organisation WHERE 1 = 1");
            sql.and_in("state", &self.provider_states);
            sql.and_within("place_path", self.place_path.as_deref());
            sql.push(")");
        }
        sql.and_contains_or_of("search", "provider", self.search.as_deref().unwrap_or_default());
    }
}

impl Store {
    /// One page of the products that a filter lets through, by name.
    pub async fn products(&self, filter: &ProductFilter, page: Page) -> Result<Listed<ProductRow>, StoreError> {
        row::listed(self.pool.reader(), filter, "name, id", page).await
    }

    /// The products of these providers that have one of these names, as they are compared: for a table, a part at a time.
    pub async fn products_named(&self, providers: &[String], keys: &[String]) -> Result<Vec<ProductRow>, StoreError> {
        let mut found = Vec::new();
        for providers in providers.chunks(NAMES_AT_ONCE) {
            for keys in keys.chunks(NAMES_AT_ONCE) {
                let mut sql = row::select::<ProductRow>();
                sql.and_in("provider", providers);
                sql.and_in("name_key", keys);
                found.extend(row::all(self.pool.reader(), &sql).await?);
            }
        }
        Ok(found)
    }
}
