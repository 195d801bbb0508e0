//! What changed rules would make of many cases: what they cost, who gains and loses, and why.
//!
//! Nothing that is uploaded outlives its answer.

mod adjust;
mod compute;
mod form;
mod groups;
mod guide;
mod result;
mod subject;
mod template;
mod upload;

use std::time::Duration;

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use service::saved_name::saved_name;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::forms::{FieldError, Typed};
use crate::pages::download::attached;
use crate::site::{Shared, Site};

use compute::{Refused, Request};
use subject::Subject;
pub(crate) use subject::offered;
use upload::Posted;

/// The largest post that is read at all; a table may have [`compute::LIMITS`].
pub(crate) const UPLOAD_MAX_BYTES: usize = 32 << 20;
/// How long a table may take to arrive.
const ARRIVES_WITHIN: Duration = Duration::from_secs(60);

/// `GET /programmes/{id}/simulation`: with what was typed before, from a result's button.
pub(crate) async fn show(State(site): State<Shared>, Name(id): Name, asked: Asked) -> Result<Html<String>, Error> {
    let subject = Subject::of(&site, &id, asked.get("version"))?;
    let pairs: Vec<(String, String)> = asked.0.into_iter().collect();
    let typed = Typed::of(&pairs, &subject.paths());
    Ok(form::page(&subject, typed, &Refused::default(), None))
}

/// `GET /programmes/{id}/simulation/template.csv`
pub(crate) async fn template(State(site): State<Shared>, Name(id): Name, asked: Asked) -> Result<Response, Error> {
    let subject = Subject::of(&site, &id, asked.get("version"))?;
    let name = saved_name(&[&subject.entered.title, "测算案例模板"], None);
    Ok(attached("text/csv; charset=utf-8", &format!("{name}.csv"), template::csv(subject.entered).into()))
}

/// `POST /programmes/{id}/simulation`: the result itself, since there is nothing to come back to.
pub(crate) async fn run(
    State(site): State<Shared>,
    Name(id): Name,
    asked: Asked,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    let subject = Subject::of(&site, &id, asked.get("version"))?;
    let posted = received(&site, sent).await?;
    let typed = Typed::of(&posted.pairs, &subject.paths());
    let (request, errors) = subject.request(&site, &typed, posted.file);
    let Some(answer) = computed(&site, request, errors).await? else {
        let busy = "同时测算的人较多，本次没有测算。请稍候重新选择表格并提交，其他填写的内容均已保留。";
        let page = form::page(&subject, typed, &Refused::default(), Some(busy));
        return Ok((StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "60")], page).into_response());
    };
    Ok(match answer {
        Ok(simulation) => result::page(&subject, &typed, &simulation).into_response(),
        Err(refused) => (StatusCode::UNPROCESSABLE_ENTITY, form::page(&subject, typed, &refused, None)).into_response(),
    })
}

async fn received(site: &Site, sent: Result<Multipart, MultipartRejection>) -> Result<Posted, Error> {
    let multipart = sent.map_err(|_| Error::Unreadable)?;
    let _turn = site.turns().upload().ok_or(Error::Busy)?;
    timeout(ARRIVES_WITHIN, upload::read(multipart)).await.map_err(|_| Error::Unreadable)?
}

/// The answer, or `None` when no turn came.
async fn computed(site: &Site, request: Request, errors: Vec<FieldError>) -> Result<Option<Result<insight::Simulation, Refused>>, Error> {
    let Some(turn) = site.turns().compute().await else { return Ok(None) };
    let work = move || {
        let answer = compute::simulate(&request, errors);
        drop(turn);
        answer
    };
    spawn_blocking(work).await.map(Some).map_err(Error::Broken)
}
