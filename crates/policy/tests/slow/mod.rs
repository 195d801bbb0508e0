//! A second reading of a pack's rules, written to be obvious: over the resolved formulas and the printed tables, with
//! exact numbers of any size, one fact at a time. It shares no arithmetic with the engine.

mod assessment;
mod calendar;
mod number;
mod tables;

use crate::support::terms;
use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use policy::explained::Facts;
use policy::formula::{Arithmetic, Compare, Fold};
use policy::load::Loaded;
use policy::pack::{Award, Condition, Effect, Pack, Recognition, Rule, Stack, Test};
use policy::program::{Kind, Type};
use policy::spec::StackMode;
use policy::term::{Form, Symbol, Term};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

pub use number::{Known, Number, scaled};
use number::{literal, whole, yes};

/// A pack as the slow reading knows it.
pub struct Rules<'p> {
    pack: &'p Pack,
    tables: Vec<Option<tables::Read<'p>>>,
    set: Option<assessment::Set>,
}

impl<'p> Rules<'p> {
    /// Reads a pack.
    pub fn new(loaded: &'p Loaded) -> Self {
        let pack = &loaded.pack;
        let types = key_types(pack);
        let read = |(at, table)| types.get(&at).map(|types| tables::read_table(pack, table, types));
        Self { pack, tables: pack.tables.iter().enumerate().map(read).collect(), set: assessment::read_set(loaded) }
    }

    /// The rules applied to a case.
    pub fn case<'c>(&'c self, facts: &'c Facts) -> Case<'c> {
        let assessed = self.set.as_ref().map_or(BTreeMap::new(), |set| set.assessed(self.pack, facts));
        Case { rules: self, pack: self.pack, facts, assessed, known: RefCell::default() }
    }
}

/// The types of the keys each table is looked up by.
fn key_types(pack: &Pack) -> HashMap<usize, Vec<Type>> {
    let mut all = HashMap::new();
    for term in terms::formulas(pack).into_iter().flat_map(Term::walk) {
        match &term.form {
            Form::Lookup { table, keys, .. } => drop(all.insert(*table, keys.iter().map(|key| key.ty).collect())),
            Form::Marginal { table, amount } => drop(all.insert(*table, vec![amount.ty])),
            _ => {}
        }
    }
    all
}

/// What was already worked out: a value or recognition, by index and row.
#[derive(PartialEq, Eq, Hash)]
enum Done {
    Value(usize, usize),
    Recognition(usize, usize),
}

/// One case.
pub struct Case<'c> {
    rules: &'c Rules<'c>,
    pack: &'c Pack,
    facts: &'c Facts,
    assessed: BTreeMap<String, Known>,
    known: RefCell<HashMap<Done, Known>>,
}

