//! What a pack's worked cases prove, arguments considered: coverage and boundaries, and the mutation run.

use crate::argued::{self, Arguments, change_key};
use crate::boundary::{Boundaries, boundaries};
use crate::check::Worked;
use crate::coverage::{Gap, coverage};
use crate::load::Loaded;
use crate::mutation::{Mutant, Mutation, mutation};
use crate::problem::Problem;

/// What the cases try, and what they leave without a reason given.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// How many things there are to try, comparisons with a boundary included.
    pub wanted: usize,
    /// What the boundary cases said.
    pub boundaries: Boundaries,
    /// What is neither tried nor argued.
    pub open: Vec<Gap>,
    /// How much is argued in `uncovered.toml`.
    pub argued: usize,
    /// What is wrong with `uncovered.toml`.
    pub problems: Vec<Problem>,
}

impl Tried {
    /// How many things fail.
    pub fn failures(&self) -> usize {
        self.open.len() + self.boundaries.disagreements.len() + self.problems.len()
    }
}

/// Coverage and boundaries of a pack's passing worked cases.
pub fn tried(loaded: &Loaded, cases: &[Worked]) -> Tried {
    let (covered, boundaries) = (coverage(loaded, cases), boundaries(loaded, cases));
    let gaps: Vec<Gap> = covered.gaps.iter().chain(&boundaries.gaps).cloned().collect();
    let arguments = argued::untried(&loaded.files);
    let problems = arguments.problems(&gaps.iter().map(|gap| gap.what.as_str()).collect::<Vec<_>>());
    let (argued, open): (Vec<Gap>, Vec<Gap>) = gaps.into_iter().partition(|gap| arguments.holds(&gap.what));
    Tried { wanted: covered.wanted + boundaries.edges.len(), boundaries, open, argued: argued.len(), problems }
}

/// What became of a pack's mutants.
#[derive(Clone, Debug, Default)]
pub struct Mutated {
    /// All of them.
    pub mutation: Mutation,
    /// Neither noticed nor argued.
    pub open: Vec<Mutant>,
    /// How many are argued in `survivors.toml`.
    pub argued: usize,
    /// What is wrong with `survivors.toml`.
    pub problems: Vec<Problem>,
}

impl Mutated {
    /// How many things fail.
    pub fn failures(&self) -> usize {
        self.open.len() + self.problems.len()
    }
}

/// The mutation run of a pack's passing worked cases.
pub fn mutated(loaded: &Loaded, cases: &[Worked], threads: usize) -> Mutated {
    let mutation = mutation(loaded, cases, threads);
    let arguments: Arguments = argued::survivors(&loaded.files);
    let key = |mutant: &Mutant| change_key(&mutant.at, &mutant.change);
    let keys: Vec<String> = mutation.survivors.iter().map(key).collect();
    let problems = arguments.problems(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    let open: Vec<Mutant> = mutation.survivors.iter().filter(|mutant| !arguments.holds(&key(mutant))).cloned().collect();
    Mutated { argued: mutation.survivors.len() - open.len(), mutation, open, problems }
}
