//! Objections, and the form that settles one.

use maud::{Markup, html};
use records::Moment;
use records::publicity::{Objection, Publicity};

use crate::components::entry;
use crate::components::form::{Form, area};
use crate::session::token_field;
use crate::words;

/// All objections, the open ones first.
pub(super) fn all(publicity: &Publicity, form: &Form, conducts: bool) -> Markup {
    let open = publicity.objections.iter().filter(|one| one.outcome.is_none());
    let settled = publicity.objections.iter().filter(|one| one.outcome.is_some());
    html! {
        h2 { "异议" }
        @if publicity.objections.is_empty() { p { "没有收到异议。" } }
        @for one in open.chain(settled) { (objection(publicity, one, form, conducts)) }
    }
}

fn objection(publicity: &Publicity, one: &Objection, form: &Form, conducts: bool) -> Markup {
    let about = publicity.items.iter().find(|item| item.application == one.application);
    html! {
        section.question {
            h3 {
                @if let Some(item) = about { "关于" (item.name) "（" a href=(format!("/files/{}", item.application)) { (item.number) } "）" }
                " " @if one.outcome.is_none() { span.tag.bad { "待处理" } } @else { span.tag { "已办结" } }
            }
            dl.facts {
                dt { "异议人" } dd { (one.name) }
                dt { "联系方式" } dd { (one.contact) }
                dt { "提出时间" } dd { (at(one.at)) }
                dt { "内容" } dd.lines-kept { (one.text) }
            }
            @match &one.outcome {
                Some(outcome) => p { strong { @if outcome.upheld { "异议成立" } @else { "异议不成立" } } "（" (at(outcome.at)) "）：" (outcome.reply) },
                None => @if conducts { (settling(publicity, one, form)) },
            }
        }
    }
}

fn at(moment: Moment) -> String {
    words::moment(moment.0 / 1000)
}

fn settling(publicity: &Publicity, one: &Objection, form: &Form) -> Markup {
    let path = |name: &str| format!("settle.{}.{name}", one.id);
    let options = [("no", "异议不成立", "该申报件公示期满后继续办理。"), ("yes", "异议成立", "该申报件不予通过，申报单位将收到通知。")];
    html! {
        form method="post" action=(format!("/conduct/publicity/{}/objections/{}", publicity.id, one.id)) {
            (token_field())
            (entry::ticks(&form.typed, &path("upheld"), "处理结论", false, &options))
            (area(form, &path("reply"), "核实情况和处理结论", Some("异议人凭查询地址可以看到。"), 5))
            button type="submit" { "登记处理结果" }
        }
    }
}
