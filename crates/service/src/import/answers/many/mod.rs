//! 批量录入: one workbook for all files that wait for a person at a stage, a row a file and a column a question.
//!
//! A question that takes several answers has one column here: sixty questions with their options would be wider than any
//! screen, and who assesses forty enterprises a week knows the options. It writes the drafts of all these files in one
//! transaction or none. Every file is opened and signed by itself afterwards.

mod files;
mod read;

use papers::sheet_in::{Template, filled_template};
use policy::spec::StageSpec;
use records::Refusal;
use records::access::Acting;
use records::account::Role;
use serde::{Deserialize, Serialize};
use store::{InboxItem, Page};

use super::{AnswersAt, AnswersOf, official_word};
use crate::application::{Wanted, inbox};
use crate::desk::{Desk, only};
use crate::import::take_in::{Taken, fit};
use crate::import::{Preview, Table};
use crate::{ServiceError, compiled_once};
use read::{Many, read};

/// Files in one workbook.
pub const FILES_MAX: usize = 500;

/// Which files: those that wait for the person at a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManyOf {
    /// The programme.
    pub programme: String,
    /// The stage.
    pub stage: String,
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

/// The workbook, with what was filled in so far.
///
/// # Errors
/// The person states nothing at the stage, or more files wait than [`FILES_MAX`].
#[compiled_once]
pub async fn many_out(desk: &Desk<'_>, acting: &Acting, of: &ManyOf) -> Result<Vec<u8>, ServiceError> {
    let (files, rows) = of.files(desk, acting).await?;
    if files.items.is_empty() {
        let why = files.left.first().map_or(String::new(), |left| format!("（{left}）"));
        return Err(Refusal::new(format!("目前没有可以批量录入的申报件{why}。")).into());
    }
    filled_template(&files.template, rows.into_iter(), desk.today()).map_err(|_| ServiceError::Broken)
}

/// The columns of the workbook.
pub(in crate::import) async fn many_columns(desk: &Desk<'_>, acting: &Acting, of: &ManyOf) -> Result<Template, ServiceError> {
    Ok(of.files(desk, acting).await?.0.template)
}

/// What a workbook of many files would change; counted by file.
pub(in crate::import) async fn preview(desk: &Desk<'_>, acting: &Acting, of: &ManyOf, table: &Table) -> Result<Preview, ServiceError> {
    let Many { sheet, counts, passed, .. } = read(desk, acting, of, table).await?;
    Ok(sheet.preview(counts, passed))
}

/// Writes the drafts of all files of a workbook in one transaction.
pub(in crate::import) async fn take_in(desk: &Desk<'_>, acting: &Acting, of: &ManyOf, table: &Table) -> Result<Taken, ServiceError> {
    let many = read(desk, acting, of, table).await?;
    fit(many.sheet.problems.count, many.counts.rows, &many.sheet.reading)?;
    desk.store.put_drafts(&many.drafts).await?;
    Ok(Taken::of(many.counts, &many.sheet.reading))
}
