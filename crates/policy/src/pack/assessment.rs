//! The scored part of a loaded pack: questions, scenarios, level lines, variants.

use super::Word;
use crate::program::Reg;
use crate::spec::QuestionKind;

/// How a pack assesses.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The indicator set's title.
    pub label: String,
    /// Printed beside it.
    pub notice: Option<String>,
    /// The clauses this pack's choice of variant follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
    /// Dimensions in order.
    pub dimensions: Vec<Dimension>,
    /// Questions in order.
    pub questions: Vec<Question>,
    /// Figures in order: index of the case input.
    pub figures: Vec<usize>,
    /// Scenarios in order.
    pub scenarios: Vec<Scenario>,
    /// Level lines, lowest first.
    pub lines: Vec<Line>,
    /// The deciding variant first.
    pub variants: Vec<Variant>,
}

/// A dimension (一级指标).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
}

/// A scored question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Id.
    pub id: String,
    /// Number in the form.
    pub number: u16,
    /// Its dimension, by index.
    pub dimension: usize,
    /// Its indicator's Chinese name.
    pub indicator: String,
    /// Chinese name.
    pub label: String,
    /// The question as printed.
    pub text: String,
    /// Help shown beside it.
    pub hint: Option<String>,
    /// The clauses it follows.
    pub clause: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Options in the form's order, and whether each is ticked alone only.
    pub options: Vec<(Word, bool)>,
    /// The case input of the answer itself.
    pub input: usize,
    /// The case inputs of the figures it follows from.
    pub figures: Vec<usize>,
    /// The answer derived from figures; equal to `answer` where the question has none.
    pub derived: Option<Reg>,
    /// The answer that counts.
    pub answer: Reg,
}

/// A business scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// Its group.
    pub group: String,
    /// 约束性 or 指导性.
    pub constraint: bool,
    /// What levels 1–4 take.
    pub criteria: Vec<String>,
    /// The clauses it follows.
    pub clause: String,
    /// The case input of its level.
    pub input: usize,
}

/// One level's lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 1–4.
    pub level: u8,
    /// Chinese name.
    pub label: String,
    /// Marks, at least: text and value over the score's scale.
    pub score: crate::exact::Exact,
    /// Scenarios at this level or above, at least; 0: no such line.
    pub scenarios: u16,
    /// Of them constraint scenarios, at least.
    pub constraint: u16,
    /// Register: how many scenarios are at this level or above.
    pub scenarios_reg: Reg,
    /// Register: how many of them constraint ones.
    pub constraint_reg: Reg,
    /// The clauses it follows.
    pub clause: String,
    /// Which reading it takes.
    pub reading: Option<String>,
}

/// One set of weights, computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Id, empty for the set's own weights.
    pub id: String,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: String,
    /// Marks per question: register and full marks.
    pub marks: Vec<(Reg, crate::exact::Exact)>,
    /// Total marks.
    pub score: Reg,
    /// Level.
    pub level: Reg,
    /// Whether each line is reached.
    pub reached: Vec<Reg>,
}
