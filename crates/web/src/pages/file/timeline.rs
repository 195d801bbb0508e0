//! What happened to a file, the last first.

use maud::{Markup, html};
use service::application::Happening;

use super::opened::Opened;
use crate::components::clause::cites;

/// The history, each line with its place in the ledger.
pub(super) fn timeline(opened: &Opened, happenings: &[Happening]) -> Markup {
    html! {
        section aria-labelledby="history" {
            h2 #history { "办理记录" }
            (drawn(opened))
            ol.history reversed { @for one in happenings { (line(opened, one)) } }
        }
    }
}

/// Where the draws of its experts can be repeated from; applicants read it too.
fn drawn(opened: &Opened) -> Markup {
    let stages = opened.view.application.stages.iter().filter(|(_, state)| !state.reviewers.is_empty());
    html! { @for (id, _) in stages { p { a href=(opened.act(id, "draw")) { "专家抽取情况" } @if let Ok(stage) = opened.stage(id) { "（" (stage.label) "）" } } } }
}

fn line(opened: &Opened, one: &Happening) -> Markup {
    html! {
        li {
            p { time { (one.at.text()) } " " strong { (one.what) } @if let Some(who) = &one.who { "　" (who) } }
            @for detail in &one.details { p { (detail) } }
            p.quiet { @if let Some(clause) = &one.clause { (cites(opened.pack(), clause)) " " } "台账第" (one.seq) "条" }
        }
    }
}

/// What the file was returned for before, so that the official sees whether it was put right.
pub(super) fn returned_before(opened: &Opened) -> Markup {
    let rounds = opened.view.application.rounds;
    html! { @if rounds > 0 { div.notice { p { "本件已退回补正" (rounds) "次，" a href=(format!("{}#history", opened.address())) target="_blank" rel="noopener" { "查看办理记录" } "。" } } } }
}