impl Case<'_> {
    fn fact(&self, kind: Kind, input: usize, row: usize) -> Known {
        let value = self.facts.kinds[kind as usize].inputs[input][row].get()?;
        Some(scaled(value, self.pack.inputs[kind as usize][input].meta.scale))
    }

    /// The row of `above` that a row of `kind` belongs to.
    fn above(&self, kind: Kind, row: usize, above: Kind) -> usize {
        if kind == above {
            return row;
        }
        self.above(self.pack.kinds[kind as usize].parent, self.facts.kinds[kind as usize].parent[row] as usize, above)
    }

    fn rows_below(&self, kind: Kind, above: Kind, row: usize) -> Vec<usize> {
        (0..self.facts.rows(kind)).filter(|below| self.above(kind, *below, above) == row).collect()
    }

    fn remembered(&self, done: Done, work: impl FnOnce() -> Known) -> Known {
        if let Some(known) = self.known.borrow().get(&done) {
            return known.clone();
        }
        let found = work();
        self.known.borrow_mut().insert(done, found.clone());
        found
    }

    /// A value in a row of its kind.
    pub fn value(&self, index: usize, row: usize) -> Known {
        let value = &self.pack.values[index];
        self.remembered(Done::Value(index, row), || {
            let computed = self.term(&value.term, row);
            match value.settled.and_then(|input| self.fact(0, input, 0)) {
                Some(settled) => computed.map(|computed| computed.min(settled)),
                None => computed,
            }
        })
    }

    /// Something of the assessment, by its Chinese name.
    pub fn assessed(&self, label: &str) -> Known {
        self.assessed.get(label).unwrap_or_else(|| panic!("nothing is assessed as {label}: {:?}", self.assessed.keys())).clone()
    }

    /// A recognition in a row of its kind.
    pub fn recognition(&self, index: usize, row: usize) -> Known {
        self.remembered(Done::Recognition(index, row), || self.recognised(&self.pack.recognitions[index], row))
    }

    fn recognised(&self, recognition: &Recognition, row: usize) -> Known {
        let gates = recognition.rules.iter().filter_map(|rule| self.gate(rule, row));
        let gates = all_of(gates);
        let Some(amount) = &recognition.amount else { return gates };
        if !holds(&gates) {
            return Some(Number::zero());
        }
        let ceilings = recognition.rules.iter().filter_map(|rule| match &rule.effect {
            Effect::Ceiling(ceiling, _) => Some((rule, ceiling)),
            Effect::Gate(..) => None,
        });
        ceilings.fold(self.term(amount, row), |counted, (rule, ceiling)| {
            let held = both(&counted, &self.term(ceiling, row), |counted, ceiling| counted.min(ceiling).clone());
            match &rule.when {
                Some(when) => choose(self.term(when, row), held, counted),
                None => held,
            }
        })
    }

    /// Whether a gate holds or does not apply; none for a ceiling.
    fn gate(&self, rule: &Rule, row: usize) -> Option<Known> {
        let Effect::Gate(test, ..) = &rule.effect else { return None };
        Some(self.unless(rule.when.as_ref(), self.term(test, row), row))
    }

    fn unless(&self, when: Option<&Term>, test: Known, row: usize) -> Known {
        match when {
            None => test,
            Some(when) => either(not(self.term(when, row)), test),
        }
    }

    /// Whether a condition holds, everything considered.
    pub fn condition(&self, condition: &Condition) -> Known {
        let test = match &condition.test {
            Test::Formula(term) => self.term(term, 0),
            Test::Person(input, _) => self.fact(0, *input, 0),
        };
        let opened = condition.exception.as_ref().is_some_and(|(input, ..)| holds(&self.fact(0, *input, 0)));
        self.unless(condition.when.as_ref(), either(test, Some(yes(opened))), 0)
    }

    /// Whether all that an award asks holds.
    pub fn eligible(&self, award: &Award) -> Known {
        let conditions = award.conditions.iter().map(|at| self.condition(&self.pack.conditions[*at]));
        all_of(conditions.chain(award.requires.iter().map(|(test, ..)| self.term(test, 0))))
    }

    /// An award: nothing when refused.
    pub fn award(&self, award: &Award) -> Known {
        let refused = self.eligible(award).is_some_and(|eligible| eligible.is_zero());
        if refused { Some(Number::zero()) } else { self.term(&award.amount, 0) }
    }

    /// A group of awards: by its mode, then no more than the cap, then less what was paid, not below nothing.
    pub fn stack(&self, stack: &Stack) -> Known {
        let awards: Option<Vec<Number>> = stack.awards.iter().map(|at| self.award(&self.pack.awards[*at])).collect();
        let awards = awards?;
        let best = awards.iter().max()?.clone();
        let sum: Number = awards.iter().sum();
        let mut amount = match stack.mode {
            StackMode::Sum => sum,
            StackMode::Best | StackMode::TopUp => best,
            StackMode::Exclude if sum == best => best,
            StackMode::Exclude => self.fact(0, self.pack.input("settled.exclude")?, 0)?.min(best),
        };
        if let Some(cap) = &stack.cap {
            amount = amount.min(self.term(cap, 0)?);
        }
        if let Some(paid) = &stack.paid {
            amount -= self.term(paid, 0)?;
        }
        Some(amount.max(Number::zero()))
    }

    /// What is paid in all.
    pub fn total(&self) -> Known {
        let stacked = |at: &usize| self.pack.stacks.iter().any(|stack| stack.awards.contains(at));
        let alone = (0..self.pack.awards.len()).filter(|at| !stacked(at)).map(|at| self.award(&self.pack.awards[at]));
        alone.chain(self.pack.stacks.iter().map(|stack| self.stack(stack))).sum()
    }

    fn term(&self, term: &Term, row: usize) -> Known {
        match &term.form {
            Form::Literal(exact) => Some(literal(*exact)),
            Form::Name(symbol) => self.name(symbol, term.kind, row),
            Form::Not(a) => not(self.term(a, row)),
            Form::And(a, b) => all_of([self.term(a, row), self.term(b, row)].into_iter()),
            Form::Or(a, b) => either(self.term(a, row), self.term(b, row)),
            Form::Compare(how, a, b) => both(&self.term(a, row), &self.term(b, row), |a, b| yes(compared(*how, a, b))),
            Form::Arithmetic(how, a, b) => both(&self.term(a, row), &self.term(b, row), |a, b| arithmetic(*how, a, b)),
            Form::In(a, words) => self.term(a, row).map(|at| yes(words.contains(self.word(a.ty, &at)))),
            Form::Call(name, args) => self.call(name, args, row),
            Form::Marginal { table, amount } => Some(self.table(*table).marginal(self.pack, &self.term(amount, row)?)),
            Form::Rows(fold, kind, column, filter) => {
                let rows = self.rows_below(*kind, term.kind, row);
                self.fold(*fold, &rows, column.as_deref(), filter.as_deref())
            }
            Form::Lookup { table, keys, column, .. } => {
                let keys: Option<Vec<Number>> = keys.iter().map(|key| self.term(key, row)).collect();
                Some(self.table(*table).at(self.pack, &keys?, column, term.ty))
            }
        }
    }

    fn table(&self, at: usize) -> &tables::Read<'_> {
        self.rules.tables[at].as_ref().expect("a table that is looked up was read")
    }

    fn word(&self, ty: Type, at: &Number) -> &String {
        let Type::Choice(choice) = ty else { panic!("only choices have words") };
        &self.pack.choices[choice as usize].options[at.to_integer().to_usize().expect("an option")].label
    }

    fn name(&self, symbol: &Symbol, kind: Kind, row: usize) -> Known {
        match symbol {
            Symbol::Input(own, input) => self.fact(*own, *input, self.above(kind, row, *own)),
            Symbol::Given(id) => self.fact(0, self.pack.input(&format!("given.{id}")).expect("a given fact"), 0),
            Symbol::Value(index) => self.value(*index, self.above(kind, row, self.pack.values[*index].kind)),
            Symbol::Recognition(index) => self.recognition(*index, self.above(kind, row, self.pack.recognitions[*index].kind)),
            Symbol::Assessed(label) => self.assessed(label),
        }
    }

    fn fold(&self, fold: Fold, rows: &[usize], column: Option<&Term>, filter: Option<&Term>) -> Known {
        let test = |row: &usize| filter.map_or(Some(yes(true)), |filter| self.term(filter, *row));
        match (fold, column) {
            (Fold::Sum, Some(column)) => rows.iter().map(|row| choose(test(row), self.term(column, *row), Some(Number::zero()))).sum(),
            (Fold::Sum, None) => panic!("a sum has a column"),
            (Fold::Count, _) => rows.iter().map(test).sum(),
            (Fold::Any, _) => not(all_of(rows.iter().map(|row| not(test(row))))),
            (Fold::All, _) => all_of(rows.iter().map(test)),
        }
    }

    fn call(&self, name: &str, args: &[Term], row: usize) -> Known {
        let at = |index: usize| self.term(&args[index], row);
        let all = || args.iter().map(|arg| self.term(arg, row)).collect::<Option<Vec<Number>>>();
        let days = |index: usize| at(index)?.to_integer().to_i64();
        let steps = |round: fn(&Number) -> Number| Some((round(&(at(0)? / at(1)?)), at(1)?));
        match name {
            "min" => all()?.into_iter().min(),
            "max" => all()?.into_iter().max(),
            "if" => choose(at(0), at(1), at(2)),
            "known" => Some(yes(at(0).is_some())),
            "first_known" => (0..args.len()).find_map(at),
            "round_down" => steps(Number::floor).map(|(count, step)| count * step),
            "round_up" => steps(Number::ceil).map(|(count, step)| count * step),
            "round_half_up" => steps(half_up).map(|(count, step)| count * step),
            "steps" => steps(Number::floor).map(|(count, _)| count),
            "prorate" => prorated(at(0)?, at(1)?, at(2)?),
            "add_days" => Some(whole(days(0)? + days(1)?)),
            "add_months" => Some(whole(calendar::add_months(days(0)?, days(1)?))),
            "months_between" => Some(whole(calendar::months_between(days(0)?, days(1)?))),
            "days_between" => Some(whole(days(1)? - days(0)?)),
            "year" => Some(whole(calendar::date_of(calendar::held(days(0)?)).0)),
            other => panic!("no operation {other}"),
        }
    }
}

