//! Who is signed in, below the head of every page.

use maud::{Markup, html};
use records::account::Role;
use records::organisation::OrganisationKind;
use service::identity::{Session, SignedIn};

use crate::session;

/// The person, the organisation acted for, and the way out.
pub(crate) fn bar(signed_in: &SignedIn, unread: i64) -> Markup {
    html! {
        div.person {
            div.inner {
                p { (signed_in.known().name) @if let Some(session) = signed_in.session() { (organisation(session)) } }
                nav aria-label="账号" {
                    @if let Some(session) = signed_in.session() { (links(session, unread)) }
                    form method="post" action="/sign-out" { (session::token_field()) button.link type="submit" { "退出" } }
                }
            }
        }
    }
}

fn organisation(session: &Session) -> Markup {
    let acting = session.acting();
    html! {
        " · " (session.organisation_name())
        @if acting.mandate.is_some() { "（授权代办）" }
        span.quiet { "　" (service::identity::labels(&acting.roles)) }
    }
}

/// What the start page of a kind of organisation is called.
pub(crate) fn start(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Administrator => "平台管理",
        kind if kind.is_staff() => "工作台",
        _ => "我的办件",
    }
}

/// The way to the notices, with how many wait.
fn unread_badge(unread: i64) -> Markup {
    html! { a href="/notices" { "消息" @if unread > 0 { span.badge { (unread) span.hidden { "条未读" } } } } }
}

fn links(session: &Session, unread: i64) -> Markup {
    let acting = session.acting();
    html! {
        a href="/home" { (start(acting.kind)) }
        @if acting.mandate.is_none() { (unread_badge(unread)) }
        @if !session.has_one_organisation() { a href="/organisations/choose" { "切换单位" } }
        @if acting.is(Role::Manager) && acting.kind != OrganisationKind::Expert { a href="/people" { "本单位人员" } a href="/tokens" { "接口" } }
        @if acting.is(Role::Manager) && acting.kind == OrganisationKind::Administrator { a href="/organisations" { "单位管理" } }
    }
}
