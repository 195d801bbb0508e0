//! The stages of a file in a row, with where each stands.

use maud::{Markup, html};
use policy::spec::StageSpec;
use records::application::{Progress, StageWord, stage_words};

use super::opened::Opened;
use crate::pages::desk::due;

/// All stages in order.
pub(super) fn strip(opened: &Opened) -> Markup {
    html! {
        section aria-label="办理环节" {
            ol.strip { @for (stage, word) in stage_words(opened.pack(), &opened.view.application) { (one(opened, stage, word)) } }
        }
    }
}

fn one(opened: &Opened, stage: &StageSpec, word: StageWord) -> Markup {
    let now = matches!(word, StageWord::UnderWay | StageWord::ToSign | StageWord::ToCorrect | StageWord::NotStarted);
    let good = matches!(word, StageWord::Done | StageWord::Skipped);
    html! {
        li.now[now] aria-current=[now.then_some("step")] {
            p.name { (stage.label) }
            p { span.tag.good[good].bad[word == StageWord::ToCorrect] { (word.label()) } }
            p.quiet { (stage.actor.label()) }
            (state(opened, stage, now))
        }
    }
}

fn state(opened: &Opened, stage: &StageSpec, now: bool) -> Markup {
    let (file, today) = (&opened.view.application, opened.site.edge().now.day());
    let state = file.stages.get(&stage.id);
    html! {
        @if let Some(name) = opened.view.assigned.get(&stage.id) { p.quiet { (name) } }
        @if let Some(state) = state {
            @match (&state.progress, state.due_on.filter(|_| now)) {
                (Progress::Done { at, .. }, _) => p.quiet { (at.day()) },
                (_, Some(day)) => p { (due::left(day, today)) },
                _ => {},
            }
        }
    }
}
