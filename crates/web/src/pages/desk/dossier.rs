//! 一企一档: everything on file of one organisation.

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use records::application::FileWord;
use records::organisation::Organisation;
use service::document::may_supervise;
use service::dossier::{self, Dossier};
use service::{ApplicationRow, StandingRow};

use super::filters::Wished;
use super::{bulk, tabs};
use crate::components::{layout, pages, said};
use crate::errors::Error;
use crate::extract::Name;
use crate::pages::document;
use crate::session::Signed;
use crate::site::{Shared, Site};
use crate::words;

/// `GET /dossiers/{organisation}`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Name(id): Name,
    wished: Wished,
) -> Result<Html<String>, Error> {
    let page = pages::asked(wished.get("page"));
    let dossier = dossier::dossier(&site.desk(), session.acting(), &id, page).await?;
    let body = html! {
        (particulars(&dossier.organisation))
        (standings(&site, &dossier.standings))
        (files(&site, &dossier))
        (pages::turn(page, dossier.total, &format!("/dossiers/{id}?")))
        (document::report(site.library(), &id, &dossier.programmes, may_supervise(session.acting(), &dossier.organisation)))
    };
    Ok(tabs::page_in(&session, &format!("{}：一企一档", dossier.organisation.name), None, &body))
}

fn particulars(organisation: &Organisation) -> Markup {
    let profile = &organisation.profile;
    html! {
        dl.facts {
            dt { "类别" } dd { (organisation.kind.label()) }
            dt { "统一社会信用代码" } dd { (organisation.credit_code.as_deref().unwrap_or("未登记")) }
            dt { "所在地" } dd { (said::place(&organisation.place)) }
            dt { "企业规模" } dd { (organisation.size().map_or("未登记", |size| size.label())) }
            dt { "优质中小企业情况" } dd { (profile.quality.label()) }
            dt { "状态" } dd { @if organisation.is_active() { "正常" } @else { "已停用" } }
        }
    }
}

fn standings(site: &Site, standings: &[StandingRow]) -> Markup {
    html! {
        h2 { "已取得的资格" }
        @if standings.is_empty() { p { "没有。" } }
        @else {
            ul {
                @for row in standings {
                    li {
                        (said::procedure(site.library(), &row.programme, &row.procedure)) "（" (said::programme(site.library(), &row.programme)) "），"
                        (said::day(&row.since_on)) "起"
                    }
                }
            }
        }
    }
}

fn files(site: &Site, dossier: &Dossier) -> Markup {
    let table = html! {
        table.list.stack.tight.brief {
            caption.hidden { "申报件" }
            thead {
                tr {
                    th scope="col" { "事项" } th scope="col" { "受理编号" } th scope="col" { "状态" } th scope="col" { "核定等级" }
                    th.number scope="col" { "补贴金额（万元）" } th scope="col" { "更新日期" }
                }
            }
            tbody { @for row in &dossier.applications { (file(site, row)) } }
        }
    };
    html! { h2 { "申报件" } @if dossier.applications.is_empty() { p { "没有。" } } @else { (layout::wide("申报件", &table)) } }
}

fn file(site: &Site, row: &ApplicationRow) -> Markup {
    html! {
        tr {
            th scope="row" { a href=(format!("/files/{}", row.id)) { (said::procedure(site.library(), &row.programme, &row.procedure)) } }
            td data-label="受理编号" { (bulk::number(row)) }
            td data-label="状态" { (FileWord::parse(&row.state).map_or("", FileWord::label)) }
            td data-label="核定等级" { (row.level.map_or("—", policy::say::level)) }
            td.number data-label="补贴金额（万元）" { (row.award_fen.map_or("—".to_owned(), |fen| words::wan_figure(Some(fen)))) }
            td data-label="更新日期" { (records::Moment(row.updated_at_ms).day()) }
        }
    }
}
