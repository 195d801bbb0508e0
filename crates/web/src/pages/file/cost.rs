//! What was recognised, item by item, and the award that follows.

use maud::{Markup, html};
use policy::outcome::{Award, AwardStatus, Item, Outcome};
use policy::pack::{Pack, RowKind};
use records::access::Sight;
use records::application::Phase;
use service::document::{self, DocumentKind};

use super::entitled;
use super::opened::Opened;
use crate::components::layout::wide;
use crate::components::reason;
use crate::session::token_field;
use crate::words::{money, wan_figure};

/// The award first, then what it follows from.
pub(super) fn cost(opened: &Opened) -> Markup {
    cost_of(opened, opened.view.outcome.as_ref())
}

/// The same, from an outcome that what is typed just now comes to. A file that was refused or given up pays nothing.
pub(super) fn cost_of(opened: &Opened, outcome: Option<&Outcome>) -> Markup {
    let Some(outcome) = outcome.filter(|outcome| !outcome.awards.is_empty() && !is_over(opened)) else { return html! {} };
    if let Some(claimed_fen) = awaited_fen(opened, outcome) {
        return awaited(opened, outcome, claimed_fen);
    }
    html! {
        section aria-labelledby="award" {
            h2 #award { "补贴金额" }
            (decided(opened))
            (reason::said(opened.pack(), &outcome.warnings))
            @for award in &outcome.awards { (one_award(opened.pack(), award)) }
            @if outcome.awards.len() > 1 || stacked(outcome) {
                p { "合计：" strong { (money(outcome.award_fen)) } } (reason::why(opened.pack(), &outcome.reasons))
            }
        }
        (entitled::entitled(opened))
        @if has_cost(opened) {
            section aria-labelledby="cost" {
                h2 #cost { "核定投入" }
                p { strong { (money(outcome.recognised_fen)) } }
                (lowered(opened))
                @if !outcome.items.is_empty() { (wide("逐项核定", &items(opened, outcome))) }
            }
        } @else { (lowered(opened)) }
    }
}

fn is_over(opened: &Opened) -> bool {
    let file = &opened.view.application;
    file.has_ended() && file.decision.is_none() && !matches!(file.phase, Phase::Concluded { .. })
}

/// What was claimed, while nothing of it counts only because it has yet to be recognised.
fn awaited_fen(opened: &Opened, outcome: &Outcome) -> Option<i64> {
    let nothing = outcome.recognised_fen.unwrap_or(0) == 0 && opened.view.application.decision.is_none();
    let open = outcome.items.iter().any(|item| item.pending);
    (nothing && open).then(|| outcome.items.iter().filter_map(|item| item.claimed_fen).sum())
}

/// Instead of amounts of nothing: what is asked for, and that it is to be recognised first.
fn awaited(opened: &Opened, outcome: &Outcome, claimed_fen: i64) -> Markup {
    html! {
        section aria-labelledby="award" {
            h2 #award { "补贴金额" }
            p { strong { "待审核认定后计算" } "（申报投入" (money(Some(claimed_fen))) "）" }
            (reason::said(opened.pack(), &outcome.warnings))
        }
        (entitled::entitled(opened))
        section aria-labelledby="cost" {
            h2 #cost { "核定投入" }
            p { "待审核认定。" }
            (wide("逐项核定", &items(opened, outcome)))
        }
    }
}

/// Whether what is paid is not what the awards come to by themselves: something was granted before, or a cap holds.
fn stacked(outcome: &Outcome) -> bool {
    let alone: Option<i64> = outcome.awards.iter().map(|award| award.award_fen).sum();
    alone != outcome.award_fen
}

/// Whether the awards of the file rest on cost at all: a recognition by public lists does not.
fn has_cost(opened: &Opened) -> bool {
    let outcome = opened.view.outcome.iter().flat_map(|outcome| &outcome.awards);
    let awards = outcome.filter_map(|award| opened.pack().awards.iter().find(|known| known.id == award.id));
    awards.into_iter().any(|award| award.recognised.is_some() || award.items.is_some())
}

