//! The best assignment, as a flow of least cost: from every file as many as it needs, one to an expert at most, and every
//! further file of an expert dearer than the one before.

use super::network::Network;
use super::shortage::shortage;
use super::{Problem, Proof, Shortage, prove};
use std::cmp::Ordering;

/// An expert for a file, by their places in the problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The file.
    pub file: usize,
    /// The expert.
    pub expert: usize,
}

/// How good an assignment is; the greater the better, the first that differs decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// Reviews placed.
    pub placed: usize,
    /// Of them with an expert who knows the file's field.
    pub matched: usize,
    /// What the placed reviews add to the sum of the squares of all loads; the less the more even.
    pub unevenness: i64,
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.placed, self.matched, -self.unevenness).cmp(&(other.placed, other.matched, -other.unevenness))
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// An assignment, and what is known of it.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// Who reviews what, by file.
    pub pairs: Vec<Pair>,
    /// How good it is.
    pub value: Value,
    /// Whether a better one exists.
    pub proof: Proof,
    /// Why not every file has its reviewers; none if all have.
    pub shortage: Option<Shortage>,
}

impl Assignment {
    /// The experts of a file.
    pub fn experts(&self, file: usize) -> impl Iterator<Item = usize> + '_ {
        self.pairs.iter().filter(move |pair| pair.file == file).map(|pair| pair.expert)
    }
}

/// The best assignment; where files cannot all have their reviewers, the one that places the most, with the reason.
pub fn assign(problem: &Problem) -> Assignment {
    let pairs = pairs(problem);
    let proof = prove(problem, &pairs);
    let shortage = shortage(problem, &pairs);
    Assignment { value: value(problem, &pairs), proof, shortage, pairs }
}

fn pairs(problem: &Problem) -> Vec<Pair> {
    let (files, experts) = (problem.files.len(), problem.experts.len());
    let (source, sink) = (files + experts, files + experts + 1);
    let mut network = Network::new(files + experts + 2);
    let mut arcs = Vec::with_capacity(files * experts);
    let miss = cost_of_a_miss(problem);
    for (file, needs) in problem.files.iter().map(|file| file.needs).enumerate() {
        network.add(source, file, u32::try_from(needs).unwrap_or(u32::MAX), 0);
        for expert in (0..experts).filter(|expert| problem.is_eligible(file, *expert)) {
            let cost = if problem.matches(file, expert) { 0 } else { miss };
            arcs.push((network.add(file, files + expert, 1, cost), Pair { file, expert }));
        }
    }
    for expert in 0..experts {
        for more in 0..problem.room(expert) {
            network.add(files + expert, sink, 1, added(problem.experts[expert].load + more));
        }
    }
    network.fill(source, sink);
    arcs.into_iter().filter(|(arc, _)| network.flow(*arc) > 0).map(|(_, pair)| pair).collect()
}

/// What one file more adds to the square of a load.
pub(super) fn added(load: usize) -> i64 {
    2 * load as i64 + 1
}

/// More than all balancing can ever come to, so that fields come first.
pub(super) fn cost_of_a_miss(problem: &Problem) -> i64 {
    let heaviest = problem.experts.iter().enumerate().map(|(at, expert)| expert.load + problem.room(at)).max().unwrap_or(0);
    1 + problem.needed().min(problem.files.len() * problem.experts.len()) as i64 * added(heaviest)
}

/// How good an assignment is.
pub(super) fn value(problem: &Problem, pairs: &[Pair]) -> Value {
    let mut loads: Vec<usize> = problem.experts.iter().map(|expert| expert.load).collect();
    let mut unevenness = 0;
    for pair in pairs {
        unevenness += added(loads[pair.expert]);
        loads[pair.expert] += 1;
    }
    let matched = pairs.iter().filter(|pair| problem.matches(pair.file, pair.expert)).count();
    Value { placed: pairs.len(), matched, unevenness }
}
