//! Invoices among the papers that stand in no row: a file beside another number, or one that nobody counts.

use records::answers::{Answers, RowAnswers};
use records::application::InvoiceRows;
use standards::InvoiceNumber;
use standards::words::amount_in_yuan;

use super::{Read, Rows};

/// A readable invoice whose number no row has.
pub(super) struct Orphan<'a> {
    pub(super) rows: &'a InvoiceRows<'a>,
    pub(super) read: &'a Read,
    pub(super) number: &'a InvoiceNumber,
    /// The row that it seems to belong to: one with its amount, or the only one without a file where it is the only file without a row.
    pub(super) row: Option<&'a RowAnswers>,
}

impl Orphan<'_> {
    /// What is wrong with the row that has another number than its file.
    pub(super) fn other_number(&self, row: &RowAnswers) -> String {
        let typed = match self.rows.number(row) {
            Some(number) => format!("本行填的是{number}"),
            None => "本行没有填".to_owned(),
        };
        // A row with the number of a form and a file with 20 digits may be one invoice printed on paper.
        let one = self.rows.number(row).is_some_and(|own| own.with(self.number).is_some());
        let both = if one { "；如是同一张数电纸票，请把两种号码都填上，中间用“/”分开" } else { "" };
        let (file, number) = (&self.read.paper.name, self.number);
        format!(
            "“{file}”的发票号码是{number}，{typed}。请按文件改正本行；本行如是另一张发票，请为{number}另填一行，不申报的请删除该文件{both}。"
        )
    }

    /// What is asked where no row seems to be meant.
    pub(super) fn no_row(&self) -> String {
        let total = self.read.invoice.total_fen.map(|fen| format!("，价税合计{}", amount_in_yuan(fen))).unwrap_or_default();
        let (file, number) = (&self.read.paper.name, self.number);
        format!("“{file}”是发票{number}{total}，本表没有填写该发票。请填写，或者删除该文件；提交后该发票视为由本件使用。")
    }
}

/// The invoices without a row, each once. Red-letter ones have none.
pub(super) fn orphans<'a>(all: &'a [Rows<'a>], answers: &'a Answers) -> Vec<Orphan<'a>> {
    let stands = |number: &InvoiceNumber| all.iter().any(|of| has_row(&of.rows, answers, number));
    let mut found: Vec<Orphan<'a>> = Vec::new();
    for Rows { rows, read } in all {
        let blue = read.iter().filter(|read| !read.invoice.is_red());
        for (read, number) in blue.filter_map(|read| Some((read, read.invoice.number.as_ref()?))) {
            if !stands(number) && !found.iter().any(|known| known.number.is_same(number)) {
                found.push(Orphan { rows, read, number, row: None });
            }
        }
    }
    for of in all {
        find_rows(of, answers, &mut found);
    }
    found
}

/// Finds the row each invoice of a table seems to belong to.
fn find_rows<'a>(of: &Rows<'a>, answers: &'a Answers, found: &mut [Orphan<'a>]) {
    let bare = bare(of, answers);
    let mut own: Vec<&mut Orphan<'a>> = found.iter_mut().filter(|orphan| orphan.rows.kind == of.rows.kind).collect();
    let only = (own.len() == 1 && bare.len() == 1).then(|| bare[0]);
    for orphan in &mut own {
        orphan.row = bare.iter().find(|row| has_amount(&of.rows, row, orphan.read)).copied().or(only);
    }
}

/// Whether a row says the total or the net amount of an invoice.
fn has_amount(rows: &InvoiceRows<'_>, row: &RowAnswers, read: &Read) -> bool {
    let said = [(&rows.columns.total, read.invoice.total_fen), (&rows.columns.net, read.invoice.net_fen)];
    said.iter().any(|(column, fen)| fen.is_some() && column.as_ref().and_then(|column| rows.fen(row, column)) == *fen)
}

fn has_row(rows: &InvoiceRows<'_>, answers: &Answers, number: &InvoiceNumber) -> bool {
    answers.rows(rows.kind).iter().any(|row| rows.number(row).is_some_and(|own| own.is_same(number)))
}

/// Rows in which something stands and whose invoice is in no file.
fn bare<'a>(of: &Rows<'_>, answers: &'a Answers) -> Vec<&'a RowAnswers> {
    let on_file = |number: &InvoiceNumber| of.read.iter().any(|read| read.invoice.number.as_ref().is_some_and(|own| own.is_same(number)));
    let rows = answers.rows(of.rows.kind).iter().filter(|row| !row.texts.is_empty());
    rows.filter(|row| !of.rows.number(row).is_some_and(|number| on_file(&number))).collect()
}
