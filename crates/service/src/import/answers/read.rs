//! A workbook of answers, read: each row found among the lines, each cell by how its line is answered.

use std::collections::BTreeMap;

use papers::sheet_in::{Reading, Row, Template, lined_columns, merged, read_columns, unit, without_bracket};
use papers::{Limits, column_name};
use records::Refusal;
use standards::text::{half_width, squash, suggest};

use super::ask::{Ask, Wrong};
use super::line::Line;
use crate::ServiceError;
use crate::import::entries::Problems;
use crate::import::{Counts, Preview, Table};

/// How large a workbook of answers may be: no form has thousands of lines.
pub(super) const LIMITS: Limits = Limits { file_bytes: 16 << 20, unpacked_bytes: 128 << 20, rows: 5_000 };

/// An answer of a workbook.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The row it stands in, from 1.
    pub(super) row: usize,
    /// Its line, by place.
    pub(super) line: usize,
    /// The column of the workbook it stands in.
    pub(super) column: String,
    /// The cell as it stands.
    pub(super) cell: String,
    /// What the form would keep.
    pub(super) text: String,
}

/// A workbook as it was read.
pub(super) struct Sheet {
    pub(super) template: Template,
    pub(super) reading: Reading,
    /// What it answers, by row.
    pub(super) told: Vec<Told>,
    pub(super) problems: Problems,
    /// Rows that answer something.
    pub(super) answered: usize,
}

impl Sheet {
    /// Something that is wrong with an answer.
    pub(super) fn wrong(&mut self, told: &Told, said: Wrong) {
        let problem = self.reading.problem(&self.template, told.row, &told.column, &told.cell, said);
        self.problems.add(problem);
    }

    /// What it would change; `passed` are rows that are not taken in, and why. Its other columns are nobody's concern.
    pub(super) fn preview(self, counts: Counts, passed: Vec<String>) -> Preview {
        Preview { unknown: passed, totals: Vec::new(), ..Preview::of(self.reading, self.problems, counts) }
    }
}

/// A row that has an answer, or a cell of one that is broken.
struct Raw {
    row: usize,
    key: String,
    part: String,
    question: String,
    cell: String,
    broken: Option<Wrong>,
}

/// Reads a workbook against the lines of a form.
///
/// # Errors
/// A refusal when the file is no workbook or beyond the limits.
pub(super) fn sheet(label: &str, lines: &[Line], table: &Table) -> Result<Sheet, ServiceError> {
    let (template, mut rows) = (lined_columns(label), Vec::new());
    let reading = read_columns(&table.name, &table.bytes, LIMITS, &template, &table.corrections, &mut |row| rows.extend(raw(&row)));
    let reading = reading.map_err(|error| ServiceError::from(Refusal::new(format!("{error}。"))))?;
    let answered = rows.len();
    let mut sheet = Sheet { template, reading, told: Vec::new(), problems: Problems::default(), answered };
    sheet.reading.problems.clone().into_iter().for_each(|problem| sheet.problems.add(problem));
    spread(&mut sheet, table);
    let (names, mut seen) = (Names::of(lines), BTreeMap::new());
    for row in &rows {
        match told(&names, lines, row, &mut seen) {
            Ok(told) => sheet.told.push(told),
            Err((column, said)) => {
                let text = if column == "question" { &row.question } else { &row.cell };
                let problem = sheet.reading.problem(&sheet.template, row.row, column, text, said);
                sheet.problems.add(problem);
            }
        }
    }
    Ok(sheet)
}

/// What is broken in another column than that of the answers is nobody's concern.
fn raw(row: &Row<'_>) -> Option<Raw> {
    let place = row.problem("answer", "", "").column;
    let broken = row.problems.iter().find(|problem| problem.column == place);
    let cell = row.raw("answer").to_owned();
    (!cell.is_empty()).then(|| Raw {
        row: row.number,
        key: row.raw("key").to_owned(),
        part: row.raw("part").to_owned(),
        question: row.raw("question").to_owned(),
        broken: broken.map(|problem| (problem.what.clone(), problem.remedy.clone())),
        cell,
    })
}

/// Cells merged over several rows keep one answer for all of them, which says nothing of the others.
fn spread(sheet: &mut Sheet, table: &Table) {
    let Some(place) = sheet.reading.places.get(3).copied().flatten() else { return };
    let counts = |row: &usize| *row > sheet.reading.head_row && !table.corrections.left_out.contains(row);
    let across = merged(&table.bytes, LIMITS).into_iter().filter(|(rows, column)| *column == place && counts(rows.start()));
    for (rows, _) in across.collect::<Vec<_>>() {
        let letter = column_name(place);
        let what = format!("{letter}{}至{letter}{}合并成了一个单元格，分不清是哪一题的内容", rows.start(), rows.end());
        let said = (what, "请取消合并单元格，再逐行填写".to_owned());
        let problem = sheet.reading.problem(&sheet.template, *rows.start(), "answer", "", said);
        sheet.problems.add(problem);
    }
}

