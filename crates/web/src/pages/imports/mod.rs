//! 表格导入: a template, a table sent, what it would change and what is wrong with it, and then all of it or nothing.

mod answers;
pub(crate) mod left_out;
mod many;
mod payments;
mod rows;
mod start;
pub(crate) mod table;
mod view;
pub(crate) mod waits;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use records::Refusal;
use records::access::Acting;
use service::ServiceError;
use service::import::{self, Cells, Correcting, Kept, Preview, Table};

use crate::components::form::go;
use crate::errors::Error;
use crate::extract::Name;
use crate::pages::download;
use crate::pages::paper::UPLOAD_MAX_BYTES;
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};
use view::View;

pub(crate) use answers::{workbook_links, worth};
pub(crate) use many::many_link;
pub(crate) use rows::links;

/// The addresses of these pages.
pub(crate) fn routes() -> Router<Shared> {
    let sent = Router::new()
        .route("/desk/imports", get(start::show).post(start::send))
        .route("/files/{id}/fill/{stage}/form/{form}/rows/{kind}", get(table::show::<rows::Named>).post(table::send::<rows::Named>))
        .route("/files/{id}/fill/{stage}/form/{form}/answers", get(table::show::<answers::Named>).post(table::send::<answers::Named>))
        .route("/files/{id}/stages/{stage}/{work}/answers", get(table::show::<answers::Named>).post(table::send::<answers::Named>))
        .route("/desk/answers/{programme}/{stage}", get(many::show).post(table::send::<many::Named>))
        .route("/conduct/payments/{id}/results", get(table::show::<payments::Named>).post(table::send::<payments::Named>))
        .layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES));
    Router::new()
        .route("/desk/imports/template.xlsx", get(start::template))
        .route("/files/{id}/fill/{stage}/form/{form}/rows/{kind}/template.xlsx", get(rows::template))
        .route("/files/{id}/fill/{stage}/form/{form}/rows/{kind}/rows.xlsx", get(rows::filled))
        .route("/files/{id}/fill/{stage}/form/{form}/answers/empty.xlsx", get(answers::empty))
        .route("/files/{id}/fill/{stage}/form/{form}/answers/filled.xlsx", get(answers::filled))
        .route("/files/{id}/stages/{stage}/{work}/answers/empty.xlsx", get(answers::empty))
        .route("/files/{id}/stages/{stage}/{work}/answers/filled.xlsx", get(answers::filled))
        .route("/desk/answers/{programme}/{stage}/files.xlsx", get(many::files))
        .route("/imports/{id}", get(show))
        .route("/imports/{id}/correct", post(correct))
        .route("/imports/{id}/marked.xlsx", get(marked))
        .route("/imports/{id}/take-in", post(take_in))
        .route("/imports/{id}/discard", post(discard))
        .merge(sent)
}

/// The item of the desk's menu.
pub(crate) fn menu(acting: &Acting, looked_at: Option<&str>) -> Markup {
    let label = if import::may_import(acting) { "表格导入" } else { "导入记录" };
    html! { @if import::may_list(acting) { li { a href="/desk/imports" aria-current=[(looked_at == Some("/desk/imports")).then_some("page")] { (label) } } } }
}

/// `GET /imports/{id}`: what the table would change and what is wrong with it.
async fn show(State(site): State<Shared>, signed: Signed, Name(id): Name) -> Result<Response, Error> {
    looked_at(&site, signed.session.acting(), &id, None).await
}

/// `POST /imports/{id}/correct`: cells typed anew, rows left out or put back.
async fn correct(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    match import::correct(&site.desk(), sent.session.acting(), &id, &correcting(&sent)).await {
        Ok(()) => Ok(go(&format!("/imports/{id}"))),
        Err(ServiceError::Refused(refusal)) => again(&site, &sent, &id, &refusal).await,
        Err(error) => Err(unknown(error)),
    }
}

