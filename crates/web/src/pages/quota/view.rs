//! The page: a section a quota, a table a key.

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::{Pack, Procedure};
use service::application::{QuotaAt, QuotaWaiting};

use crate::components::clause::cites;
use crate::components::layout;

/// The whole page.
pub(super) fn page(pack: &Pack, procedure: &Procedure, keys: &[QuotaAt]) -> Html<String> {
    let title = format!("名额：{}", procedure.label);
    let body = html! {
        div.desk {
            h1 { (title) }
            p.lead {
                "审核通过时占用名额，不予通过或者撤回的自动退还。等待的申报件按规定的排序列出，“超出名额”指在其之前的全部通过后不再有名额；已在审核页面保存、尚未提交的推荐顺序也计入排序。"
            }
            @if keys.is_empty() { p { "还没有占用或者等待名额的申报件。" } }
            @for quota in pack.quotas_of(&procedure.id) {
                @let own: Vec<&QuotaAt> = keys.iter().filter(|key| key.quota == quota.spec.id).collect();
                @if let Some(first) = own.first() {
                    section aria-labelledby=(format!("quota-{}", first.quota)) {
                        h2 id=(format!("quota-{}", first.quota)) { (first.label) }
                        p { "每组最多" (first.limit) "个。排序：" (first.order.join("，")) "，相同的按申报件编号。 " (cites(pack, &first.clause)) }
                        @if let Some(reading) = &first.reading { p.quiet { (reading) } }
                        @for key in &own { (one(key)) }
                    }
                }
            }
        }
    };
    layout::page(&title, &[("待办", "/desk")], body)
}

fn one(key: &QuotaAt) -> Markup {
    let over = key.waiting.iter().filter(|waiting| !waiting.within).count();
    let name = if key.words.is_empty() { "全部" } else { key.words.as_str() };
    let caption = format!("{name}：名额{}个，已占用{}个，等待{}件", key.limit, key.used, key.waiting.len());
    html! {
        h3 { (name) " " @if over > 0 { span.tag.bad { "超出名额" (over) "件" } } }
        (layout::wide(&caption, &table(key, &caption)))
    }
}

fn table(key: &QuotaAt, caption: &str) -> Markup {
    html! {
        table.list {
            caption { (caption) }
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
