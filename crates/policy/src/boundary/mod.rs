//! Boundaries (边界): the worked cases again, with one fact set just below, at and just above each number that its
//! rules compare it with. Both executors must agree on every one of them, and both sides must occur.

mod edges;
mod flips;
mod try_out;

use crate::check::Worked;
use crate::coverage::Gap;
use crate::evaluate::Evaluation;
use crate::load::Loaded;
use edges::{Edge, edges};
use std::collections::{BTreeMap, BTreeSet};
use try_out::Trial;

/// What the boundary cases of a pack said.
#[derive(Clone, Debug, Default)]
pub struct Boundaries {
    /// Every comparison with a boundary, and how many cases were generated for it.
    pub edges: Vec<(String, usize)>,
    /// How many cases were generated.
    pub cases: usize,
    /// Where the two executors differ, a sentence each.
    pub disagreements: Vec<String>,
    /// Comparisons of which the generated cases show one side only.
    pub gaps: Vec<Gap>,
}

/// Generates the boundary cases of a pack from its worked cases and tries them.
pub fn boundaries(loaded: &Loaded, cases: &[Worked]) -> Boundaries {
    let edges = edges(loaded);
    let mut trial = Trial::new(&loaded.pack, edges.len());
    for case in cases {
        let evaluation = Evaluation::new(&loaded.pack, &case.facts);
        edges.iter().enumerate().for_each(|(at, edge)| edge.around(&mut trial, at, &evaluation));
    }
    for (at, edge) in edges.iter().enumerate().filter(|(_, edge)| edge.subject.is_none()) {
        flips::search(&mut trial, at, edge, cases);
    }
    let disagreements = trial.finish();
    let gaps = gaps(&trial, &edges);
    let edges: Vec<(String, usize)> = edges.iter().enumerate().map(|(at, edge)| (edge.name(), trial.tried(at))).collect();
    Boundaries { cases: edges.iter().map(|(_, cases)| cases).sum(), edges, disagreements, gaps }
}

/// Comparisons written alike are one: it is enough that one of them is seen from both sides.
fn gaps(trial: &Trial, edges: &[Edge]) -> Vec<Gap> {
    let mut open: BTreeMap<String, Gap> = BTreeMap::new();
    let seen: BTreeSet<String> = edges.iter().enumerate().filter(|(at, _)| trial.settled(*at)).map(|(_, edge)| gap(edge).what).collect();
    for gap in edges.iter().filter(|edge| edge.two_sided).map(gap) {
        if !seen.contains(&gap.what) {
            open.insert(gap.what.clone(), gap);
        }
    }
    open.into_values().collect()
}

fn gap(edge: &Edge) -> Gap {
    let says = format!("边界两侧的案例只出现一种结果：“{}”中的 {}", edge.label, edge.text);
    Gap { what: format!("{} → boundary", edge.name()), says, clause: edge.clause.clone() }
}
