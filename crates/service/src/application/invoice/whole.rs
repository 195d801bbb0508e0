//! What several files of one invoice say together.

use papers::invoice::Invoice;
use standards::InvoiceNumber;
use standards::text::squash;
use standards::words::amount_in_yuan;

use super::Read;

/// The readings of one invoice, the best format first.
pub(super) struct Whole<'r>(Vec<&'r Read>);

impl<'r> Whole<'r> {
    pub(super) fn of(number: &InvoiceNumber, read: &'r [Read]) -> Self {
        Self(read.iter().filter(|read| read.invoice.number.as_ref() == Some(number)).collect())
    }

    pub(super) fn readings(&self) -> &[&'r Read] {
        &self.0
    }

    /// The smallest of an amount: whichever file is the true one, no more is counted than that.
    pub(super) fn fen(&self, of: impl Fn(&Invoice) -> Option<i64>) -> Option<i64> {
        self.0.iter().filter(|read| !read.invoice.is_red()).filter_map(|read| of(&read.invoice)).min()
    }

    /// What files of the one invoice say differently, each with both texts and their files.
    pub(super) fn differences(&self) -> Vec<String> {
        SAID.iter().filter_map(|(label, said)| self.difference(label, *said)).collect()
    }

    fn difference(&self, label: &str, said: fn(&Invoice) -> Option<String>) -> Option<String> {
        let mut texts = self.0.iter().filter_map(|read| Some((&read.paper.name, said(&read.invoice)?)));
        let (first, text) = texts.next()?;
        let (other, another) = texts.find(|(_, another)| squash(another) != squash(&text))?;
        Some(format!(
            "同一张发票的两个文件不一致：{label}在“{first}”中为{text}，在“{other}”中为{another}。金额按较小的核对；请核对发票原件，只保留从电子税务局下载的文件。"
        ))
    }
}

/// A label and what an invoice says under it.
type Said = (&'static str, fn(&Invoice) -> Option<String>);

/// What is compared.
const SAID: [Said; 6] = [
    ("价税合计", |invoice| invoice.total_fen.map(amount_in_yuan)),
    ("不含税金额", |invoice| invoice.net_fen.map(amount_in_yuan)),
    ("税额", |invoice| invoice.tax_fen.map(amount_in_yuan)),
    ("开票日期", |invoice| invoice.issued_on.map(|day| day.to_string())),
    ("购买方税号", |invoice| invoice.buyer.code.clone()),
    ("销售方税号", |invoice| invoice.seller.code.clone()),
];
