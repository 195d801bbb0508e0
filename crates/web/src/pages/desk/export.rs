//! The list as a file: everything that is on any of its pages, with the columns shown.

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use futures_util::stream::try_unfold;
use papers::sheet_out::{self, Cell, Column, SheetError, XLSX_MAX_ROWS};
use records::Refusal;
use service::application::{self, Wanted};
use service::identity::Session;
use service::saved_name::saved_name;
use service::{ApplicationRow, ServiceError};
use standards::Date;

use super::filters::Wished;
use super::list::Wish;
use crate::errors::Error;
use crate::pages::download::{attached, xlsx_bytes};
use crate::session::Signed;
use crate::site::{Shared, Site};

/// `GET /desk/files.csv`: sent page by page, however long the list is.
pub(super) async fn csv(State(site): State<Shared>, Signed { session, .. }: Signed, wished: Wished) -> Result<Response, Error> {
    let wish = Wish::of(&wished);
    let made_on = site.edge().now.day();
    let first = rows_after(&site, &session, &wish.filters.wanted(), "").await?;
    let head = sheet_out::csv_head(&columns(&wish));
    let sent = Csv { site, session, wanted: wish.filters.wanted(), wish, next: Some((head, first)) };
    let pieces = try_unfold(sent, |sent| async { sent.piece().await });
    Ok(attached("text/csv; charset=utf-8", &name(made_on, "csv"), Body::from_stream(pieces)))
}

/// A list under way: what stands before the rows at hand, and those rows.
struct Csv {
    site: Shared,
    session: Session,
    wanted: Wanted,
    wish: Wish,
    next: Option<(String, Vec<ApplicationRow>)>,
}

impl Csv {
    async fn piece(mut self) -> Result<Option<(String, Self)>, ServiceError> {
        let Some((mut text, rows)) = self.next.take() else { return Ok(None) };
        text.extend(rows.iter().map(|row| sheet_out::csv_row(&cells(&self.site, &self.wish, row))));
        if let Some(last) = rows.last() {
            let more = rows_after(&self.site, &self.session, &self.wanted, &last.id).await?;
            self.next = (!more.is_empty()).then(|| (String::new(), more));
        }
        Ok(Some((text, self)))
    }
}

async fn rows_after(site: &Site, session: &Session, wanted: &Wanted, after: &str) -> Result<Vec<ApplicationRow>, ServiceError> {
    application::applications_after(&site.desk(), session.acting(), wanted, after).await
}

/// `GET /desk/files.xlsx`
pub(super) async fn xlsx(State(site): State<Shared>, Signed { session, .. }: Signed, wished: Wished) -> Result<Response, Error> {
    let wish = Wish::of(&wished);
    let rows = all(&site, &session, &wish).await?;
    let (columns, made_on) = (columns(&wish), site.edge().now.day());
    let made = tokio::task::spawn_blocking(move || sheet_out::xlsx("申报件", &columns, rows.into_iter(), made_on));
    match made.await.map_err(Error::Broken)? {
        Ok(bytes) => Ok(xlsx_bytes(&name(made_on, "xlsx"), bytes)),
        Err(error @ (SheetError::TooLong | SheetError::Xlsx(_))) => Err(Error::Refused(Refusal::new(format!("{error}。")))),
    }
}

/// Every row, up to one more than a spreadsheet takes.
async fn all(site: &Site, session: &Session, wish: &Wish) -> Result<Vec<Vec<Cell>>, Error> {
    let (wanted, mut after, mut all) = (wish.filters.wanted(), String::new(), Vec::new());
    while all.len() <= XLSX_MAX_ROWS {
        let rows = rows_after(site, session, &wanted, &after).await?;
        let Some(last) = rows.last() else { break };
        after.clone_from(&last.id);
        all.extend(rows.iter().map(|row| cells(site, wish, row)));
    }
    Ok(all)
}

fn columns(wish: &Wish) -> Vec<Column> {
    wish.columns.iter().map(|column| column.column()).collect()
}

fn cells(site: &Site, wish: &Wish, row: &ApplicationRow) -> Vec<Cell> {
    wish.columns.iter().map(|column| column.cell(site.library(), row)).collect()
}

fn name(on: Date, ending: &str) -> String {
    format!("{}.{ending}", saved_name(&["申报件"], Some(on)))
}
