//! 演示环境: entering the fictional city as somebody of it, by one click. There is no such page where the data is real.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::html;

use super::parts;
use crate::errors::Error;
use crate::session::{self, Entered};
use crate::site::Shared;

const TITLE: &str = "演示环境";

/// `GET /demo`
pub(super) async fn show(State(site): State<Shared>) -> Result<Response, Error> {
    if site.demo().is_empty() {
        return Err(Error::NoPage);
    }
    let body = html! {
        p.lead { "以下单位、人员、项目和数据均为虚构，仅供了解平台的使用。选择一个身份进入。" }
        form method="post" action="/demo" {
            (session::token_field())
            ul.entrances {
                @for entrance in site.demo() {
                    li { button.second type="submit" name="account" value=(entrance.account) { (entrance.label) } }
                }
            }
        }
    };
    Ok(parts::said(TITLE, body))
}

/// `POST /demo`
pub(super) async fn enter(State(site): State<Shared>, headers: HeaderMap, sent: Entered) -> Result<Response, Error> {
    let account = sent.text("account");
    let entrance = site.demo().iter().find(|entrance| entrance.account == account).ok_or(Error::NoPage)?;
    let token = service::demo::enter(site.store(), &site.edge(), &entrance.account).await?;
    Ok(session::begun(&site, &headers, &token, Redirect::to("/home").into_response()))
}
