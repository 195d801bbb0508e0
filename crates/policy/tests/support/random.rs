//! Random facts for any pack: within the bounds of its inputs, near the numbers its rules name, some not known.

use super::dice::Dice;
use policy::explained::{Facts, KindFacts};
use policy::kernel::Val;
use policy::pack::{Input, Pack};
use policy::program::{Op, Type};
use std::collections::BTreeSet;

/// Names behind the parties of random facts; few, so that they often match.
const PARTIES: [&str; 3] = ["甲公司", "乙公司", "丙公司"];

/// Draws cases of one pack.
pub struct Random<'p> {
    pack: &'p Pack,
    /// By row kind and input: the numbers of its type that the rules name.
    named: Vec<Vec<Vec<i64>>>,
}

impl<'p> Random<'p> {
    /// A generator for a pack.
    pub fn new(pack: &'p Pack) -> Self {
        let named = pack.inputs.iter().map(|inputs| inputs.iter().map(|input| named_numbers(pack, input)).collect());
        Self { pack, named: named.collect() }
    }

    /// One case.
    pub fn facts(&self, dice: &mut Dice) -> Facts {
        let mut facts = Facts { parties: PARTIES.map(str::to_owned).to_vec(), ..Facts::default() };
        // A case of full information now and then, else some facts of it are not known.
        let unknown = dice.pick(&[0, 1, 4]);
        let most = dice.pick(&[0, 1, 2, 4, 4, 9]);
        for kind in 0..self.pack.kinds.len() {
            let parents = if kind == 0 { 1 } else { facts.rows(self.pack.kinds[kind].parent) };
            let parent = rows(dice, kind, parents, most);
            let mut inputs: Vec<Vec<Val>> = Vec::new();
            for input in 0..self.pack.inputs[kind].len() {
                let drawn = (0..parent.len()).map(|row| {
                    let before = inputs.last().and_then(|before| before[row].get());
                    self.value(dice, kind, input, unknown, before)
                });
                inputs.push(drawn.collect());
            }
            let ids = (0..parent.len()).map(|row| format!("R{kind}-{row}")).collect();
            facts.kinds.push(KindFacts { ids, parent, inputs });
        }
        facts
    }

    /// A value within the input's bounds; not known `unknown` times in 12. Now and then it is a round part of the value
    /// `before` it, since rules compare neighbours.
    fn value(&self, dice: &mut Dice, kind: usize, input: usize, unknown: usize, before: Option<i64>) -> Val {
        if dice.chance(unknown, 12) {
            return Val::UNKNOWN;
        }
        let meta = &self.pack.inputs[kind][input].meta;
        let (lo, hi) = (meta.bounds.lo as i64, meta.bounds.hi as i64);
        let named = &self.named[kind][input];
        let value = match (meta.ty, dice.below(16)) {
            (Type::Party, _) => dice.below(PARTIES.len()) as i64,
            (Type::YesNo, roll) => i64::from(roll % 4 != 0),
            (_, 15) => dice.pick(&[lo, hi]),
            (_, 13..=14) => dice.within(lo, hi),
            (_, 10..=12) if before.is_some() => before.unwrap_or(0) / 10 * dice.pick(&[10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]),
            (_, 0..=7) if !named.is_empty() => named[dice.below(named.len())] + dice.pick(&[0, 0, -1, 1]),
            _ => dice.within(lo, hi.min(lo.max(0) + ordinary(meta.ty))),
        };
        Val::known(value.clamp(lo, hi))
    }
}

/// How large a number of a type usually is, in its units.
fn ordinary(ty: Type) -> i64 {
    match ty {
        Type::Money => 500_000_000,
        Type::Date => 21_000,
        Type::Share | Type::Score => 1_000_000,
        Type::Count => 30,
        _ => 200_000,
    }
}

/// Each row's parent, in the order of the parents.
fn rows(dice: &mut Dice, kind: usize, parents: usize, most: usize) -> Vec<u32> {
    if kind == 0 {
        return vec![0];
    }
    let mut all = Vec::new();
    for parent in 0..parents {
        let count = if dice.chance(1, 40) { 12 * most } else { dice.below(most + 1) };
        all.extend(std::iter::repeat_n(parent as u32, count.min(60usize.saturating_sub(all.len()))));
    }
    all
}

/// Constants and interval starts of the program, of the input's type and scale.
fn named_numbers(pack: &Pack, input: &Input) -> Vec<i64> {
    let mut all = BTreeSet::new();
    for (step, meta) in pack.program.steps.iter().zip(&pack.metas) {
        match step.op {
            Op::Const(value) if meta.ty == input.meta.ty => {
                all.extend(meta.exact(value).scaled(input.meta.scale));
            }
            Op::Slot(key, axis) if pack.metas[key as usize].ty == input.meta.ty => {
                let of_key = pack.metas[key as usize];
                let starts = pack.program.tables.axes[axis as usize].iter().skip(1);
                all.extend(starts.filter_map(|start| of_key.exact(*start).scaled(input.meta.scale)));
            }
            _ => {}
        }
    }
    all.into_iter().collect()
}
