//! The page of the self-assessment.

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::{Assessment, Pack};

use super::score;
use crate::components::clause::cites;
use crate::components::{indicator, layout};
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
                (indicator::questions(pack, assessment, filled, &nothing))
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

fn scenarios(pack: &Pack, assessment: &Assessment, filled: &Filled) -> Markup {
    html! {
        @if !assessment.scenarios.is_empty() {
            section aria-labelledby="scenarios" {
                h2 #scenarios { "应用场景" }
                (indicator::scenarios(pack, assessment, filled, &nothing))
            }
        }
    }
}

fn nothing(_: &str) -> Markup {
    html! {}
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
