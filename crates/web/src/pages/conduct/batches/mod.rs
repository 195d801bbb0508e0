//! 申报批次: opening a call, moving its last day back, ending it.

mod form;
mod view;

use axum::extract::State;
use axum::response::{Html, Response};
use records::access::{Acting, may_conduct};
use service::{ServiceError, batch};

use super::today;
use crate::components::form::{Form, go};
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::pages::desk::page_under_tab;
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};

/// `GET /conduct/batches`
pub(crate) async fn list(State(site): State<Shared>, signed: Signed) -> Result<Html<String>, Error> {
    let acting = super::overseeing(&signed)?;
    let rows = batch::batches(&site.desk(), None).await?;
    Ok(page_under_tab(
        &signed.session,
        "申报批次",
        "/conduct/batches",
        &view::list(site.library(), &rows, today(&site), super::conducts(acting)),
    ))
}

/// `GET /conduct/batches/new`
pub(crate) async fn new(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let acting = super::overseeing(&signed)?;
    if !super::conducts(acting) {
        return Err(Error::NoPage);
    }
    let what = asked.get("of").unwrap_or_default().to_owned();
    let opens = Form::with([("what", what), ("opens_on", today(&site).to_string())]);
    Ok(form::page(site.library(), acting, &opens))
}

/// `POST /conduct/batches`
pub(crate) async fn open(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let (acting, calling) = (sent.session.acting().clone(), form::calling(&sent));
    match batch::open(&site.desk(), &acting, &calling).await {
        Ok(id) => Ok(go(&format!("/conduct/batches/{id}?opened=1"))),
        Err(error) => {
            let form = Form::again(sent.fields, form::named(&calling, error))?;
            Ok(form.answer(form::page(site.library(), &acting, &form)))
        }
    }
}

/// `GET /conduct/batches/{id}`
pub(crate) async fn show(State(site): State<Shared>, signed: Signed, Name(id): Name, asked: Asked) -> Result<Html<String>, Error> {
    one(&site, super::overseeing(&signed)?, &id, &Form::default(), view::done(&asked)).await
}

/// `POST /conduct/batches/{id}/extend`
pub(crate) async fn extend(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let (deadline_on, reason) = (sent.text("extend.deadline_on"), sent.text("extend.reason"));
    let done = batch::extend(&site.desk(), sent.session.acting(), &id, deadline_on, reason).await;
    answered(&site, &id, "extend", sent, done).await
}

/// `POST /conduct/batches/{id}/close`
pub(crate) async fn close(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let done = batch::close(&site.desk(), sent.session.acting(), &id, sent.text("close.reason")).await;
    answered(&site, &id, "close", sent, done).await
}

async fn answered(site: &Site, id: &str, what: &str, sent: Sent, done: Result<(), ServiceError>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(go(&format!("/conduct/batches/{id}?{what}=1"))),
        Err(error) => {
            let acting = sent.session.acting();
            let form = Form::again_under(&format!("{what}."), sent.fields, error)?;
            Ok(form.answer(one(site, acting, id, &form, None).await?))
        }
    }
}

async fn one(site: &Site, acting: &Acting, id: &str, form: &Form, done: Option<&str>) -> Result<Html<String>, Error> {
    super::may_see_conduct(acting)?;
    let batch = batch::batch(&site.desk(), id).await?;
    let conducts = may_conduct(acting, &batch.place);
    Ok(view::one(site.library(), &batch, today(site), form, conducts, done))
}