/// `GET /imports/{id}/marked.xlsx`
async fn marked(State(site): State<Shared>, signed: Signed, Name(id): Name) -> Result<Response, Error> {
    let (kept, table, preview) = looked(&site, signed.session.acting(), &id).await?;
    let bytes = import::marked(&site.desk(), signed.session.acting(), &kept.target, &table, preview.problems).await?;
    Ok(download::xlsx_bytes(&format!("已标注-{}", kept.name), bytes))
}

/// `POST /imports/{id}/take-in`
async fn take_in(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    let (kept, table) = import::open(&desk, site.files(), acting, &id).await.map_err(unknown)?;
    let Some(turn) = site.turns().compute().await else { return Err(Error::Busy) };
    let taken = import::take_in(&desk, acting, &kept.target, &table, Some(Kept::key(&id))).await;
    drop(turn);
    match taken {
        Ok(taken) => Ok(go(&view::done(&kept.target, acting, &taken))),
        Err(ServiceError::Refused(refusal)) => again(&site, &sent, &id, &refusal).await,
        Err(error) => Err(unknown(error)),
    }
}

/// `POST /imports/{id}/discard`
async fn discard(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    let target = import::discard(&desk, acting, &id).await.map_err(unknown)?;
    Ok(go(&view::back(&target, acting)))
}

/// What was not taken in, with what is wrong with it now.
async fn again(site: &Site, sent: &Sent, id: &str, refused: &Refusal) -> Result<Response, Error> {
    looked_at(site, sent.session.acting(), id, Some(refused)).await
}

async fn looked_at(site: &Site, acting: &Acting, id: &str, refused: Option<&Refusal>) -> Result<Response, Error> {
    let desk = site.desk();
    let (kept, table) = import::open(&desk, site.files(), acting, id).await.map_err(unknown)?;
    let label = kept.target.label(&desk, acting).await.map_err(unknown)?;
    let Some(turn) = site.turns().compute().await else { return Err(Error::Busy) };
    let preview = import::preview(&desk, acting, &kept.target, &table).await;
    drop(turn);
    // What it is about may have changed since it was sent: it can still be given up.
    let (preview, unread) = match preview {
        Ok(preview) => (Some(preview), None),
        Err(ServiceError::Refused(refusal)) => (None, Some(refusal)),
        Err(error) => return Err(unknown(error)),
    };
    let (preview, refused) = (preview.as_ref(), refused.or(unread.as_ref()));
    let page: Html<String> = view::page(&View { id, label: &label, acting, kept: &kept, table: &table, preview, refused });
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, page).into_response())
}

async fn looked(site: &Site, acting: &Acting, id: &str) -> Result<(Kept, Table, Preview), Error> {
    let desk = site.desk();
    let (kept, table) = import::open(&desk, site.files(), acting, id).await.map_err(unknown)?;
    let Some(_turn) = site.turns().compute().await else { return Err(Error::Busy) };
    let preview = import::preview(&desk, acting, &kept.target, &table).await.map_err(unknown)?;
    Ok((kept, table, preview))
}

/// What is said of a table that waits; `leave` and `back` name rows.
fn correcting(sent: &Sent) -> Correcting {
    let rows = |name: &str| sent.all(name).iter().filter_map(|row| row.parse().ok()).collect();
    Correcting { cells: typed(sent), leave_out: rows("leave"), put_back: rows("back") }
}

/// Cells typed anew: `cell.<row>.<column>`, what stood there before beside it; what was left as it was is no correction.
fn typed(sent: &Sent) -> Cells {
    let one = |(name, text): &(String, String)| {
        let (row, column) = name.strip_prefix("cell.")?.split_once('.')?;
        let place = (row.parse().ok()?, column.parse().ok()?);
        (sent.text(&format!("was.{row}.{column}")) != text).then(|| (place, text.clone()))
    };
    sent.fields.iter().filter_map(one).collect()
}

fn unknown(error: ServiceError) -> Error {
    match error {
        ServiceError::NotFound => Error::NoPage,
        other => other.into(),
    }
}
