//! Files to save, tables above all.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use papers::sheet_out::{self, Cell, Column, OfficialTable, official_xlsx};
use records::Refusal;
use service::saved_name::saved_name;
use standards::text::percent_encoded;

use crate::errors::Error;
use crate::site::Site;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A list or summary as a workbook of one sheet: typed cells, widths, a frozen head.
pub(crate) async fn xlsx(site: &Site, name: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Result<Response, Error> {
    let (sheet, made_on) = (name.chars().take(31).collect::<String>(), site.edge().now.day());
    let made = tokio::task::spawn_blocking(move || sheet_out::xlsx(&sheet, &columns, rows.into_iter(), made_on));
    match made.await.map_err(Error::Broken)? {
        Ok(bytes) => Ok(xlsx_bytes(&format!("{}.xlsx", saved_name(&[name], Some(made_on))), bytes)),
        Err(error) => Err(Error::Refused(Refusal::new(format!("{error}。")))),
    }
}

/// Official tables as a workbook, a sheet each; `about` is whose they are, where they are somebody's.
pub(crate) async fn official(site: &Site, about: &str, title: &str, tables: Vec<OfficialTable>) -> Result<Response, Error> {
    let made_on = site.edge().now.day();
    let made = tokio::task::spawn_blocking(move || official_xlsx(&tables, made_on));
    match made.await.map_err(Error::Broken)? {
        Ok(bytes) => Ok(xlsx_bytes(&format!("{}.xlsx", saved_name(&[about, title], Some(made_on))), bytes)),
        Err(error) => Err(Error::Refused(Refusal::new(format!("{error}。")))),
    }
}

/// A workbook.
pub(crate) fn xlsx_bytes(name: &str, bytes: Vec<u8>) -> Response {
    attached(XLSX, name, bytes.into())
}

/// A file to save; its name by RFC 6266, in percent code.
pub(crate) fn attached(media_type: &'static str, name: &str, body: Body) -> Response {
    let encoded = percent_encoded(name, "");
    let named = format!("attachment; filename*=UTF-8''{encoded}");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(named).unwrap_or(HeaderValue::from_static("attachment"))),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}

/// The link to a list as a workbook.
pub(crate) fn link(address: &str) -> Markup {
    html! { p { "导出：" a href=(address) download { "Excel 表格" } } }
}

/// Columns by head and width in Latin characters.
pub(crate) fn columns(heads: &[(&str, u16)]) -> Vec<Column> {
    heads.iter().map(|(head, width_chars)| Column { head: (*head).to_owned(), width_chars: *width_chars }).collect()
}

/// Words; nothing where there are none.
pub(crate) fn words(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}
