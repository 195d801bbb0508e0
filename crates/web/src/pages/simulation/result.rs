//! What the comparison says: where the data come from first, then cost, budget, groups, and each changed case.

use axum::response::Html;
use insight::{Budget, Changed, Over, Simulation};
use maud::{Markup, html};
use standards::words::total_in_wan;

use super::adjust::Change;
use super::subject::Subject;
use super::{form, groups};
use crate::components::{bars, clause, layout};
use crate::forms::Typed;
use crate::words::money;

/// The whole page.
pub(super) fn page(subject: &Subject, typed: &Typed, simulation: &Simulation) -> Html<String> {
    let pack = subject.pack();
    let programme = format!("/programmes/{}", pack.id);
    let way = [(pack.title.as_str(), programme.as_str()), (form::TITLE, &subject.address(""))];
    let body = html! {
        h1 { "规则调整测算结果" }
        p.lead { (pack.title) "，" (pack.version) "版" }
        (source(simulation))
        (cost(simulation))
        (changes(subject, typed))
        @if let Some(budget) = &simulation.budget { (verdict(simulation, budget)) }
        (actions(subject, typed))
        (groups::section(simulation))
        (changed(subject, simulation))
        (basis(subject, typed))
    };
    layout::page("规则调整测算结果", &way, body)
}

/// A difference of totals in 万元 with its sign.
pub(super) fn signed(before_fen: i64, after_fen: i64) -> String {
    let difference = after_fen.saturating_sub(before_fen);
    format!("{}{}", if difference > 0 { "+" } else { "" }, total_in_wan(difference))
}

/// The difference of one case with its sign.
fn more_or_less((before_fen, after_fen): (i64, i64)) -> String {
    let difference = after_fen.saturating_sub(before_fen);
    format!("{}{}", if difference > 0 { "+" } else { "" }, money(Some(difference)))
}

fn source(simulation: &Simulation) -> Markup {
    let kind = if simulation.sample {
        "抽样：金额按“权重”列推算到全体，件数为表中的件数"
    } else {
        "全部申报件：每行代表一件"
    };
    html! {
        section aria-labelledby="source" {
            h2 #source { "数据来源和完整程度" }
            dl.facts {
                dt { "数据来源" } dd { (simulation.source) }
                dt { "件数" } dd { (simulation.cases) "件" }
                dt { "数据性质" } dd { (kind) }
                dt { "申报条件未全部给出" } dd { (simulation.pending) "件" @if simulation.pending > 0 { "，假定条件符合，按测算金额计入" } }
                dt { "信息不足不能计算" } dd { (simulation.undetermined) "件" @if simulation.undetermined > 0 { "，按0计入，实际所需资金可能更多" } }
            }
            (filled(simulation))
        }
    }
}

fn filled(simulation: &Simulation) -> Markup {
    let permille = |rows: usize| u16::try_from(rows * 1000 / simulation.cases.max(1)).unwrap_or(1000);
    let table = html! {
        table.bars.close.amounts {
            caption { "各列填写率" }
            thead { tr { th scope="col" { "列名" } th.number scope="col" { "已填写（行）" } th.number scope="col" { "填写率" } td aria-hidden="true" {} } }
            tbody {
                @for (name, rows) in &simulation.filled {
                    tr {
                        th scope="row" { (name) }
                        td.number { (rows) }
                        td.number { (permille(*rows) / 10) "%" }
                        td.bar-cell { (bars::share(permille(*rows))) }
                    }
                }
            }
        }
    };
    layout::wide("各列填写率", &table)
}

fn cost(simulation: &Simulation) -> Markup {
    let (before, after) = (simulation.before_fen, simulation.after_fen);
    let figure = |name: &str, value: String| html! { div { p.name { (name) } p.value { (value) span.unit { "万元" } } } };
    let same = simulation.cases.saturating_sub(simulation.gain + simulation.lose);
    html! {
        section aria-labelledby="cost" {
            h2 #cost { "所需资金" }
            div.headline {
                (figure("现行", total_in_wan(before)))
                (figure("调整后", total_in_wan(after)))
                (figure("增减", signed(before, after)))
            }
            p { "金额增加" strong { (simulation.gain) "件" } "，减少" strong { (simulation.lose) "件" } "，不变" (same) "件。" }
        }
    }
}

