//! Contents of uploaded files, stored under their digest behind one door.

mod clamd;
mod digest;
mod disk;
mod incoming;

use std::path::Path;

use sm3::{Digest as _, Sm3};
use tokio::io::{AsyncRead, AsyncReadExt as _};

pub use clamd::{Scanner, Verdict};
pub use digest::{Digest, DigestError};
pub use disk::Disk;
pub use incoming::{FILE_MAX_BYTES, Incoming, Received};

use crate::{StoreError, compiled_once};

/// Bytes read at a time.
const PIECE_BYTES: usize = 64 << 10;

/// Where contents are. An enum and not a trait: there are few ways, all of them known here.
#[derive(Clone, Debug)]
pub enum Blobs {
    /// A folder of this machine.
    Disk(Disk),
}

/// What became of a content since it was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sound {
    /// It is as it was.
    Whole,
    /// It is not what its digest says.
    Altered,
    /// There is none.
    Missing,
}

impl Blobs {
    /// Contents in a folder, created when it is missing.
    ///
    /// # Errors
    /// The folder cannot be created.
    pub fn on_disk(folder: &Path) -> Result<Self, StoreError> {
        Disk::open(folder).map(Self::Disk)
    }

    /// Begins to take a content in.
    ///
    /// # Errors
    /// The disk fails.
    #[compiled_once]
    pub async fn receive(&self) -> Result<Incoming, StoreError> {
        match self {
            Self::Disk(disk) => disk.receive().await,
        }
    }

    /// Keeps a content under its digest; an equal one is kept once.
    ///
    /// # Errors
    /// The disk fails.
    #[compiled_once]
    pub async fn keep(&self, received: Received) -> Result<(), StoreError> {
        match self {
            Self::Disk(disk) => disk.keep(received).await,
        }
    }

    /// Takes in a whole content at once and keeps it.
    ///
    /// # Errors
    /// It is larger than [`FILE_MAX_BYTES`], or it or the disk fails.
    pub async fn put_stream(&self, mut stream: impl AsyncRead + Unpin) -> Result<Digest, StoreError> {
        let (mut incoming, mut piece) = (self.receive().await?, vec![0; PIECE_BYTES]);
        loop {
            match stream.read(&mut piece).await? {
                0 => break,
                read => incoming.write(&piece[..read]).await?,
            }
        }
        let received = incoming.finish().await?;
        let digest = received.digest().clone();
        self.keep(received).await?;
        Ok(digest)
    }

    /// Opens a content; `None` when there is none under this digest.
    ///
    /// # Errors
    /// The disk fails.
    #[compiled_once]
    pub async fn open(&self, digest: &Digest) -> Result<Option<Blob>, StoreError> {
        match self {
            Self::Disk(disk) => Ok(disk.open_file(digest).await?.map(Blob)),
        }
    }

    /// Reads a content again and compares it with its digest.
    ///
    /// # Errors
    /// The disk fails.
    #[compiled_once]
    pub async fn check(&self, digest: &Digest) -> Result<Sound, StoreError> {
        let Some(mut blob) = self.open(digest).await? else { return Ok(Sound::Missing) };
        let mut hash = Sm3::new();
        while let Some(piece) = blob.piece().await? {
            hash.update(&piece);
        }
        Ok(if Digest::of(hash) == *digest { Sound::Whole } else { Sound::Altered })
    }

    /// Removes what broken uploads left behind before a moment and says how many there were. An upload under way is younger.
    ///
    /// # Errors
    /// The disk fails.
    #[compiled_once]
    pub async fn sweep(&self, before_unix_s: i64) -> Result<u64, StoreError> {
        match self {
            Self::Disk(disk) => disk.sweep(before_unix_s).await,
        }
    }

    /// The contents that were last uploaded before a moment.
    ///
    /// # Errors
    /// The disk fails.
    #[compiled_once]
    pub async fn older(&self, before_unix_s: i64) -> Result<Vec<Digest>, StoreError> {
        match self {
            Self::Disk(disk) => disk.older(before_unix_s).await,
        }
    }

    /// Removes a content that was last uploaded before a moment; `false` when it came again since.
    ///
    /// # Errors
    /// The disk fails.
    #[compiled_once]
    pub async fn remove_older(&self, digest: &Digest, before_unix_s: i64) -> Result<bool, StoreError> {
        match self {
            Self::Disk(disk) => disk.remove_older(digest, before_unix_s).await,
        }
    }
}

/// A content being read.
#[derive(Debug)]
pub struct Blob(tokio::fs::File);

impl Blob {
    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// The disk fails.
    #[compiled_once]
    pub async fn piece(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        let read = self.0.read_buf(&mut piece).await?;
        Ok((read > 0).then_some(piece))
    }
}
