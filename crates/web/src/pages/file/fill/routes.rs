//! The addresses of an applicant's file.

use axum::Router;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::html;
use records::access::Sight;
use service::application::{self, FileView};

use super::super::opened::Opened;
use super::filling::{self, Filling, Shown, Undone, form_page};
use super::form::Said;
use super::receipt::{Next, Receipt};
use super::{act, invoices, load, outlook, receipt, save, tasks};
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::pages::desk::Wished;
use crate::pages::imports::left_out;
use crate::pages::paper::UPLOAD_MAX_BYTES;
use crate::session::{Sent, Signed};
use crate::sheet::Action;
use crate::site::Shared;

/// The largest form: a dozen long texts, or hundreds of invoices.
const FORM_MAX_BYTES: usize = 4 << 20;

/// The addresses of these pages.
pub(crate) fn routes() -> Router<Shared> {
    let forms = Router::new()
        .route("/files/{id}/fill/{stage}/form/{form}", get(form).post(save_form))
        .route("/files/{id}/fill/{stage}/form/{form}/draft", post(draft))
        .layer(DefaultBodyLimit::max(FORM_MAX_BYTES));
    let papers = Router::new()
        .route("/files/{id}/fill/{stage}/papers", get(papers).post(save_papers))
        .route("/files/{id}/fill/{stage}/invoices/{rows}", get(invoices).post(read_invoices))
        .layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES));
    Router::new()
        .route("/files/{id}/fill", get(list))
        .route("/files/{id}/withdraw", post(withdraw))
        .route("/files/{id}/fill/{stage}/gather", post(gather))
        .route("/files/{id}/fill/{stage}/check", get(check).post(prepare))
        .route("/files/{id}/fill/{stage}/sign", get(to_sign).post(sign))
        .route("/files/{id}/fill/{stage}/receipt", get(submitted))
        .merge(forms)
        .merge(papers)
}

/// `GET /files/{id}/fill`
async fn list(State(site): State<Shared>, Name(file): Name, signed: Signed, wished: Wished) -> Result<Html<String>, Error> {
    let opened = Opened::load(&site, &signed.session, &file, &wished).await?;
    if !matches!(opened.view.sight.sight(), Sight::Applicant | Sight::Provider) {
        return Err(Error::NoPage);
    }
    let happenings = application::timeline(&site.desk(), signed.session.acting(), &file).await?;
    let documents = super::super::view::documents(&opened).await?;
    let (before, after) = (
        html! { (outlook::done(wished.get("done"))) (outlook::ended(&opened)) },
        html! { (outlook::outlook(&opened, &happenings)) (documents) },
    );
    Ok(tasks::page(&load::tasks(&opened.view, signed.session.acting()), &before, &after))
}

/// `GET …/form/{form}`; with `add` a row more than was saved, with `check` what is missing or wrong.
async fn form(State(site): State<Shared>, filling: Filling, signed: Signed, asked: Asked) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let view = application::open(&desk, acting, &filling.file).await?;
    if !load::filling(&view, &filling.stage)?.1.handles {
        return Ok(Redirect::to(&format!("/files/{}/fill/{}/sign", filling.file, filling.stage)).into_response());
    }
    let mut answers = view.draft.clone().unwrap_or_default().1.answers;
    if let Some(kind) = asked.get("add") {
        Action::AddRow(kind.to_owned()).apply(&view.pack, &mut answers);
    }
    let errors = match asked.get("check") {
        Some(_) => application::problems(&desk, acting, &filling.file, &filling.stage).await?,
        None => Vec::new(),
    };
    let said = match asked.get("said") {
        Some("saved") => Said::Saved,
        Some("more") => Said::More,
        Some("read") => Said::Read,
        _ => Said::Nothing,
    };
    let form = filling.form(&view, &filling.rest)?;
    let shown = Shown { form, answers: &answers, errors: &errors, said, left_out: left_out::also(asked.get(left_out::NAME)) };
    Ok(form_page(&site, acting, &filling, &view, shown).await?.into_response())
}

