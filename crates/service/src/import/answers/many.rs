//! 批量录入: one workbook for all files that wait for a person at a stage, a row a file and a column a question.
//!
//! A question that takes several answers has one column here: sixty questions with their options would be wider than any
//! screen, and who assesses forty enterprises a week knows the options. It writes the drafts of all these files in one
//! transaction or none. Every file is opened and signed by itself afterwards.

use std::collections::{BTreeMap, BTreeSet};

use papers::MAX_COLUMNS;
use papers::sheet_in::{Column, Kind, Reading, Row, Template, filled_template, read_columns, without_bracket};
use papers::sheet_out::Cell;
use policy::spec::StageSpec;
use records::access::Acting;
use records::account::Role;
use records::application::Application;
use records::{Noun as _, Refusal};
use serde::{Deserialize, Serialize};
use standards::Date;
use standards::text::squash;
use store::{Draft, InboxItem, Page};

use super::apply::{Applied, apply};
use super::ask::{Ask, Wrong};
use super::line::Line;
use super::place::Place;
use super::read::{LIMITS, Sheet, Told, about, sorted, with_unit_of};
use super::{AnswersAt, AnswersOf, official_word};
use crate::ServiceError;
use crate::application::{Wanted, inbox};
use crate::desk::{Desk, only};
use crate::import::entries::Problems;
use crate::import::{Counts, Preview, Table};

/// Files in one workbook.
pub const FILES_MAX: usize = 500;
/// The columns that say which file a row is.
const NUMBER: &str = "number:";
const NAME: &str = "name:";
/// Characters of a cell at most.
const CELL_MAX_CHARS: usize = 32_767;

/// Which files: those that wait for the person at a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManyOf {
    /// The programme.
    pub programme: String,
    /// The stage.
    pub stage: String,
}

/// The files with what is asked of them.
struct Files {
    items: Vec<InboxItem>,
    /// Every line of any of them, once.
    lines: Vec<Line>,
    template: Template,
    /// Files that cannot be worked on yet, and why.
    left: Vec<String>,
}

/// Whether the person states something at the stage, so that one workbook can serve all its files. Who only assigns its
/// files, or takes them back, has them in the same inbox and states nothing.
pub fn states_many(acting: &Acting, stage: &StageSpec) -> bool {
    let states = stage.work.and_then(official_word).is_some();
    states && acting.is(Role::Handler) && acting.kind.is_staff() && acting.kind.actor() == Some(stage.actor)
}

impl ManyOf {
    /// What the stage is called. Lets those through who state something at it.
    pub(in crate::import) fn label(&self, desk: &Desk<'_>, acting: &Acting) -> Result<String, ServiceError> {
        let stage = self.stage(desk)?;
        only(states_many(acting, &stage))?;
        Ok(stage.label)
    }

    fn stage(&self, desk: &Desk<'_>) -> Result<StageSpec, ServiceError> {
        let pack = desk.newest(&self.programme)?;
        let stage = pack.stage(&self.stage).filter(|stage| stage.work.and_then(official_word).is_some());
        stage.cloned().ok_or(ServiceError::NotFound)
    }

    fn of(&self, file: &str, work: &str) -> AnswersOf {
        AnswersOf { application: file.to_owned(), stage: self.stage.clone(), at: AnswersAt::Stage { work: work.to_owned() } }
    }

