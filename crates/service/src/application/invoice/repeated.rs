//! Rows that have the number of another row: parts of one invoice where its e-invoice shows how much there is, else a question.

use std::collections::BTreeMap;

use records::answers::{Answers, RowAnswers};
use standards::InvoiceNumber;

use super::super::remark::{About, Remark};
use super::Rows;
use super::printed::Printed;
use super::whole::Whole;

/// A row with the place people call it by.
struct Place<'a> {
    of: &'a Rows<'a>,
    at: usize,
    row: &'a RowAnswers,
}

/// A doubt beside each row of a number that several rows have and whose whole amount no file shows. A paper invoice may well be parted
/// among rows, so nobody is stopped.
pub(super) fn repeated(all: &[Rows<'_>], answers: &Answers) -> Vec<Remark> {
    let mut by_number: BTreeMap<InvoiceNumber, Vec<Place<'_>>> = BTreeMap::new();
    let printed = known(all, answers);
    for of in all {
        for (at, row) in answers.rows(of.rows.kind).iter().enumerate() {
            if let Some(number) = of.rows.number(row) {
                by_number.entry(printed.whole(number)).or_default().push(Place { of, at, row });
            }
        }
    }
    let open = by_number.iter().filter(|(number, places)| places.len() > 1 && !shown(number, places));
    open.flat_map(|(number, places)| places.iter().map(|place| doubt(number, place, places))).collect()
}

/// The invoices of which a file or a row shows both numbers.
fn known(all: &[Rows<'_>], answers: &Answers) -> Printed {
    let typed = all.iter().flat_map(|of| answers.rows(of.rows.kind).iter().filter_map(|row| of.rows.number(row)));
    let on_paper = all.iter().flat_map(|of| &of.read).filter_map(|read| read.invoice.number.clone());
    Printed::of(on_paper.chain(typed).collect::<Vec<_>>().iter())
}

/// Whether a file shows the amount that the rows' sum is held against; rows of different tables have no common sum.
fn shown(number: &InvoiceNumber, places: &[Place<'_>]) -> bool {
    let Some(Rows { rows, read }) = places.first().map(|place| place.of) else { return false };
    let whole = Whole::of(number, read);
    let amount = [
        (&rows.columns.total, whole.fen(|invoice| invoice.total_fen)),
        (&rows.columns.net, whole.fen(|invoice| invoice.net_fen)),
        (&rows.columns.tax, whole.fen(|invoice| invoice.tax_fen)),
    ];
    let one_table = places.iter().all(|place| place.of.rows.kind == rows.kind);
    one_table && amount.iter().any(|(column, fen)| column.is_some() && fen.is_some())
}

fn doubt(number: &InvoiceNumber, own: &Place<'_>, places: &[Place<'_>]) -> Remark {
    let name = |place: &Place<'_>| format!("{}第{}行", place.of.rows.label(), place.at + 1);
    let names: Vec<String> = places.iter().map(name).collect();
    let text = format!(
        "{}填写的是同一张发票{number}，没有电子发票文件可以核对票面金额。请对照发票原件核对：是一张发票分行填写（各行之和不超过票面），还是重复填写。",
        names.join("、")
    );
    Remark { path: format!("{}.{}", own.of.rows.kind, own.row.id), about: About::InvoiceDoubt, text }
}