/// What was changed, or with what it was compared.
fn changes(subject: &Subject, typed: &Typed) -> Markup {
    let changes = subject.changes(typed);
    let row = |change: &Change| html! { tr { th scope="row" { (change.label) } td { (change.cell.text) } td { (change.edit.1) } } };
    let table = html! {
        table {
            caption { "调整的数值" }
            thead { tr { th scope="col" { "位置" } th scope="col" { "现行" } th scope="col" { "调整后" } } }
            tbody { @for change in &changes { (row(change)) } }
        }
    };
    html! {
        @if let Some(other) = subject.against(typed) {
            p { "与" a href=(clause::page(other)) { (other.title) "，" (other.version) "版" } "比较。" }
        } @else if changes.is_empty() {
            p { "没有调整数值，按现行规则测算。" }
        } @else {
            (layout::wide("调整的数值", &table))
        }
    }
}

fn verdict(simulation: &Simulation, budget: &Budget) -> Markup {
    let sides = [("现行", &budget.before, simulation.before_fen), ("调整后", &budget.after, simulation.after_fen)];
    html! {
        section aria-labelledby="budget" {
            h2 #budget { "预算" (money(Some(budget.budget_fen))) }
            dl.facts {
                @for (name, over, cost_fen) in sides { dt { (name) } dd { (said(over, cost_fen, budget.budget_fen)) } }
            }
        }
    }
}

fn said(over: &Over, cost_fen: i64, budget_fen: i64) -> String {
    match over {
        Over::Certain(true) => format!("超出{}", money(Some(cost_fen.saturating_sub(budget_fen)))),
        Over::Certain(false) => format!("不超出，结余{}", money(Some(budget_fen.saturating_sub(cost_fen)))),
        Over::Likely { permille, standard_error_fen } => {
            let error = money(Some(rounded(*standard_error_fen)));
            format!("超出的可能性为{}.{}%（由抽样推算：合计的标准误差{error}，正态近似）", permille / 10, permille % 10)
        }
    }
}

/// An estimate to a hundredth of 万元: more figures would be no more exact.
fn rounded(fen: i64) -> i64 {
    fen.saturating_add(5_000) / 10_000 * 10_000
}

/// Back to the form with the same values; only the table must be chosen again.
fn actions(subject: &Subject, typed: &Typed) -> Markup {
    html! {
        ul.actions {
            li {
                form method="get" action=(format!("/programmes/{}/simulation", subject.pack().id)) {
                    @if let Some(version) = subject.older() { input type="hidden" name="version" value=(version); }
                    @for (name, text) in typed.pairs() { input type="hidden" name=(name) value=(text); }
                    button.second type="submit" { "修改数值重新测算" }
                }
            }
            li { button.second type="button" data-print hidden { "打印" } }
        }
    }
}

fn changed(subject: &Subject, simulation: &Simulation) -> Markup {
    let listed = simulation.changed.len();
    html! {
        section aria-labelledby="changed" {
            h2 #changed { "金额有变化的申报件" }
            @if listed == 0 { p { "表中没有金额变化的申报件。" } }
            @else {
                p { "列出变动最大的" (listed) "件，变动大的在前。" }
                ol.rules.changed { @for one in &simulation.changed { (case(subject, one)) } }
            }
        }
    }
}

fn case(subject: &Subject, one: &Changed) -> Markup {
    let difference = one.before_fen.zip(one.after_fen).map(more_or_less);
    html! {
        li {
            p {
                strong { (one.id) } "：" (money(one.before_fen)) " → " (money(one.after_fen))
                @if let Some(difference) = difference { "（" (difference) "）" }
            }
            p { span.quiet { "现行：" } (one.because.0) }
            p { span.quiet { "调整后：" } (one.because.1) " " (clause::cites(subject.pack(), &one.clause)) }
        }
    }
}

fn basis(subject: &Subject, typed: &Typed) -> Markup {
    let pack = subject.pack();
    html! {
        section aria-labelledby="basis" {
            h2 #basis { "计算依据" }
            dl.facts {
                dt { "现行规则" } dd { a href=(clause::page(pack)) { (pack.title) } "，" (pack.version) "版" }
                dt { "校验码" } dd { code { (pack.digest) } }
                @if let Some(other) = subject.against(typed) { dt { "比较版本校验码" } dd { code { (other.digest) } } }
            }
            p.quiet { "结果随表格和调整的数值而定，仅供研究使用，不作为拨付依据。上传的表格不保存。" }
        }
    }
}
