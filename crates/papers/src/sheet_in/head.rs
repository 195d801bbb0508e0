//! The row of heads: found below a title, and matched by name whatever the width, the spaces and the units.

use standards::text::{half_width, squash, suggest};

use super::{Column, Problem, Template, Unit};

/// Rows that may stand above the heads.
pub(super) const ROWS_ABOVE: usize = 10;

/// Where each column of a template stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Heads {
    /// By column of the template: the column of the sheet and the unit its head names.
    pub(super) found: Vec<Option<(usize, Option<Unit>)>>,
    /// The heads as written, by column of the sheet.
    pub(super) written: Vec<String>,
    /// Heads of the sheet that mean nothing here.
    pub(super) unknown: Vec<String>,
}

/// Whether a row may be that of the heads: it has half of those that must be there, and at least one.
pub(super) fn looks_like(template: &Template, cells: &[String]) -> bool {
    let known: Vec<&Column> = cells.iter().filter_map(|cell| column_of(template, cell)).map(|at| &template.columns[at]).collect();
    let must = template.columns.iter().filter(|column| column.must_stand()).count();
    let has = known.iter().filter(|column| column.must_stand()).count();
    !known.is_empty() && has * 2 >= must
}

/// Matches the heads; what is missing or stands twice is a problem.
pub(super) fn matched(template: &Template, row: usize, cells: &[String]) -> (Heads, Vec<Problem>) {
    let mut heads = Heads { found: vec![None; template.columns.len()], written: cells.to_vec(), unknown: Vec::new() };
    let mut problems = Vec::new();
    for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        match column_of(template, cell) {
            None => heads.unknown.push(cell.clone()),
            Some(at) if heads.found[at].is_none() => heads.found[at] = Some((column, unit(cell))),
            Some(at) => problems.push(twice(row, column, cell, &template.columns[at])),
        }
    }
    let missing = template.columns.iter().zip(&heads.found).filter(|(column, found)| column.must_stand() && found.is_none());
    problems.extend(missing.zip(cells.len()..).map(|((column, _), at)| absent(row, at, column, &heads.unknown)));
    (heads, problems)
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
        remedy: format!("请在第一张工作表的前{ROWS_ABOVE}行内写上表头（{}），或者使用下载的模板", must.join("、")),
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

/// The unit that a head or a name says its figures stand in.
pub fn unit(head: &str) -> Option<Unit> {
    match head {
        _ if head.contains("万元") => Some(Unit::WanYuan),
        _ if head.contains("（元") || head.contains("(元") || head.contains("单位：元") => Some(Unit::Yuan),
        _ => None,
    }
}
