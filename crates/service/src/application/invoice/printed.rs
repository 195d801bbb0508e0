//! Digital invoices printed on paper (数电纸票), which have two numbers: what shows both ties together what shows one.

use standards::InvoiceNumber;

/// The invoices of which both numbers are known.
pub(super) struct Printed(Vec<InvoiceNumber>);

impl Printed {
    pub(super) fn of<'n>(numbers: impl Iterator<Item = &'n InvoiceNumber>) -> Self {
        Self(numbers.filter(|number| matches!(number, InvoiceNumber::Printed { .. })).cloned().collect())
    }

    /// All that is known of the invoice of a number.
    pub(super) fn whole(&self, number: InvoiceNumber) -> InvoiceNumber {
        self.0.iter().find(|printed| printed.is_same(&number)).cloned().unwrap_or(number)
    }
}
