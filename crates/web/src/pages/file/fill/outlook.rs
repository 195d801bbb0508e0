//! What an applicant's file heads for: the award, what counts and what does not, the level and what the next one still takes,
//! the conditions, and what has happened so far. The figures follow from what is filled in at this moment.

use maud::{Markup, html};
use policy::outcome::{Assessed, LevelLine, Outcome};
use service::application::{self, Happening};

use super::super::opened::Opened;
use super::super::{cost, differences, findings, timeline, view};
use crate::components::reason;
use crate::words::money;

/// What a bureau did just now with a file of its own.
pub(super) fn done(word: Option<&str>) -> Markup {
    let said = match word {
        Some("approved") => "已通过。",
        Some("gathered") => "已重新汇总，请核对各表后提交。",
        _ => return html! {},
    };
    html! { div.notice role="status" { p { (said) } } }
}

/// Why the file ended or waits, before the list of what is to do.
pub(super) fn ended(opened: &Opened) -> Markup {
    if opened.view.application.has_ended() {
        view::standing(opened)
    } else {
        html! {}
    }
}

/// Everything else, after the list.
pub(super) fn outlook(opened: &Opened, happenings: &[Happening]) -> Markup {
    html! {
        @if let Some(outcome) = &opened.view.outcome {
            section.outlook aria-labelledby="outlook" {
                @if opened.view.application.decision.is_some() || opened.view.application.has_ended() { h2 #outlook { "核定和测算" } }
                @else {
                    h2 #outlook { "按目前的内容测算" }
                    p.quiet { "随填报和核实的内容变化，以主管部门的决定为准。" }
                    (open_items(outcome))
                    (if_all_recognised(opened))
                }
                (cost::cost(opened))
                @if let Some(assessed) = outcome.assessed.first() { (level(opened, assessed)) }
                (differences::differences(opened))
                (findings::findings(opened))
            }
        }
        @if !happenings.is_empty() { (timeline::timeline(opened, happenings)) }
    }
}

/// What nobody has attested yet counts nothing, so the sum is less than it may become.
fn open_items(outcome: &Outcome) -> Markup {
    let pending = outcome.items.iter().filter(|item| item.pending).count();
    html! { @if pending > 0 { p { "其中" strong { (pending) "项" } "有待审核人员认定，认定前不计入，因此下面的金额可能偏低。" } } }
}

/// What it would come to, clearly no decision.
fn if_all_recognised(opened: &Opened) -> Markup {
    let Some(estimate) = application::if_all_recognised(&opened.view) else { return html! {} };
    let then = &estimate.outcome;
    html! {
        div.notice.estimate {
            p {
                "如申报的各项全部认定" @if let Some(level) = estimate.own_level { "，且评测等级与自评的" (policy::say::level(level.into())) "相同" }
                "，补贴估算为" strong { (money(then.award_fen)) } "（核定投入" (money(then.recognised_fen)) "）。"
            }
            p { strong { "这是估算，不是核定结果，也不是承诺。" } "以审核认定和主管部门的决定为准。" }
            @for award in &then.awards {
                details {
                    summary { (award.label) "：估算" (money(award.award_fen)) "，查看计算过程" }
                    (reason::why(opened.pack(), &award.reasons))
                }
            }
        }
    }
}

fn level(opened: &Opened, assessed: &Assessed) -> Markup {
    let reached = assessed.level.map(|level| policy::say::level(level.into()));
    let next = assessed.lines.iter().filter(|line| line.reached != Some(true)).min_by_key(|line| line.level);
    html! {
        section aria-labelledby="level" {
            h2 #level { "数字化水平" }
            p {
                "得分" strong { (assessed.score.as_deref().unwrap_or(&assessed.score_so_far)) } "分"
                @match reached { Some(level) => { "，" strong { (level) } }, None => "，填写完整后计算等级" }
                "。"
            }
            @if let Some(next) = next { (missing(next)) }
            (reason::why(opened.pack(), &assessed.reasons))
        }
    }
}

/// What the next level still takes.
fn missing(next: &LevelLine) -> Markup {
    html! {
        @if !next.missing.is_empty() {
            p { "达到" (policy::say::level(next.level.into())) "还需：" }
            ul { @for one in &next.missing { li { (one) } } }
        }
    }
}
