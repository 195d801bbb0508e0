//! 专家评审: a bureau assigns experts and looks at what they scored; an expert scores, and says what he knows.

mod draw;
mod experts;
mod list;
mod own;
mod proposal;
mod saving;
mod scored;
mod sheet;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use records::organisation::OrganisationKind as Kind;
use service::ServiceError;

use crate::errors::Error;
use crate::extract::Asked;
use crate::session::Signed;
use crate::site::Shared;

/// The way to these pages.
const WAY: [(&str, &str); 2] = [("工作台", "/desk"), ("专家评审", "/reviews")];

/// The addresses of these pages.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/reviews", get(show).post(own::send))
        .route("/reviews/{programme}/{stage}", get(proposal::show).post(proposal::send))
        .route("/files/{id}/stages/{stage}/review", get(sheet::show).post(sheet::send))
        .route("/files/{id}/stages/{stage}/review/draft", post(saving::by_itself))
        .route("/files/{id}/stages/{stage}/draw", get(draw::show))
        .route("/files/{id}/stages/{stage}/experts", get(experts::show).post(experts::send))
}

/// `GET /reviews`: an expert's own record, or where files wait for a bureau.
async fn show(State(site): State<Shared>, Signed { session, .. }: Signed, asked: Asked) -> Result<Response, Error> {
    match session.acting().kind {
        Kind::Expert => Ok(own::show(&site, &session, &asked).await?.into_response()),
        _ => Ok(list::show(&site, &session).await?.into_response()),
    }
}

/// What a person may not see is as unknown as what is not there.
fn unknown(error: ServiceError) -> Error {
    match error {
        ServiceError::NotFound | ServiceError::Forbidden => Error::NoPage,
        other => other.into(),
    }
}
