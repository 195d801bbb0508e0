//! Two files that say the same invoice: which of them may be handed in, and what is said beside both.

use std::collections::{BTreeMap, BTreeSet};

use records::access::{Acting, Sight, may_see};
use records::application::{Application, CountedKey, Filing, Founded, PaperInvoice, invoices_of, pays};
use standards::InvoiceNumber;
use store::InvoiceClaim;

use super::super::FileAt;
use super::super::remark::{About, Remark};
use super::{Rows, claimable};
use crate::ServiceError;
use crate::desk::Desk;
use crate::on_file::load;

/// How the invoices of a filing stand to those that other files count.
pub(super) struct Standing {
    mine: BTreeMap<String, CountedKey>,
    claims: Vec<InvoiceClaim>,
    id: String,
}

impl Standing {
    /// Looks up what is typed and what is on paper; nothing where nothing is paid.
    pub(super) async fn of(desk: &Desk<'_>, file: &FileAt, filing: &Filing, all: &[Rows<'_>]) -> Result<Self, ServiceError> {
        let (state, mut own) = (file.state(), Self { mine: BTreeMap::new(), claims: Vec::new(), id: file.state().id.to_string() });
        if pays(&file.pack, &state.procedure) && !state.has_ended() {
            let read: Vec<PaperInvoice> = claimable(all, &file.knowing.applicant);
            own.mine = invoices_of(&file.pack, &state.procedure, &filing.answers, &read);
            let numbers: Vec<String> = own.mine.keys().cloned().collect();
            own.claims = desk.store.invoice_claims(&numbers).await?;
        }
        Ok(own)
    }

    /// The keys that this file may not be handed in with: another file counts them, and has them by right as far as anybody can tell.
    pub(super) fn taken(&self) -> BTreeSet<&str> {
        let taken = self.claims.iter().filter(|claim| claim.application != self.id && !self.waits(claim) && !self.takes_over(claim));
        taken.map(|claim| claim.number.as_str()).collect()
    }

    /// Whether only this file has an e-invoice to its applicant; the commit asks the same.
    fn takes_over(&self, claim: &InvoiceClaim) -> bool {
        claim.yields() && claim.displaced.is_empty() && self.mine.get(&claim.number).is_some_and(|own| own.founded == Founded::Proven)
    }

    /// Whether this file was displaced from an invoice, under this number or under its other one; the commit asks the same.
    fn waits(&self, claim: &InvoiceClaim) -> bool {
        let also = self.mine.get(&claim.number).and_then(|own| own.also.as_ref());
        let same = |other: &&InvoiceClaim| other.application == claim.application && other.displaced == self.id;
        claim.displaced == self.id
            || (claim.displaced.is_empty() && self.claims.iter().filter(same).any(|other| Some(&other.number) == also))
    }
}

/// A doubt beside each invoice that another file says too, for those who decide either.
pub(super) async fn contested(
    desk: &Desk<'_>,
    acting: &Acting,
    file: &FileAt,
    filing: &Filing,
    all: &[Rows<'_>],
) -> Result<Vec<Remark>, ServiceError> {
    let standing = Standing::of(desk, file, filing, all).await?;
    let (mut said, mut told) = (Vec::new(), BTreeSet::new());
    for claim in &standing.claims {
        let (other, text): (&str, fn(&str, &str) -> String) = match () {
            () if claim.application == standing.id && !claim.displaced.is_empty() => (&claim.displaced, holds),
            () if standing.waits(claim) => (&claim.application, waits),
            () if claim.application != standing.id && standing.takes_over(claim) => (&claim.application, holds),
            () => continue,
        };
        let path = place(all, filing, &claim.number);
        // An invoice of two numbers that the same other file has is one doubt.
        if told.insert((path.clone(), other.to_owned())) {
            let text = text(&claim.number, &named(desk, acting, file, other).await?);
            said.push(Remark { path, about: About::InvoiceDoubt, text });
        }
    }
    Ok(said)
}

fn holds(number: &str, other: &str) -> String {
    format!(
        "另一申报件{other}也填报了发票{number}，但没有载明其申报单位的电子发票；本件附有载明本单位的电子发票，该发票暂由本件使用。请受理单位对照原件核对后再核定。"
    )
}

fn waits(number: &str, other: &str) -> String {
    format!(
        "另一申报件{other}也填报了发票{number}，并附有载明其申报单位的电子发票，该发票暂由该件使用，查清以前本件不能核定。填错号码的，请退回补正；确属本单位发票的，请补充电子发票，由受理单位核对两件的原件。"
    )
}

/// The number of the other file, for bureaus alone: nobody else learns anything of it.
async fn named(desk: &Desk<'_>, acting: &Acting, file: &FileAt, other: &str) -> Result<String, ServiceError> {
    let sight = may_see(acting, file.state(), &file.pack, desk.today()).map(|may| may.sight());
    if !matches!(sight, Some(Sight::Office)) {
        return Ok(String::new());
    }
    let number = load::<Application>(desk.store, other).await?.and_then(|other| other.state.number);
    Ok(number.map(|number| format!("（受理编号{number}）")).unwrap_or_default())
}

/// The first row of a number, or the table whose papers have it.
fn place(all: &[Rows<'_>], filing: &Filing, key: &str) -> String {
    let same = |number: Option<InvoiceNumber>| number.is_some_and(|number| number.keys().iter().any(|own| own == key));
    let row = all.iter().find_map(|of| {
        let row = filing.answers.rows(of.rows.kind).iter().find(|row| same(of.rows.number(row)))?;
        Some(format!("{}.{}", of.rows.kind, row.id))
    });
    let table = || all.iter().find(|of| of.read.iter().any(|read| same(read.invoice.number.clone()))).map(|of| of.rows.kind.to_owned());
    row.or_else(table).unwrap_or_default()
}
