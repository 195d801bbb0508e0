//! The lines of an official table: one a row, or the printed ones with the rows that they name.

use papers::sheet_out::Cell;
use policy::pack::{Official, OfficialColumn};
use policy::program::Kind;
use policy::spec::{At, OfficialPrintSpec};

use super::value::{owner, said, typed, up};
use crate::document::sheet::Sheet;

/// A line: what stands in each column; nothing continues the cell above.
type Line = Vec<Option<Cell>>;

/// The rows, one a line; what belongs to a row above them stands once before all of its lines.
pub(super) fn listed(sheet: &Sheet, print: &OfficialPrintSpec, table: &Official, kind: Kind, rows: &[usize]) -> Vec<Line> {
    let shares = |column: &OfficialColumn, at: usize| {
        let above = print.fill.get(&column.id).and_then(|name| owner(sheet, name.value())).filter(|above| *above != kind);
        above.is_some_and(|above| at > 0 && up(sheet, kind, rows[at - 1], above) == up(sheet, kind, rows[at], above))
    };
    let cell = |column: &OfficialColumn, at: usize| (!shares(column, at)).then(|| written(sheet, print, column, kind, rows[at]));
    (0..rows.len()).map(|at| table.columns.iter().map(|column| cell(column, at)).collect()).collect()
}

/// The printed lines, each with the row that its words name.
pub(super) fn named(sheet: &Sheet, print: &OfficialPrintSpec, table: &Official, kind: Kind, rows: &[usize], by: &At<String>) -> Vec<Line> {
    let key = table.columns.iter().position(|column| column.id == *by.value());
    let name = print.fill.get(by.value());
    let text = |row: usize| name.and_then(|name| said(sheet, name.value(), kind, row)).map(|(text, _)| text);
    let row_of = |line: &[Option<String>]| {
        let words = key.and_then(|key| line.get(key)?.as_deref());
        rows.iter().copied().find(|row| words.is_some() && text(*row).as_deref() == words)
    };
    let fill = |line: &Vec<Option<String>>| -> Line {
        let row = row_of(line);
        let cell = |(printed, column): (&Option<String>, &OfficialColumn)| match (printed, row) {
            (Some(printed), Some(row)) if printed.is_empty() => Some(written(sheet, print, column, kind, row)),
            (printed, _) => printed.clone().map(|printed| typed(printed, true)),
        };
        line.iter().zip(&table.columns).map(cell).collect()
    };
    table.lines.iter().map(fill).collect()
}

fn written(sheet: &Sheet, print: &OfficialPrintSpec, column: &OfficialColumn, kind: Kind, row: usize) -> Cell {
    let said = print.fill.get(&column.id).and_then(|name| said(sheet, name.value(), kind, row));
    said.map_or(Cell::Empty, |(text, number)| typed(text, number))
}
