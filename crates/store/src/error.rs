//! What can go wrong on the way to or from the database.

use std::io;
use std::path::PathBuf;

/// Why the store could not do what was asked.
///
/// The messages are for the person who runs the service. None of them repeats the database
/// address, which may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is neither `sqlite:PATH` nor `postgres://…`, or names an in-memory database,
    /// which would be lost with the process.
    #[error("数据库地址应写作 sqlite:文件路径 或 postgres://主机/库名，不支持内存数据库")]
    Address,

    /// The folder of the SQLite file could not be created.
    #[error("无法创建数据目录 {}", path.display())]
    Folder {
        /// The folder that was to be created.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },

    /// The tables could not be brought up to date: a newer version of the program has used this
    /// database, or an applied migration was edited since.
    #[error("数据库表结构升级失败")]
    Migrate(#[from] sqlx::migrate::MigrateError),

    /// A case is already kept under this token. The first one stays as it was.
    #[error("该链接下已保存过内容，原内容未改动")]
    AlreadyKept,

    /// A text is longer than its named limit. Nothing was written.
    #[error("{column} 为 {bytes} 字节，超过上限 {max_bytes} 字节")]
    TooLarge {
        /// The column it was meant for.
        column: &'static str,
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        max_bytes: usize,
    },

    /// A text holds the NUL character, which PostgreSQL cannot store. It is refused on both
    /// engines, so that data can always be moved from one to the other. Nothing was written.
    #[error("{column} 含有空字符（NUL），无法保存")]
    Nul {
        /// The column it was meant for.
        column: &'static str,
    },

    /// A row holds a value that this version of the program cannot have written.
    #[error("数据库中 {column} 的值 {value:?} 无法识别")]
    Unreadable {
        /// The column that holds it.
        column: &'static str,
        /// The value found there.
        value: String,
    },

    /// The engine failed: it cannot be reached, its disk is full, it waited too long for a lock.
    #[error("数据库操作失败")]
    Engine(#[from] sqlx::Error),
}
