//! A portfolio under two sets of rules: cost, gainers and losers by group, and the reason of each change.

use crate::estimate::{Budget, over};
use crate::portfolio::{Portfolio, WEIGHT_SCALE};
use policy::columns::{BatchError, Column, Columns, run};
use policy::delta::Delta;
use policy::evaluate::evaluate;
use policy::kernel::Val;
use policy::pack::Pack;
use policy::program::{Reg, Type};
use policy::reason::Reason;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What two sets of rules make of a portfolio.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Simulation {
    /// Where the cases came from.
    pub source: String,
    /// How many cases.
    pub cases: usize,
    /// Whether they are a weighted sample.
    pub sample: bool,
    /// Columns with how many rows have them.
    pub filled: Vec<(String, usize)>,
    /// Cases whose conditions are not all known; their amounts are estimates.
    pub pending: usize,
    /// Cases whose amount cannot be computed under either rules.
    pub undetermined: usize,
    /// Weighted cost before, in fen.
    pub before_fen: i64,
    /// Weighted cost after, in fen.
    pub after_fen: i64,
    /// Cases that get more.
    pub gain: usize,
    /// Cases that get less.
    pub lose: usize,
    /// By level and by each choice the table has.
    pub groups: Vec<Group>,
    /// The budget, if one was given.
    pub budget: Option<Budget>,
    /// Changed cases, largest change first; at most as many as asked for.
    pub changed: Vec<Changed>,
}

/// One word of one grouping.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// What is grouped by, e.g. 所属行业.
    pub by: String,
    /// The word.
    pub word: String,
    /// How many cases.
    pub cases: usize,
    /// Weighted cost before, in fen.
    pub before_fen: i64,
    /// Weighted cost after, in fen.
    pub after_fen: i64,
    /// Cases that get more.
    pub gain: usize,
    /// Cases that get less.
    pub lose: usize,
}

/// A case whose amount changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// Case id.
    pub id: String,
    /// Before, in fen; `None`: not known.
    pub before_fen: Option<i64>,
    /// After, in fen.
    pub after_fen: Option<i64>,
    /// The deepest reason that changed, before and after.
    pub because: (String, String),
    /// The clauses it follows, or those of what it is a reason for.
    pub clause: String,
}

/// A case's amount before and after, in fen.
type Pair = (Option<i64>, Option<i64>);

/// A portfolio evaluated under the rules as they are, with what a change needs at hand.
pub struct Prepared<'a> {
    base: &'a Pack,
    changed: &'a Pack,
    portfolio: &'a Portfolio,
    delta: Delta,
    handed: Vec<Column>,
    border: Columns,
    before: Vec<Column>,
}

impl<'a> Prepared<'a> {
    /// Evaluates the portfolio under `base` and keeps the columns that `changed` starts from.
    ///
    /// # Errors
    /// The portfolio's columns are not those of the packs.
    pub fn new(base: &'a Pack, changed: &'a Pack, portfolio: &'a Portfolio) -> Result<Self, BatchError> {
        let delta = Delta::new(&base.program, &changed.program, &outputs(changed));
        let needs = delta.needs();
        let wanted = [outputs(base), needs.clone()].concat();
        let kept = base.program.keeping_facts(&wanted);
        let mut before = run(&kept.program, &portfolio.columns, &kept.outputs);
        let handed = before.split_off(before.len() - needs.len());
        let border = delta.prepare(&portfolio.columns, &handed)?;
        Ok(Self { base, changed, portfolio, delta, handed, border, before })
    }

