//! What a commit was decided on that stands in lists and in none of the records it changes. It is looked at again once the
//! chain is locked, so of two that were decided on the same, the second finds it otherwise and nothing of it is written.

use sqlx::AnyConnection;

use crate::sql::Sql;
use crate::{Commit, StoreError};

/// Something that must be so in the lists of a commit's programme when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// An applicant has no application of a procedure in one of these states.
    NoApplication {
        /// The procedure.
        procedure: String,
        /// The applicant.
        applicant: String,
        /// The states; none: in any.
        states: Vec<String>,
    },
    /// So many batches of a procedure were opened.
    Batches {
        /// The procedure.
        procedure: String,
        /// How many.
        count: usize,
    },
    /// So many papers of one kind were issued from a record in the programme.
    Documents {
        /// What kind of record it is.
        noun: String,
        /// Which of them.
        record_id: String,
        /// What paper it is.
        kind: String,
        /// How many.
        count: usize,
    },
}

/// Fails with [`StoreError::Conflict`] on what is otherwise.
pub(crate) async fn check(connection: &mut AnyConnection, commit: &Commit) -> Result<(), StoreError> {
    for expected in &commit.expected {
        let found = expected.query(&commit.programme).ids(connection).await?;
        if let Some(conflict) = expected.differs(found) {
            return Err(conflict);
        }
    }
    Ok(())
}

impl Expected {
    fn query<'a>(&'a self, programme: &'a str) -> Sql<'a> {
        match self {
            Self::NoApplication { procedure, applicant, states } => {
                let mut sql = Sql::new("SELECT id FROM application WHERE 1 = 1");
                sql.and("programme = ?", programme);
                sql.and("procedure = ?", procedure);
                sql.and("applicant = ?", applicant);
                sql.and_in("state", states);
                sql
            }
            Self::Batches { procedure, .. } => {
                let mut sql = Sql::new("SELECT id FROM batch_index WHERE 1 = 1");
                sql.and("programme = ?", programme);
                sql.and("procedure = ?", procedure);
                sql
            }
            Self::Documents { noun, record_id, kind, .. } => {
                let mut sql = Sql::new("SELECT id FROM document_index WHERE 1 = 1");
                sql.and("noun = ?", noun);
                sql.and("record_id = ?", record_id);
                sql.and("kind = ?", kind);
                sql.and("programme = ?", programme);
                sql
            }
        }
    }

    fn differs(&self, found: Vec<String>) -> Option<StoreError> {
        match self {
            Self::NoApplication { .. } => found.into_iter().next().map(|id| StoreError::Conflict { noun: "application", id }),
            Self::Batches { procedure, count } => {
                (found.len() != *count).then(|| StoreError::Conflict { noun: "batch", id: procedure.clone() })
            }
            Self::Documents { record_id, count, .. } => {
                (found.len() != *count).then(|| StoreError::Conflict { noun: "document", id: record_id.clone() })
            }
        }
    }
}