/// Where the lines are found by their names.
struct Names {
    keys: BTreeMap<String, usize>,
    /// By part and question, by question alone; none where several are called the same.
    whole: BTreeMap<(String, String), Option<usize>>,
    alone: BTreeMap<String, Option<usize>>,
    questions: Vec<String>,
}

impl Names {
    fn of(lines: &[Line]) -> Self {
        let mut names = Self { keys: BTreeMap::new(), whole: BTreeMap::new(), alone: BTreeMap::new(), questions: Vec::new() };
        for (at, line) in lines.iter().enumerate() {
            names.keys.insert(line.key(), at);
            names.questions.push(line.question.clone());
            let part = squash(&line.part);
            for name in spellings(&line.question) {
                enter(&mut names.whole, (part.clone(), name.clone()), at);
                enter(&mut names.alone, name, at);
            }
        }
        names
    }

    /// By part and question; by the question alone where no other is called so.
    fn named(&self, part: &str, question: &str) -> Option<usize> {
        let part = squash(part);
        let names = spellings(question);
        let whole = names.iter().find_map(|name| self.whole.get(&(part.clone(), name.clone())).copied().flatten());
        whole.or_else(|| names.iter().find_map(|name| self.alone.get(name).copied().flatten()))
    }
}

fn enter<K: Ord>(names: &mut BTreeMap<K, Option<usize>>, name: K, at: usize) {
    let found = names.entry(name).or_insert(Some(at));
    if *found != Some(at) {
        *found = None;
    }
}

/// A question as it is compared: with what stands in brackets at its end, its unit, and without.
fn spellings(question: &str) -> Vec<String> {
    let mut all = vec![squash(question), squash(&without_bracket(question))];
    all.dedup();
    all.retain(|name| !name.is_empty());
    all
}

fn told(names: &Names, lines: &[Line], row: &Raw, seen: &mut BTreeMap<usize, usize>) -> Result<Told, (&'static str, Wrong)> {
    let at = found(names, row)?;
    let line = &lines[at];
    if let Some(first) = seen.insert(at, row.row) {
        let what = format!("“{}”在第{first}行已经填写", line.question);
        return Err(("answer", (what, "同一题只能填写一行，请删除其中一行".to_owned())));
    }
    let text = match &row.broken {
        Some((what, remedy)) => Err((what.clone(), remedy.clone())),
        None => line.ask.read(&with_unit_of(line, &row.question, &row.cell)),
    };
    let text = text.map_err(|(what, remedy)| ("answer", (about(line, &what), remedy)))?;
    Ok(Told { row: row.row, line: at, column: "answer".to_owned(), cell: row.cell.clone(), text })
}

/// What is wrong, with the question that it is wrong with.
pub(super) fn about(line: &Line, what: &str) -> String {
    let label = without_bracket(&line.question);
    let label = label.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ' ')).trim();
    if what.contains(label) { what.to_owned() } else { format!("“{}”：{what}", line.question) }
}

fn found(names: &Names, row: &Raw) -> Result<usize, (&'static str, Wrong)> {
    let (keyed, named) = (names.keys.get(&row.key).copied(), names.named(&row.part, &row.question));
    match (keyed, named) {
        (Some(keyed), Some(named)) if keyed != named => {
            let what = "本行的题目和隐藏的编号不是同一题".to_owned();
            Err(("question", (what, "可能只移动了部分列。请重新下载填报表，或者清空本行的编号后按题目填写".to_owned())))
        }
        (Some(at), _) | (None, Some(at)) => Ok(at),
        (None, None) => {
            let near = suggest(&row.question, names.questions.iter().map(String::as_str));
            let what = if row.question.is_empty() {
                "没有写明是哪一题".to_owned()
            } else {
                format!("本表没有“{}”这一题，或者有几题同名", cut(&row.question))
            };
            let remedy = match near {
                Some(near) => format!("是否应为“{near}”？请改为填报表中的题目"),
                None => "请写明部分和题目，或者重新下载填报表填写；不需要导入的行请清空“填写”一列".to_owned(),
            };
            Err(("question", (what, remedy)))
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(30).collect()
}

/// Where somebody wrote another unit behind the question, a bare amount stands in that one.
pub(super) fn with_unit_of(line: &Line, question: &str, cell: &str) -> String {
    let Ask::Figure(Some(own)) = line.ask else { return cell.to_owned() };
    let bare = half_width(cell).trim_end().ends_with(|last: char| last.is_ascii_digit());
    match unit(question).filter(|written| bare && *written != own) {
        Some(written) => format!("{cell}{}", written.label()),
        None => cell.to_owned(),
    }
}
