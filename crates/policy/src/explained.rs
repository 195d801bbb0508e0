//! The explained path: one case, every register kept. The kept registers are the trace that reasons are read from.

use crate::kernel::{self, Val};
use crate::program::{Op, Program, Reg};

/// The facts of one kind of row of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindFacts {
    /// Row ids, for reasons.
    pub ids: Vec<String>,
    /// Index of each row's parent row; rows stand in the order of their parents.
    pub parent: Vec<u32>,
    /// Values by input, then row.
    pub inputs: Vec<Vec<Val>>,
}

/// The facts of one case: the case itself (kind 0, one row) and its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// By kind.
    pub kinds: Vec<KindFacts>,
    /// Names behind interned parties.
    pub parties: Vec<String>,
    /// What a person wrote beside a judgement, by `group.name`: who, on what evidence, for what reason.
    pub notes: std::collections::BTreeMap<String, String>,
}

impl Facts {
    /// Facts of which nothing is known yet.
    pub fn unknown(program: &Program) -> Self {
        let kind = |(at, inputs): (usize, &Vec<_>)| {
            let rows = usize::from(at == 0);
            KindFacts { ids: vec![String::new(); rows], parent: vec![0; rows], inputs: vec![vec![Val::UNKNOWN; rows]; inputs.len()] }
        };
        Self { kinds: program.inputs.iter().enumerate().map(kind).collect(), ..Self::default() }
    }

    /// How many rows of a kind the case has.
    pub fn rows(&self, kind: u8) -> usize {
        self.kinds[kind as usize].ids.len()
    }
}

/// Every register of one evaluated case. Reused from case to case to save allocations.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    values: Vec<Val>,
    base: Vec<u32>,
}

impl Trace {
    /// The content of a register in a row of its kind.
    pub fn at(&self, reg: Reg, row: usize) -> Val {
        self.values[self.base[reg as usize] as usize + row]
    }

    /// The content of a register of the case.
    pub fn case(&self, reg: Reg) -> Val {
        self.at(reg, 0)
    }
}

/// Evaluates one case.
pub fn run(program: &Program, facts: &Facts, trace: &mut Trace) {
    trace.base.clear();
    trace.values.clear();
    for step in &program.steps {
        trace.base.push(trace.values.len() as u32);
        match step.op {
            Op::Sum(reg) => sums(program, facts, trace, step.kind, reg),
            op => (0..facts.rows(step.kind)).for_each(|row| {
                let value = one(program, facts, trace, step.kind, op, step.proven, row);
                trace.values.push(value);
            }),
        }
    }
}

#[inline(always)]
fn one(program: &Program, facts: &Facts, trace: &Trace, kind: u8, op: Op, proven: bool, row: usize) -> Val {
    match op {
        Op::Input(input) => facts.kinds[kind as usize].inputs[input as usize][row],
        Op::Up(reg) => trace.at(reg, facts.kinds[kind as usize].parent[row] as usize),
        op => kernel::eval(op, proven, &program.tables, |reg| trace.at(reg, row)),
    }
}

fn sums(program: &Program, facts: &Facts, trace: &mut Trace, kind: u8, reg: Reg) {
    let start = trace.values.len();
    trace.values.resize(start + facts.rows(kind), Val::known(0));
    let child = program.steps[reg as usize].kind;
    for (row, parent) in facts.kinds[child as usize].parent.iter().enumerate() {
        let target = start + *parent as usize;
        trace.values[target] = kernel::sum(trace.values[target], trace.at(reg, row));
    }
}

/// Evaluates a case that has no rows, from its facts in input order, into one register per operation.
///
/// Same list, same kernel; only the row bookkeeping is gone.
///
/// # Panics
/// When `registers` is shorter than the program or the program is not flat.
pub fn run_flat(program: &Program, inputs: &[Val], registers: &mut [Val]) {
    debug_assert!(program.is_flat());
    assert!(registers.len() >= program.steps.len() && inputs.len() >= program.inputs[0].len());
    for (at, step) in program.steps.iter().enumerate() {
        let (done, rest) = registers.split_at_mut(at);
        rest[0] = match step.op {
            Op::Input(input) => inputs[input as usize],
            op => kernel::eval(op, step.proven, &program.tables, |reg| done[reg as usize]),
        };
    }
}
