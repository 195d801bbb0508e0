//! The batch path: the same list of operations over columns, a chunk of cases at a time that stays in cache.
//!
//! Where every operand of a chunk is known and the operation is proven, a plain loop runs; everywhere else each row
//! goes through [`crate::kernel::eval`], the explained path's own function.

use crate::explained::Facts;
use crate::kernel::{self, KNOWN, Val};
use crate::program::{Kind, Op, Program, Reg, Slot, Step, Tables};
use std::ops::Range;

/// Cases per chunk.
pub const CHUNK: usize = 1_024;

/// One fact of many rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    values: Vec<i64>,
    states: Option<Vec<u8>>,
}

impl Column {
    /// A column of which everything is known.
    pub fn known(values: Vec<i64>) -> Self {
        Self { values, states: None }
    }

    /// Appends a row.
    pub fn push(&mut self, value: Val) {
        if value.s != KNOWN || self.states.is_some() {
            let known = self.values.len();
            self.states.get_or_insert_with(|| vec![KNOWN; known]).push(value.s);
        }
        self.values.push(value.v);
    }

    /// The value of a row.
    pub fn at(&self, row: usize) -> Val {
        Val { v: self.values[row], s: self.states.as_ref().map_or(KNOWN, |states| states[row]) }
    }

    fn outside(&self, slot: &Slot) -> Option<usize> {
        let known = |row: usize| self.states.as_ref().is_none_or(|states| states[row] == KNOWN);
        self.values.iter().enumerate().position(|(row, value)| (*value < slot.lo || *value > slot.hi) && known(row))
    }
}

/// The facts of one kind of row of many cases; rows stand in the order of their parents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindColumns {
    /// Where each parent row's rows start, and one past the last. For the case itself: empty.
    pub offsets: Vec<u32>,
    /// By input.
    pub inputs: Vec<Column>,
}

/// The facts of many cases, column by column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    cases: usize,
    kinds: Vec<KindColumns>,
}

/// A batch that cannot be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// The columns are not those of the program: a kind or column is missing, or lengths differ.
    #[error("列数据与政策包不一致")]
    Shape,
    /// A known value lies outside what its fact accepts.
    #[error("第{kind}类第{input}项第{row}行超出允许范围")]
    OutOfRange {
        /// Row kind.
        kind: usize,
        /// Input of that kind.
        input: usize,
        /// Row, from 0.
        row: usize,
    },
}

impl Columns {
    /// Columns checked against a program: shapes fit, every known value is within its fact's range.
    ///
    /// # Errors
    /// [`BatchError`] names the first thing that does not fit.
    pub fn new(program: &Program, cases: usize, kinds: Vec<KindColumns>) -> Result<Self, BatchError> {
        let columns = Self { cases, kinds };
        if columns.kinds.len() != program.inputs.len() {
            return Err(BatchError::Shape);
        }
        for (at, (kind, slots)) in columns.kinds.iter().zip(&program.inputs).enumerate() {
            columns.check_kind(at, kind, slots, program.parents[at])?;
        }
        Ok(columns)
    }

    fn check_kind(&self, at: usize, kind: &KindColumns, slots: &[Slot], parent: Kind) -> Result<(), BatchError> {
        let offsets_fit = at == 0 || (kind.offsets.len() == self.rows(parent) + 1 && kind.offsets.is_sorted() && kind.offsets[0] == 0);
        let rows = if offsets_fit { self.rows(at as Kind) } else { 0 };
        let lengths_fit = kind.inputs.len() == slots.len() && kind.inputs.iter().all(|column| column.values.len() == rows);
        if !offsets_fit || !lengths_fit {
            return Err(BatchError::Shape);
        }
        for (input, (column, slot)) in kind.inputs.iter().zip(slots).enumerate() {
            if let Some(row) = column.outside(slot) {
                return Err(BatchError::OutOfRange { kind: at, input, row });
            }
        }
        Ok(())
    }

