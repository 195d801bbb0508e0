//! The comparisons of a pack: which fact is compared with what, and which register says on which side it is.

use super::try_out::{Side, Spot, Trial};
use crate::cells::{Range, ranges};
use crate::evaluate::Evaluation;
use crate::exact::Exact;
use crate::explained::Facts;
use crate::load::Loaded;
use crate::pack::{Pack, Table};
use crate::program::{Kind, Op, Reg, Type};
use crate::term::{Form, Symbol, Term};
use crate::written::{Part, Written, formulas, kind_of};

/// So many rows of one case are enough.
const MOST_ROWS: usize = 5;

/// What a fact is compared with.
pub(super) enum Against {
    /// Whatever a register holds.
    Reg(Reg),
    /// A number of the pack, in base units.
    Number(Exact),
    /// A part of another fact.
    Part(Reg, i64, i64),
    /// Nothing in particular: the fact must be searched for.
    Unknown,
}

/// One comparison.
pub(super) struct Edge {
    pub path: String,
    pub text: String,
    pub label: String,
    pub clause: String,
    /// The fact; `None` where a computed number is compared.
    pub subject: Option<(Kind, usize)>,
    pub against: Against,
    /// What says on which side a case is.
    pub side: Side,
    /// Whether both sides must occur: an extreme of two facts has no sides of its own.
    pub two_sided: bool,
}

/// Every comparison of a pack's rules.
pub(super) fn edges(loaded: &Loaded) -> Vec<Edge> {
    let pack = loaded.pack.as_ref();
    let mut all = Vec::new();
    for written in formulas(loaded) {
        written.parts().into_iter().for_each(|part| all.extend(of_part(pack, &written, part)));
    }
    all.extend(bands(pack));
    all
}

fn of_part(pack: &Pack, written: &Written, part: Part) -> Vec<Edge> {
    let sides = sides(pack, part.term);
    let edge = |(subject, against, side, two_sided)| Edge {
        path: written.path.clone(),
        text: part.text.to_owned(),
        label: written.label.to_owned(),
        clause: written.clause.to_owned(),
        subject,
        against,
        side,
        two_sided,
    };
    sides.into_iter().map(edge).collect()
}

type Sides = (Option<(Kind, usize)>, Against, Side, bool);

/// What a part compares with what, and whether both sides must occur.
fn sides(pack: &Pack, term: &Term) -> Vec<Sides> {
    match &term.form {
        Form::Compare(_, a, b) if ordered(a.ty) => {
            let (fact, against) = against(pack, a, b);
            let two_sided = fact.is_some();
            vec![(fact, against, Side::Reg(term.reg), two_sided)]
        }
        Form::Call(name, args) if name == "min" || name == "max" => extreme(pack, args),
        Form::Lookup { table, keys, row, .. } => {
            let of = |(at, key): (usize, &Term)| key_sides(pack, *table, at, key, *row);
            keys.iter().enumerate().flat_map(of).collect()
        }
        Form::Marginal { table, amount } => key_sides(pack, *table, 0, amount, term.reg),
        _ => Vec::new(),
    }
}

/// Each argument against each later one.
fn extreme(pack: &Pack, args: &[Term]) -> Vec<Sides> {
    let pairs = args.iter().enumerate().flat_map(|(at, own)| args[at + 1..].iter().map(move |other| (own, other)));
    let pair = |(own, other): (&Term, &Term)| {
        let (fact, against) = against(pack, own, other);
        (fact, against, Side::Below(own.reg, other.reg), false)
    };
    pairs.map(pair).collect()
}

/// A fact that a table is looked up by, against every number its column names.
fn key_sides(pack: &Pack, table: usize, at: usize, key: &Term, result: Reg) -> Vec<Sides> {
    let Some(fact) = subject(pack, key).filter(|_| ordered(key.ty)) else { return Vec::new() };
    let values = key_edges(&pack.tables[table], at, key.ty);
    values.into_iter().map(|value| (Some(fact), Against::Number(value), Side::Reg(result), false)).collect()
}

