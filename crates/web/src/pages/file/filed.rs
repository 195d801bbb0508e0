//! 申报内容: what an applicant and its provider handed in, to be read as those who work on it read it.

use axum::extract::State;
use axum::response::Html;
use maud::html;
use records::access::Sight;

use super::opened::Opened;
use super::{paper, view};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::Name;
use crate::pages::desk::Wished;
use crate::session::Signed;
use crate::site::Shared;

/// `GET /files/{id}/filed`
pub(super) async fn show(State(site): State<Shared>, Signed { session, .. }: Signed, Name(id): Name) -> Result<Html<String>, Error> {
    let opened = Opened::load(&site, &session, &id, &Wished(Vec::new())).await?;
    let file = &opened.view.application;
    if !matches!(opened.view.sight.sight(), Sight::Applicant | Sight::Provider) || file.submitted_at.is_none() {
        return Err(Error::NoPage);
    }
    let papers = view::papers(&opened).await?;
    let body = html! {
        h1 { (opened.about("申报内容")) }
        p.lead {
            (opened.procedure())
            @if let Some(number) = &file.number { "　受理编号" (number) }
            @if let Some(at) = file.submitted_at { "　" (at.text()) "提交" }
        }
        (view::contents(&opened))
        (view::forms(&opened))
        (paper::list(&opened, &papers))
        p { a.button.second href=(opened.own_page(None)) { "返回办理进度" } }
    };
    let own = opened.own_page(None);
    Ok(layout::page(&opened.about("申报内容"), &[("我的办件", "/home"), (opened.procedure(), &own)], body))
}
