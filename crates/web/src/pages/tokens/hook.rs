//! Where an organisation's systems are called, and how the last calls went.

use maud::{Markup, html};
use service::webhook::{Call, Webhook};

use crate::components::form::{Form, line};
use crate::components::layout;
use crate::session::token_field;

/// The section of the page.
pub(super) fn section(webhook: Option<&Webhook>, form: &Form) -> Markup {
    let label = if webhook.is_some() { "更换接收地址" } else { "接收地址" };
    let hint = "以 https:// 开头。保存后生成新的签名密钥，原密钥失效。";
    html! {
        h2 #webhook { "事件推送" }
        p { "本单位的申报件或者本单位经办的申报件发生变化时，向接收地址推送通知，内容仅为事件和编号，详情由业务系统凭令牌查询。" }
        @if let Some(webhook) = webhook { (current(webhook)) }
        form method="post" action="/tokens/webhook" novalidate {
            (token_field())
            (line(form, "address", label, Some(hint)))
            div.submit { button.second type="submit" { "保存接收地址" } }
        }
    }
}

fn current(webhook: &Webhook) -> Markup {
    html! {
        p { "当前接收地址：" code { (webhook.address) } "，" (webhook.set_at.day().chinese()) "起使用。" }
        form method="post" action="/tokens/webhook/remove" {
            (token_field())
            button.second type="submit" { "撤销接收地址" }
        }
        h3 { "最近的推送" }
        @if webhook.calls.is_empty() { p { "还没有推送。" } }
        @else { (layout::wide("最近的推送", &calls(&webhook.calls))) }
    }
}

fn calls(calls: &[Call]) -> Markup {
    html! {
        table {
            thead { tr { th { "时间" } th { "事件" } th { "编号" } th { "结果" } } }
            tbody {
                @for call in calls {
                    tr {
                        td { (call.at.text()) }
                        td { code { (call.event) } }
                        td { code { (call.id) } }
                        td { (result(call)) }
                    }
                }
            }
        }
    }
}

fn result(call: &Call) -> Markup {
    html! {
        @match call.state.as_str() {
            "sent" => "已送达",
            "failed" => { "未送达，不再重试：" (call.last_error) }
            _ if call.attempts > 0 => { "第" (call.attempts) "次未送达，稍后重试：" (call.last_error) }
            _ => "等待推送",
        }
    }
}
