//! One issued paper: read here, printed, or downloaded.

use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use records::Refusal;
use records::access::Acting;
use service::document::{self, Issued};

use super::no_page;
use crate::assets;
use crate::components::layout;
use crate::errors::Error;
use crate::extract::{Name, Names};
use crate::pages::download::attached;
use crate::pages::paper::file;
use crate::session::Visitor;
use crate::site::{Shared, Site};

const PDF: &str = "application/pdf";

/// `GET /documents/{id}`: the paper within the site.
pub(super) async fn show(State(site): State<Shared>, visitor: Visitor, Name(id): Name) -> Result<Html<String>, Error> {
    let issued = opened(&site, &visitor, &id).await?;
    let main = html! { (bar(&issued)) div.paper-sheet { (paper(&issued)?) } };
    Ok(layout::styled_page(&issued.document.title, &[], main, &[assets::paper(), &foot_address(&issued)]))
}

/// `GET /documents/{id}/print`: the paper and nothing else.
pub(super) async fn print(State(site): State<Shared>, visitor: Visitor, Name(id): Name) -> Result<Html<String>, Error> {
    let issued = opened(&site, &visitor, &id).await?;
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                title { (issued.document.title) }
                link rel="icon" type="image/svg+xml" href=(assets::icon());
                link rel="stylesheet" href=(assets::paper());
                link rel="stylesheet" href=(foot_address(&issued));
                script type="module" src=(assets::script()) {}
            }
            body { (paper(&issued)?) }
        }
    };
    Ok(Html(page.into_string()))
}

/// `GET /documents/{id}/foot.css`: what stands at the foot of each of its printed pages.
pub(super) async fn foot(State(site): State<Shared>, visitor: Visitor, Name(id): Name) -> Result<Response, Error> {
    let issued = opened(&site, &visitor, &id).await?;
    let css = issued.paper.check.as_ref().map(papers::print::foot_css).unwrap_or_default();
    Ok(([(header::CONTENT_TYPE, "text/css; charset=utf-8")], css).into_response())
}

fn foot_address(issued: &Issued) -> String {
    format!("/documents/{}/foot.css", issued.document.id)
}

/// `GET /documents/{id}/paper.docx`
pub(super) async fn docx(State(site): State<Shared>, visitor: Visitor, Name(id): Name) -> Result<Response, Error> {
    let issued = opened(&site, &visitor, &id).await?;
    let paper = document::with_pictures(site.files(), issued.paper).await?;
    let bytes = papers::docx(&paper).map_err(|error| Error::Refused(Refusal::new(format!("{error}。"))))?;
    Ok(attached(papers::DOCX_MEDIA_TYPE, &format!("{}.docx", issued.name), bytes.into()))
}

/// `GET /documents/{id}/paper.pdf`
pub(super) async fn pdf(State(site): State<Shared>, visitor: Visitor, Name(id): Name) -> Result<Response, Error> {
    let issued = opened(&site, &visitor, &id).await?;
    let (press, name) = (site.press().clone(), format!("{}.pdf", issued.name));
    let paper = document::with_pictures(site.files(), issued.paper).await?;
    let made = tokio::task::spawn_blocking(move || press.pdf(&paper)).await.map_err(Error::Broken)?;
    Ok(attached(PDF, &name, made?.into()))
}

/// `GET /documents/{id}/pictures/{number}`: one of its pictures, where a page shows it.
pub(super) async fn picture(State(site): State<Shared>, visitor: Visitor, Names(id, number): Names) -> Result<Response, Error> {
    let number = number.parse().map_err(|_| Error::NoPage)?;
    let opened = document::picture(&site.desk(), site.files(), acting(&visitor), &id, number).await;
    Ok(file(opened.map_err(no_page)?))
}

fn acting(visitor: &Visitor) -> Option<&Acting> {
    visitor.signed_in.as_ref().and_then(|signed_in| signed_in.session()).map(|session| session.acting())
}

async fn opened(site: &Site, visitor: &Visitor, id: &str) -> Result<Issued, Error> {
    document::open(&site.desk(), acting(visitor), id).await.map_err(no_page)
}

fn paper(issued: &Issued) -> Result<Markup, Error> {
    let paper = issued.paper.clone().addressed(|number| format!("/documents/{}/pictures/{number}", issued.document.id));
    papers::print::html(&paper).map(PreEscaped).map_err(|error| Error::Refused(Refusal::new(format!("{error}。"))))
}

/// What can be done with it, and how it is checked.
fn bar(issued: &Issued) -> Markup {
    let address = format!("/documents/{}", issued.document.id);
    html! {
        div.screen {
            h1 { (issued.document.title) }
            p.lead {
                "出具时间：" (issued.document.at.text()) "　校验码：" a href=(format!("/verify?code={}", issued.document.code)) { code { (issued.document.code) } }
            }
            ul.actions {
                li { a.button href=(format!("{address}/paper.pdf")) { "下载 PDF" } }
                li { a.button.second href=(format!("{address}/paper.docx")) { "下载 Word（DOCX）" } }
                li { a.button.second href=(format!("{address}/print")) target="_blank" { "打印页" } }
            }
            p.quiet { "本页内容为出具时的内容，此后不再变化；内容有变化时请重新出具。" }
        }
    }
}
