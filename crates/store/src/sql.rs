//! Statements put together from parts: lists with filters, rows with many columns.
//!
//! `sqlx::QueryBuilder` is of no use here: for either engine behind one type it writes `?`, which
//! PostgreSQL does not know. Texts pushed are always this crate's own; whatever comes from outside
//! is a [`Value`] and travels beside the statement.

use std::borrow::Cow;
use std::fmt::Write as _;

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Row as _};

use crate::limits;
use crate::{Page, StoreError, search_text};

/// Something bound to a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    Text(Cow<'a, str>),
    Number(i64),
    NoText,
    NoNumber,
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a Option<String>> for Value<'a> {
    fn from(text: &'a Option<String>) -> Self {
        text.as_deref().map_or(Self::NoText, Self::from)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&i64> for Value<'_> {
    fn from(number: &i64) -> Self {
        Self::Number(*number)
    }
}

impl From<&Option<i64>> for Value<'_> {
    fn from(number: &Option<i64>) -> Self {
        number.map_or(Self::NoNumber, Self::Number)
    }
}

/// A statement under construction with the values of its parameters.
#[derive(Debug, Clone)]
pub(crate) struct Sql<'a> {
    text: String,
    values: Vec<Value<'a>>,
}

impl<'a> Sql<'a> {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes `$n` for a value.
    pub(crate) fn bind(&mut self, value: impl Into<Value<'a>>) {
        self.values.push(value.into());
        let _ = write!(self.text, "${}", self.values.len());
    }

    /// ` AND condition`, its `?` standing for the value.
    pub(crate) fn and(&mut self, condition: &str, value: impl Into<Value<'a>>) {
        self.push(" AND ");
        let mut parts = condition.split('?');
        self.push(parts.next().unwrap_or_default());
        self.bind(value);
        self.push(parts.next().unwrap_or_default());
    }

    /// The same, if there is a value.
    pub(crate) fn and_if<V: Into<Value<'a>>>(&mut self, condition: &str, value: Option<V>) {
        if let Some(value) = value {
            self.and(condition, value);
        }
    }

    /// ` AND column IN (…)`, unless the list is empty, which asks for all.
    pub(crate) fn and_in(&mut self, column: &str, values: &'a [String]) {
        if !values.is_empty() {
            self.push(&format!(" AND {column} IN "));
            self.list(values);
        }
    }

    /// `(…)` with all values.
    pub(crate) fn list(&mut self, values: &'a [String]) {
        for (place, value) in values.iter().enumerate() {
            self.push(if place == 0 { "(" } else { ", " });
            self.bind(value);
        }
        self.push(")");
    }

    /// At the place or below it. `LIKE` rather than a range of texts: in a range the order of `/`
    /// would depend on the locale that PostgreSQL was set up with.
    pub(crate) fn and_within(&mut self, column: &str, place_path: Option<&'a str>) {
        if let Some(path) = place_path.filter(|path| !path.is_empty()) {
            self.and(&format!("({column} = ?"), path);
            self.push(&format!(" OR {column} LIKE "));
            self.bind(format!("{}/%", escaped(path)));
            self.push(" ESCAPE '\\')");
        }
    }

    /// Containing each word of a text, which is lowered like the column was.
    pub(crate) fn and_contains(&mut self, column: &str, text: &str) {
        let text = search_text(&[text]);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            self.and(&format!("{column} LIKE ? ESCAPE '\\'"), format!("%{}%", escaped(word)));
        }
    }

    /// Containing each word of a text, or belonging to an organisation that does.
    pub(crate) fn and_contains_or_of(&mut self, column: &str, organisation: &str, text: &str) {
        let text = search_text(&[text]);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let word = format!("%{}%", escaped(word));
            self.and(&format!("({column} LIKE ? ESCAPE '\\'"), word.clone());
            self.push(&format!(" OR {organisation} IN (SELECT id FROM organisation WHERE search LIKE "));
            self.bind(word);
            self.push(" ESCAPE '\\'))");
        }
    }

    /// Having a word between bars, `|a|b|`.
    pub(crate) fn and_listing(&mut self, column: &str, word: &str) {
        self.and(&format!("{column} LIKE ? ESCAPE '\\'"), format!("%|{}|%", escaped(word)));
    }

    /// The same as the other half of a condition in brackets.
    pub(crate) fn or_listing(&mut self, column: &str, word: &str) {
        self.push(&format!(" OR {column} LIKE "));
        self.bind(format!("%|{}|%", escaped(word)));
        self.push(" ESCAPE '\\'");
    }

    /// Containing a text in quotes, as JSON writes one that needs no escapes.
    pub(crate) fn and_quoting(&mut self, column: &str, text: &str) {
        self.and(&format!("{column} LIKE ? ESCAPE '\\'"), format!("%\"{}\"%", escaped(text)));
    }

    pub(crate) fn limit(&mut self, page: Page) {
        self.push(" LIMIT ");
        self.bind(page.size_at_most_max());
        self.push(" OFFSET ");
        self.bind(page.offset());
    }

    fn query(&self) -> Query<'_, Any, AnyArguments> {
        let query = sqlx::query(AssertSqlSafe(self.text.clone()));
        self.values.iter().fold(query, |query, value| match value {
            Value::Text(text) => query.bind(text.as_ref()),
            Value::Number(number) => query.bind(*number),
            Value::NoText => query.bind(None::<String>),
            Value::NoNumber => query.bind(None::<i64>),
        })
    }

    pub(crate) async fn all(&self, pool: &AnyPool) -> Result<Vec<AnyRow>, StoreError> {
        // PostgreSQL would fail on NUL where SQLite finds nothing. No text with NUL was ever stored.
        if self.values.iter().any(|value| matches!(value, Value::Text(text) if text.contains('\0'))) {
            return Ok(Vec::new());
        }
        Ok(self.query().fetch_all(pool).await?)
    }

    /// The number of the only row.
    pub(crate) async fn number(&self, pool: &AnyPool, column: &str) -> Result<i64, StoreError> {
        let rows = self.all(pool).await?;
        rows.first().map_or(Ok(0), |row| Ok(row.try_get(column)?))
    }

    /// The ids that it finds, within a transaction.
    pub(crate) async fn ids(&self, connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
        let rows = self.query().fetch_all(connection).await?;
        rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }

    pub(crate) async fn execute(&self, connection: &mut AnyConnection) -> Result<u64, StoreError> {
        let done = self.query().execute(connection).await.map_err(StoreError::taken)?;
        Ok(done.rows_affected())
    }
}

