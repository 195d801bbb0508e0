//! Rows that are invoices: filled in from files, held against them, and counted once in the whole system.

mod beside;
mod contest;
mod once;
mod orphan;
mod parties;
mod printed;
mod read;
mod repeated;
mod sums;
mod whole;

use papers::invoice::{Format, Invoice};
use policy::pack::InvoiceSide;
use records::application::{Filing, InvoiceRows, PaperInvoice, pays};
use records::organisation::Organisation;
use standards::text::{half_width, without_spaces};
use store::Paper;

use self::printed::Printed;
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

/// The rows of a kind with the invoices of their papers.
struct Rows<'f> {
    rows: InvoiceRows<'f>,
    read: Vec<Read>,
}

/// All kinds of rows of a file, each with what its papers hold.
async fn every<'f>(desk: &Desk<'_>, file: &'f FileAt, filing: &Filing) -> Result<Vec<Rows<'f>>, ServiceError> {
    let mut all = Vec::new();
    for rows in file.pack.stages_of(&file.state().procedure).into_iter().flat_map(|stage| InvoiceRows::of(&file.pack, stage)) {
        let read = on_paper(desk, &rows, filing).await?;
        all.push(Rows { rows, read });
    }
    Ok(all)
}

/// The invoices that were read of the papers of a filing; of one invoice the best format first.
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
    let mut all: Vec<Read> = papers.into_iter().filter_map(invoice).collect();
    all.sort_by_key(|read| rank(read.invoice.format));
    let printed = Printed::of(all.iter().filter_map(|read| read.invoice.number.as_ref()));
    for read in &mut all {
        read.invoice.number = read.invoice.number.take().map(|number| printed.whole(number));
    }
    Ok(all)
}

/// The data of an invoice come before a page that carries them, and that before a page that is only looked at.
fn rank(format: Format) -> u8 {
    match format {
        Format::Xml => 0,
        Format::Ofd => 1,
        Format::Pdf => 2,
    }
}

/// The invoices on the papers of a filing, as they are claimed with it; none where nothing is paid.
pub(super) async fn to_claim(desk: &Desk<'_>, file: &FileAt, filing: &Filing) -> Result<Vec<PaperInvoice>, ServiceError> {
    if !pays(&file.pack, &file.state().procedure) {
        return Ok(Vec::new());
    }
    Ok(claimable(&every(desk, file, filing).await?, &file.knowing.applicant))
}

/// Red-letter invoices claim nothing: their original does.
fn claimable(all: &[Rows<'_>], applicant: &Organisation) -> Vec<PaperInvoice> {
    let side = |of: &Rows<'_>| of.rows.columns.applicant_is;
    let blue = all.iter().flat_map(|of| of.read.iter().map(move |read| (side(of), &read.invoice))).filter(|(_, invoice)| !invoice.is_red());
    let claim = |(side, invoice): (InvoiceSide, &Invoice)| {
        Some(PaperInvoice { number: invoice.number.clone()?, own: names(invoice, side, applicant) })
    };
    let mut found: Vec<PaperInvoice> = blue.filter_map(claim).collect();
    found.sort_by(|left, right| (&left.number, right.own).cmp(&(&right.number, left.own)));
    found.dedup_by(|later, first| later.number == first.number);
    found
}

/// Whether the code of the side that the applicant is said to be is the applicant's.
fn names(invoice: &Invoice, side: InvoiceSide, applicant: &Organisation) -> bool {
    let plain = |code: &str| half_width(&without_spaces(code)).to_ascii_uppercase();
    let party = match side {
        InvoiceSide::Buyer => &invoice.buyer,
        InvoiceSide::Seller => &invoice.seller,
        InvoiceSide::Neither => return false,
    };
    let codes = party.code.as_deref().zip(applicant.credit_code.as_deref());
    codes.is_some_and(|(buyer, own)| !own.is_empty() && plain(buyer) == plain(own))
}
