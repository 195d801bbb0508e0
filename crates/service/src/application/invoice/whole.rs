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
        Self(read.iter().filter(|read| read.invoice.number.as_ref().is_some_and(|own| own.is_same(number))).collect())
    }

    pub(super) fn readings(&self) -> &[&'r Read] {
        &self.0
    }

    /// The smallest of an amount: whichever file is the true one, no more is counted than that. A number that is a red-letter invoice's alone
    /// has an amount below nothing.
    pub(super) fn fen(&self, of: impl Fn(&Invoice) -> Option<i64>) -> Option<i64> {
        let blue = self.0.iter().filter(|read| !read.invoice.is_red()).filter_map(|read| of(&read.invoice)).min();
        blue.or_else(|| self.0.iter().filter_map(|read| of(&read.invoice)).min())
    }

    /// What two files of the one invoice say differently; one sentence with both texts, none where all of them agree.
    pub(super) fn difference(&self) -> Option<String> {
        let first = self.0.first()?;
        let unlike = |other: &&&Read| SAID.iter().any(|(_, said)| differs(said(&first.invoice), said(&other.invoice)));
        let other = self.0.iter().find(unlike)?;
        let parts = SAID.iter().filter_map(|(label, said)| match (said(&first.invoice), said(&other.invoice)) {
            (Some(one), Some(two)) if squash(&one) != squash(&two) => Some(format!("{label}为{one}、{two}")),
            _ => None,
        });
        let parts: Vec<String> = parts.collect();
        Some(format!(
            "“{}”和“{}”是同一张发票，内容不一致：{}。金额按较小的核对；请对照发票原件，只保留从电子税务局下载的文件。",
            first.paper.name,
            other.paper.name,
            parts.join("，")
        ))
    }
}

fn differs(one: Option<String>, two: Option<String>) -> bool {
    one.zip(two).is_some_and(|(one, two)| squash(&one) != squash(&two))
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
