//! An official table on paper: the same heads, lines and notes as in its workbook.

use super::{Cell, OfficialHead, OfficialTable};
use crate::paper::{self, Row, Table, TextSize};

impl OfficialTable {
    /// What stands between its title and its heads: who draws it up and stamps it, and its unit.
    #[must_use]
    pub fn above(&self) -> String {
        let parts = [&self.left, &self.right].into_iter().flatten().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join("　　")
    }

    /// Its heads, lines and notes as a grid.
    #[must_use]
    pub fn grid(&self) -> Table {
        let mut rows = heads(&self.heads);
        let head_rows = rows.len();
        for (at, line) in self.lines.iter().enumerate() {
            let more = |column: usize| self.lines[at + 1..].iter().take_while(|below| matches!(below.get(column), Some(None))).count();
            let cells = line.iter().enumerate().filter_map(|(column, cell)| Some(written(cell.as_ref()?).down(1 + more(column))));
            rows.push(Row { cells: cells.collect(), min_lines: 1 });
        }
        // in the table, so that a page's table and its note stay together in its small type
        rows.extend(self.notes.iter().map(|note| Row::from(vec![paper::Cell::value(note).across(self.heads.len())])));
        let widths = self.heads.iter().map(|head| head.width_chars).collect();
        Table { caption: None, widths, head_rows, rows, size: TextSize::Five }
    }
}

fn written(cell: &Cell) -> paper::Cell {
    match cell {
        Cell::Empty => paper::Cell::value(""),
        Cell::Text(text) => paper::Cell::value(text),
        Cell::Count(count) => paper::Cell::middle(count.to_string()),
        Cell::Figure(digits) => paper::Cell::middle(digits),
        Cell::Money { fen } => paper::Cell::middle(standards::words::amount_in_yuan(*fen)),
        Cell::Share(hundredths) => paper::Cell::middle(format!("{hundredths}%")),
        Cell::Day(day) => paper::Cell::middle(day.to_string()),
    }
}

/// One row of heads, or two where some stand under a common one.
fn heads(columns: &[OfficialHead]) -> Vec<Row> {
    let grouped = columns.iter().any(|column| column.group.is_some());
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for (at, column) in columns.iter().enumerate() {
        let Some(group) = &column.group else {
            first.push(paper::Cell::head(&column.head).down(if grouped { 2 } else { 1 }));
            continue;
        };
        let same = |other: &&OfficialHead| other.group.as_ref() == Some(group);
        if at == 0 || !same(&&columns[at - 1]) {
            first.push(paper::Cell::head(group).across(columns[at..].iter().take_while(same).count()));
        }
        second.push(paper::Cell::head(&column.head));
    }
    [first, second].into_iter().filter(|cells| !cells.is_empty()).map(Row::from).collect()
}
