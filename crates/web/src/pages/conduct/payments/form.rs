//! Drawing a list up.

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::Pack;
use service::InboxItem;

use crate::components::form::{Form, line, tick};
use crate::components::{field, layout, said};
use crate::pages::conduct::today;
use crate::session::token_field;
use crate::site::Site;
use crate::words;

/// The form as it opens: named after the programme and the day, every file ticked unless `all` is not wanted.
pub(super) fn opening(site: &Site, pack: &Pack, waiting: &[InboxItem], all: bool) -> Form {
    let label = format!("{}拨付清单（{}）", pack.title, today(site).chinese());
    let items = waiting.iter().filter(|_| all).map(|item| ("items", item.application.id.clone()));
    Form::with(std::iter::once(("label", label)).chain(items))
}

/// The form.
pub(super) fn page(pack: &Pack, waiting: &[InboxItem], form: &Form) -> Html<String> {
    let main = html! {
        h1 { "编制拨付清单" }
        p.lead { (pack.title) }
        (form.summary(Some(pack)))
        @if waiting.is_empty() { p { "目前没有待拨付的申报件。" } } @else { (filled(pack, waiting, form)) }
    };
    layout::page("编制拨付清单", &super::view::WAY, main)
}

fn filled(pack: &Pack, waiting: &[InboxItem], form: &Form) -> Markup {
    html! {
        p { "清单编制后，由编制人以外的两名签发人先后审批，审批完成后登记拨付结果。" }
        form method="post" action="/conduct/payments" {
            (token_field())
            input type="hidden" name="programme" value=(pack.id);
            div.wrong[form.typed.error("items").is_some()] {
                (field::message("items", form.typed.error("items")))
                (table(waiting, form))
                (all(pack, waiting.len()))
            }
            (line(form, "label", "清单名称", None))
            div.submit { button type="submit" { "编制清单" } }
        }
    }
}

fn table(waiting: &[InboxItem], form: &Form) -> Markup {
    let total = waiting.iter().filter_map(|item| item.application.award_fen).sum();
    let table = html! {
        table.close.stack {
            caption { "待拨付的申报件（" (waiting.len()) "件）" }
            thead { tr { th scope="col" { "列入" } th scope="col" { "受理编号" } th scope="col" { "单位" } th scope="col" { "所在地" } th.number scope="col" { "补贴（元）" } } }
            tbody { @for (at, item) in waiting.iter().enumerate() { (row(item, form, at)) } }
            tfoot { tr { td {} th scope="row" colspan="3" { "全部合计" } td.number { (words::yuan_figure(total)) } } }
        }
    };
    layout::wide("待拨付的申报件", &table)
}

/// Ticks or unticks every file; the script does it in place.
fn all(pack: &Pack, files: usize) -> Markup {
    let address = |all: &str| format!("/conduct/payments/new?programme={}&all={all}", pack.id);
    html! {
        ul.actions {
            li { a href=(address("1")) data-tick="items" { "全选（" (files) "件）" } }
            li { a href=(address("0")) data-untick="items" { "全不选" } }
        }
    }
}

fn row(item: &InboxItem, form: &Form, at: usize) -> Markup {
    let file = &item.application;
    html! {
        tr {
            td { (tick(form, "items", &file.id, &format!("列入{}", file.applicant_name), at)) }
            td data-label="受理编号" { a href=(format!("/files/{}", file.id)) { (file.number) } }
            th scope="row" { (file.applicant_name) }
            td data-label="所在地" { (said::place(&file.place)) }
            td.number data-label="补贴（元）" { (file.award_fen.map_or_else(|| words::money(None), words::yuan_figure)) }
        }
    }
}
