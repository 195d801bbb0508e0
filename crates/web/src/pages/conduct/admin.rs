//! 平台管理: what runs on the platform. The administrator sees no files.

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use policy::library::Library;
use records::Moment;
use records::organisation::OrganisationKind;
use service::mail::{self, FAILED_MAX};
use service::{OutboxRow, Page, organisation};
use standards::mask;

use crate::components::layout;
use crate::errors::Error;
use crate::session::Signed;
use crate::site::{Shared, Site};

/// `GET /admin`
pub(crate) async fn show(State(site): State<Shared>, signed: Signed) -> Result<Html<String>, Error> {
    let failed = mail::failed(&site.desk(), signed.session.acting()).await?;
    let main = html! {
        h1 { "平台管理" }
        h2 { "单位和人员" }
        (kinds(&counted(&site, &signed).await?))
        ul.actions {
            li { a.button href="/organisations/new" { "添加单位" } }
            li { a.button.second href="/organisations" { "单位查询" } }
            li { a.button.second href="/people" { "本单位人员" } }
        }
        h2 { "已加载的政策项目" }
        ul.actions { li { a.button href="/admin/packs" { "加载和开放政策包" } } }
        (programmes(site.library()))
        h2 { "未送达的邮件" }
        (letters(&failed))
    };
    Ok(layout::page("平台管理", &[], main))
}

/// How many organisations of each kind there are.
async fn counted(site: &Site, signed: &Signed) -> Result<Vec<(OrganisationKind, i64)>, Error> {
    let mut all = Vec::with_capacity(OrganisationKind::ALL.len());
    for kind in OrganisationKind::ALL {
        let listed = organisation::organisations(&site.desk(), signed.session.acting(), Some(kind), "", Page::first(1)).await?;
        all.push((kind, listed.total));
    }
    Ok(all)
}

fn kinds(counts: &[(OrganisationKind, i64)]) -> Markup {
    html! {
        table.close {
            caption.hidden { "各类单位数" }
            thead { tr { th scope="col" { "单位类型" } th.number scope="col" { "单位数" } } }
            tbody { @for (kind, count) in counts { tr { th scope="row" { a href=(format!("/organisations?kind={}", kind.as_str())) { (kind) } } td.number { (count) } } } }
        }
    }
}

/// Every version that is loaded; its digest says exactly which files it was made of.
fn programmes(library: &Library) -> Markup {
    let versions = library.packs().flat_map(|newest| library.versions(&newest.id));
    let table = html! {
        table.stack {
            caption.hidden { "已加载的政策项目" }
            thead { tr { th scope="col" { "政策项目" } th scope="col" { "版本" } th.number scope="col" { "事项数" } th scope="col" { "政策包摘要" } } }
            tbody {
                @for pack in versions {
                    tr {
                        th scope="row" { a href=(format!("/programmes/{}?version={}", pack.id, pack.version)) { (pack.title) } }
                        td data-label="版本" { (pack.version) }
                        td.number data-label="事项数" { (pack.procedures.len()) }
                        td data-label="政策包摘要" { code { (pack.digest) } }
                    }
                }
            }
        }
    };
    layout::wide("已加载的政策项目", &table)
}

fn letters(failed: &[OutboxRow]) -> Markup {
    let table = html! {
        table {
            caption { (failed.len()) "封" @if failed.len() >= FAILED_MAX { "（只列最近的）" } }
            thead { tr { th scope="col" { "收件人" } th scope="col" { "最后一次尝试" } th scope="col" { "原因" } } }
            tbody { @for row in failed { tr { td { (mask::email(&row.target)) } td.term { (Moment(row.next_at_ms).text()) } td { (row.last_error) } } } }
        }
    };
    html! { @if failed.is_empty() { p { "没有。" } } @else { (layout::wide("未送达的邮件", &table)) } }
}
