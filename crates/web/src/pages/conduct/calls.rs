//! Calls as everybody reads them.

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use policy::library::Library;
use policy::pack::Pack;
use records::batch::Batch;
use service::{ServiceError, batch};
use standards::Date;

use super::today;
use crate::components::{clause, layout, prose, said};
use crate::errors::Error;
use crate::extract::Name;
use crate::session::{Visitor, token_field};
use crate::site::Shared;
use crate::words;

/// `GET /calls`
pub(crate) async fn list(State(site): State<Shared>) -> Result<Html<String>, Error> {
    let calls = batch::calls(&site.desk(), None).await?;
    let main = html! {
        h1 { "申报通知" }
        p.quiet { "剩余天数按" (words::moment(site.now())) "（北京时间）计算，截止日当天24时前均可提交。" }
        @if calls.is_empty() { p { "目前没有正在受理的申报通知。" } } @else { (cards(site.library(), &calls, today(&site))) (crate::pages::download::link("/calls.xlsx")) }
    };
    Ok(layout::page("申报通知", &[], main))
}

/// Calls as cards, with the days that are left.
pub(crate) fn cards(library: &Library, calls: &[Batch], today: Date) -> Markup {
    html! { ul.calls { @for call in calls { li { (card(library, call, today)) } } } }
}

fn card(library: &Library, call: &Batch, today: Date) -> Markup {
    let (left, open) = said::countdown(call, today);
    html! {
        div {
            h3 { a href=(format!("/calls/{}", call.id)) { (said::procedure(library, &call.programme, &call.procedure)) "：" (call.label) } }
            p.quiet { (said::programme(library, &call.programme)) }
            p { (call.opens_on.chinese()) "至" (call.deadline_on.chinese()) }
        }
        p { span.tag.good[open] { (left) } }
    }
}

/// `GET /calls/{id}`
pub(crate) async fn show(State(site): State<Shared>, visitor: Visitor, Name(id): Name) -> Result<Html<String>, Error> {
    let desk = site.desk();
    let call = batch::batch(&desk, &id).await.map_err(|error| match error {
        ServiceError::NotFound => Error::NoPage,
        other => other.into(),
    })?;
    let pack = site.library().version(&call.programme, &call.version);
    let acting = visitor.signed_in.as_ref().and_then(|signed_in| signed_in.session()).map(|session| session.acting());
    let why_not = acting.map(|acting| service::application::may_start(&desk, acting, &call));
    let main = html! {
        (head(site.library(), &call, today(&site)))
        p.quiet { "剩余天数按" (words::moment(site.now())) "（北京时间）计算。" }
        (begin(pack.map(AsRef::as_ref), &call, today(&site), why_not))
        h2 { "通知内容" }
        (prose::prose(&call.notice))
        @if let Some(pack) = pack { (links(pack, &call)) }
    };
    Ok(layout::page(&call.label, &[("申报通知", "/calls")], main))
}

fn head(library: &Library, call: &Batch, today: Date) -> Markup {
    html! {
        h1 { (said::procedure(library, &call.programme, &call.procedure)) "：" (call.label) }
        div.headline {
            div { p.name { "受理期间" } p { (call.opens_on.chinese()) "至" (call.deadline_on.chinese()) "24时" } }
            div { p.name { "距截止" } p.value { (said::countdown(call, today).0) } }
        }
    }
}

/// The button, or why there is none.
fn begin(pack: Option<&Pack>, call: &Batch, today: Date, why_not: Option<Option<records::Refusal>>) -> Markup {
    let refused = match &why_not {
        Some(refusal) => refusal.clone(),
        None => call.accepts(today).err(),
    };
    html! {
        @if let Some(refusal) = refused {
            div.notice {
                p { (refusal.message) }
                @if let (Some(pack), Some(clauses)) = (pack, &refusal.clause) { p { (clause::cites(pack, clauses)) } }
            }
        } @else if why_not.is_some() {
            form.actions method="post" action=(format!("/batches/{}/start", call.id)) { (token_field()) button type="submit" { "申报" } }
        } @else {
            ul.actions {
                li { a.button href=(format!("/sign-in?next=/calls/{}", call.id)) { "登录后申报" } }
                li { a.button.second href="/register" { "注册" } }
            }
        }
    }
}

/// Where the programme's page says what this procedure asks for.
fn links(pack: &Pack, call: &Batch) -> Markup {
    let base = clause::page(pack);
    let procedure = pack.procedure(&call.procedure);
    let needs: Vec<&str> =
        procedure.iter().flat_map(|one| &one.needs).filter_map(|id| pack.procedure(id)).map(|one| one.label.as_str()).collect();
    html! {
        h2 { "办理须知" }
        @if !needs.is_empty() { p { "提交前须先完成：" (needs.join("、")) "。" } }
        ul {
            @if !pack.conditions.is_empty() { li { a href=(format!("{base}#conditions")) { "申报条件" } } }
            @if !pack.materials.is_empty() { li { a href=(format!("{base}#materials")) { "申报材料" } } }
            li { a href=(format!("{base}#procedure-{}", call.procedure)) { "办理流程和时限" } }
            li { a href=(format!("{base}#text")) { "政策原文" } }
        }
        @if let Some(procedure) = procedure { p { (clause::cites(pack, &procedure.clause)) } }
    }
}
