//! 验证邮箱: the link of the letter shows a button, since mail programs open links by themselves.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::identity;

use super::parts;
use crate::components::entry::Typed;
use crate::errors::Error;
use crate::extract::Name;
use crate::session::{self, Entered};
use crate::site::Shared;

const TITLE: &str = "验证邮箱，完成注册";

/// `GET /verify-email/{token}`
pub(super) async fn show(State(site): State<Shared>, Name(token): Name) -> Result<Response, Error> {
    let organisation = identity::registration(site.store(), &site.edge(), &token).await.map_err(parts::link_over)?;
    Ok(parts::page(TITLE, &Typed::default(), form(&token, &organisation)))
}

fn form(token: &str, organisation: &str) -> Markup {
    html! {
        p { "您正在为“" (organisation) "”注册账号。" }
        form method="post" action=(format!("/verify-email/{token}")) {
            (session::token_field())
            div.submit { button type="submit" { "完成注册" } }
        }
    }
}

/// `POST /verify-email/{token}`
pub(super) async fn send(State(site): State<Shared>, Name(token): Name, _sent: Entered) -> Result<Response, Error> {
    identity::verify_email(site.store(), &site.edge(), &token).await.map_err(parts::link_over)?;
    Ok(Redirect::to("/sign-in?said=registered").into_response())
}
