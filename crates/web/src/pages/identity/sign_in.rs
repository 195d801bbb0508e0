//! 登录、退出

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::identity;

use super::parts;
use crate::components::entry::{self, Line, Typed};
use crate::errors::Error;
use crate::extract::Asked;
use crate::session::{self, Entered, Visitor};
use crate::site::Shared;

const TITLE: &str = "登录";

/// `GET /sign-in`
pub(super) async fn show(visitor: Visitor, asked: Asked) -> Response {
    let next = session::next(asked.get("next"));
    match &visitor.signed_in {
        Some(signed_in) => onward(Some(signed_in), next),
        None => {
            let said = asked.get("said").map(|word| html! { (news(word)) });
            parts::page(TITLE, &Typed::default(), html! { @if let Some(said) = said { (said) } (form(&Typed::default(), next)) })
        }
    }
}

/// What was done just before.
fn news(word: &str) -> Markup {
    let text = match word {
        "registered" => "注册已完成，请登录。",
        "reset" => "密码已重置，请用新密码登录。",
        "joined" => "已接受邀请，请登录。",
        "set-up" => "管理员已设置，请登录；首次登录需要设置二次验证。",
        "signed-out" => "已退出。",
        _ => return html! {},
    };
    html! { div.notice role="status" { p { (text) } } }
}

fn form(typed: &Typed, next: &str) -> Markup {
    html! {
        form method="post" action=(session::with_next("/sign-in", next)) novalidate {
            (session::token_field())
            (parts::email(typed, None))
            (entry::line(typed, &Line { path: "password", label: "密码", kind: "password", autocomplete: "current-password", ..Line::default() }))
            div.submit { button type="submit" { "登录" } }
        }
        p { a href="/forgot-password" { "忘记密码" } }
        p { "还没有账号的企业和服务商，请先" a href="/register" { "注册" } "；本单位已注册的，请联系本单位管理员邀请您加入。" }
        p.quiet { "主管部门和评测、审计、监督机构的账号由平台管理员邀请开通。" }
    }
}

/// `POST /sign-in`
pub(super) async fn send(State(site): State<Shared>, headers: HeaderMap, asked: Asked, sent: Entered) -> Result<Response, Error> {
    let next = session::next(asked.get("next"));
    match identity::sign_in(site.store(), &site.edge(), sent.text("email"), sent.text("password")).await {
        Ok(token) => {
            let signed_in = identity::resume(site.store(), &site.edge(), &token.to_string()).await?;
            Ok(session::begun(&site, &headers, &token, onward(signed_in.as_ref(), next)))
        }
        Err(error) => {
            let typed = Typed::new(sent.fields, parts::refused(error)?);
            Ok(parts::again(TITLE, &typed, form(&typed, next)))
        }
    }
}

/// To what is still missing, or to where the person wanted to go.
pub(super) fn onward(signed_in: Option<&identity::SignedIn>, next: &str) -> Response {
    let acting = signed_in.and_then(identity::SignedIn::session).is_some();
    let address = if acting { next.to_owned() } else { session::with_next(session::step(signed_in), next) };
    Redirect::to(&address).into_response()
}

/// `POST /sign-out`
pub(super) async fn sign_out(State(site): State<Shared>, headers: HeaderMap, sent: Entered) -> Result<Response, Error> {
    if let Some(token) = &sent.visitor.token {
        identity::sign_out(site.store(), token).await?;
    }
    Ok(session::ended(&site, &headers, Redirect::to("/sign-in?said=signed-out").into_response()))
}
