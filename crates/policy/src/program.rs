//! The compiled program: a flat list of typed operations over integer registers.
//!
//! Every number is an integer over a denominator fixed when the pack is loaded (money in fen, 70% as 7 of 10), so
//! nothing is ever rounded unless an operation says so. Both executors run this same list; see [`crate::kernel`].

use crate::exact::Exact;
use std::collections::HashMap;

/// Index of an operation and of the register it fills.
pub type Reg = u32;
/// Index of a row kind; 0 is the case itself.
pub type Kind = u8;

/// Money accepted from outside: ±10^13 fen (a thousand 亿元).
pub const MAX_FEN: i64 = 10_000_000_000_000;
/// Rows of one kind in one case.
pub const MAX_ROWS: usize = 10_000;
/// Largest denominator of any number in a program.
pub const MAX_SCALE: i64 = 1_000_000_000;

/// What a register holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// 0 or 1.
    YesNo,
    /// Index of an option of the numbered choice.
    Choice(u16),
    /// An interned name; only equality means anything.
    Party,
    /// Days since 1970-01-01.
    Date,
    /// 0–4.
    Level,
    /// A whole number.
    Count,
    /// A part of one.
    Share,
    /// Any other quantity.
    Decimal,
    /// Marks.
    Score,
    /// Money in fen.
    Money,
    /// A set of options of a question, one bit each.
    Options,
}

impl Type {
    /// Whether it takes part in arithmetic.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Level | Self::Count | Self::Share | Self::Decimal | Self::Score | Self::Money)
    }

    /// Chinese name, used in load errors.
    pub fn label(self) -> &'static str {
        match self {
            Self::YesNo => "是否",
            Self::Choice(_) => "选项",
            Self::Party => "单位名称",
            Self::Date => "日期",
            Self::Level => "等级",
            Self::Count => "整数",
            Self::Share => "比例",
            Self::Decimal => "小数",
            Self::Score => "分数",
            Self::Money => "金额",
            Self::Options => "多选",
        }
    }
}

/// How a quotient becomes whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// Towards minus infinity.
    Down,
    /// Towards plus infinity.
    Up,
    /// To the nearest, halves up.
    HalfUp,
}

/// One operation. Operands stand in the same row of the same kind unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// A fact, by its index among the facts of the operation's kind.
    Input(u32),
    /// A number.
    Const(i64),
    /// a + b
    Add(Reg, Reg),
    /// a − b
    Sub(Reg, Reg),
    /// a × b; denominators multiply.
    Mul(Reg, Reg),
    /// a × constant; also brings a number to a finer denominator.
    Times(Reg, i64),
    /// The smaller.
    Min(Reg, Reg),
    /// The larger.
    Max(Reg, Reg),
    /// a < b
    Below(Reg, Reg),
    /// a ≤ b
    AtMost(Reg, Reg),
    /// a = b
    Equal(Reg, Reg),
    /// Both; no and unknown is no.
    And(Reg, Reg),
    /// Either; yes and unknown is yes.
    Or(Reg, Reg),
    /// The opposite.
    Not(Reg),
    /// condition, then, else.
    Select(Reg, Reg, Reg),
    /// Whether the option's bit is set in the mask.
    OneOf(Reg, u64),
    /// Dense lookup: `picks[id]` at the register's value.
    Pick(Reg, u32),
    /// Which interval of `axes[id]` the value lies in.
    Slot(Reg, u32),
    /// Whole quotient by a positive constant.
    Quotient(Reg, i64, Rounding),
    /// amount × part ÷ whole, down; part held within 0…whole.
    Prorate(Reg, Reg, Reg),
    /// Date plus months, the day held within the month.
    AddMonths(Reg, i32),
    /// Whole months from the first date to the second.
    Months(Reg, Reg),
    /// The year of a date.
    Year(Reg),
    /// Sum over the row's children; the operand is of the child kind.
    Sum(Reg),
    /// The parent row's value; the operand is of the parent kind.
    Up(Reg),
    /// Whether the value is known.
    Known(Reg),
    /// Whether it is known to be yes.
    Holds(Reg),
    /// The first if known, else the second.
    FirstKnown(Reg, Reg),
    /// Marks of a set of options: `picks[id]` summed over the bits.
    Marks(Reg, u32),
    /// Which band of `bands[id]` part ÷ whole lies in; unknown for whole ≤ 0.
    Band(Reg, Reg, u32),
    /// now ÷ base against before ÷ base: 0 lower, 1 same, 2 higher; unknown for a base ≤ 0.
    Trend(Reg, Reg, Reg, Reg),
    /// Each part of the value at its own band's share: `marginals[id]`.
    Marginal(Reg, u32),
}

