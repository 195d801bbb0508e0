//! Connections: one writer and several readers on SQLite, one pool on PostgreSQL.
//!
//! PostgreSQL needs no choices from us. Each choice for SQLite, and what was rejected:
//!
//! - **Two pools, the writing one with a single connection.** SQLite lets one connection write at
//!   a time whatever we do. Waiting for our own connection is a fair queue that wakes the next in
//!   line; letting several connections contend is polling with sleeps, under load starves some
//!   of them, and a transaction that reads first and writes later fails at once with "database is
//!   locked" when another wrote in between, whatever the timeout. A mutex around a shared pool
//!   would do the same, but can be forgotten; a connection that is not there cannot.
//! - **Readers refuse to write** (`query_only`). A statement sent to the wrong pool fails in its
//!   first test instead of bringing the contention back.
//! - **`journal_mode = WAL`.** Readers go on while someone writes. The rollback journal would stop
//!   every page view for the length of every write. The price is two files beside the database
//!   and a local disk: WAL does not work on network file systems.
//! - **`synchronous = FULL`.** `NORMAL` is faster and cannot corrupt the file, but may lose the
//!   last commits in a power cut. Whoever was told "saved" must find it saved.
//! - **`busy_timeout`.** Our own writers never meet; this is for another process (a backup, an
//!   administrator's shell) that holds the lock for a moment. Without it that moment is an error.
//! - **`foreign_keys = ON`.** Off by default in SQLite for the sake of old files; PostgreSQL has
//!   no such switch, and one text must mean the same on both.
//! - **No ping before use** (`test_before_acquire`). A connection to a file does not go away, and
//!   the ping costs a quarter of a small read. PostgreSQL keeps it for a connection that rested: its server
//!   may have been started anew meanwhile, but not between two statements of a page.
//! - **No in-memory database.** Each connection would see its own, and what a citizen kept would
//!   be gone with the process.

use std::path::Path;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Connection as _};

use crate::StoreError;

/// Readers on SQLite. They only wait for the disk, so more than the cores of a small server do
/// not help.
const SQLITE_READERS_MAX: u32 = 8;

/// Connections to PostgreSQL, well under its default limit of 100, so that several instances and
/// an administrator fit.
const POSTGRES_CONNECTIONS_MAX: u32 = 20;

/// How long a connection to PostgreSQL rests before it is asked whether it still holds.
const PING_AFTER: Duration = Duration::from_secs(1);

/// How long a request may wait for a connection. A page that has not come by then has failed.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);

/// Settings of every SQLite connection; the module's head argues them.
const SQLITE_WRITER: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
const SQLITE_READER: &str = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA query_only = ON;";

/// Where statements are sent: those that change something to the writer, all others to a reader.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    writer: AnyPool,
    reader: AnyPool,
}

impl Pool {
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        match engine(url)? {
            Engine::Sqlite { path } => open_sqlite(path).await,
            Engine::Postgres => open_postgres(url).await,
        }
    }

    pub(crate) fn writer(&self) -> &AnyPool {
        &self.writer
    }

    pub(crate) fn reader(&self) -> &AnyPool {
        &self.reader
    }

    pub(crate) async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Engine<'a> {
    Sqlite { path: &'a str },
    Postgres,
}

fn engine(url: &str) -> Result<Engine<'_>, StoreError> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(Engine::Postgres);
    }
    // `sqlite://PATH` is what most other programs write.
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).ok_or(StoreError::Address)?;
    if path.is_empty() || path == ":memory:" {
        return Err(StoreError::Address);
    }
    Ok(Engine::Sqlite { path })
}

async fn open_sqlite(path: &str) -> Result<Pool, StoreError> {
    create_folder_of(Path::new(path))?;
    let url = format!("sqlite:{}", percent_encoded(path));
    // The writer comes first: it creates the file and sets its journal mode.
    let writer = sqlite_options(SQLITE_WRITER).max_connections(1).connect(&format!("{url}?mode=rwc")).await?;
    let reader = sqlite_options(SQLITE_READER).max_connections(SQLITE_READERS_MAX).connect(&format!("{url}?mode=rw")).await?;
    Ok(Pool { writer, reader })
}

