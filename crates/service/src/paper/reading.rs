//! What is in a file that was uploaded: how many pages, and which invoice.

use std::collections::HashMap;
use std::io::Read as _;

use papers::invoice::{self, Format, Invoice};
use papers::pdf_in;
use papers::sniff::FileType;
use serde::{Deserialize, Serialize};
use store::files::Received;
use store::{InvoiceReading, Paper, Store, StoreError};
use tokio::task::spawn_blocking;

use super::upload::TURNS;
use crate::{ServiceError, compiled_once};

/// What was read of a file that may be an e-invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// The invoice.
    Invoice(Box<Invoice>),
    /// Why there is none, and what to do.
    Refused(String),
}

/// What was found in a file.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) pages: Option<i64>,
    pub(super) reading: Option<Reading>,
}

/// Looks into a file of a type that holds invoices; beside the pages, since a large one takes a while. Whatever is in it, it stays the
/// material it was uploaded as.
pub(super) async fn looked_into(received: Received, found: FileType) -> Result<(Received, Looked), ServiceError> {
    let Some(format) = Format::of(found) else { return Ok((received, Looked::default())) };
    let _turn = TURNS.acquire().await.map_err(|_| ServiceError::Broken)?;
    let mut reader = received.reader()?;
    let looked = spawn_blocking(move || {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map(|_| look(format, &bytes))
    });
    let looked = looked.await.map_err(|_| ServiceError::Broken)?.map_err(StoreError::Disk)?;
    Ok((received, looked))
}

fn look(format: Format, bytes: &[u8]) -> Looked {
    let pages = (format == Format::Pdf).then(|| pdf_in::page_count(bytes).ok()).flatten();
    let reading = match invoice::read(format, bytes) {
        Ok(invoice) => Reading::Invoice(Box::new(invoice)),
        Err(error) => Reading::Refused(error.to_string()),
    };
    Looked { pages: pages.and_then(|pages| i64::try_from(pages).ok()), reading: Some(reading) }
}

pub(super) async fn keep(store: &Store, digest: &str, reading: &Reading) -> Result<(), ServiceError> {
    let body = serde_json::to_string(reading).map_err(|_| ServiceError::Broken)?;
    Ok(store.put_invoice_reading(&InvoiceReading { digest: digest.to_owned(), body }).await?)
}

/// What was read of these papers, by their ids. Whoever asks has looked at who may see them.
#[compiled_once]
pub async fn readings(store: &Store, papers: &[Paper]) -> Result<HashMap<String, Reading>, ServiceError> {
    let digests: Vec<String> = papers.iter().map(|paper| paper.digest.clone()).collect();
    let known = store.invoice_readings(&digests).await?;
    let known: HashMap<&str, &str> = known.iter().map(|reading| (reading.digest.as_str(), reading.body.as_str())).collect();
    let read = |paper: &Paper| Some((paper.id.clone(), serde_json::from_str(known.get(paper.digest.as_str())?).ok()?));
    Ok(papers.iter().filter_map(read).collect())
}
