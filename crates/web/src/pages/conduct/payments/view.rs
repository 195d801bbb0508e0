//! The lists, and one list with who may do what with it.

use std::collections::BTreeMap;

use axum::response::Html;
use maud::{Markup, html};
use policy::library::Library;
use policy::pack::Pack;
use records::Moment;
use records::access::{Acting, may_approve_payment, may_prepare_payment};
use records::ids::AccountId;
use records::payment_list::{APPROVALS, PaymentList};
use service::PaymentListRow;
use standards::words::{amount_in_words, amount_in_yuan};

use super::items;
use crate::components::form::{Form, line};
use crate::components::{layout, said};
use crate::extract::Asked;
use crate::pages::document;
use crate::pages::imports::left_out;
use crate::session::token_field;
use crate::words;

/// The way to these pages.
pub(super) const WAY: [(&str, &str); 2] = [("工作台", "/desk"), ("拨付清单", "/conduct/payments")];

/// What has just been done, from the address.
pub(super) fn done(asked: &Asked) -> Option<String> {
    let all = [
        ("prepared", "清单已编制，等待两名签发人审批"),
        ("approve", "已审批"),
        ("cancel", "清单已作废，其中的申报件可以列入新的清单"),
        ("paid", "已登记拨付"),
        ("imported", "表格中的拨付结果已登记"),
        ("failed", "已登记拨付失败，该申报件可以列入新的清单"),
    ];
    let (_, said) = all.into_iter().find(|(name, _)| asked.get(name).is_some())?;
    Some(format!("{said}{}。", left_out::also(asked.get(left_out::NAME))))
}

/// All lists.
pub(super) fn list(library: &Library, rows: &[PaymentListRow], waiting: &[(&Pack, usize)], prepares: bool) -> Markup {
    html! {
        @if prepares {
            @if waiting.is_empty() { p { "目前没有待拨付的申报件。" } }
            ul.actions { @for (pack, files) in waiting { li { a.button href=(format!("/conduct/payments/new?programme={}", pack.id)) { "编制清单（" (files) "件待拨付）：" (pack.title) } } } }
        }
        @if rows.is_empty() { p { "还没有编制过清单。" } } @else { (table(library, rows)) (crate::pages::download::link("/conduct/payments.xlsx")) }
    }
}

fn table(library: &Library, rows: &[PaymentListRow]) -> Markup {
    let table = html! {
        table.stack {
            caption.hidden { "拨付清单" }
            thead { tr { th scope="col" { "清单" } th scope="col" { "政策项目" } th scope="col" { "编制时间" } th.number scope="col" { "合计（元）" } th scope="col" { "状态" } } }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" { a href=(format!("/conduct/payments/{}", row.id)) { (row.label) } }
                        td data-label="政策项目" { (said::programme(library, &row.programme)) }
                        td.term data-label="编制时间" { (Moment(row.created_at_ms).text()) }
                        td.number data-label="合计（元）" { (words::yuan_figure(row.total_fen)) }
                        td data-label="状态" { (state(&row.state)) }
                    }
                }
            }
        }
    };
    layout::wide("拨付清单", &table)
}

pub(in crate::pages) fn state(word: &str) -> &'static str {
    match word {
        "prepared" => "待审批",
        "approved_once" => "待第二人审批",
        "approved" => "已审批",
        _ => "已作废",
    }
}

/// One list as a person looks at it.
pub(super) struct One<'a> {
    pub(super) library: &'a Library,
    pub(super) acting: &'a Acting,
    pub(super) version: i64,
    pub(super) list: &'a PaymentList,
    pub(super) names: &'a BTreeMap<AccountId, String>,
    pub(super) form: &'a Form,
}

/// The page of a list.
pub(super) fn one(one: &One, done: Option<&str>) -> Html<String> {
    let list = one.list;
    let main = html! {
        h1 { (list.label) }
        @if let Some(done) = done { div.notice role="status" { p { (done) } } }
        (one.form.summary(None))
        (facts(one))
        (exports(list))
        (document::payment_list(one.acting, list.id.as_str()))
        (items::table(one))
        (approving(one))
        (cancelling(one))
        p.fingerprint { "台账末条摘要：" code { (list.head) } }
    };
    layout::page(&list.label, &WAY, main)
}

fn facts(one: &One) -> Markup {
    let list = one.list;
    let name = |account: &AccountId| one.names.get(account).map_or("", String::as_str);
    html! {
        dl.facts {
            dt { "政策项目" } dd { (said::programme(one.library, &list.programme)) }
            dt { "状态" } dd { (list.word()) }
            dt { "合计" } dd { (list.items.len()) "笔，" (amount_in_yuan(list.total_fen())) "（大写：" (amount_in_words(list.total_fen())) "）" }
            @if list.is_approved() { dt { "拨付进度" } dd { (items::progress(list)) } }
            dt { "编制" } dd { (name(&list.prepared_by)) "，" (list.prepared_at.text()) }
            dt { "审批" }
            dd {
                @for (account, at) in &list.approvals { p { (name(account)) "，" (at.text()) } }
                @if list.approvals.len() < APPROVALS && list.cancelled.is_none() { p { "还需" (APPROVALS - list.approvals.len()) "名签发人审批" } }
            }
            @if let Some(reason) = &list.cancelled { dt { "作废理由" } dd { (reason) } }
        }
    }
}

fn exports(list: &PaymentList) -> Markup {
    let address = |ending: &str| format!("/conduct/payments/{}/list.{ending}", list.id);
    html! {
        ul.actions {
            li { a.button.second href=(address("xlsx")) { "导出 Excel 表格" } }
            li { a.button.second href=(address("csv")) { "导出 CSV" } }
            li { button.second type="button" data-print hidden { "打印本页" } }
        }
    }
}

/// The approval, or why this person may not give it.
fn approving(one: &One) -> Markup {
    let (list, open) = (one.list, one.list.cancelled.is_none() && !one.list.is_approved());
    let barred = match may_approve_payment(one.acting) {
        true => list.barred(&one.acting.account),
        false => Some("审批由财政部门的签发人办理。"),
    };
    html! {
        @if open {
            section aria-labelledby="approve" {
                h2 #approve { "审批" }
                @if let Some(why) = barred { div.notice { p { (why) } } }
                @else {
                    form method="post" action=(format!("/conduct/payments/{}/approve", list.id)) {
                        (token_field())
                        input type="hidden" name="version" value=(one.version);
                        p { "审批即确认收款单位、账号和金额与申报件的决定一致。" }
                        button type="submit" { "审批通过" }
                    }
                }
            }
        }
    }
}

fn cancelling(one: &One) -> Markup {
    let (list, open) = (one.list, one.list.cancelled.is_none() && !one.list.is_approved());
    html! {
        @if open && may_prepare_payment(one.acting) {
            section aria-labelledby="cancel" {
                h2 #cancel { "作废" }
                p { "作废后，清单中的申报件可以列入新的清单。" }
                form method="post" action=(format!("/conduct/payments/{}/cancel", list.id)) {
                    (token_field())
                    input type="hidden" name="version" value=(one.version);
                    (line(one.form, "cancel.reason", "作废理由", None))
                    button.second type="submit" { "作废清单" }
                }
            }
        }
    }
}