    /// The columns of cases held one by one.
    ///
    /// # Errors
    /// As [`Columns::new`].
    pub fn from_facts(program: &Program, cases: &[Facts]) -> Result<Self, BatchError> {
        let kinds = program.inputs.iter().enumerate().map(|(kind, slots)| gathered(kind, slots.len(), program.parents[kind], cases));
        Self::new(program, cases.len(), kinds.collect())
    }

    /// How many cases.
    pub fn cases(&self) -> usize {
        self.cases
    }

    /// The same rows with other facts, by kind; for a program that reads what another one computed.
    ///
    /// # Errors
    /// As [`Columns::new`].
    pub fn with_inputs(&self, program: &Program, inputs: Vec<Vec<Column>>) -> Result<Self, BatchError> {
        let kinds = self.kinds.iter().zip(inputs).map(|(kind, inputs)| KindColumns { offsets: kind.offsets.clone(), inputs });
        Self::new(program, self.cases, kinds.collect())
    }

    /// One fact of the case, every row of it.
    pub fn input(&self, input: usize) -> &Column {
        &self.kinds[0].inputs[input]
    }

    fn rows(&self, kind: Kind) -> usize {
        if kind == 0 { self.cases } else { self.kinds[kind as usize].offsets.last().map_or(0, |last| *last as usize) }
    }
}

fn gathered(kind: usize, inputs: usize, parent: Kind, cases: &[Facts]) -> KindColumns {
    let mut columns = vec![Column::default(); inputs];
    let mut offsets = if kind == 0 { vec![] } else { vec![0u32] };
    for facts in cases {
        let rows = &facts.kinds[kind];
        for (column, values) in columns.iter_mut().zip(&rows.inputs) {
            values.iter().for_each(|value| column.push(*value));
        }
        if kind > 0 {
            let mut end = 0;
            let before = offsets[offsets.len() - 1];
            for parent_row in 0..facts.rows(parent) {
                end += rows.parent[end..].iter().take_while(|row| **row as usize == parent_row).count();
                offsets.push(before + end as u32);
            }
        }
    }
    KindColumns { offsets, inputs: columns }
}

#[derive(Clone, Debug, Default)]
struct Buffer {
    values: Vec<i64>,
    states: Vec<u8>,
    clean: bool,
    /// In this chunk the same as another register, so nothing was copied.
    same_as: Option<Reg>,
}

#[derive(Clone, Copy)]
struct View<'a> {
    values: &'a [i64],
    states: Option<&'a [u8]>,
}

impl View<'_> {
    #[inline(always)]
    fn at(&self, row: usize) -> Val {
        Val { v: self.values[row], s: self.states.map_or(KNOWN, |states| states[row]) }
    }
}

/// Evaluates every case and returns the outputs, registers of the case, as columns.
pub fn run(program: &Program, columns: &Columns, outputs: &[Reg]) -> Vec<Column> {
    let mut results = vec![Column::default(); outputs.len()];
    results.iter_mut().for_each(|column| column.values.reserve_exact(columns.cases));
    run_chunks(program, columns, |chunk| {
        for (result, output) in results.iter_mut().zip(outputs) {
            chunk.append(*output, result);
        }
    });
    results
}

fn run_chunks(program: &Program, columns: &Columns, mut done: impl FnMut(&Chunk)) {
    let mut buffers = vec![Buffer::default(); program.steps.len()];
    for start in (0..columns.cases).step_by(CHUNK) {
        let ranges = ranges(program, columns, start..(start + CHUNK).min(columns.cases));
        let mut chunk = Chunk { program, columns, ranges, buffers };
        (0..program.steps.len()).for_each(|at| chunk.step(at));
        done(&chunk);
        buffers = chunk.buffers;
    }
}

fn ranges(program: &Program, columns: &Columns, cases: Range<usize>) -> Vec<Range<usize>> {
    let mut ranges = vec![cases];
    for kind in 1..columns.kinds.len() {
        let parent: &Range<usize> = &ranges[program.parents[kind] as usize];
        let offsets = &columns.kinds[kind].offsets;
        ranges.push(offsets[parent.start] as usize..offsets[parent.end] as usize);
    }
    ranges
}

struct Chunk<'a> {
    program: &'a Program,
    columns: &'a Columns,
    ranges: Vec<Range<usize>>,
    buffers: Vec<Buffer>,
}

