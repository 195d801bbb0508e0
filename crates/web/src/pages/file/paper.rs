//! The papers a file quotes, opened by whoever may see the file; and their list beside the forms.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use policy::pack::Material;
use service::application;
use service::paper::Paper;

use super::opened::Opened;
use crate::components::clause::cites;
use crate::components::field::id;
use crate::components::slot;
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::paper::file;
use crate::session::Signed;
use crate::site::Shared;

/// `GET /files/{id}/papers/{paper}`
pub(super) async fn open(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(file_id, paper): Names,
) -> Result<Response, Error> {
    let opened = application::open_paper(&site.desk(), site.files(), session.acting(), &file_id, &paper).await;
    opened.map(file).map_err(|error| match error {
        service::ServiceError::NotFound => Error::NoPage,
        other => other.into(),
    })
}

/// Slot by slot what was handed in.
pub(super) fn list(opened: &Opened, papers: &[Paper]) -> Markup {
    let slots = &opened.view.application.papers;
    let asked = opened.pack().materials.iter().filter(|material| slots.contains_key(&material.spec.id));
    html! {
        section aria-labelledby="papers" {
            h2 #papers { "材料" }
            @if slots.values().all(Vec::is_empty) { p { "没有材料。" } }
            dl.facts { @for material in asked { (slot_of(opened, material, papers)) } }
        }
    }
}

fn slot_of(opened: &Opened, material: &Material, papers: &[Paper]) -> Markup {
    let ids = opened.view.application.papers.get(&material.spec.id).map_or(&[][..], Vec::as_slice);
    let address = format!("/files/{}/papers", opened.id());
    html! {
        dt id=(id(&format!("paper.{}", material.spec.id))) tabindex="-1" { (material.spec.label) }
        dd {
            @for paper in ids.iter().filter_map(|id| papers.iter().find(|paper| paper.id == id.as_str())) {
                p { (slot::link(paper, &address)) " " span.quiet { (slot::size(paper.bytes)) @if let Some(pages) = paper.pages { "，" (pages) "页" } } }
                (slot::preview(paper, &address))
            }
            @if ids.is_empty() { span.quiet { "未提交" } }
            p { (cites(opened.pack(), &material.spec.clause.joined())) }
        }
    }
}
