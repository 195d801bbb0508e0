//! The tokens of an organisation, and the form for a new one.

use maud::{Markup, html};
use records::Moment;
use records::organisation::OrganisationKind;
use service::token::{ApiToken, Scope};

use crate::components::form::{Form, date, line};
use crate::components::{entry, layout};
use crate::session::token_field;

/// All of them, those that count first as they were made.
pub(super) fn tokens(tokens: &[ApiToken], now: Moment) -> Markup {
    html! {
        h2 { "令牌" }
        @if tokens.is_empty() { p { "尚未建立令牌。" } }
        @else { (layout::wide("令牌", &table(tokens, now))) }
    }
}

fn table(tokens: &[ApiToken], now: Moment) -> Markup {
    html! {
        table {
            caption { "共" (tokens.len()) "个" }
            thead { tr { th { "使用的系统" } th { "可以办理" } th { "有效期至" } th { "最近使用" } th { "状态" } } }
            tbody { @for token in tokens { (row(token, now)) } }
        }
    }
}

fn row(token: &ApiToken, now: Moment) -> Markup {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.label()).collect();
    html! {
        tr {
            th scope="row" { (token.label) }
            td { (scopes.join("、")) }
            td { (Moment(token.expires_at.0 - 1).day().chinese()) }
            td { @match token.used_at { Some(at) => (at.text()), None => "未使用" } }
            td {
                @if token.counts(now) {
                    form method="post" action=(format!("/tokens/{}/revoke", token.id)) {
                        (token_field())
                        button.second type="submit" { "停用" span.hidden { "：" (token.label) } }
                    }
                } @else if token.revoked_at.is_some() { "已停用" } @else { "已到期" }
            }
        }
    }
}

/// The form for a new one, with what organisations of this kind have any use for.
pub(super) fn form(kind: OrganisationKind, form: &Form) -> Markup {
    let scopes = Scope::ALL.into_iter().filter(|scope| scope.is_for(kind));
    let scopes: Vec<_> = scopes.map(|scope| (scope.as_str(), scope.label(), scope.hint())).collect();
    html! {
        h2 #new { "新建令牌" }
        form method="post" action="/tokens" novalidate {
            (token_field())
            (line(form, "label", "使用的系统", Some("如“财务管理系统”。每个系统使用各自的令牌。")))
            (entry::ticks(&form.typed, "scopes", "可以办理", true, &scopes))
            (date(form, "expires_on", "有效期至", Some("最长一年，到期前可以另建令牌替换。")))
            div.submit { button type="submit" { "建立令牌" } }
        }
    }
}
