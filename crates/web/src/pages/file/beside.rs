//! What stands beside an official's form: the machine's findings and the papers, each a click away.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use policy::granted::evaluate_within;
use policy::spec::StageSpec;
use service::paper::Paper;

use super::handed::Handed;
use super::opened::Opened;
use super::work::Working;
use super::{cost, findings, newer, paper, view};
use crate::errors::Error;

/// Findings and cost as what was typed so far makes them, and papers.
pub(super) fn beside(working: &Working, papers: &[Paper]) -> Markup {
    let opened = working.opened;
    let outcome = opened
        .view
        .outcome
        .as_ref()
        .map(|_| evaluate_within(opened.pack(), &working.case().draft.facts(), &opened.view.application.procedure));
    html! {
        aside.ruled aria-label="申报材料和核查结果" tabindex="0" {
            p { a href=(opened.address()) target="_blank" rel="noopener" { "在新窗口查看全部申报内容" } }
            @if outcome.is_some() { p.quiet { "以下按本页最近一次保存的内容计算。" } }
            (findings::findings_of(opened, outcome.as_ref()))
            (cost::cost_of(opened, outcome.as_ref()))
            (paper::list(opened, papers))
            details.filed { summary { "申报内容" } (view::forms(opened)) }
        }
    }
}

/// A stage that somebody else finished while this form was filled in: what was typed is shown, so that it can be copied.
pub(super) async fn lost(opened: &Opened<'_>, stage: &StageSpec, handed: &Handed) -> Result<Response, Error> {
    let hidden = |name: &str| matches!(name, "do" | "version" | "shown") || name == super::work::RECORD;
    let typed: Vec<_> = handed.posted.pairs.iter().filter(|(name, text)| !hidden(name) && !text.trim().is_empty()).collect();
    let body = html! {
        h1 { (opened.about(&stage.label)) }
        (newer::newer(opened).await?)
        p { "该环节已由他人办结或者目前不由您办理，不能再次提交。" }
        @if !typed.is_empty() {
            h2 { "您填写的内容" }
            dl.facts { @for (name, text) in typed { dt { (label(opened, name)) } dd { (text) } } }
        }
        p { a.button href=(opened.address()) { "查看申报件" } }
    };
    Ok((StatusCode::CONFLICT, opened.page(&stage.label, &body)).into_response())
}

/// A path in words where the pack has any.
fn label(opened: &Opened, name: &str) -> String {
    let pack = opened.pack();
    let input = pack.input(name).map(|input| pack.inputs[0][input].label.clone());
    let judged = name.strip_prefix("judge.").and_then(|rest| {
        let id = rest.trim_end_matches(".note");
        pack.conditions.iter().find(|condition| condition.id == id).map(|condition| condition.label.clone())
    });
    let own = match name {
        "note" => Some("意见".to_owned()),
        _ => None,
    };
    input.or(judged).or(own).unwrap_or_else(|| name.to_owned())
}
