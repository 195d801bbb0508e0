//! The page of the calculator.

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::{Calculator, Input, Pack};
use policy::program::Type;

use super::{columns, fields};
use crate::components::clause::cites;
use crate::components::field::{self, Choice, Group, Line};
use crate::components::layout;
use crate::forms::{Filled, suffix};

/// The whole page with everything typed so far.
pub(super) fn page(pack: &Pack, calculator: &Calculator, filled: &Filled, notice: Option<&str>) -> Html<String> {
    let address = format!("/programmes/{}", pack.id);
    layout::page(&calculator.label, &[(&pack.title, &address)], body(pack, calculator, filled, notice))
}

fn body(pack: &Pack, calculator: &Calculator, filled: &Filled, notice: Option<&str>) -> Markup {
    html! {
        div.narrow {
            (layout::error_summary(&filled.errors))
            h1 { (calculator.label) }
            p.lead { (pack.title) " " (cites(pack, &calculator.clause)) }
            @if let Some(note) = &calculator.note { div.notice { p { (note) } } }
            @if let Some(text) = notice { div.notice { p { (text) } } }
            form method="post" action=(format!("/programmes/{}/calculator", pack.id)) novalidate {
                (given(pack, calculator, filled))
                (vary(pack, calculator, filled))
                (checks(pack, filled))
                div.submit { button type="submit" { "测算" } }
            }
        }
    }
}

fn given(pack: &Pack, calculator: &Calculator, filled: &Filled) -> Markup {
    html! {
        h2 { "投入金额" }
        p.hint { "填写已经投入或者计划投入的金额；没有的不填。直接填数字，也可以写单位，如“600000元”。" }
        @for path in fields::given(pack, calculator) {
            @if let Some(at) = pack.input(&path) { (given_line(pack, filled, &path, &pack.inputs[0][at])) }
        }
    }
}

fn given_line(pack: &Pack, filled: &Filled, path: &str, input: &Input) -> Markup {
    let unit = suffix(pack, path);
    field::line(filled, &Line { path, label: &input.label, hint: input.hint.as_deref(), unit })
}

/// Which column the visitor looks for; all are computed anyway.
fn vary(pack: &Pack, calculator: &Calculator, filled: &Filled) -> Markup {
    let Some(path) = calculator.vary.as_deref().filter(|_| calculator.over.len() > 1) else { return html! {} };
    let any = Choice { value: String::new(), label: html! { "暂不确定" }, alone: false };
    let named = calculator.over.iter().map(|value| Choice {
        value: value.clone(),
        label: html! { (columns::label(pack, calculator, value)) },
        alone: false,
    });
    let group = Group {
        path,
        legend: html! { "预计情况（可不选）" },
        help: html! { p.hint { "各种情况都会并列测算，选中的一种在结果中标出。" } },
        several: false,
        choices: std::iter::once(any).chain(named).collect(),
    };
    html! { div.inline-options { (field::group(filled, &group)) } }
}

/// Facts that decide whether anything is granted at all; folded away, since none is needed to
/// estimate an amount.
fn checks(pack: &Pack, filled: &Filled) -> Markup {
    let inputs = fields::checks(pack);
    let open = inputs.iter().any(|input| !filled.typed.text(&input.id()).is_empty());
    html! {
        @if !inputs.is_empty() {
            details.checks open[open] {
                summary { "申报条件自查（可不填）" }
                p.hint { "填写后，结果中逐条列出是否符合；不填的显示为待补充信息，不影响金额测算。" }
                @for input in inputs { (check(pack, filled, input)) }
            }
        }
    }
}

fn check(pack: &Pack, filled: &Filled, input: &Input) -> Markup {
    let path = input.id();
    let help = html! {
        p.hint { @if let Some(hint) = &input.hint { (hint) " " } (cites(pack, &input.clause)) }
    };
    match input.meta.ty {
        Type::Choice(of) => select(pack, filled, input, of, &help),
        _ => yes_no(filled, &path, input, help),
    }
}

fn yes_no(filled: &Filled, path: &str, input: &Input, help: Markup) -> Markup {
    let choice = |value: &str, label: &str| Choice { value: value.into(), label: html! { (label) }, alone: false };
    let choices = vec![choice("是", "是"), choice("否", "否"), choice("", "不确定")];
    let group = Group { path, legend: html! { (input.label) }, help, several: false, choices };
    html! { div.inline-options { (field::group(filled, &group)) } }
}

fn select(pack: &Pack, filled: &Filled, input: &Input, of: u16, help: &Markup) -> Markup {
    let path = input.id();
    let id = field::id(&path);
    let options = pack.choices.get(usize::from(of)).map_or(&[][..], |choice| &choice.options);
    html! {
        div.field {
            label for=(id) { (input.label) }
            (help)
            (field::message(&id, filled.error(&path)))
            select #(id) name=(path) {
                option value="" { "不确定" }
                @for word in options {
                    option value=(word.id) selected[filled.typed.text(&path) == word.id] { (word.label) }
                }
            }
        }
    }
}
