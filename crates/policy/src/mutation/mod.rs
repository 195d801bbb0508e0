//! Mutation (变异): one constant or operator of a pack changed at a time; some worked case must notice.
//!
//! A change nobody notices is a number nobody has checked. A change that the loader refuses counts as noticed.

mod change;
mod fate;
mod seams;
mod weights;

use crate::edit::{Kind, Place};
use crate::files::{Sections, read};
use crate::load::Loaded;
use crate::pack::Pack;
use crate::spec::InputType;
use crate::written::rules;
use std::collections::HashMap;

pub use fate::{Fate, Mutation, fate, mutation};

/// A pack with one thing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The place, as [`crate::edit`] names it.
    pub at: String,
    /// `old → new`.
    pub change: String,
    /// The clauses of the rule it stands in.
    pub clause: String,
    /// What is written there instead; a seam of ranges is written in several places.
    pub edits: Vec<(String, String)>,
    /// A larger change of the same number, for where the loader cannot hold the small one exactly.
    pub coarser: Option<Box<Mutant>>,
}

impl Mutant {
    fn new(at: &str, change: String, edits: Vec<(String, String)>) -> Self {
        Self { at: at.to_owned(), change, clause: String::new(), edits, coarser: None }
    }
}

/// Every single change of a pack's tables, formulas, marks, weights and lines. Limits across cases are left out: a
/// worked case is one case.
pub fn mutants(loaded: &Loaded) -> Vec<Mutant> {
    let (sections, _) = read(&loaded.files);
    let places: Vec<Place> = loaded.places().into_iter().filter(|place| !place.path.starts_with("quota.")).collect();
    let types = types(&sections);
    let clauses = clauses(&loaded.pack);
    let mut all = Vec::new();
    for place in &places {
        match place.kind {
            Kind::Formula => all.extend(in_formula(place)),
            Kind::Value => all.extend(in_cell(place, type_of(place, &types))),
        }
    }
    all.extend(in_ranges(&places, &types));
    all.extend(weights::moved(&sections));
    all.iter_mut().for_each(|mutant| mutant.clause = clause_of(&mutant.at, &clauses));
    told_apart(&mut all);
    all
}

fn in_formula(place: &Place) -> Vec<Mutant> {
    let mutant = |one: &change::Change| {
        let edits = vec![(place.path.clone(), change::changed(&place.text, one))];
        Mutant::new(&place.path, change::shown(&place.text, one), edits)
    };
    let with_coarser = |one: &change::Change| {
        let coarser = change::coarser(&place.text[one.span.clone()], &one.new);
        let coarser = coarser.map(|new| Box::new(mutant(&change::Change { span: one.span.clone(), new })));
        Mutant { coarser, ..mutant(one) }
    };
    change::in_formula(&place.text).iter().map(with_coarser).collect()
}

fn in_cell(place: &Place, ty: Option<InputType>) -> Vec<Mutant> {
    let Some(ty) = ty.filter(|_| crate::cells::bounds(&place.text).is_none()) else { return Vec::new() };
    let texts = if ty == InputType::Choice { change::shortened(&place.text) } else { change::nudged(ty, &place.text) };
    let mutant = |new: String| Mutant::new(&place.path, format!("{} → {new}", place.text), vec![(place.path.clone(), new)]);
    let with_coarser = |new: String| {
        let coarser = change::coarser(&place.text, &new).map(|new| Box::new(mutant(new)));
        Mutant { coarser, ..mutant(new) }
    };
    texts.into_iter().map(with_coarser).collect()
}

/// The seams of every column of ranges.
fn in_ranges(places: &[Place], types: &Types) -> Vec<Mutant> {
    let mut columns: Vec<(String, InputType, Vec<seams::Place>)> = Vec::new();
    for place in places.iter().filter(|place| crate::cells::bounds(&place.text).is_some()) {
        let (Some(ty), Some(column)) = (type_of(place, types), column(&place.path)) else { continue };
        match columns.iter_mut().find(|(known, ..)| *known == column) {
            Some((_, _, cells)) => cells.push((place.path.clone(), place.text.clone())),
            None => columns.push((column, ty, vec![(place.path.clone(), place.text.clone())])),
        }
    }
    columns.iter().flat_map(|(_, ty, cells)| seams::moved(*ty, cells).into_iter().map(|edits| at_seam(cells, edits))).collect()
}

fn at_seam(cells: &[seams::Place], edits: Vec<(String, String)>) -> Mutant {
    let old = |path: &str| cells.iter().find(|(known, _)| known == path).map_or("", |(_, text)| text.as_str());
    let shown: Vec<String> = edits.iter().map(|(path, new)| format!("{} → {new}", old(path))).collect();
    let at = edits.first().map_or(String::new(), |(path, _)| path.clone());
    Mutant::new(&at, shown.join("；"), edits)
}

/// Types of the cells that are not said by their path: `table.column` and its type.
type Types = HashMap<String, InputType>;

fn types(sections: &Sections) -> Types {
    let mut all = Types::new();
    for table in &sections.table {
        let keys = table.by.iter().map(|key| (&key.id, key.kind));
        let columns = table.gives.iter().map(|column| (&column.id, column.kind));
        all.extend(keys.chain(columns).map(|(column, kind)| (format!("{}.{column}", table.id), kind)));
    }
    all
}

fn type_of(place: &Place, types: &Types) -> Option<InputType> {
    let (group, last) = (place.path.split('.').next()?, place.path.rsplit('.').next()?);
    match (group, last) {
        ("level", "score") => Some(InputType::Score),
        ("level", _) => Some(InputType::Count),
        ("dimension" | "indicator" | "question" | "variant", _) => Some(InputType::Share),
        _ => types.get(&column(&place.path)?).copied(),
    }
}

/// The column a cell stands in: its path without the row.
fn column(path: &str) -> Option<String> {
    let (rest, column) = path.rsplit_once('.')?;
    let (of, _) = rest.rsplit_once('.')?;
    Some(format!("{of}.{column}"))
}

/// Clauses by the beginnings of paths.
fn clauses(pack: &Pack) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = rules(pack).into_iter().map(|(path, _, clause, _)| (path, clause.to_owned())).collect();
    for table in &pack.tables {
        let rows = table.rows.iter().enumerate().map(|(line, (cells, clause))| {
            let line = if cells.first().is_some_and(|cell| cell == "其他") { "otherwise".to_owned() } else { (line + 1).to_string() };
            (format!("{}.{line}.", table.id), if clause.is_empty() { &table.clause } else { clause }.clone())
        });
        all.extend(rows);
    }
    if let Some(assessment) = &pack.assessment {
        all.extend(assessment.lines.iter().map(|line| (format!("level.{}.", line.level), line.clause.clone())));
        all.extend(assessment.questions.iter().map(|question| (format!("question.{}.", question.id), question.clause.clone())));
        all.extend(assessment.variants.iter().map(|variant| (format!("variant.{}.", variant.id), variant.clause.clone())));
    }
    all
}

fn clause_of(path: &str, clauses: &[(String, String)]) -> String {
    clauses.iter().find(|(start, _)| path.starts_with(start.as_str())).map_or(String::new(), |(_, clause)| clause.clone())
}

/// Two changes of one place that look the same get a number.
fn told_apart(all: &mut [Mutant]) {
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    for mutant in all {
        let count = seen.entry((mutant.at.clone(), mutant.change.clone())).or_default();
        *count += 1;
        if *count > 1 {
            mutant.change = format!("{}（第{count}处）", mutant.change);
        }
    }
}
