//! Rows of one number are parts of one invoice: together they say no more than it does.

use std::collections::{BTreeMap, HashMap};

use papers::invoice::Invoice;
use records::answers::{Answers, RowAnswers};
use records::application::InvoiceRows;
use standards::InvoiceNumber;
use standards::words::amount_in_yuan;

use super::Read;

/// Rows of invoices that say more than the invoice has, once red-letter invoices are taken off.
pub(super) fn too_much<'r>(rows: &InvoiceRows<'_>, answers: &'r Answers, read: &[Read]) -> Vec<(&'r RowAnswers, String)> {
    let columns = [(&rows.columns.net, "不含税金额"), (&rows.columns.tax, "税额"), (&rows.columns.total, "价税合计")];
    let of = |invoice: &Invoice, at: usize| [invoice.net_fen, invoice.tax_fen, invoice.total_fen][at];
    let mut all = Vec::new();
    for (at, (column, label)) in columns.into_iter().enumerate().filter(|(_, (column, _))| column.is_some()) {
        let mut sums: BTreeMap<InvoiceNumber, (i64, &RowAnswers)> = BTreeMap::new();
        for row in answers.rows(rows.kind) {
            let fen = column.as_ref().and_then(|column| rows.fen(row, column));
            if let (Some(number), Some(fen)) = (rows.number(row), fen) {
                let sum = sums.entry(number).or_insert((0, row));
                *sum = (sum.0.saturating_add(fen), row);
            }
        }
        for (number, (sum, row)) in sums {
            let whole = read.iter().find(|read| read.invoice.number.as_ref() == Some(&number));
            let Some(whole) = whole.and_then(|read| of(&read.invoice, at)) else { continue };
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

/// What red-letter invoices take off an invoice: nothing or less than nothing; each counts once, in whatever formats it is there.
fn taken_back(number: &InvoiceNumber, read: &[Read], of: impl Fn(&Invoice) -> Option<i64>) -> i64 {
    let red = read.iter().map(|read| &read.invoice).filter(|invoice| invoice.red_of.as_ref() == Some(number));
    let by_number: HashMap<_, i64> = red.filter_map(|invoice| Some((invoice.number.clone(), of(invoice)?))).collect();
    by_number.values().filter(|fen| **fen < 0).fold(0, |sum: i64, fen| sum.saturating_add(*fen))
}
