//! The self-assessment: its form, its live score, keeping it.

mod form;
mod score;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use policy::pack::{Assessment, Pack};
use service::KeptKind;

use super::kept::{self, Prefilled};
use crate::components::indicator::plan;
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::forms::{FieldError, Filled, Posted, Typed};
use crate::site::{Shared, Site};

/// A pack that assesses, and how.
fn assessing<'a>(site: &'a Site, id: &str) -> Result<(&'a Pack, &'a Assessment), Error> {
    let pack = site.programme(id)?;
    Ok((pack, pack.assessment.as_ref().ok_or(Error::NoPage)?))
}

/// `GET /programmes/{id}/assessment`, with `?from=` prefilled from a kept result.
pub(crate) async fn show(State(site): State<Shared>, Name(id): Name, asked: Asked) -> Result<Html<String>, Error> {
    let (pack, assessment) = assessing(&site, &id)?;
    let from = asked.get("from");
    let Prefilled { typed, notice } = kept::prefilled(&site, from, pack, &plan::paths(pack, assessment)).await?;
    Ok(form::page(pack, assessment, &Filled::new(pack, typed), notice.as_deref()))
}

/// `POST /programmes/{id}/assessment`
pub(crate) async fn keep(State(site): State<Shared>, Name(id): Name, Posted(pairs): Posted) -> Result<Response, Error> {
    let (pack, assessment) = assessing(&site, &id)?;
    let mut filled = Filled::new(pack, Typed::of(&pairs, &plan::paths(pack, assessment)));
    if filled.typed.is_empty() {
        filled.errors.push(FieldError::new("", "还没有填写任何内容，请至少回答一个题目。"));
    }
    if !filled.errors.is_empty() {
        let page = form::page(pack, assessment, &filled, None);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    Ok(kept::keep(&site, KeptKind::Assessment, pack, &filled.typed).await?.into_response())
}

/// `POST /programmes/{id}/assessment/score`: the summary alone, for the script to put in place.
pub(crate) async fn score(State(site): State<Shared>, Name(id): Name, Posted(pairs): Posted) -> Result<Html<String>, Error> {
    let (pack, assessment) = assessing(&site, &id)?;
    let filled = Filled::new(pack, Typed::of(&pairs, &plan::paths(pack, assessment)));
    Ok(Html(score::panel(pack, assessment, &filled).into_string()))
}
