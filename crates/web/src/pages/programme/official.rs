//! Official tables of a programme, with their heads as printed, to download and draw up.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use papers::sheet_out::{Cell, OfficialHead, OfficialTable, official_xlsx};
use policy::pack::{Official, Pack};

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
    let bytes = official_xlsx(&printed(found), site.edge().now.day()).map_err(|_| Error::TooLarge)?;
    Ok(download::xlsx_bytes(&format!("{}.xlsx", found.title), bytes))
}

/// An official table with the lines that are printed on it.
pub(crate) fn printed(official: &Official) -> OfficialTable {
    let head = |column: &policy::pack::OfficialColumn| OfficialHead {
        head: column.head.clone(),
        group: column.group.clone(),
        width_chars: column.width_chars,
    };
    let cell = |text: &Option<String>| text.as_ref().map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text(text.clone()) });
    OfficialTable {
        name: "附表".to_owned(),
        title: official.title.clone(),
        under: official.under.clone(),
        left: official.left.clone(),
        right: official.right.clone(),
        heads: official.columns.iter().map(head).collect(),
        lines: official.lines.iter().map(|line| line.iter().map(cell).collect()).collect(),
        notes: official.notes.clone(),
    }
}
