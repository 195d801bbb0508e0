//! One file: what its applicant does with it, and how offices and third parties see it and work on it.

mod assess;
mod assign;
mod audit;
mod beside;
mod check;
mod claim;
mod cost;
mod decide;
mod declare;
mod differences;
mod entitled;
mod filed;
pub(crate) mod fill;
mod filling_in;
mod findings;
mod handed;
mod joining;
mod judge;
mod newer;
mod official;
mod opened;
mod paper;
mod paper_code;
mod points;
mod refuse;
mod remarks;
mod returned;
mod shortcut;
mod skip;
mod strip;
mod timeline;
mod view;
mod work;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use records::access::Sight;

use self::opened::Opened;
use super::desk::Wished;
use super::paper::UPLOAD_MAX_BYTES;
use crate::errors::Error;
use crate::extract::Name;
use crate::session::Signed;
use crate::site::Shared;

/// Every address under which a file is seen and worked on by others than its applicant.
pub(crate) fn routes() -> Router<Shared> {
    let large = || DefaultBodyLimit::max(UPLOAD_MAX_BYTES);
    Router::new()
        .route("/files/{id}", get(show))
        .route("/files/{id}/filed", get(filed::show))
        .route("/files/{id}/papers/{paper}", get(paper::open))
        .route("/files/{id}/join", get(joining::show).post(joining::send).layer(large()))
        .route("/files/{id}/claim", get(claim::show).post(claim::send))
        .route("/files/{id}/repay", get(claim::show_repay).post(claim::send_repay))
        .route("/files/{id}/stages/{stage}/check", get(check::show).post(check::send).layer(large()))
        .route("/files/{id}/stages/{stage}/assess", get(assess::show).post(assess::send).layer(large()))
        .route("/files/{id}/stages/{stage}/audit", get(audit::show).post(audit::send).layer(large()))
        .route("/files/{id}/stages/{stage}/{work}/draft", post(work::save_by_itself).layer(large()))
        .route("/files/{id}/stages/{stage}/return", get(returned::show).post(returned::send))
        .route("/files/{id}/stages/{stage}/refuse", get(refuse::show).post(refuse::send))
        .route("/files/{id}/stages/{stage}/skip", get(skip::show).post(skip::send))
        .route("/files/{id}/stages/{stage}/assign", get(assign::show).post(assign::send))
        .route("/files/{id}/stages/{stage}/declare", get(declare::show).post(declare::send))
}

/// `GET /files/{id}`: the applicant's list of what is to do; the paper with what the rules say of it for everybody else.
async fn show(State(site): State<Shared>, Signed { session, .. }: Signed, Name(id): Name, wished: Wished) -> Result<Response, Error> {
    let opened = Opened::load(&site, &session, &id, &wished).await?;
    match opened.view.sight.sight() {
        Sight::Applicant if !opened.officiates() => return Ok(Redirect::to(&opened.own_page(wished.get("done"))).into_response()),
        Sight::Participant => return Ok(Redirect::to(&format!("/files/{id}/join")).into_response()),
        _ => {}
    }
    Ok(view::page(&opened, wished.get("done")).await?.into_response())
}
