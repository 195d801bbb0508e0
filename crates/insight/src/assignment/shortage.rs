//! Why files cannot all have their reviewers.

use super::proof::{caught, counts};
use super::{Pair, Problem};

/// Why not every file has its reviewers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// Reviews needed in all.
    pub needed: usize,
    /// Files all experts together can still take.
    pub room: usize,
    /// The files that lack reviewers here.
    pub short: Vec<Short>,
    /// Files that cannot all be served, whoever is assigned to whom.
    pub bottleneck: Bottleneck,
}

/// A file that lacks reviewers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// The file, by its place.
    pub file: usize,
    /// How many it has.
    pub has: usize,
    /// How many experts may review it and have room for any file.
    pub eligible: usize,
    /// The experts who may not, by their place, with the reasons.
    pub blocked: Vec<(usize, Vec<String>)>,
}

/// Files that together need more reviews than there are for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bottleneck {
    /// The files, by their places.
    pub files: Vec<usize>,
    /// Reviews they need.
    pub needed: usize,
    /// Reviews that all who may review them can make, each file once and within their loads: fewer than needed.
    pub possible: usize,
    /// The experts among them who would have to take more, by their places.
    pub full: Vec<usize>,
}

/// The shortage of an assignment that places the most.
pub(super) fn shortage(problem: &Problem, pairs: &[Pair]) -> Option<Shortage> {
    let (files, _) = counts(problem, pairs);
    let short: Vec<Short> =
        (0..files.len()).filter(|file| files[*file] < problem.files[*file].needs).map(|file| one(problem, file, files[file])).collect();
    if short.is_empty() {
        return None;
    }
    let room = (0..problem.experts.len()).map(|expert| problem.room(expert)).sum();
    Some(Shortage { needed: problem.needed(), room, short, bottleneck: bottleneck(problem, pairs) })
}

fn one(problem: &Problem, file: usize, has: usize) -> Short {
    let experts = 0..problem.experts.len();
    let eligible = experts.clone().filter(|expert| problem.is_eligible(file, *expert) && problem.room(*expert) > 0).count();
    let blocked = experts.filter_map(|expert| Some((expert, problem.conflicts.get(&(file, expert))?.clone())));
    Short { file, has, eligible, blocked: blocked.collect() }
}

fn bottleneck(problem: &Problem, pairs: &[Pair]) -> Bottleneck {
    let (files, full) = caught(problem, pairs);
    let needed = files.iter().map(|file| problem.files[*file].needs).sum();
    let of = |expert: usize| files.iter().filter(|file| problem.is_eligible(**file, expert)).count();
    let possible = (0..problem.experts.len()).map(|expert| of(expert).min(problem.room(expert))).sum();
    Bottleneck { files, needed, possible, full }
}
