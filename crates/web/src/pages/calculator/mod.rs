//! The calculator: what an investment would be granted, side by side.

pub(crate) mod columns;
pub(crate) mod fields;
mod form;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use policy::pack::{Calculator, Pack};
use service::KeptKind;

use super::kept;
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::forms::{FieldError, Posted, Typed};
use crate::site::{Shared, Site};

/// The newest version of a pack recompiled for its calculator, and the calculator.
fn calculating<'a>(site: &'a Site, id: &str) -> Result<(&'a Pack, &'a Calculator), Error> {
    let version = &site.programme(id)?.version;
    let pack = site.library().calculator(id, version).ok_or(Error::NoPage)?;
    Ok((pack, pack.calculator.as_ref().ok_or(Error::NoPage)?))
}

/// `GET /programmes/{id}/calculator`: prefilled from a kept result with `?from=`, or field by field.
pub(crate) async fn show(State(site): State<Shared>, Name(id): Name, asked: Asked) -> Result<Html<String>, Error> {
    let (pack, calculator) = calculating(&site, &id)?;
    let paths = fields::paths(pack, calculator);
    let from = asked.get("from");
    let prefilled = kept::prefilled(&site, from, pack, &paths).await?;
    let typed = match from {
        Some(_) => prefilled.typed,
        None => Typed::of(&asked.0.clone().into_iter().collect::<Vec<_>>(), &paths),
    };
    Ok(form::page(pack, calculator, &fields::filled(pack, calculator, typed), prefilled.notice.as_deref()))
}

/// `POST /programmes/{id}/calculator`
pub(crate) async fn keep(State(site): State<Shared>, Name(id): Name, Posted(pairs): Posted) -> Result<Response, Error> {
    let (pack, calculator) = calculating(&site, &id)?;
    let typed = Typed::of(&pairs, &fields::paths(pack, calculator));
    let mut filled = fields::filled(pack, calculator, typed);
    if fields::nothing_given(pack, calculator, &filled) {
        filled.errors.push(nothing(pack, calculator));
    }
    if !filled.errors.is_empty() {
        let page = form::page(pack, calculator, &filled, None);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    Ok(kept::keep(&site, KeptKind::Award, pack, &filled.typed).await?.into_response())
}

/// Said at the first field when no investment was entered.
fn nothing(pack: &Pack, calculator: &Calculator) -> FieldError {
    let first = fields::given(pack, calculator).into_iter().next().unwrap_or_default();
    FieldError::new(first, "还没有填写投入金额，请至少填写一项。")
}
