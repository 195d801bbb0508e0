//! A table between being sent and being taken in: the file lies with the office's papers, what was typed anew and which rows are
//! left out in a draft.

use std::collections::BTreeSet;
use std::sync::Arc;

use papers::read_within;
use papers::sheet_in::Corrections;
use records::access::Acting;
use records::import::Import;
use records::{Noun as _, Refusal};
use serde::{Deserialize, Serialize};
use store::{Draft, DraftKey};
use tokio::task::spawn_blocking;

use super::{Correcting, LIMITS, Table, Target, preview};
use crate::desk::{Desk, only};
use crate::paper::{self, Files};
use crate::{ServiceError, compiled_once};

/// What of a draft is a table.
const PART: &str = "table";

/// A table that waits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// What it is about.
    pub target: Target,
    /// The office that sent it.
    organisation: String,
    /// Where its content lies.
    paper: String,
    /// The file's name.
    pub name: String,
    /// SM3 of its content.
    digest: String,
    /// Cells typed anew: row from 1, column from 0, text.
    corrections: Vec<(usize, usize, String)>,
    /// Rows that are left out, from 1.
    #[serde(default)]
    left_out: BTreeSet<usize>,
    /// How often it was saved.
    #[serde(skip)]
    version: i64,
}

impl Kept {
    /// The cells typed anew and the rows that are left out.
    fn corrections(&self) -> Corrections {
        let cells = self.corrections.iter().map(|(row, column, text)| ((*row, *column), text.clone())).collect();
        Corrections { cells, left_out: self.left_out.clone() }
    }

    /// The table without its content.
    fn table(&self) -> Table {
        Table { name: self.name.clone(), bytes: Arc::default(), digest: self.digest.clone(), corrections: self.corrections() }
    }

    /// The office that sent it.
    pub(super) fn organisation(&self) -> &str {
        &self.organisation
    }

    /// Where its content lies.
    pub(super) fn paper(&self) -> &str {
        &self.paper
    }

    /// SM3 of its content.
    pub(super) fn digest(&self) -> &str {
        &self.digest
    }

    /// What drops it once it is taken in.
    pub fn key(id: &str) -> DraftKey {
        DraftKey { noun: Import::NOUN.to_owned(), record_id: id.to_owned(), part: Some(PART.to_owned()) }
    }
}

/// Lets those through who may take such a table in: asked before a file is uploaded for it.
///
/// # Errors
/// The person may not.
#[compiled_once]
pub async fn may_begin(desk: &Desk<'_>, acting: &Acting, target: &Target) -> Result<(), ServiceError> {
    target.only(desk, acting).await
}

