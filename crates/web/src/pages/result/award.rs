//! The result of a calculation: one column per case, side by side.

use axum::response::Html;
use maud::{Markup, html};
use policy::outcome::Outcome;
use policy::pack::{Calculator, Pack};
use standards::words::{amount_in_wan, amount_in_words};

use super::{Kept, finding};
use crate::components::bars::{self, Bar};
use crate::components::clause::cites;
use crate::components::{layout, reason};
use crate::errors::Error;
use crate::forms::complete;
use crate::pages::calculator::columns::{self, Column};
use crate::pages::calculator::fields;
use crate::words::{wan, wan_figure};

/// The whole page.
pub(super) fn page(kept: &Kept) -> Result<Html<String>, Error> {
    let calculator = kept.pack.calculator.as_ref().ok_or(Error::NoResult)?;
    let columns = columns::columns(kept.pack, calculator, &kept.typed);
    Ok(kept.page(&format!("{}结果", calculator.label), &body(kept, calculator, &columns)))
}

fn body(kept: &Kept, calculator: &Calculator, columns: &[Column]) -> Markup {
    let pack = kept.pack;
    html! {
        h1 { (calculator.label) "结果" }
        @if let Some(text) = columns::surprise(columns) {
            div.notice.strong { p { (text) "以上为测算，实际情况和金额以主管部门核定为准。" } }
        }
        @if let Some(column) = columns.iter().find(|column| column.wanted) { (headline(column)) }
        (layout::wide("并列测算", &table(pack, columns)))
        @if columns.len() > 1 { (chart(columns)) }
        (note(pack, calculator))
        (kept.actions(&html! {}))
        section aria-labelledby="why" {
            h2 #why { "计算过程" }
            @for column in columns { h3 { (column.label) } (reason::why(pack, &column.outcome.reasons)) }
        }
        (finding::section(pack, columns))
        (entered(kept, calculator))
    }
}

fn headline(column: &Column) -> Markup {
    html! {
        div.headline {
            div { p.name { "预计情况" } p.value { (column.label) } }
            div { p.name { "测算补贴" } p.value { (wan(column.outcome.award_fen)) } }
        }
    }
}

/// A figure of every column.
type Cell<'a> = &'a dyn Fn(&Outcome) -> Markup;

fn table(pack: &Pack, columns: &[Column]) -> Markup {
    let deductions: &[_] = columns.first().map_or(&[], |column| &column.outcome.deductions);
    let taken = |outcome: &Outcome, at: usize| outcome.deductions.get(at).map(|one| one.fen);
    html! {
        table.compare {
            caption { "并列测算（金额单位：万元）" }
            thead { tr { td {} @for column in columns { th.number.wanted[column.wanted] scope="col" { (column.label) @if column.wanted { span.tag { "预计" } } } } } }
            tbody {
                @for (at, deduction) in deductions.iter().enumerate() {
                    (row(&format!("其中不计：{}", deduction.label), columns, &|outcome| html! { (wan_figure(taken(outcome, at))) }))
                }
                (row("核定投入", columns, &|outcome| html! { (wan_figure(outcome.recognised_fen)) }))
                @if columns.first().is_some_and(|column| column.outcome.awards.len() > 1) { (awards(columns)) }
                (row("测算补贴", columns, &|outcome| html! { strong { (wan_figure(outcome.award_fen)) } }))
                (row("大写", columns, &|outcome| html! { (outcome.award_fen.map_or_else(|| "待定".to_owned(), amount_in_words)) }))
                (row("状态", columns, &|outcome| html! { (outcome.status.label()) }))
                (row("怎样得出", columns, &|outcome| outline(pack, outcome)))
            }
        }
    }
}

fn row(name: &str, columns: &[Column], cell: Cell) -> Markup {
    html! {
        tr {
            th scope="row" { (name) }
            @for column in columns { td.number.wanted[column.wanted] { (cell(&column.outcome)) } }
        }
    }
}

fn awards(columns: &[Column]) -> Markup {
    let awards: &[_] = columns.first().map_or(&[], |column| &column.outcome.awards);
    html! {
        @for (at, award) in awards.iter().enumerate() {
            (row(&award.label, columns, &|outcome| html! { (wan_figure(outcome.awards.get(at).and_then(|one| one.award_fen))) }))
        }
    }
}

/// The sentence behind each award: share against cap, and which is taken.
fn outline(pack: &Pack, outcome: &Outcome) -> Markup {
    html! {
        @for award in &outcome.awards {
            @let said = sentence(&award.reasons);
            p.outline { (said.text) " " (cites(pack, &said.clause)) }
        }
    }
}

/// The first reason below an award that speaks of its amount: the award's own text only says where
/// it stands.
fn sentence(reasons: &policy::reason::Reason) -> &policy::reason::Reason {
    reasons.children.first().unwrap_or(reasons)
}

fn chart(columns: &[Column]) -> Markup {
    let bar = |column: &Column| Bar {
        label: column.label.clone(),
        length: column.outcome.award_fen.unwrap_or(0),
        figure: wan(column.outcome.award_fen),
        strong: column.wanted,
    };
    let bars: Vec<Bar> = columns.iter().map(bar).collect();
    html! { figure { figcaption { "各种情况的测算补贴" } (bars::chart("各种情况的测算补贴", &bars)) } }
}

fn note(pack: &Pack, calculator: &Calculator) -> Markup {
    html! {
        @if let Some(text) = &calculator.note { div.notice { p { (text) " " (cites(pack, &calculator.clause)) } } }
    }
}

/// What was entered, as it was read.
fn entered(kept: &Kept, calculator: &Calculator) -> Markup {
    let pack = kept.pack;
    html! {
        section aria-labelledby="entered" {
            h2 #entered { "填写的内容" }
            dl.facts {
                @for path in fields::given(pack, calculator) {
                    @if let Some(at) = pack.input(&path) {
                        dt { (pack.inputs[0][at].label) }
                        dd { (said(pack, &path, kept.typed.text(&path))) }
                    }
                }
            }
        }
    }
}

fn said(pack: &Pack, path: &str, text: &str) -> String {
    let full = complete(pack, path, text);
    let amount = standards::words::parse_amount(&full).map(amount_in_wan);
    if text.is_empty() { "未填写，按0计算".to_owned() } else { amount.unwrap_or(full) }
}
