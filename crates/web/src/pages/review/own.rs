//! What an expert says of himself: fields and employer.

use axum::extract::State;
use axum::response::{Html, Response};
use maud::html;
use service::identity::Session;
use service::review::{self, Describing};
use service::{ServiceError, organisation};

use super::{WAY, unknown};
use crate::components::form::{Form, area, go, line};
use crate::components::layout;
use crate::errors::Error;
use crate::extract::Asked;
use crate::session::{Sent, token_field};
use crate::site::{Shared, Site};

const VERSION: &str = "version";

pub(super) async fn show(site: &Site, session: &Session, asked: &Asked) -> Result<Html<String>, Error> {
    let (version, own) = organisation::own(&site.desk(), session.acting()).await.map_err(unknown)?;
    let form = Form::with([("fields", own.profile.fields.join("\n")), ("employer", own.profile.employer)]);
    Ok(page(version, &form, asked.get("saved").is_some()))
}

/// `POST /reviews`
pub(super) async fn send(State(site): State<Shared>, sent: Sent) -> Result<Response, Error> {
    let said = Describing { fields: sent.text("fields").to_owned(), employer: sent.text("employer").to_owned() };
    let version = sent.text(VERSION).parse().unwrap_or_default();
    match review::describe(&site.desk(), sent.session.acting(), version, &said).await {
        Ok(()) => Ok(go("/reviews?saved=1")),
        Err(ServiceError::Forbidden) => Err(Error::NoPage),
        Err(error) => {
            let (version, _) = organisation::own(&site.desk(), sent.session.acting()).await.map_err(unknown)?;
            let form = Form::again(sent.fields, error)?;
            Ok(form.answer(page(version, &form, false)))
        }
    }
}

fn page(version: i64, form: &Form, saved: bool) -> Html<String> {
    let main = html! {
        div.narrow {
            h1 { "专业领域和任职单位" }
            p.lead { "分配评审任务时，优先选择领域相符的专家，并回避任职单位参与的项目。情况变化的，请及时更新。" }
            @if saved { div.notice role="status" { p { "已保存。" } } }
            (form.summary(None))
            form method="post" action="/reviews" {
                (token_field())
                input type="hidden" name=(VERSION) value=(version);
                (area(form, "fields", "专业领域", Some("每行一项，按申报表中的行业名称填写，如“食品制造”。"), 5))
                (line(form, "employer", "任职单位", Some("填写全称；没有任职单位的填“无”。")))
                div.submit { button type="submit" { "保存" } }
            }
            p { a href="/desk" { "查看待评审的申报件" } }
        }
    };
    layout::page("专业领域和任职单位", &WAY[..1], main)
}
