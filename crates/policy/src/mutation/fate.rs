//! What becomes of a changed pack: refused by the loader, noticed by a worked case, or not noticed.

use super::{Mutant, mutants};
use crate::check::Worked;
use crate::evaluate::Evaluation;
use crate::load::{Editor, Loaded};
use crate::pack::Pack;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The loader refused it.
    Refused,
    /// The worked case of this index noticed.
    Killed(usize),
    /// Nobody noticed.
    Survived,
}

/// What became of all mutants of a pack.
#[derive(Clone, Debug, Default)]
pub struct Mutation {
    /// How many there were.
    pub total: usize,
    /// Refused by the loader.
    pub refused: usize,
    /// Noticed by a worked case.
    pub killed: usize,
    /// Not noticed.
    pub survivors: Vec<Mutant>,
}

/// Tries every mutant of a pack against its worked cases.
pub fn mutation(loaded: &Loaded, cases: &[Worked], threads: usize) -> Mutation {
    let mut mutants = mutants(loaded);
    let mut fates = fates(loaded, &mutants, cases, threads);
    retry(loaded, &mut mutants, &mut fates, cases);
    let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|fate| wanted(fate)).count();
    Mutation {
        total: mutants.len(),
        refused: count(|fate| *fate == Fate::Refused),
        killed: count(|fate| matches!(fate, Fate::Killed(_))),
        survivors: mutants.iter().zip(&fates).filter(|(_, fate)| **fate == Fate::Survived).map(|(mutant, _)| mutant.clone()).collect(),
    }
}

/// Where the loader refused a small change of a number, a larger one is tried.
fn retry(loaded: &Loaded, mutants: &mut [Mutant], fates: &mut [Fate], cases: &[Worked]) {
    let editor = loaded.editor();
    for (mutant, found) in mutants.iter_mut().zip(fates).filter(|(_, fate)| **fate == Fate::Refused) {
        let Some(coarser) = mutant.coarser.take() else { continue };
        let again = fate(&editor, loaded, &coarser, cases, 0);
        if again != Fate::Refused {
            *found = again;
            *mutant = Mutant { clause: std::mem::take(&mut mutant.clause), ..*coarser };
        }
    }
}

fn fates(loaded: &Loaded, mutants: &[Mutant], cases: &[Worked], threads: usize) -> Vec<Fate> {
    let editor = loaded.editor();
    let next = AtomicUsize::new(0);
    let mut fates = vec![Fate::Survived; mutants.len()];
    std::thread::scope(|scope| {
        let work = || scope.spawn(|| work(&editor, loaded, mutants, cases, &next));
        let workers: Vec<_> = (0..threads.max(1)).map(|_| work()).collect();
        for (at, fate) in workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()) {
            fates[at] = fate;
        }
    });
    fates
}

/// Takes mutants until none is left. The case that noticed the last one is asked first: neighbours often fall alike.
fn work(editor: &Editor, loaded: &Loaded, mutants: &[Mutant], cases: &[Worked], next: &AtomicUsize) -> Vec<(usize, Fate)> {
    let mut done = Vec::new();
    let mut first = 0;
    while let Some((at, mutant)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, mutants.get(at)?))) {
        let fate = fate(editor, loaded, mutant, cases, first);
        if let Fate::Killed(by) = fate {
            first = by;
        }
        done.push((at, fate));
    }
    done
}

/// What becomes of one mutant; `first` is the case asked first.
pub fn fate(editor: &Editor, loaded: &Loaded, mutant: &Mutant, cases: &[Worked], first: usize) -> Fate {
    let Ok(pack) = editor.pack(&mutant.edits) else { return Fate::Refused };
    if pack.inputs != loaded.pack.inputs {
        return Fate::Refused;
    }
    let answered = mutant.at.starts_with("question.");
    let order = (first..cases.len()).chain(0..first.min(cases.len()));
    let figures = order.clone().find(|at| notices(&pack, &cases[*at], answered));
    let noticed = figures.or_else(|| order.clone().find(|at| notices_in_words(&pack, &cases[*at])));
    noticed.map_or(Fate::Survived, Fate::Killed)
}

fn notices(pack: &Pack, case: &Worked, answered: bool) -> bool {
    let contradicted = answered && !case.draft.contradictions(pack).is_empty();
    contradicted || !case.expect.figure_differences(&Evaluation::new(pack, &case.facts)).is_empty()
}

/// Whether a sentence or a clause that the case asks for is gone.
fn notices_in_words(pack: &Pack, case: &Worked) -> bool {
    let evaluation = Evaluation::new(pack, &case.facts);
    !case.expect.differences(&evaluation, &evaluation.outcome()).is_empty()
}
