//! The list of what providers offer (数字化产品).

use crate::page::{Listed, Page};
use crate::row::{self, Conditions, row};
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

/// How many products one statement asks for: two parameters each, one lookup each.
const NAMES_AT_ONCE: usize = 100;

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
    /// With a place: of organisations that hold a standing in one of these programmes as well.
    pub programmes: Vec<String>,
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
            sql.push(" AND (provider IN (SELECT id FROM organisation WHERE 1 = 1");
            sql.and_in("state", &self.provider_states);
            sql.and_within("place_path", self.place_path.as_deref());
            sql.push(")");
            if self.place_path.is_some() && !self.programmes.is_empty() {
                sql.push(" OR provider IN (SELECT organisation FROM standing WHERE 1 = 1");
                sql.and_in("programme", &self.programmes);
                sql.push(")");
            }
            sql.push(")");
        }
        sql.and_contains_or_of("search", "provider", self.search.as_deref().unwrap_or_default());
    }
}

impl Store {
    /// One page of the products that a filter lets through, by name.
    #[compiled_once]
    pub async fn products(&self, filter: &ProductFilter, page: Page) -> Result<Listed<ProductRow>, StoreError> {
        row::listed(self.pool.reader(), filter, "name, id", page).await
    }

    /// The products that a filter lets through after one of them, by name: a long list part by part, however long it is.
    #[compiled_once]
    pub async fn products_after(
        &self,
        filter: &ProductFilter,
        after: Option<&ProductRow>,
        limit: i64,
    ) -> Result<Vec<ProductRow>, StoreError> {
        let mut sql = row::select::<ProductRow>();
        filter.add_to(&mut sql);
        if let Some(after) = after {
            sql.and("(name, id) > (?", &after.name);
            sql.push(", ");
            sql.bind(&after.id);
            sql.push(")");
        }
        sql.push(" ORDER BY name, id LIMIT ");
        sql.bind(limit);
        row::all(self.pool.reader(), &sql).await
    }

    /// The products of these providers and names, as names are compared: for a table, a part at a time. Each pair is looked up by itself, so
    /// that a part takes as long for many providers as for one.
    #[compiled_once]
    pub async fn products_named(&self, wanted: &[(String, String)]) -> Result<Vec<ProductRow>, StoreError> {
        let mut found = Vec::new();
        for part in wanted.chunks(NAMES_AT_ONCE) {
            let mut sql = row::select::<ProductRow>();
            for (at, (provider, key)) in part.iter().enumerate() {
                sql.push(if at == 0 { " AND ((provider = " } else { " OR (provider = " });
                sql.bind(provider);
                sql.push(" AND name_key = ");
                sql.bind(key);
                sql.push(")");
            }
            sql.push(")");
            found.extend(row::all(self.pool.reader(), &sql).await?);
        }
        Ok(found)
    }
}
