//! 审核: facts asked for, conditions judged, papers; then 通过, 退回补正 or 不予通过.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use policy::pack::Work;
use service::application;

use super::decide;
use super::handed::Handed;
use super::opened::Opened;
use super::work::{Working, handled};
use super::{beside, shortcut, timeline, view};
use crate::components::form::go;
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::desk::Wished;
use crate::pages::quota;
use crate::session::Signed;
use crate::site::Shared;

/// `GET …/check`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
    wished: Wished,
) -> Result<Response, Error> {
    let opened = Opened::load(&site, &session, &id, &wished).await?;
    match handled(&opened, &stage, Work::Check)? {
        Ok(spec) => {
            let filled = wished.get("filled").map(str::to_owned);
            let working = Working { filled, ..Working::load(&opened, spec).await? };
            Ok(page_after(&working, wished.get("done") == Some("approved")).await?.into_response())
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// `POST …/check`
pub(super) async fn send(State(site): State<Shared>, Names(id, stage): Names, wished: Wished, handed: Handed) -> Result<Response, Error> {
    let opened = Opened::load(&site, &handed.session, &id, &wished).await?;
    let spec = opened.worked_on(&stage)?;
    if opened.handled(&stage, Some(Work::Check)).is_none() {
        return beside::lost(&opened, spec, &handed).await;
    }
    let mut working = Working::sent(&opened, spec, &handed).await?;
    let filled = working.filled_by(handed.text("do"));
    let goes_on = handed.text("do") == "approve-next";
    if !goes_on && handed.text("do") != "approve" || working.has_errors() {
        return saved(working, handed.text("do"), filled).await;
    }
    let (desk, acting) = (site.desk(), handed.session.acting());
    let next = if goes_on { decide::next_at(&opened, &stage).await? } else { None };
    match application::approve(&desk, acting, &id, Some(handed.record()), &stage, working.official()).await {
        Ok(()) => Ok(go(&next.map_or_else(|| opened.done("approved"), |next| opened.next(&next, &stage)))),
        Err(error) => again(working, error).await,
    }
}

/// Saves, and goes on to what else was pressed with nothing lost.
async fn saved(working: Working<'_>, pressed: &str, filled: Option<usize>) -> Result<Response, Error> {
    let stage = working.stage.id.as_str();
    match working.save().await {
        Ok(_) if working.has_errors() => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&working).await?).into_response()),
        Ok(_) => {
            let to = match pressed {
                "return" | "refuse" => working.opened.act(stage, pressed),
                _ => shortcut::or(filled, working.opened, stage, Work::Check),
            };
            Ok(go(&to))
        }
        Err(error) => again(working, error).await,
    }
}

async fn again(working: Working<'_>, error: service::ServiceError) -> Result<Response, Error> {
    let (status, working) = working.again(error).await?;
    Ok((status, page(&working).await?).into_response())
}

async fn page(working: &Working<'_>) -> Result<Html<String>, Error> {
    page_after(working, false).await
}

/// The page, saying whether the file before this one was approved just now.
async fn page_after(working: &Working<'_>, approved: bool) -> Result<Html<String>, Error> {
    let (opened, stage) = (working.opened, working.stage);
    let papers = view::papers(opened).await?;
    let body = html! {
        @if approved { div.notice role="status" { p { "上一件已通过。　" a href=(opened.inbox()) { "返回待办" } } } }
        h1 { (opened.about(&stage.label)) }
        p.lead { (stage.does) " " (crate::components::clause::cites(opened.pack(), &stage.clause.joined())) }
        (timeline::returned_before(opened))
        (quotas(opened, stage))
        div.beside {
            div { (working.form("check", &html! {}, &buttons(working))) }
            (beside::beside(working, &papers))
        }
    };
    Ok(opened.page(&stage.label, &body))
}

/// Where the office sees who holds the places this stage takes, and who would be left without.
fn quotas(opened: &Opened, stage: &policy::spec::StageSpec) -> Markup {
    let labels: Vec<&str> =
        stage.quotas.iter().filter_map(|id| opened.pack().quota(id.value())).map(|quota| quota.spec.label.as_str()).collect();
    let file = &opened.view.application;
    html! {
        @if !labels.is_empty() {
            div.notice {
                p {
                    "通过后占用名额：" (labels.join("、")) "。　"
                    a href=(quota::address(&file.programme, &file.procedure)) { "查看名额占用和排序" }
                }
            }
        }
    }
}

fn buttons(working: &Working) -> Markup {
    html! {
        button type="submit" name="do" value="approve" { "通过" }
        button.second type="submit" name="do" value="approve-next" { "通过并办理下一件" }
        @if working.stage.correction.is_some() { button.second type="submit" name="do" value="return" { "退回补正…" } }
        button.second type="submit" name="do" value="refuse" { "不予通过…" }
    }
}
