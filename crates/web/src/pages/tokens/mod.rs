//! 接口: the tokens by which an organisation's systems come in, and where they are called.

mod hook;
mod made;
mod view;

use axum::Router;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use service::identity::Session;
use service::token::{self, Making};
use service::webhook;

use crate::components::form::{Form, go};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};

const TITLE: &str = "接口";

/// The addresses of these pages.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/tokens", get(show).post(make))
        .route("/tokens/{id}/revoke", post(revoke))
        .route("/tokens/webhook", post(set_webhook))
        .route("/tokens/webhook/remove", post(remove_webhook))
}

/// `GET /tokens`
async fn show(State(site): State<Shared>, Signed { session, .. }: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let done = [("revoked", "令牌已停用。"), ("removed", "接收地址已撤销，不再推送。")];
    let done = done.into_iter().find(|(name, _)| asked.get(name).is_some()).map(|(_, said)| html! { p { (said) } });
    page(&site, &session, &Form::default(), done).await
}

/// `POST /tokens`: the secret stands in this answer and nowhere else, so there is nothing to lead on to.
async fn make(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let (label, expires_on) = (sent.text("label").to_owned(), sent.text("expires_on").to_owned());
    let making = Making { label, scopes: sent.all("scopes"), expires_on };
    match token::make(&site.desk(), &sent.session, &making).await {
        Ok(made) => Ok(page(&site, &sent.session, &Form::default(), Some(made::token(&made.secret))).await?.into_response()),
        Err(error) => again(&site, sent, error).await,
    }
}

/// `POST /tokens/{id}/revoke`
async fn revoke(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    token::revoke(&site.desk(), &sent.session, &id).await?;
    Ok(go("/tokens?revoked=1"))
}

/// `POST /tokens/webhook`: as with a token, the secret is in this answer alone.
async fn set_webhook(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    match webhook::set(&site.desk(), &sent.session, site.inside(), sent.text("address")).await {
        Ok(set) => Ok(page(&site, &sent.session, &Form::default(), Some(made::webhook(&set))).await?.into_response()),
        Err(error) => again(&site, sent, error).await,
    }
}

/// `POST /tokens/webhook/remove`
async fn remove_webhook(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    webhook::remove(&site.desk(), &sent.session).await?;
    Ok(go("/tokens?removed=1"))
}

async fn again(site: &Site, sent: Sent, error: service::ServiceError) -> Result<Response, Error> {
    let form = Form::again(sent.fields, error)?;
    Ok(form.answer(page(site, &sent.session, &form, None).await?))
}

async fn page(site: &Site, session: &Session, form: &Form, done: Option<Markup>) -> Result<Html<String>, Error> {
    let desk = site.desk();
    let (tokens, webhook) = (token::tokens(&desk, session).await?, webhook::webhook(&desk, session).await?);
    let kind = session.acting().kind;
    let main = html! {
        (form.summary(None))
        h1 { (TITLE) }
        @if let Some(done) = done { div.notice role="status" { (done) } }
        p.lead { "本单位的业务系统凭令牌调用接口，以经办人身份办理；签发和审批仍由人员在本网站完成。接口清单见" a href="/api/v1/openapi.json" { "openapi.json" } "。" }
        (view::tokens(&tokens, desk.edge.now))
        (view::form(kind, form))
        (hook::section(webhook.as_ref(), form))
    };
    Ok(layout::page(TITLE, &[("本单位人员", "/people")], main))
}