    fn work(&self, desk: &Desk<'_>) -> Result<&'static str, ServiceError> {
        self.stage(desk)?.work.and_then(official_word).ok_or(ServiceError::NotFound)
    }

    /// The files that wait, and a row of cells for each.
    async fn files(&self, desk: &Desk<'_>, acting: &Acting) -> Result<(Files, Vec<Vec<Cell>>), ServiceError> {
        let (label, work) = (self.label(desk, acting)?, self.work(desk)?);
        let mut found = Found::default();
        for item in self.waiting(desk, acting).await? {
            match Place::load(desk, acting, &self.of(&item.task.application, work), true).await {
                Ok(place) => found.add(desk, item, &place),
                Err(ServiceError::Refused(refusal)) => found.left.push(format!("{}：{}", item.application.applicant_name, refusal.message)),
                Err(error) => return Err(error),
            }
        }
        let Found { lines, kept, items, left, .. } = found;
        let template = template(&label, &lines, items.len(), &left)?;
        let rows = items.iter().zip(&kept).map(|(item, kept)| cells(item, &lines, kept)).collect();
        Ok((Files { items, lines, template, left }, rows))
    }

    async fn waiting(&self, desk: &Desk<'_>, acting: &Acting) -> Result<Vec<InboxItem>, ServiceError> {
        let wanted = Wanted { programme: Some(self.programme.clone()), stage: Some(self.stage.clone()), ..Wanted::default() };
        let size = i64::try_from(FILES_MAX).unwrap_or(Page::SIZE_MAX);
        let listed = inbox(desk, acting, &wanted, Page::first(size)).await?;
        if listed.total > size {
            let message = format!("待办理的申报件有{}件，一次最多录入{FILES_MAX}件，请先办理一部分。", listed.total);
            return Err(Refusal::new(message).into());
        }
        Ok(listed.rows)
    }
}

/// The files as they are found one by one: of each only its answers are kept.
#[derive(Default)]
struct Found {
    lines: Vec<Line>,
    keys: BTreeSet<String>,
    kept: Vec<BTreeMap<String, String>>,
    items: Vec<InboxItem>,
    left: Vec<String>,
}

impl Found {
    fn add(&mut self, desk: &Desk<'_>, item: InboxItem, place: &Place) {
        let (case, mut own) = (place.case(desk, place.answers()), BTreeMap::new());
        for line in place.asked(&case) {
            own.insert(line.key(), place.answers().text(&line.path).to_owned());
            if self.keys.insert(line.key()) {
                self.lines.push(line.clone());
            }
        }
        self.kept.push(own);
        self.items.push(item);
    }
}

fn cells(item: &InboxItem, lines: &[Line], kept: &BTreeMap<String, String>) -> Vec<Cell> {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let cell = |line: &Line| match kept.get(&line.key()).filter(|kept| !kept.is_empty()).map(|kept| line.ask.cell(kept)) {
        Some(day) if matches!(line.ask, Ask::Day) => Date::parse(&day).map_or_else(|_| text(&day), Cell::Day),
        said => text(said.as_deref().unwrap_or_default()),
    };
    [text(&item.application.number), text(&item.application.applicant_name)].into_iter().chain(lines.iter().map(cell)).collect()
}

fn template(label: &str, lines: &[Line], files: usize, left: &[String]) -> Result<Template, ServiceError> {
    if lines.len() + 2 > MAX_COLUMNS {
        return Err(Refusal::new("本环节的题目过多，不能批量录入，请逐件下载填报表。").into());
    }
    if lines.is_empty() && files > 0 {
        return Err(Refusal::new("本环节没有可以用表格填写的题目，请在网页上逐件办理。").into());
    }
    let words = |name: &str, head: &str| Column::new(name, head, Kind::Text { max_chars: CELL_MAX_CHARS });
    let number = words(NUMBER, "受理编号").required().note("不要修改。");
    let columns = [number, words(NAME, "企业名称").also(&["单位名称", "申报单位"]).note("不要修改。")];
    let columns = columns.into_iter().chain(lines.iter().map(|line| column(line, lines))).collect();
    let mut notes = vec![
        format!("一行一个申报件，一列一题；一张表最多{FILES_MAX}件。没有填写的单元格不改动网页上已有的内容。"),
        "有一处问题，就一件也不写入。导入只写入草稿，不会提交；请逐件打开核对后办理。".to_owned(),
        "列的顺序可以调整，不需要的行和列可以删除；不认识的列不读取。".to_owned(),
    ];
    notes.extend(left.iter().map(|left| format!("不在表中：{left}")));
    Ok(Template { label: label.to_owned(), columns, notes })
}

/// A question alone where no other column is called so, else after its part.
fn column(line: &Line, lines: &[Line]) -> Column {
    let name = |line: &Line| squash(&without_bracket(&line.question));
    let alone = lines.iter().filter(|other| name(other) == name(line)).count() == 1;
    let whole = format!("{}：{}", line.part, line.question);
    let kind = match &line.ask {
        Ask::One(choices) => Kind::Choice(choices.clone()),
        Ask::Day => Kind::Day { until: Date::MAX },
        _ => Kind::Text { max_chars: CELL_MAX_CHARS },
    };
    let (head, also) = if alone { (&line.question, vec![whole.as_str()]) } else { (&whole, Vec::new()) };
    let bare = without_bracket(head);
    let also: Vec<&str> = also.into_iter().chain([bare.as_str()]).collect();
    Column::new(&line.key(), head, kind).also(&also).note(&line.about)
}

/// The workbook, with what was filled in so far.
///
/// # Errors
/// The person states nothing at the stage, or more files wait than [`FILES_MAX`].
pub async fn many_out(desk: &Desk<'_>, acting: &Acting, of: &ManyOf) -> Result<Vec<u8>, ServiceError> {
    let (files, rows) = of.files(desk, acting).await?;
    if files.items.is_empty() {
        let why = files.left.first().map_or(String::new(), |left| format!("（{left}）"));
        return Err(Refusal::new(format!("目前没有可以批量录入的申报件{why}。")).into());
    }
    filled_template(&files.template, rows.into_iter(), desk.today()).map_err(|_| ServiceError::Broken)
}

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
struct Many {
    sheet: Sheet,
    counts: Counts,
    passed: Vec<String>,
    drafts: Vec<Draft>,
}

async fn read(desk: &Desk<'_>, acting: &Acting, of: &ManyOf, table: &Table) -> Result<Many, ServiceError> {
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

/// What a workbook of many files would change; counted by file.
pub(in crate::import) async fn preview(desk: &Desk<'_>, acting: &Acting, of: &ManyOf, table: &Table) -> Result<Preview, ServiceError> {
    let Many { sheet, counts, passed, .. } = read(desk, acting, of, table).await?;
    let (problem_count, heads) = (sheet.problems.count, sheet.reading.heads);
    Ok(Preview { counts, problem_count, problems: sorted(sheet.problems.first), unknown: passed, heads, ..Preview::default() })
}

/// Writes the drafts of all files of a workbook in one transaction.
pub(in crate::import) async fn take_in(desk: &Desk<'_>, acting: &Acting, of: &ManyOf, table: &Table) -> Result<Counts, ServiceError> {
    let many = read(desk, acting, of, table).await?;
    if many.sheet.problems.count > 0 {
        let message = format!("表格有{}处问题，没有导入任何内容。请逐处改正后再导入。", many.sheet.problems.count);
        return Err(Refusal::new(message).into());
    }
    desk.store.put_drafts(&many.drafts).await?;
    Ok(many.counts)
}