/// Lets those through whose office sent a table that waits: asked before anything that was sent about it is read.
///
/// # Errors
/// There is none of this id of the person's office.
#[compiled_once]
pub async fn may_go_on(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<(), ServiceError> {
    own(desk, acting, id).await.map(drop)
}

/// Reads a paper of the person's office before it is kept as a table: one that cannot be opened would wait for nobody.
///
/// # Errors
/// The person may not take such a table in, or there is no such paper; a refusal that says why it cannot be opened as such a table.
#[compiled_once]
pub async fn look_into(desk: &Desk<'_>, files: &Files, acting: &Acting, target: &Target, paper: &str) -> Result<(), ServiceError> {
    target.only(desk, acting).await?;
    let kept = kept(desk, acting, target, paper).await?;
    let table = Table { bytes: content(desk, files, acting, &kept.paper).await?, ..kept.table() };
    // Those of a whole place may have many rows: they are read and no more.
    if !matches!(target, Target::Organisations { .. } | Target::Roster { .. } | Target::Products) {
        return preview(desk, acting, target, &table).await.map(|_| ());
    }
    let read = spawn_blocking(move || read_within(&table.name, &table.bytes, LIMITS, &mut |_, _| {}));
    let read = read.await.map_err(|_| ServiceError::Broken)?;
    read.map_err(|error| Refusal::new(format!("{error}。")).into())
}

/// Keeps a paper of the person's office as a table to look at; answers its id. [`look_into`] comes first.
///
/// # Errors
/// The person may not take such a table in, or there is no such paper.
#[compiled_once]
pub async fn begin(desk: &Desk<'_>, acting: &Acting, target: &Target, paper: &str) -> Result<String, ServiceError> {
    target.only(desk, acting).await?;
    let kept = kept(desk, acting, target, paper).await?;
    let id = desk.edge.id();
    save(desk, acting, &id, &kept).await?;
    Ok(id)
}

async fn kept(desk: &Desk<'_>, acting: &Acting, target: &Target, paper: &str) -> Result<Kept, ServiceError> {
    let paper = paper::own(desk.store, &acting.by(), paper).await?;
    if usize::try_from(paper.bytes).unwrap_or(usize::MAX) > LIMITS.file_bytes {
        return Err(Refusal::new(format!("文件超过{}兆字节，请分成几个表格导入。", LIMITS.file_bytes >> 20)).into());
    }
    if !paper.name.to_lowercase().ends_with(".xlsx") {
        return Err(Refusal::new("请上传 .xlsx 文件；其他格式的表格，请先用表格软件另存为 .xlsx。").into());
    }
    Ok(Kept {
        target: target.clone(),
        organisation: acting.organisation.to_string(),
        paper: paper.id,
        name: paper.name,
        digest: paper.digest,
        corrections: Vec::new(),
        left_out: BTreeSet::new(),
        version: 0,
    })
}

async fn content(desk: &Desk<'_>, files: &Files, acting: &Acting, paper: &str) -> Result<Arc<Vec<u8>>, ServiceError> {
    let mut opened = paper::open_as_owner(desk.store, files, &acting.by(), paper).await?;
    let mut bytes = Vec::with_capacity(usize::try_from(opened.paper.bytes).unwrap_or(0).min(LIMITS.file_bytes));
    while let Some(piece) = opened.blob.piece().await? {
        bytes.extend_from_slice(&piece);
    }
    Ok(Arc::new(bytes))
}

/// A table that waits, with its content.
///
/// # Errors
/// There is none of this id of the person's office, or its file cannot be read.
#[compiled_once]
pub async fn open(desk: &Desk<'_>, files: &Files, acting: &Acting, id: &str) -> Result<(Kept, Table), ServiceError> {
    let kept = own(desk, acting, id).await?;
    let table = Table { bytes: content(desk, files, acting, &kept.paper).await?, ..kept.table() };
    Ok((kept, table))
}

/// Keeps cells typed anew and rows that are left out; those said before stay where nothing is said of them now.
///
/// # Errors
/// A refusal when there are too many.
#[compiled_once]
pub async fn correct(desk: &Desk<'_>, acting: &Acting, id: &str, correcting: &Correcting) -> Result<(), ServiceError> {
    let mut kept = own(desk, acting, id).await?;
    let Corrections { cells, left_out } = correcting.over(kept.corrections())?;
    kept.corrections = cells.into_iter().map(|((row, column), text)| (row, column, text)).collect();
    kept.left_out = left_out;
    save(desk, acting, id, &kept).await
}

/// Gives a table up; answers what it was about. Its file stays with the office's papers.
///
/// # Errors
/// There is none of this id of the person's office.
#[compiled_once]
pub async fn discard(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<Target, ServiceError> {
    let kept = own(desk, acting, id).await?;
    desk.store.drop_draft(Kept::key(id)).await?;
    Ok(kept.target)
}

async fn own(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<Kept, ServiceError> {
    let draft = desk.store.draft(Import::NOUN, id, PART).await?.ok_or(ServiceError::NotFound)?;
    let kept: Kept = serde_json::from_str(&draft.body).map_err(|_| ServiceError::Broken)?;
    only(kept.organisation == acting.organisation.as_str()).map_err(|_| ServiceError::NotFound)?;
    kept.target.only(desk, acting).await?;
    Ok(Kept { version: draft.version, ..kept })
}

async fn save(desk: &Desk<'_>, acting: &Acting, id: &str, kept: &Kept) -> Result<(), ServiceError> {
    let draft = Draft {
        noun: Import::NOUN.to_owned(),
        record_id: id.to_owned(),
        part: PART.to_owned(),
        account: acting.account.to_string(),
        version: kept.version,
        body: serde_json::to_string(kept).map_err(|_| ServiceError::Broken)?,
        at_unix_ms: desk.edge.now.0,
    };
    desk.store.put_draft(&draft).await?;
    Ok(())
}
