//! One outcome per column, and what comparing them says.

use policy::evaluate::evaluate;
use policy::outcome::{AwardStatus, Finding, Outcome};
use policy::pack::{Calculator, Pack};
use policy::program::Type;
use standards::words::money;

use super::fields;
use crate::forms::Typed;
use crate::words;

/// What would be granted for one value of what varies.
pub(crate) struct Column {
    /// Its name on screen.
    pub(crate) label: String,
    /// Whether it is the one the visitor looks for.
    pub(crate) wanted: bool,
    /// The outcome.
    pub(crate) outcome: Outcome,
    /// Where a condition failed: the outcome without the answers to conditions.
    pub(crate) if_met: Option<Outcome>,
}

impl Column {
    /// The outcome that says how the amount is made.
    pub(crate) fn estimate(&self) -> &Outcome {
        self.if_met.as_ref().unwrap_or(&self.outcome)
    }
}

/// All columns in the pack's order; one when nothing varies.
pub(crate) fn columns(pack: &Pack, calculator: &Calculator, typed: &Typed) -> Vec<Column> {
    let column = |value| column(pack, calculator, typed, value);
    match calculator.over.is_empty() || calculator.vary.is_none() {
        true => vec![column(None)],
        false => calculator.over.iter().map(|value| column(Some(value))).collect(),
    }
}

fn column(pack: &Pack, calculator: &Calculator, typed: &Typed, value: Option<&str>) -> Column {
    let outcome = |typed: &Typed| evaluate(pack, &fields::draft(pack, calculator, typed, value).facts());
    let whole = outcome(typed);
    let refused = whole.status == AwardStatus::Refused;
    Column {
        label: value.map_or_else(|| "测算结果".to_owned(), |value| label(pack, calculator, value)),
        wanted: value.is_some_and(|value| wanted(calculator, typed, value)),
        if_met: refused.then(|| outcome(&typed.only(&fields::given(pack, calculator)))),
        outcome: whole,
    }
}

fn wanted(calculator: &Calculator, typed: &Typed, value: &str) -> bool {
    calculator.vary.as_deref().is_some_and(|vary| typed.text(vary) == value)
}

/// The name of a value of what varies: a level, an option, or the value as written.
pub(crate) fn label(pack: &Pack, calculator: &Calculator, value: &str) -> String {
    let input = calculator.vary.as_deref().and_then(|vary| pack.input(vary));
    match input.map(|at| pack.inputs[0][at].meta.ty) {
        Some(Type::Level) => value.parse().map_or_else(|_| value.to_owned(), |level| words::level(pack, level)),
        Some(Type::Choice(of)) => option(pack, of, value),
        _ => value.to_owned(),
    }
}

fn option(pack: &Pack, of: u16, value: &str) -> String {
    let options = pack.choices.get(usize::from(of)).map_or(&[][..], |choice| &choice.options);
    let found = options.iter().find(|word| word.id == value.trim_matches('\''));
    found.map_or_else(|| value.to_owned(), |word| word.label.clone())
}

/// A sentence when a column pays more than one that comes after it.
pub(crate) fn surprise(columns: &[Column]) -> Option<String> {
    let paid = |column: &Column| column.estimate().award_fen;
    let (at, best) = columns.iter().enumerate().rev().max_by_key(|(_, column)| paid(column))?;
    let amount = paid(best)?;
    let less = columns[at + 1..].iter().filter_map(|column| Some((column, paid(column)?)));
    let less: Vec<String> =
        less.filter(|(_, fen)| *fen < amount).map(|(column, fen)| format!("{}的{}", column.label, money(fen))).collect();
    let said = || format!("按填写的投入，{}补贴{}，高于{}。", best.label, money(amount), less.join("、"));
    (!less.is_empty()).then(said)
}

/// A condition with its finding in each column.
pub(crate) struct Row<'a> {
    /// The finding of the first column.
    pub(crate) finding: &'a Finding,
    /// Columns where it stands differently, by name and finding.
    pub(crate) differs: Vec<(&'a str, &'a Finding)>,
}

/// Conditions once, with the columns in which they stand differently.
pub(crate) fn findings(columns: &[Column]) -> Vec<Row<'_>> {
    let Some((first, others)) = columns.split_first() else { return Vec::new() };
    let row = |finding| Row { finding, differs: others.iter().filter_map(|column| differing(column, finding)).collect() };
    first.outcome.findings.iter().map(row).collect()
}

fn differing<'a>(column: &'a Column, finding: &Finding) -> Option<(&'a str, &'a Finding)> {
    let same_rule = |other: &&Finding| other.id == finding.id && other.status != finding.status;
    let other = column.outcome.findings.iter().find(same_rule)?;
    Some((&column.label, other))
}