fn half_up(value: &Number) -> Number {
    (value + Number::new(BigInt::from(1), BigInt::from(2))).floor()
}

fn prorated(amount: Number, part: Number, of: Number) -> Known {
    if of <= Number::zero() {
        return None;
    }
    let part = part.max(Number::zero()).min(of.clone());
    Some((amount * part / of).floor())
}

fn compared(how: Compare, a: &Number, b: &Number) -> bool {
    match how {
        Compare::Equal => a == b,
        Compare::Differs => a != b,
        Compare::Below => a < b,
        Compare::AtMost => a <= b,
        Compare::Above => a > b,
        Compare::AtLeast => a >= b,
    }
}

fn arithmetic(how: Arithmetic, a: &Number, b: &Number) -> Number {
    match how {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
    }
}

fn both(a: &Known, b: &Known, f: impl FnOnce(&Number, &Number) -> Number) -> Known {
    Some(f(a.as_ref()?, b.as_ref()?))
}

fn holds(known: &Known) -> bool {
    known.as_ref().is_some_and(|value| !value.is_zero())
}

fn not(known: Known) -> Known {
    known.map(|value| yes(value.is_zero()))
}

/// One no decides; else one not known leaves it open.
fn all_of(tests: impl Iterator<Item = Known>) -> Known {
    let mut open = false;
    for test in tests {
        match test {
            Some(value) if value.is_zero() => return Some(yes(false)),
            Some(_) => {}
            None => open = true,
        }
    }
    if open { None } else { Some(yes(true)) }
}

fn either(a: Known, b: Known) -> Known {
    not(all_of([not(a), not(b)].into_iter()))
}

/// Where the condition is not known, what both sides agree on.
fn choose(condition: Known, then: Known, otherwise: Known) -> Known {
    match condition {
        Some(value) if value.is_zero() => otherwise,
        Some(_) => then,
        None if then == otherwise => then,
        None => None,
    }
}
