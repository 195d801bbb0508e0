//! An expert's sheet.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use policy::pack::Form as PackForm;
use policy::say::marks;
use records::FieldError;
use records::answers::Answers;
use records::application::ScoredSheet;
use service::ServiceError;
use service::review::{self, Reviewing};

use super::scored::others;
use super::unknown;
use crate::components::clause::cites;
use crate::components::form::go;
use crate::components::layout;
use crate::errors::Error;
use crate::extract::{Asked, Names};
use crate::session::{Sent, Signed};
use crate::sheet::{self, Frame, Mode, Sheet};
use crate::site::{Shared, Site};

const SAVED_ELSEWHERE: &str = "评分表已在其他窗口保存。请核对下面填写的内容，再保存或者提交。";

/// A sheet being filled in.
struct Filling<'a> {
    view: &'a Reviewing,
    form: &'a PackForm,
    typed: &'a Answers,
    /// The version of the draft it was typed over.
    version: i64,
    errors: &'a [FieldError],
    refusal: Option<String>,
}

/// `GET …/review`; who has not declared an interest does that first.
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
    asked: Asked,
) -> Result<Response, Error> {
    let view = review::view(&site.desk(), session.acting(), &id, &stage).await.map_err(unknown)?;
    let own = view.scored.iter().find(|scored| scored.own).ok_or(Error::NoPage)?;
    let form = view.pack.form(&view.review.sheet).ok_or(Error::NoPage)?;
    match &own.sheet {
        Some(sheet) => Ok(handed_in(&view, form, sheet, asked.get("done").is_some()).into_response()),
        None if !own.declared => Ok(go(&format!("/files/{id}/stages/{stage}/declare"))),
        None => {
            let (version, typed) = review::sheet_draft(&site.desk(), session.acting(), &id, &stage).await.map_err(unknown)?;
            let filling = Filling { view: &view, form, typed: &typed, version, errors: &[], refusal: None };
            Ok(page(&filling).into_response())
        }
    }
}

/// `POST …/review`
pub(super) async fn send(State(site): State<Shared>, Names(id, stage): Names, sent: Sent) -> Result<Response, Error> {
    let acting = sent.session.acting();
    let view = review::view(&site.desk(), acting, &id, &stage).await.map_err(unknown)?;
    let form = view.pack.form(&view.review.sheet).ok_or(Error::NoPage)?;
    let typed = sheet::read(&view.pack, &[form], &sent.fields);
    let version = sheet::version(&sent.fields);
    if sent.text("do") == "save" {
        return saved(&site, &sent, &Filling { view: &view, form, typed: &typed, version, errors: &[], refusal: None }).await;
    }
    // Another expert may hand in at the same moment; then it is tried once more.
    let done = match review::hand_in(&site.desk(), acting, &id, &stage, typed.clone()).await {
        Err(ServiceError::Conflict) => review::hand_in(&site.desk(), acting, &id, &stage, typed.clone()).await,
        done => done,
    };
    let refusal = match done {
        Ok(()) => return Ok(go(&format!("/files/{id}/stages/{stage}/review?done=1"))),
        Err(ServiceError::Refused(refusal)) => refusal,
        Err(error) => return Err(unknown(error)),
    };
    let said = refusal.errors.is_empty().then_some(refusal.message);
    let filling = Filling { view: &view, form, typed: &typed, version, errors: &refusal.errors, refusal: said };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&filling)).into_response())
}

/// Saved by the button; what clashes is shown again, with nothing lost.
async fn saved(site: &Site, sent: &Sent, filling: &Filling<'_>) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    let (id, stage) = (filling.view.application.id.as_str(), filling.view.review.stage.as_str());
    match review::save_sheet_draft(&desk, acting, id, stage, filling.version, filling.typed).await {
        Ok(_) => Ok(go(&format!("/files/{id}/stages/{stage}/review"))),
        Err(ServiceError::Conflict) => {
            let (version, _) = review::sheet_draft(&desk, acting, id, stage).await.map_err(unknown)?;
            let again = Filling {
                version,
                refusal: Some(SAVED_ELSEWHERE.to_owned()),
                view: filling.view,
                form: filling.form,
                typed: filling.typed,
                errors: filling.errors,
            };
            Ok((StatusCode::CONFLICT, page(&again)).into_response())
        }
        Err(error) => Err(unknown(error)),
    }
}

fn head(view: &Reviewing) -> Markup {
    let stage = view.pack.stage(&view.review.stage);
    html! {
        h1 { (stage.map_or("专家评审", |stage| stage.label.as_str())) }
        p.lead { (view.applicant.name) @if let Some(number) = &view.application.number { "，受理编号" (number) } }
        @if let Some(stage) = stage { p { (stage.does) " " (cites(&view.pack, &stage.clause.joined())) } }
    }
}

fn page(filling: &Filling) -> Html<String> {
    let Filling { view, form, typed, errors, .. } = filling;
    let sheet = Sheet { errors, case: Some(&view.case), mode: Mode::Fill, ..Sheet::new(&view.pack, vec![form], typed) };
    let action = format!("/files/{}/stages/{}/review", view.application.id, view.review.stage);
    let frame = Frame { action: &action, version: filling.version, saved_at: None, saves_itself: true };
    let buttons = html! { button type="submit" name="do" value="finish" { "提交评分" } };
    let body = html! {
        @if let Some(refusal) = &filling.refusal { div.error-summary role="alert" tabindex="-1" { p { strong { (refusal) } } } }
        (head(view))
        p { a href=(format!("/files/{}", view.application.id)) target="_blank" rel="noopener" { "在新窗口查看申报内容和材料" } }
        div.notice { p { "总分由各项得分相加，满分" (marks(form.full_hundredths())) "。提交后不能修改。" @if view.review.blind { "全部专家提交之前，互相看不到评分。" } } }
        (sheet::frame(&sheet, &frame, &buttons))
    };
    framed(view, body)
}

fn handed_in(view: &Reviewing, form: &PackForm, sheet: &ScoredSheet, done: bool) -> Html<String> {
    let read = Sheet { case: Some(&view.case), mode: Mode::Read, ..Sheet::new(&view.pack, vec![form], &sheet.answers) };
    let body = html! {
        @if done { div.notice role="status" { p { "评分已提交。　" a href="/desk" { "返回待办" } } } }
        (head(view))
        p { "本人评分：" strong { (marks(sheet.total_hundredths)) } "／" (marks(form.full_hundredths())) "，" (sheet.at.text()) "提交。" }
        (sheet::view(&read))
        (others(view))
    };
    framed(view, body)
}

fn framed(view: &Reviewing, body: Markup) -> Html<String> {
    let (name, file) = (&view.applicant.name, format!("/files/{}", view.application.id));
    layout::page("专家评审", &[("待办", "/desk"), (name, &file)], html! { div.desk { (body) } })
}
