//! What is said when a file has moved on while somebody worked on it.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use policy::spec::StageSpec;
use service::application::{self, Happening};

use super::opened::Opened;
use crate::errors::Error;

/// Somebody changed the same thing in between: what happened last, and who did it.
pub(super) async fn newer(opened: &Opened<'_>) -> Result<Markup, Error> {
    let all = application::timeline(&opened.site.desk(), opened.session.acting(), opened.id()).await?;
    Ok(notice(opened, &all[..all.len().min(LAST)]))
}

/// One click often makes several entries: what was done, and the stages it opened.
const LAST: usize = 4;

fn notice(opened: &Opened, last: &[Happening]) -> Markup {
    html! {
        div.notice.bad role="alert" {
            p { strong { "您办理期间，内容已被他人更新，本次没有提交。您填写的内容都在下面。" } }
            p { "最近的更新：" }
            ul { @for one in last { li { (one.at.text()) " " (one.what) @if let Some(who) = &one.who { "，" (who) } } } }
            p { "请" a href=(opened.address()) target="_blank" rel="noopener" { "在新窗口查看最新内容" } "，核对后可以再次提交。" }
        }
    }
}

/// A stage that is no longer the person's to work on: said with what became of it, since links in letters live long.
pub(super) fn over(opened: &Opened, stage: &StageSpec) -> Response {
    let done = opened.view.application.stages.get(&stage.id).is_some_and(|state| !state.is_open());
    let body = html! {
        h1 { (opened.about(&stage.label)) }
        div.notice {
            @if done { p { "该环节已办结，不能再办理。" } } @else { p { "该环节目前不由您办理。" } }
            p { a href=(opened.address()) { "查看申报件" } "　" a href=(opened.inbox()) { "返回待办" } }
        }
    };
    (StatusCode::CONFLICT, opened.page(&stage.label, &body)).into_response()
}
