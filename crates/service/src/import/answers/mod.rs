//! 填报表: the answers of a form as a workbook, a line a question, and back into the draft of a stage, as if they had been typed.
//!
//! What is empty leaves what is there. What the form would not show for these answers is said and left out. Nothing is handed in
//! by it: whoever fills in or states opens the page, reads it and goes on from there.

mod alone;
mod apply;
mod ask;
mod line;
pub(super) mod many;
mod place;
mod read;

use papers::sheet_in::{Lined, lined};
use policy::pack::Work;
use records::Refusal;
use records::access::Acting;
use serde::{Deserialize, Serialize};

use super::take_in::{Taken, fit};
use super::{Preview, Table};
use crate::desk::Desk;
use crate::{ServiceError, compiled_once};
pub use alone::{form_answers, form_workbook};
pub use many::{FILES_MAX, ManyOf, many_out, states_many};
use place::Place;

/// Whose answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswersOf {
    /// The file.
    pub application: String,
    /// The stage that is being worked on.
    pub stage: String,
    /// Which forms of it.
    pub at: AnswersAt,
}

/// Which forms of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswersAt {
    /// One that is filled in.
    Form {
        /// The form.
        form: String,
    },
    /// All that an official states at a stage.
    Stage {
        /// The work of the stage, as addresses name it: `check`, `assess`, `audit`.
        work: String,
    },
}

impl AnswersAt {
    fn is_of(&self, work: Option<Work>) -> bool {
        match self {
            Self::Form { .. } => work == Some(Work::Fill),
            Self::Stage { work: word } => work.and_then(official_word) == Some(word.as_str()),
        }
    }
}

/// The word of a work in which an official states something.
pub fn official_word(work: Work) -> Option<&'static str> {
    match work {
        Work::Check => Some("check"),
        Work::Assess => Some("assess"),
        Work::Audit => Some("audit"),
        _ => None,
    }
}

impl AnswersOf {
    /// What they are called.
    pub(super) async fn label(&self, desk: &Desk<'_>, acting: &Acting) -> Result<String, ServiceError> {
        Ok(Place::load(desk, acting, self, false).await?.label())
    }
}

/// The form as a workbook to fill in; with what was filled in so far, or empty.
///
/// # Errors
/// The person does not work on the stage, or it has no such form.
#[compiled_once]
pub async fn answers_out(desk: &Desk<'_>, acting: &Acting, of: &AnswersOf, filled: bool) -> Result<Vec<u8>, ServiceError> {
    let book = book(desk, &Place::load(desk, acting, of, false).await?, filled);
    if book.lines.is_empty() {
        return Err(Refusal::new("本表没有可以用表格填写的题目，请在网页上填写。").into());
    }
    lined(&book, desk.today()).map_err(|_| ServiceError::Broken)
}

/// The form as the lines of its workbook, empty.
pub(super) async fn lined_of(desk: &Desk<'_>, acting: &Acting, of: &AnswersOf) -> Result<Lined, ServiceError> {
    Ok(book(desk, &Place::load(desk, acting, of, false).await?, false))
}

fn book(desk: &Desk<'_>, place: &Place, filled: bool) -> Lined {
    let case = place.case(desk, place.answers());
    let kept = |path: &str| if filled { place.answers().text(path) } else { "" };
    let lines = place.asked(&case).map(|line| line::out(line, kept(&line.path))).collect();
    let state = place.file.state();
    let number = state.number.as_ref().map_or(String::new(), |number| format!("，受理编号{number}"));
    let title = format!("{}（{}{number}）", place.label(), place.file.knowing.applicant.name);
    Lined { title, label: place.label(), notes: notes(place), lines }
}

fn notes(place: &Place) -> Vec<String> {
    let rows = place.forms.iter().flat_map(|form| &form.sections).any(|section| matches!(section.body, policy::pack::Body::Rows { .. }));
    let promises = place.forms.iter().any(|form| !form.promises.is_empty());
    let mut notes = vec![
        "只填“填写”一列；填好后回到网页上传，检查无误并确认后才写入。没有填写的行不改动网页上已有的内容。".to_owned(),
        "有下拉列表的从列表中选择；可多选的题目一行一个选项，选择的填“是”。".to_owned(),
        "金额只填数字时，单位以题目后的括号为准；也可以写明单位，例如 12.5万元。比例请写百分号，例如 70%。日期写成 2026-01-20 的样式。"
            .to_owned(),
        "行的顺序可以调整，不需要的行可以删除；请不要合并单元格，不要修改题目。".to_owned(),
        "系统已知的内容由系统填写，不在表中。".to_owned(),
    ];
    if rows {
        notes.push("本表中逐行填写的明细（如合同、发票）不在表中，请在网页上填写，或者使用网页上的“从表格导入”。".to_owned());
    }
    if promises {
        notes.push("承诺请在网页上阅读后确认。".to_owned());
    }
    notes
}

/// What a workbook would change.
pub(super) async fn preview(desk: &Desk<'_>, acting: &Acting, of: &AnswersOf, table: &Table) -> Result<Preview, ServiceError> {
    let place = Place::load(desk, acting, of, false).await?;
    let mut sheet = read::sheet(&place.label(), &place.lines, table)?;
    let applied = apply::apply(desk, &place, &mut sheet);
    Ok(sheet.preview(applied.counts, applied.passed))
}

/// Puts the answers of a workbook into the draft: all of them or none.
pub(super) async fn take_in(desk: &Desk<'_>, acting: &Acting, of: &AnswersOf, table: &Table) -> Result<Taken, ServiceError> {
    let place = Place::load(desk, acting, of, false).await?;
    let mut sheet = read::sheet(&place.label(), &place.lines, table)?;
    let applied = apply::apply(desk, &place, &mut sheet);
    fit(sheet.problems.count, applied.counts.rows, &sheet.reading)?;
    if applied.counts.changes() {
        place.save(desk, acting, applied.answers).await?;
    }
    Ok(Taken::of(applied.counts, &sheet.reading))
}
