//! The result of a calculation: one column per case, side by side.

use axum::response::Html;
use maud::{Markup, html};
use policy::outcome::{Award, Outcome};
use policy::pack::{Calculator, Pack};
use policy::reason::Reason;
use policy::term::{Form, Symbol};
use standards::words::{self, amount_in_words};

use super::{Kept, finding};
use crate::components::bars::{self, Bar};
use crate::components::clause::cites;
use crate::components::{layout, reason};
use crate::errors::Error;
use crate::forms::complete;
use crate::pages::calculator::columns::{self, Column};
use crate::pages::calculator::fields;
use crate::words::{money, wan_figure};

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
        (finding::refusal(pack, columns))
        @if let Some(text) = columns::surprise(columns) {
            div.notice.strong { p { @if refused(columns) { "符合全部条件时，" } (text) "以上为测算，以主管部门核定的结果为准。" } }
        }
        @if let Some(column) = columns.iter().find(|column| column.wanted) { (headline(column)) }
        (layout::wide("并列测算", &table(columns, total(kept, calculator))))
        @if columns.len() > 1 { (chart(columns)) }
        (note(pack, calculator))
        (kept.actions(&html! {}))
        section aria-labelledby="why" {
            h2 #why { "怎样得出" }
            @for column in columns { (derivation(pack, column)) }
        }
        (finding::section(pack, columns))
        (entered(kept, calculator))
    }
}

fn headline(column: &Column) -> Markup {
    html! {
        div.headline {
            div { p.name { "预计情况" } p.value { (column.label) } }
            div { p.name { "测算补贴" } p.value { (money(column.outcome.award_fen)) } }
        }
    }
}

/// A figure of every column.
type Cell<'a> = &'a dyn Fn(&Outcome) -> Markup;

fn table(columns: &[Column], total: Option<i64>) -> Markup {
    let deductions: &[_] = columns.first().map_or(&[], |column| &column.outcome.deductions);
    let taken = |outcome: &Outcome, at: usize| outcome.deductions.get(at).map(|one| one.fen);
    html! {
        table.compare {
            caption { "并列测算（金额单位：万元）" }
            thead { tr { td {} @for column in columns { th.number.wanted[column.wanted] scope="col" { (column.label) @if column.wanted { span.tag { "预计" } } } } } }
            tbody {
                @if total.is_some() { (row("填写的投入", columns, &|_| html! { (wan_figure(total)) })) }
                @for (at, deduction) in deductions.iter().enumerate() {
                    (row(&format!("其中不计：{}", deduction.label), columns, &|outcome| html! { (wan_figure(taken(outcome, at))) }))
                }
                (row("核定投入", columns, &|outcome| html! { (wan_figure(outcome.recognised_fen)) }))
                @if columns.first().is_some_and(|column| column.outcome.awards.len() > 1) { (awards(columns)) }
                (row("测算补贴", columns, &|outcome| html! { strong { (wan_figure(outcome.award_fen)) } }))
                (row("大写", columns, &|outcome| html! { (outcome.award_fen.map_or_else(|| "待定".to_owned(), amount_in_words)) }))
                (row("状态", columns, &|outcome| html! { (outcome.status.label()) }))
                @if refused(columns) { (if_met(columns)) }
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

fn refused(columns: &[Column]) -> bool {
    columns.iter().any(|column| column.if_met.is_some())
}

/// What a refusal costs: the amount if every condition were met.
fn if_met(columns: &[Column]) -> Markup {
    html! {
        tr {
            th scope="row" { "符合全部条件时" }
            @for column in columns { td.number.wanted[column.wanted] { (wan_figure(column.estimate().award_fen)) } }
        }
    }
}

/// The sentence behind each award of a column, and the tree below it.
fn derivation(pack: &Pack, column: &Column) -> Markup {
    let awards = column.estimate().awards.iter().map(|award| amount_reason(pack, award));
    html! {
        h3 { (column.label) }
        @for reason in awards {
            p { (reason.text) " " (cites(pack, &reason.clause)) }
            (reason::why(pack, reason))
        }
    }
}

/// The part of an award's reasons that speaks of its amount; conditions have a section of their own.
fn amount_reason<'a>(pack: &Pack, award: &'a Award) -> &'a Reason {
    let rule = pack.awards.iter().find(|rule| rule.id == award.id);
    let value = rule.and_then(|rule| match rule.amount.form {
        Form::Name(Symbol::Value(at)) => Some(pack.values[at].id.as_str()),
        _ => None,
    });
    let found = value.and_then(|id| award.reasons.walk().into_iter().find(|reason| reason.id == id));
    found.unwrap_or(&award.reasons)
}

fn chart(columns: &[Column]) -> Markup {
    let title = if refused(columns) { "各种情况的测算补贴（符合全部条件时）" } else { "各种情况的测算补贴" };
    let bar = |column: &Column| Bar {
        label: column.label.clone(),
        length: column.estimate().award_fen.unwrap_or(0),
        figure: money(column.estimate().award_fen),
        strong: column.wanted,
    };
    let bars: Vec<Bar> = columns.iter().map(bar).collect();
    html! { figure { figcaption { (title) } (bars::chart(title, &bars)) } }
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

/// What was entered altogether; nothing when something entered is no amount.
fn total(kept: &Kept, calculator: &Calculator) -> Option<i64> {
    let paths = fields::given(kept.pack, calculator);
    let texts = paths.iter().map(|path| complete(kept.pack, path, kept.typed.text(path)));
    texts.filter(|text| !text.is_empty()).map(|text| standards::words::parse_amount(&text).ok()).sum()
}

fn said(pack: &Pack, path: &str, text: &str) -> String {
    let full = complete(pack, path, text);
    let amount = standards::words::parse_amount(&full).map(words::money);
    if text.is_empty() { "未填写，按0计算".to_owned() } else { amount.unwrap_or(full) }
}
