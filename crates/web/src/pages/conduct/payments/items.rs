//! The payments of a list, and what the bank did with each.

use std::collections::BTreeMap;

use maud::{Markup, html};
use records::Moment;
use records::access::may_prepare_payment;
use records::payment_list::{PaymentItem, PaymentList, PaymentResult, Voucher};
use service::payment::account_for;
use standards::words::amount_in_yuan;

use super::view::One;
use crate::components::form::{Form, line};
use crate::components::{field, layout};
use crate::session::token_field;
use crate::words::yuan_figure;

/// The id of the form that the check boxes of the table belong to.
const PAID: &str = "paid-form";
/// The name of those check boxes.
const ITEMS: &str = "paid.items";

/// The payments; once the list is approved, with what can be recorded.
pub(super) fn table(one: &One) -> Markup {
    let list = one.list;
    let waiting = list.items.iter().any(|item| item.result == PaymentResult::Waiting);
    let records = list.is_approved() && waiting && may_prepare_payment(one.acting);
    let table = html! {
        table.stack {
            caption { "拨付明细" }
            thead {
                tr {
                    @if records { th.pick scope="col" { "已拨付" } }
                    th scope="col" { "受理编号" } th scope="col" { "收款单位" } th scope="col" { "开户银行" } th scope="col" { "银行账号" } th.number scope="col" { "金额（元）" } th scope="col" { "结果" }
                }
            }
            tbody { @for (at, item) in list.items.iter().enumerate() { (row(one, item, at, records)) } }
            tfoot { tr { @if records { td {} } th scope="row" colspan="4" { "合计" } td.number { (yuan_figure(list.total_fen())) } td {} } }
        }
    };
    html! {
        (field::message("paid-items", one.form.typed.error("paid.items")))
        (layout::wide("拨付明细", &table))
        @if records { (paid(one)) (from_table(one)) }
    }
}

/// The way for all results at once.
fn from_table(one: &One) -> Markup {
    html! {
        p {
            "也可以把导出的 Excel 表格交银行填写结果，再"
            a href=(format!("/conduct/payments/{}/results", one.list.id)) { "从表格导入拨付结果" }
            "。"
        }
    }
}

fn row(one: &One, item: &PaymentItem, at: usize, records: bool) -> Markup {
    let waiting = item.result == PaymentResult::Waiting;
    html! {
        tr {
            @if records {
                td { @if waiting { (ticked(one, item, at)) } }
            }
            td.term data-label="受理编号" { a href=(format!("/files/{}", item.application)) { (item.number) } }
            th scope="row" { (item.payee_name) }
            td data-label="开户银行" { (item.bank) }
            td data-label="银行账号" { (account_for(one.acting, &item.bank_account)) }
            td.number data-label="金额（元）" { (yuan_figure(item.award_fen)) }
            td data-label="结果" { (result(item)) @if records && waiting { (failing(one, item)) } }
        }
    }
}

/// The check box stands in the table, its form below it. The first has the id that a message leads to.
fn ticked(one: &One, item: &PaymentItem, at: usize) -> Markup {
    let label = format!("已拨付{}", item.payee_name);
    let first = one.list.items.iter().position(|item| item.result == PaymentResult::Waiting);
    let own = if first == Some(at) { field::id("paid.items") } else { format!("paid-items-{at}") };
    let checked = one.form.typed.ticked("paid.items", item.application.as_str());
    html! {
        div.option.alone {
            input #(own) type="checkbox" name="paid.items" value=(item.application) form=(PAID) checked[checked];
            label for=(own) { span.hidden { (label) } }
        }
    }
}

fn result(item: &PaymentItem) -> Markup {
    html! {
        @match &item.result {
            PaymentResult::Waiting => (item.result.label()),
            PaymentResult::Paid { at, voucher } => { span.tag.good { (item.result.label()) } " " (done(voucher, *at)) },
            PaymentResult::Failed { reason, at, voucher } => { span.tag.bad { (item.result.label()) } " " (done(voucher, *at)) p { (reason) } },
        }
    }
}

/// The bank's day and number where they are known, else the day on which it was recorded.
fn done(voucher: &Voucher, at: Moment) -> Markup {
    html! {
        span.term { (voucher.value_on.unwrap_or_else(|| at.day())) }
        @if !voucher.reference.is_empty() { br; span.quiet { "流水号" (voucher.reference) } }
    }
}

fn failing(one: &One, item: &PaymentItem) -> Markup {
    let what = format!("failed.{}", item.application);
    let path = format!("{what}.reason");
    html! {
        details open[one.form.typed.error(&path).is_some()] {
            summary { "登记拨付失败" span.hidden { "：" (item.payee_name) } }
            form method="post" action=(format!("/conduct/payments/{}/failed/{}", one.list.id, item.application)) {
                (token_field())
                (line(one.form, &path, "银行退回的原因", None))
                p.hint { "登记后重新打开本页，已勾选而未登记的须再次勾选。" }
                button.second type="submit" { "登记拨付失败" }
            }
        }
    }
}

/// Ticks every payment that waits; the script does it in place, so that nothing typed elsewhere on the page is lost.
fn all(one: &One) -> Markup {
    let waiting = one.list.items.iter().filter(|item| item.result == PaymentResult::Waiting).count();
    let address = |all: &str| format!("/conduct/payments/{}?all={all}#paid-items", one.list.id);
    html! {
        a href=(address("1")) data-tick=(ITEMS) { "全选（" (waiting) "笔）" }
        a href=(address("0")) data-untick=(ITEMS) { "全不选" }
    }
}

/// The form with every payment ticked that waits.
pub(super) fn all_ticked(list: &PaymentList) -> Form {
    let waiting = list.items.iter().filter(|item| item.result == PaymentResult::Waiting);
    Form::with(waiting.map(|item| (ITEMS, item.application.to_string())))
}

fn paid(one: &One) -> Markup {
    html! {
        form #(PAID) .decide method="post" action=(format!("/conduct/payments/{}/paid", one.list.id)) {
            (token_field())
            (all(one))
            button type="submit" { "将勾选的登记为已拨付" }
        }
    }
}

/// How many payments, and how much, came to each result.
pub(super) fn progress(list: &PaymentList) -> Markup {
    let mut all: BTreeMap<&str, (usize, i64)> = BTreeMap::new();
    for item in &list.items {
        let (payments, fen) = all.entry(item.result.label()).or_default();
        *payments += 1;
        *fen += item.award_fen;
    }
    html! { @for (label, (payments, fen)) in all { p { (label) (payments) "笔，" (amount_in_yuan(fen)) } } }
}
