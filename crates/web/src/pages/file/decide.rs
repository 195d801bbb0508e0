//! The foot of a file: what the person may do, and the files before and after it in the inbox.

use maud::{Markup, html};
use policy::pack::Work;
use policy::spec::StageSpec;
use records::access::may_prepare_payment;
use records::application::takes_assignment;
use records::organisation::OrganisationKind as Kind;
use service::Neighbours;
use service::application::{self, Wanted, Workable};

use super::opened::Opened;
use crate::errors::Error;
use crate::pages::desk::{Filters, due, inbox_address};

/// The files beside this one in the inbox it was found in; one that is no longer in it is followed by the most urgent one.
pub(super) async fn neighbours(opened: &Opened<'_>) -> Result<Neighbours, Error> {
    within(opened, &opened.filters.wanted()).await
}

/// The file to go on with at a stage: the one after this in the inbox, else the first of the others.
pub(super) async fn next_at(opened: &Opened<'_>, stage: &str) -> Result<Option<String>, Error> {
    let wanted = Wanted { stage: Some(stage.to_owned()), ..opened.filters.wanted() };
    let beside = within(opened, &wanted).await?;
    Ok(beside.after.or(beside.first.filter(|first| first != opened.id())))
}

async fn within(opened: &Opened<'_>, wanted: &Wanted) -> Result<Neighbours, Error> {
    let acting = opened.session.acting();
    if acting.kind.actor().is_none() {
        return Ok(Neighbours::default());
    }
    Ok(application::neighbours(&opened.site.desk(), acting, wanted, opened.id()).await?)
}

fn links(beside: &Neighbours, filters: &Filters) -> Markup {
    if beside.before.is_none() && beside.after.is_none() {
        return html! {};
    }
    html! {
        nav.neighbours aria-label="待办中的前后件" {
            @if let Some(before) = &beside.before { a href=(inbox_address(before, filters)) rel="prev" { "上一件" } }
            @if let Some((at, of)) = beside.at { span { "第" (at) "件／共" (of) "件" } }
            @if let Some(after) = &beside.after { a href=(inbox_address(after, filters)) rel="next" { "下一件" } }
        }
    }
}

/// What was done just now, and where to go on.
pub(super) fn news(opened: &Opened, done: Option<&str>, beside: &Neighbours) -> Markup {
    let said = match done {
        Some("approved") => "已通过。",
        Some("returned") => "已退回补正，已通知申报单位。",
        Some("refused") => "已作出不予通过的结论，已通知申报单位。",
        Some("skipped") => "已记录为不需要办理。",
        Some("assigned") => "已委托，已通知受托机构。",
        Some("declared") => "已声明，可以开始办理。",
        Some("assessed") => "已提交评测结果。",
        Some("audited") => "已提交核定结果。",
        Some("claimed") => "已登记追回，已通知申报单位。",
        Some("repaid") => "已登记退回。",
        _ => return html! {},
    };
    html! {
        div.notice role="status" {
            p { (said) @if let Some(after) = &beside.after { "　" a href=(inbox_address(after, &opened.filters)) { "办理下一件" } } "　" a href=(opened.inbox()) { "返回待办" } }
        }
    }
}

/// What may be done now, always in sight.
pub(super) fn bar(opened: &Opened, beside: &Neighbours) -> Markup {
    let works = opened.view.works.iter().filter(|work| work.handles || work.signs);
    let works: Vec<_> = works.filter_map(|work| Some((opened.stage(&work.stage).ok()?, work))).collect();
    let actions = html! {
        @for (stage, work) in &works { (one(opened, stage, work)) }
        (conducting(opened, &works))
        (money(opened))
        (links(beside, &opened.filters))
    };
    html! { @if !actions.0.is_empty() { div.decide role="group" aria-label="办理" { (actions) } } }
}

fn one(opened: &Opened, stage: &StageSpec, work: &Workable) -> Markup {
    let state = opened.view.application.stages.get(&stage.id);
    let due_on = state.and_then(|state| state.due_on);
    html! {
        div.work {
            p.name { (stage.label) @if let Some(day) = due_on { " " span.quiet { (due::left(day, opened.site.edge().now.day())) } } }
            (buttons(opened, stage, work))
        }
    }
}

fn buttons(opened: &Opened, stage: &StageSpec, work: &Workable) -> Markup {
    let link = |class: &'static str, what: &str, label: &str| html! { a class=(class) href=(opened.act(&stage.id, what)) { (label) } };
    html! {
        @if work.must_declare && work.handles { (link("button", "declare", "声明有无利益关系")) }
        @else if work.handles {
            @match stage.work {
                Some(Work::Check) => {
                    (link("button", "check", "办理审核"))
                    @if stage.correction.is_some() { (link("button second", "return", "退回补正")) }
                    (link("button second", "refuse", "不予通过"))
                },
                Some(Work::Assess) => (link("button", "assess", "填写评测")),
                Some(Work::Audit) => (link("button", "audit", "核定投入")),
                Some(Work::Review) => (link("button", "review", "评审打分")),
                Some(Work::Publicise) => a.button href="/conduct/publicity" { "办理公示" },
                Some(Work::Pay) => a.button href="/conduct/payments" { "办理拨付" },
                Some(Work::Fill) => a.button href=(format!("/files/{}/fill", opened.id())) { "填报" },
                _ => {},
            }
            @if stage.optional { (link("button second", "skip", "不需要办理")) }
        } @else if work.signs && stage.work == Some(Work::Fill) { a.button href=(format!("/files/{}/fill", opened.id())) { "签发" } }
    }
}

/// For the bureau that conducts: assigning third parties, skipping what is not needed.
fn conducting(opened: &Opened, own: &[(&StageSpec, &Workable)]) -> Markup {
    let open = opened.view.application.open_stages().filter_map(|(id, state)| Some((opened.stage(id).ok()?, state)));
    let open: Vec<_> = open.filter(|(stage, _)| takes_third_party(stage) && own.iter().all(|(known, _)| known.id != stage.id)).collect();
    html! {
        @if opened.conducts() {
            @for (stage, state) in open {
                div.work {
                    p.name { (stage.label) }
                    @if stage.work == Some(Work::Review) { a.button href=(opened.act(&stage.id, "experts")) { "评审专家和评分" } }
                    @else { a.button.second[state.assigned.is_some()] href=(opened.act(&stage.id, "assign")) { @if state.assigned.is_some() { "更换受托机构" } @else { "委托办理机构" } } }
                    @if stage.optional { a.button.second href=(opened.act(&stage.id, "skip")) { "不需要办理" } }
                }
            }
        }
    }
}

/// Whether organisations work on a stage only where a bureau assigns them.
pub(super) fn takes_third_party(stage: &StageSpec) -> bool {
    Kind::ALL.into_iter().any(|kind| kind.actor() == Some(stage.actor) && takes_assignment(kind))
}

fn money(opened: &Opened) -> Markup {
    let money = &opened.view.application.money;
    let acting = opened.session.acting();
    let may = may_prepare_payment(acting) && acting.covers(&opened.view.application.place);
    html! {
        @if may && money.paid_fen > money.claimed_back_fen { a.button.second href=(format!("/files/{}/claim", opened.id())) { "追回资金" } }
        @if may && money.claimed_back_fen > money.returned_fen { a.button.second href=(format!("/files/{}/repay", opened.id())) { "登记退回" } }
    }
}
