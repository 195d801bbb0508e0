//! A table of invoices taken in again after one of its rows was corrected.
//!
//! Several rows may be parts of one invoice, so a further row of its number is added only by a table that has all those already on file:
//! such a table knows of them. One that has the invoice and not its row means the row otherwise, and what somebody typed no table changes.

use std::collections::BTreeMap;

use papers::sheet_in::{Problem, Reading, Template};
use records::answers::RowAnswers;
use records::application::InvoiceRows;
use standards::InvoiceNumber;

/// What a table is held against.
pub(super) struct Again<'a> {
    pub(super) rows: InvoiceRows<'a>,
    /// The rows before the table.
    pub(super) before: &'a [RowAnswers],
    /// Those of them that the table has too.
    pub(super) repeated: Vec<usize>,
}

impl Again<'_> {
    /// Rows of the table that have the number of a row on file which the table has otherwise, or not at all.
    pub(super) fn problems(
        &self,
        after: &[RowAnswers],
        added: &BTreeMap<String, usize>,
        reading: &Reading,
        template: &Template,
    ) -> Vec<Problem> {
        let new = after.iter().filter_map(|row| Some((row, *added.get(&row.id)?, self.rows.number(row)?)));
        let wrong = new.filter_map(|(row, line, number)| {
            let place = self.otherwise(&number)?;
            let name = &self.rows.columns.number;
            let what = format!("发票{number}已填写在{}第{place}行，内容与本行不同", self.rows.label());
            let remedy = format!(
                "如为更正，请在表单中修改第{place}行，或者先删除该行再导入；如为同一张发票分行填写，请把已填写的各行也列在表格中一并导入"
            );
            let text = row.texts.get(name).map(String::as_str).unwrap_or_default();
            Some(reading.problem(template, line, name, text, (what, remedy)))
        });
        wrong.collect()
    }

    /// The place, from 1, of a row of this number that the table does not repeat.
    fn otherwise(&self, number: &InvoiceNumber) -> Option<usize> {
        let left = self.before.iter().enumerate().filter(|(at, _)| !self.repeated.contains(at));
        left.into_iter().find(|(_, row)| self.rows.number(row).is_some_and(|own| own.is_same(number))).map(|(at, _)| at + 1)
    }
}
