//! Which experts review which files: assignment under hard constraints, a draw that anybody can repeat, and what to make
//! of scores that lie apart.
//!
//! No file gets an expert it has a conflict with, no expert gets more than the load limit, and no file gets the same
//! expert twice. Among all assignments that keep to that, [`assign`] finds one that places the most, then matches most
//! fields, then balances the load; [`Proof`] says that there is none better, and how that was checked.

mod draw;
mod network;
mod proof;
mod shortage;
mod solve;
mod spread;

pub use draw::draw;
pub use proof::{Proof, prove};
pub use shortage::{Bottleneck, Short, Shortage};
pub use solve::{Assignment, Pair, Value, assign};
pub use spread::{Spread, Verdict, settle, spread};

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Most files of one assignment.
pub const FILES_MAX: usize = 5_000;
/// Most experts of one assignment.
pub const EXPERTS_MAX: usize = 1_000;

/// A file that waits for reviewers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewFile {
    /// Identifier.
    pub id: String,
    /// Its field, compared with the experts' as it stands.
    pub field: String,
    /// How many reviewers it needs.
    pub needs: usize,
}

/// Somebody who reviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expert {
    /// Identifier.
    pub id: String,
    /// The fields the expert knows.
    pub fields: BTreeSet<String>,
    /// Files the expert has at hand already.
    pub load: usize,
    /// Most files at a time, those at hand included.
    pub load_max: usize,
}

/// Why an expert must not review a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The file.
    pub file: String,
    /// The expert.
    pub expert: String,
    /// The reason, as it is shown.
    pub reason: String,
}

/// Why no assignment or draw can be made at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentError {
    /// An identifier stands twice.
    #[error("“{0}”重复，请删除重复的一项")]
    Twice(String),
    /// More than can be assigned at once.
    #[error("一次最多分配{FILES_MAX}件、{EXPERTS_MAX}名专家，请分批分配")]
    TooMany,
    /// More are to be drawn than there are.
    #[error("专家库中只有{pool}人可抽取，不足{count}人")]
    PoolTooSmall {
        /// How many there are.
        pool: usize,
        /// How many are to be drawn.
        count: usize,
    },
}

/// Files, experts and conflicts, put into an order of their own, so that the order they came in does not matter.
#[derive(Clone, Debug)]
pub struct Problem {
    files: Vec<ReviewFile>,
    experts: Vec<Expert>,
    conflicts: BTreeMap<(usize, usize), Vec<String>>,
}

impl Problem {
    /// Orders files and experts by the seed's draw, so that nobody chooses between equally good assignments; without a
    /// seed by identifier. Conflicts of others are passed over.
    ///
    /// # Errors
    /// An identifier stands twice, or there are too many.
    pub fn new(files: Vec<ReviewFile>, experts: Vec<Expert>, conflicts: &[Conflict], seed: Option<&str>) -> Result<Self, AssignmentError> {
        if files.len() > FILES_MAX || experts.len() > EXPERTS_MAX {
            return Err(AssignmentError::TooMany);
        }
        let files = ordered(files, |file| &file.id, seed)?;
        let experts = ordered(experts, |expert| &expert.id, seed)?;
        let conflicts = placed(&files, &experts, conflicts);
        Ok(Self { files, experts, conflicts })
    }

    /// The files, in the order used.
    pub fn files(&self) -> &[ReviewFile] {
        &self.files
    }

    /// The experts, in the order used.
    pub fn experts(&self) -> &[Expert] {
        &self.experts
    }

    /// Whether an expert may review a file.
    pub fn is_eligible(&self, file: usize, expert: usize) -> bool {
        !self.conflicts.contains_key(&(file, expert))
    }

    /// Whether a file's field is one the expert knows.
    pub fn matches(&self, file: usize, expert: usize) -> bool {
        self.experts[expert].fields.contains(&self.files[file].field)
    }

    /// How many more files an expert can take.
    pub fn room(&self, expert: usize) -> usize {
        let expert = &self.experts[expert];
        expert.load_max.saturating_sub(expert.load).min(self.files.len())
    }

    /// All reviews that are needed.
    pub fn needed(&self) -> usize {
        self.files.iter().map(|file| file.needs).sum()
    }
}

fn ordered<T>(items: Vec<T>, id: impl Fn(&T) -> &String, seed: Option<&str>) -> Result<Vec<T>, AssignmentError> {
    let mut items: BTreeMap<String, T> = {
        let mut all = BTreeMap::new();
        for item in items {
            let key = id(&item).clone();
            if all.insert(key.clone(), item).is_some() {
                return Err(AssignmentError::Twice(key));
            }
        }
        all
    };
    let Some(seed) = seed else { return Ok(items.into_values().collect()) };
    let ids: Vec<String> = items.keys().cloned().collect();
    let drawn = draw(&ids, ids.len(), seed)?;
    Ok(drawn.iter().filter_map(|id| items.remove(id)).collect())
}

fn placed(files: &[ReviewFile], experts: &[Expert], conflicts: &[Conflict]) -> BTreeMap<(usize, usize), Vec<String>> {
    let file_at: HashMap<&str, usize> = files.iter().enumerate().map(|(at, file)| (file.id.as_str(), at)).collect();
    let expert_at: HashMap<&str, usize> = experts.iter().enumerate().map(|(at, expert)| (expert.id.as_str(), at)).collect();
    let mut all: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for conflict in conflicts {
        if let (Some(file), Some(expert)) = (file_at.get(conflict.file.as_str()), expert_at.get(conflict.expert.as_str())) {
            all.entry((*file, *expert)).or_default().push(conflict.reason.clone());
        }
    }
    all
}
