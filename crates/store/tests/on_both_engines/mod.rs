//! Turns each test of the store into one on SQLite and one on PostgreSQL.
//!
//! Every test gets an empty database of its own: a file in Cargo's folder for test files, or a
//! schema of the PostgreSQL server at `TEST_DATABASE_URL`, which `make test` starts and throws
//! away. A test without that server fails rather than passing unseen on one engine only.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, PgConnection};
use store::Store;

/// Writes `async fn name(database: Database) { … }` twice, as `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both_engines {
    ($(async fn $name:ident($database:ident: Database) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn test($database: Database) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                test(Database::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                test(Database::postgres().await).await;
            }
        }
    )+};
}

/// An empty database that belongs to one test.
pub struct Database {
    /// Its address, to be opened any number of times.
    pub url: String,
    folder: Option<PathBuf>,
}

impl Database {
    pub fn sqlite() -> Self {
        // A folder that does not exist yet, with characters that mean something in an address.
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(unique_name());
        let file = folder.join("数据 100%?.db");
        Self { url: format!("sqlite:{}", file.display()), folder: Some(folder) }
    }

    pub async fn postgres() -> Self {
        let server = std::env::var("TEST_DATABASE_URL").expect(
            "TEST_DATABASE_URL is not set: run the tests with `make test`, or one crate's with `scripts/with-postgres cargo test -p store`",
        );
        let schema = unique_name();
        let mut connection = PgConnection::connect(&server).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        let separator = if server.contains('?') { '&' } else { '?' };
        Self { url: format!("{server}{separator}options[search_path]={schema}"), folder: None }
    }

    pub async fn open(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    /// Changes it beside the program.
    #[allow(dead_code, reason = "for tests that damage something")]
    pub async fn change(&self, sql: &str) {
        sqlx::any::install_default_drivers();
        let path = self.url.strip_prefix("sqlite:").map(|path| path.replace('%', "%25").replace('?', "%3F").replace(' ', "%20"));
        let url = path.map_or_else(|| self.url.clone(), |path| format!("sqlite:{path}"));
        let mut connection = AnyConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Differs between tests and between test programs that run at the same time.
fn unique_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("test_{}_{number}", std::process::id())
}
