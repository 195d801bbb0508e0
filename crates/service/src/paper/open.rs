//! Open a file.

use std::io;

use records::Refusal;
use records::moment::By;
use store::files::{Blob, Digest};
use store::{Paper, PaperState, Store, StoreError};

use super::{Files, own};
use crate::{ServiceError, compiled_once};

/// Why a paper that waits for the scanner is not opened or attached yet.
pub(super) const WAITS: &str = "文件正在等待病毒检查，请稍后再试；较长时间没有结果的，请联系平台运行单位。";

/// A paper with its content.
#[derive(Debug)]
pub struct Opened {
    /// What is known of it.
    pub paper: Paper,
    /// Its content, read piece by piece.
    pub blob: Blob,
}

/// That somebody may see one paper, because an application that they may see quotes it. Only the use case that has looked at
/// the application makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaySee {
    paper: String,
}

impl MaySee {
    /// For the paper of this id, quoted by an application whose reader was authorised just now.
    pub(crate) fn quoted(paper: impl Into<String>) -> Self {
        Self { paper: paper.into() }
    }
}

/// Opens a paper of one's own organisation.
///
/// # Errors
/// There is none of this id, or it cannot be used.
#[compiled_once]
pub async fn open_as_owner(store: &Store, files: &Files, by: &By, id: &str) -> Result<Opened, ServiceError> {
    opened(files, own(store, by, id).await?).await
}

/// Opens a paper that an application quotes.
///
/// # Errors
/// It was removed, or cannot be used.
#[compiled_once]
pub async fn open_for_application(store: &Store, files: &Files, may: &MaySee) -> Result<Opened, ServiceError> {
    let paper = store.paper(&may.paper).await?.ok_or(ServiceError::NotFound)?;
    opened(files, paper).await
}

async fn opened(files: &Files, paper: Paper) -> Result<Opened, ServiceError> {
    match &paper.state {
        PaperState::Pending => Err(Refusal::new(WAITS).into()),
        PaperState::Refused(reason) => Err(Refusal::new(reason).into()),
        PaperState::Checked | PaperState::Attached => Ok(Opened { blob: content(files, &paper).await?, paper }),
    }
}

/// The content of a paper. That there is none is a fault of the disk or of whoever restored a backup, and goes to the log.
pub(super) async fn content(files: &Files, paper: &Paper) -> Result<Blob, ServiceError> {
    let missing = || StoreError::Disk(io::Error::new(io::ErrorKind::NotFound, format!("no content {}", paper.digest)));
    let digest: Digest = paper.digest.parse().map_err(|_| missing())?;
    Ok(files.blobs.open(&digest).await?.ok_or_else(missing)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Scanner, begin, upload};
    use crate::{Edge, ServiceError};
    use records::Moment;

    fn by(organisation: &str) -> By {
        By { account: "张三".into(), organisation: organisation.into(), mandate: None }
    }

    #[tokio::test]
    async fn whoever_may_see_the_application_may_see_its_papers() {
        let folder = std::env::temp_dir().join(format!("shuzhuan-may-see-{}", std::process::id()));
        let store = Store::open(&format!("sqlite:{}/x.db", folder.display())).await.unwrap();
        let files = Files { scanner: Scanner::Off, ..Files::open(&folder.join("files"), None).unwrap() };
        let edge = Edge { now: Moment(0), random: |bytes| bytes.fill(7), origin: "" };
        let mut incoming = begin(&store, &files, &by("甲"), "a.pdf").await.unwrap();
        incoming.write(b"%PDF-1.7").await.unwrap();
        let paper = upload(&store, &files, &edge, &by("甲"), incoming).await.unwrap().paper;

        let mut opened = open_for_application(&store, &files, &MaySee::quoted(&paper.id)).await.unwrap();
        assert_eq!(opened.blob.piece().await.unwrap().as_deref(), Some(&b"%PDF-1.7"[..]));
        let other = open_for_application(&store, &files, &MaySee::quoted("other")).await;
        assert!(matches!(other, Err(ServiceError::NotFound)));
        store.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }
}