/// What was decided stands, whatever is computed since.
fn decided(opened: &Opened) -> Markup {
    html! {
        @if let Some(decision) = &opened.view.application.decision {
            div.notice {
                p { strong { "已作出决定：" (money(decision.receipt.award_fen)) } "（" (decision.at.text()) "）" }
                @if matches!(opened.view.sight.sight(), Sight::Applicant | Sight::Provider) {
                    @if document::may_have(&opened.view, &DocumentKind::Decision) { (download(opened)) }
                } @else { details { summary { "决定回执" } pre { (decision.receipt.plain()) } } }
            }
        }
    }
}

/// The decision on paper, in one press.
fn download(opened: &Opened) -> Markup {
    html! {
        form method="post" action=(format!("/files/{}/documents/{}", opened.id(), DocumentKind::Decision.word())) {
            (token_field())
            input type="hidden" name="then" value="pdf";
            button.second type="submit" { "下载决定书" }
        }
    }
}

fn one_award(pack: &Pack, award: &Award) -> Markup {
    html! {
        p {
            (award.label) "：" strong { (money(award.award_fen)) } " "
            span.tag.good[award.status == AwardStatus::Granted].bad[award.status == AwardStatus::Refused] { (award.status.label()) }
        }
        (reason::why(pack, &award.reasons))
    }
}

fn lowered(opened: &Opened) -> Markup {
    let label = |id: &str| opened.pack().value(id).map_or(id.to_owned(), |value| value.label.clone());
    html! {
        @for (id, lowered) in &opened.view.application.lowered {
            p { "审计调整“" (label(id)) "”：由" (policy::say::money(lowered.computed_fen)) "调整为" (policy::say::money(lowered.fen)) "。理由：" (lowered.reason) }
        }
    }
}

/// Figures of every row with its reasons below: there is no width for them beside.
fn items(opened: &Opened, outcome: &Outcome) -> Markup {
    let pack = opened.pack();
    html! {
        table.list.items {
            caption { "逐项核定（金额单位：万元）" }
            thead { tr { th scope="col" { "项目" } th.number scope="col" { "申报" } th.number scope="col" { "计入" } th.number scope="col" { "不计" } } }
            tbody {
                @for (at, item) in outcome.items.iter().enumerate() { (row(opened, at, item)) }
                @for deduction in &outcome.deductions {
                    tr { th scope="row" colspan="3" { (deduction.label) } td.number { (wan_figure(Some(deduction.fen))) } }
                    tr.why { td colspan="4" { (reason::why(pack, &deduction.reasons)) } }
                }
            }
        }
    }
}

fn row(opened: &Opened, at: usize, item: &Item) -> Markup {
    let pack = opened.pack();
    // Nothing is left out of what nobody has looked at.
    let counted = Some(item.recognised_fen).filter(|fen| !item.pending || *fen > 0);
    let not_counted = counted.and_then(|fen| Some(item.claimed_fen? - fen));
    html! {
        tr {
            th scope="row" { (kind(pack).map_or("第", |kind| kind.label.as_str())) (at + 1) @if let Some(name) = name(opened, item) { "：" (name) } @if item.pending { " " span.tag { "待补充或核实" } } }
            td.number { (wan_figure(item.claimed_fen)) }
            td.number { (wan_figure(counted)) }
            td.number { (wan_figure(not_counted)) }
        }
        tr.why { td colspan="4" { (reason::why(pack, &item.reasons)) } }
    }
}

/// What the rows are: 发票.
fn kind(pack: &Pack) -> Option<&RowKind> {
    let of = pack.awards.iter().find_map(|award| award.items).and_then(|at| pack.recognitions.get(at));
    of.map(|recognition| &pack.kinds[recognition.kind as usize])
}

/// Whom a row is about, where its rows have a name.
fn name<'o>(opened: &'o Opened, item: &Item) -> Option<&'o str> {
    let rows = opened.view.case.inputs.rows(&kind(opened.pack())?.id).iter();
    rows.filter(|row| row.id == item.id).find_map(|row| row.texts.get("name")).map(String::as_str)
}
