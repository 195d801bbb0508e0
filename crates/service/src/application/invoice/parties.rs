//! Who should have bought and who should have sold: what the form says the applicant is, and what the row says of the other side.

use papers::invoice::{Against, Invoice, Party};
use policy::pack::InvoiceSide;
use standards::text::squash;

use super::super::FileAt;

/// The parties of a row as typed, and which of them the applicant is.
#[derive(Clone, Copy)]
pub(super) struct Parties<'r> {
    pub(super) buyer: Option<&'r str>,
    pub(super) seller: Option<&'r str>,
    pub(super) side: InvoiceSide,
}

impl<'r> Parties<'r> {
    /// Whom an invoice is held against. The applicant's own side is as registered, not what the row says, which the same file filled in.
    pub(super) fn expected<'a>(&self, file: &'a FileAt, invoice: &Invoice) -> Against<'a>
    where
        'r: 'a,
    {
        let typed = Against { buyer: self.buyer, seller: self.seller, ..Against::default() };
        match self.side {
            InvoiceSide::Buyer => {
                let (name, code) = applicant(file, &invoice.buyer);
                Against { buyer: Some(name), buyer_code: code, ..typed }
            }
            InvoiceSide::Seller => {
                let (name, code) = applicant(file, &invoice.seller);
                Against { seller: Some(name), seller_code: code, ..typed }
            }
            InvoiceSide::Neither => typed,
        }
    }

    /// Where the row says another than the invoice on the applicant's own side; the other side is held against the row itself.
    pub(super) fn otherwise(&self, invoice: &Invoice) -> Option<String> {
        let (label, typed, read) = match self.side {
            InvoiceSide::Buyer => ("购买方", self.buyer, &invoice.buyer),
            InvoiceSide::Seller => ("销售方", self.seller, &invoice.seller),
            InvoiceSide::Neither => return None,
        };
        let (typed, read) = (typed?, read.name.as_deref()?);
        (squash(typed) != squash(read)).then(|| format!("{label}名称为“{read}”，与填写的“{typed}”不一致。"))
    }
}

/// Whoever applies, as registered. In a consortium it may be any member, whose code the file does not know.
fn applicant<'f>(file: &'f FileAt, party: &Party) -> (&'f str, Option<&'f str>) {
    let (applicant, found) = (&file.knowing.applicant, party.name.as_deref().map(squash));
    let members = file.state().participants.iter().map(|one| one.member.name.as_str());
    let member = members.into_iter().find(|name| found.as_ref() == Some(&squash(name)));
    match member.filter(|name| squash(name) != squash(&applicant.name)) {
        Some(member) => (member, None),
        None => (&applicant.name, applicant.credit_code.as_deref()),
    }
}
