//! A content on its way in: hashed and limited while it is written, to a place where nothing looks for it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sm3::{Digest as _, Sm3};
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt as _;

use super::{Blob, Digest};
use crate::{StoreError, compiled_once};

/// How large one file may be: a scanned contract of a hundred pages is about half of it.
pub const FILE_MAX_BYTES: u64 = 50 << 20;

/// A file in the folder for what is not whole yet. Whatever happens, it is gone when this is dropped; after a crash the
/// sweep finds it.
#[derive(Debug)]
pub(super) struct Spool(PathBuf);

impl Spool {
    /// A new empty file. Other processes may write into the same folder: a name that is there is passed over.
    async fn create(folder: &Path) -> Result<(Self, File), io::Error> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{}-{number}", std::process::id()));
            match options().open(&path).await {
                Ok(file) => return Ok((Self(path), file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        // After it was moved home there is nothing here, which is as it should be.
        let _ = fs::remove_file(&self.0);
    }
}

/// Readable by the service alone: materials hold personal data.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    options
}

/// A content that is being received.
#[derive(Debug)]
pub struct Incoming {
    file: File,
    spool: Spool,
    hash: Sm3,
    bytes: u64,
}

impl Incoming {
    pub(super) async fn new(folder: &Path) -> Result<Self, StoreError> {
        let (spool, file) = Spool::create(folder).await?;
        Ok(Self { file, spool, hash: Sm3::new(), bytes: 0 })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// The content is larger than [`FILE_MAX_BYTES`], or the disk is full.
    #[compiled_once]
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), StoreError> {
        self.bytes += piece.len() as u64;
        if self.bytes > FILE_MAX_BYTES {
            return Err(StoreError::FileTooLarge { max_bytes: FILE_MAX_BYTES });
        }
        self.hash.update(piece);
        Ok(self.file.write_all(piece).await?)
    }

    /// Waits until all of it is on the disk. It is not kept yet: it can be looked into first, and is gone if it is dropped.
    ///
    /// # Errors
    /// The disk is full.
    #[compiled_once]
    pub async fn finish(mut self) -> Result<Received, StoreError> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        Ok(Received { spool: self.spool, digest: Digest::of(self.hash), bytes: self.bytes })
    }
}

/// A content that has arrived whole.
#[derive(Debug)]
pub struct Received {
    pub(super) spool: Spool,
    digest: Digest,
    bytes: u64,
}

impl Received {
    /// What it will be kept under.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// How large it is.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// To read it piece by piece.
    ///
    /// # Errors
    /// The file is gone: the disk failed.
    #[compiled_once]
    pub async fn blob(&self) -> Result<Blob, StoreError> {
        Ok(Blob(File::open(self.spool.path()).await?))
    }

    /// To look into it. Reading blocks.
    ///
    /// # Errors
    /// The file is gone: the disk failed.
    pub fn reader(&self) -> Result<fs::File, StoreError> {
        Ok(fs::File::open(self.spool.path())?)
    }
}