impl Op {
    /// The registers it reads.
    pub fn operands(self) -> Vec<Reg> {
        match self {
            Self::Input(_) | Self::Const(_) => vec![],
            Self::Add(a, b) | Self::Sub(a, b) | Self::Mul(a, b) | Self::Min(a, b) | Self::Max(a, b) => vec![a, b],
            Self::Below(a, b) | Self::AtMost(a, b) | Self::Equal(a, b) | Self::And(a, b) | Self::Or(a, b) => vec![a, b],
            Self::Months(a, b) | Self::FirstKnown(a, b) | Self::Band(a, b, _) => vec![a, b],
            Self::Select(a, b, c) | Self::Prorate(a, b, c) => vec![a, b, c],
            Self::Trend(a, b, c, d) => vec![a, b, c, d],
            Self::Times(a, _) | Self::Not(a) | Self::OneOf(a, _) | Self::Pick(a, _) | Self::Slot(a, _) => vec![a],
            Self::Quotient(a, _, _) | Self::AddMonths(a, _) | Self::Year(a) | Self::Sum(a) | Self::Up(a) => vec![a],
            Self::Known(a) | Self::Holds(a) | Self::Marks(a, _) | Self::Marginal(a, _) => vec![a],
        }
    }

    /// The same operation reading other registers.
    pub fn moved(self, to: impl Fn(Reg) -> Reg) -> Self {
        match self {
            Self::Input(_) | Self::Const(_) => self,
            Self::Add(a, b) => Self::Add(to(a), to(b)),
            Self::Sub(a, b) => Self::Sub(to(a), to(b)),
            Self::Mul(a, b) => Self::Mul(to(a), to(b)),
            Self::Times(a, by) => Self::Times(to(a), by),
            Self::Min(a, b) => Self::Min(to(a), to(b)),
            Self::Max(a, b) => Self::Max(to(a), to(b)),
            Self::Below(a, b) => Self::Below(to(a), to(b)),
            Self::AtMost(a, b) => Self::AtMost(to(a), to(b)),
            Self::Equal(a, b) => Self::Equal(to(a), to(b)),
            Self::And(a, b) => Self::And(to(a), to(b)),
            Self::Or(a, b) => Self::Or(to(a), to(b)),
            Self::Not(a) => Self::Not(to(a)),
            Self::Select(c, a, b) => Self::Select(to(c), to(a), to(b)),
            Self::OneOf(a, mask) => Self::OneOf(to(a), mask),
            Self::Pick(a, id) => Self::Pick(to(a), id),
            Self::Slot(a, id) => Self::Slot(to(a), id),
            Self::Quotient(a, by, how) => Self::Quotient(to(a), by, how),
            Self::Prorate(a, b, c) => Self::Prorate(to(a), to(b), to(c)),
            Self::AddMonths(a, n) => Self::AddMonths(to(a), n),
            Self::Months(a, b) => Self::Months(to(a), to(b)),
            Self::Year(a) => Self::Year(to(a)),
            Self::Sum(a) => Self::Sum(to(a)),
            Self::Up(a) => Self::Up(to(a)),
            Self::Known(a) => Self::Known(to(a)),
            Self::Holds(a) => Self::Holds(to(a)),
            Self::FirstKnown(a, b) => Self::FirstKnown(to(a), to(b)),
            Self::Marks(a, id) => Self::Marks(to(a), id),
            Self::Band(a, b, id) => Self::Band(to(a), to(b), id),
            Self::Trend(a, b, c, d) => Self::Trend(to(a), to(b), to(c), to(d)),
            Self::Marginal(a, id) => Self::Marginal(to(a), id),
        }
    }
}

/// One operation with where it runs and what is proved of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it does.
    pub op: Op,
    /// The row kind it runs for.
    pub kind: Kind,
    /// Interval analysis proved that no intermediate or result leaves `i64`.
    pub proven: bool,
}

/// Dense values from `lo` on; a value outside takes the nearest.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pick {
    /// The value of the first entry.
    pub lo: i64,
    /// What is given, never empty.
    pub gives: Vec<i64>,
}

impl Pick {
    /// What is given at a value.
    #[inline(always)]
    pub fn at(&self, value: i64) -> i64 {
        let last = self.gives.len() - 1;
        let index = value.saturating_sub(self.lo).clamp(0, last as i64) as usize;
        self.gives[index]
    }
}

/// Where each interval of a number line starts; the first starts at minus infinity.
pub type Axis = Vec<i64>;
/// Upper bound of each band as a ratio, and whether it is closed.
pub type Bands = Vec<(i64, i64, bool)>;
/// From where on which share (over the program's denominator for it) applies.
pub type Marginals = Vec<(i64, i64)>;

