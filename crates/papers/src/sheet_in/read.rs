//! A table row by row, each with what its cells say and what is wrong with them.

use standards::text::squash;

use super::head::{self, Above, Heads};
use super::{Column, Corrections, LeftOut, Problem, Template, Value, cell};
use crate::table::{Limits, TableError, read_within};

/// What reading a table came to.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The row of its heads; 0 if none was found.
    pub head_row: usize,
    /// Its heads as written.
    pub heads: Vec<String>,
    /// Heads that mean nothing here; their columns were passed over.
    pub unknown: Vec<String>,
    /// By column of the template, the column of the sheet.
    pub places: Vec<Option<usize>>,
    /// Rows below the heads.
    pub rows: usize,
    /// Rows of totals, which were passed over: they sum up what stands in other rows.
    pub totals: Vec<usize>,
    /// Rows that are left out because somebody said so, in their order.
    pub left_out: Vec<LeftOut>,
    /// What is wrong with the heads; no row was read then.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// Something that is wrong with a cell whatever is in it by itself: it does not go with what is on file.
    pub fn problem(&self, template: &Template, row: usize, name: &str, text: &str, said: (String, String)) -> Problem {
        let at = template.columns.iter().position(|column| column.name == name);
        let column = at.and_then(|at| self.places.get(at).copied().flatten()).unwrap_or(self.heads.len());
        let head = self.heads.get(column).cloned();
        let head = head.or_else(|| at.map(|at| template.columns[at].head.clone())).unwrap_or_default();
        Problem { row, column, head, text: text.to_owned(), what: said.0, remedy: said.1 }
    }
}

/// A row below the heads.
#[derive(Debug)]
pub struct Row<'r> {
    /// Its number in the spreadsheet, from 1.
    pub number: usize,
    /// What its cells say, in the order of the template's columns; none for what is empty or wrong.
    pub values: Vec<Option<Value>>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Its cells as they stand, corrected.
    pub cells: &'r [String],
    template: &'r Template,
    heads: &'r Heads,
}

impl Row<'_> {
    /// What a column says.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values[self.at(name)?].as_ref()
    }

    /// The words, code or id of an option that a column says; empty where it says nothing.
    pub fn text(&self, name: &str) -> &str {
        match self.value(name) {
            Some(Value::Text(text) | Value::Option(text)) => text,
            _ => "",
        }
    }

    /// A cell as it stands, with its lines, where the table has the column.
    pub fn raw(&self, name: &str) -> &str {
        let place = self.at(name).and_then(|at| self.heads.found[at]);
        place.and_then(|(column, _)| self.cells.get(column)).map_or("", |text| text.trim())
    }

    /// Something that is wrong with one of its cells though it could be read.
    pub fn problem(&self, name: &str, what: impl Into<String>, remedy: impl Into<String>) -> Problem {
        let at = self.at(name).unwrap_or(0);
        problem(self.template, self.heads, self.number, at, self.cells, (what.into(), remedy.into()))
    }

    fn at(&self, name: &str) -> Option<usize> {
        self.template.columns.iter().position(|column| column.name == name)
    }
}

/// Hands every row below the heads to `row`; corrected cells take the place of those in the file, rows that are left out are not handed.
///
/// # Errors
/// The file cannot be read, or is beyond the limits.
pub fn read_columns(
    name: &str,
    bytes: &[u8],
    limits: Limits,
    template: &Template,
    corrections: &Corrections,
    row: &mut dyn FnMut(Row<'_>),
) -> Result<Reading, TableError> {
    let (mut reading, mut heads, mut above) = (Reading::default(), None::<Heads>, Above::default());
    read_within(name, bytes, limits, &mut |number, cells| {
        let cells = corrections.corrected(number, cells);
        match &heads {
            Some(_) if corrections.left_out.contains(&number) => reading.left_out.push(LeftOut::of(number, &cells)),
            Some(_) if sums_up(&cells) => reading.totals.push(number),
            Some(heads) => {
                reading.rows += 1;
                if reading.problems.is_empty() {
                    row(read_row(template, heads, number, &cells));
                }
            }
            None if above.rows < head::ROWS_ABOVE && head::looks_like(template, &cells) => {
                let (found, problems) = head::matched(template, &above, number, &cells);
                let places = found.found.iter().map(|place| place.map(|(column, _)| column)).collect();
                reading =
                    Reading { head_row: number, heads: cells, unknown: found.unknown.clone(), places, problems, ..Reading::default() };
                heads = Some(found);
            }
            None => above.row(number, &cells),
        }
    })?;
    if heads.is_none() {
        reading.problems.push(head::none(template));
    }
    Ok(reading)
}

/// What a row of totals begins with.
const TOTALS: [&str; 5] = ["合计", "总计", "小计", "共计", "总合计"];
/// What may stand behind the word, and in the other cells beside digits.
const BESIDE_FIGURES: &str = ".,，:：-—/%()（）¥￥元万家户个项笔张条件行共";
/// More digits make a code.
const FIGURE_DIGITS_MAX: usize = 15;

/// Whether a row says a total and figures, and nothing else.
fn sums_up(cells: &[String]) -> bool {
    let said: Vec<String> = cells.iter().map(|cell| squash(cell)).filter(|cell| !cell.is_empty()).collect();
    let mut words = said.iter().filter(|cell| !is_figure(cell));
    let total = words.next().and_then(|word| TOTALS.iter().find_map(|total| word.strip_prefix(total)));
    total.is_some_and(is_figure) && words.next().is_none()
}

fn is_figure(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits <= FIGURE_DIGITS_MAX && text.chars().all(|one| one.is_ascii_digit() || BESIDE_FIGURES.contains(one))
}

fn read_row<'r>(template: &'r Template, heads: &'r Heads, number: usize, cells: &'r [String]) -> Row<'r> {
    let mut row = Row { number, values: Vec::with_capacity(template.columns.len()), problems: Vec::new(), cells, template, heads };
    for (at, column) in template.columns.iter().enumerate() {
        let value = read_cell(column, heads.found[at], cells);
        row.values.push(value.unwrap_or_else(|wrong| {
            row.problems.push(problem(template, heads, number, at, cells, (wrong.what, wrong.remedy)));
            None
        }));
    }
    row
}

fn read_cell(
    column: &Column,
    place: Option<(usize, Option<super::unit::Figures>)>,
    cells: &[String],
) -> Result<Option<Value>, cell::Wrong> {
    let Some((at, figures)) = place else { return Ok(None) };
    match cells.get(at).map_or("", |text| text.trim()) {
        "" if column.required => {
            Err(cell::Wrong { what: format!("没有填写{}", column.head), remedy: format!("请填写{}", column.head) })
        }
        "" => Ok(None),
        text => cell::read(&column.kind, figures, text).map(Some),
    }
}

fn problem(template: &Template, heads: &Heads, row: usize, at: usize, cells: &[String], said: (String, String)) -> Problem {
    let column = heads.found[at].map_or(heads.written.len(), |(column, _)| column);
    Problem {
        row,
        column,
        head: heads.written.get(column).unwrap_or(&template.columns[at].head).clone(),
        text: cells.get(column).cloned().unwrap_or_default(),
        what: said.0,
        remedy: said.1,
    }
}
