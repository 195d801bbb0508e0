//! Where files wait for experts.

use axum::response::Html;
use maud::{Markup, html};
use service::identity::Session;
use service::review::{self, Waiting};

use super::{WAY, unknown};
use crate::components::layout;
use crate::errors::Error;
use crate::site::Site;

pub(super) async fn show(site: &Site, session: &Session) -> Result<Html<String>, Error> {
    let rows = review::waiting(&site.desk(), session.acting()).await.map_err(unknown)?;
    let main = html! {
        h1 { "专家评审" }
        p.lead { "为进入专家评审环节的申报件分配专家；评分差距超过规定的，增加一名专家或者作出裁定。" }
        @if rows.is_empty() { p { "目前的政策项目没有专家评审环节。" } } @else { (layout::wide("专家评审环节", &table(&rows))) (crate::pages::download::link("/reviews.xlsx")) }
    };
    Ok(layout::page("专家评审", &WAY[..1], main))
}

fn table(rows: &[Waiting]) -> Markup {
    html! {
        table.list.stack.tight {
            caption.hidden { "专家评审环节" }
            thead { tr { th scope="col" { "环节" } th scope="col" { "事项" } th scope="col" { "政策项目" } th scope="col" { "待分配或者裁定" } th scope="col" { "待专家评分" } } }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" { a href=(format!("/reviews/{}/{}", row.programme, row.stage)) { (row.label) } }
                        td data-label="事项" { (row.procedure) }
                        td data-label="政策项目" { (row.title) }
                        td data-label="待分配或者裁定" { a href=(format!("/desk?programme={}&stage={}", row.programme, row.stage)) { (row.files) "件" } }
                        td data-label="待专家评分" { (row.sheets) "人次" }
                    }
                }
            }
        }
    }
}
