//! Official tables as workbooks: of one file, and of the files of a batch together.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use papers::sheet_out::OfficialTable;
use service::organisation::names;
use service::{ServiceError, application, document};

use super::no_page;
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::download;
use crate::session::Signed;
use crate::site::{Shared, Site};

/// `GET /files/{id}/tables/{table}`: with what the file says now.
pub(super) async fn of_file(State(site): State<Shared>, signed: Signed, Names(id, table): Names) -> Result<Response, Error> {
    let view = application::open(&site.desk(), signed.session.acting(), &id).await.map_err(no_page)?;
    let about = names(&site.desk(), &[view.application.applicant.as_str()]).await?.into_values().next().unwrap_or_default();
    sent(&site, &about, document::tables_of_file(&site.desk(), &view, &table).await?).await
}

/// `GET /conduct/batches/{id}/tables/{table}`: with what the files of a batch say that the person may see.
pub(super) async fn of_batch(State(site): State<Shared>, signed: Signed, Names(id, table): Names) -> Result<Response, Error> {
    let tables = document::tables_of_batch(&site.desk(), signed.session.acting(), &id, &table).await;
    sent(&site, "", tables.map_err(unknown)?).await
}

/// What somebody may not see is as unknown as what is not there.
fn unknown(error: ServiceError) -> Error {
    if matches!(error, ServiceError::Forbidden) { Error::NoPage } else { no_page(error) }
}

async fn sent(site: &Site, about: &str, tables: Vec<OfficialTable>) -> Result<Response, Error> {
    let title = tables.first().map(|table| table.title.clone()).ok_or(Error::NoPage)?;
    download::official(site, about, &title, tables).await
}

/// The workbooks that something has, below its address; nothing where there are none.
pub(crate) fn tables(address: &str, tables: &[(String, String)]) -> Markup {
    html! {
        @if !tables.is_empty() {
            ul.plain {
                @for (id, title) in tables { li { a href=(format!("{address}/tables/{id}")) download { (title) "（Excel）" } } }
            }
        }
    }
}
