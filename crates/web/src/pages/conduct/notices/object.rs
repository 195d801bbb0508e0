//! The form for objections, and what the objector keeps of it.

use axum::response::Html;
use maud::{Markup, html};
use records::publicity::{Objection, Publicity};
use standards::{Date, mask};

use crate::components::entry;
use crate::components::form::{Form, area, line};
use crate::components::layout;
use crate::session::token_field;
use crate::words;

/// The form, while objections are taken.
pub(super) fn form(publicity: &Publicity, form: &Form, today: Date) -> Markup {
    html! {
        section.screen aria-labelledby="object" {
            h2 #object { "反映异议" }
            @if publicity.runs(today) { (fields(publicity, form)) }
            @else if today < publicity.starts_on { p { "公示自" (publicity.starts_on.chinese()) "开始，届时可以在本页提出异议。" } }
            @else { p { "公示期已满，本页不再受理异议。" } }
        }
    }
}

fn fields(publicity: &Publicity, form: &Form) -> Markup {
    let items: Vec<(String, String, String)> = publicity
        .items
        .iter()
        .map(|item| (String::new(), item.application.to_string(), format!("{}（{}）", item.name, item.number)))
        .collect();
    html! {
        p { "姓名和联系方式只供核实和答复使用，不对外公开。提交后将得到一个查询地址，凭地址查看处理结果。" }
        form.narrow method="post" action=(format!("/publicity/{}/objections", publicity.id)) {
            (token_field())
            (entry::select(&form.typed, "application", "异议针对的单位", None, &items))
            (line(form, "name", "姓名或者单位名称", None))
            (line(form, "contact", "联系方式", Some("手机号、固定电话或者邮箱。")))
            (area(form, "text", "事实和理由", Some("请写明具体情况和依据，不超过4000字。"), 8))
            button type="submit" { "提交异议" }
        }
    }
}

/// What was received, where its outcome will stand, and the outcome once there is one.
pub(super) fn receipt(origin: &str, publicity: &Publicity, objection: &Objection) -> Html<String> {
    let address = format!("/publicity/{}/objections/{}", publicity.id, objection.id);
    let about = publicity.items.iter().find(|item| item.application == objection.application);
    let main = html! {
        div.narrow {
            h1 { "异议回执" }
            (state(objection))
            dl.facts {
                dt { "回执编号" } dd { code { (objection.id) } }
                dt { "收到时间" } dd { (words::moment(objection.at.0 / 1000)) }
                dt { "公示" } dd { a href=(format!("/publicity/{}", publicity.id)) { (publicity.title) } }
                @if let Some(item) = about { dt { "针对单位" } dd { (item.name) } }
                dt { "异议人" } dd { (mask::name(&objection.name)) }
                dt { "内容" } dd.lines-kept { (objection.text) }
                dt { "查询地址" } dd { a href=(address) { (origin) (address) } }
            }
            p { "请保存查询地址或者打印本页，处理结果将在同一地址显示。" }
            p { button.second type="button" data-print hidden { "打印本页" } }
        }
    };
    layout::page("异议回执", &super::WAY, main)
}

fn state(objection: &Objection) -> Markup {
    html! {
        @match &objection.outcome {
            None => div.notice.strong role="status" { p { "异议已收到，受理单位正在核实。" } },
            Some(outcome) => {
                div.notice.strong {
                    p { @if outcome.upheld { "异议成立" } @else { "异议不成立" } "（" (words::moment(outcome.at.0 / 1000)) "）" }
                    p.lines-kept { (outcome.reply) }
                }
            }
        }
    }
}
