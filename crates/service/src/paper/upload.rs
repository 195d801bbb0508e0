//! Upload a file.

use papers::sniff::{self, FileType, Refused};
use records::Refusal;
use records::moment::By;
use store::files::{FILE_MAX_BYTES, Incoming, Received};
use store::{Paper, PaperState, Store, StoreError};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{Files, owner, reading, scan};
use crate::{Edge, ServiceError, compiled_once};

/// Papers one organisation may have: an assessor's reports on a few hundred enterprises are well below it.
pub const ORGANISATION_MAX_PAPERS: i64 = 5_000;
/// Bytes one organisation may have, so that none fills the disk for all.
pub const ORGANISATION_MAX_BYTES: i64 = 10 << 30;

/// Files looked into at once: unpacking one may take a core for a second.
pub(super) static TURNS: Semaphore = Semaphore::const_new(2);

/// A file on its way in.
#[derive(Debug)]
pub struct Upload {
    incoming: Incoming,
    name: String,
    too_large: bool,
}

impl Upload {
    /// Takes the next piece. What is beyond the limit is passed over, so that whoever sends it gets an answer at the end
    /// instead of a broken connection.
    ///
    /// # Errors
    /// The disk fails.
    #[compiled_once]
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), ServiceError> {
        if self.too_large {
            return Ok(());
        }
        match self.incoming.write(piece).await {
            Err(StoreError::FileTooLarge { .. }) => self.too_large = true,
            done => done?,
        }
        Ok(())
    }
}

/// What an upload came to.
#[derive(Clone, Debug)]
pub struct Uploaded {
    /// The paper.
    pub paper: Paper,
    /// Whether the organisation had the same content on file before.
    pub again: bool,
}

/// Begins to take in a file of this name.
///
/// # Errors
/// The organisation has as much on file as it may, or nobody is signed in.
#[compiled_once]
pub async fn begin(store: &Store, files: &Files, by: &By, name: &str) -> Result<Upload, ServiceError> {
    let weight = store.paper_weight(owner(by)?, None).await?;
    if weight.papers >= ORGANISATION_MAX_PAPERS || weight.bytes >= ORGANISATION_MAX_BYTES {
        let message = "请先在“我的文件”中移除不再使用的文件，再重新上传：本单位保存的文件已达到上限。";
        return Err(Refusal::new(message).into());
    }
    Ok(Upload { incoming: files.blobs.receive().await?, name: name.to_owned(), too_large: false })
}

/// Puts a file that has arrived on file: its type is looked at, it is scanned, kept and put on record.
///
/// # Errors
/// It cannot be taken as a material; the sentence says what to do. Nothing of it is kept then.
#[compiled_once]
pub async fn upload(store: &Store, files: &Files, edge: &Edge<'_>, by: &By, upload: Upload) -> Result<Uploaded, ServiceError> {
    let owner = owner(by)?;
    if upload.too_large {
        return Err(too_large().into());
    }
    let received = upload.incoming.finish().await?;
    let (received, found) = sniffed(received, upload.name.clone()).await?;
    let state = scan::or_pending(scan::state(&files.scanner, received.blob().await?).await)?;
    let (received, looked) = reading::looked_into(received, found).await?;
    let paper = Paper {
        id: edge.id(),
        digest: received.digest().to_string(),
        name: sniff::plain(&upload.name, found),
        media_type: found.media_type().to_owned(),
        bytes: i64::try_from(received.bytes()).unwrap_or(i64::MAX),
        pages: looked.pages,
        organisation: owner.to_owned(),
        uploaded_by: by.account.clone(),
        at_unix_ms: edge.now.0,
        state: scan::not_refused(state)?,
    };
    files.blobs.keep(received).await?;
    if let Some(reading) = &looked.reading {
        reading::keep(store, &paper.digest, reading).await?;
    }
    on_file(store, paper).await
}

fn too_large() -> Refusal {
    let most = FILE_MAX_BYTES >> 20;
    Refusal::new(format!("文件超过{most}兆字节。请降低扫描分辨率、压缩图片，或者拆分为几个文件后重新上传。"))
}

/// The type of a file; looked at beside the pages, for an archive is unpacked to nowhere.
async fn sniffed(received: Received, name: String) -> Result<(Received, FileType), ServiceError> {
    let _turn = TURNS.acquire().await.map_err(|_| ServiceError::Broken)?;
    let mut reader = received.reader()?;
    let looked = spawn_blocking(move || sniff::sniff(&name, &mut reader)).await.map_err(|_| ServiceError::Broken)?;
    match looked {
        Ok(found) => Ok((received, found)),
        Err(Refused::Read(error)) => Err(StoreError::Disk(error).into()),
        Err(refused) => Err(Refusal::new(refused.to_string()).into()),
    }
}

/// The same content again is the paper that is on file, unless that one was refused; it may have been waiting for the
/// scan that this upload got.
async fn on_file(store: &Store, new: Paper) -> Result<Uploaded, ServiceError> {
    let mut paper = store.add_paper(&new).await?;
    if let PaperState::Refused(reason) = paper.state {
        return Err(Refusal::new(reason).into());
    }
    if paper.state == PaperState::Pending && new.state == PaperState::Checked && store.settle_paper(&paper.id, &new.state).await? {
        paper.state = PaperState::Checked;
    }
    Ok(Uploaded { again: paper.id != new.id, paper })
}
