//! Where a computed number is compared, the fact that carries it over the line is found by halving.

use super::edges::Edge;
use super::try_out::{Side, Spot, Trial, with};
use crate::check::Worked;
use crate::explained::Facts;
use crate::program::{Kind, Op, Type};
use crate::written::kind_of;

/// So many crossings of one line are enough.
const ENOUGH: usize = 4;
/// So many facts of one case are searched.
const SPOTS: usize = 60;
/// So many rows of one case are looked at.
const ROWS: usize = 3;
/// So many cases are searched for one line.
const SEARCHED: usize = 24;

/// Looks for facts of the worked cases that carry an edge's test over its line, and tries the cases around it.
pub(super) fn search(trial: &mut Trial, at: usize, edge: &Edge, cases: &[Worked]) {
    let feeding = feeding(trial, edge.side);
    let mut found = 0;
    for case in spread(cases) {
        for spot in spots(&feeding, &case.facts) {
            if found >= ENOUGH {
                return;
            }
            found += usize::from(crossed(trial, at, edge, &case.facts, spot));
        }
    }
}

/// Some cases from all over the pack's.
fn spread(cases: &[Worked]) -> impl Iterator<Item = &Worked> {
    cases.iter().step_by((cases.len() / SEARCHED).max(1)).take(SEARCHED)
}

/// The numbers and dates that a side depends on.
fn feeding(trial: &Trial, side: Side) -> Vec<(Kind, usize)> {
    let program = &trial.pack.program;
    let mut needed = vec![false; program.steps.len()];
    match side {
        Side::Reg(reg) => needed[reg as usize] = true,
        Side::Below(a, b) => [a, b].into_iter().for_each(|reg| needed[reg as usize] = true),
    }
    let mut all = Vec::new();
    for (at, step) in program.steps.iter().enumerate().rev() {
        if !needed[at] {
            continue;
        }
        step.op.operands().into_iter().for_each(|operand| needed[operand as usize] = true);
        if let Op::Input(input) = step.op
            && crossable(trial.pack.inputs[step.kind as usize][input as usize].meta.ty)
        {
            all.push((step.kind, input as usize));
        }
    }
    all
}

fn crossable(ty: Type) -> bool {
    ty.is_number() || ty == Type::Date
}

fn spots(feeding: &[(Kind, usize)], facts: &Facts) -> Vec<Spot> {
    let of = |(kind, input): &(Kind, usize)| (0..facts.rows(*kind)).map(|row| Spot { kind: *kind, input: *input, row }).collect::<Vec<_>>();
    feeding.iter().flat_map(of).take(SPOTS).collect()
}

/// Halves between the fact's value and its smallest and largest; tries the cases on both sides of the line found.
fn crossed(trial: &mut Trial, at: usize, edge: &Edge, facts: &Facts, spot: Spot) -> bool {
    let Some(value) = facts.kinds[spot.kind as usize].inputs[spot.input][spot.row].get() else { return false };
    let bounds = trial.pack.inputs[spot.kind as usize][spot.input].meta.bounds;
    let mut found = false;
    for far in [bounds.lo, bounds.hi] {
        for row in 0..facts.rows(kind_of(trial.pack, edge.side.anchor())).min(ROWS) {
            let Some(line) = line(trial, edge, facts, spot, (value.into(), far), row) else { continue };
            (-1..=1).for_each(|step| trial.set(at, facts, spot, line + step, (edge.side, row)));
            found = true;
        }
    }
    found
}

/// The last value on the near side.
fn line(trial: &mut Trial, edge: &Edge, facts: &Facts, spot: Spot, (near, far): (i128, i128), row: usize) -> Option<i128> {
    let mut side = |value: i128| {
        let changed = with(trial.pack, facts, spot, value)?;
        let pack = trial.pack;
        edge.side.of(pack, trial.evaluated(&changed), row)
    };
    let (mut near, mut far) = (near, far);
    let own = side(near)?;
    if side(far)? == own {
        return None;
    }
    while (far - near).abs() > 1 {
        let middle = near + (far - near) / 2;
        *if side(middle) == Some(own) { &mut near } else { &mut far } = middle;
    }
    Some(near)
}
