//! Contents on a local disk.
//!
//! `tmp/` holds what is not whole yet, `ab/cdef…` what is kept: the digest, its first two characters as a folder. A content
//! comes there by one rename after it was forced to the disk, so that whatever stands under a digest is whole.

use std::fs::{self, DirEntry, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use tokio::task::spawn_blocking;

use super::{Digest, Incoming, Received};
use crate::StoreError;

/// A folder of contents.
#[derive(Clone, Debug)]
pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    pub(super) fn open(folder: &Path) -> Result<Self, StoreError> {
        let folder = folder.to_owned();
        let tmp = folder.join("tmp");
        fs::create_dir_all(&tmp).map_err(|source| StoreError::Folder { path: tmp, source })?;
        Ok(Self { folder })
    }

    fn tmp(&self) -> PathBuf {
        self.folder.join("tmp")
    }

    fn home(&self, digest: &Digest) -> PathBuf {
        let (folder, name) = digest.parts();
        self.folder.join(folder).join(name)
    }

    pub(super) async fn receive(&self) -> Result<Incoming, StoreError> {
        Incoming::new(&self.tmp()).await
    }

    /// An equal content that is there already is replaced by this one: it makes no difference but that the file is as new as
    /// its last upload, and so [`Self::collect`] leaves it alone until the upload is on record.
    pub(super) async fn keep(&self, received: Received) -> Result<(), StoreError> {
        let home = self.home(received.digest());
        off(move || {
            let folder = home.parent().unwrap_or(&home);
            fs::create_dir_all(folder)?;
            fs::rename(received.spool.path(), &home)?;
            sync_folder(folder)?;
            sync_folder(folder.parent().unwrap_or(folder))
        })
        .await
    }

    pub(super) async fn open_file(&self, digest: &Digest) -> Result<Option<tokio::fs::File>, StoreError> {
        match tokio::fs::File::open(self.home(digest)).await {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes what was left behind in `tmp/` and not written to since. What stands there under a digest was being
    /// removed when the program ended and goes home again: it may have come anew.
    pub(super) async fn sweep(&self, before_unix_s: i64) -> Result<u64, StoreError> {
        let disk = self.clone();
        off(move || {
            let mut removed = 0;
            for entry in entries(&disk.tmp())?.into_iter().filter(|entry| is_older(entry, before_unix_s)) {
                match entry.file_name().to_string_lossy().parse::<Digest>() {
                    Ok(digest) => fs::rename(entry.path(), disk.home(&digest))?,
                    Err(_) => removed += u64::from(is_gone(fs::remove_file(entry.path()))?),
                }
            }
            Ok(removed)
        })
        .await
    }

    /// Every digest that was last uploaded before a moment.
    pub(super) async fn older(&self, before_unix_s: i64) -> Result<Vec<Digest>, StoreError> {
        let folder = self.folder.clone();
        off(move || {
            let mut found = Vec::new();
            for first in entries(&folder)?.iter().filter(|entry| entry.path().is_dir()) {
                let old = entries(&first.path())?.into_iter().filter(|entry| is_older(entry, before_unix_s));
                let name = |entry: DirEntry| Some(format!("{}{}", first.file_name().to_str()?, entry.file_name().to_str()?));
                found.extend(old.filter_map(name).filter_map(|text| text.parse::<Digest>().ok()));
            }
            Ok(found)
        })
        .await
    }

    /// Removes a content unless it was uploaded again since `before_unix_s`; `false` when it was. It is taken away first and
    /// looked at then, so that an upload that comes in between puts its own in the place and loses nothing.
    pub(super) async fn remove_older(&self, digest: &Digest, before_unix_s: i64) -> Result<bool, StoreError> {
        let (home, aside) = (self.home(digest), self.tmp().join(digest.as_str()));
        off(move || {
            if !is_gone(fs::rename(&home, &aside))? {
                return Ok(false);
            }
            if modified_unix_s(&fs::metadata(&aside)?) >= before_unix_s {
                fs::rename(&aside, &home)?;
                return Ok(false);
            }
            is_gone(fs::remove_file(&aside))
        })
        .await
    }
}

/// Runs what waits for the disk beside the pages.
async fn off<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, StoreError> {
    let done = spawn_blocking(work).await.map_err(io::Error::other)?;
    Ok(done?)
}

/// A new name lasts only when its folder was forced to the disk too.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    fs::read_dir(folder)?.collect()
}

/// Whether it is there no more by this call; `false` when it was gone before.
fn is_gone(done: io::Result<()>) -> io::Result<bool> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        done => done.map(|()| true),
    }
}

/// A file that vanished meanwhile is nobody's to remove.
fn is_older(entry: &DirEntry, before_unix_s: i64) -> bool {
    entry.metadata().is_ok_and(|meta| meta.is_file() && modified_unix_s(&meta) < before_unix_s)
}

/// A disk that knows no times has only new files.
fn modified_unix_s(meta: &fs::Metadata) -> i64 {
    let since = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since.map_or(i64::MAX, |since| since.as_secs() as i64)
}
