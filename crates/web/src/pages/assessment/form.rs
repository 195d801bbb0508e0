//! The page of the self-assessment.

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::{Assessment, Pack, Scenario};

use super::{question, scenario, score};
use crate::components::clause::cites;
use crate::components::layout;
use crate::forms::Filled;

const TITLE: &str = "数字化水平自评估";

/// The whole page with everything typed so far.
pub(super) fn page(pack: &Pack, assessment: &Assessment, filled: &Filled, notice: Option<&str>) -> Html<String> {
    let way = [(pack.title.as_str(), format!("/programmes/{}", pack.id))];
    let way = way.each_ref().map(|(title, address)| (*title, address.as_str()));
    layout::page(TITLE, &way, body(pack, assessment, filled, notice))
}

fn body(pack: &Pack, assessment: &Assessment, filled: &Filled, notice: Option<&str>) -> Markup {
    let action = format!("/programmes/{}/assessment", pack.id);
    html! {
        (layout::error_summary(&filled.errors))
        h1 { (TITLE) }
        (intro(pack, assessment, notice))
        form.assessment method="post" action=(action) data-score=(format!("{action}/score")) novalidate {
            div.questions {
                (dimensions(pack, assessment, filled))
                (scenarios(pack, assessment, filled))
                div.submit {
                    button type="submit" { "计算并查看结果" }
                    p.hint { "没有填完也可以提交，凭结果链接随时继续填写。" }
                }
            }
            (aside(pack, assessment, filled))
        }
    }
}

fn intro(pack: &Pack, assessment: &Assessment, notice: Option<&str>) -> Markup {
    html! {
        p.lead { "按" (assessment.label) "逐项填写，系统计算得分和等级。" (cites(pack, &assessment.clause)) }
        div.notice {
            p { "自评估结果供参考，不作为核定等级的依据；等级以主管部门组织的现场评测结果为准。"
                @if let Some(text) = &assessment.notice { "题目和要点" (text) } }
        }
        @if let Some(text) = notice { div.notice { p { (text) } } }
    }
}

fn dimensions(pack: &Pack, assessment: &Assessment, filled: &Filled) -> Markup {
    html! {
        @for (index, dimension) in assessment.dimensions.iter().enumerate() {
            section aria-labelledby=(format!("dimension-{}", dimension.id)) {
                h2 id=(format!("dimension-{}", dimension.id)) { (dimension.label) }
                @for (at, question) in assessment.questions.iter().enumerate().filter(|(_, question)| question.dimension == index) {
                    @if starts_indicator(assessment, at) { h3 { (question.indicator) } }
                    (question::question(pack, assessment, filled, at))
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

fn scenarios(pack: &Pack, assessment: &Assessment, filled: &Filled) -> Markup {
    html! {
        @if !assessment.scenarios.is_empty() {
            section aria-labelledby="scenarios" {
                h2 #scenarios { "应用场景" }
                p { "逐个场景选择已达到的等级。达到某一级，应同时满足以下各级的要求。" }
                @for group in groups(&assessment.scenarios) {
                    h3 { (group) }
                    @for one in assessment.scenarios.iter().filter(|one| one.group == group) {
                        (scenario::scenario(pack, filled, one))
                    }
                }
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

fn aside(pack: &Pack, assessment: &Assessment, filled: &Filled) -> Markup {
    html! {
        aside.score aria-label="当前得分" {
            div #score aria-live="polite" aria-atomic="true" { (score::panel(pack, assessment, filled)) }
            button type="submit" { "计算并查看结果" }
            nav aria-label="题目分组" {
                ul {
                    @for dimension in &assessment.dimensions {
                        li { a href=(format!("#dimension-{}", dimension.id)) { (dimension.label) } }
                    }
                    @if !assessment.scenarios.is_empty() { li { a href="#scenarios" { "应用场景" } } }
                }
            }
        }
    }
}
