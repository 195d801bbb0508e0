//! A loaded pack: its texts, what it declares, and the program its rules compiled to.

mod assessment;
mod cite;
mod form;
mod official;
mod procedure;
mod review;

pub use assessment::*;
pub use form::*;
pub use official::*;
pub use procedure::*;
pub use review::*;

use crate::clauses::Document;
use crate::program::{Kind, Meta, Program, Reg};
use crate::spec::{StackMode, StageSpec};
use crate::term::{Template, Term};
use std::sync::Arc;

pub use crate::spec::InputType;

/// One version of one programme's policy, ready to evaluate cases.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Id of the programme.
    pub id: String,
    /// Version of its policy.
    pub version: String,
    /// Chinese title.
    pub title: String,
    /// Who issued the policy.
    pub authority: String,
    /// Where the programme is run, an id of `standards::division`; none: anywhere.
    pub place: Option<String>,
    /// SM3 over every file of the pack, of the packs it uses, and the engine's version.
    pub digest: String,
    /// Which cases this version governs.
    pub applies: Option<Applies>,
    /// The policy texts.
    pub documents: Vec<Document>,
    /// The packs it uses: their indicator set, choices and clauses.
    pub used: Vec<Arc<Pack>>,
    /// Closed lists of words.
    pub choices: Vec<Choice>,
    /// Row kinds; the first is the case.
    pub kinds: Vec<RowKind>,
    /// Facts by kind, in the program's order.
    pub inputs: Vec<Vec<Input>>,
    /// Lookup tables as printed.
    pub tables: Vec<Table>,
    /// Named formulas.
    pub values: Vec<Value>,
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// Recognition by row kind.
    pub recognitions: Vec<Recognition>,
    /// Awards.
    pub awards: Vec<Award>,
    /// Groups of awards.
    pub stacks: Vec<Stack>,
    /// The sum paid after stacking, if the pack has awards.
    pub total: Option<Reg>,
    /// What people may enter directly to estimate an award.
    pub calculator: Option<Calculator>,
    /// How it assesses.
    pub assessment: Option<Assessment>,
    /// Limits across cases.
    pub quotas: Vec<Quota>,
    /// Papers to hand in.
    pub materials: Vec<Material>,
    /// What applicants apply for, each after those whose standing it needs.
    pub procedures: Vec<Procedure>,
    /// Roles of which an applicant has one in a batch.
    pub leads: Vec<Lead>,
    /// What must hold before stages are done.
    pub requirements: Vec<Requirement>,
    /// The stages, of procedures and of none.
    pub stages: Vec<StageSpec>,
    /// Forms.
    pub forms: Vec<Form>,
    /// How experts score, by stage.
    pub reviews: Vec<Review>,
    /// Tables of the documents that are drawn up and stamped.
    pub officials: Vec<Official>,
    /// Facts the platform knows by itself.
    pub known: Vec<Known>,
    /// What the platform itself has granted the applicant before, as rows.
    pub entitlement: Option<Entitlement>,
    /// The compiled program.
    pub program: Program,
    /// Type and scale of every register.
    pub metas: Vec<Meta>,
    /// Names every formula of the case may use, with their registers; for batch outputs.
    pub names: Vec<(String, Reg)>,
}

/// Which cases a version governs: `from <= input < until`, in register units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applies {
    /// Index of the case input.
    pub input: usize,
    /// First value governed.
    pub from: Option<i64>,
    /// First value no longer governed.
    pub until: Option<i64>,
    /// The version it amends.
    pub amends: Option<String>,
}

/// A closed list of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Words in order.
    pub options: Vec<Word>,
}

/// One word of a choice, or one option of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Other names people write.
    pub also: Vec<String>,
}

/// A kind of row; the first is the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowKind {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Parent kind.
    pub parent: Kind,
    /// Of these rows, the choice for each of whose options a form begins with one.
    pub each: Option<usize>,
}

/// A declared fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Group, e.g. `enterprise` or a row kind.
    pub group: String,
    /// Name in the group.
    pub name: String,
    /// Chinese name.
    pub label: String,
    /// Unit shown after it.
    pub unit: Option<String>,
    /// Help shown beside it.
    pub hint: Option<String>,
    /// The clauses that ask for it.
    pub clause: String,
    /// Type, scale and bounds.
    pub meta: Meta,
}

impl Input {
    /// `group.name`.
    pub fn id(&self) -> String {
        format!("{}.{}", self.group, self.name)
    }

    /// Whether that is its id; looking one up among all of them writes none.
    pub fn is(&self, id: &str) -> bool {
        id.strip_prefix(self.group.as_str()).and_then(|rest| rest.strip_prefix('.')) == Some(self.name.as_str())
    }
}

