//! Official tables of a programme, with their heads as printed, to download and draw up.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use policy::pack::Pack;
use service::document;

use crate::components::clause::cites_here;
use crate::errors::Error;
use crate::extract::{Asked, Names};
use crate::pages::download;
use crate::site::Shared;

/// The tables, each with its clauses; none where the documents have none.
pub(super) fn tables(pack: &Pack) -> Option<Markup> {
    (!pack.officials.is_empty()).then(|| {
        html! {
            ul {
                @for one in &pack.officials {
                    li {
                        a href=(format!("/programmes/{}/tables/{}?version={}", pack.id, one.id, pack.version)) download { (one.title) }
                        " " (cites_here(pack, &one.clause))
                    }
                }
            }
        }
    })
}

/// `GET /programmes/{id}/tables/{table}?version=`: the table as printed, to be drawn up.
pub(crate) async fn download(State(site): State<Shared>, Names(id, table): Names, asked: Asked) -> Result<Response, Error> {
    let pack = match asked.get("version") {
        Some(version) => site.library().version(&id, version).ok_or(Error::NoProgramme)?,
        None => site.programme(&id)?,
    };
    let found = pack.officials.iter().find(|one| one.id == table).ok_or(Error::NoPage)?;
    download::official(&site, &pack.title, &found.title, vec![document::printed_table(pack, found)]).await
}
