//! The list of publicities, and the head of one, as a bureau sees them.

use maud::{Markup, html};
use policy::library::Library;
use records::publicity::Publicity;
use service::PublicityRow;
use standards::Date;

use super::form::Of;
use crate::components::{layout, said};
use crate::site::Site;

/// The way to these pages.
pub(super) const WAY: [(&str, &str); 2] = [("工作台", "/desk"), ("公示和异议", "/conduct/publicity")];

/// What waits to be shown, with the way to do so.
pub(super) fn waiting(all: &[(Of, usize)]) -> Markup {
    html! {
        h2 { "等待公示" }
        @if all.is_empty() { p { "目前没有等待公示的申报件。" } }
        ul.plain {
            @for (of, files) in all {
                li {
                    (of.pack.title) "，" (of.label()) "："
                    a href=(format!("/conduct/publicity/new?programme={}&procedure={}", of.pack.id, of.procedure())) { (files) "件，发布公示" }
                }
            }
        }
    }
}

/// The publicities of a person's place.
pub(super) fn table(site: &Site, all: &[Publicity], today: Date) -> Markup {
    let table = html! {
        table.stack {
            caption { "已发布的公示" }
            thead { tr { th scope="col" { "标题" } th scope="col" { "事项" } th scope="col" { "开始" } th scope="col" { "截止" } th scope="col" { "状态" } th.number scope="col" { "未办结异议" } } }
            tbody { @for one in all { (one_row(site.library(), one, today)) } }
        }
    };
    html! { @if all.is_empty() { p { "还没有发布过公示。" } } @else { (layout::wide("已发布的公示", &table)) (crate::pages::download::link("/conduct/publicity.xlsx")) } }
}

fn one_row(library: &Library, one: &Publicity, today: Date) -> Markup {
    let open = one.open_in_all();
    html! {
        tr {
            th scope="row" { a href=(format!("/conduct/publicity/{}", one.id)) { (one.title) } }
            td data-label="事项" { (said::procedure(library, &one.programme, &one.procedure)) }
            td.term data-label="开始" { (one.starts_on) }
            td.term data-label="截止" { (one.ends_on) }
            td data-label="状态" { (said::running(one.starts_on, one.ends_on, today)) }
            td.number data-label="未办结异议" { (open) @if open > 0 { " " span.tag.bad { "待处理" } } }
        }
    }
}

/// How the days of a list row stand.
pub(in crate::pages::conduct) fn days(row: &PublicityRow, today: Date) -> String {
    match (Date::parse(&row.starts_on), Date::parse(&row.ends_on)) {
        (Ok(starts_on), Ok(ends_on)) => said::running(starts_on, ends_on, today),
        _ => String::new(),
    }
}

/// What a publicity is.
pub(super) fn facts(library: &Library, publicity: &Publicity, today: Date) -> Markup {
    html! {
        dl.facts {
            dt { "事项" } dd { (said::procedure(library, &publicity.programme, &publicity.procedure)) }
            dt { "公示期" } dd { (publicity.starts_on.chinese()) "至" (publicity.ends_on.chinese()) "，" (said::running(publicity.starts_on, publicity.ends_on, today)) }
            dt { "公示单位数" } dd { (publicity.items.len()) "，公示期满无异议或者异议不成立的" (publicity.passed.len()) }
            dt { "对外页面" } dd { a href=(format!("/publicity/{}", publicity.id)) { "查看公示页" } }
        }
    }
}
