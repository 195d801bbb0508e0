//! 消息: what an organisation and its people were told.

use axum::extract::State;
use axum::response::{Html, Response};
use maud::{Markup, html};
use records::Moment;
use service::{Listed, Notice, ServiceError, Told, notice};
use standards::text::percent_encoded;

use crate::components::form::go;
use crate::components::{layout, pages, person};
use crate::errors::Error;
use crate::extract::Asked;
use crate::session::{Sent, Signed, token_field};
use crate::site::Shared;

/// `GET /notices`
pub(super) async fn show(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let page = pages::asked(asked.get("page"));
    let listed = notice::notices(&desk, acting, page).await?;
    let unread = notice::unread(&desk, acting).await?;
    let main = html! {
        h1 { "消息" }
        (list(&listed, unread))
        (pages::turn(page, listed.total, "/notices?"))
    };
    Ok(layout::page("消息", &[(person::start(acting.kind), "/home")], main))
}

/// `POST /notices/read`: the one that is named, or all.
pub(super) async fn read(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    match sent.text("id") {
        "" => notice::read_all(&desk, acting).await?,
        id => drop(notice::read(&desk, acting, id).await.map_err(unknown)?),
    }
    Ok(go("/notices"))
}

/// `GET /notices/open?id=`: the page it goes on with; whoever opens it has read it.
pub(super) async fn open(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Response, Error> {
    let id = asked.get("id").ok_or(Error::NoPage)?;
    let notice = notice::read(&site.desk(), signed.session.acting(), id).await.map_err(unknown)?;
    Ok(go(if notice.link.is_empty() { "/notices" } else { &notice.link }))
}

/// What was told to others is as unknown as what was never told.
fn unknown(error: ServiceError) -> Error {
    if matches!(error, ServiceError::NotFound) { Error::NoPage } else { error.into() }
}

fn list(listed: &Listed<Told>, unread: i64) -> Markup {
    html! {
        @if listed.rows.is_empty() { p { "还没有消息。" } }
        @if unread > 0 {
            form method="post" action="/notices/read" { (token_field()) button.second type="submit" { "全部标为已读（" (unread) "条）" } }
        }
        ul.calls { @for one in &listed.rows { (item(one)) } }
    }
}

fn item(Told { notice, read_at_ms }: &Told) -> Markup {
    html! {
        li {
            div {
                h3 { @if notice.link.is_empty() { (notice.subject) } @else { a href=(address(notice)) { (notice.subject) } } }
                p { (notice.body) }
                p.quiet { (Moment(notice.at_unix_ms).text()) }
            }
            @match read_at_ms { None => (mark(notice)), Some(_) => p { span.quiet { "已读" } } }
        }
    }
}

/// Where it is opened. The key of what was told has slashes in it.
fn address(notice: &Notice) -> String {
    format!("/notices/open?id={}", percent_encoded(&notice.id, ""))
}

fn mark(notice: &Notice) -> Markup {
    html! {
        form method="post" action="/notices/read" {
            (token_field())
            input type="hidden" name="id" value=(notice.id);
            span.tag.bad { "未读" } " "
            button.link type="submit" { "标为已读" span.hidden { "：" (notice.subject) } }
        }
    }
}
