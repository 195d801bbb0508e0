//! A publicity as it is read and printed.

use maud::{Markup, html};
use policy::library::Library;
use policy::pack::Pack;
use records::publicity::{Publicity, PublicityItem};
use service::PublicityRow;
use standards::Date;

use super::super::publicity::days;
use crate::components::{layout, said};
use crate::words;

/// Publicities by their headings, the last begun first.
pub(crate) fn rows(library: &Library, all: &[PublicityRow], today: Date) -> Markup {
    html! {
        ul.calls {
            @for row in all {
                li {
                    div {
                        h3 { a href=(format!("/publicity/{}", row.id)) { (row.label) } }
                        p.quiet { (said::programme(library, &row.programme)) "，" (said::procedure(library, &row.programme, &row.procedure)) }
                        p { (said::day(&row.starts_on)) "至" (said::day(&row.ends_on)) }
                    }
                    p { span.tag { (days(row, today)) } }
                }
            }
        }
    }
}

/// The notice.
pub(super) fn notice(library: &Library, publicity: &Publicity, today: Date) -> Markup {
    let running = said::running(publicity.starts_on, publicity.ends_on, today);
    html! {
        article.official {
            h1 { (publicity.title) }
            p.lead { (said::programme(library, &publicity.programme)) "，" (said::procedure(library, &publicity.programme, &publicity.procedure)) }
            p { "现将有关结果予以公示，公示期为" (publicity.starts_on.chinese()) "至" (publicity.ends_on.chinese()) "。" span.screen { "（" (running) "）" } }
            (items(library, publicity))
            p { "对公示内容有异议的，请在公示期内反映，并写明事实和理由。受理异议：" }
            p.lines-kept { (publicity.contact) }
            p.fingerprint { "台账末条摘要：" code { (publicity.head) } }
            p.actions { a.screen href=(format!("/publicity/{}/list.xlsx", publicity.id)) download { "下载公示名单" } button.second type="button" data-print hidden { "打印本页" } }
        }
    }
}

/// What is shown, as a table.
pub(crate) fn items(library: &Library, publicity: &Publicity) -> Markup {
    let pack = library.version(&publicity.programme, &publicity.version).map(AsRef::as_ref);
    let level = publicity.items.iter().any(|item| item.level.is_some());
    let award = publicity.items.iter().any(|item| item.award_fen.is_some());
    let table = html! {
        table.stack {
            caption { "公示名单（共" (publicity.items.len()) "家）" }
            thead {
                tr {
                    th.number scope="col" { "序号" } th scope="col" { "单位名称" } th scope="col" { "所在地" } th scope="col" { "受理编号" }
                    @if level { th scope="col" { "数字化水平" } }
                    @if award { th.number scope="col" { "核定投入（万元）" } th.number scope="col" { "补贴（万元）" } }
                }
            }
            tbody { @for (at, item) in publicity.items.iter().enumerate() { (row(pack, item, at + 1, level, award)) } }
        }
    };
    layout::wide("公示名单", &table)
}

fn row(pack: Option<&Pack>, item: &PublicityItem, place: usize, level: bool, award: bool) -> Markup {
    let named = |level: u8| pack.map_or(format!("{level}"), |pack| words::level(pack, level));
    html! {
        tr {
            td.number data-label="序号" { (place) }
            th scope="row" { (item.name) }
            td data-label="所在地" { (item.place) }
            td data-label="受理编号" { (item.number) }
            @if level { td data-label="数字化水平" { @if let Some(level) = item.level { (named(level)) } } }
            @if award {
                td.number data-label="核定投入（万元）" { (words::wan_figure(item.recognised_fen)) }
                td.number data-label="补贴（万元）" { (words::wan_figure(item.award_fen)) }
            }
        }
    }
}
