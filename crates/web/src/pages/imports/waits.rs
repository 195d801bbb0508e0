//! Tables that were sent and wait: the way on, until when they are kept, and giving them up.

use maud::{Markup, html};
use records::access::Acting;
use service::import::{self, Target, Waits};

use super::unknown;
use crate::components::layout;
use crate::errors::Error;
use crate::session::token_field;
use crate::site::Site;
use crate::words;

/// Those about one target, or all; nothing where none waits.
pub(crate) async fn waits(site: &Site, acting: &Acting, about: Option<&Target>) -> Result<Markup, Error> {
    let all = import::waits(&site.desk(), acting, about).await.map_err(unknown)?;
    Ok(html! { @if !all.is_empty() { h2 #waits { "待确认" } (listed(&all)) } })
}

fn listed(all: &[Waits]) -> Markup {
    let table = html! {
        table.stack {
            caption.hidden { "待确认的表格" }
            thead { tr { th scope="col" { "文件" } th scope="col" { "内容" } th scope="col" { "上传或最近改正" } th scope="col" { "保留至" } th scope="col" { "办理" } } }
            tbody { @for one in all { (row(one)) } }
        }
    };
    html! {
        p { "以下表格已经上传，尚未确认导入，没有写入任何内容。" }
        (layout::wide("待确认的表格", &table))
    }
}

fn row(one: &Waits) -> Markup {
    html! {
        tr {
            th scope="row" { a href=(format!("/imports/{}", one.id)) { (one.file) } }
            td data-label="内容" { (one.label) }
            td data-label="上传或最近改正" { (words::moment(one.at.0 / 1000)) }
            td.term data-label="保留至" { (words::day(one.until.0 / 1000)) }
            td data-label="办理" {
                ul.actions {
                    li { a.button href=(format!("/imports/{}", one.id)) aria-label=(format!("继续办理{}", one.file)) { "继续办理" } }
                    li {
                        form method="post" action=(format!("/imports/{}/discard", one.id)) {
                            (token_field())
                            button.second type="submit" aria-label=(format!("放弃{}", one.file)) { "放弃" }
                        }
                    }
                }
            }
        }
    }
}
