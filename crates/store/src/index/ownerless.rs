//! Rows that belong to nothing: they would stand in lists, and no replay would come across them.

use sqlx::Row as _;

use crate::index::StandingRow;
use crate::row;
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

/// Every table of list rows with the column that names the record it is made from, and what kind of record that is.
const OWNED: [(&str, &str, &str); 14] = [
    ("application", "id", "application"),
    ("task", "application", "application"),
    ("participant", "application", "application"),
    ("invoice_claim", "application", "application"),
    ("membership", "account", "account"),
    ("organisation", "id", "organisation"),
    ("batch_index", "id", "batch"),
    ("mandate_index", "id", "mandate"),
    ("publicity_index", "id", "publicity"),
    ("payment_list_index", "id", "payment_list"),
    ("product_index", "id", "product"),
    ("document_index", "id", "document"),
    ("document_content", "id", "document"),
    ("standing", "organisation", "organisation"),
];

/// A row whose record does not exist, or a record whose chain does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ownerless {
    /// The table.
    pub table: &'static str,
    /// What kind of record is missing.
    pub noun: String,
    /// Which of them.
    pub id: String,
}

impl Store {
    /// List rows without a record, and records of programmes without a chain; at most so many of each table.
    #[compiled_once]
    pub async fn ownerless(&self, limit: i64) -> Result<Vec<Ownerless>, StoreError> {
        let mut found = self.chainless(limit).await?;
        for (table, column, noun) in OWNED {
            let mut sql =
                Sql::new(&format!("SELECT DISTINCT {column} AS id FROM {table} WHERE NOT EXISTS (SELECT 1 FROM record WHERE 1 = 1"));
            sql.and("record.noun = ?", noun);
            sql.push(&format!(" AND record.id = {table}.{column}) ORDER BY 1 LIMIT "));
            sql.bind(limit);
            for row in sql.all(self.pool.reader()).await? {
                found.push(Ownerless { table, noun: noun.to_owned(), id: row.try_get("id")? });
            }
        }
        Ok(found)
    }

    async fn chainless(&self, limit: i64) -> Result<Vec<Ownerless>, StoreError> {
        let mut sql = Sql::new(
            "SELECT noun, id FROM record WHERE NOT EXISTS (SELECT 1 FROM chain WHERE chain.programme = record.programme)
             ORDER BY noun, id LIMIT ",
        );
        sql.bind(limit);
        let rows = sql.all(self.pool.reader()).await?;
        rows.iter().map(|row| Ok(Ownerless { table: "record", noun: row.try_get("noun")?, id: row.try_get("id")? })).collect()
    }

    /// All standings by programme, procedure and organisation, from the one after this: for whoever holds them against what gives them.
    #[compiled_once]
    pub async fn all_standings(&self, after: Option<&StandingRow>, limit: i64) -> Result<Vec<StandingRow>, StoreError> {
        let mut sql = row::select::<StandingRow>();
        if let Some(after) = after {
            sql.and("(programme, procedure, organisation) > (?", &after.programme);
            for part in [&after.procedure, &after.organisation] {
                sql.push(", ");
                sql.bind(part);
            }
            sql.push(")");
        }
        sql.push(" ORDER BY programme, procedure, organisation LIMIT ");
        sql.bind(limit);
        row::all(self.pool.reader(), &sql).await
    }
}
