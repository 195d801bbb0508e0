//! The places of a pack that the page offers to write other values in: cells of its tables, its lines and weights.
//!
//! Formulas are left to the command: a wrong one is not a mistake of a figure.

use std::collections::HashMap;

use policy::edit::Kind;
use policy::load::Loaded;
use policy::pack::{Assessment, Pack};

use crate::forms::{FieldError, Typed, with_unit};
use crate::pages::programme::key;

/// One value that may be changed.
pub(super) struct Cell {
    /// Its place in the pack, e.g. `standard.1.cap`.
    place: String,
    /// Chinese name of its column.
    pub(super) label: String,
    /// What is written there now.
    pub(super) text: String,
}

/// Values of one row.
pub(super) struct Row {
    /// The row's keys in words.
    pub(super) label: String,
    /// Its values.
    pub(super) cells: Vec<Cell>,
}

/// A table, or the lines of the levels, or the weights of a variant.
pub(super) struct Shelf {
    /// Chinese name.
    pub(super) title: String,
    /// The clauses it follows.
    pub(super) clause: String,
    /// Its rows.
    pub(super) rows: Vec<Row>,
}

impl Cell {
    /// The name of its field.
    pub(super) fn path(&self) -> String {
        format!("set.{}", self.place)
    }

    /// The unit behind its figure.
    pub(super) fn unit(&self) -> Option<&'static str> {
        let units = ["万元", "元", "%"];
        units.into_iter().find(|unit| self.text.strip_suffix(unit).is_some_and(|rest| rest.parse::<f64>().is_ok()))
    }
}

/// A value that is to be changed, in words.
pub(super) struct Change<'a> {
    /// Where it stands: table, row, column.
    pub(super) label: String,
    /// The place and what is to be written there.
    pub(super) edit: (String, String),
    /// The value.
    pub(super) cell: &'a Cell,
}

/// Everything the page offers.
pub(super) fn shelves(loaded: &Loaded) -> Vec<Shelf> {
    let values = loaded.places().into_iter().filter(|place| place.kind == Kind::Value);
    let texts: HashMap<String, String> = values.map(|place| (place.path, place.text)).collect();
    let pack = loaded.pack.as_ref();
    let tables = (0..pack.tables.len()).map(|at| table(pack, at, &texts));
    let assessed = pack.assessment.iter().flat_map(|assessment| [lines(assessment, &texts), weights(assessment, &texts)]);
    tables.chain(assessed).filter(|shelf| !shelf.rows.is_empty()).collect()
}

type Texts = HashMap<String, String>;

fn cell(texts: &Texts, place: String, label: &str) -> Option<Cell> {
    let text = texts.get(&place)?.clone();
    Some(Cell { place, label: label.to_owned(), text })
}

fn row(label: String, cells: impl Iterator<Item = Option<Cell>>) -> Option<Row> {
    let cells: Vec<Cell> = cells.flatten().collect();
    (!cells.is_empty()).then_some(Row { label, cells })
}

/// The columns a table gives; one that no formula looks up changes nothing, so it is not offered.
fn table(pack: &Pack, at: usize, texts: &Texts) -> Shelf {
    let (table, types) = (&pack.tables[at], key::types(pack, at));
    let one = |(number, (cells, _)): (usize, &(Vec<String>, String))| {
        let keys: Vec<String> = types.iter().zip(cells).map(|(ty, key)| key::words(pack, *ty, key)).collect();
        let numbered = format!("{}.{}", table.id, number + 1);
        let of = |id: &String| [format!("{numbered}.{id}"), format!("{}.otherwise.{id}", table.id)];
        let given = table.heads.iter().skip(types.len());
        let cells = given.map(|(id, label)| of(id).into_iter().find_map(|place| cell(texts, place, label)));
        row(keys.join("，"), cells)
    };
    let rows = if types.is_empty() { Vec::new() } else { table.rows.iter().enumerate().filter_map(one).collect() };
    Shelf { title: table.label.clone(), clause: table.clause.clone(), rows }
}

fn lines(assessment: &Assessment, texts: &Texts) -> Shelf {
    let columns = [("score", "得分不低于"), ("scenarios", "达到该级的场景不少于"), ("constraint", "其中约束性场景不少于")];
    let one = |line: &policy::pack::Line| {
        let cells = columns.iter().map(|(id, label)| cell(texts, format!("level.{}.{id}", line.level), label));
        row(line.label.clone(), cells)
    };
    Shelf { title: "等级条件".to_owned(), clause: String::new(), rows: assessment.lines.iter().filter_map(one).collect() }
}

fn weights(assessment: &Assessment, texts: &Texts) -> Shelf {
    let dimensions = assessment.dimensions.iter().map(|one| (&one.id, &one.label));
    let questions = assessment.questions.iter().map(|one| (&one.id, &one.label));
    let named: Vec<(&String, &String)> = dimensions.chain(questions).collect();
    let one = |variant: &policy::pack::Variant| {
        let cells = named.iter().map(|(id, label)| cell(texts, format!("variant.{}.{id}", variant.id), label));
        row(variant.label.clone(), cells)
    };
    Shelf { title: "指标权重".to_owned(), clause: String::new(), rows: assessment.variants.iter().filter_map(one).collect() }
}

/// What was typed where something else stands now.
pub(super) fn changes<'a>(shelves: &'a [Shelf], typed: &Typed) -> Vec<Change<'a>> {
    let mut all = Vec::new();
    for shelf in shelves {
        for row in &shelf.rows {
            all.extend(row.cells.iter().filter_map(|cell| change(shelf, row, cell, typed)));
        }
    }
    all
}

fn change<'a>(shelf: &Shelf, row: &Row, cell: &'a Cell, typed: &Typed) -> Option<Change<'a>> {
    let text = with_unit(typed.text(&cell.path()), cell.unit()).trim().to_owned();
    let differs = !text.is_empty() && text != cell.text;
    let label = format!("{}（{}）{}", shelf.title, row.label, cell.label);
    differs.then(|| Change { label, edit: (cell.place.clone(), text), cell })
}

/// Counts are read leniently where they are written into a pack, so they are checked here.
pub(super) fn mistakes(changes: &[Change]) -> Vec<FieldError> {
    let count = |change: &&Change| change.edit.0.starts_with("level.") && !change.edit.0.ends_with(".score");
    let wrong = changes.iter().filter(count).filter(|change| change.edit.1.parse::<u16>().is_err());
    wrong.map(|change| FieldError::new(change.cell.path(), format!("{}应为整数，现为“{}”。", change.label, change.edit.1))).collect()
}
