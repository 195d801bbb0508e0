//! Official tables: a title, what is stamped and in which unit, heads in one or two rows, cells that continue the one above,
//! notes; for print on one page's width.

use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use standards::Date;

use super::xlsx_out::{A4, Looks, PAGE_NUMBER, day, write};
use super::{Cell, SheetError, XLSX_MAX_ROWS, sheet_name};

/// A table as an authority prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficialTable {
    /// The name of the sheet; no two of a workbook have the same.
    pub name: String,
    /// The title.
    pub title: String,
    /// What stands above the title at the left (附件号).
    pub annex: Option<String>,
    /// Whether it is printed on its side.
    pub landscape: bool,
    /// A line below the title.
    pub under: Option<String>,
    /// What stands above the table on the left.
    pub left: Option<String>,
    /// What stands above it on the right.
    pub right: Option<String>,
    /// Its columns.
    pub heads: Vec<OfficialHead>,
    /// Its lines; nothing continues the cell above.
    pub lines: Vec<Vec<Option<Cell>>>,
    /// Notes below it.
    pub notes: Vec<String>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialHead {
    /// As printed.
    pub head: String,
    /// The head above it and its neighbours, where heads stand in two rows.
    pub group: Option<String>,
    /// How wide it is, in Latin characters.
    pub width_chars: u16,
}

/// Tables as a workbook, a sheet each. The day is written into the file as the day it was made on.
///
/// # Errors
/// There are more lines than [`XLSX_MAX_ROWS`], or no columns.
pub fn official_xlsx(tables: &[OfficialTable], made_on: Date) -> Result<Vec<u8>, SheetError> {
    if tables.iter().map(|table| table.lines.len()).sum::<usize>() > XLSX_MAX_ROWS {
        return Err(SheetError::TooLong);
    }
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&day(made_on)?));
    for table in tables {
        one(book.add_worksheet(), table)?;
    }
    Ok(book.save_to_buffer()?)
}

fn one(sheet: &mut Worksheet, table: &OfficialTable) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(&table.name))?;
    let last = u16::try_from(table.heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let above = above(sheet, table, last)?;
    let heads = heads(sheet, table, above)?;
    sheet.set_freeze_panes(heads, 0)?.set_repeat_rows(above, heads - 1)?;
    let end = lines(sheet, table, heads)?;
    notes(sheet, table, end, last)?;
    sheet.set_print_fit_to_pages(1, 0).set_paper_size(A4).set_footer(PAGE_NUMBER);
    if table.landscape {
        sheet.set_landscape();
    }
    Ok(())
}

fn plain() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

fn boxed() -> Format {
    plain().set_border(FormatBorder::Thin)
}

/// Title, line below it, what stands above the table; answers the row after them.
fn above(sheet: &mut Worksheet, table: &OfficialTable, last: u16) -> Result<u32, XlsxError> {
    let centred = plain().set_align(FormatAlign::Center);
    let mut row = 0;
    if let Some(annex) = &table.annex {
        across(sheet, row, (0, last), annex, &plain())?;
        row += 1;
    }
    across(sheet, row, (0, last), &table.title, &centred.clone().set_bold().set_font_size(16))?;
    row += 1;
    if let Some(under) = &table.under {
        across(sheet, row, (0, last), under, &centred)?;
        row += 1;
    }
    if table.left.is_some() || table.right.is_some() {
        let middle = last / 2;
        across(sheet, row, (0, middle), table.left.as_deref().unwrap_or_default(), &plain())?;
        if last > middle {
            let right = plain().set_align(FormatAlign::Right);
            across(sheet, row, (middle + 1, last), table.right.as_deref().unwrap_or_default(), &right)?;
        }
        row += 1;
    }
    Ok(row)
}

/// A text across columns; one cell alone cannot be merged.
fn across(sheet: &mut Worksheet, row: u32, (first, last): (u16, u16), text: &str, look: &Format) -> Result<(), XlsxError> {
    if first < last {
        sheet.merge_range(row, first, row, last, text, look)?;
    } else {
        sheet.write_string_with_format(row, first, text, look)?;
    }
    Ok(())
}

/// The heads; answers the row after them.
fn heads(sheet: &mut Worksheet, table: &OfficialTable, row: u32) -> Result<u32, XlsxError> {
    let look = boxed().set_bold().set_align(FormatAlign::Center);
    let two = table.heads.iter().any(|head| head.group.is_some());
    let mut at: u16 = 0;
    while let Some(head) = table.heads.get(usize::from(at)) {
        let rest = &table.heads[usize::from(at)..];
        let same = rest.iter().take_while(|next| head.group.is_some() && next.group == head.group).count().max(1);
        let next = at.saturating_add(u16::try_from(same).unwrap_or(1));
        match &head.group {
            Some(group) => {
                across(sheet, row, (at, next - 1), group, &look)?;
                for (column, head) in (at..next).zip(rest) {
                    sheet.write_string_with_format(row + 1, column, &head.head, &look)?;
                }
            }
            None if two => drop(sheet.merge_range(row, at, row + 1, at, &head.head, &look)?),
            None => drop(sheet.write_string_with_format(row, at, &head.head, &look)?),
        }
        at = next;
    }
    for (at, head) in (0u16..).zip(&table.heads) {
        sheet.set_column_width(at, f64::from(head.width_chars))?;
    }
    Ok(row + if two { 2 } else { 1 })
}

/// The lines; answers the row after them.
fn lines(sheet: &mut Worksheet, table: &OfficialTable, first: u32) -> Result<u32, XlsxError> {
    let of = |format: &str| boxed().set_num_format(format);
    let looks = Looks { text: boxed(), money: of("#,##0.00"), day: of("yyyy-mm-dd"), share: of(super::SHARE_FORMAT) };
    for (column, _) in (0u16..).zip(&table.heads) {
        for (at, row) in table.lines.iter().zip(first..).map(|(line, row)| (line.get(usize::from(column)), row)) {
            let Some(Some(cell)) = at else { continue };
            let below = table.lines.iter().skip((row - first) as usize + 1);
            let more = below.take_while(|line| matches!(line.get(usize::from(column)), Some(None))).count();
            let last = row + u32::try_from(more).unwrap_or(0);
            if last > row {
                sheet.merge_range(row, column, last, column, "", &looks.text)?;
            }
            write(sheet, row, column, cell, &looks)?;
        }
    }
    Ok(first + u32::try_from(table.lines.len()).unwrap_or(0))
}

fn notes(sheet: &mut Worksheet, table: &OfficialTable, first: u32, last: u16) -> Result<(), XlsxError> {
    let width: u32 = table.heads.iter().map(|head| u32::from(head.width_chars)).sum();
    for (row, note) in (first..).zip(&table.notes) {
        across(sheet, row, (0, last), note, &plain())?;
        let rows = (u32::try_from(note.chars().count()).unwrap_or(0) * 2).div_ceil(width.max(1));
        sheet.set_row_height(row, f64::from(rows.max(1)) * 16.0)?;
    }
    Ok(())
}
