//! Rows of lists: structs whose fields are their columns.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AnyPool};

use crate::StoreError;
use crate::page::{Listed, Page, TOTAL_MAX};
use crate::sql::{self, Sql, Value};

/// A row whose columns are its fields.
pub(crate) trait Row: Sized {
    const TABLE: &'static str;
    const COLUMNS: &'static [&'static str];
    fn values(&self) -> Vec<Value<'_>>;
    fn from_row(row: &AnyRow) -> Result<Self, StoreError>;
}

/// Declares a struct and, field by field, how it is written to its table and read from it.
macro_rules! row {
    ($table:literal, $(#[$doc:meta])* pub struct $name:ident { $($(#[$field_doc:meta])* pub $field:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)+ }

        impl crate::row::Row for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];

            fn values(&self) -> Vec<crate::sql::Value<'_>> {
                vec![$(crate::sql::Value::from(&self.$field)),+]
            }

            fn from_row(row: &sqlx::any::AnyRow) -> Result<Self, crate::StoreError> {
                use sqlx::Row as _;
                Ok(Self { $($field: row.try_get(stringify!($field))?,)+ })
            }
        }
    };
}
pub(crate) use row;

/// Writes a row, over the one with the same key if there is one.
pub(crate) async fn replace<R: Row>(connection: &mut AnyConnection, key: &str, row: &R) -> Result<(), StoreError> {
    let mut sql = insert(row)?;
    sql.push(&format!(" ON CONFLICT ({key}) DO UPDATE SET "));
    let set: Vec<String> = R::COLUMNS.iter().map(|column| format!("{column} = excluded.{column}")).collect();
    sql.push(&set.join(", "));
    sql.execute(connection).await?;
    Ok(())
}

/// The `INSERT` of a row.
pub(crate) fn insert<R: Row>(row: &R) -> Result<Sql<'_>, StoreError> {
    sql::insert(R::TABLE, R::COLUMNS, row.values())
}

/// The `SELECT` of rows, to which conditions are added.
pub(crate) fn select<'a, R: Row>() -> Sql<'a> {
    Sql::new(&format!("SELECT {} FROM {} WHERE 1 = 1", R::COLUMNS.join(", "), R::TABLE))
}

/// Every row that a statement finds.
pub(crate) async fn all<R: Row>(pool: &AnyPool, sql: &Sql<'_>) -> Result<Vec<R>, StoreError> {
    sql.all(pool).await?.iter().map(R::from_row).collect()
}

/// Conditions that rows of a list are to meet.
pub(crate) trait Conditions {
    /// Adds ` AND …` for each.
    fn add_to<'a>(&'a self, sql: &mut Sql<'a>);
}

/// One page of the rows that meet conditions, and how many do.
pub(crate) async fn listed<R: Row>(pool: &AnyPool, conditions: &impl Conditions, order: &str, page: Page) -> Result<Listed<R>, StoreError> {
    let mut rows = select::<R>();
    conditions.add_to(&mut rows);
    rows.push(" ORDER BY ");
    rows.push(order);
    rows.limit(page);
    Ok(Listed { rows: all(pool, &rows).await?, total: total::<R>(pool, conditions).await? })
}

async fn total<R: Row>(pool: &AnyPool, conditions: &impl Conditions) -> Result<i64, StoreError> {
    let mut count = Sql::new(&format!("SELECT COUNT(*) AS total FROM (SELECT 1 FROM {} WHERE 1 = 1", R::TABLE));
    conditions.add_to(&mut count);
    count.push(&format!(" LIMIT {TOTAL_MAX}) AS counted"));
    count.number(pool, "total").await
}
