//! Whether an assignment can be bettered, told from the assignment alone.
//!
//! An assignment is a flow, and a flow has the least cost of its amount exactly when no circle of changes, each giving one
//! review to or taking it from somebody, costs less than nothing. Prices for every file and expert under which no single
//! change gains anything show that there is no such circle; they are looked for here without what [`super::assign`] knows.
//! That no further review can be placed is shown by there being no chain of changes from a file that lacks one to an
//! expert with room.

use super::solve::{added, cost_of_a_miss};
use super::{Pair, Problem};
use std::collections::{BTreeSet, VecDeque};

/// Whether an assignment is the best there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It is: prices were found, and held against every possible change.
    Optimal {
        /// So many changes.
        changes: usize,
    },
    /// It is not known to be, and why.
    Open(String),
}

impl Proof {
    /// Whether it is proved.
    pub fn is_optimal(&self) -> bool {
        matches!(self, Self::Optimal { .. })
    }
}

/// One review more or less somewhere, and its cost.
struct Change {
    from: usize,
    to: usize,
    cost: i64,
}

/// Checks that an assignment keeps to the constraints and that none is better.
pub fn prove(problem: &Problem, pairs: &[Pair]) -> Proof {
    if let Some(broken) = broken(problem, pairs) {
        return Proof::Open(broken);
    }
    let changes = changes(problem, pairs);
    let nodes = Nodes::of(problem);
    if reached(&changes, nodes.count, [nodes.source])[nodes.sink] {
        return Proof::Open("还可以多分配一件评审".into());
    }
    match prices(&changes, nodes.count) {
        Some(prices) if changes.iter().all(|change| change.cost + prices[change.from] >= prices[change.to]) => {
            Proof::Optimal { changes: changes.len() }
        }
        _ => Proof::Open("交换部分专家可以得到更好的分配".into()),
    }
}

/// A constraint that is not kept.
fn broken(problem: &Problem, pairs: &[Pair]) -> Option<String> {
    let (files, loads) = counts(problem, pairs);
    let once: BTreeSet<&Pair> = pairs.iter().collect();
    let conflict = pairs.iter().find(|pair| !problem.is_eligible(pair.file, pair.expert));
    let file = problem.files.iter().zip(&files).find(|(file, has)| **has > file.needs).map(|(file, _)| file);
    let expert = (0..problem.experts.len()).find(|expert| loads[*expert] > problem.room(*expert));
    if once.len() < pairs.len() {
        return Some("同一专家重复分配到同一件".into());
    }
    let conflict = conflict.map(|pair| format!("{}应当回避{}", problem.experts[pair.expert].id, problem.files[pair.file].id));
    let file = file.map(|file| format!("{}的专家过多", file.id));
    conflict.or(file).or(expert.map(|expert| format!("{}超过负荷上限", problem.experts[expert].id)))
}

/// How many experts every file has, and files every expert, of this assignment.
pub(super) fn counts(problem: &Problem, pairs: &[Pair]) -> (Vec<usize>, Vec<usize>) {
    let (mut files, mut experts) = (vec![0; problem.files.len()], vec![0; problem.experts.len()]);
    for pair in pairs {
        files[pair.file] += 1;
        experts[pair.expert] += 1;
    }
    (files, experts)
}

/// The numbers of the nodes: files, experts, then where reviews come from and go to.
pub(super) struct Nodes {
    pub(super) first_expert: usize,
    pub(super) source: usize,
    pub(super) sink: usize,
    pub(super) count: usize,
}

impl Nodes {
    pub(super) fn of(problem: &Problem) -> Self {
        let (files, experts) = (problem.files.len(), problem.experts.len());
        Self { first_expert: files, source: files + experts, sink: files + experts + 1, count: files + experts + 2 }
    }
}

/// Every single change an assignment leaves open. Of an expert's files the next is the cheapest and the last the dearest,
/// so that only those two need to be looked at.
fn changes(problem: &Problem, pairs: &[Pair]) -> Vec<Change> {
    let nodes = Nodes::of(problem);
    let (files, loads) = counts(problem, pairs);
    let taken: BTreeSet<Pair> = pairs.iter().copied().collect();
    let miss = cost_of_a_miss(problem);
    let mut all = Vec::new();
    for (file, needs) in problem.files.iter().map(|file| file.needs).enumerate() {
        all.extend((files[file] < needs).then_some(Change { from: nodes.source, to: file, cost: 0 }));
        all.extend((files[file] > 0).then_some(Change { from: file, to: nodes.source, cost: 0 }));
        for expert in (0..problem.experts.len()).filter(|expert| problem.is_eligible(file, *expert)) {
            let (node, cost) = (nodes.first_expert + expert, if problem.matches(file, expert) { 0 } else { miss });
            all.push(match taken.contains(&Pair { file, expert }) {
                true => Change { from: node, to: file, cost: -cost },
                false => Change { from: file, to: node, cost },
            });
        }
    }
    for (expert, more) in loads.into_iter().enumerate() {
        let (node, load) = (nodes.first_expert + expert, problem.experts[expert].load + more);
        all.extend((more < problem.room(expert)).then(|| Change { from: node, to: nodes.sink, cost: added(load) }));
        all.extend((more > 0).then(|| Change { from: nodes.sink, to: node, cost: -added(load - 1) }));
    }
    all
}

/// Prices under which no change gains (Bellman and Ford); none if a circle of changes does.
fn prices(changes: &[Change], nodes: usize) -> Option<Vec<i64>> {
    let mut prices = vec![0_i64; nodes];
    for _ in 0..=nodes {
        let mut moved = false;
        for change in changes {
            let through = prices[change.from] + change.cost;
            if through < prices[change.to] {
                prices[change.to] = through;
                moved = true;
            }
        }
        if !moved {
            return Some(prices);
        }
    }
    None
}

/// The nodes that changes lead to from some.
fn reached(changes: &[Change], nodes: usize, from: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    changes.iter().for_each(|change| next[change.from].push(change.to));
    let mut seen = vec![false; nodes];
    let mut waiting: VecDeque<usize> = from.into_iter().collect();
    waiting.iter().for_each(|node| seen[*node] = true);
    while let Some(node) = waiting.pop_front() {
        for to in &next[node] {
            if !std::mem::replace(&mut seen[*to], true) {
                waiting.push_back(*to);
            }
        }
    }
    seen
}

/// The files and experts that a file short of reviewers leads to: none of them can help out.
pub(super) fn caught(problem: &Problem, pairs: &[Pair]) -> (Vec<usize>, Vec<usize>) {
    let nodes = Nodes::of(problem);
    let seen = reached(&changes(problem, pairs), nodes.count, [nodes.source]);
    let of = |first: usize, count: usize| (0..count).filter(|at| seen[first + at]).collect();
    (of(0, problem.files.len()), of(nodes.first_expert, problem.experts.len()))
}
