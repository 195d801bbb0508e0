//! The figures of the dashboard as one workbook.

use axum::extract::State;
use axum::response::Response;
use papers::sheet_out::Cell;
use service::ApplicationCount;
use service::application;

use super::dashboard::tables;
use super::filters::{Filters, Wished};
use super::tabs;
use crate::errors::Error;
use crate::pages::download::{columns, words, xlsx as workbook};
use crate::session::Signed;
use crate::site::Shared;

/// `GET /desk/dashboard.xlsx`
pub(super) async fn xlsx(State(site): State<Shared>, Signed { session, .. }: Signed, wished: Wished) -> Result<Response, Error> {
    if tabs::instead(&session, "/desk/dashboard").is_some() {
        return Err(Error::NoPage);
    }
    let filters = Filters::of(&wished.0);
    let figures = application::dashboard(&site.desk(), session.acting(), &filters.wanted()).await?;
    let line = |title: &str, label: &str, count: &ApplicationCount| {
        let money = [count.recognised_fen, count.award_fen].map(|fen| Cell::Money { fen });
        let [recognised, award] = money;
        vec![words(title), words(label), Cell::Count(count.applications), recognised, award]
    };
    let all = tables(site.library(), &filters, &figures);
    let rows = all.iter().flat_map(|(title, lines)| lines.iter().map(move |(label, count)| line(title, label, count)));
    let heads = columns(&[("统计口径", 14), ("项目", 36), ("件数", 10), ("核定投入（元）", 18), ("补贴金额（元）", 18)]);
    workbook(&site, "看板", heads, rows.collect()).await
}
