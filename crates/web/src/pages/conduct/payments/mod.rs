//! 拨付清单: drawing up, approving by two, recording what the bank did.

mod export;
mod form;
mod items;
mod view;

pub(in crate::pages) use view::state as state_word;

use std::sync::Arc;

use axum::extract::State;
use axum::response::{Html, Response};
use policy::pack::{Pack, Work};
use records::access::{Acting, concerns, may_prepare_payment};
use service::ServiceError;
use service::payment::{self, Banked, Listing};

use crate::components::form::{Form, go};
use crate::errors::Error;
use crate::extract::{Asked, Name, Names};
use crate::pages::desk::page_under_tab;
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};

/// `GET /conduct/payments`
pub(crate) async fn list(State(site): State<Shared>, signed: Signed) -> Result<Html<String>, Error> {
    let acting = signed.session.acting();
    let rows = payment::payment_lists(&site.desk(), acting, None).await?;
    let prepares = may_prepare_payment(acting);
    let waiting = if prepares { waiting(&site, acting).await? } else { Vec::new() };
    Ok(page_under_tab(&signed.session, "拨付清单", "/conduct/payments", &view::list(site.library(), &rows, &waiting, prepares)))
}

/// The programmes with files that wait to be paid, and how many.
async fn waiting<'a>(site: &'a Site, acting: &Acting) -> Result<Vec<(&'a Pack, usize)>, Error> {
    let pays =
        |pack: &&Arc<Pack>| concerns(acting, pack) && pack.stages.iter().any(|stage| stage.of.is_some() && stage.work == Some(Work::Pay));
    let mut all = Vec::new();
    for pack in site.library().packs().filter(pays) {
        match payment::candidates(&site.desk(), acting, &pack.id).await?.len() {
            0 => {}
            files => all.push((pack.as_ref(), files)),
        }
    }
    Ok(all)
}

/// `GET /conduct/payments/new?programme=`
pub(crate) async fn new(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let pack = site.programme(asked.get("programme").unwrap_or_default())?;
    let waiting = payment::candidates(&site.desk(), signed.session.acting(), &pack.id).await?;
    Ok(form::page(pack, &waiting, &form::opening(&site, pack, &waiting, asked.get("all") != Some("0"))))
}

/// `POST /conduct/payments`
pub(crate) async fn prepare(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    let pack = site.programme(sent.text("programme"))?;
    let listing = Listing { programme: pack.id.clone(), label: sent.text("label").to_owned(), applications: sent.all("items") };
    match payment::prepare(&desk, acting, &listing).await {
        Ok(id) => Ok(go(&format!("/conduct/payments/{id}?prepared=1"))),
        Err(error) => {
            let waiting = payment::candidates(&desk, acting, &pack.id).await?;
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(form::page(pack, &waiting, &form)))
        }
    }
}

/// `GET /conduct/payments/{id}`
pub(crate) async fn show(State(site): State<Shared>, signed: Signed, Name(id): Name, asked: Asked) -> Result<Html<String>, Error> {
    let (acting, done) = (signed.session.acting(), view::done(&asked));
    match asked.get("all") {
        Some("1") => {
            let (_, list) = payment::payment_list(&site.desk(), acting, &id).await?;
            one(&site, acting, &id, &items::all_ticked(&list), done.as_deref()).await
        }
        _ => one(&site, acting, &id, &Form::default(), done.as_deref()).await,
    }
}

/// `GET /conduct/payments/{id}/list.csv`
pub(crate) async fn csv(State(site): State<Shared>, signed: Signed, Name(id): Name) -> Result<Response, Error> {
    let (_, list) = payment::payment_list(&site.desk(), signed.session.acting(), &id).await?;
    Ok(export::csv(signed.session.acting(), &list))
}

/// `GET /conduct/payments/{id}/list.xlsx`
pub(crate) async fn xlsx(State(site): State<Shared>, signed: Signed, Name(id): Name) -> Result<Response, Error> {
    let (_, list) = payment::payment_list(&site.desk(), signed.session.acting(), &id).await?;
    export::xlsx(&site, signed.session.acting(), &list).await
}

/// `POST /conduct/payments/{id}/approve`
pub(crate) async fn approve(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let done = payment::approve(&site.desk(), sent.session.acting(), &id, version(&sent)).await;
    answered(&site, &id, "approve", sent, done).await
}

/// `POST /conduct/payments/{id}/cancel`
pub(crate) async fn cancel(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let done = payment::cancel(&site.desk(), sent.session.acting(), &id, version(&sent), sent.text("cancel.reason")).await;
    answered(&site, &id, "cancel", sent, done).await
}

/// `POST /conduct/payments/{id}/paid`: every payment that is ticked.
pub(crate) async fn paid(State(site): State<Shared>, Name(id): Name, sent: Sent) -> Result<Response, Error> {
    let done = payment::record_paid(&site.desk(), sent.session.acting(), &id, &sent.all("paid.items")).await;
    answered(&site, &id, "paid", sent, done).await
}

/// `POST /conduct/payments/{id}/failed/{application}`
pub(crate) async fn failed(State(site): State<Shared>, Names(id, application): Names, sent: Sent) -> Result<Response, Error> {
    let what = format!("failed.{application}");
    let banked = Banked::Failed(sent.text(&format!("{what}.reason")).to_owned());
    let done = payment::record(&site.desk(), sent.session.acting(), &id, &application, banked).await;
    answered(&site, &id, &what, sent, done).await
}

/// The version the person looked at.
fn version(sent: &Sent) -> i64 {
    sent.text("version").parse().unwrap_or(0)
}

async fn answered(site: &Site, id: &str, what: &str, sent: Sent, done: Result<(), ServiceError>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(go(&format!("/conduct/payments/{id}?{}=1", what.split('.').next().unwrap_or(what)))),
        Err(error) => {
            let form = Form::again_under(&format!("{what}."), sent.fields, error)?;
            Ok(form.answer(one(site, sent.session.acting(), id, &form, None).await?))
        }
    }
}

async fn one(site: &Site, acting: &Acting, id: &str, form: &Form, done: Option<&str>) -> Result<Html<String>, Error> {
    let desk = site.desk();
    let (version, list) = payment::payment_list(&desk, acting, id).await?;
    let names = payment::signers(&desk, acting, &list).await?;
    Ok(view::one(&view::One { library: site.library(), acting, version, list: &list, names: &names, form }, done))
}
