//! 台账核验: the supervisor checks that nothing on file was changed behind the journal's back.

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use service::Head;
use service::ledger::{self as journal, Verified};

use super::tabs;
use crate::components::{layout, said};
use crate::errors::Error;
use crate::session::{self, Sent, Signed};
use crate::site::{Shared, Site};

/// `GET /ledger`
pub(super) async fn show(State(site): State<Shared>, Signed { session, .. }: Signed) -> Result<Html<String>, Error> {
    let heads = journal::heads(&site.desk(), session.acting()).await?;
    Ok(tabs::page(&session, "/ledger", &view(&site, &heads, None)))
}

/// `POST /ledger`
pub(super) async fn verify(State(site): State<Shared>, sent: Sent) -> Result<Html<String>, Error> {
    let verified = journal::verify_as(&site.desk(), sent.session.acting()).await?;
    let heads = journal::heads(&site.desk(), sent.session.acting()).await?;
    Ok(tabs::page(&sent.session, "/ledger", &view(&site, &heads, Some(&verified))))
}

fn view(site: &Site, heads: &[Head], verified: Option<&Verified>) -> Markup {
    html! {
        @if let Some(verified) = verified { (result(verified)) }
        p.lead { "每一次办理都记入台账，每条记录带有上一条的国密SM3摘要，事后增删改都会使摘要对不上。公示通知和拨付清单上印有当时的台账末条摘要，可与下表核对。" }
        form method="post" action="/ledger" {
            (session::token_field())
            p { button type="submit" { "核验全部台账" } }
            p.hint { "逐条核对摘要，把每件档案按台账重放一遍，核对各处列表与档案是否一致，并把每项决定按当时的政策版本重新计算。记录较多时需要几分钟。" }
        }
        (layout::wide("各项目台账", &table(site, heads)))
    }
}

fn result(verified: &Verified) -> Markup {
    let whole = verified.broken.is_empty();
    html! {
        div.notice.bad[!whole] role="status" {
            @if whole { p { strong { "核验通过。" } "台账完整，没有发现改动。" } }
            @else {
                p { strong { "核验发现" (verified.broken.len() + verified.more) "处问题，请立即联系平台运行单位并保留现场：" } }
                ul { @for broken in &verified.broken { li { (broken) } } }
                @if verified.more > 0 { p { "另有" (verified.more) "处，没有逐条列出。" } }
            }
            p {
                "完整的台账" (verified.chains.len()) "本，与台账一致的记录" (verified.records) "件，列表与档案一致的记录" (verified.listed) "件，重新计算一致的决定" (verified.decisions) "项。"
            }
        }
    }
}

fn table(site: &Site, heads: &[Head]) -> Markup {
    let name = |programme: &str| match programme {
        "platform" => "单位、人员和授权".to_owned(),
        other => said::programme(site.library(), other),
    };
    html! {
        table.list {
            caption { "各项目台账" }
            thead { tr { th scope="col" { "台账" } th.number scope="col" { "记录数" } th scope="col" { "台账末条摘要" } } }
            tbody {
                @for head in heads {
                    tr { th scope="row" { (name(&head.programme)) } td.number { (head.length) } td { code { (head.hash) } } }
                }
            }
        }
    }
}
