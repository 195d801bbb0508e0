//! The inbox as a workbook: everything on any of its pages.

use axum::extract::State;
use axum::response::Response;
use papers::sheet_out::{Cell, XLSX_MAX_ROWS};
use records::Moment;
use service::application;
use service::{InboxItem, Page};

use super::filters::{Filters, Wished};
use super::tabs;
use crate::components::said;
use crate::errors::Error;
use crate::pages::download::{columns, words, xlsx as workbook};
use crate::session::Signed;
use crate::site::{Shared, Site};

/// `GET /desk/inbox.xlsx`
pub(super) async fn xlsx(State(site): State<Shared>, Signed { session, .. }: Signed, wished: Wished) -> Result<Response, Error> {
    if tabs::instead(&session, "/desk").is_some() {
        return Err(Error::NoPage);
    }
    let (filters, mut page, mut rows) = (Filters::of(&wished.0), Page::first(Page::SIZE_MAX), Vec::new());
    while rows.len() <= XLSX_MAX_ROWS {
        let listed = application::inbox(&site.desk(), session.acting(), &filters.wanted(), page).await?;
        if listed.rows.is_empty() {
            break;
        }
        rows.extend(listed.rows.iter().map(|item| cells(&site, item)));
        page.number += 1;
    }
    let heads = [("办理", 24), ("申报单位", 36), ("受理编号", 20), ("事项", 24), ("所在地", 16), ("期限", 12), ("进入日期", 12)];
    workbook(&site, "待办", columns(&heads), rows).await
}

fn cells(site: &Site, item: &InboxItem) -> Vec<Cell> {
    let (task, file) = (&item.task, &item.application);
    vec![
        words(&task.title),
        words(&file.applicant_name),
        words(&file.number),
        words(&said::procedure(site.library(), &file.programme, &file.procedure)),
        words(&said::place(&file.place)),
        task.due_at_ms.map_or(Cell::Empty, |due| Cell::Day(Moment(due).day())),
        Cell::Day(Moment(task.opened_at_ms).day()),
    ]
}
