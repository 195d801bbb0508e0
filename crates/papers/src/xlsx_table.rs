//! XLSX: the first sheet, as a person sees it.

use crate::table::{TableError, check};
use calamine::{Data, Reader, Xlsx};
use standards::date::Date;
use std::io::Cursor;

pub fn read(bytes: &[u8], see: &mut dyn FnMut(usize, &[String])) -> Result<(), TableError> {
    let failed = |error: calamine::XlsxError| TableError::Xlsx(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let Some(sheet) = book.worksheet_range_at(0) else { return Err(TableError::Xlsx("没有工作表".into())) };
    let sheet = sheet.map_err(failed)?;
    let first = sheet.start().map_or(0, |(row, _)| row as usize);
    for (at, row) in sheet.rows().enumerate() {
        let cells: Vec<String> = row.iter().map(text).collect();
        check(first + at + 1, &cells)?;
        if cells.iter().any(|cell| !cell.is_empty()) {
            see(first + at + 1, &cells);
        }
    }
    Ok(())
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Float(number) => format!("{number}"),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Data::DateTime(date) => serial_date(date.as_f64()),
        other => other.to_string(),
    }
}

/// A spreadsheet's serial day as an ISO date; day 25,569 is 1970-01-01.
fn serial_date(serial: f64) -> String {
    let days = serial.floor() as i32 - 25_569;
    Date::from_days(days).map_or_else(|| format!("{serial}"), |date| date.to_string())
}
