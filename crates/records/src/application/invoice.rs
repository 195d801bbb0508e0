//! Rows that are invoices: which there are, and which of them an application counts.

use std::collections::BTreeMap;

use policy::pack::{Body, Grants, InvoiceColumns, Pack};
use policy::program::Kind;
use policy::spec::StageSpec;
use serde::{Deserialize, Serialize};
use standards::InvoiceNumber;
use standards::words::parse_amount;

use super::{Application, Phase, unit, with_unit};
use crate::FieldError;
use crate::answers::{Answers, RowAnswers};

/// The rows of one kind that are invoices.
#[derive(Clone, Copy)]
pub struct InvoiceRows<'a> {
    pack: &'a Pack,
    index: Kind,
    /// The row kind.
    pub kind: &'a str,
    /// The kind that these rows stand below, if any.
    pub above: Option<&'a str>,
    /// Which of their facts says what.
    pub columns: &'a InvoiceColumns,
}

impl<'a> InvoiceRows<'a> {
    /// Those that a stage asks for.
    pub fn of(pack: &'a Pack, stage: &'a StageSpec) -> Vec<Self> {
        let sections = stage.forms.iter().filter_map(|form| pack.form(form)).flat_map(|form| &form.sections);
        let rows = sections.filter_map(|section| match (&section.body, &section.invoice) {
            (Body::Rows { kind, .. }, Some(columns)) => Some((*kind, &pack.kinds[*kind as usize], columns)),
            _ => None,
        });
        let above = |parent: u8| (parent > 0).then(|| pack.kinds[parent as usize].id.as_str());
        rows.map(|(index, kind, columns)| Self { pack, index, kind: &kind.id, above: above(kind.parent), columns }).collect()
    }

    /// What the rows are called.
    pub fn label(&self) -> &'a str {
        &self.pack.kinds[self.index as usize].label
    }

    /// The path of a row's cell, as errors have it.
    pub fn path(&self, row: &RowAnswers, name: &str) -> String {
        format!("{}.{}.{name}", self.kind, row.id)
    }

    /// What a row says in a column; empty if nothing.
    pub fn text<'r>(&self, row: &'r RowAnswers, column: Option<&String>) -> &'r str {
        column.and_then(|column| row.texts.get(column)).map_or("", String::as_str)
    }

    /// The amount of a row in a column, in fen, if it can be read.
    pub fn fen(&self, row: &RowAnswers, column: &str) -> Option<i64> {
        let input = self.pack.inputs[self.index as usize].iter().position(|input| input.name == column)?;
        parse_amount(&with_unit(row.texts.get(column)?, unit(self.pack, self.index, input))).ok()
    }

    /// An amount as it is typed in a column: in yuan, with the unit where the form shows another.
    pub fn typed(&self, column: &str, fen: i64) -> String {
        let input = self.pack.inputs[self.index as usize].iter().position(|input| input.name == column);
        let shown = input.and_then(|input| unit(self.pack, self.index, input));
        format!("{}.{:02}{}", fen / 100, fen % 100, if shown == Some("元") { "" } else { "元" })
    }

    /// The number of a row, if it can be read.
    pub fn number(&self, row: &RowAnswers) -> Option<InvoiceNumber> {
        InvoiceNumber::parse(row.texts.get(&self.columns.number)?).ok()
    }

    /// Numbers that are none.
    pub fn unreadable(&self, answers: &Answers) -> Vec<FieldError> {
        let text = |row: &RowAnswers| row.texts.get(&self.columns.number).cloned();
        let wrong = |row: &RowAnswers| InvoiceNumber::parse(&text(row)?).err();
        let rows = answers.rows(self.kind).iter().filter_map(|row| Some((row, wrong(row)?)));
        rows.map(|(row, error)| FieldError::new(self.path(row, &self.columns.number), format!("{error}。"))).collect()
    }
}

/// An invoice that was read of a paper when the paper was handed in. It stands in the record, so that a claim follows from the journal and
/// no later reader of the same file makes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperInvoice {
    /// Its number.
    pub number: InvoiceNumber,
    /// Whether it names the applicant's code, on the side that the form says the applicant is.
    pub own: bool,
}

/// How well an application may count an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Founded {
    /// By its number alone, or by a file that does not name the applicant.
    Stated,
    /// By an e-invoice that names the applicant.
    Proven,
    /// By a decision.
    Counted,
}

/// How an application counts a key of an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedKey {
    /// How well that is founded.
    pub founded: Founded,
    /// The other key of the invoice, where it has two (数电纸票).
    pub also: Option<String>,
}

/// The invoices an application counts, in the order of their keys: once it was submitted under a procedure that pays money, and until it is
/// refused or given up. Only what is paid counts an invoice: what is filed in an earlier procedure is the same invoice, not a second use.
pub fn counted_invoices(pack: &Pack, application: &Application) -> Vec<(String, CountedKey)> {
    let over = matches!(application.phase, Phase::Refused { .. } | Phase::Withdrawn { .. });
    if over || !pays(pack, &application.procedure) || application.number.is_none() {
        return Vec::new();
    }
    let decided = application.decision.as_ref().map(|_| Founded::Counted);
    let all = invoices_of(pack, &application.procedure, &application.filed, &application.invoices);
    let graded = |counted: CountedKey| CountedKey { founded: decided.unwrap_or(counted.founded), ..counted };
    all.into_iter().map(|(key, counted)| (key, graded(counted))).collect()
}

/// Whether a procedure ends in money.
pub fn pays(pack: &Pack, procedure: &str) -> bool {
    pack.procedure(procedure).is_some_and(|procedure| procedure.grants == Grants::Award)
}

/// The keys of the invoices in some answers and of those read of their papers, in order, each once: a number typed beside the file of
/// another hides neither.
pub fn invoices_of(pack: &Pack, procedure: &str, answers: &Answers, read: &[PaperInvoice]) -> BTreeMap<String, CountedKey> {
    let stages = pack.stages_of(procedure).into_iter();
    let rows = stages.flat_map(|stage| InvoiceRows::of(pack, stage));
    let typed = rows.flat_map(|rows| answers.rows(rows.kind).iter().filter_map(move |row| rows.number(row)));
    let mut all = BTreeMap::new();
    typed.for_each(|number| count(&mut all, &number, Founded::Stated));
    for one in read {
        count(&mut all, &one.number, if one.own { Founded::Proven } else { Founded::Stated });
    }
    all
}

/// Counts an invoice under each of its keys, as well as anything founds it.
fn count(all: &mut BTreeMap<String, CountedKey>, number: &InvoiceNumber, founded: Founded) {
    let keys = number.keys();
    for key in &keys {
        let also = keys.iter().find(|other| *other != key);
        let known = all.entry(key.clone()).or_insert(CountedKey { founded, also: None });
        known.founded = known.founded.max(founded);
        known.also = known.also.take().or_else(|| also.cloned());
    }
}
