//! What is different between two versions, as an office reads it.

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use policy::difference::{BriefLine, CaseChange, Difference, difference};
use service::pack_version::compiled;
use tokio::task::spawn_blocking;

use super::{address, reading, way};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::{Asked, Names};
use crate::session::Signed;
use crate::site::Shared;

/// Cases shown of which the outcome changes.
const CASES_MAX: usize = 50;

/// `GET /admin/packs/{programme}/{version}/difference?from=`
pub(super) async fn show(
    State(site): State<Shared>,
    signed: Signed,
    Names(programme, version): Names,
    asked: Asked,
) -> Result<Html<String>, Error> {
    let acting = reading(&signed)?;
    let from = asked.get("from").ok_or(Error::NoPage)?.to_owned();
    let new = compiled(&site.desk(), acting, &programme, &version).await?;
    let old = compiled(&site.desk(), acting, &programme, &from).await?;
    let title = format!("{from}版与{version}版的不同");
    let heading = new.pack.title.clone();
    let found = spawn_blocking(move || difference(&old, &new, &[])).await.map_err(Error::Broken)?;
    let here = address(&programme, &version);
    let way: Vec<(&str, &str)> = way(acting).iter().copied().chain([(heading.as_str(), here.as_str())]).collect();
    Ok(layout::page(&title, &way, body(&title, &heading, &found)))
}

fn body(title: &str, heading: &str, found: &Difference) -> Markup {
    let lines = found.brief();
    html! {
        h1 { (title) }
        p.lead {
            (heading) "。"
            @if let Some(since) = &found.since { "新版" (since) "执行，此前开始的申报件按原版办结。" }
        }
        @if lines.is_empty() { p { "文本和规则没有不同。" } }
        @for group in lines.chunk_by(|one, other| one.area == other.area) {
            section {
                h2 { (group[0].area.label()) }
                ul.rules { @for line in group { (one(line)) } }
            }
        }
        (cases(found))
    }
}

fn one(line: &BriefLine) -> Markup {
    html! {
        li {
            p { (line.says.trim_end_matches('。')) @if let Some(since) = &line.since { "，" strong { (since) } } }
            @if !line.cites.is_empty() { p.cites { (line.cites) } }
        }
    }
}

fn cases(found: &Difference) -> Markup {
    html! {
        section aria-labelledby="cases" {
            h2 #cases { "案例的结果" }
            p { "两版的" (found.cases_compared) "个案例分别按两版计算，" (found.cases.len()) "个结果不同。" }
            @if !found.cases.is_empty() { (table(&found.cases)) }
        }
    }
}

fn table(cases: &[CaseChange]) -> Markup {
    let table = html! {
        table.stack {
            caption.hidden { "结果不同的案例" }
            thead { tr { th scope="col" { "案例" } th scope="col" { "结果的变化" } } }
            tbody {
                @for case in cases.iter().take(CASES_MAX) {
                    tr {
                        th scope="row" { (case.title) }
                        td data-label="结果的变化" {
                            @for line in case.plain() { p { (line) } }
                        }
                    }
                }
            }
        }
    };
    layout::wide("结果不同的案例", &table)
}
