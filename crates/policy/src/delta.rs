//! What of a changed program must be computed again, and from what was computed before.
//!
//! Two programs are compared operation by operation. What reads only unchanged operations and equal tables is the same;
//! the rest becomes a small program whose facts are the columns at the border.

use crate::columns::{self, BatchError, Column, Columns};
use crate::program::{Kind, Op, Program, Reg, Slot, Step, Tables};
use std::borrow::Cow;
use std::collections::HashMap;

/// The changed part of a program.
#[derive(Clone, Debug)]
pub struct Delta {
    /// What must be computed again; its facts are the border.
    pub program: Program,
    /// Per kind: registers of the base program the changed part reads.
    pub border: Vec<Vec<Reg>>,
    outputs: Vec<Output>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Output {
    Same(Reg),
    New(Reg),
}

impl Delta {
    /// Compares `changed` with `base` as far as `outputs` (registers of `changed`) need it.
    ///
    /// Both must read the same facts, as two versions of one pack with other constants do; otherwise nothing is the same.
    pub fn new(base: &Program, changed: &Program, outputs: &[Reg]) -> Self {
        let kept = changed.keeping_facts(outputs);
        let same = same_registers(base, &kept.program);
        let mut cutter = Cutter {
            base,
            same: &same,
            program: Program { steps: Vec::new(), inputs: vec![Vec::new(); base.inputs.len()], ..kept.program.clone() },
            border: vec![Vec::new(); base.inputs.len()],
            moved: HashMap::new(),
        };
        for (at, step) in kept.program.steps.iter().enumerate().filter(|(at, _)| same[*at].is_none()) {
            cutter.take(at as Reg, *step);
        }
        let outputs =
            kept.outputs.iter().map(|reg| same[*reg as usize].map_or_else(|| Output::New(cutter.moved[reg]), Output::Same)).collect();
        Self { program: cutter.program, border: cutter.border, outputs }
    }

    /// Registers of the base program that its evaluation must hand over: the border, then unchanged outputs.
    pub fn needs(&self) -> Vec<Reg> {
        let same = self.outputs.iter().filter_map(|output| match output {
            Output::Same(reg) => Some(*reg),
            Output::New(_) => None,
        });
        self.border.iter().flatten().copied().chain(same).collect()
    }

    /// Evaluates the changed part over what the base handed over (in the order of [`Delta::needs`]).
    ///
    /// # Errors
    /// The columns are not those of [`Delta::needs`].
    pub fn run(&self, base: &Columns, handed: &[Column]) -> Result<Vec<Column>, BatchError> {
        let columns = self.prepare(base, handed)?;
        Ok(self.run_prepared(&columns, handed).into_iter().map(Cow::into_owned).collect())
    }

    /// The border laid out as the changed part's facts; done once for many values of the same constant.
    ///
    /// # Errors
    /// As [`Delta::run`].
    pub fn prepare(&self, base: &Columns, handed: &[Column]) -> Result<Columns, BatchError> {
        let mut rest = handed.iter();
        let inputs = self.border.iter().map(|regs| regs.iter().filter_map(|_| rest.next().cloned()).collect());
        base.with_inputs(&self.program, inputs.collect())
    }

    /// As [`Delta::run`], over columns prepared before.
    pub fn run_prepared<'h>(&self, columns: &Columns, handed: &'h [Column]) -> Vec<Cow<'h, Column>> {
        let new: Vec<Reg> =
            self.outputs.iter().filter_map(|output| if let Output::New(reg) = output { Some(*reg) } else { None }).collect();
        let mut computed = columns::run(&self.program, columns, &new).into_iter();
        let mut same = handed[self.border.iter().map(Vec::len).sum::<usize>()..].iter();
        let one = |output: &Output| match output {
            Output::Same(_) => same.next().map(Cow::Borrowed),
            Output::New(_) => computed.next().map(Cow::Owned),
        };
        self.outputs.iter().filter_map(one).collect()
    }
}

struct Cutter<'a> {
    base: &'a Program,
    same: &'a [Option<Reg>],
    program: Program,
    border: Vec<Vec<Reg>>,
    moved: HashMap<Reg, Reg>,
}

impl Cutter<'_> {
    fn take(&mut self, at: Reg, step: Step) {
        for operand in step.op.operands() {
            if let (Some(base), false) = (self.same[operand as usize], self.moved.contains_key(&operand)) {
                let kind = self.base.steps[base as usize].kind as usize;
                let input = Op::Input(self.border[kind].len() as u32);
                self.border[kind].push(base);
                self.program.inputs[kind].push(Slot { lo: i64::MIN, hi: i64::MAX });
                self.push(operand, Step { op: input, kind: kind as Kind, proven: true });
            }
        }
        let op = step.op.moved(|reg| self.moved[&reg]);
        self.push(at, Step { op, ..step });
    }

    fn push(&mut self, at: Reg, step: Step) {
        self.moved.insert(at, self.program.steps.len() as Reg);
        self.program.steps.push(step);
    }
}

/// For every operation of `changed` the register of `base` that holds the same.
fn same_registers(base: &Program, changed: &Program) -> Vec<Option<Reg>> {
    if base.inputs != changed.inputs || base.parents != changed.parents {
        return vec![None; changed.steps.len()];
    }
    let known = first_registers(base);
    let mut same: Vec<Option<Reg>> = Vec::new();
    for step in &changed.steps {
        let unchanged = step.op.operands().iter().all(|reg| same[*reg as usize].is_some());
        let op = with_base_table(step.op, &changed.tables, &base.tables);
        let found = op.filter(|_| unchanged).map(|op| op.moved(|reg| same[reg as usize].unwrap_or(reg)));
        same.push(found.and_then(|op| known.get(&(op, step.kind)).copied()));
    }
    same
}

/// The first register that holds what each operation gives; equal operations of different types are one here.
fn first_registers(base: &Program) -> HashMap<(Op, Kind), Reg> {
    let mut known = HashMap::new();
    let mut first: Vec<Reg> = Vec::new();
    for (at, step) in base.steps.iter().enumerate() {
        let op = step.op.moved(|reg| first[reg as usize]);
        first.push(*known.entry((op, step.kind)).or_insert(at as Reg));
    }
    known
}

/// The operation naming the base's table of the same content; `None` where there is none.
fn with_base_table(op: Op, changed: &Tables, base: &Tables) -> Option<Op> {
    fn find<T: PartialEq>(all: &[T], wanted: &T) -> Option<u32> {
        all.iter().position(|known| known == wanted).map(|at| at as u32)
    }
    Some(match op {
        Op::Pick(a, id) => Op::Pick(a, find(&base.picks, &changed.picks[id as usize])?),
        Op::Marks(a, id) => Op::Marks(a, find(&base.picks, &changed.picks[id as usize])?),
        Op::Slot(a, id) => Op::Slot(a, find(&base.axes, &changed.axes[id as usize])?),
        Op::Band(a, b, id) => Op::Band(a, b, find(&base.bands, &changed.bands[id as usize])?),
        Op::Marginal(a, id) => Op::Marginal(a, find(&base.marginals, &changed.marginals[id as usize])?),
        other => other,
    })
}
