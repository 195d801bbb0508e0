//! 评测: the assessor's own answers to the whole indicator set, beside what the applicant answered.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use policy::evaluate::evaluate;
use policy::outcome::Assessed;
use policy::pack::Work;
use service::application;

use super::handed::Handed;
use super::opened::Opened;
use super::work::{Working, handled};
use super::{beside, shortcut};
use crate::components::clause::cites;
use crate::components::form::go;
use crate::components::reason;
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::desk::Wished;
use crate::session::Signed;
use crate::site::Shared;
use crate::words;

/// `GET …/assess`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
    wished: Wished,
) -> Result<Response, Error> {
    let opened = Opened::load(&site, &session, &id, &wished).await?;
    match handled(&opened, &stage, Work::Assess)? {
        Ok(spec) => {
            let filled = wished.get("filled").map(str::to_owned);
            Ok(page(&Working { filled, ..Working::load(&opened, spec).await? }).into_response())
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// `POST …/assess`
pub(super) async fn send(State(site): State<Shared>, Names(id, stage): Names, wished: Wished, handed: Handed) -> Result<Response, Error> {
    let opened = Opened::load(&site, &handed.session, &id, &wished).await?;
    let spec = opened.worked_on(&stage)?;
    if opened.handled(&stage, Some(Work::Assess)).is_none() {
        return beside::lost(&opened, spec, &handed).await;
    }
    let mut working = Working::sent(&opened, spec, &handed).await?;
    let filled = working.filled_by(handed.text("do"));
    let done = match handed.text("do") == "finish" && !working.has_errors() {
        true => application::assess(&site.desk(), handed.session.acting(), &id, handed.record(), &stage, working.official())
            .await
            .map(|()| true),
        false => working.save().await.map(|_| false),
    };
    match done {
        Ok(true) => Ok(go(&opened.done("assessed"))),
        Ok(false) if working.has_errors() => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&working)).into_response()),
        Ok(false) => Ok(go(&shortcut::or(filled, &opened, &stage, Work::Assess))),
        Err(error) => {
            let (status, working) = working.again(error).await?;
            Ok((status, page(&working)).into_response())
        }
    }
}

fn page(working: &Working) -> Html<String> {
    let (opened, stage) = (working.opened, working.stage);
    let buttons = html! { button type="submit" name="do" value="finish" { "提交评测结果" } };
    let body = html! {
        h1 { (opened.about(&stage.label)) }
        p.lead { (stage.does) " " (cites(opened.pack(), &stage.clause.joined())) }
        div.notice { p { "按现场查看的实际情况逐项填写，企业自评列在各题下方供对照。得分和等级由系统按本表计算。" } }
        div.beside {
            div { (working.form("assess", &html! {}, &buttons)) }
            aside.ruled aria-label="目前得分" tabindex="0" { div #so-far aria-live="polite" data-beside { (so_far(working)) } p { a href=(opened.address()) target="_blank" rel="noopener" { "在新窗口查看全部申报内容" } } }
        }
    };
    opened.page(&stage.label, &body)
}

/// What the saved answers come to; it is put in place again whenever they are saved.
pub(super) fn so_far(working: &Working) -> Markup {
    let pack = working.opened.pack();
    let outcome = evaluate(pack, &working.case().draft.facts());
    html! {
        h2 { "目前得分" }
        p.quiet { "按最近一次保存的内容计算。" }
        @if let Some(first) = outcome.assessed.first() {
            dl.facts {
                dt { "得分" } dd { (first.score.as_ref().unwrap_or(&first.score_so_far)) "分" }
                dt { "等级" } dd { (first.level.map_or("填写完整后判定".to_owned(), |level| words::level(pack, level))) }
                @for dimension in &first.dimensions { dt { (dimension.label) } dd { (dimension.marks) "／" (dimension.full) "分" } }
            }
            (open(first))
            (reason::why(pack, &first.reasons))
        }
    }
}

fn open(first: &Assessed) -> Markup {
    let open = first.questions.iter().filter(|question| question.marks.is_none()).count();
    html! { @if open > 0 { p { "还有" (open) "个题目没有填写。" } } }
}
