//! The pictures of issued papers: kept once, as the materials they are, and put into a paper when it is written.

use papers::paper::{Attached, Paper, Picture};
use records::access::Acting;
use sm3::{Digest as _, Sm3};
use tokio::task::spawn_blocking;

use super::open::open;
use crate::desk::Desk;
use crate::paper::{Files, MaySee, Opened, open_for_application};
use crate::{ServiceError, compiled_once};

/// One picture of a paper by its number from 1, for somebody who may have the paper.
///
/// # Errors
/// As [`open`]; there is no such picture, or its file is another than was quoted.
#[compiled_once]
pub async fn picture(desk: &Desk<'_>, files: &Files, acting: Option<&Acting>, id: &str, number: usize) -> Result<Opened, ServiceError> {
    let issued = open(desk, acting, id).await?;
    let attached = number.checked_sub(1).and_then(|at| issued.paper.attached().nth(at)).ok_or(ServiceError::NotFound)?;
    let opened = open_for_application(desk.store, files, &MaySee::quoted(&attached.id)).await?;
    if opened.paper.digest == attached.digest { Ok(opened) } else { Err(ServiceError::Broken) }
}

/// A paper with its pictures in their places. A file that is gone, damaged, or no picture that a page can hold leaves its words
/// alone: the list beside it names the file all the same.
///
/// # Errors
/// The disk fails.
#[compiled_once]
pub async fn with_pictures(files: &Files, paper: Paper) -> Result<Paper, ServiceError> {
    let mut found = Vec::new();
    for attached in paper.attached() {
        found.push(read(files, attached).await?);
    }
    if found.is_empty() {
        return Ok(paper);
    }
    let put = move || paper.with_pictures(|number| found.get_mut(number - 1).and_then(Option::take).and_then(sound));
    spawn_blocking(put).await.map_err(|_| ServiceError::Broken)
}

/// A file with what is to stand under it, and what its digest should be.
type Kept = (Vec<u8>, String, String);

async fn read(files: &Files, attached: &Attached) -> Result<Option<Kept>, ServiceError> {
    let Ok(digest) = attached.digest.parse() else { return Ok(None) };
    let Some(mut blob) = files.blobs.open(&digest).await? else { return Ok(None) };
    let mut bytes = Vec::new();
    while let Some(piece) = blob.piece().await? {
        bytes.extend(piece);
    }
    Ok(Some((bytes, attached.description.clone(), attached.digest.clone())))
}

fn sound((bytes, description, digest): Kept) -> Option<Picture> {
    let same = Sm3::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>() == digest;
    same.then(|| Picture::proven(bytes, description).ok()).flatten()
}
