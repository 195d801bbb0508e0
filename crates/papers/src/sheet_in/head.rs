//! The row of heads: found below a title, and matched by name whatever the width, the spaces and the units.

use standards::text::{half_width, squash, suggest};

use super::unit::{Figures, Named, in_hundredths};
use super::{Column, Kind, Problem, Template, Unit};

/// Rows that may stand above the heads.
pub(super) const ROWS_ABOVE: usize = 10;

/// Where each column of a template stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Heads {
    /// By column of the template: the column of the sheet and what its head says of the figures below it.
    pub(super) found: Vec<Option<(usize, Option<Figures>)>>,
    /// The heads as written, by column of the sheet.
    pub(super) written: Vec<String>,
    /// Heads of the sheet that mean nothing here.
    pub(super) unknown: Vec<String>,
}

/// What stands above the heads.
#[derive(Clone, Debug, Default)]
pub(super) struct Above {
    /// How many rows.
    pub(super) rows: usize,
    /// The unit of all figures, where one is named: its row and column, its words and what they mean.
    unit: Option<(usize, usize, String, Named)>,
}

impl Above {
    /// Takes a row that is not that of the heads.
    pub(super) fn row(&mut self, number: usize, cells: &[String]) {
        self.rows += 1;
        let named = |(column, cell): (usize, &String)| Named::above(cell).map(|named| (number, column, cell.clone(), named));
        self.unit = self.unit.take().or_else(|| cells.iter().enumerate().find_map(named));
    }
}

/// Whether a row may be that of the heads: it has half of those that must be there, and at least one.
pub(super) fn looks_like(template: &Template, cells: &[String]) -> bool {
    let known: Vec<&Column> = cells.iter().filter_map(|cell| column_of(template, cell)).map(|at| &template.columns[at]).collect();
    let must = template.columns.iter().filter(|column| column.must_stand()).count();
    let has = known.iter().filter(|column| column.must_stand()).count();
    !known.is_empty() && has * 2 >= must
}

/// Matches the heads; what is missing, stands twice or is in a unit that nobody knows is a problem.
pub(super) fn matched(template: &Template, above: &Above, row: usize, cells: &[String]) -> (Heads, Vec<Problem>) {
    let mut heads = Heads { found: vec![None; template.columns.len()], written: cells.to_vec(), unknown: Vec::new() };
    let mut problems = Vec::new();
    for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        match column_of(template, cell) {
            None => heads.unknown.push(cell.clone()),
            Some(at) if heads.found[at].is_none() => {
                let unit = unit(&template.columns[at], (row, column, cell), above).unwrap_or_else(|problem| {
                    problems.push(problem);
                    None
                });
                heads.found[at] = Some((column, unit));
            }
            Some(at) => problems.push(twice(row, column, cell, &template.columns[at])),
        }
    }
    let missing = template.columns.iter().zip(&heads.found).filter(|(column, found)| column.must_stand() && found.is_none());
    problems.extend(missing.zip(cells.len()..).map(|((column, _), at)| absent(row, at, column, &heads.unknown)));
    (heads, problems)
}

/// The unit that a head names, or that stands above the table; of shares whether the head names their sign.
fn unit(of: &Column, head: (usize, usize, &String), above: &Above) -> Result<Option<Figures>, Problem> {
    if matches!(of.kind, Kind::Share) {
        return Ok(in_hundredths(head.2).then_some(Figures::Percent));
    }
    let own = Named::head(head.2).map(|named| (head.0, head.1, head.2, named));
    let named = own.or_else(|| above.unit.as_ref().map(|(row, column, text, named)| (*row, *column, text, named.clone())));
    match named.filter(|_| matches!(of.kind, Kind::Money(_) | Kind::Price(_))) {
        None => Ok(None),
        Some((_, _, _, Named::Unit(unit))) => Ok(Some(Figures::Money(unit))),
        Some((row, column, text, Named::Unknown(word))) => Err(Problem {
            row,
            column,
            head: of.head.clone(),
            text: text.clone(),
            what: format!("不能按单位“{word}”读取{}", of.head),
            remedy: format!("请改用其中一种单位填写并写明：{}", Unit::ALL.map(Unit::label).join("、")),
        }),
    }
}

fn twice(row: usize, column: usize, cell: &str, of: &Column) -> Problem {
    let what = format!("有两列都是“{}”", of.head);
    Problem { row, column, head: cell.to_owned(), text: cell.to_owned(), what, remedy: "请删除其中一列，或者修改表头".into() }
}

fn absent(row: usize, column: usize, of: &Column, unknown: &[String]) -> Problem {
    let near = suggest(&of.head, unknown.iter().map(String::as_str));
    let remedy = match near {
        Some(near) => format!("请把表头“{near}”改为“{}”", of.head),
        None => format!("请在表头一行补上“{}”列并填写，或者使用下载的模板", of.head),
    };
    Problem { row, column, head: of.head.clone(), text: String::new(), what: format!("缺少“{}”列", of.head), remedy }
}

/// No row looked like that of the heads.
pub(super) fn none(template: &Template) -> Problem {
    let must: Vec<&str> = template.columns.iter().filter(|column| column.must_stand()).map(|column| column.head.as_str()).collect();
    Problem {
        row: 1,
        column: 0,
        head: String::new(),
        text: String::new(),
        what: "没有找到表头".into(),
        remedy: format!("请在第一张未隐藏的工作表的前{ROWS_ABOVE}行内写上表头（{}），或者使用下载的模板", must.join("、")),
    }
}

fn column_of(template: &Template, cell: &str) -> Option<usize> {
    let (whole, bare) = (squash(cell), squash(&without_bracket(cell)));
    let is = |column: &Column| {
        let names = [&column.head].into_iter().chain(&column.also).map(|name| squash(name));
        names.into_iter().any(|name| !name.is_empty() && (name == whole || name == bare))
    };
    template.columns.iter().position(is)
}

/// A head without what stands in brackets at its end: a unit, a remark.
pub fn without_bracket(head: &str) -> String {
    let head = half_width(head);
    match (head.trim_end().ends_with(')'), head.rfind('(')) {
        (true, Some(at)) => head[..at].to_owned(),
        _ => head,
    }
}
