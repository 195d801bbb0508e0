//! A questionnaire as a workbook: a line a question, one column to fill in, a drop-down wherever there is something to choose.
//!
//! The columns are those of [`lined_columns`], so that what goes out is read by the same description. The last column holds the
//! key of each line and is hidden; a line is found without it by its part and its question.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};
use standards::Date;
use standards::text::half_width;

use super::template_out::moment;
use super::{Column, Kind, Template};
use crate::sheet_out::{SheetError, sheet_name};

/// A questionnaire.
#[derive(Clone, Debug)]
pub struct Lined {
    /// Above it.
    pub title: String,
    /// The name of its sheet; what no sheet may be called by is left out, and it is cut to 31 characters.
    pub label: String,
    /// What is said about it as a whole, a sentence each; the first stands below the title.
    pub notes: Vec<String>,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line.
#[derive(Clone, Debug)]
pub struct Line {
    /// By what it is found again.
    pub key: String,
    /// The part it stands in.
    pub part: String,
    /// The question, with the unit of its answer.
    pub question: String,
    /// What is said about it.
    pub about: String,
    /// What may be chosen; empty where something is typed.
    pub options: Vec<String>,
    /// How an answer is kept in the cell.
    pub look: LineLook,
    /// Whether it must be answered in the end.
    pub required: bool,
    /// What was answered.
    pub answer: String,
}

/// How an answer is kept in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineLook {
    /// As the words that were typed: codes, telephones and shares keep their digits and signs.
    Words,
    /// A figure, or a formula that gives one.
    Figure,
    /// A day.
    Day,
}

/// Characters of a cell at most: those of a workbook.
const CELL_MAX_CHARS: usize = 32_767;
/// The row of the heads, from 0: title and note stand above it.
const HEAD_ROW: u32 = 2;
/// How wide the columns are, in Latin characters.
pub(super) const WIDTHS: [u32; 6] = [6, 18, 46, 30, 60, 12];
/// A line of a row, in points; and what no row exceeds.
const LINE_POINTS: u32 = 15;
const ROW_MAX_POINTS: u32 = 405;
/// Characters of a drop-down's options that it holds itself.
const LIST_MAX_CHARS: usize = 240;
/// Characters of a message beside a cell.
const NOTE_MAX_CHARS: usize = 1_000;
/// The sheet of words that drop-downs take their options from.
const WORDS: &str = "字典";
/// The column that is filled in.
pub(super) const ANSWER: u16 = 3;
/// The column of the keys.
pub(super) const KEY: u16 = 5;

/// The columns of every questionnaire: `number`, `part`, `question`, `answer`, `about`, `key`.
pub fn lined_columns(label: &str) -> Template {
    let column = |name: &str, head: &str, also: &[&str]| Column::new(name, head, Kind::Text { max_chars: CELL_MAX_CHARS }).also(also);
    let columns = vec![
        column("number", "序号", &[]),
        column("part", "部分", &["所属部分", "分类"]),
        column("question", "题目", &["填报项目", "填写项目"]).expected(),
        column("answer", "填写", &["填写内容", "填报内容", "答案"]).expected(),
        column("about", "说明", &["填写说明", "备注"]),
        column("key", "编号", &["填报编号"]),
    ];
    Template { label: label.to_owned(), columns, notes: Vec::new() }
}

/// The questionnaire as a workbook. The day is written into the file as the day it was made on.
///
/// # Errors
/// The writer refuses.
pub fn lined(lined: &Lined, made_on: Date) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&moment(made_on)?));
    let words = Words::of(&lined.lines);
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&lined.label))?;
    above(sheet, lined)?;
    heads(sheet)?;
    for (at, line) in (0u32..).zip(&lined.lines) {
        body(sheet, at, line)?;
        if let Some(list) = words.list(line)? {
            sheet.add_data_validation(HEAD_ROW + 1 + at, ANSWER, HEAD_ROW + 1 + at, ANSWER, &list)?;
        }
    }
    page(sheet)?;
    said(book.add_worksheet(), &lined.notes)?;
    words.write(&mut book)?;
    Ok(book.save_to_buffer()?)
}

fn above(sheet: &mut Worksheet, lined: &Lined) -> Result<(), XlsxError> {
    let note = lined.notes.first().map_or("", String::as_str);
    sheet.write_string_with_format(0, 0, &lined.title, &Format::new().set_bold().set_font_size(14.0))?;
    sheet.write_string_with_format(1, 0, note, &Format::new().set_font_color(Color::RGB(0x595959)))?;
    Ok(())
}

fn heads(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let look = Format::new().set_bold().set_border(FormatBorder::Thin).set_background_color(Color::RGB(0xEDEDED));
    for ((at, column), width) in (0u16..).zip(&lined_columns("").columns).zip(WIDTHS.map(f64::from)) {
        sheet.write_string_with_format(HEAD_ROW, at, &column.head, &look)?;
        sheet.set_column_width(at, width)?;
    }
    sheet.set_column_hidden(KEY)?;
    sheet.set_freeze_panes(HEAD_ROW + 1, 0)?;
    Ok(())
}

