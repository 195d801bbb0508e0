//! Rows that are invoices: filled in from files, held against them, and counted once in the whole system.

mod beside;
mod once;
mod read;
mod sums;

use papers::invoice::Invoice;
use records::application::{Filing, InvoiceRows};
use store::Paper;

use super::FileAt;
use crate::ServiceError;
use crate::desk::Desk;
use crate::paper::{Reading, readings};

pub(super) use beside::remarks;
pub(super) use once::{not_used_twice, problems};
pub use read::{InvoicesRead, read_invoices};

/// A file with the invoice in it.
struct Read {
    paper: Paper,
    invoice: Invoice,
}

fn every(file: &FileAt) -> Vec<InvoiceRows<'_>> {
    file.pack.stages_of(&file.state().procedure).into_iter().flat_map(|stage| InvoiceRows::of(&file.pack, stage)).collect()
}

/// The invoices that were read of the papers of a filing.
async fn on_paper(desk: &Desk<'_>, rows: &InvoiceRows<'_>, filing: &Filing) -> Result<Vec<Read>, ServiceError> {
    let slot = rows.columns.papers.as_ref().and_then(|slot| filing.papers.get(slot));
    let mut papers = Vec::new();
    for paper in slot.into_iter().flatten() {
        papers.extend(desk.store.paper(paper.as_str()).await?);
    }
    let mut known = readings(desk.store, &papers).await?;
    let invoice = |paper: Paper| match known.remove(&paper.id) {
        Some(Reading::Invoice(invoice)) => Some(Read { paper, invoice: *invoice }),
        _ => None,
    };
    Ok(papers.into_iter().filter_map(invoice).collect())
}
