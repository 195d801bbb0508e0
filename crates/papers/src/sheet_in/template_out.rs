//! A template to download: heads with notes, drop-downs, cells that keep long digits, and a sheet that explains it all.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};
use standards::Date;
use standards::text::half_width;

use super::cell::{NEGOTIABLE, seats};
use super::{Column, Kind, Template};
use crate::sheet_out::{Cell, Looks, SHARE_FORMAT, SheetError, XLSX_MAX_ROWS, sheet_name, write};

/// Rows that drop-downs and formats are prepared for.
const ROWS: u32 = 100_000;
/// Characters of all options that a drop-down holds itself; more go to the sheet of words.
const LIST_MAX_CHARS: usize = 240;
/// The sheet of words that drop-downs take their options from.
const WORDS: &str = "字典";

/// The template as a workbook. The day is written into the file as the day it was made on.
///
/// # Errors
/// The writer refuses.
pub fn template(template: &Template, made_on: Date) -> Result<Vec<u8>, SheetError> {
    filled_template(template, std::iter::empty(), made_on)
}

/// The template with what is known filled in: somebody goes on from there, and it is taken in again as it is. Money is written
/// in yuan, so that such columns are [`super::Unit::Yuan`].
///
/// # Errors
/// As [`template`]; there are more rows than [`XLSX_MAX_ROWS`].
pub fn filled_template(template: &Template, rows: impl Iterator<Item = Vec<Cell>>, made_on: Date) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&moment(made_on)?));
    let words = Words::of(template);
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&template.label))?;
    for (at, column) in (0u16..).zip(&template.columns) {
        head(sheet, at, column)?;
        body(sheet, at, column, &words, 1)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    fill(sheet, rows)?;
    explained(book.add_worksheet(), template)?;
    words.write(&mut book)?;
    Ok(book.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, rows: impl Iterator<Item = Vec<Cell>>) -> Result<(), SheetError> {
    let looks = Looks::typed();
    for (at, cells) in rows.enumerate() {
        if at >= XLSX_MAX_ROWS {
            return Err(SheetError::TooLong);
        }
        let row = u32::try_from(at + 1).unwrap_or(u32::MAX);
        for (column, cell) in (0u16..).zip(&cells).filter(|(_, cell)| **cell != Cell::Empty) {
            write(sheet, row, column, cell, &looks)?;
        }
    }
    Ok(())
}

pub(super) fn moment(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |part: u32| u8::try_from(part).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), part(day.month()), part(day.day()))
}

fn head(sheet: &mut Worksheet, at: u16, column: &Column) -> Result<(), XlsxError> {
    let look = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter).set_border(FormatBorder::Thin);
    let look = look.set_background_color(if column.required { Color::RGB(0xFCE4D6) } else { Color::RGB(0xEDEDED) });
    sheet.write_string_with_format(0, at, column.full_head(), &look)?;
    beside(sheet, 0, at, column)
}

/// What stands beside the head of a column wherever it is: its width and what is said about it.
pub(super) fn beside(sheet: &mut Worksheet, row: u32, at: u16, column: &Column) -> Result<(), XlsxError> {
    sheet.set_column_width(at, width(column))?;
    sheet.insert_note(row, at, &Note::new(said(column)).add_author_prefix(false).set_author("填写说明"))?;
    Ok(())
}

fn width(column: &Column) -> f64 {
    let head = column.full_head().chars().count() as f64 * 2.1 + 2.0;
    let cells = match column.kind {
        Kind::CreditCode | Kind::Place => 24.0,
        Kind::Text { max_chars } if max_chars > 60 => 36.0,
        Kind::Several(_) => 36.0,
        _ => 14.0,
    };
    head.max(cells)
}

/// The cells of a column from a row on. Words are kept as they are typed, or long digits are lost; days are shown as days.
pub(super) fn body(sheet: &mut Worksheet, at: u16, column: &Column, words: &Words<'_>, first: u32) -> Result<(), XlsxError> {
    let look = match column.kind {
        Kind::Money(_) | Kind::Price(_) => Format::new().set_num_format("#,##0.00####"),
        Kind::Day { .. } => Format::new().set_num_format("yyyy-mm-dd"),
        Kind::Share => Format::new().set_num_format(SHARE_FORMAT),
        Kind::Count { .. } => Format::new().set_num_format("0"),
        _ => Format::new().set_num_format("@"),
    };
    sheet.set_column_format(at, &look)?;
    let list = match (words.place(column), &column.kind) {
        (Some((place, options)), _) => from_words(place, options),
        (None, Kind::Choice(choices) | Kind::Several(choices)) => {
            DataValidation::new().allow_list_strings(&choices.labels().collect::<Vec<_>>())?
        }
        _ => return Ok(()),
    };
    let list = list.set_error_title("请从列表中选择")?.set_error_message("请从下拉列表中选择，或者按列表中的名称填写。")?;
    // A list offers one name; more are typed beside it, which the program must not refuse.
    let list = list.show_error_message(!matches!(column.kind, Kind::Several(_)));
    sheet.add_data_validation(first, at, first + ROWS - 1, at, &list)?;
    Ok(())
}

