//! Recognised cost (核定投入): row by row what counts and what does not, and what is taken off the total.

use crate::evaluate::Evaluation;
use crate::outcome::{Deduction, Item};
use crate::pack::{Award, Recognition};
use crate::reasons::Explainer;

/// What counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recognised {
    /// The total the first award rests on, in fen.
    pub total_fen: Option<i64>,
    /// Row by row.
    pub items: Vec<Item>,
    /// What was taken off between items and total.
    pub deductions: Vec<Deduction>,
}

/// The recognised cost behind the first award that names one.
pub fn recognise(evaluation: &Evaluation) -> Recognised {
    let Some(award) = evaluation.pack.awards.iter().find(|award| award.recognised.is_some()) else { return Recognised::default() };
    let total_fen = award.recognised.as_ref().and_then(|total| evaluation.get(total.reg));
    let items = award.items.map_or(Vec::new(), |index| items(evaluation, index));
    Recognised { total_fen, items, deductions: deductions(evaluation, award) }
}

fn items(evaluation: &Evaluation, index: usize) -> Vec<Item> {
    let recognition = &evaluation.pack.recognitions[index];
    (0..evaluation.facts.rows(recognition.kind)).map(|row| item(evaluation, recognition, index, row)).collect()
}

fn item(evaluation: &Evaluation, recognition: &Recognition, index: usize, row: usize) -> Item {
    let value = evaluation.trace.at(recognition.reg, row);
    let claimed = recognition.amount.as_ref().and_then(|amount| evaluation.trace.at(amount.reg, row).get());
    let gates = evaluation.trace.at(recognition.gates, row).get();
    Item {
        id: evaluation.facts.kinds[recognition.kind as usize].ids[row].clone(),
        recognised_fen: value.get().unwrap_or(0),
        claimed_fen: claimed,
        pending: gates.is_none() || value.get().is_none(),
        reasons: Explainer::new(evaluation.say()).recognition(index, row),
    }
}

fn deductions(evaluation: &Evaluation, award: &Award) -> Vec<Deduction> {
    let deduction = |index: &usize| {
        let value = &evaluation.pack.values[*index];
        let fen = evaluation.get(value.reg).filter(|fen| *fen != 0)?;
        let reasons = Explainer::new(evaluation.say()).value(*index, 0);
        Some(Deduction { id: value.id.clone(), label: value.label.clone(), fen, reasons })
    };
    award.deductions.iter().filter_map(deduction).collect()
}
