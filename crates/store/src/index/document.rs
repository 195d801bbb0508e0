//! The list of papers that were issued (文书), and their content.

use sqlx::{AnyConnection, Row as _};

use crate::limits;
use crate::row::{self, row};
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

/// How long a paper may be, as JSON, and its words: a payment list of two thousand lines.
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
    /// What is kept of it.
    pub content: DocumentContent,
}

/// What is kept of an issued paper, to the byte: its digests stand in the journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentContent {
    /// The paper with its foot, as JSON.
    pub paper: String,
    /// Its words without the foot; empty for papers from before words were kept.
    pub words: String,
}

pub(super) async fn write(connection: &mut AnyConnection, document: &DocumentIndex) -> Result<(), StoreError> {
    let DocumentContent { paper, words } = &document.content;
    limits::check("paper", paper, DOCUMENT_MAX_BYTES)?;
    limits::check("words", words, DOCUMENT_MAX_BYTES)?;
    row::replace(connection, &document.row).await?;
    sqlx::query("INSERT INTO document_content (id, paper, words) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING")
        .bind(&document.row.id)
        .bind(paper)
        .bind(words)
        .execute(connection)
        .await?;
    Ok(())
}

impl Store {
    /// The papers issued from one record, the last first.
    #[compiled_once]
    pub async fn documents_of(&self, noun: &str, record_id: &str) -> Result<Vec<DocumentRow>, StoreError> {
        let mut sql = row::select::<DocumentRow>();
        sql.and("noun = ?", noun);
        sql.and("record_id = ?", record_id);
        sql.push(" ORDER BY issued_at_ms DESC, id DESC");
        row::all(self.pool.reader(), &sql).await
    }

    /// The paper of a check code.
    #[compiled_once]
    pub async fn document_by_code(&self, code: &str) -> Result<Option<DocumentRow>, StoreError> {
        if limits::check_name("code", code).is_err() {
            return Ok(None);
        }
        let mut sql = row::select::<DocumentRow>();
        sql.and("code = ?", code);
        Ok(row::all(self.pool.reader(), &sql).await?.into_iter().next())
    }

    /// What is kept of a paper, as it was made.
    #[compiled_once]
    pub async fn document_content(&self, id: &str) -> Result<Option<DocumentContent>, StoreError> {
        let mut sql = Sql::new("SELECT paper, words FROM document_content WHERE 1 = 1");
        sql.and("id = ?", id);
        let Some(row) = sql.all(self.pool.reader()).await?.into_iter().next() else { return Ok(None) };
        Ok(Some(DocumentContent { paper: row.try_get("paper")?, words: row.try_get("words")? }))
    }
}
