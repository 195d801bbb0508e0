//! The database of a test: SQLite in its folder, or with `TESTS_ON=postgres` a schema of its own on the server at
//! `TEST_DATABASE_URL`. `make test` runs every test of this crate once on each.

use std::path::Path;

use store::Store;

#[allow(dead_code, unused_macros, reason = "the macro is for tests that name both engines themselves")]
#[path = "../../../store/tests/on_both_engines/mod.rs"]
mod databases;

use databases::Database;

/// An empty database.
pub async fn open(folder: &Path) -> Store {
    match std::env::var("TESTS_ON").as_deref() {
        Ok("postgres") => Database::postgres().await.open().await,
        _ => Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap(),
    }
}
