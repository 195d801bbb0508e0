//! The result of a self-assessment.

use axum::response::Html;
use maud::{Markup, html};
use policy::evaluate::evaluate;
use policy::outcome::{Assessed, Outcome};
use policy::pack::{Assessment, Pack};

use super::{Kept, levels};
use crate::components::{layout, reason};
use crate::errors::Error;
use crate::forms::Filled;
use crate::words;

const TITLE: &str = "数字化水平自评估结果";

/// The whole page.
pub(super) fn page(kept: &Kept) -> Result<Html<String>, Error> {
    let assessment = kept.pack.assessment.as_ref().ok_or(Error::NoResult)?;
    let filled = Filled::new(kept.pack, kept.typed.clone());
    let outcome = evaluate(kept.pack, &filled.draft.facts());
    let first = outcome.assessed.first().ok_or(Error::NoResult)?;
    Ok(kept.page(TITLE, &body(kept, assessment, &outcome, first)))
}

fn body(kept: &Kept, assessment: &Assessment, outcome: &Outcome, first: &Assessed) -> Markup {
    let pack = kept.pack;
    html! {
        h1 { (TITLE) }
        (headline(pack, first))
        div.notice { p { "自评估结果供企业了解自身水平，不核定等级。等级以主管部门组织的现场评测结果为准。" } }
        (reason::said(pack, &outcome.warnings))
        @if outcome.assessed.len() > 1 { (variants(pack, &outcome.assessed)) }
        (kept.actions(&calculators(kept, first)))
        section aria-labelledby="lines" { h2 #lines { "距各等级还差什么" } (levels::lines(pack, assessment, first)) }
        section aria-labelledby="dimensions" { h2 #dimensions { "得分" } (levels::dimensions(first)) (levels::questions(pack, assessment, first)) }
        @if !assessment.scenarios.is_empty() {
            section aria-labelledby="scenarios" { h2 #scenarios { "应用场景" } (levels::scenarios(pack, assessment, &kept.typed)) }
        }
        section aria-labelledby="why" { h2 #why { "计算过程" } (reason::why(pack, &first.reasons)) }
    }
}

fn headline(pack: &Pack, first: &Assessed) -> Markup {
    let open = first.questions.iter().filter(|question| question.marks.is_none()).count();
    html! {
        div.headline {
            div {
                p.name { "自评等级" }
                p.value { (first.level.map_or_else(|| "暂不能确定".to_owned(), |level| words::level(pack, level))) }
            }
            div {
                p.name { @if first.score.is_some() { "得分" } @else { "目前得分" } }
                p.value { (first.score.as_ref().unwrap_or(&first.score_so_far)) span.unit { "分" } }
            }
        }
        @if open > 0 { p.open { "还有" (open) "个题目没有填写，未填写的题目暂不计分。" } }
    }
}

/// The same answers by other weights, when the pack computes them beside its own.
fn variants(pack: &Pack, all: &[Assessed]) -> Markup {
    let table = html! {
        table {
            caption { "不同口径的结果" }
            thead { tr { th scope="col" { "口径" } th.number scope="col" { "得分（分）" } th scope="col" { "等级" } th scope="col" { "用途" } } }
            tbody {
                @for (at, one) in all.iter().enumerate() {
                    tr {
                        th scope="row" { (one.label) }
                        td.number { (one.score.as_ref().unwrap_or(&one.score_so_far)) }
                        td { (one.level.map_or_else(|| "待定".to_owned(), |level| words::level(pack, level))) }
                        td { @if at == 0 { "本项目按此计算" } @else { "供对照" } }
                    }
                }
            }
        }
    };
    layout::wide("不同口径的结果", &table)
}

/// Calculators of this pack, or of packs that assess by its indicators, with the level filled in.
fn calculators(kept: &Kept, first: &Assessed) -> Markup {
    let own = |pack: &Pack| pack.id == kept.pack.id || pack.used.iter().any(|used| used.id == kept.pack.id);
    let all: Vec<&Pack> = kept.site.library().packs().map(AsRef::as_ref).filter(|pack| own(pack)).collect();
    let all: Vec<&Pack> = match kept.pack.calculator.is_some() {
        true => all.into_iter().filter(|pack| pack.id == kept.pack.id).collect(),
        false => all.into_iter().filter(|pack| pack.calculator.is_some()).collect(),
    };
    html! {
        @for pack in &all {
            li {
                a.button href=(address(pack, first.level)) { "用此等级测算奖补" @if all.len() > 1 { "：" (pack.title) } }
            }
        }
    }
}

/// The calculator's address; a level it has no column for is left out.
fn address(pack: &Pack, level: Option<u8>) -> String {
    let base = format!("/programmes/{}/calculator", pack.id);
    let Some(calculator) = &pack.calculator else { return base };
    let value = level.map(|level| level.to_string()).filter(|value| calculator.over.contains(value));
    match (&calculator.vary, value) {
        (Some(vary), Some(value)) => format!("{base}?{vary}={value}"),
        _ => base,
    }
}