fn sqlite_options(settings: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new().acquire_timeout(ACQUIRE_TIMEOUT).test_before_acquire(false).after_connect(move |connection, _| {
        Box::pin(async move {
            sqlx::raw_sql(settings).execute(connection).await?;
            Ok(())
        })
    })
}

fn postgres_options() -> AnyPoolOptions {
    let most = AnyPoolOptions::new().acquire_timeout(ACQUIRE_TIMEOUT).max_connections(POSTGRES_CONNECTIONS_MAX);
    most.test_before_acquire(false).before_acquire(|connection, about| {
        Box::pin(async move {
            if about.idle_for > PING_AFTER {
                connection.ping().await?;
            }
            Ok(true)
        })
    })
}

async fn open_postgres(url: &str) -> Result<Pool, StoreError> {
    let both = postgres_options().connect(url).await?;
    Ok(Pool { writer: both.clone(), reader: both })
}

fn create_folder_of(file: &Path) -> Result<(), StoreError> {
    let Some(folder) = file.parent() else {
        return Ok(());
    };
    std::fs::create_dir_all(folder).map_err(|source| StoreError::Folder { path: folder.to_owned(), source })
}

/// A path as the driver wants it in its address: it decodes `%XX`, and `?` would start options.
fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let sqlite = |path| Some(Engine::Sqlite { path });
        for (url, expected) in [
            ("sqlite:data/shuzhuan.db", sqlite("data/shuzhuan.db")),
            ("sqlite://data/shuzhuan.db", sqlite("data/shuzhuan.db")),
            ("sqlite:///var/数转.db", sqlite("/var/数转.db")),
            ("postgres://localhost/shuzhuan", Some(Engine::Postgres)),
            ("postgresql://localhost/shuzhuan", Some(Engine::Postgres)),
            ("sqlite:", None),
            ("sqlite::memory:", None),
            ("mysql://localhost/shuzhuan", None),
            ("data/shuzhuan.db", None),
            ("", None),
        ] {
            assert_eq!(engine(url).ok(), expected, "{url}");
        }
    }

    #[test]
    fn paths_are_taken_as_written() {
        assert_eq!(percent_encoded("/a/b-c_d.db"), "/a/b-c_d.db");
        assert_eq!(percent_encoded("a b?c%d#e"), "a%20b%3Fc%25d%23e");
        assert_eq!(percent_encoded("数"), "%E6%95%B0");
    }

    #[tokio::test]
    #[allow(clippy::unwrap_used)]
    async fn sqlite_is_set_as_the_head_of_this_file_argues() {
        let folder = std::env::temp_dir().join(format!("shuzhuan-pool-{}", std::process::id()));
        let pool = Pool::open(&format!("sqlite:{}/x.db", folder.display())).await.unwrap();
        for (setting, expected) in
            [("PRAGMA journal_mode", "wal"), ("PRAGMA synchronous", "2"), ("PRAGMA foreign_keys", "1"), ("PRAGMA busy_timeout", "5000")]
        {
            assert_eq!(value(pool.writer(), setting).await, expected, "{setting}");
        }
        assert_eq!(value(pool.reader(), "PRAGMA journal_mode").await, "wal");
        assert_eq!(value(pool.reader(), "PRAGMA busy_timeout").await, "5000");

        let write = sqlx::query("CREATE TABLE t (n BIGINT)");
        let refused = write.execute(pool.reader()).await.unwrap_err();
        assert!(refused.to_string().contains("readonly"), "{refused}");
        pool.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[allow(clippy::unwrap_used)]
    async fn value(pool: &AnyPool, setting: &'static str) -> String {
        use sqlx::Row as _;
        let row = sqlx::query(setting).fetch_one(pool).await.unwrap();
        row.try_get::<String, _>(0).unwrap_or_else(|_| row.get::<i64, _>(0).to_string())
    }
}