/// A text as `LIKE` takes it literally, with `\` as its escape.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// `INSERT` of several rows, whose texts were checked.
pub(crate) fn insert_rows<'a>(table: &str, columns: &[&'static str], rows: Vec<Vec<Value<'a>>>) -> Sql<'a> {
    let mut sql = Sql::new(&format!("INSERT INTO {table} ({}) VALUES ", columns.join(", ")));
    for (at, row) in rows.into_iter().enumerate() {
        sql.push(if at == 0 { "(" } else { ", (" });
        for (place, value) in row.into_iter().enumerate() {
            sql.push(if place == 0 { "" } else { ", " });
            sql.bind(value);
        }
        sql.push(")");
    }
    sql
}

/// Refuses texts that are too long for their columns.
pub(crate) fn check_rows(columns: &[&'static str], rows: &[Vec<Value<'_>>]) -> Result<(), StoreError> {
    for (column, value) in rows.iter().flat_map(|row| columns.iter().zip(row)) {
        if let Value::Text(text) = value {
            limits::check_column(column, text)?;
        }
    }
    Ok(())
}

/// `INSERT` of one row, whose texts are checked.
pub(crate) fn insert<'a>(table: &str, columns: &[&'static str], values: Vec<Value<'a>>) -> Result<Sql<'a>, StoreError> {
    let mut sql = Sql::new(&format!("INSERT INTO {table} ({}) VALUES (", columns.join(", ")));
    for (place, (column, value)) in columns.iter().zip(values).enumerate() {
        if let Value::Text(text) = &value {
            limits::check_column(column, text)?;
        }
        sql.push(if place == 0 { "" } else { ", " });
        sql.bind(value);
    }
    sql.push(")");
    Ok(sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered() {
        let mut sql = Sql::new("SELECT 1 FROM t WHERE 1 = 1");
        sql.and("a = ?", "x");
        sql.and_if("b < ?", Some(3));
        sql.and_if("c = ?", None::<i64>);
        let states = ["s".to_owned(), "t".to_owned()];
        sql.and_in("d", &states);
        sql.and_in("e", &[]);
        assert_eq!(sql.text, "SELECT 1 FROM t WHERE 1 = 1 AND a = $1 AND b < $2 AND d IN ($3, $4)");
        assert_eq!(sql.values.len(), 4);
    }

    #[test]
    fn what_like_means_something_by_is_escaped() {
        assert_eq!(escaped(r"50%_\"), r"50\%\_\\");
    }
}
