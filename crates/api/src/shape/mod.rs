//! What is sent and received. These shapes are promises to programs: records may change inside, these only grow.

mod file;
mod programme;

pub(crate) use file::{FileRow, FileShape, TaskShape};
pub(crate) use programme::{Programme, ProgrammeRow};

use std::collections::BTreeMap;

use records::answers::Answers;
use records::ids::PaperId;
use records::{Refusal, application};
use serde::{Deserialize, Serialize};
use service::{Listed, Page};
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;

/// Rows of a page, if none is asked for.
const PAGE_SIZE: i64 = 50;

/// What was created.
#[derive(Serialize, ToSchema)]
pub(crate) struct Created {
    /// Its id.
    pub(crate) id: String,
}

/// The version something has now.
#[derive(Serialize, ToSchema)]
pub(crate) struct Saved {
    /// Named by whoever changes it next.
    pub(crate) version: i64,
}

/// Which part of a list is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageAsked {
    /// From 1.
    page: Option<i64>,
    /// Rows of a page, at most 1000; 50 if not said.
    size: Option<i64>,
}

impl PageAsked {
    pub(crate) fn page(&self) -> Page {
        Page { number: self.page.unwrap_or(1), size: self.size.unwrap_or(PAGE_SIZE) }
    }
}

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Rows<T> {
    /// The rows of this page.
    pub(crate) rows: Vec<T>,
    /// How many rows all pages have, counted up to 100000.
    pub(crate) total: i64,
}

impl<T> Rows<T> {
    pub(crate) fn of<R>(listed: Listed<R>, shape: impl Fn(R) -> T) -> Self {
        Self { rows: listed.rows.into_iter().map(shape).collect(), total: listed.total }
    }
}

/// Answers as they were typed; which paths there are says the schema of the form.
#[derive(ToSchema)]
#[schema(as = Answers)]
#[allow(dead_code, reason = "only its schema is used")]
pub(crate) struct AnswersShape {
    /// By path; several options are joined by commas.
    texts: BTreeMap<String, String>,
    /// By row kind, in order.
    rows: BTreeMap<String, Vec<RowShape>>,
}

/// One row.
#[derive(ToSchema)]
#[schema(as = Row)]
#[allow(dead_code, reason = "only its schema is used")]
pub(crate) struct RowShape {
    /// Distinct within its kind.
    id: String,
    /// The row it belongs to, for kinds that have a parent.
    parent: Option<String>,
    /// By name.
    texts: BTreeMap<String, String>,
}

/// What a person judged of a condition.
#[derive(Deserialize, Serialize, ToSchema)]
pub(crate) struct Judgement {
    /// Whether it holds.
    holds: bool,
    /// What it rests on.
    note: String,
}

impl From<Judgement> for application::Judgement {
    fn from(judgement: Judgement) -> Self {
        Self { holds: judgement.holds, note: judgement.note }
    }
}

impl From<application::Judgement> for Judgement {
    fn from(judgement: application::Judgement) -> Self {
        Self { holds: judgement.holds, note: judgement.note }
    }
}

/// Papers by slot.
pub(crate) type Papers = BTreeMap<String, Vec<String>>;

pub(crate) fn paper_ids(papers: Papers) -> BTreeMap<String, Vec<PaperId>> {
    papers.into_iter().map(|(slot, ids)| (slot, ids.into_iter().map(PaperId).collect())).collect()
}

pub(crate) fn paper_texts(papers: &BTreeMap<String, Vec<PaperId>>) -> Papers {
    papers.iter().map(|(slot, ids)| (slot.clone(), ids.iter().map(ToString::to_string).collect())).collect()
}

/// Answers within the limits and without empty texts, as the pages make them.
pub(crate) fn cleared(sent: Answers) -> Result<Answers, Problem> {
    let errors = sent.errors();
    if !errors.is_empty() {
        return Err(Refusal::fields(errors).into());
    }
    let mut answers = Answers { rows: sent.rows, ..Answers::default() };
    sent.texts.iter().for_each(|(path, text)| answers.set(path, text));
    for row in answers.rows.values_mut().flatten() {
        row.texts.retain(|_, text| !text.trim().is_empty());
    }
    Ok(answers)
}