impl Chunk<'_> {
    fn append(&self, output: Reg, result: &mut Column) {
        let view = view(self.program, self.columns, &self.ranges, &self.buffers, output);
        if view.states.is_none() && result.states.is_none() {
            return result.values.extend_from_slice(view.values);
        }
        (0..view.values.len()).for_each(|row| result.push(view.at(row)));
    }

    fn step(&mut self, at: usize) {
        let (done, rest) = self.buffers.split_at_mut(at);
        let Step { op, kind, proven } = self.program.steps[at];
        let rows = self.ranges[kind as usize].len();
        let view = |reg: Reg| view(self.program, self.columns, &self.ranges, done, reg);
        let out = &mut rest[0];
        out.same_as = None;
        match op {
            Op::Input(_) => {}
            Op::Const(value) => constant(out, rows, value),
            Op::Holds(reg) | Op::FirstKnown(reg, _) if view(reg).states.is_none() => out.same_as = Some(reg),
            Op::Sum(reg) => {
                let child = self.program.steps[reg as usize].kind as usize;
                sum(out, rows, view(reg), &self.columns.kinds[child].offsets[self.ranges[kind as usize].start..], self.ranges[child].start);
            }
            Op::Up(reg) => {
                let parents = &self.ranges[self.program.parents[kind as usize] as usize];
                let offsets = &self.columns.kinds[kind as usize].offsets[parents.start..=parents.end];
                up(out, rows, view(reg), offsets);
            }
            op => plain(out, rows, op, proven, &self.program.tables, view),
        }
    }
}

fn view<'a>(program: &Program, columns: &'a Columns, ranges: &[Range<usize>], done: &'a [Buffer], reg: Reg) -> View<'a> {
    let step = program.steps[reg as usize];
    if let Op::Input(input) = step.op {
        let range = ranges[step.kind as usize].clone();
        let column = &columns.kinds[step.kind as usize].inputs[input as usize];
        return View { values: &column.values[range.clone()], states: column.states.as_ref().map(|states| &states[range]) };
    }
    let buffer = &done[reg as usize];
    if let Some(same) = buffer.same_as {
        return view(program, columns, ranges, done, same);
    }
    View { values: &buffer.values, states: (!buffer.clean).then_some(&buffer.states[..]) }
}

fn constant(out: &mut Buffer, rows: usize, value: i64) {
    if out.values.len() != rows {
        out.values.clear();
        out.values.resize(rows, value);
    }
    out.clean = true;
}

fn sum(out: &mut Buffer, rows: usize, child: View, offsets: &[u32], first: usize) {
    let total = |row: usize| {
        let own = offsets[row] as usize - first..offsets[row + 1] as usize - first;
        own.fold(Val::known(0), |total, child_row| kernel::sum(total, child.at(child_row)))
    };
    fill(out, rows, total);
}

fn up(out: &mut Buffer, rows: usize, parent: View, offsets: &[u32]) {
    let first = offsets[0] as usize;
    let mut at = 0;
    fill(out, rows, |row| {
        while offsets[at + 1] as usize - first <= row {
            at += 1;
        }
        parent.at(at)
    });
}

fn fill(out: &mut Buffer, rows: usize, mut value: impl FnMut(usize) -> Val) {
    out.values.resize(rows, 0);
    out.states.resize(rows, KNOWN);
    let mut worst = KNOWN;
    for row in 0..rows {
        let Val { v, s } = value(row);
        out.values[row] = v;
        out.states[row] = s;
        worst |= s;
    }
    out.clean = worst == KNOWN;
}

fn plain<'a>(out: &mut Buffer, rows: usize, op: Op, proven: bool, tables: &Tables, view: impl Fn(Reg) -> View<'a>) {
    out.values.resize(rows, 0);
    out.clean = true;
    let clean = |reg: Reg| view(reg).states.is_none();
    if op.operands().into_iter().all(clean) && quick(&mut out.values, op, proven, tables, |reg| view(reg).values) {
        return;
    }
    fill(out, rows, |row| kernel::eval(op, proven, tables, |reg| view(reg).at(row)));
}

