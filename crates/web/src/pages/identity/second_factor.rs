//! 二次验证、设置二次验证

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};
use service::ServiceError;
use service::identity::{self, Known, SignedIn};
use service::kept_case::Token;

use super::{parts, sign_in};
use crate::components::entry::{self, Line, Typed};
use crate::components::qr::qr;
use crate::errors::Error;
use crate::extract::Asked;
use crate::session::{self, Entered, Visitor};
use crate::site::{Shared, Site};

const TITLE: &str = "二次验证";
const SET_UP: &str = "设置二次验证";

/// `GET /sign-in/second-factor`
pub(super) async fn show(visitor: Visitor, asked: Asked) -> Response {
    let next = session::next(asked.get("next"));
    match &visitor.signed_in {
        Some(SignedIn::SecondFactor(_)) => parts::page(TITLE, &Typed::default(), form(&Typed::default(), next)),
        other => sign_in::onward(other.as_ref(), next),
    }
}

fn form(typed: &Typed, next: &str) -> Markup {
    html! {
        p.lead { "请打开手机上的验证器，输入“数转”下显示的6位数字。" }
        form method="post" action=(session::with_next("/sign-in/second-factor", next)) novalidate {
            (session::token_field())
            (code(typed))
            div.submit { button type="submit" { "验证" } }
        }
        p.quiet { "更换或遗失手机的，请联系本单位管理员重置二次验证。" }
    }
}

fn code(typed: &Typed) -> Markup {
    let line = Line { path: "code", label: "验证码", autocomplete: "one-time-code", inputmode: Some("numeric"), ..Line::default() };
    entry::line(typed, &line)
}

/// `POST /sign-in/second-factor`
pub(super) async fn send(State(site): State<Shared>, headers: HeaderMap, asked: Asked, sent: Entered) -> Result<Response, Error> {
    let next = session::next(asked.get("next"));
    let Some(token) = sent.visitor.session_token() else { return Err(Error::SignedOut) };
    match identity::second_factor(site.store(), &site.edge(), token, sent.text("code")).await {
        Ok(token) => shown(&site, &headers, &token, next).await,
        Err(ServiceError::Forbidden) => Ok(sign_in::onward(sent.visitor.signed_in.as_ref(), next)),
        Err(error) => {
            let typed = Typed::new(Vec::new(), at_code(parts::refused(error)?));
            Ok(parts::again(TITLE, &typed, form(&typed, next)))
        }
    }
}

/// A refusal of this form is about its one field.
fn at_code(mut errors: Vec<records::FieldError>) -> Vec<records::FieldError> {
    errors.iter_mut().filter(|error| error.path.is_empty()).for_each(|error| error.path = "code".to_owned());
    errors
}

async fn shown(site: &Site, headers: &HeaderMap, token: &Token, next: &str) -> Result<Response, Error> {
    let signed_in = identity::resume(site.store(), &site.edge(), &token.to_string()).await?;
    Ok(session::begun(site, headers, token, sign_in::onward(signed_in.as_ref(), next)))
}

/// `GET /sign-in/set-up`
pub(super) async fn show_set_up(State(site): State<Shared>, visitor: Visitor, asked: Asked) -> Response {
    let next = session::next(asked.get("next"));
    match &visitor.signed_in {
        Some(SignedIn::SetUp(known)) => {
            let typed = Typed::with("secret", &identity::fresh_secret(&site.edge()));
            parts::page(SET_UP, &typed, set_up(&typed, known, next))
        }
        other => sign_in::onward(other.as_ref(), next),
    }
}

fn set_up(typed: &Typed, known: &Known, next: &str) -> Markup {
    let secret = typed.text("secret");
    html! {
        p.lead { "主管部门和评测、审计、监督机构的人员登录时，除密码外还需要验证器上的验证码。" }
        ol.how {
            li { "在手机上安装任一支持 TOTP 的验证器，例如微信小程序“腾讯身份验证器”、Microsoft Authenticator、FreeOTP。" }
            li {
                "用验证器扫描下面的二维码；不能扫码的，手工输入密钥。"
                (qr(&identity::otpauth(secret, &known.email), "二维码，内容与下面的密钥相同"))
                p { "密钥：" code { (grouped(secret)) } }
            }
            li { "输入验证器显示的6位数字。" }
        }
        form method="post" action=(session::with_next("/sign-in/set-up", next)) novalidate {
            (session::token_field())
            input type="hidden" name="secret" value=(secret);
            (code(typed))
            div.submit { button type="submit" { "完成设置" } }
        }
    }
}

/// Four characters at a time, as people copy them.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// `POST /sign-in/set-up`
pub(super) async fn send_set_up(State(site): State<Shared>, headers: HeaderMap, asked: Asked, sent: Entered) -> Result<Response, Error> {
    let next = session::next(asked.get("next"));
    let (Some(token), Some(SignedIn::SetUp(known))) = (sent.visitor.session_token(), &sent.visitor.signed_in) else {
        return Ok(sign_in::onward(sent.visitor.signed_in.as_ref(), next));
    };
    match identity::set_up_second_factor(site.store(), &site.edge(), token, sent.text("secret"), sent.text("code")).await {
        Ok(token) => shown(&site, &headers, &token, next).await,
        Err(error) => {
            let typed = Typed::new(vec![("secret".to_owned(), sent.text("secret").to_owned())], at_code(parts::refused(error)?));
            Ok(parts::again(SET_UP, &typed, set_up(&typed, known, next)))
        }
    }
}
