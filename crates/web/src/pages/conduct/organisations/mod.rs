//! 单位: who there is, for offices and the administrator; the administrator adds offices and stops organisations.

mod form;
mod view;

use axum::extract::State;
use axum::response::{Html, Response};
use records::access::Acting;
use records::account::Role;
use records::organisation::OrganisationKind;
use service::identity::{self, NewOrganisation};
use service::{ServiceError, organisation};

use crate::components::form::{Form, go};
use crate::components::pages;
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::pages::desk::page_under_tab;
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};

/// `GET /organisations`, narrowed by `?search=`, `?kind=` and `?page=`.
pub(crate) async fn list(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let acting = signed.session.acting();
    let (search, kind) = (asked.get("search").unwrap_or_default(), asked.get("kind").unwrap_or_default());
    let page = pages::asked(asked.get("page"));
    let listed = organisation::organisations(&site.desk(), acting, OrganisationKind::parse(kind), search, page).await?;
    let main = view::list(&listed, &view::Narrowed { search, kind, page }, administers(acting), asked.get("added").is_some());
    Ok(page_under_tab(&signed.session, "单位查询", "/organisations", &main))
}

/// `GET /organisations/new`
pub(crate) async fn new(signed: Signed) -> Result<Html<String>, Error> {
    if administers(signed.session.acting()) { Ok(form::page(&Form::default())) } else { Err(Error::NoPage) }
}

/// `POST /organisations`
pub(crate) async fn add(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let text = |name: &str| sent.text(name).to_owned();
    let new = NewOrganisation {
        kind: text("kind"),
        organisation: text("organisation"),
        credit_code: text("credit_code"),
        place: text("place"),
        name: text("name"),
        email: text("email"),
    };
    match identity::add_organisation(site.store(), &site.edge(), &sent.session, &new).await {
        Ok(()) => Ok(go("/organisations?added=1")),
        Err(error) => {
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(form::page(&form)))
        }
    }
}

/// `GET /organisations/{id}`
pub(crate) async fn show(State(site): State<Shared>, signed: Signed, Name(id): Name, asked: Asked) -> Result<Html<String>, Error> {
    let done = [("suspend", "该单位已停用，其人员不能再办理业务。"), ("restore", "该单位已恢复。")];
    let done = done.into_iter().find(|(name, _)| asked.get(name).is_some()).map(|(_, said)| said);
    one(&site, signed.session.acting(), &id, &Form::default(), done).await
}

/// `POST /organisations/{id}/suspend`
pub(crate) async fn suspend(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let done = organisation::suspend(&site.desk(), sent.session.acting(), &id, sent.text("reason")).await;
    answered(&site, &id, "suspend", sent, done).await
}

/// `POST /organisations/{id}/restore`
pub(crate) async fn restore(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let done = organisation::restore(&site.desk(), sent.session.acting(), &id).await;
    answered(&site, &id, "restore", sent, done).await
}

async fn answered(site: &Site, id: &str, what: &str, sent: Sent, done: Result<(), ServiceError>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(go(&format!("/organisations/{id}?{what}=1"))),
        Err(error) => {
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(one(site, sent.session.acting(), id, &form, None).await?))
        }
    }
}

async fn one(site: &Site, acting: &Acting, id: &str, form: &Form, done: Option<&str>) -> Result<Html<String>, Error> {
    let found = organisation::organisation(&site.desk(), acting, id).await.map_err(|error| match error {
        ServiceError::NotFound => Error::NoPage,
        other => other.into(),
    })?;
    Ok(view::one(&found, acting, form, done))
}

/// Whether a person runs the platform.
pub(super) fn administers(acting: &Acting) -> bool {
    acting.kind == OrganisationKind::Administrator && acting.is(Role::Manager)
}
