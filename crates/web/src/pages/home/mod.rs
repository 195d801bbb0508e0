//! 我的办件: where people of enterprises and providers begin, and what their organisation says of itself.

mod files;
mod gather;
mod mandates;
mod notices;
mod of_bureau;
mod overview;
mod profile;
mod serving;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use records::organisation::OrganisationKind;
use service::application;

use crate::components::form::{Form, go};
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::pages::desk::applies;
use crate::session::{Sent, Signed};
use crate::site::Shared;

/// The addresses of these pages.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/home", get(show))
        .route("/desk/own", get(of_bureau::show))
        .route("/batches/{id}/start", post(start))
        .route("/profile", get(profile::show).post(profile::send))
        .route("/mandates", get(mandates::show).post(mandates::grant))
        .route("/mandates/{id}/withdraw", post(mandates::withdraw))
        .route("/notices", get(notices::show))
        .route("/notices/read", post(notices::read))
        .route("/notices/open", get(notices::open))
}

/// `GET /home`: everybody's own start.
async fn show(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Response, Error> {
    let acting = signed.session.acting();
    match acting.kind {
        OrganisationKind::Administrator => Ok(Redirect::to("/admin").into_response()),
        kind if kind.is_staff() => Ok(Redirect::to("/desk").into_response()),
        _ => {
            let mine = gather::Mine::of(&site, acting, &asked).await?;
            Ok(overview::page(&site, &signed.session, &mine, &Form::default()).into_response())
        }
    }
}

/// `POST /batches/{id}/start`: begins a file, or opens the one that was begun.
async fn start(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let acting = sent.session.acting();
    match application::start(&site.desk(), acting, &id).await {
        Ok(file) => Ok(go(&format!("/files/{file}"))),
        Err(error) => {
            let form = Form::again(Vec::new(), error)?;
            let mine = gather::Mine::of(&site, acting, &Asked::default()).await?;
            let page = if applies(acting.kind) { of_bureau::page } else { overview::page };
            Ok(form.answer(page(&site, &sent.session, &mine, &form)))
        }
    }
}
