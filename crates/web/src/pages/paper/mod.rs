//! 我的文件: what an organisation has uploaded, to be used wherever it is asked for.

mod list;
mod send;
pub(crate) mod upload;

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use records::moment::By;
use service::{ServiceError, paper};

use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};

use list::Said;
pub(crate) use send::file;
pub(crate) use upload::UPLOAD_MAX_BYTES;

/// `GET /papers`: the newest files, and a form for more.
pub(crate) async fn show(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let said = match (asked.get("added").and_then(|text| text.parse().ok()), asked.get("removed")) {
        (Some(added), _) => Said::Added(added),
        (None, Some(_)) => Said::Removed,
        (None, None) => Said::Nothing,
    };
    let page = asked.get("page").and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
    shown(&site, &signed.session.by(), page.saturating_sub(1), &said).await
}

/// `POST /papers`: one or more files, from the form or from a script that asks for JSON.
pub(crate) async fn receive(
    State(site): State<Shared>,
    signed: Signed,
    headers: HeaderMap,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    let posted = upload::read(&site, &signed, sent).await?;
    let refused = posted.refused();
    if headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json")) {
        let status = if refused.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, [(header::CONTENT_TYPE, "application/json")], posted.json()).into_response());
    }
    if refused.is_empty() && !posted.files.is_empty() {
        return Ok(Redirect::to(&format!("/papers?added={}", posted.files.len())).into_response());
    }
    problems(&site, &signed.session.by(), posted.taken(), refused).await
}

/// `GET /papers/{id}`: the file itself.
pub(crate) async fn open(State(site): State<Shared>, signed: Signed, Name(id): Name) -> Result<Response, Error> {
    let by = signed.session.by();
    match paper::open_as_owner(site.store(), site.files(), &by, &id).await {
        Ok(opened) => Ok(file(opened)),
        Err(ServiceError::Refused(refusal)) => problems(&site, &by, 0, vec![refusal.message]).await,
        Err(ServiceError::NotFound) => Err(Error::NoPage),
        Err(error) => Err(error.into()),
    }
}

/// `POST /papers/{id}/remove`
pub(crate) async fn remove(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let by = sent.session.by();
    match paper::remove(site.store(), &by, &id).await {
        // Pressed twice, or by a colleague a moment before: it is gone, as was wanted.
        Ok(()) | Err(ServiceError::NotFound) => Ok(Redirect::to("/papers?removed=1").into_response()),
        Err(ServiceError::Refused(refusal)) => problems(&site, &by, 0, vec![refusal.message]).await,
        Err(error) => Err(error.into()),
    }
}

async fn problems(site: &Site, by: &By, taken: usize, refused: Vec<String>) -> Result<Response, Error> {
    let page = shown(site, by, 0, &Said::Refused { taken, refused }).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn shown(site: &Site, by: &By, page: usize, said: &Said) -> Result<Html<String>, Error> {
    let list = paper::list_of_organisation(site.store(), by, page).await?;
    Ok(list::page(&list, page, said))
}
