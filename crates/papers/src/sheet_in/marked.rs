//! What was sent, with its problems marked: the same rows at the same places, each problem coloured and noted, rows that are left out
//! struck through, and a sheet that lists both. Beside that it has what its template has, so that it can be put right as easily as it would have been filled in.

use rust_xlsxwriter::{Color, DocProperties, Format, Note, Workbook, Worksheet, XlsxError};
use standards::Date;

use super::head::ROWS_ABOVE;
use super::template_out::moment;
use super::{Corrections, Dress, LeftOut, Problem};
use crate::sheet_out::{SheetError, XLSX_MAX_ROWS};
use crate::table::{Limits, TableError, read_within};

/// Why there is no marked copy.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// What was sent cannot be read.
    #[error(transparent)]
    Read(#[from] TableError),
    /// It has more rows than a copy takes.
    #[error("表格超过{XLSX_MAX_ROWS}行，不能生成标注后的表格，请按列出的单元格在原文件中修改")]
    TooLong,
    /// The copy cannot be written.
    #[error(transparent)]
    Write(#[from] SheetError),
}

impl From<XlsxError> for MarkError {
    fn from(error: XlsxError) -> Self {
        Self::Write(error.into())
    }
}

/// What is said of a row that is left out: the copy keeps it, so that nothing of what was sent is lost.
const LEFT_OUT: &str = "本行已在网页上标为不导入";
const LEFT_OUT_REMEDY: &str = "改用这份表格重新上传时，请删除本行，或者在网页上重新标为不导入";

/// The copy as a workbook, with the cells as corrected so far and dressed as its template. It is made in memory and takes [`XLSX_MAX_ROWS`].
///
/// # Errors
/// The file cannot be read, or has more rows.
pub fn marked_copy(
    name: &str,
    bytes: &[u8],
    limits: Limits,
    corrections: &Corrections,
    problems: &[Problem],
    dress: &Dress,
    made_on: Date,
) -> Result<Vec<u8>, MarkError> {
    let measured = dress.measured((name, bytes, limits), corrections)?;
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&moment(made_on)?));
    copied(book.add_worksheet(), (name, bytes, limits), corrections)?;
    let left_out = &measured.reading.left_out;
    listed(book.add_worksheet(), problems, left_out)?;
    let sheet = book.worksheet_from_index(0)?;
    dress.put_on(sheet, &measured)?;
    for problem in problems {
        mark(sheet, problem)?;
    }
    for row in left_out {
        note(sheet, place(row.row, 0), &format!("{LEFT_OUT}。{LEFT_OUT_REMEDY}。"))?;
    }
    dress.more(&mut book)?;
    Ok(book.save_to_buffer().map_err(SheetError::from)?)
}

fn copied(sheet: &mut Worksheet, file: (&str, &[u8], Limits), corrections: &Corrections) -> Result<(), MarkError> {
    let (text, struck) = (Format::new().set_num_format("@"), Format::new().set_num_format("@").set_font_strikethrough());
    let look = |number: usize| if corrections.left_out.contains(&number) { &struck } else { &text };
    let mut failed = Ok(());
    read_within(file.0, file.1, file.2, &mut |number, cells| {
        for (column, cell) in cells.iter().enumerate() {
            let cell = corrections.cells.get(&(number, column)).unwrap_or(cell);
            if failed.is_ok() && !cell.is_empty() {
                failed = put(sheet, number, column, cell, look(number));
            }
        }
    })?;
    let new = corrections.cells.iter().filter(|(_, text)| !text.is_empty());
    for ((row, column), cell) in new {
        put(sheet, *row, *column, cell, look(*row))?;
    }
    failed
}

/// Every cell as the words it was read as, so that nothing is taken for something else on the way back.
fn put(sheet: &mut Worksheet, number: usize, column: usize, text: &str, look: &Format) -> Result<(), MarkError> {
    if number > XLSX_MAX_ROWS + ROWS_ABOVE {
        return Err(MarkError::TooLong);
    }
    let (row, column) = place(number, column);
    sheet.write_string_with_format(row, column, text, look)?;
    Ok(())
}

fn place(number: usize, column: usize) -> (u32, u16) {
    (u32::try_from(number.saturating_sub(1)).unwrap_or(u32::MAX), u16::try_from(column).unwrap_or(u16::MAX))
}

fn mark(sheet: &mut Worksheet, problem: &Problem) -> Result<(), MarkError> {
    let look = Format::new().set_num_format("@").set_background_color(Color::RGB(0xFFC7CE)).set_font_color(Color::RGB(0x9C0006));
    let (row, column) = place(problem.row, problem.column);
    sheet.write_string_with_format(row, column, &problem.text, &look)?;
    note(sheet, (row, column), &format!("{}。{}。", problem.what, problem.remedy))
}

fn note(sheet: &mut Worksheet, at: (u32, u16), text: &str) -> Result<(), MarkError> {
    sheet.insert_note(at.0, at.1, &Note::new(text).add_author_prefix(false).set_author("检查结果"))?;
    Ok(())
}

fn listed(sheet: &mut Worksheet, problems: &[Problem], left_out: &[LeftOut]) -> Result<(), MarkError> {
    let bold = Format::new().set_bold();
    sheet.set_name("问题")?;
    for (at, (head, width)) in (0u16..).zip([("单元格", 10.0), ("列名", 20.0), ("现有内容", 24.0), ("问题", 44.0), ("怎么改", 60.0)])
    {
        sheet.write_string_with_format(0, at, head, &bold)?;
        sheet.set_column_width(at, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let wrong = problems.iter().map(|one| [one.cell(), one.head.clone(), one.text.clone(), one.what.clone(), one.remedy.clone()]);
    let left = |one: &LeftOut| [format!("第{}行", one.row), String::new(), one.words.clone(), LEFT_OUT.into(), LEFT_OUT_REMEDY.into()];
    for (row, cells) in (1u32..).zip(wrong.chain(left_out.iter().map(left))) {
        for (at, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, at, cell)?;
        }
    }
    Ok(())
}
