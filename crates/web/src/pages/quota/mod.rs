//! 名额: for each key of each quota who holds its places, who waits, in which order, and who would be left without; to be
//! looked at before anything is approved.

mod view;

use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use service::application;

use crate::errors::Error;
use crate::extract::Names;
use crate::session::Signed;
use crate::site::Shared;

/// Every address of these pages.
pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/desk/quotas/{programme}/{procedure}", get(show))
}

/// The address of a procedure's quotas.
pub(crate) fn address(programme: &str, procedure: &str) -> String {
    format!("/desk/quotas/{programme}/{procedure}")
}

/// `GET /desk/quotas/{programme}/{procedure}`
async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(programme, procedure): Names,
) -> Result<Html<String>, Error> {
    let keys = application::quotas(&site.desk(), session.acting(), &programme, &procedure).await?;
    let pack = site.library().pack(&programme).ok_or(Error::NoPage)?;
    let known = pack.procedure(&procedure).ok_or(Error::NoPage)?;
    Ok(view::page(pack, known, &keys))
}
