//! 忘记密码: asking for a link, and setting another password with it.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::ServiceError;
use service::identity;

use super::parts;
use crate::components::entry::Typed;
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::session::{self, Entered};
use crate::site::Shared;

const FORGOT: &str = "忘记密码";
const RESET: &str = "设置新密码";

/// `GET /forgot-password`
pub(super) async fn show(asked: Asked) -> Response {
    match asked.get("sent") {
        Some(_) => {
            parts::said("请查收邮件", html! { p.lead { "如果该邮箱已有账号，我们已发送邮件。请在1小时内打开邮件中的链接，设置新密码。" } })
        }
        None => parts::page(FORGOT, &Typed::default(), form(&Typed::default())),
    }
}

fn form(typed: &Typed) -> Markup {
    html! {
        p.lead { "填写登录用的邮箱，我们将发送设置新密码的链接。" }
        form method="post" action="/forgot-password" novalidate {
            (session::token_field())
            (parts::email(typed, None))
            div.submit { button type="submit" { "发送邮件" } }
        }
    }
}

/// `POST /forgot-password`
pub(super) async fn ask(State(site): State<Shared>, sent: Entered) -> Result<Response, Error> {
    match identity::ask_for_reset(site.store(), &site.edge(), sent.text("email")).await {
        Ok(()) => Ok(Redirect::to("/forgot-password?sent=1").into_response()),
        Err(error) => {
            let typed = Typed::new(sent.fields, parts::refused(error)?);
            Ok(parts::again(FORGOT, &typed, form(&typed)))
        }
    }
}

/// `GET /reset-password/{token}`
pub(super) async fn show_reset(State(site): State<Shared>, Name(token): Name) -> Result<Response, Error> {
    let email = identity::resetting(site.store(), &site.edge(), &token).await.map_err(parts::link_over)?;
    Ok(parts::page(RESET, &Typed::default(), reset_form(&token, &email, &Typed::default())))
}

fn reset_form(token: &str, email: &str, typed: &Typed) -> Markup {
    html! {
        p { "账号：" (email) }
        form method="post" action=(format!("/reset-password/{token}")) novalidate {
            (session::token_field())
            input type="hidden" name="username" autocomplete="username" value=(email);
            (parts::new_password(typed))
            div.submit { button type="submit" { "保存新密码" } }
        }
    }
}

/// `POST /reset-password/{token}`
pub(super) async fn reset(State(site): State<Shared>, Name(token): Name, sent: Entered) -> Result<Response, Error> {
    let (store, edge) = (site.store(), site.edge());
    match identity::reset_password(store, &edge, &token, sent.text("password"), sent.text("password_again")).await {
        Ok(()) => Ok(Redirect::to("/sign-in?said=reset").into_response()),
        Err(ServiceError::Refused(refusal)) => {
            let email = identity::resetting(store, &edge, &token).await.map_err(parts::link_over)?;
            let typed = Typed::new(Vec::new(), refusal.errors);
            Ok(parts::again(RESET, &typed, reset_form(&token, &email, &typed)))
        }
        Err(error) => Err(parts::link_over(error)),
    }
}
