//! Rows of lists: structs whose fields are their columns.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AnyPool};

use crate::StoreError;
use crate::page::{Listed, Page, TOTAL_MAX};
use crate::sql::{self, Sql, Value};

/// A row whose columns are its fields.
pub(crate) trait Row: Sized {
    const TABLE: &'static str;
    /// The columns that no two rows have in common.
    const KEY: &'static str;
    const COLUMNS: &'static [&'static str];
    fn values(&self) -> Vec<Value<'_>>;
    fn from_row(row: &AnyRow) -> Result<Self, StoreError>;
}

/// Declares a struct and, field by field, how it is written to its table and read from it.
macro_rules! row {
    ($table:literal by $key:literal, $(#[$doc:meta])* pub struct $name:ident { $($(#[$field_doc:meta])* pub $field:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)+ }

        impl crate::row::Row for $name {
            const TABLE: &'static str = $table;
            const KEY: &'static str = $key;
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
pub(crate) async fn replace<R: Row>(connection: &mut AnyConnection, row: &R) -> Result<(), StoreError> {
    let mut sql = insert(row)?;
    sql.push(&over_the_same_key::<R>());
    sql.execute(connection).await?;
    Ok(())
}

/// The end of an `INSERT` that writes over rows with the same key.
pub(crate) fn over_the_same_key<R: Row>() -> String {
    let set: Vec<String> = R::COLUMNS.iter().map(|column| format!("{column} = excluded.{column}")).collect();
    format!(" ON CONFLICT ({}) DO UPDATE SET {}", R::KEY, set.join(", "))
}

/// The `INSERT` of a row.
pub(crate) fn insert<R: Row>(row: &R) -> Result<Sql<'_>, StoreError> {
    sql::insert(R::TABLE, R::COLUMNS, row.values())
}

/// The `DELETE` of rows, to which conditions are added.
pub(crate) fn delete<'a, R: Row>() -> Sql<'a> {
    Sql::new(&format!("DELETE FROM {} WHERE 1 = 1", R::TABLE))
}

/// The `SELECT` of rows, to which conditions are added.
pub(crate) fn select<'a, R: Row>() -> Sql<'a> {
    Sql::new(&format!("SELECT {} FROM {} WHERE 1 = 1", R::COLUMNS.join(", "), R::TABLE))
}

/// Every row that a statement finds.
pub(crate) async fn all<R: Row>(pool: &AnyPool, sql: &Sql<'_>) -> Result<Vec<R>, StoreError> {
    sql.all(pool).await?.iter().map(R::from_row).collect()
}

/// What a row has in one of its columns; empty where it has nothing.
pub(crate) fn text<R: Row>(row: &R, column: &str) -> String {
    let at = R::COLUMNS.iter().position(|name| *name == column);
    match at.and_then(|at| row.values().into_iter().nth(at)) {
        Some(Value::Text(text)) => text.into_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::NoText | Value::NoNumber) | None => String::new(),
    }
}

/// The columns that no two rows have in common, with a slash between.
pub(crate) fn key<R: Row>(row: &R) -> String {
    let columns: Vec<String> = R::KEY.split(", ").map(|column| text(row, column)).collect();
    columns.join("/")
}

/// The columns in which two rows differ.
pub(crate) fn differing<R: Row>(one: &R, other: &R) -> Vec<&'static str> {
    let pairs = one.values().into_iter().zip(other.values());
    R::COLUMNS.iter().zip(pairs).filter(|(_, (one, other))| one != other).map(|(column, _)| *column).collect()
}

/// Conditions that rows of a list are to meet.
pub(crate) trait Conditions {
    /// Adds ` AND …` for each.
    fn add_to<'a>(&'a self, sql: &mut Sql<'a>);
}

/// One page of the rows that meet conditions, and how many do.
///
/// The keys of the page are found first, which the migrations keep indexes for that hold all that
/// is filtered and sorted by, and only then its rows: reading each row that might be on the page
/// takes SQLite ten times as long.
pub(crate) async fn listed<R: Row>(pool: &AnyPool, conditions: &impl Conditions, order: &str, page: Page) -> Result<Listed<R>, StoreError> {
    let mut rows = select::<R>();
    rows.push(&format!(" AND ({0}) IN (SELECT {0} FROM {1} WHERE 1 = 1", R::KEY, R::TABLE));
    conditions.add_to(&mut rows);
    rows.push(&format!(" ORDER BY {order}"));
    rows.limit(page);
    rows.push(&format!(") ORDER BY {order}"));
    let rows = all(pool, &rows).await?;
    let total = match page.ends_with(rows.len()) {
        Some(total) => total,
        None => total::<R>(pool, conditions).await?,
    };
    Ok(Listed { rows, total })
}

async fn total<R: Row>(pool: &AnyPool, conditions: &impl Conditions) -> Result<i64, StoreError> {
    let mut count = Sql::new(&format!("SELECT COUNT(*) AS total FROM (SELECT 1 FROM {} WHERE 1 = 1", R::TABLE));
    conditions.add_to(&mut count);
    count.push(&format!(" LIMIT {TOTAL_MAX}) AS counted"));
    count.number(pool, "total").await
}
