//! 首次设置管理员

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::ServiceError;
use service::identity::{self, FirstAdministrator};

use super::parts;
use crate::components::entry::{self, Line, Typed};
use crate::errors::Error;
use crate::session::{self, Entered};
use crate::site::Shared;

const TITLE: &str = "首次设置管理员";

/// `GET /set-up`: nothing once somebody can sign in.
pub(super) async fn show(State(site): State<Shared>) -> Result<Response, Error> {
    if !identity::may_set_up(site.store()).await? {
        return Err(Error::NoPage);
    }
    Ok(parts::page(TITLE, &Typed::default(), form(&Typed::default())))
}

fn form(typed: &Typed) -> Markup {
    let hint = Some("平台启动时由服务器控制台显示，24小时内有效；重新启动后，以新显示的设置码为准。");
    html! {
        p.lead { "平台尚未启用。请填写平台运行单位和第一位管理员的信息。" }
        p { "完成设置后，按以下步骤启用平台：" }
        ol.how {
            li { "管理员登录，按提示绑定手机验证器。" }
            li { "在“平台管理”中添加主管部门、财政部门、第三方机构等单位；系统向各单位管理员发送邀请邮件。" }
            li { "在“平台管理”中加载政策包，经第二人核对后开放。" }
            li { "主管部门发布申报通知，企业和服务商自行注册、申报。" }
        }
        form method="post" action="/set-up" novalidate {
            (session::token_field())
            (entry::line(typed, &Line { path: "code", label: "设置码", hint, autocomplete: "off", ..Line::default() }))
            h2 { "运行单位" }
            (entry::line(typed, &Line { path: "organisation", label: "单位全称", autocomplete: "organization", ..Line::default() }))
            (entry::select(typed, "place", "所在地区", None, &parts::places()))
            h2 { "管理员" }
            (parts::person(typed))
            (parts::email(typed, Some("用于登录和接收通知。")))
            (parts::new_password(typed))
            div.submit { button type="submit" { "完成设置" } }
        }
    }
}

/// `POST /set-up`
pub(super) async fn send(State(site): State<Shared>, sent: Entered) -> Result<Response, Error> {
    let text = |path: &str| sent.text(path).to_owned();
    let first = FirstAdministrator {
        code: text("code"),
        organisation: text("organisation"),
        place: text("place"),
        name: text("name"),
        phone: text("phone"),
        email: text("email"),
        password: text("password"),
        password_again: text("password_again"),
    };
    match identity::set_up(site.store(), &site.edge(), &first).await {
        Ok(()) => Ok(Redirect::to("/sign-in?said=set-up").into_response()),
        Err(ServiceError::NotFound) => Err(Error::NoPage),
        Err(error) => {
            let typed = Typed::new(sent.fields, parts::refused(error)?);
            Ok(parts::again(TITLE, &typed, form(&typed)))
        }
    }
}
