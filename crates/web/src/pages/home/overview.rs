//! The start page of an enterprise or a provider.

use axum::response::Html;
use maud::{Markup, html};
use policy::library::Library;
use policy::pack::Grants;
use records::Refusal;
use records::access::Acting;
use records::account::Role;
use records::batch::Batch;
use records::organisation::OrganisationKind;
use service::StandingRow;
use service::identity::Session;
use service::product;

use super::gather::Mine;
use super::{files, serving};
use crate::components::form::Form;
use crate::components::{clause, layout, pages, said};
use crate::session::token_field;
use crate::site::Site;

/// The page.
pub(super) fn page(site: &Site, session: &Session, mine: &Mine, form: &Form) -> Html<String> {
    let (library, acting) = (site.library(), session.acting());
    let main = html! {
        h1 { "我的办件" }
        p.lead { (session.organisation_name()) @if let Some(mandate) = &acting.mandate { "（授权代办，至" (mandate.until_on.chinese()) "）" } }
        (form.summary(None))
        (ways(acting, mine.unread))
        (waiting(library, acting, mine, "/home"))
        @if let Some(serving) = &mine.serving { (serving::serving(library, acting, serving, mine.today)) }
        (to_begin(library, mine))
        @if !mine.standings.is_empty() { section aria-labelledby="standings" { h2 #standings { "已取得的资格" } (standings(library, &mine.standings)) } }
        @if acting.mandate.is_none() { section aria-labelledby="mandates" { h2 #mandates { "授权代办" } (mandates(library, acting, mine)) } }
    };
    layout::page("我的办件", &[], main)
}

/// What waits, and all files; `address` is where the page stands.
pub(super) fn waiting(library: &Library, acting: &Acting, mine: &Mine, address: &str) -> Markup {
    html! {
        section aria-labelledby="inbox" { h2 #inbox { "待我办理（" (mine.inbox.len()) "）" } (files::inbox(library, &mine.inbox, acting, mine.today)) }
        section aria-labelledby="files" { h2 #files { "办件" } (own(library, acting, mine, address)) }
    }
}

/// Calls that may be followed.
pub(super) fn to_begin(library: &Library, mine: &Mine) -> Markup {
    html! { section aria-labelledby="calls" { h2 #calls { "可以申报的通知" } (calls(library, mine)) } }
}

/// Where else one goes from here.
fn ways(acting: &Acting, unread: i64) -> Markup {
    html! {
        ul.actions {
            @if acting.mandate.is_none() {
                li { a.button.second href="/notices" { "消息" @if unread > 0 { "（" (unread) "条未读）" } } }
                li { a.button.second href="/profile" { "单位信息" } }
                @if product::offers(acting) { li { a.button.second href="/home/products" { "产品目录" } } }
                li { a.button.second href="/papers" { "我的文件" } }
                @if acting.is(Role::Manager) { li { a.button.second href="/people" { "本单位人员" } } }
            }
        }
    }
}

fn own(library: &Library, acting: &Acting, mine: &Mine, address: &str) -> Markup {
    html! {
        @if mine.files.rows.is_empty() { p { "还没有办件。" } }
        (files::list(library, &mine.files.rows, acting, mine.today))
        (pages::turn(mine.page, mine.files.total, &format!("{address}?")))
    }
}

fn calls(library: &Library, mine: &Mine) -> Markup {
    html! {
        @if mine.calls.is_empty() { p { "目前没有可以申报的通知。" } }
        ul.calls { @for (call, why_not) in &mine.calls { li { (call_of(library, mine, call, why_not.as_ref())) } } }
    }
}

fn call_of(library: &Library, mine: &Mine, call: &Batch, why_not: Option<&Refusal>) -> Markup {
    let begun =
        mine.files.rows.iter().any(|file| file.programme == call.programme && file.procedure == call.procedure && is_open(&file.state));
    let held = is_held(library, mine, call);
    html! {
        div {
            h3 { a href=(format!("/calls/{}", call.id)) { (said::procedure(library, &call.programme, &call.procedure)) "：" (call.label) } }
            p.quiet { (said::programme(library, &call.programme)) }
            p { (call.deadline_on.chinese()) "24时截止，" (said::countdown(call, mine.today).0) }
            (missing(library, mine, call))
        }
        @match why_not {
            Some(refusal) => div { (barred(library, call, refusal)) },
            None => form method="post" action=(format!("/batches/{}/start", call.id)) {
                (token_field())
                @if held { p { span.tag.good { "已取得" } } }
                button.second[held] type="submit" { (start_word(begun, held)) span.hidden { "：" (call.label) } }
            },
        }
    }
}

fn start_word(begun: bool, held: bool) -> &'static str {
    match (begun, held) {
        (true, _) => "继续办理",
        (false, true) => "再次申报",
        (false, false) => "申报",
    }
}

fn is_open(state: &str) -> bool {
    matches!(state, "preparing" | "to_correct" | "in_review" | "in_publicity" | "paying")
}

/// Whether what the call leads to is held already.
fn is_held(library: &Library, mine: &Mine, call: &Batch) -> bool {
    let pack = library.version(&call.programme, &call.version);
    let standing = pack.and_then(|pack| pack.procedure(&call.procedure)).is_some_and(|procedure| procedure.grants == Grants::Standing);
    standing && holds(mine, call, &call.procedure)
}

fn holds(mine: &Mine, call: &Batch, procedure: &str) -> bool {
    mine.standings.iter().any(|one| one.programme == call.programme && one.procedure == procedure)
}

/// What has to be held before it can be handed in.
fn missing(library: &Library, mine: &Mine, call: &Batch) -> Markup {
    let pack = library.version(&call.programme, &call.version);
    let needs = pack.and_then(|pack| pack.procedure(&call.procedure)).map(|procedure| procedure.needs.as_slice()).unwrap_or_default();
    let open: Vec<String> =
        needs.iter().filter(|id| !holds(mine, call, id)).map(|id| said::procedure(library, &call.programme, id)).collect();
    html! { @if !open.is_empty() { p { "提交前须先完成：" (open.join("、")) "。" } } }
}

fn barred(library: &Library, call: &Batch, refusal: &Refusal) -> Markup {
    let pack = library.version(&call.programme, &call.version);
    html! {
        p.quiet { (refusal.message) }
        @if let (Some(pack), Some(clauses)) = (pack, &refusal.clause) { p { (clause::cites(pack, clauses)) } }
    }
}

fn standings(library: &Library, held: &[StandingRow]) -> Markup {
    html! {
        ul {
            @for one in held {
                li { (said::procedure(library, &one.programme, &one.procedure)) "（" (said::programme(library, &one.programme)) "），自" (said::day(&one.since_on)) "起" }
            }
        }
    }
}

fn mandates(library: &Library, acting: &Acting, mine: &Mine) -> Markup {
    let other = |one: &records::mandate::Mandate| {
        if acting.kind == OrganisationKind::Enterprise { one.provider.clone() } else { one.enterprise.clone() }
    };
    html! {
        @if mine.mandates.is_empty() { p { "目前没有有效的授权。" } }
        ul {
            @for one in &mine.mandates {
                li { (mine.names.get(other(one).as_str()).map_or("", String::as_str)) "：" (said::programme(library, &one.programme)) "，至" (one.until_on.chinese()) }
            }
        }
        p { a href="/mandates" { "管理授权" } }
    }
}