/// `POST …/form/{form}`
async fn save_form(State(site): State<Shared>, filling: Filling, sent: Sent) -> Result<Response, Error> {
    save::by_button(&site, &filling, &filling.rest, &sent).await
}

/// `POST …/form/{form}/draft`
async fn draft(State(site): State<Shared>, filling: Filling, sent: Sent) -> Result<Response, Error> {
    save::by_itself(&site, &filling, &filling.rest, &sent).await
}

/// `GET …/papers`
async fn papers(State(site): State<Shared>, filling: Filling, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let errors = match asked.get("check") {
        Some(_) => application::problems(&desk, acting, &filling.file, &filling.stage).await?,
        None => Vec::new(),
    };
    let own = errors.into_iter().filter(|error| error.path.starts_with("paper.")).collect();
    filling::papers_page(&site, &signed, &filling, own, asked.get("said").is_some()).await
}

/// `POST …/papers`
async fn save_papers(
    State(site): State<Shared>,
    filling: Filling,
    signed: Signed,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    act::papers(&site, &signed, &filling, sent).await
}

/// `GET …/invoices/{rows}`
async fn invoices(State(site): State<Shared>, filling: Filling, signed: Signed) -> Result<Html<String>, Error> {
    invoices::show(&site, &signed, &filling).await
}

/// `POST …/invoices/{rows}`
async fn read_invoices(
    State(site): State<Shared>,
    filling: Filling,
    signed: Signed,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    invoices::read(&site, &signed, &filling, sent).await
}

/// `GET …/check`
async fn check(State(site): State<Shared>, filling: Filling, signed: Signed) -> Result<Html<String>, Error> {
    filling::check_page(&site, &signed, &filling, None).await
}

/// `POST …/check`
async fn prepare(State(site): State<Shared>, filling: Filling, signed: Signed, sent: Sent) -> Result<Response, Error> {
    act::prepare(&site, &signed, &filling, &sent).await
}

/// `POST …/gather`
async fn gather(State(site): State<Shared>, filling: Filling, sent: Sent) -> Result<Response, Error> {
    act::gather(&site, &filling, &sent).await
}

/// `GET …/sign`
async fn to_sign(State(site): State<Shared>, filling: Filling, signed: Signed) -> Result<Html<String>, Error> {
    filling::sign_page(&site, &signed, &filling, &Undone::default()).await
}

/// `POST …/sign`
async fn sign(State(site): State<Shared>, filling: Filling, signed: Signed, sent: Sent) -> Result<Response, Error> {
    act::sign(&site, &signed, &filling, &sent).await
}

/// `GET …/receipt`
async fn submitted(State(site): State<Shared>, filling: Filling, signed: Signed) -> Result<Html<String>, Error> {
    let view = application::open(&site.desk(), signed.session.acting(), &filling.file).await?;
    Ok(receipt::page(&receipt_of(&view, &filling.stage).ok_or(Error::NoPage)?))
}

/// The receipt of a stage that was submitted.
fn receipt_of<'v>(view: &'v FileView, stage: &str) -> Option<Receipt<'v>> {
    let (spec, application) = (view.pack.stage(stage)?, &view.application);
    let at = load::done_at(application, stage)?;
    let next = application.open_stages().filter_map(|(id, state)| Some((view.pack.stage(id)?, state)));
    let next = next.map(|(stage, state)| Next {
        label: &stage.label,
        does: &stage.does,
        actor: stage.actor.label(),
        due_on: state.due_on,
        clause: stage.clause.value().joined(),
    });
    let number = application.number.as_deref()?;
    Some(Receipt {
        head: load::head(view),
        stage: &spec.label,
        number,
        check_code: load::check_code(view),
        at,
        applicant: &view.applicant.name,
        next: next.collect(),
    })
}

/// `POST /files/{id}/withdraw`
async fn withdraw(State(site): State<Shared>, Name(file): Name, sent: Sent) -> Result<Response, Error> {
    act::withdraw(&site, &file, &sent).await
}
