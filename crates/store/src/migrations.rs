//! The tables, step by step. A step that has been released is never edited: its checksum is in
//! every database it ran on, and a database that disagrees is refused.
//!
//! The list is written out rather than gathered by `sqlx::migrate!`, which would compile the whole
//! of sqlx a second time for the compiler's own use.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyPool, SqlSafeStr as _};

use crate::StoreError;

/// Each file of `migrations/`: its number, its name, its text.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "kept_case", include_str!("../migrations/0001_kept_case.sql")),
    (2, "journal", include_str!("../migrations/0002_journal.sql")),
    (3, "identity", include_str!("../migrations/0003_identity.sql")),
    (4, "paper", include_str!("../migrations/0004_paper.sql")),
    (5, "api", include_str!("../migrations/0005_api.sql")),
    (6, "review", include_str!("../migrations/0006_review.sql")),
    (7, "member", include_str!("../migrations/0007_member.sql")),
    (10, "invoice", include_str!("../migrations/0010_invoice.sql")),
    (11, "document", include_str!("../migrations/0011_document.sql")),
    (12, "product", include_str!("../migrations/0012_product.sql")),
    (16, "invoice_grade", include_str!("../migrations/0016_invoice_grade.sql")),
    (17, "document_words", include_str!("../migrations/0017_document_words.sql")),
    (18, "product_list", include_str!("../migrations/0018_product_list.sql")),
    (19, "notice_read", include_str!("../migrations/0019_notice_read.sql")),
    (20, "offices", include_str!("../migrations/0020_offices.sql")),
];

/// Runs the steps that this database has not seen. Several processes may call it at once on
/// PostgreSQL, where the first holds a lock and the others wait.
pub(crate) async fn run(writer: &AnyPool) -> Result<(), StoreError> {
    Ok(migrator().run(writer).await?)
}

fn migrator() -> Migrator {
    let steps = STEPS.iter().map(|&(number, name, sql)| {
        let sql = sql.into_sql_str();
        Migration::new(number, name.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(steps.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::unwrap_used)]
    fn every_file_is_a_step_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let mut files: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        let listed: Vec<String> = STEPS.iter().map(|(number, name, _)| format!("{number:04}_{name}.sql")).collect();
        assert_eq!(listed, files);
        assert!(STEPS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
