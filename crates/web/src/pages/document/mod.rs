//! 文书: issuing papers, reading, printing and downloading them, and the public check.

mod bundle;
mod office;
mod one;
mod section;
mod table;
mod verify;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use service::ServiceError;
use service::document::{self, DocumentKind};

pub(crate) use office::{monthly, of_publicity, payment_list, report};
pub(crate) use section::{issued, offered};
pub(crate) use table::tables;

use crate::components::form::go;
use crate::errors::Error;
use crate::extract::Names;
use crate::session::Sent;
use crate::site::Shared;

/// The addresses of these pages.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/verify", get(verify::show))
        .route("/documents/{id}", get(one::show))
        .route("/documents/{id}/print", get(one::print))
        .route("/documents/{id}/foot.css", get(one::foot))
        .route("/documents/{id}/pictures/{number}", get(one::picture))
        .route("/documents/{id}/paper.docx", get(one::docx))
        .route("/documents/{id}/paper.pdf", get(one::pdf))
        .route("/files/{id}/documents/{kind}", post(issue))
        .route("/files/{id}/tables/{table}", get(table::of_file))
        .route("/conduct/batches/{id}/tables/{table}", get(table::of_batch))
        .route("/conduct/publicity/{id}/document", post(office::issue_publicity))
        .route("/conduct/payments/{id}/document", post(office::issue_payment_list))
        .route("/conduct/payments/{id}/decisions", post(bundle::decisions))
        .route("/desk/monthly", post(office::issue_monthly))
        .route("/dossiers/{organisation}/supervision", post(office::issue_supervision))
        .route("/dossiers/{organisation}/archive", post(bundle::archive))
}

/// `POST /files/{id}/documents/{kind}`
async fn issue(State(site): State<Shared>, Names(id, kind): Names, sent: Sent) -> Result<Response, Error> {
    let kind = DocumentKind::parse(&kind).ok_or(Error::NoPage)?;
    let issued = document::issue(&site.desk(), sent.session.acting(), site.press(), &id, &kind).await;
    let issued = address(&issued.map_err(no_page)?);
    Ok(go(&if sent.text("then") == "pdf" { format!("{issued}/paper.pdf") } else { issued }))
}

/// Where an issued paper is read.
fn address(id: &str) -> String {
    format!("/documents/{id}")
}

/// What somebody may not see is as unknown as what is not there.
fn no_page(error: ServiceError) -> Error {
    if matches!(error, ServiceError::NotFound) { Error::NoPage } else { error.into() }
}
