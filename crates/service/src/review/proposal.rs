//! A proposal as it is looked at.

use insight::assignment::{Assignment, Expert, Problem, Proof, Value};
use records::application::Lots;
use records::organisation::Organisation;
use sm3::{Digest as _, Sm3};

use super::explain;
use super::propose::Pending;

/// Who would score what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The files, in the order of the inbox.
    pub files: Vec<Proposed>,
    /// Files that wait and are not among these, since too many wait.
    pub left_over: usize,
    /// The experts who take part, by name.
    pub experts: Vec<TakingPart>,
    /// How many experts there are in all.
    pub pool: usize,
    /// How good it is.
    pub value: Value,
    /// Whether a better one exists.
    pub proof: Proof,
    /// Why not every file has its experts, in sentences; empty if all have.
    pub shortage: Vec<String>,
    /// What was drawn from, if a seed was given.
    pub lots: Option<Lots>,
    /// What it comes to, in one word: it is confirmed by it.
    pub digest: String,
}

/// A file with the experts proposed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The file.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Who applies.
    pub applicant: String,
    /// Its field, as it is called; empty where the pack matches none.
    pub field: String,
    /// How many experts it lacks.
    pub needs: usize,
    /// Who would score it.
    pub experts: Vec<Chosen>,
    /// Why it cannot have as many as it lacks.
    pub short: Option<String>,
}

/// An expert proposed for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Who.
    pub id: String,
    /// The expert's name.
    pub name: String,
    /// The expert knows the file's field.
    pub matched: bool,
}

/// An expert who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakingPart {
    /// The expert's name.
    pub name: String,
    /// What the expert knows.
    pub fields: Vec<String>,
    /// Files at hand before.
    pub before: usize,
    /// And with this proposal.
    pub after: usize,
}

pub(super) fn shown(
    pending: &[Pending],
    experts: &[Organisation],
    problem: &Problem,
    found: &Assignment,
    pool: usize,
    left_over: usize,
    lots: Option<Lots>,
) -> Proposal {
    let name = |id: &str| experts.iter().find(|expert| expert.id.as_str() == id).map_or(id.to_owned(), |expert| expert.name.clone());
    let place = |id: &str| problem.files().iter().position(|file| file.id == id);
    let files: Vec<Proposed> =
        pending.iter().filter_map(|one| Some(proposed(one, place(one.file.state().id.as_str())?, problem, found, &name))).collect();
    let mut taking: Vec<TakingPart> =
        (problem.experts().iter().enumerate()).map(|(at, expert)| taking(at, expert, experts, found)).collect();
    taking.sort_by(|one, other| one.name.cmp(&other.name));
    let shortage = found.shortage.as_ref().map_or(Vec::new(), explain::shortage);
    let digest = digest(&files);
    Proposal { files, left_over, experts: taking, pool, value: found.value, proof: found.proof.clone(), shortage, lots, digest }
}

fn proposed(one: &Pending, at: usize, problem: &Problem, found: &Assignment, name: &impl Fn(&str) -> String) -> Proposed {
    let state = one.file.state();
    let chosen = |expert: usize| {
        let id = problem.experts()[expert].id.clone();
        Chosen { name: name(&id), id, matched: problem.matches(at, expert) }
    };
    let short = found.shortage.as_ref().and_then(|shortage| shortage.short.iter().find(|short| short.file == at));
    Proposed {
        id: state.id.to_string(),
        number: state.number.clone().unwrap_or_default(),
        applicant: one.file.knowing.applicant.name.clone(),
        field: one.field.as_ref().map_or(String::new(), |word| word.label.clone()),
        needs: one.needs,
        experts: found.experts(at).map(chosen).collect(),
        short: short.map(|short| explain::short(problem, short, name)),
    }
}

fn taking(at: usize, expert: &Expert, experts: &[Organisation], found: &Assignment) -> TakingPart {
    let known = experts.iter().find(|known| known.id.as_str() == expert.id);
    TakingPart {
        name: known.map_or(expert.id.clone(), |known| known.name.clone()),
        fields: known.map_or(Vec::new(), |known| known.profile.fields.clone()),
        before: expert.load,
        after: expert.load + found.pairs.iter().filter(|pair| pair.expert == at).count(),
    }
}

fn digest(files: &[Proposed]) -> String {
    let mut hasher = Sm3::new();
    for file in files {
        let experts: Vec<&str> = file.experts.iter().map(|expert| expert.id.as_str()).collect();
        hasher.update(format!("{}:{}\n", file.id, experts.join(",")));
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
