//! One business scenario: five choices, each with what it takes.

use maud::{Markup, html};
use policy::pack::{Pack, Scenario};

use crate::components::clause::cites;
use crate::components::field::{self, Choice, Group};
use crate::forms::Filled;
use crate::words;

/// The scenario with its choices, with what a page puts under it.
pub(super) fn scenario(pack: &Pack, filled: &Filled, scenario: &Scenario, under: &Markup) -> Markup {
    let path = pack.inputs[0][scenario.input].id();
    let group = Group {
        path: &path,
        legend: html! { h4 { (scenario.label) " " span.tag { @if scenario.constraint { "约束性" } @else { "指导性" } } } },
        help: html! { p.hint { (cites(pack, &scenario.clause)) } },
        several: false,
        choices: (0..=scenario.criteria.len()).map(|level| choice(pack, scenario, level)).collect(),
    };
    html! { div.question.scenario { (field::group(filled, &group)) (under) } }
}

fn choice(pack: &Pack, scenario: &Scenario, level: usize) -> Choice {
    let criterion = level.checked_sub(1).and_then(|at| scenario.criteria.get(at));
    let name = words::scenario_level(pack, u8::try_from(level).unwrap_or(0));
    Choice {
        value: level.to_string(),
        label: html! { span.level { (name) } @if let Some(text) = criterion { " " span.criterion { (text) } } },
        alone: false,
    }
}
