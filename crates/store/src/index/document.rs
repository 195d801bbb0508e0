//! The list of papers that were issued (文书), and their content.

use sqlx::{AnyConnection, Row as _};

use crate::limits;
use crate::row::{self, row};
use crate::sql::Sql;
use crate::{Store, StoreError};

/// How long a paper may be, as JSON: a payment list of two thousand lines.
pub const DOCUMENT_MAX_BYTES: usize = 8 * 1024 * 1024;

row! {"document_index" by "id",
    /// An issued paper as lists and the public check show it.
    pub struct DocumentRow {
        /// Its id.
        pub id: String,
        /// Its programme.
        pub programme: String,
        /// What kind of record it was made from.
        pub noun: String,
        /// Which of them.
        pub record_id: String,
        /// What paper it is.
        pub kind: String,
        /// Its title.
        pub title: String,
        /// Its check code; no two have the same.
        pub code: String,
        /// SM3 of its words.
        pub digest: String,
        /// When it was issued, in Unix milliseconds.
        pub issued_at_ms: i64,
    }
}

/// An issued paper: its row, and itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentIndex {
    /// What lists show.
    pub row: DocumentRow,
    /// The paper, as JSON.
    pub paper: String,
}

pub(super) async fn write(connection: &mut AnyConnection, document: &DocumentIndex) -> Result<(), StoreError> {
    limits::check("paper", &document.paper, DOCUMENT_MAX_BYTES)?;
    row::replace(connection, &document.row).await?;
    sqlx::query("INSERT INTO document_content (id, paper) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
        .bind(&document.row.id)
        .bind(&document.paper)
        .execute(connection)
        .await?;
    Ok(())
}

impl Store {
    /// The papers issued from one record, the last first.
    pub async fn documents_of(&self, noun: &str, record_id: &str) -> Result<Vec<DocumentRow>, StoreError> {
        let mut sql = row::select::<DocumentRow>();
        sql.and("noun = ?", noun);
        sql.and("record_id = ?", record_id);
        sql.push(" ORDER BY issued_at_ms DESC, id DESC");
        row::all(self.pool.reader(), &sql).await
    }

    /// The paper of a check code.
    pub async fn document_by_code(&self, code: &str) -> Result<Option<DocumentRow>, StoreError> {
        if limits::check_name("code", code).is_err() {
            return Ok(None);
        }
        let mut sql = row::select::<DocumentRow>();
        sql.and("code = ?", code);
        Ok(row::all(self.pool.reader(), &sql).await?.into_iter().next())
    }

    /// The paper as it was made, as JSON.
    pub async fn document_paper(&self, id: &str) -> Result<Option<String>, StoreError> {
        let mut sql = Sql::new("SELECT paper FROM document_content WHERE 1 = 1");
        sql.and("id = ?", id);
        let rows = sql.all(self.pool.reader()).await?;
        Ok(rows.first().map(|row| row.try_get("paper")).transpose()?)
    }
}
