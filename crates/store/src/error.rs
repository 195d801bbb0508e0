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

    /// Something of that name is there already: an address that signs in, a token. Nothing was written.
    #[error("已存在，未重复保存")]
    Taken,

    /// An invoice is counted by another application, of whatever programme. Nothing was written.
    #[error("发票 {number} 已由另一申报件使用")]
    InvoiceTaken {
        /// Its number.
        number: String,
    },

    /// A decision would count an invoice for which another application has an e-invoice to its own name. Nothing was written.
    #[error("发票 {number} 由另一申报件凭电子发票申报")]
    InvoiceContested {
        /// Its number.
        number: String,
    },

    /// A record has another version than its change was decided on: somebody else was quicker. Nothing was written.
    #[error("记录 {noun}/{id} 已被他人更新，请在最新内容上重试")]
    Conflict {
        /// What kind of record it is.
        noun: &'static str,
        /// Which of them.
        id: String,
    },

    /// A draft has another version than the one that was edited: it was saved elsewhere since. Nothing was written.
    #[error("草稿已在别处更新（第 {version} 版）")]
    DraftConflict {
        /// The version it has now; 0 if it is gone.
        version: i64,
    },

    /// A new record without an event, which no replay could make again. Nothing was written.
    #[error("新记录 {noun}/{id} 没有任何台账记录")]
    Eventless {
        /// What kind of record it is.
        noun: &'static str,
        /// Which of them.
        id: String,
    },

    /// A part of a bulk write was for a programme whose chain was not locked at its beginning. Nothing was written.
    #[error("批量写入未锁定“{0}”的台账")]
    Unlocked(String),

    /// An event has no canonical form and cannot stand in the journal. Nothing was written.
    #[error("内容无法记入台账")]
    Event(#[source] journal::JournalError),

    /// A chain does not hold: somebody has changed the database beside the program.
    #[error("台账链不完整：{0}")]
    Broken(#[from] journal::Broken),

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

    /// A file is larger than it may be. Nothing of it is kept.
    #[error("文件超过上限 {max_bytes} 字节")]
    FileTooLarge {
        /// How large it may be.
        max_bytes: u64,
    },

    /// The disk that files are on failed: it is full, or not there.
    #[error("文件读写失败")]
    Disk(#[from] io::Error),

    /// The virus scanner cannot be reached.
    #[error("病毒扫描程序不可用：{0}")]
    Scanner(String),

    /// The engine failed: it cannot be reached, its disk is full, it waited too long for a lock.
    #[error("数据库操作失败")]
    Engine(#[from] sqlx::Error),
}

impl StoreError {
    /// What a failed insert means where a unique name was taken.
    pub(crate) fn taken(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(database) if database.is_unique_violation() => Self::Taken,
            _ => Self::Engine(error),
        }
    }
}
