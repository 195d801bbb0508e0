//! CSV: UTF-8 with its mark, since spreadsheet programs take unmarked Chinese for another encoding.

use super::{Cell, Column};

/// The head, to stand before the rows.
pub fn csv_head(columns: &[Column]) -> String {
    let heads: Vec<String> = columns.iter().map(|column| quoted(&column.head)).collect();
    format!("\u{feff}{}\r\n", heads.join(","))
}

/// A row.
pub fn csv_row(cells: &[Cell]) -> String {
    let texts: Vec<String> = cells.iter().map(text).collect();
    format!("{}\r\n", texts.join(","))
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => quoted(&harmless(text)),
        Cell::Count(count) => count.to_string(),
        Cell::Figure(digits) => digits.clone(),
        Cell::Money { fen } => yuan(*fen),
        Cell::Share(hundredths) => format!("{hundredths}%"),
        Cell::Day(day) => day.to_string(),
    }
}

/// What somebody typed could begin like a formula; a spreadsheet program shows it as words behind an apostrophe.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}
