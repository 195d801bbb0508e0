//! 消息: what an organisation and its people were told.

use axum::extract::State;
use axum::response::{Html, Response};
use maud::{Markup, html};
use records::Moment;
use service::{Listed, Notice, notice};

use crate::components::form::go;
use crate::components::{layout, pages};
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
    Ok(layout::page("消息", &[("我的办件", "/home")], main))
}

/// `POST /notices/read`
pub(super) async fn read(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    notice::read_all(&site.desk(), sent.session.acting()).await?;
    Ok(go("/notices"))
}

fn list(listed: &Listed<Notice>, unread: i64) -> Markup {
    html! {
        @if listed.rows.is_empty() { p { "还没有消息。" } }
        @if unread > 0 {
            form method="post" action="/notices/read" { (token_field()) button.second type="submit" { "全部标为已读（" (unread) "条）" } }
        }
        ul.calls { @for one in &listed.rows { (item(one)) } }
    }
}

fn item(one: &Notice) -> Markup {
    html! {
        li {
            div {
                h3 { @if one.link.is_empty() { (one.subject) } @else { a href=(one.link) { (one.subject) } } }
                p { (one.body) }
                p.quiet { (Moment(one.at_unix_ms).text()) }
            }
            p { @if one.read_at_ms.is_none() { span.tag.bad { "未读" } } @else { span.quiet { "已读" } } }
        }
    }
}
