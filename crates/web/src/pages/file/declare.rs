//! 利益关系声明: before a third party works on a file.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use policy::spec::StageSpec;
use service::application;

use super::newer;
use super::opened::Opened;
use super::work::RECORD;
use crate::components::entry::ticks;
use crate::components::form::{Form, area, go, wrong};
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::desk::Wished;
use crate::session::{self, Sent, Signed};
use crate::site::Shared;

/// `GET …/declare`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
    wished: Wished,
) -> Result<Response, Error> {
    let opened = Opened::load(&site, &session, &id, &wished).await?;
    let spec = opened.stage(&stage)?;
    if opened.handled(&stage, None).is_none() {
        return Ok(newer::over(&opened, spec));
    }
    Ok(page(&opened, spec, &Form::default(), None).into_response())
}

/// `POST …/declare`; whoever has an interest has no more to do with the file.
pub(super) async fn send(State(site): State<Shared>, Names(id, stage): Names, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let opened = Opened::load(&site, &sent.session, &id, &wished).await?;
    let (spec, version) = (opened.worked_on(&stage)?, sent.text(RECORD).parse().unwrap_or(0));
    let conflict = sent.text("conflict") == "yes";
    let done = match sent.text("conflict") {
        "yes" | "no" => application::declare(&site.desk(), sent.session.acting(), &id, version, &stage, conflict, sent.text("note")).await,
        _ => Err(wrong("conflict", "请声明与本项目有无利益关系。")),
    };
    let Err(error) = done else { return Ok(if conflict { left(spec).into_response() } else { go(&opened.done("declared")) }) };
    let form = Form::again(sent.fields, error)?;
    let newer = if form.is_conflict() { Some(newer::newer(&opened).await?) } else { None };
    Ok(form.answer(page(&opened, spec, &form, newer)))
}

fn left(stage: &StageSpec) -> Html<String> {
    let body = html! {
        h1 { "已声明回避" }
        div.notice role="status" { p { "已记录您的声明，本件的“" (stage.label) "”不再由本单位办理，主管部门将另行委托。" } }
        p { a.button href="/desk" { "返回待办" } }
    };
    crate::components::layout::page("已声明回避", &[("待办", "/desk")], html! { div.desk { (body) } })
}

fn page(opened: &Opened, stage: &StageSpec, form: &Form, newer: Option<Markup>) -> Html<String> {
    let options = [("no", "无利益关系", ""), ("yes", "有利益关系", "声明后本件由其他机构办理")];
    let body = html! {
        @if let Some(newer) = newer { (newer) } @else { (form.summary(Some(opened.pack()))) }
        h1 { (opened.about("利益关系声明")) }
        p.lead { (opened.procedure()) "，" (stage.label) }
        p { "申报单位：" (opened.view.applicant.name) @if let Some(provider) = &opened.view.provider { "；服务商：" (provider.name) } "。" }
        p { "利益关系包括：本人或者近亲属在上述单位任职、持股，近三年有服务、合作或者借贷关系，以及其他可能影响公正办理的情形。" }
        form method="post" action=(opened.act(&stage.id, "declare")) {
            (session::token_field())
            input type="hidden" name=(RECORD) value=(opened.view.version);
            (ticks(&form.typed, "conflict", "本人与上述单位", false, &options))
            (area(form, "note", "说明", Some("有利益关系的必须写明，如任职、持股、近亲属、服务关系。"), 3))
            button type="submit" { "提交声明" } " "
            a.button.second href=(opened.address()) { "返回申报件" }
        }
    };
    opened.page("利益关系声明", &body)
}