/// Which of two sides is a fact, and what the other is.
fn against(pack: &Pack, a: &Term, b: &Term) -> (Option<(Kind, usize)>, Against) {
    let found = [(a, b), (b, a)].into_iter().find_map(|(own, other)| Some((subject(pack, own)?, other.reg)));
    match found {
        Some((fact, other)) => (Some(fact), Against::Reg(other)),
        None => (None, Against::Unknown),
    }
}

fn ordered(ty: Type) -> bool {
    ty.is_number() || ty == Type::Date
}

/// Every number a table's key column names.
fn key_edges(table: &Table, at: usize, ty: Type) -> Vec<Exact> {
    let bounds = |range: Range| [range.from, range.to];
    let cells = table.rows.iter().flat_map(|(cells, _)| ranges(&cells[at], ty, &[]));
    let mut all: Vec<Exact> = cells.flat_map(bounds).flatten().map(|(value, _)| value).collect();
    all.sort();
    all.dedup();
    all
}

/// The fact that a part simply is.
fn subject(pack: &Pack, term: &Term) -> Option<(Kind, usize)> {
    match &term.form {
        Form::Name(Symbol::Input(kind, index)) => Some((*kind, *index)),
        Form::Name(Symbol::Value(index)) => subject(pack, &pack.values[*index].term),
        Form::Call(name, args) if name == "first_known" => subject(pack, args.first()?),
        _ => None,
    }
}

/// The bands of ratio questions: the part against each bound of the whole.
fn bands(pack: &Pack) -> Vec<Edge> {
    let Some(assessment) = &pack.assessment else { return Vec::new() };
    let mut all = Vec::new();
    for question in &assessment.questions {
        let (Some(test), [part, _]) = (question.derived, question.figures.as_slice()) else { continue };
        let Op::Band(_, whole, id) = pack.program.steps[test as usize].op else { continue };
        all.extend(pack.program.tables.bands[id as usize].iter().map(|(num, den, _)| Edge {
            path: format!("question.{}", question.id),
            text: format!("{num}/{den}"),
            label: question.label.clone(),
            clause: question.clause.clone(),
            subject: Some((0, *part)),
            against: Against::Part(whole, *num, *den),
            side: Side::Reg(test),
            two_sided: false,
        }));
    }
    all
}

impl Edge {
    /// Its place and text.
    pub fn name(&self) -> String {
        format!("{}: {}", self.path, self.text)
    }

    /// Tries the fact just below, at and just above what it is compared with, in every row of a case.
    pub fn around(&self, trial: &mut Trial, at: usize, evaluation: &Evaluation) {
        let Some((kind, input)) = self.subject else { return };
        let (pack, facts) = (evaluation.pack, evaluation.facts);
        let own = kind_of(pack, self.side.anchor());
        for row in 0..facts.rows(own).min(MOST_ROWS) {
            let Some(value) = self.value(evaluation, row, (kind, input)).filter(|_| !trial.enough(at)) else { continue };
            let spot = Spot { kind, input, row: row_above(pack, facts, own, row, kind) };
            (-1..=1).for_each(|step| trial.set(at, facts, spot, value + step, (self.side, row)));
        }
    }

    /// What the fact is compared with, in the fact's own units, down to the whole unit.
    fn value(&self, evaluation: &Evaluation, row: usize, (kind, input): (Kind, usize)) -> Option<i128> {
        let pack = evaluation.pack;
        let scale = i128::from(pack.inputs[kind as usize][input].meta.scale);
        let held = |reg: Reg| {
            let value = i128::from(evaluation.trace.at(reg, row).get()?);
            Some((value * scale).div_euclid(pack.metas[reg as usize].scale.into()))
        };
        match self.against {
            Against::Reg(reg) => held(reg),
            Against::Number(number) => number.scaled(scale as i64).map(i128::from),
            Against::Part(whole, num, den) => Some((held(whole)? * i128::from(num)).div_euclid(den.into())),
            Against::Unknown => None,
        }
    }
}

/// The row of `kind` that a row of a kind at or below it belongs to.
fn row_above(pack: &Pack, facts: &Facts, from: Kind, row: usize, kind: Kind) -> usize {
    let (mut own, mut at) = (from, row);
    while own != kind && own != 0 {
        at = facts.kinds[own as usize].parent[at] as usize;
        own = pack.kinds[own as usize].parent;
    }
    if kind == 0 { 0 } else { at }
}
