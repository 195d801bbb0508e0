//! XLSX.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use standards::Date;

use super::{Cell, Column, SheetError, XLSX_MAX_ROWS, sheet_name};

/// How shares are shown: two decimals, and as many more as there are.
pub(crate) const SHARE_FORMAT: &str = "0.00####%";
/// Digits that a figure of a workbook keeps.
const KEPT_DIGITS: usize = 15;
/// A4, as spreadsheet programs number it.
pub(super) const A4: u8 = 9;
/// The number of the page and of all pages, in the middle.
pub(super) const PAGE_NUMBER: &str = "&C第 &P 页，共 &N 页";

/// How cells are shown.
pub(crate) struct Looks {
    pub(super) text: Format,
    pub(super) money: Format,
    pub(super) day: Format,
    pub(super) share: Format,
}

impl Looks {
    /// As in a list that is read.
    fn listed() -> Self {
        let of = |format: &str| Format::new().set_num_format(format);
        Self { text: Format::new(), money: of("#,##0.00"), day: of("yyyy-mm-dd"), share: of(SHARE_FORMAT) }
    }

    /// As in a table that somebody types into: words stay words, or long digits are lost.
    pub(crate) fn typed() -> Self {
        Self { text: Format::new().set_num_format("@"), ..Self::listed() }
    }
}

/// A workbook of one sheet. The day is written into the file as the day it was made on.
///
/// # Errors
/// There are more rows than [`XLSX_MAX_ROWS`].
pub fn xlsx(name: &str, columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>, made_on: Date) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&day(made_on)?));
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(name))?;
    head(sheet, columns)?;
    let looks = Looks::listed();
    let mut last = 0;
    for (at, cells) in rows.enumerate() {
        if at >= XLSX_MAX_ROWS {
            return Err(SheetError::TooLong);
        }
        last = u32::try_from(at + 1).unwrap_or(u32::MAX);
        for (column, cell) in (0u16..).zip(&cells) {
            write(sheet, last, column, cell, &looks)?;
        }
    }
    sheet.autofilter(0, 0, last, last_column(columns))?;
    for_print(sheet)?;
    Ok(book.save_to_buffer()?)
}

/// On its side, as wide as the page, the heads on every page and its number.
fn for_print(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_repeat_rows(0, 0)?.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_footer(PAGE_NUMBER);
    Ok(())
}

fn last_column(columns: &[Column]) -> u16 {
    u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0)
}

/// Stays in sight while one scrolls.
fn head(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    for (at, column) in (0u16..).zip(columns) {
        sheet.write_string_with_format(0, at, &column.head, &bold)?;
        sheet.set_column_width(at, f64::from(column.width_chars))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

pub(crate) fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => drop(sheet.write_blank(row, column, &looks.text)?),
        Cell::Text(text) => drop(sheet.write_string_with_format(row, column, text, &looks.text)?),
        Cell::Count(count) => drop(sheet.write_number_with_format(row, column, *count as f64, &looks.text)?),
        Cell::Figure(digits) => match digits.parse::<f64>() {
            Ok(number) => drop(sheet.write_number_with_format(row, column, number, &looks.text)?),
            Err(_) => drop(sheet.write_string_with_format(row, column, digits, &looks.text)?),
        },
        Cell::Share(hundredths) => match share(hundredths) {
            Some(share) => drop(sheet.write_number_with_format(row, column, share, &looks.share)?),
            None => drop(sheet.write_string_with_format(row, column, format!("{hundredths}%"), &looks.text)?),
        },
        Cell::Money { fen } => drop(sheet.write_number_with_format(row, column, *fen as f64 / 100.0, &looks.money)?),
        Cell::Day(on) => drop(sheet.write_datetime_with_format(row, column, day(*on)?, &looks.day)?),
    }
    Ok(())
}

/// A share as the figure of its cell; none where it would not be read back as it is.
fn share(hundredths: &str) -> Option<f64> {
    let digits = hundredths.bytes().filter(u8::is_ascii_digit).count();
    hundredths.parse::<f64>().ok().filter(|figure| digits <= KEPT_DIGITS && figure.is_finite()).map(|figure| figure / 100.0)
}

pub(super) fn day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or(1900);
    let part = |part: u32| u8::try_from(part).unwrap_or(1);
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))
}
