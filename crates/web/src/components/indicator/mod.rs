//! The scored questions and the business scenarios of a pack, as they are answered.

pub(crate) mod plan;
mod question;
mod scenario;

use maud::{Markup, html};
use policy::pack::{Assessment, Pack, Scenario};

use crate::forms::Filled;

/// Dimension by dimension the questions; `under` puts something under a question or scenario of that id.
pub(crate) fn questions(pack: &Pack, assessment: &Assessment, filled: &Filled, under: &dyn Fn(&str) -> Markup) -> Markup {
    html! {
        @for (index, dimension) in assessment.dimensions.iter().enumerate() {
            section aria-labelledby=(format!("dimension-{}", dimension.id)) {
                h2 id=(format!("dimension-{}", dimension.id)) { (dimension.label) }
                @for (at, question) in assessment.questions.iter().enumerate().filter(|(_, question)| question.dimension == index) {
                    @if starts_indicator(assessment, at) { h3 { (question.indicator) } }
                    (question::question(pack, assessment, filled, at, &under(&question.id)))
                }
            }
        }
    }
}

/// Whether the indicator of the question at this place was not named just before.
fn starts_indicator(assessment: &Assessment, at: usize) -> bool {
    let questions = &assessment.questions;
    at == 0 || questions[at - 1].indicator != questions[at].indicator || questions[at - 1].dimension != questions[at].dimension
}

/// Group by group the scenarios.
pub(crate) fn scenarios(pack: &Pack, assessment: &Assessment, filled: &Filled, under: &dyn Fn(&str) -> Markup) -> Markup {
    html! {
        p { "逐个场景选择已达到的等级。达到某一级，应同时满足以下各级的要求。" }
        @for group in groups(&assessment.scenarios) {
            h3 { (group) }
            @for one in assessment.scenarios.iter().filter(|one| one.group == group) {
                (scenario::scenario(pack, filled, one, &under(&one.id)))
            }
        }
    }
}

/// The groups of the scenarios, each once, in order.
fn groups(scenarios: &[Scenario]) -> Vec<&str> {
    let mut groups: Vec<&str> = Vec::new();
    for scenario in scenarios {
        if !groups.contains(&scenario.group.as_str()) {
            groups.push(&scenario.group);
        }
    }
    groups
}
