//! What a workbook of many files says, file by file.

use std::collections::BTreeMap;

use papers::sheet_in::{Reading, Row, read_columns};
use records::access::Acting;
use records::application::Application;
use records::{Noun as _, Refusal};
use standards::text::squash;
use store::{Draft, InboxItem};

use super::ManyOf;
use super::files::{Files, NAME, NUMBER};
use crate::ServiceError;
use crate::desk::Desk;
use crate::import::answers::apply::{Applied, apply};
use crate::import::answers::ask::Wrong;
use crate::import::answers::line::Line;
use crate::import::answers::place::Place;
use crate::import::answers::read::{LIMITS, Sheet, Told, about, with_unit_of};
use crate::import::entries::Problems;
use crate::import::{Counts, Table};

/// A cell of a line: as it stands, and what is broken about it.
struct CellAt {
    line: usize,
    text: String,
    broken: Option<Wrong>,
}

/// A row of the workbook.
struct FileRow {
    row: usize,
    number: String,
    name: String,
    cells: Vec<CellAt>,
}

fn row(lines: &[Line], row: &Row<'_>) -> FileRow {
    let cell = |(at, line): (usize, &Line)| {
        let (key, text) = (line.key(), row.raw(&line.key()));
        let place = row.problem(&key, "", "").column;
        let broken = row.problems.iter().find(|problem| problem.column == place && !text.is_empty());
        let broken = broken.map(|problem| (problem.what.clone(), problem.remedy.clone()));
        (!text.is_empty()).then(|| CellAt { line: at, text: text.to_owned(), broken })
    };
    let cells = lines.iter().enumerate().filter_map(cell).collect();
    FileRow { row: row.number, number: row.raw(NUMBER).to_owned(), name: row.raw(NAME).to_owned(), cells }
}

/// What a workbook makes of the drafts.
pub(super) struct Many {
    pub(super) sheet: Sheet,
    pub(super) counts: Counts,
    pub(super) passed: Vec<String>,
    pub(super) drafts: Vec<Draft>,
}

pub(super) async fn read(desk: &Desk<'_>, acting: &Acting, of: &ManyOf, table: &Table) -> Result<Many, ServiceError> {
    let (files, _) = of.files(desk, acting).await?;
    let work = of.work(desk)?;
    let mut rows = Vec::new();
    let reading = read_columns(&table.name, &table.bytes, LIMITS, &files.template, &table.corrections, &mut |one| {
        let one = row(&files.lines, &one);
        if !one.number.is_empty() || !one.cells.is_empty() {
            rows.push(one);
        }
    });
    let reading: Reading = reading.map_err(|error| ServiceError::from(Refusal::new(format!("{error}。"))))?;
    let sheet = Sheet { template: files.template.clone(), reading, told: Vec::new(), problems: Problems::default(), answered: 0 };
    let mut many = Many { sheet, counts: Counts { rows: rows.len(), ..Counts::default() }, passed: Vec::new(), drafts: Vec::new() };
    many.sheet.reading.problems.clone().into_iter().for_each(|problem| many.sheet.problems.add(problem));
    many.passed.clone_from(&many.sheet.reading.unknown);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for one in rows {
        let Some(item) = many.item(&files, &one, &mut seen) else { continue };
        let place = Place::load(desk, acting, &of.of(&item.task.application, work), true).await?;
        many.file(desk, acting, &place, &files.lines, &one)?;
    }
    Ok(many)
}

impl Many {
    /// The file of a row, once.
    fn item<'f>(&mut self, files: &'f Files, row: &FileRow, seen: &mut BTreeMap<String, usize>) -> Option<&'f InboxItem> {
        let found = files.items.iter().find(|item| squash(&item.application.number) == squash(&row.number));
        let said = match found {
            None => (NUMBER, &row.number, "没有这个待办理的受理编号".to_owned(), "请核对受理编号；不归本单位办理的请从表中删除".to_owned()),
            Some(item) if !row.name.is_empty() && squash(&item.application.applicant_name) != squash(&row.name) => {
                let what = format!("该受理编号是“{}”的", item.application.applicant_name);
                (NAME, &row.name, what, "请核对受理编号和企业名称是否错行".to_owned())
            }
            Some(item) => match seen.insert(item.task.application.clone(), row.row) {
                None => return Some(item),
                Some(first) => (NUMBER, &row.number, format!("和第{first}行是同一件"), "同一件只能填写一行，请删除其中一行".to_owned()),
            },
        };
        let (column, text, what, remedy) = said;
        let problem = self.sheet.reading.problem(&self.sheet.template, row.row, column, text, (what, remedy));
        self.sheet.problems.add(problem);
        None
    }

    fn file(&mut self, desk: &Desk<'_>, acting: &Acting, place: &Place, lines: &[Line], row: &FileRow) -> Result<(), ServiceError> {
        for CellAt { line: at, text: cell, broken } in &row.cells {
            match self.told(place, &lines[*at], row.row, cell, broken.clone()) {
                Ok(told) => self.sheet.told.push(told),
                Err(said) => {
                    let problem = self.sheet.reading.problem(&self.sheet.template, row.row, &lines[*at].key(), cell, said);
                    self.sheet.problems.add(problem);
                }
            }
        }
        let Applied { answers, counts, passed } = apply(desk, place, &mut self.sheet);
        self.passed.extend(passed);
        if !counts.changes() {
            self.counts.same += 1;
            return Ok(());
        }
        let (version, body) = place.saved(answers)?;
        *(if version == 0 { &mut self.counts.new } else { &mut self.counts.changed }) += 1;
        self.drafts.push(Draft {
            noun: Application::NOUN.to_owned(),
            record_id: place.file.state().id.to_string(),
            part: place.stage.id.clone(),
            account: acting.account.to_string(),
            version,
            body,
            at_unix_ms: desk.edge.now.0,
        });
        Ok(())
    }

    /// A file may have been begun under a version that does not ask for what others ask for.
    fn told(&self, place: &Place, line: &Line, row: usize, cell: &str, broken: Option<Wrong>) -> Result<Told, Wrong> {
        let key = line.key();
        let Some(at) = place.lines.iter().position(|own| own.key() == key) else {
            return Err((format!("该件所依据的政策版本没有“{}”", line.question), "请清空这一格".to_owned()));
        };
        let own = &place.lines[at];
        if let Some((what, remedy)) = broken {
            return Err((about(own, &what), remedy));
        }
        let places = self.sheet.template.columns.iter().position(|column| column.name == key);
        let head = places.and_then(|at| self.sheet.reading.places[at]).and_then(|at| self.sheet.reading.heads.get(at));
        let text = with_unit_of(own, head.map_or("", String::as_str), cell);
        let text = own.ask.read(&text).map_err(|(what, remedy)| (about(own, &what), remedy))?;
        Ok(Told { row, line: at, column: key, cell: cell.to_owned(), text })
    }
}