fn from_words(place: usize, options: usize) -> DataValidation {
    let letters = crate::column_name(place);
    DataValidation::new().allow_list_formula(Formula::new(format!("={WORDS}!${letters}$2:${letters}${}", options + 1)))
}

fn options(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::Choice(choices) | Kind::Several(choices) => choices.labels().map(str::to_owned).collect(),
        Kind::Place => seats().map(full_name).collect(),
        _ => Vec::new(),
    }
}

/// A place after the one above it, so that no two are called the same.
fn full_name(place: &standards::division::Division) -> String {
    let above = place.parent.as_deref().and_then(standards::division::find);
    above.map_or(String::new(), |above| above.name.clone()) + &place.name
}

/// The columns whose options are too long for their own drop-downs.
pub(super) struct Words<'t>(Vec<(&'t Column, Vec<String>)>);

impl<'t> Words<'t> {
    pub(super) fn of(template: &'t Template) -> Self {
        let long = |column: &'t Column| {
            let options = options(&column.kind);
            let chars: usize = options.iter().map(|option| option.chars().count() + 1).sum();
            let divided = options.iter().any(|option| half_width(option).contains(','));
            (chars > LIST_MAX_CHARS || divided).then_some((column, options))
        };
        Self(template.columns.iter().filter_map(long).collect())
    }

    /// Where the options of a column stand, and how many there are.
    fn place(&self, column: &Column) -> Option<(usize, usize)> {
        let at = self.0.iter().position(|(of, _)| of.name == column.name)?;
        Some((at, self.0[at].1.len()))
    }

    /// The sheet of them, where there are any.
    pub(super) fn write(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let sheet = book.add_worksheet();
        sheet.set_name(WORDS)?.set_hidden(true);
        for (place, (column, options)) in (0u16..).zip(&self.0) {
            sheet.write_string(0, place, &column.head)?;
            for (row, option) in (1u32..).zip(options) {
                sheet.write_string(row, place, option)?;
            }
        }
        Ok(())
    }
}

pub(super) fn explained(sheet: &mut Worksheet, template: &Template) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name("填写说明")?;
    let mut row = 0;
    for note in &template.notes {
        sheet.write_string(row, 0, note)?;
        row += 1;
    }
    row += 1;
    for (at, head) in (0u16..).zip(["列名", "是否必填", "填写说明"]) {
        sheet.write_string_with_format(row, at, head, &bold)?;
    }
    for column in &template.columns {
        row += 1;
        sheet.write_string_with_format(row, 0, column.full_head(), &wrapped)?;
        sheet.write_string_with_format(row, 1, if column.required { "必填" } else { "选填" }, &wrapped)?;
        sheet.write_string_with_format(row, 2, said(column), &wrapped)?;
    }
    for (at, width) in (0u16..).zip([26.0, 10.0, 80.0]) {
        sheet.set_column_width(at, width)?;
    }
    Ok(())
}

/// What is said about a column: its note, and what its kind asks for.
fn said(column: &Column) -> String {
    let kind = match &column.kind {
        Kind::Text { max_chars } => format!("最多{max_chars}个字。"),
        Kind::CreditCode => "18位，按营业执照填写；单元格为文本格式。".to_owned(),
        Kind::Phone => "11位手机号，或者带区号的固定电话。".to_owned(),
        Kind::Place => "从下拉列表中选择旗县区。".to_owned(),
        Kind::Money(unit) => format!("只填数字时单位为{}；也可以写明单位，例如 12.5万元。", unit.label()),
        Kind::Day { .. } => "例如 2026-01-20。".to_owned(),
        Kind::Share => "写成百分数，例如 4.35%；单元格为百分比格式。".to_owned(),
        Kind::Count { .. } => "只填整数。".to_owned(),
        Kind::Price(unit) => format!("只填数字时单位为{}；也可以写明单位，例如 12.5万元；不定价的填“{NEGOTIABLE}”。", unit.label()),
        Kind::Choice(_) => "从下拉列表中选择。".to_owned(),
        Kind::Several(_) => "可以填多项，中间用顿号分开；名称与下拉列表一致。".to_owned(),
    };
    if column.note.is_empty() { kind } else { format!("{} {kind}", column.note) }
}