/// The tables operations look up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// Dense values.
    pub picks: Vec<Pick>,
    /// Interval starts.
    pub axes: Vec<Axis>,
    /// Ratio bands.
    pub bands: Vec<Bands>,
    /// Marginal bands.
    pub marginals: Vec<Marginals>,
}

/// A fact the program reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Smallest value accepted.
    pub lo: i64,
    /// Largest value accepted.
    pub hi: i64,
}

/// A compiled program.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Operations in an order in which every operand comes first.
    pub steps: Vec<Step>,
    /// Lookup tables.
    pub tables: Tables,
    /// Parent of each row kind; kind 0 is the case, its own parent.
    pub parents: Vec<Kind>,
    /// Facts of each kind.
    pub inputs: Vec<Vec<Slot>>,
}

impl Program {
    /// The part of the program that `outputs` need, with all facts where they were.
    pub fn keeping_facts(&self, outputs: &[Reg]) -> Kept {
        let kept = self.keeping(outputs);
        let step = |step: &Step| match step.op {
            Op::Input(input) => Step { op: Op::Input(kept.inputs[step.kind as usize][input as usize] as u32), ..*step },
            _ => *step,
        };
        let steps = kept.program.steps.iter().map(step).collect();
        let inputs = self.inputs.iter().map(|all| (0..all.len()).collect()).collect();
        Kept { program: Program { steps, inputs: self.inputs.clone(), ..kept.program }, outputs: kept.outputs, inputs }
    }

    /// The part of the program that `outputs` need, reading only the facts it needs.
    pub fn keeping(&self, outputs: &[Reg]) -> Kept {
        let mut needed = vec![false; self.steps.len()];
        outputs.iter().for_each(|reg| needed[*reg as usize] = true);
        for (at, step) in self.steps.iter().enumerate().rev() {
            if needed[at] {
                step.op.operands().iter().for_each(|reg| needed[*reg as usize] = true);
            }
        }
        let mut moved = HashMap::new();
        let mut steps = Vec::new();
        let mut inputs: Vec<Vec<usize>> = vec![Vec::new(); self.inputs.len()];
        for (at, step) in self.steps.iter().enumerate().filter(|(at, _)| needed[*at]) {
            moved.insert(at as Reg, steps.len() as Reg);
            let op = match step.op {
                Op::Input(input) => {
                    let own = &mut inputs[step.kind as usize];
                    own.push(input as usize);
                    Op::Input(own.len() as u32 - 1)
                }
                op => op.moved(|reg| moved[&reg]),
            };
            steps.push(Step { op, ..*step });
        }
        let slots = |(kept, all): (&Vec<usize>, &Vec<Slot>)| kept.iter().map(|input| all[*input].clone()).collect();
        let program = Program { steps, inputs: inputs.iter().zip(&self.inputs).map(slots).collect(), ..self.clone() };
        Kept { program, outputs: outputs.iter().map(|reg| moved[reg]).collect(), inputs }
    }

    /// Whether only the case itself has operations.
    pub fn is_flat(&self) -> bool {
        self.steps.iter().all(|step| step.kind == 0)
    }
}

/// A program cut down to some outputs.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What is left.
    pub program: Program,
    /// Where the outputs now are.
    pub outputs: Vec<Reg>,
    /// Per kind: which of the whole program's facts the shortened one reads, in its own order.
    pub inputs: Vec<Vec<usize>>,
}

/// Bounds of what a register can hold, found while compiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Smallest.
    pub lo: i128,
    /// Largest.
    pub hi: i128,
}

impl Bounds {
    /// From `lo` to `hi`.
    pub fn new(lo: impl Into<i128>, hi: impl Into<i128>) -> Self {
        Self { lo: lo.into(), hi: hi.into() }
    }

    /// Whether every value fits a register.
    pub fn fits(self) -> bool {
        self.lo >= i64::MIN.into() && self.hi <= i64::MAX.into()
    }

    /// Held within what a register can hold, for operations that answer "too large" at run time.
    pub fn held(self) -> Self {
        let hold = |value: i128| value.clamp(i64::MIN.into(), i64::MAX.into());
        Self { lo: hold(self.lo), hi: hold(self.hi) }
    }
}

/// The type of a number and what one of its units is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meta {
    /// Type.
    pub ty: Type,
    /// Denominator of a number; 1 for everything else.
    pub scale: i64,
    /// Bounds.
    pub bounds: Bounds,
}

impl Meta {
    /// A register value as an exact number.
    pub fn exact(&self, value: i64) -> Exact {
        Exact::new(value.into(), self.scale.into()).unwrap_or(Exact::ZERO)
    }
}