fn body(sheet: &mut Worksheet, at: u32, line: &Line) -> Result<(), XlsxError> {
    let row = HEAD_ROW + 1 + at;
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let quiet = plain.clone().set_font_color(Color::RGB(0x595959)).set_num_format("@");
    sheet.write_number_with_format(row, 0, f64::from(at + 1), &plain)?;
    for (column, text, look) in [(1, &line.part, &plain), (2, &line.question, &plain), (4, &line.about, &quiet), (5, &line.key, &quiet)] {
        sheet.write_string_with_format(row, column, text, look)?;
    }
    sheet.set_row_height(row, f64::from(height(line)))?;
    answer(sheet, row, line, &plain)?;
    if !line.about.is_empty() {
        let said: String = line.about.chars().take(NOTE_MAX_CHARS).collect();
        sheet.insert_note(row, ANSWER, &Note::new(said).add_author_prefix(false).set_author("填写说明"))?;
    }
    Ok(())
}

/// As high as its longest cell: not every program makes room for wrapped lines by itself.
fn height(line: &Line) -> u32 {
    let wide = |text: &str| text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum::<u32>();
    let lines = |text: &str, column: usize| text.lines().map(|line| wide(line).div_ceil(WIDTHS[column] - 2).max(1)).sum::<u32>();
    let most = [lines(&line.part, 1), lines(&line.question, 2), lines(&line.answer, 3), lines(&line.about, 4)].into_iter().max();
    (most.unwrap_or(1).max(1) * LINE_POINTS + 3).min(ROW_MAX_POINTS)
}

fn answer(sheet: &mut Worksheet, row: u32, line: &Line, plain: &Format) -> Result<(), XlsxError> {
    let colour = Color::RGB(if line.required { 0xFFF2CC } else { 0xFFFBEF });
    let own = plain.clone().set_background_color(colour);
    let (own, day) = match line.look {
        LineLook::Words => (own.set_num_format("@"), None),
        LineLook::Figure => (own, None),
        LineLook::Day => (own.set_num_format("yyyy-mm-dd"), Date::parse(&line.answer).ok()),
    };
    match (day, figure(line)) {
        _ if line.answer.is_empty() => drop(sheet.write_blank(row, ANSWER, &own)?),
        (Some(day), _) => drop(sheet.write_datetime_with_format(row, ANSWER, moment(day)?, &own)?),
        (_, Some(figure)) => drop(sheet.write_number_with_format(row, ANSWER, figure, &own)?),
        _ => drop(sheet.write_string_with_format(row, ANSWER, &line.answer, &own)?),
    }
    Ok(())
}

/// A figure that is read back as it was typed; any other stays the words it was typed as.
fn figure(line: &Line) -> Option<f64> {
    let figure = line.answer.parse::<f64>().ok().filter(|_| line.look == LineLook::Figure && line.answer.len() <= 15)?;
    (format!("{figure}") == line.answer).then_some(figure)
}

/// On paper: as wide as a sheet, the heads on every page.
fn page(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    Ok(())
}

pub(super) fn said(sheet: &mut Worksheet, notes: &[String]) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name("填写说明")?;
    sheet.set_column_width(0, 100.0)?;
    for (row, note) in (0u32..).zip(notes) {
        sheet.write_string_with_format(row, 0, note, &wrapped)?;
    }
    Ok(())
}

/// Lists of options that are too long for their own drop-downs; each stands once, however many lines choose from it.
pub(super) struct Words<'l> {
    lists: Vec<&'l [String]>,
}

impl<'l> Words<'l> {
    pub(super) fn of(lines: &'l [Line]) -> Self {
        let mut lists: Vec<&[String]> = Vec::new();
        for line in lines.iter().filter(|line| is_long(&line.options)) {
            if !lists.contains(&line.options.as_slice()) {
                lists.push(&line.options);
            }
        }
        Self { lists }
    }

    pub(super) fn list(&self, line: &Line) -> Result<Option<DataValidation>, XlsxError> {
        let list = match (self.lists.iter().position(|list| *list == line.options), line.options.as_slice()) {
            (_, []) => return Ok(None),
            (Some(place), options) => {
                let letters = crate::column_name(place);
                let range = format!("={WORDS}!${letters}$1:${letters}${}", options.len());
                DataValidation::new().allow_list_formula(Formula::new(range))
            }
            (None, options) => DataValidation::new().allow_list_strings(options)?,
        };
        let list = list.set_error_title("请从列表中选择")?.set_error_message("请从下拉列表中选择，或者按列表中的名称填写。")?;
        Ok(Some(list))
    }

    pub(super) fn write(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        if self.lists.is_empty() {
            return Ok(());
        }
        let sheet = book.add_worksheet();
        sheet.set_name(WORDS)?.set_hidden(true);
        for (column, list) in (0u16..).zip(&self.lists) {
            for (row, option) in (0u32..).zip(*list) {
                sheet.write_string(row, column, option)?;
            }
        }
        Ok(())
    }
}

fn is_long(options: &[String]) -> bool {
    let chars: usize = options.iter().map(|option| option.chars().count() + 1).sum();
    chars > LIST_MAX_CHARS || options.iter().any(|option| half_width(option).contains(','))
}
