//! Rows of one number are parts of one invoice: together they say no more than it does.

use std::collections::BTreeMap;

use papers::invoice::Invoice;
use records::answers::{Answers, RowAnswers};
use records::application::InvoiceRows;
use standards::InvoiceNumber;
use standards::words::amount_in_yuan;

use super::Read;
use super::printed::Printed;
use super::whole::Whole;

/// Rows of invoices that say more than the invoice has, once red-letter invoices are taken off.
pub(super) fn too_much<'r>(rows: &InvoiceRows<'_>, answers: &'r Answers, read: &[Read]) -> Vec<(&'r RowAnswers, String)> {
    let columns = [(&rows.columns.net, "不含税金额"), (&rows.columns.tax, "税额"), (&rows.columns.total, "价税合计")];
    let of = |invoice: &Invoice, at: usize| [invoice.net_fen, invoice.tax_fen, invoice.total_fen][at];
    let mut all = Vec::new();
    for (at, (column, label)) in columns.into_iter().enumerate() {
        let Some(column) = column else { continue };
        for (number, (sum, row)) in summed(rows, answers, read, column) {
            let Some(whole) = Whole::of(&number, read).fen(|invoice| of(invoice, at)) else { continue };
            let back = taken_back(&number, read, |invoice| of(invoice, at));
            let left = whole.saturating_add(back);
            if sum > left {
                let (sum, left, whole) = (amount_in_yuan(sum), amount_in_yuan(left), amount_in_yuan(whole));
                let red = if back < 0 { format!("，经红字发票冲减后为{left}") } else { String::new() };
                all.push((row, format!("发票{number}各行的{label}共{sum}，票面为{whole}{red}，请改为不超过{left}。")));
            }
        }
    }
    all
}

/// What the rows of each number say together in a column, with the last of them.
fn summed<'r>(rows: &InvoiceRows<'_>, answers: &'r Answers, read: &[Read], column: &str) -> BTreeMap<InvoiceNumber, (i64, &'r RowAnswers)> {
    let mut sums: BTreeMap<InvoiceNumber, (i64, &RowAnswers)> = BTreeMap::new();
    let printed = Printed::of(read.iter().filter_map(|read| read.invoice.number.as_ref()));
    for row in answers.rows(rows.kind) {
        if let (Some(number), Some(fen)) = (rows.number(row), rows.fen(row, column)) {
            let sum = sums.entry(printed.whole(number)).or_insert((0, row));
            *sum = (sum.0.saturating_add(fen), row);
        }
    }
    sums
}

/// What red-letter invoices take off an invoice: nothing or less than nothing; each counts once, in whatever formats it is there. One
/// whose number was not read is known by its file alone, so that two of them are never taken for one.
fn taken_back(number: &InvoiceNumber, read: &[Read], of: impl Fn(&Invoice) -> Option<i64>) -> i64 {
    let mut by_invoice: BTreeMap<String, i64> = BTreeMap::new();
    for red in read.iter().filter(|read| read.invoice.red_of.as_ref().is_some_and(|of| of.is_same(number))) {
        let key = red.invoice.number.as_ref().map_or_else(|| format!("file {}", red.paper.digest), ToString::to_string);
        if let Some(fen) = of(&red.invoice).filter(|fen| *fen < 0) {
            by_invoice.entry(key).and_modify(|known| *known = fen.min(*known)).or_insert(fen);
        }
    }
    by_invoice.values().fold(0, |sum: i64, fen| sum.saturating_add(*fen))
}
