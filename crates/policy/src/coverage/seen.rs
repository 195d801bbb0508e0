//! How it shows in an evaluated case that something was tried.

use crate::cells::Range;
use crate::check::Worked;
use crate::evaluate::Evaluation;
use crate::exact::Exact;
use crate::program::Reg;
use crate::written::kind_of;

/// What must have happened.
pub(super) enum Seen {
    /// A clause was cited.
    Cited(String),
    /// A register held a number: yes, no, a row of a table.
    Held(Reg, i64),
    /// A number lay in one of some ranges, or (`false`) in none.
    Within(Reg, Vec<Range>, bool),
    /// A ceiling was below the amount (or was not), where it applied.
    Binds { binds: bool, amount: Reg, ceiling: Reg, when: Option<Reg> },
    /// The sum or best of some amounts was above a cap (or was not).
    Capped { binds: bool, amounts: Vec<Reg>, best: bool, cap: Reg },
    /// One argument of an extreme was its result, and another was not.
    Decides { at: usize, args: Vec<Reg>, result: Reg },
    /// A number was no whole multiple of a step.
    Rest(Reg, Reg),
    /// A part of an amount was no whole number of fen.
    Part(Reg, Reg, Reg),
    /// An input was given and its condition's own test did not hold.
    Opened(usize, Option<Reg>),
    /// An input was given.
    Given(usize),
}

impl Seen {
    /// Whether it happened in a case.
    pub fn by(&self, evaluation: &Evaluation, case: &Worked) -> bool {
        match self {
            Self::Cited(clause) => case.cited.contains(clause),
            Self::Given(input) => given(evaluation, *input).is_some(),
            Self::Opened(input, test) => given(evaluation, *input) == Some(1) && test.is_none_or(|test| evaluation.get(test) == Some(0)),
            Self::Capped { binds, amounts, best, cap } => capped(evaluation, amounts, *best, *cap) == Some(*binds),
            _ => rows(evaluation, self.anchor()).any(|row| self.in_row(evaluation, row).unwrap_or(false)),
        }
    }

    /// A register whose rows are the rows to look at.
    fn anchor(&self) -> Reg {
        match self {
            Self::Held(reg, _) | Self::Within(reg, ..) | Self::Rest(reg, _) | Self::Part(reg, ..) => *reg,
            Self::Binds { amount, .. } => *amount,
            Self::Decides { result, .. } => *result,
            _ => 0,
        }
    }

    fn in_row(&self, evaluation: &Evaluation, row: usize) -> Option<bool> {
        let raw = |reg: Reg| evaluation.trace.at(reg, row).get();
        let exact = |reg: Reg| raw(reg).map(|value| evaluation.pack.metas[reg as usize].exact(value));
        match self {
            Self::Held(reg, value) => Some(raw(*reg)? == *value),
            Self::Within(reg, ranges, inside) => exact(*reg).map(|value| ranges.iter().any(|range| range.holds(value)) == *inside),
            Self::Binds { binds, amount, ceiling, when } => {
                let applies = when.is_none_or(|when| raw(when) == Some(1));
                Some(applies && (exact(*ceiling)? < exact(*amount)?) == *binds)
            }
            Self::Decides { at, args, result } => {
                let result = exact(*result)?;
                let others = args.iter().any(|arg| exact(*arg).is_some_and(|value| value != result));
                Some(others && exact(args[*at])? == result)
            }
            Self::Rest(reg, step) => broken(exact(*reg)?.divided(exact(*step)?)),
            Self::Part(amount, part, whole) => broken(exact(*amount)?.times(exact(*part)?)?.divided(exact(*whole)?)),
            _ => None,
        }
    }
}

/// Whether a number is not whole.
fn broken(value: Option<Exact>) -> Option<bool> {
    value.map(|value| value.denominator() != 1)
}

fn given(evaluation: &Evaluation, input: usize) -> Option<i64> {
    evaluation.facts.kinds[0].inputs[input][0].get()
}

fn capped(evaluation: &Evaluation, amounts: &[Reg], best: bool, cap: Reg) -> Option<bool> {
    let amounts: Vec<i64> = amounts.iter().map(|reg| evaluation.get(*reg)).collect::<Option<_>>()?;
    let amount = if best { amounts.into_iter().max()? } else { amounts.into_iter().sum() };
    Some(evaluation.get(cap)? < amount)
}

fn rows(evaluation: &Evaluation, reg: Reg) -> std::ops::Range<usize> {
    0..evaluation.facts.rows(kind_of(evaluation.pack, reg))
}
