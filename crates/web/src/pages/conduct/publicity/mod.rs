//! 公示 as the bureau conducts it: choosing what is shown, opening it, settling objections.

mod form;
mod objections;
mod view;

use axum::extract::State;
use axum::response::{Html, Response};
use maud::html;
use records::access::Acting;
use service::ServiceError;
use service::publicity::{self, Announcing};

use super::today;
use crate::components::form::{Form, go};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::{Asked, Name, Names};
use crate::pages::desk::page_under_tab;
use crate::pages::document;
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};

pub(super) use view::days;

/// `GET /conduct/publicity`: what waits to be shown, what is shown, what was shown.
pub(crate) async fn list(State(site): State<Shared>, signed: Signed) -> Result<Html<String>, Error> {
    let acting = super::overseeing(&signed)?;
    let waiting = if super::conducts(acting) { form::waiting(&site, acting).await? } else { Vec::new() };
    let all = publicity::all_overseen(&site.desk(), acting).await?;
    let main = html! {
        @if super::conducts(acting) { (view::waiting(&waiting)) }
        (view::table(&site, &all, today(&site)))
    };
    Ok(page_under_tab(&signed.session, "公示和异议", "/conduct/publicity", &main))
}

/// `GET /conduct/publicity/new?programme=&procedure=`
pub(crate) async fn new(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    super::overseeing(&signed)?;
    let what = |name: &str| asked.get(name).unwrap_or_default().to_owned();
    let of = form::Of::find(&site, &what("programme"), &what("procedure"))?;
    let waiting = publicity::candidates(&site.desk(), signed.session.acting(), &of.pack.id, of.procedure()).await?;
    let opens = form::opening(&site, signed.session.acting(), &of, &waiting).await?;
    Ok(form::page(&of, &waiting, &opens))
}

/// `POST /conduct/publicity`
pub(crate) async fn open(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    super::conducting(acting)?;
    let of = form::Of::find(&site, sent.text("programme"), sent.text("procedure"))?;
    let text = |name: &str| sent.text(name).to_owned();
    let (title, starts_on, ends_on, contact) = (text("title"), text("starts_on"), text("ends_on"), text("contact"));
    let said = Announcing { title, starts_on, ends_on, contact, applications: sent.all("items") };
    match publicity::open(&desk, acting, &of.pack.id, of.procedure(), &said).await {
        Ok(id) => Ok(go(&format!("/conduct/publicity/{id}?opened=1"))),
        Err(error) => {
            let waiting = publicity::candidates(&desk, acting, &of.pack.id, of.procedure()).await?;
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(form::page(&of, &waiting, &form)))
        }
    }
}

/// `GET /conduct/publicity/{id}`
pub(crate) async fn show(State(site): State<Shared>, signed: Signed, Name(id): Name, asked: Asked) -> Result<Html<String>, Error> {
    let acting = super::overseeing(&signed)?;
    let done = [("opened", "公示已发布。"), ("settled", "异议处理结果已登记。")];
    let done = done.into_iter().find(|(name, _)| asked.get(name).is_some()).map(|(_, said)| said);
    one(&site, acting, &id, &Form::default(), done).await
}

/// `POST /conduct/publicity/{id}/objections/{objection}`
pub(crate) async fn settle(State(site): State<Shared>, Names(id, objection): Names, sent: Sent) -> Result<Response, Error> {
    super::conducting(sent.session.acting())?;
    let prefix = format!("settle.{objection}.");
    match settled(&site, &id, &objection, &prefix, &sent).await {
        Ok(()) => Ok(go(&format!("/conduct/publicity/{id}?settled=1"))),
        Err(error) => {
            let acting = sent.session.acting();
            let form = Form::again_under(&prefix, sent.fields, error)?;
            Ok(form.answer(one(&site, acting, &id, &form, None).await?))
        }
    }
}

async fn settled(site: &Site, id: &str, objection: &str, prefix: &str, sent: &Sent) -> Result<(), ServiceError> {
    let upheld = match sent.text(&format!("{prefix}upheld")) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    publicity::settle(&site.desk(), sent.session.acting(), id, objection, upheld, sent.text(&format!("{prefix}reply"))).await
}

async fn one(site: &Site, acting: &Acting, id: &str, form: &Form, done: Option<&str>) -> Result<Html<String>, Error> {
    super::may_see_conduct(acting)?;
    let publicity = publicity::overseen(&site.desk(), acting, id).await?;
    let main = html! {
        h1 { (publicity.title) }
        @if let Some(done) = done { div.notice role="status" { p { (done) } } }
        (form.summary(site.library().version(&publicity.programme, &publicity.version).map(AsRef::as_ref)))
        (view::facts(site.library(), &publicity, today(site)))
        (objections::all(&publicity, form, super::conducts(acting)))
        (document::of_publicity(site, id, super::conducts(acting)).await?)
        h2 { "公示内容" }
        (super::notices::items(site.library(), &publicity))
    };
    Ok(layout::page(&publicity.title, &view::WAY, main))
}