/// A lookup table as its rows were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
    /// Heads: keys then columns, id and label.
    pub heads: Vec<(String, String)>,
    /// Rows: cell texts in the heads' order, and the row's own clauses.
    pub rows: Vec<(Vec<String>, String)>,
    /// The same cells in words: choices by their labels, levels by their names.
    pub shown: Vec<Vec<String>>,
}

/// A named formula.
#[derive(Clone, Debug)]
pub struct Value {
    /// Id; with the row kind in front for row values.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
    /// Row kind.
    pub kind: Kind,
    /// The formula, resolved.
    pub term: Term,
    /// What formulas that name it read: the formula's own register, or the lower amount a person set.
    pub reg: Reg,
    /// The input by which a person sets less.
    pub settled: Option<usize>,
    /// The sentence that explains it.
    pub says: Option<Template>,
}

/// A condition.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
    /// When it applies.
    pub when: Option<Term>,
    /// What is checked.
    pub test: Test,
    /// The case input that opens its exception door, and the door's name and clauses.
    pub exception: Option<(usize, String, String)>,
    /// Said when it fails.
    pub failed: Option<Template>,
    /// What to do about it.
    pub fix: String,
    /// Whether it holds, everything considered.
    pub reg: Reg,
}

/// What a condition checks.
#[derive(Clone, Debug)]
pub enum Test {
    /// A formula.
    Formula(Term),
    /// A person's judgement: the case input that holds it and the evidence asked for.
    Person(usize, String),
}

/// What counts of each row of one kind.
#[derive(Clone, Debug)]
pub struct Recognition {
    /// `invoice.counted`.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Row kind.
    pub kind: Kind,
    /// Where it starts from; none: the result is yes or no.
    pub amount: Option<Term>,
    /// Rules in order.
    pub rules: Vec<Rule>,
    /// Whether every gate holds (not known counts as not).
    pub admitted: Reg,
    /// Whether every gate holds, with not known kept.
    pub gates: Reg,
    /// The result.
    pub reg: Reg,
}

/// One recognition rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
    /// When it applies.
    pub when: Option<Term>,
    /// Gate or ceiling.
    pub effect: Effect,
    /// What to do about it.
    pub fix: String,
}

/// What a recognition rule does.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Nothing counts unless it holds; the register has `when` worked in.
    Gate(Term, Reg, Option<Template>),
    /// No more than this counts.
    Ceiling(Term, Option<Template>),
}

/// An award.
#[derive(Clone, Debug)]
pub struct Award {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
    /// The amount before conditions.
    pub amount: Term,
    /// The recognised total.
    pub recognised: Option<Term>,
    /// Index of the recognition listed item by item.
    pub items: Option<usize>,
    /// Indices of values taken off between items and total.
    pub deductions: Vec<usize>,
    /// Indices of the conditions that must hold.
    pub conditions: Vec<usize>,
    /// Its own requirement, what is said when it fails and what to do.
    pub requires: Option<(Term, Option<Template>, String)>,
    /// Whether all of them hold.
    pub eligible: Reg,
    /// The amount, 0 when refused.
    pub reg: Reg,
}

/// A group of awards.
#[derive(Clone, Debug)]
pub struct Stack {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// How they add up.
    pub mode: StackMode,
    /// Indices of the awards.
    pub awards: Vec<usize>,
    /// Already paid, comes off.
    pub paid: Option<Term>,
    /// Cumulative cap.
    pub cap: Option<Term>,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
    /// What the group pays.
    pub reg: Reg,
}

/// The award calculator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculator {
    /// Chinese title.
    pub label: String,
    /// Ids of the values entered directly.
    pub given: Vec<String>,
    /// `group.name` of the case input that differs from column to column.
    pub vary: Option<String>,
    /// Its values as written, one column each.
    pub over: Vec<String>,
    /// Said beside the result.
    pub note: Option<String>,
    /// The clauses it follows.
    pub clause: String,
}

impl Pack {
    /// A case input by `group.name` (or group and Chinese label).
    pub fn input(&self, id: &str) -> Option<usize> {
        self.inputs[0].iter().position(|input| input.is(id))
    }

    /// The row kind of that id.
    pub fn kind(&self, id: &str) -> Option<Kind> {
        self.kinds.iter().position(|kind| kind.id == id).map(|at| at as Kind)
    }

    /// A value by id.
    pub fn value(&self, id: &str) -> Option<&Value> {
        self.values.iter().find(|value| value.id == id)
    }

    /// The register behind a name of the case.
    pub fn register(&self, name: &str) -> Option<Reg> {
        self.names.iter().find(|(known, _)| known == name).map(|(_, reg)| *reg)
    }
}
