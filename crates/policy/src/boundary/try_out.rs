//! Runs generated cases by both executors and keeps what the tests in question said.

use crate::check::outputs;
use crate::columns::{self, CHUNK, Columns};
use crate::explained::{Facts, Trace, run};
use crate::kernel::Val;
use crate::pack::Pack;
use crate::program::{Kind, Reg};
use std::collections::BTreeSet;

/// So many cases of one edge are enough.
const MOST: usize = 300;

/// Generated cases waiting for the batch, and what was seen.
pub(super) struct Trial<'p> {
    pub pack: &'p Pack,
    outputs: Vec<Reg>,
    waiting: Vec<Facts>,
    expected: Vec<Vec<Val>>,
    seen: Vec<BTreeSet<i64>>,
    tried: Vec<usize>,
    beyond: Vec<bool>,
    trace: Trace,
    disagreements: Vec<String>,
}

/// What says on which side of a comparison a row is.
#[derive(Clone, Copy)]
pub(super) enum Side {
    /// The result of a test, or the row of a table.
    Reg(Reg),
    /// Whether one number is below another.
    Below(Reg, Reg),
}

impl Side {
    /// A register whose rows are the rows to look at.
    pub fn anchor(self) -> Reg {
        match self {
            Self::Reg(reg) | Self::Below(reg, _) => reg,
        }
    }

    /// The side a row is on, if known.
    pub fn of(self, pack: &Pack, trace: &Trace, row: usize) -> Option<i64> {
        let exact = |reg: Reg| trace.at(reg, row).get().map(|value| pack.metas[reg as usize].exact(value));
        match self {
            Self::Reg(reg) => trace.at(reg, row).get(),
            Self::Below(a, b) => Some(i64::from(exact(a)? < exact(b)?)),
        }
    }
}

/// One fact of one row.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub kind: Kind,
    pub input: usize,
    pub row: usize,
}

impl<'p> Trial<'p> {
    pub fn new(pack: &'p Pack, edges: usize) -> Self {
        Self {
            pack,
            outputs: outputs(pack),
            waiting: Vec::new(),
            expected: Vec::new(),
            seen: vec![BTreeSet::new(); edges],
            tried: vec![0; edges],
            beyond: vec![false; edges],
            trace: Trace::default(),
            disagreements: Vec::new(),
        }
    }

    /// Whether both sides of an edge were seen, or one of them is beyond what the fact can be.
    pub fn settled(&self, edge: usize) -> bool {
        self.seen[edge].len() > 1 || self.beyond[edge]
    }

    /// Whether an edge was tried often enough.
    pub fn enough(&self, edge: usize) -> bool {
        self.tried[edge] >= MOST && self.seen[edge].len() > 1
    }

    /// The registers of a case as it stands.
    pub fn evaluated(&mut self, facts: &Facts) -> &Trace {
        run(&self.pack.program, facts, &mut self.trace);
        &self.trace
    }

    /// Tries a case with one fact set to a value, if the fact can hold it; `side` is what the edge asks, in its own row.
    pub fn set(&mut self, edge: usize, facts: &Facts, spot: Spot, value: i128, (side, row): (Side, usize)) {
        let Some(changed) = with(self.pack, facts, spot, value) else {
            self.beyond[edge] = true;
            return;
        };
        self.tried[edge] += 1;
        run(&self.pack.program, &changed, &mut self.trace);
        self.seen[edge].extend(side.of(self.pack, &self.trace, row));
        self.expected.push(self.outputs.iter().map(|reg| self.trace.case(*reg)).collect());
        self.waiting.push(changed);
        if self.waiting.len() >= CHUNK {
            self.compare();
        }
    }

    /// The waiting cases by the batch path.
    fn compare(&mut self) {
        let (cases, expected) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.expected));
        let columns = match Columns::from_facts(&self.pack.program, &cases) {
            Ok(columns) => columns,
            Err(error) => return self.disagreements.push(error.to_string()),
        };
        let results = columns::run(&self.pack.program, &columns, &self.outputs);
        for (column, at) in results.iter().zip(0..) {
            let differs = |case: &usize| column.at(*case) != expected[*case][at];
            if let Some(case) = (0..cases.len()).find(differs) {
                let (batch, single) = (column.at(case), expected[case][at]);
                self.disagreements.push(format!("批量计算与逐件计算不一致（寄存器{}）：{batch:?}，{single:?}", self.outputs[at]));
            }
        }
    }

    /// How many cases were tried for an edge.
    pub fn tried(&self, edge: usize) -> usize {
        self.tried[edge]
    }

    /// The last of the waiting cases, and where the executors differ.
    pub fn finish(&mut self) -> Vec<String> {
        self.compare();
        std::mem::take(&mut self.disagreements)
    }
}

/// The case with one fact set; `None` for a value the fact does not accept.
pub(super) fn with(pack: &Pack, facts: &Facts, spot: Spot, value: i128) -> Option<Facts> {
    let bounds = pack.inputs[spot.kind as usize][spot.input].meta.bounds;
    let value = i64::try_from(value).ok().filter(|_| (bounds.lo..=bounds.hi).contains(&value))?;
    let mut changed = facts.clone();
    changed.kinds[spot.kind as usize].inputs[spot.input][spot.row] = Val::known(value);
    Some(changed)
}
