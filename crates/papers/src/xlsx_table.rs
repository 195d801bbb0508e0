//! XLSX: the first sheet, as a person sees it, cell by cell.

use crate::table::{MAX_COLUMNS, Rows, TableError, too_wide};
use calamine::{Data, Reader, Xlsx, XlsxError};
use standards::date::Date;
use std::io::{Cursor, Read, copy, sink};
use zip::ZipArchive;

pub fn read(bytes: &[u8], rows: &mut Rows) -> Result<(), TableError> {
    check_unpacked(bytes, rows.limits.unpacked_bytes)?;
    // calamine counts rows and columns without a bound: a cell called A99999999999 makes it panic in a build that checks.
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| cells(bytes, rows)));
    read.unwrap_or_else(|_| Err(TableError::Xlsx("单元格的位置不合规".into())))
}

fn cells(bytes: &[u8], rows: &mut Rows) -> Result<(), TableError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let Some(sheet) = book.sheet_names().into_iter().next() else { return Err(TableError::Xlsx("没有工作表".into())) };
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(failed)?;
    let (mut number, mut row) = (1, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(failed)? {
        let (at, column) = cell.get_position();
        let at = at as usize + 1;
        if at != number {
            rows.take(number, &row)?;
            row.clear();
        }
        if at < number {
            return Err(TableError::Xlsx(format!("第{at}行排在第{number}行之后")));
        }
        number = at;
        put(&mut row, number, column as usize, text(cell.get_value().clone().into()))?;
    }
    rows.take(number, &row)
}

fn put(row: &mut Vec<String>, number: usize, column: usize, text: String) -> Result<(), TableError> {
    if column >= MAX_COLUMNS {
        return if text.is_empty() { Ok(()) } else { Err(too_wide(number)) };
    }
    if row.len() <= column {
        row.resize(column + 1, String::new());
    }
    row[column] = text;
    Ok(())
}

fn failed(error: XlsxError) -> TableError {
    TableError::Xlsx(error.to_string())
}

/// Unpacks everything to nowhere: what a file says of its own size need not be true.
fn check_unpacked(bytes: &[u8], most: u64) -> Result<(), TableError> {
    if most == u64::MAX {
        return Ok(());
    }
    let broken = |error: &dyn std::error::Error| TableError::Xlsx(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = most;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|error| broken(&error))?;
        let unpacked = copy(&mut entry.take(left + 1), &mut sink()).map_err(|error| broken(&error))?;
        left = left.checked_sub(unpacked).ok_or(TableError::Unpacked(most >> 20))?;
    }
    Ok(())
}

fn text(cell: Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Float(number) => shown(number),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => if yes { "是" } else { "否" }.to_owned(),
        Data::DateTime(date) => serial_date(date.as_f64()),
        other => other.to_string(),
    }
}

/// A number with the 15 digits that spreadsheet programs show: 0.1 + 0.2 is 0.3 to everybody who looks at the cell.
fn shown(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    format!("{rounded}")
}

/// A spreadsheet's serial day as an ISO date; day 25,569 is 1970-01-01.
fn serial_date(serial: f64) -> String {
    let days = serial.floor() as i32 - 25_569;
    Date::from_days(days).map_or_else(|| format!("{serial}"), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use crate::{Limits, read_within};
    use std::io::{Cursor, Write as _};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/TYPE" Target="TARGET"/></Relationships>"#;
    const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="甲" sheetId="1" r:id="r1"/></sheets></workbook>"#;

    /// A workbook of one sheet with these rows of XML.
    fn book(rows: &str) -> Vec<u8> {
        let relations = |kind: &str, target: &str| RELATIONS.replace("TYPE", kind).replace("TARGET", target);
        let sheet = format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        );
        let parts = [
            ("[Content_Types].xml", TYPES.to_owned()),
            ("_rels/.rels", relations("officeDocument", "xl/workbook.xml")),
            ("xl/workbook.xml", BOOK.to_owned()),
            ("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")),
            ("xl/worksheets/sheet1.xml", sheet),
        ];
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn rows(bytes: &[u8], limits: Limits) -> Result<Vec<String>, String> {
        let mut all = Vec::new();
        read_within("a.xlsx", bytes, limits, &mut |number, cells| all.push(format!("{number}:{}", cells.join("|"))))
            .map_err(|error| error.to_string())?;
        Ok(all)
    }

    fn cell(place: &str, text: &str) -> String {
        format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    }

    #[test]
    fn a_sheet_is_read_row_by_row() {
        let head = format!(r#"<row r="1">{}{}</row>"#, cell("A1", "编号"), cell("C1", "金额"));
        let body = format!(r#"<row r="3">{}<c r="C3"><v>1.5</v></c></row>"#, cell("A3", " 甲 "));
        let read = rows(&book(&format!("{head}{body}")), Limits::MOST).unwrap();
        assert_eq!(read, ["1:编号||金额", "3:甲||1.5"]);
    }

    #[test]
    fn a_sheet_from_corner_to_corner_is_refused_and_not_laid_out() {
        let far = format!(r#"<row r="1">{}</row><row r="1048576">{}</row>"#, cell("A1", "甲"), cell("XFD1048576", "乙"));
        assert!(rows(&book(&far), Limits::MOST).unwrap_err().contains("列数超过256"));
    }

    #[test]
    fn what_unpacks_to_much_is_refused() {
        let wide = format!(r#"<row r="1">{}</row>{}"#, cell("A1", "甲"), " ".repeat(3 << 20));
        let limits = Limits { unpacked_bytes: 2 << 20, ..Limits::MOST };
        assert!(rows(&book(&wide), limits).unwrap_err().contains("展开后超过2兆字节"));
        assert!(rows(&book(&wide), Limits { unpacked_bytes: 4 << 20, ..Limits::MOST }).is_ok());
    }
}