    /// Only what the change touches, computed again: total, level, eligibility.
    pub fn again(&self) -> Vec<Cow<'_, Column>> {
        self.delta.run_prepared(&self.border, &self.handed)
    }

    /// How many operations the change touches.
    pub fn touched(&self) -> usize {
        self.delta.program.steps.len()
    }

    /// The comparison, with at most `listed` changed cases explained.
    pub fn simulation(&self, listed: usize, budget_fen: Option<i64>) -> Simulation {
        let after = self.again();
        let cases = self.portfolio.ids.len();
        let pairs: Vec<Pair> = (0..cases).map(|case| (self.before[0].at(case).get(), after[0].at(case).get())).collect();
        let all = Tally::of(self.portfolio, &pairs, 0..cases);
        let budget = budget_fen.map(|budget_fen| self.budget(budget_fen, &pairs));
        Simulation {
            source: self.portfolio.source.clone(),
            cases,
            sample: self.portfolio.weights.is_some(),
            filled: self.portfolio.filled.clone(),
            pending: (0..cases).filter(|case| self.before[2].at(*case).get().is_none()).count(),
            undetermined: pairs.iter().filter(|pair| matches!(pair, (None, _) | (_, None))).count(),
            before_fen: all.before_fen,
            after_fen: all.after_fen,
            gain: all.gain,
            lose: all.lose,
            groups: self.groups(&pairs),
            budget,
            changed: self.changes(&pairs, listed),
        }
    }

    fn budget(&self, budget_fen: i64, pairs: &[Pair]) -> Budget {
        let sample = self.portfolio.weights.is_some();
        let weighted = |pick: fn(&Pair) -> Option<i64>| {
            let amounts: Vec<(i64, i64)> =
                pairs.iter().enumerate().map(|(case, pair)| (pick(pair).unwrap_or(0), self.portfolio.weight(case))).collect();
            over(budget_fen, amounts.into_iter(), sample)
        };
        Budget { budget_fen, before: weighted(|pair| pair.0), after: weighted(|pair| pair.1) }
    }

    fn groups(&self, pairs: &[Pair]) -> Vec<Group> {
        let level = |case: usize| self.before[1].at(case);
        let mut all = if self.base.register("level").or(self.base.register("assessed.level")).is_some() {
            self.grouped("等级", pairs, &level, &|value| policy::say::level(value).to_owned())
        } else {
            Vec::new()
        };
        for input in &self.portfolio.inputs {
            let declared = &self.base.inputs[0][*input];
            if let Type::Choice(choice) = declared.meta.ty
                && let Some(choice) = self.base.choices.get(choice as usize)
            {
                let of = |case: usize| self.portfolio.columns.input(*input).at(case);
                all.extend(self.grouped(&declared.label, pairs, &of, &|value| choice.options[value as usize].label.clone()));
            }
        }
        all
    }

    fn grouped(&self, by: &str, pairs: &[Pair], of: &dyn Fn(usize) -> Val, word: &dyn Fn(i64) -> String) -> Vec<Group> {
        let mut members: BTreeMap<Option<i64>, Vec<usize>> = BTreeMap::new();
        (0..pairs.len()).for_each(|case| members.entry(of(case).get()).or_default().push(case));
        let group = |(value, cases): (Option<i64>, Vec<usize>)| {
            let tally = Tally::of(self.portfolio, pairs, cases.iter().copied());
            let word = value.map_or("未填".to_owned(), word);
            Group {
                by: by.to_owned(),
                word,
                cases: cases.len(),
                before_fen: tally.before_fen,
                after_fen: tally.after_fen,
                gain: tally.gain,
                lose: tally.lose,
            }
        };
        members.into_iter().map(group).collect()
    }

    fn changes(&self, pairs: &[Pair], listed: usize) -> Vec<Changed> {
        let mut cases: Vec<usize> = (0..pairs.len()).filter(|case| pairs[*case].0 != pairs[*case].1).collect();
        let size = |case: &usize| (i128::from(pairs[*case].1.unwrap_or(0)) - i128::from(pairs[*case].0.unwrap_or(0))).abs();
        cases.sort_by_key(|case| (std::cmp::Reverse(size(case)), *case));
        cases.into_iter().take(listed).map(|case| self.change(case, pairs[case])).collect()
    }

    fn change(&self, case: usize, (before_fen, after_fen): Pair) -> Changed {
        let facts = self.portfolio.facts(self.base, case);
        let (before, after) = (evaluate(self.base, &facts).reasons, evaluate(self.changed, &facts).reasons);
        let (because, clause) = deepest(&before, &after);
        Changed { id: self.portfolio.ids[case].clone(), before_fen, after_fen, because, clause }
    }
}

/// Total, level and eligibility of a pack, as far as it has them; what it lacks is its first register.
fn outputs(pack: &Pack) -> Vec<Reg> {
    let total = pack.total.unwrap_or(0);
    let level = pack.register("level").or(pack.register("assessed.level")).unwrap_or(total);
    let eligible = pack.awards.first().map_or(total, |award| award.eligible);
    vec![total, level, eligible]
}

#[derive(Default)]
struct Tally {
    before_fen: i64,
    after_fen: i64,
    gain: usize,
    lose: usize,
}

impl Tally {
    fn of(portfolio: &Portfolio, pairs: &[Pair], cases: impl Iterator<Item = usize>) -> Self {
        let (mut before, mut after) = (0i128, 0i128);
        let mut tally = Self::default();
        for case in cases {
            let (x, y) = (pairs[case].0.unwrap_or(0), pairs[case].1.unwrap_or(0));
            let weight = i128::from(portfolio.weight(case));
            before += i128::from(x) * weight;
            after += i128::from(y) * weight;
            tally.gain += usize::from(y > x);
            tally.lose += usize::from(y < x);
        }
        tally.before_fen = whole(before);
        tally.after_fen = whole(after);
        tally
    }
}

fn whole(weighted: i128) -> i64 {
    i64::try_from(weighted / i128::from(WEIGHT_SCALE)).unwrap_or(i64::MAX)
}

/// The deepest pair of reasons with one id whose sentences differ, and the clauses nearest above it.
fn deepest(before: &Reason, after: &Reason) -> ((String, String), String) {
    let below = before.children.iter().find_map(|child| {
        let twin = after.children.iter().find(|other| other.id == child.id)?;
        (child != twin).then(|| deepest(child, twin))
    });
    let (because, clause) = below.filter(|((x, y), _)| x != y).unwrap_or_else(|| here(before, after));
    let clause = if clause.is_empty() { nearest(before, after).to_owned() } else { clause };
    (because, clause)
}

/// What differs in these two reasons themselves, or in which reasons they rest on.
fn here(before: &Reason, after: &Reason) -> ((String, String), String) {
    let old = before.children.iter().find(|child| !after.children.contains(child));
    let new = after.children.iter().find(|child| !before.children.contains(child));
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) if before.text == after.text => (old, new),
        _ => (before, after),
    };
    ((old.text.clone(), new.text.clone()), nearest(old, new).to_owned())
}

/// The clauses of the changed rule; of the old one where the new one has none.
fn nearest<'r>(before: &'r Reason, after: &'r Reason) -> &'r str {
    if after.clause.is_empty() { &before.clause } else { &after.clause }
}
