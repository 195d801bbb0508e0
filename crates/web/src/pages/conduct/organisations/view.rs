//! The list of organisations, and one of them.

use axum::response::Html;
use maud::{Markup, html};
use records::access::{Acting, may_oversee};
use records::organisation::{Organisation, OrganisationKind, OrganisationState};
use service::{Listed, OrganisationRow, Page};
use standards::mask;
use standards::text::percent_encoded;

use super::administers;
use crate::components::form::{Form, area};
use crate::components::{layout, pages, said};
use crate::pages::download;
use crate::session::token_field;

/// The way to these pages.
pub(super) const WAY: [(&str, &str); 1] = [("单位查询", "/organisations")];

/// What the list is narrowed to.
pub(super) struct Narrowed<'a> {
    pub(super) search: &'a str,
    pub(super) kind: &'a str,
    pub(super) page: Page,
}

/// The list.
pub(super) fn list(listed: &Listed<OrganisationRow>, narrowed: &Narrowed, administers: bool, added: bool) -> Markup {
    let address = format!("/organisations?search={}&kind={}&", percent_encoded(narrowed.search, ""), narrowed.kind);
    html! {
        @if added { div.notice role="status" { p { "单位已添加，邀请邮件已发送。" } } }
        @if administers { ul.actions { li { a.button href="/organisations/new" { "添加单位" } } } }
        (search(narrowed))
        p { "共" (listed.total) "家" }
        (download::link(&format!("/organisations.xlsx?search={}&kind={}", percent_encoded(narrowed.search, ""), narrowed.kind)))
        @if !listed.rows.is_empty() { (table(&listed.rows)) }
        (pages::turn(narrowed.page, listed.total, &address))
    }
}

fn search(narrowed: &Narrowed) -> Markup {
    html! {
        form.inline method="get" action="/organisations" role="search" {
            div.field { label for="search" { "名称或者统一社会信用代码" } input #search name="search" type="text" value=(narrowed.search) autocomplete="off"; }
            div.field {
                label for="kind" { "单位类型" }
                select #kind name="kind" {
                    option value="" { "全部" }
                    @for kind in OrganisationKind::ALL { option value=(kind.as_str()) selected[kind.as_str() == narrowed.kind] { (kind.label()) } }
                }
            }
            button type="submit" { "查询" }
        }
    }
}

fn table(rows: &[OrganisationRow]) -> Markup {
    let kind = |row: &OrganisationRow| OrganisationKind::parse(&row.kind).map_or("", OrganisationKind::label);
    let table = html! {
        table.stack {
            caption.hidden { "单位" }
            thead { tr { th scope="col" { "单位名称" } th scope="col" { "类型" } th scope="col" { "统一社会信用代码" } th scope="col" { "地区" } th scope="col" { "状态" } } }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" { a href=(format!("/organisations/{}", row.id)) { (row.name) } }
                        td data-label="类型" { (kind(row)) }
                        td data-label="统一社会信用代码" { (row.credit_code.as_deref().unwrap_or("")) }
                        td data-label="地区" { (said::place(&row.place)) }
                        td data-label="状态" { @if row.state == "active" { "正常" } @else { span.tag.bad { "停用" } } }
                    }
                }
            }
        }
    };
    layout::wide("单位", &table)
}

/// One organisation.
pub(super) fn one(organisation: &Organisation, acting: &Acting, form: &Form, done: Option<&str>) -> Html<String> {
    let main = html! {
        h1 { (organisation.name) }
        @if let Some(done) = done { div.notice role="status" { p { (done) } } }
        (form.summary(None))
        (facts(organisation))
        @if may_oversee(acting) && !organisation.kind.is_staff() {
            ul.actions { li { a.button.second href=(format!("/dossiers/{}", organisation.id)) { "一企一档" } } }
        }
        @if administers(acting) { (standing(organisation, form)) }
    };
    layout::page(&organisation.name, &WAY, main)
}

fn facts(organisation: &Organisation) -> Markup {
    let profile = &organisation.profile;
    html! {
        dl.facts {
            dt { "类型" } dd { (organisation.kind) }
            dt { "统一社会信用代码" } dd { (organisation.credit_code.as_deref().unwrap_or("未登记")) }
            dt { "地区" } dd { (said::place(&organisation.place)) }
            @if !profile.address.is_empty() { dt { "通讯地址" } dd { (profile.address) } }
            @if !profile.contact.is_empty() { dt { "联系人" } dd { (profile.contact) "，" (profile.phone) } }
            @if let Some(size) = organisation.size() { dt { "规模" } dd { (size.label()) } }
            @if !profile.bank_account.is_empty() { dt { "银行账号" } dd { (profile.bank) "，" (mask::account(&profile.bank_account)) } }
            dt { "状态" }
            dd {
                @match &organisation.state {
                    OrganisationState::Active => "正常",
                    OrganisationState::Suspended { reason } => { span.tag.bad { "停用" } " " (reason) },
                }
            }
        }
    }
}

/// Stopping it, or letting it act again.
fn standing(organisation: &Organisation, form: &Form) -> Markup {
    let address = |what: &str| format!("/organisations/{}/{what}", organisation.id);
    html! {
        @if organisation.is_active() {
            h2 { "停用" }
            p { "停用后，该单位人员不能再办理业务；已提交的申报件不受影响。" }
            form method="post" action=(address("suspend")) {
                (token_field())
                (area(form, "reason", "停用理由", None, 3))
                button.second type="submit" { "停用该单位" }
            }
        } @else {
            h2 { "恢复" }
            form method="post" action=(address("restore")) { (token_field()) button type="submit" { "恢复该单位" } }
        }
    }
}
