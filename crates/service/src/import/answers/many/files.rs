//! The files of one workbook with what is asked of them, and its columns.

use std::collections::{BTreeMap, BTreeSet};

use papers::MAX_COLUMNS;
use papers::sheet_in::{Column, Kind, Template, without_bracket};
use papers::sheet_out::Cell;
use records::Refusal;
use records::access::Acting;
use standards::Date;
use standards::text::squash;
use store::InboxItem;

use super::{FILES_MAX, ManyOf};
use crate::ServiceError;
use crate::desk::Desk;
use crate::import::answers::ask::Ask;
use crate::import::answers::line::Line;
use crate::import::answers::place::Place;

/// The columns that say which file a row is.
pub(super) const NUMBER: &str = "number:";
pub(super) const NAME: &str = "name:";
/// Characters of a cell at most.
const CELL_MAX_CHARS: usize = 32_767;

/// The files with what is asked of them.
pub(super) struct Files {
    pub(super) items: Vec<InboxItem>,
    /// Every line of any of them, once.
    pub(super) lines: Vec<Line>,
    pub(super) template: Template,
    /// Files that cannot be worked on yet, and why.
    pub(super) left: Vec<String>,
}

impl ManyOf {
    /// The files that wait, and a row of cells for each.
    pub(super) async fn files(&self, desk: &Desk<'_>, acting: &Acting) -> Result<(Files, Vec<Vec<Cell>>), ServiceError> {
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
