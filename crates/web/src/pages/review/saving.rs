//! An expert's sheet saved while it is filled in.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use service::review;

use super::unknown;
use crate::errors::Error;
use crate::extract::Names;
use crate::session::Sent;
use crate::sheet::{self, Sheet};
use crate::site::Shared;

/// `POST …/review/draft`, for the script.
pub(super) async fn by_itself(State(site): State<Shared>, Names(id, stage): Names, sent: Sent) -> Result<Response, Error> {
    let (desk, acting, version) = (site.desk(), sent.session.acting(), sheet::version(&sent.fields));
    let view = review::view(&desk, acting, &id, &stage).await.map_err(unknown)?;
    let form = view.pack.form(&view.review.sheet).ok_or(Error::NoPage)?;
    let typed = sheet::read(&view.pack, &[form], &sent.fields);
    let version = review::save_sheet_draft(&desk, acting, &id, &stage, version, &typed).await.map_err(unknown)?;
    let shown: serde_json::Map<_, _> =
        sheet::shown(&Sheet::new(&view.pack, vec![form], &typed)).into_iter().map(|(path, text)| (path, text.into())).collect();
    let at = site.edge().now.text();
    let body = json!({ "version": version, "at": at.rsplit(' ').next(), "shown": shown }).to_string();
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}
