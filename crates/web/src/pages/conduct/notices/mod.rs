//! Publicities as everybody reads them, and objections to them.

mod object;
mod view;

use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse as _, Response};
use maud::html;
use records::publicity::Objecting;
use service::{ServiceError, publicity};

use super::today;
use crate::components::form::{Form, go};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::{Name, Names};
use crate::pages::document;
use crate::session::Entered;
use crate::site::{Shared, Site};

pub(crate) use view::{items, rows};

/// The way to these pages.
const WAY: [(&str, &str); 1] = [("公示", "/publicity")];

/// `GET /publicity`
pub(crate) async fn list(State(site): State<Shared>) -> Result<Html<String>, Error> {
    let all = publicity::publicities(&site.desk(), None).await?;
    let main = html! {
        h1 { "公示" }
        @if all.is_empty() { p { "还没有公示。" } } @else { (rows(site.library(), &all, today(&site))) }
    };
    Ok(layout::page("公示", &[], main))
}

/// `GET /publicity/{id}`
pub(crate) async fn show(State(site): State<Shared>, Name(id): Name) -> Result<Html<String>, Error> {
    one(&site, &id, &Form::default()).await
}

/// `POST /publicity/{id}/objections`
pub(crate) async fn object(State(site): State<Shared>, Name(id): Name, sent: Entered) -> Result<Response, Error> {
    let text = |name: &str| sent.text(name).to_owned();
    let objecting = Objecting { application: text("application"), name: text("name"), contact: text("contact"), text: text("text") };
    match publicity::object(&site.desk(), &id, objecting).await {
        Ok(objection) => Ok(go(&format!("/publicity/{id}/objections/{objection}"))),
        Err(ServiceError::Conflict) => Err(Error::Busy),
        Err(error) => {
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(one(&site, &id, &form).await?))
        }
    }
}

/// `GET /publicity/{id}/objections/{objection}`: the receipt, and later the outcome. Whoever knows the address reads it, so
/// no cache keeps it.
pub(crate) async fn outcome(State(site): State<Shared>, Names(id, objection): Names) -> Result<Response, Error> {
    let (_, publicity) = publicity::publicity(&site.desk(), &id).await.map_err(no_page)?;
    let objection = publicity::outcome(&site.desk(), &id, &objection).await.map_err(no_page)?;
    let page = object::receipt(site.edge().origin, &publicity, &objection);
    Ok(([(header::CACHE_CONTROL, "no-store")], page).into_response())
}

async fn one(site: &Site, id: &str, form: &Form) -> Result<Html<String>, Error> {
    let (_, publicity) = publicity::publicity(&site.desk(), id).await.map_err(no_page)?;
    let main = html! {
        (form.summary(None))
        (view::notice(site.library(), &publicity, today(site)))
        (document::of_publicity(site, id, false).await?)
        (object::form(&publicity, form, today(site)))
    };
    Ok(layout::page(&publicity.title, &WAY, main))
}

fn no_page(error: ServiceError) -> Error {
    if matches!(error, ServiceError::NotFound) { Error::NoPage } else { error.into() }
}
