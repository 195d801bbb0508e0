//! The page: a section a quota, a table a key.

use std::cmp::Reverse;

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::{Pack, Procedure, Quota};
use service::application::{QuotaAt, QuotaWaiting};
use service::identity::Session;

use super::{START, address};
use crate::components::clause::{self, cites};
use crate::components::layout;
use crate::pages::desk::page_under_tab;

/// More groups than these in which nobody waits are folded away.
const CALM_MAX: usize = 5;

/// The page where nothing has quotas.
pub(super) fn none(session: &Session) -> Html<String> {
    page_under_tab(session, "名额", START, &html! { p { "没有规定名额的事项。" } })
}

/// The whole page.
pub(super) fn page(session: &Session, all: &[(&Pack, &Procedure)], shown: (&Pack, &Procedure), keys: &[QuotaAt]) -> Html<String> {
    let (pack, procedure) = shown;
    let mut quotas = pack.quotas_of(&procedure.id);
    // What somebody has to act on stands first.
    quotas.sort_by_key(|quota| Reverse(keys.iter().filter(|key| key.quota == quota.spec.id).map(over).sum::<usize>()));
    let main = html! {
        p.lead { a href=(clause::page(pack)) { (pack.title) } "：" (procedure.label) }
        @if all.len() > 1 { (others(all, shown)) }
        p.hint {
            "审核通过时占用名额，不予通过或者撤回的自动退还。等待的申报件按规定的排序列出，“超出名额”指在其之前的全部通过后不再有名额；已在审核页面保存、尚未提交的推荐顺序也计入排序。"
        }
        @if keys.is_empty() { p { "还没有占用或者等待名额的申报件。" } }
        @for quota in quotas { (section(pack, quota, keys)) }
    };
    page_under_tab(session, "名额", START, &main)
}

fn others(all: &[(&Pack, &Procedure)], (pack, procedure): (&Pack, &Procedure)) -> Markup {
    html! {
        nav.parts aria-label="事项" {
            ul { @for (other, one) in all {
                @let current = other.id == pack.id && one.id == procedure.id;
                li { a href=(address(&other.id, &one.id)) aria-current=[current.then_some("page")] { (other.title) "：" (one.label) } }
            } }
        }
    }
}

fn section(pack: &Pack, quota: &Quota, keys: &[QuotaAt]) -> Markup {
    let mut own: Vec<&QuotaAt> = keys.iter().filter(|key| key.quota == quota.spec.id).collect();
    own.sort_by_key(|key| (Reverse(over(key)), key.waiting.is_empty()));
    let waited = own.iter().filter(|key| !key.waiting.is_empty()).count();
    let (shown, calm) = own.split_at(if own.len() - waited > CALM_MAX { waited } else { own.len() });
    html! {
        @if let Some(first) = own.first() {
            section aria-labelledby=(format!("quota-{}", first.quota)) {
                h2 id=(format!("quota-{}", first.quota)) { (first.label) }
                p { "每组最多" (first.limit) "个。排序：" (first.order.join("，")) "，相同的按申报件编号。 " (cites(pack, &first.clause)) }
                @if let Some(reading) = &first.reading { p.quiet { (reading) } }
                @for key in shown { (one(key)) }
                @if !calm.is_empty() { details { summary { "没有申报件等待的" (calm.len()) "组" } @for key in calm { (one(key)) } } }
            }
        }
    }
}

/// Files of a key that would be left without a place.
fn over(key: &QuotaAt) -> usize {
    key.waiting.iter().filter(|waiting| !waiting.within).count()
}

fn one(key: &QuotaAt) -> Markup {
    let name = if key.words.is_empty() { "全部" } else { key.words.as_str() };
    let caption = format!("{name}：名额{}个，已占用{}个，等待{}件", key.limit, key.used, key.waiting.len());
    html! {
        h3 { (caption) @if over(key) > 0 { " " span.tag.bad { "超出名额" (over(key)) "件" } } }
        (layout::wide(&caption, &table(key, &caption)))
    }
}

fn table(key: &QuotaAt, caption: &str) -> Markup {
    html! {
        table.list.stack {
            caption.hidden { (caption) }
            thead { tr { th scope="col" { "状态" } th scope="col" { "申报单位" } th scope="col" { "受理编号" } th scope="col" { "计数内容" } th scope="col" { "排序依据" } } }
            tbody {
                @for place in &key.held {
                    (line(place, &html! { span.tag.good { "已占用" } " " span.quiet { (place.at.day().chinese()) } }))
                }
                @for waiting in &key.waiting { (line(&waiting.place, &standing(waiting))) }
            }
        }
    }
}

fn standing(waiting: &QuotaWaiting) -> Markup {
    html! {
        @if waiting.within { span.tag { "等待第" (waiting.rank) "位，可以安排" } }
        @else { span.tag.bad { "等待第" (waiting.rank) "位，超出名额" } }
    }
}

fn line(place: &records::allotment::Place, state: &Markup) -> Markup {
    html! {
        tr {
            td data-label="状态" { (state) }
            th scope="row" { a href=(format!("/files/{}", place.application)) { (place.holder) } }
            td data-label="受理编号" { (place.number) }
            td data-label="计数内容" { (place.value.as_ref().map_or("本件", |(_, words)| words.as_str())) }
            td data-label="排序依据" { (place.order.join("，")) }
        }
    }
}
