//! 填报表: the answers of a form as a workbook, beside the form that is filled in or stated.

use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::{Html, Response};
use maud::{Markup, html};
use policy::pack::{Body, FieldKind, Form, Pack};
use records::Refusal;
use service::import::{self, AnswersAt, AnswersOf, Target};

use super::table::{self, Begins};
use super::unknown;
use super::waits::waits;
use crate::components::layout;
use crate::errors::Error;
use crate::pages::download;
use crate::session::Signed;
use crate::site::{Shared, Site};

/// A form with fewer questions is sooner filled in on its page than in a workbook.
const WORTH_LINES: usize = 5;

/// The answers that an address names.
pub(super) struct Named(AnswersOf);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let fills = parts.uri.path().split('/').nth(3) == Some("fill");
        let path = Path::<(String, String, String)>::from_request_parts(parts, state).await;
        let Path((application, stage, last)) = path.map_err(|_| Error::NoPage)?;
        let at = if fills { AnswersAt::Form { form: last } } else { AnswersAt::Stage { work: last } };
        Ok(Self(AnswersOf { application, stage, at }))
    }
}

impl Begins for Named {
    fn target(&self) -> Target {
        Target::Answers(self.0.clone())
    }

    async fn page(&self, site: &Site, signed: &Signed, refused: Option<&Refusal>) -> Result<Html<String>, Error> {
        page(site, signed, &self.0, refused).await
    }
}

/// Where the form of these answers stands.
pub(super) fn form_address(of: &AnswersOf) -> String {
    match &of.at {
        AnswersAt::Form { form } => format!("/files/{}/fill/{}/form/{form}", of.application, of.stage),
        AnswersAt::Stage { work } => format!("/files/{}/stages/{}/{work}", of.application, of.stage),
    }
}

/// What the page of the form is called.
pub(super) fn way(of: &AnswersOf) -> &'static str {
    if matches!(of.at, AnswersAt::Form { .. }) { "填写" } else { "办理" }
}

/// The ways to fill in forms by a workbook, where it is worth it; `form_address` is where they stand.
pub(crate) fn workbook_links(pack: &Pack, forms: &[&Form], form_address: &str) -> Markup {
    html! {
        @if worth(pack, forms) {
            ul.actions {
                li { a href=(format!("{form_address}/answers/filled.xlsx")) { "下载填报表" } }
                li { a href=(format!("{form_address}/answers")) { "从填报表导入" } }
            }
        }
    }
}

/// Whether forms ask so much that a workbook helps.
pub(crate) fn worth(pack: &Pack, forms: &[&Form]) -> bool {
    forms.iter().flat_map(|form| &form.sections).map(|section| lines(pack, &section.body)).sum::<usize>() >= WORTH_LINES
}

fn lines(pack: &Pack, body: &Body) -> usize {
    match (body, &pack.assessment) {
        (Body::Fields(fields), _) => fields.iter().filter(|field| !matches!(field.kind, FieldKind::Shown(_))).count(),
        (Body::Questions { .. }, Some(assessment)) => assessment.questions.len(),
        (Body::Scenarios { .. }, Some(assessment)) => assessment.scenarios.len(),
        _ => 0,
    }
}

/// `GET …/answers/empty.xlsx`
pub(super) async fn empty(State(site): State<Shared>, signed: Signed, Named(of): Named) -> Result<Response, Error> {
    book(&site, &signed, &of, false).await
}

/// `GET …/answers/filled.xlsx`
pub(super) async fn filled(State(site): State<Shared>, signed: Signed, Named(of): Named) -> Result<Response, Error> {
    book(&site, &signed, &of, true).await
}

async fn book(site: &Site, signed: &Signed, of: &AnswersOf, filled: bool) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let bytes = import::answers_out(&desk, acting, of, filled).await.map_err(unknown)?;
    let what = if filled { "填报表" } else { "填报表（空白）" };
    let name = Target::Answers(of.clone()).saved_as(&desk, acting, what).await.map_err(unknown)?;
    Ok(download::xlsx_bytes(&format!("{name}.xlsx"), bytes))
}

async fn page(site: &Site, signed: &Signed, of: &AnswersOf, refused: Option<&Refusal>) -> Result<Html<String>, Error> {
    let waits = waits(site, signed.session.acting(), Some(&Target::Answers(of.clone()))).await?;
    let label = Target::Answers(of.clone()).label(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    let (title, form) = (format!("从填报表导入{label}"), form_address(of));
    let main = html! {
        h1 { (title) }
        (table::refused(refused))
        p { "下载填报表，离线填好后在这里上传。上传后逐格检查，确认无误才写入；没有填写的行不改动网页上已有的内容。" }
        p { "导入只写入草稿，不会提交；导入后请在网页上核对，再继续办理。" }
        ul.actions {
            li { a.button.second href=(format!("{form}/answers/filled.xlsx")) { "下载填报表（含已填内容）" } }
            li { a.button.second href=(format!("{form}/answers/empty.xlsx")) { "下载空白填报表" } }
        }
        (table::form(&format!("{form}/answers"), "填好的填报表"))
        (waits)
        p { a href=(form) { "返回" (way(of)) } }
    };
    Ok(layout::page(&title, &[(way(of), &form)], main))
}
