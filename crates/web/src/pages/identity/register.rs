//! 注册: enterprises and providers.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use records::organisation::OrganisationKind;
use service::identity::{self, Registration};

use super::parts;
use crate::components::entry::{self, Line, Typed};
use crate::errors::Error;
use crate::extract::Asked;
use crate::session::{self, Entered};
use crate::site::Shared;

const TITLE: &str = "企业和服务商注册";

/// `GET /register`, with `?kind=` chosen already; after a registration, what to do next.
pub(super) async fn show(asked: Asked) -> Response {
    match asked.get("sent") {
        Some(_) => parts::said("请查收邮件", sent_page()),
        None => {
            let typed = Typed::with("kind", asked.get("kind").unwrap_or_default());
            parts::page(TITLE, &typed, form(&typed))
        }
    }
}

fn sent_page() -> Markup {
    html! {
        p.lead { "我们已向您填写的邮箱发送邮件，请在24小时内打开邮件中的链接，完成注册。" }
        p { "几分钟内没有收到的，请查看垃圾邮件，或者核对邮箱后" a href="/register" { "重新注册" } "。" }
    }
}

fn form(typed: &Typed) -> Markup {
    let kinds = [
        (OrganisationKind::Enterprise, "申报改造项目、奖补资金"),
        (OrganisationKind::Provider, "进入资源池，为企业提供改造服务，受托代办"),
    ];
    let kinds = kinds.map(|(kind, hint)| (kind.as_str(), kind.label(), hint));
    html! {
        p.lead { "每个单位注册一次。注册人成为本单位管理员和经办人，再邀请其他人员；材料须由另一名签发人签发。" }
        form method="post" action="/register" novalidate {
            (session::token_field())
            h2 { "单位" }
            (entry::ticks(typed, "kind", "单位类型", false, &kinds))
            (entry::line(typed, &Line { path: "organisation", label: "单位全称", hint: Some("与营业执照一致。"), autocomplete: "organization", ..Line::default() }))
            (entry::line(typed, &Line { path: "credit_code", label: "统一社会信用代码", hint: Some("18位，见营业执照。"), autocomplete: "off", ..Line::default() }))
            (entry::select(typed, "place", "所在地区", Some("企业选择注册地所在的旗县区。"), &parts::seats()))
            h2 { "注册人" }
            (parts::person(typed))
            (parts::email(typed, Some("用于登录和接收通知。")))
            (parts::new_password(typed))
            div.submit { button type="submit" { "注册" } }
        }
        p { "已有账号的，请" a href="/sign-in" { "登录" } "。" }
    }
}

/// `POST /register`
pub(super) async fn send(State(site): State<Shared>, sent: Entered) -> Result<Response, Error> {
    let text = |path: &str| sent.text(path).to_owned();
    let registration = Registration {
        kind: text("kind"),
        organisation: text("organisation"),
        credit_code: text("credit_code"),
        place: text("place"),
        name: text("name"),
        phone: text("phone"),
        email: text("email"),
        password: text("password"),
        password_again: text("password_again"),
    };
    match identity::register(site.store(), &site.edge(), &registration).await {
        Ok(()) => Ok(Redirect::to("/register?sent=1").into_response()),
        Err(error) => {
            let typed = Typed::new(sent.fields, parts::refused(error)?);
            Ok(parts::again(TITLE, &typed, form(&typed)))
        }
    }
}
