//! 政策包: loading one, looking at what checking it said, trying its forms out, comparing versions, opening it.

mod difference;
mod faults;
mod list;
mod one;
mod upload;
mod walk;

use axum::Router;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use records::Refusal;
use records::access::{Acting, may_load_packs, may_read_packs};
use service::ServiceError;
use service::pack_version::{self, Loaded};

use crate::components::form::{Form, go};
use crate::errors::Error;
use crate::extract::{Asked, Names};
use crate::session::{Sent, Signed};
use crate::site::{Shared, Site};

/// The way to these pages.
const WAY: [(&str, &str); 2] = [("平台管理", "/admin"), ("政策包", "/admin/packs")];

/// The addresses of these pages.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/admin/packs", get(list).post(load).layer(DefaultBodyLimit::max(upload::UPLOAD_MAX_BYTES)))
        .route("/admin/packs/{programme}/{version}", get(show))
        .route("/admin/packs/{programme}/{version}/open", post(open))
        .route("/admin/packs/{programme}/{version}/withdraw", post(withdraw))
        .route("/admin/packs/{programme}/{version}/difference", get(difference::show))
        .route("/admin/packs/{programme}/{version}/walk", get(walk::show).post(walk::fill))
}

/// Lets those through who may look at packs.
fn reading(signed: &Signed) -> Result<&Acting, Error> {
    let acting = signed.session.acting();
    if may_read_packs(acting) { Ok(acting) } else { Err(Error::NoPage) }
}

/// The way to a person's own start: a bureau comes here from its desk.
fn way(acting: &Acting) -> &'static [(&'static str, &'static str)] {
    const BUREAU: [(&str, &str); 2] = [("工作台", "/desk"), ("政策包", "/admin/packs")];
    if may_load_packs(acting) { &WAY } else { &BUREAU }
}

/// The address of a version's pages.
fn address(programme: &str, version: &str) -> String {
    format!("/admin/packs/{programme}/{version}")
}

/// `GET /admin/packs`
async fn list(State(site): State<Shared>, signed: Signed) -> Result<Html<String>, Error> {
    listed(&site, reading(&signed)?, list::Said::Nothing).await
}

async fn listed(site: &Site, acting: &Acting, said: list::Said) -> Result<Html<String>, Error> {
    let versions = pack_version::pack_versions(&site.desk(), acting).await?;
    Ok(list::page(site.library(), acting, &versions, &said))
}

/// `POST /admin/packs`: an archive.
async fn load(State(site): State<Shared>, signed: Signed, sent: Result<Multipart, MultipartRejection>) -> Result<Response, Error> {
    let acting = signed.session.acting();
    if !may_load_packs(acting) {
        return Err(Error::NoPage);
    }
    let Some(archive) = upload::read(&signed, sent).await? else {
        let page = listed(&site, acting, list::Said::Refused(Refusal::new("请先选择政策包的 zip 文件。"))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let said = match pack_version::load(&site.desk(), acting, archive).await {
        Ok(Loaded::Kept { programme, version }) => return Ok(go(&format!("{}?loaded=1", address(&programme, &version)))),
        Ok(Loaded::Unfit(faults)) => list::Said::Unfit(faults),
        Err(ServiceError::Refused(refusal)) => list::Said::Refused(refusal),
        Err(error) => return Err(error.into()),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, listed(&site, acting, said).await?).into_response())
}

/// `GET /admin/packs/{programme}/{version}`
async fn show(State(site): State<Shared>, signed: Signed, Names(programme, version): Names, asked: Asked) -> Result<Html<String>, Error> {
    one(&site, reading(&signed)?, &programme, &version, &Form::default(), one::done(&asked)).await
}

async fn one(site: &Site, acting: &Acting, programme: &str, version: &str, form: &Form, done: Option<&str>) -> Result<Html<String>, Error> {
    let found = pack_version::pack_version(&site.desk(), acting, programme, version).await?;
    Ok(one::page(&one::Page { library: site.library(), acting, programme, version, found: &found, form, done }))
}

/// `POST /admin/packs/{programme}/{version}/open`
async fn open(State(site): State<Shared>, Names(programme, version): Names, sent: Sent) -> Result<Response, Error> {
    let on_version = sent.text("open.version").parse().unwrap_or(0);
    let done = pack_version::open(&site.desk(), sent.session.acting(), &programme, &version, on_version).await;
    answered(&site, &programme, &version, "open", sent, done).await
}

/// `POST /admin/packs/{programme}/{version}/withdraw`
async fn withdraw(State(site): State<Shared>, Names(programme, version): Names, sent: Sent) -> Result<Response, Error> {
    let reason = sent.text("withdraw.reason").to_owned();
    let done = pack_version::withdraw(&site.desk(), sent.session.acting(), &programme, &version, &reason).await;
    answered(&site, &programme, &version, "withdraw", sent, done).await
}

async fn answered(
    site: &Site,
    programme: &str,
    version: &str,
    what: &str,
    sent: Sent,
    done: Result<(), ServiceError>,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(go(&format!("{}?{what}=1", address(programme, version)))),
        Err(error) => {
            let acting = sent.session.acting();
            let form = Form::again_under(&format!("{what}."), sent.fields, error)?;
            Ok(form.answer(one(site, acting, programme, version, &form, None).await?))
        }
    }
}
