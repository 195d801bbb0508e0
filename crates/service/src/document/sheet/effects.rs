//! Tables of fixed lines and columns, such as before and after; names of lines that are parted at `／` make merged cells.

use papers::paper::{Cell, Row, Table, TextSize};
use policy::pack::{Column, Field};

use super::Sheet;

/// What parts the names of a line.
const PART: char = '／';

/// The table of a field.
pub(super) fn table(sheet: &Sheet, field: &Field, columns: &[Column], lines: &[String]) -> Table {
    let names: Vec<Vec<&str>> = lines.iter().map(|line| line.split(PART).collect()).collect();
    let deep = names.iter().map(Vec::len).max().unwrap_or(1);
    let mut rows = heads(field, columns, deep);
    let head_rows = rows.len();
    for line in 0..names.len() {
        let value = |column: &Column| Cell::value(sheet.answers.text(&format!("{}.{line}.{}", field.path, column.id)));
        rows.push(named(&names, line, deep).into_iter().chain(columns.iter().map(value)).collect::<Vec<_>>().into());
    }
    let narrow = if deep > 1 { 15 } else { 20 };
    let wide = 100_usize.saturating_sub(narrow * deep) / columns.len().max(1);
    let widths = std::iter::repeat_n(narrow, deep).chain(std::iter::repeat_n(wide.max(8), columns.len()));
    let widths = widths.map(|width| u16::try_from(width).unwrap_or(u16::MAX)).collect();
    Table { caption: Some(field.label.clone()), widths, head_rows, rows, size: TextSize::Five }
}

/// One row of heads, or two where the names have heads of their own under a common one.
fn heads(field: &Field, columns: &[Column], deep: usize) -> Vec<Row> {
    let own = &field.print.heads;
    let common = field.print.group.as_deref().unwrap_or_default();
    let column = |column: &Column, down| Cell::head(column.label.as_str()).down(down);
    if own.len() != deep || deep == 1 {
        let name = own.first().map_or(common, String::as_str);
        let first = Cell::head(name).across(deep);
        return vec![std::iter::once(first).chain(columns.iter().map(|one| column(one, 1))).collect::<Vec<_>>().into()];
    }
    let above = std::iter::once(Cell::head(common).across(deep)).chain(columns.iter().map(|one| column(one, 2)));
    let below = own.iter().map(|name| Cell::head(name.as_str()));
    vec![above.collect::<Vec<_>>().into(), below.collect::<Vec<_>>().into()]
}

/// The cells of a line's names that begin in it: equal ones below one another are one.
fn named(names: &[Vec<&str>], line: usize, deep: usize) -> Vec<Cell> {
    let same = |other: usize, depth: usize| names[other].get(..=depth).is_some_and(|start| Some(start) == names[line].get(..=depth));
    let mut cells = Vec::new();
    for depth in 0..deep {
        let Some(name) = names[line].get(depth) else { break };
        let last = names[line].len() == depth + 1;
        let across = if last { deep - depth } else { 1 };
        let merges = !last;
        if merges && line > 0 && same(line - 1, depth) {
            continue;
        }
        let down = if merges { (line..names.len()).take_while(|other| same(*other, depth)).count() } else { 1 };
        cells.push(Cell::label(*name).across(across).down(down));
    }
    cells
}