/// The plain loops: every operand known, nothing can go wrong. `false`: this operation has none.
fn quick<'a>(out: &mut [i64], op: Op, proven: bool, tables: &Tables, col: impl Fn(Reg) -> &'a [i64]) -> bool {
    match op {
        Op::Add(a, b) if proven => each2(out, col(a), col(b), |a, b| a.wrapping_add(b)),
        Op::Sub(a, b) if proven => each2(out, col(a), col(b), |a, b| a.wrapping_sub(b)),
        Op::Mul(a, b) if proven => each2(out, col(a), col(b), |a, b| a.wrapping_mul(b)),
        Op::Times(a, by) if proven => each(out, col(a), |a| a.wrapping_mul(by)),
        Op::Min(a, b) => each2(out, col(a), col(b), |a, b| a.min(b)),
        Op::Max(a, b) => each2(out, col(a), col(b), |a, b| a.max(b)),
        Op::Below(a, b) => each2(out, col(a), col(b), |a, b| (a < b).into()),
        Op::AtMost(a, b) => each2(out, col(a), col(b), |a, b| (a <= b).into()),
        Op::Equal(a, b) => each2(out, col(a), col(b), |a, b| (a == b).into()),
        Op::And(a, b) => each2(out, col(a), col(b), |a, b| a & b),
        Op::Or(a, b) => each2(out, col(a), col(b), |a, b| a | b),
        Op::Not(a) => each(out, col(a), |a| a ^ 1),
        Op::Select(c, a, b) => select(out, col(c), col(a), col(b)),
        Op::OneOf(a, mask) => each(out, col(a), |a| (mask >> (a & 63) & 1) as i64),
        Op::Pick(a, id) => {
            let pick = &tables.picks[id as usize];
            each(out, col(a), |a| pick.at(a));
        }
        Op::Quotient(a, by, how) => quotient(out, col(a), by, how),
        Op::Known(_) => out.fill(1),
        Op::Slot(a, id) => each(out, col(a), |a| kernel::slot(&tables.axes[id as usize], a)),
        Op::Marks(a, id) => each(out, col(a), |a| kernel::marks(&tables.picks[id as usize].gives, a)),
        _ => return false,
    }
    true
}

#[inline(always)]
fn each(out: &mut [i64], a: &[i64], f: impl Fn(i64) -> i64) {
    out.iter_mut().zip(a).for_each(|(out, a)| *out = f(*a));
}

#[inline(always)]
fn each2(out: &mut [i64], a: &[i64], b: &[i64], f: impl Fn(i64, i64) -> i64) {
    out.iter_mut().zip(a).zip(b).for_each(|((out, a), b)| *out = f(*a, *b));
}

#[inline(always)]
fn select(out: &mut [i64], condition: &[i64], then: &[i64], otherwise: &[i64]) {
    let both = then.iter().zip(otherwise);
    // A mask instead of a branch: the condition is 0 or 1.
    out.iter_mut().zip(condition).zip(both).for_each(|((out, c), (a, b))| *out = b ^ ((a ^ b) & c.wrapping_neg()));
}

fn quotient(out: &mut [i64], a: &[i64], by: i64, how: crate::program::Rounding) {
    use crate::program::Rounding::Down;
    match (by, how) {
        (1, _) => out.copy_from_slice(a),
        // The common denominators as constants, which the compiler divides by without a division.
        (2, Down) => each(out, a, |a| a.div_euclid(2)),
        (10, Down) => each(out, a, |a| a.div_euclid(10)),
        (100, Down) => each(out, a, |a| a.div_euclid(100)),
        (1000, Down) => each(out, a, |a| a.div_euclid(1000)),
        _ => each(out, a, |a| kernel::quotient(a, by, how)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_keeps_what_is_not_known() {
        let mut column = Column::known(vec![1, 2]);
        column.push(Val::UNKNOWN);
        column.push(Val::known(4));
        assert_eq!((0..4).map(|row| column.at(row).get()).collect::<Vec<_>>(), [Some(1), Some(2), None, Some(4)]);
    }
}
