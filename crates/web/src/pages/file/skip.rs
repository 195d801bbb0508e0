//! 不需要办理: a stage that the policy lets skip, with the reason.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use policy::spec::StageSpec;
use service::application;

use super::newer;
use super::opened::Opened;
use super::work::RECORD;
use crate::components::clause::cites;
use crate::components::form::{Form, area, go};
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::desk::Wished;
use crate::session::{self, Sent, Signed};
use crate::site::Shared;

/// `GET …/skip`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
    wished: Wished,
) -> Result<Response, Error> {
    let opened = Opened::load(&site, &session, &id, &wished).await?;
    let spec = opened.stage(&stage)?;
    if opened.handled(&stage, None).is_none() && !opened.conducts() {
        return Ok(newer::over(&opened, spec));
    }
    Ok(page(&opened, spec, &Form::default(), None).into_response())
}

/// `POST …/skip`
pub(super) async fn send(State(site): State<Shared>, Names(id, stage): Names, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let opened = Opened::load(&site, &sent.session, &id, &wished).await?;
    let (spec, version) = (opened.stage(&stage)?, sent.text(RECORD).parse().unwrap_or(0));
    let done = application::skip(&site.desk(), sent.session.acting(), &id, version, &stage, sent.text("note")).await;
    let Err(error) = done else { return Ok(go(&opened.done("skipped"))) };
    let form = Form::again(sent.fields, error)?;
    let newer = if form.is_conflict() { Some(newer::newer(&opened).await?) } else { None };
    Ok(form.answer(page(&opened, spec, &form, newer)))
}

fn page(opened: &Opened, stage: &StageSpec, form: &Form, newer: Option<Markup>) -> Html<String> {
    let title = format!("{}：不需要办理", stage.label);
    let body = html! {
        @if let Some(newer) = newer { (newer) } @else { (form.summary(Some(opened.pack()))) }
        h1 { (opened.about(&title)) }
        p.lead { (opened.procedure()) }
        p { (stage.does) " " (cites(opened.pack(), &stage.clause.joined())) }
        @if let Some(reading) = &stage.reading { p.hint { (reading) } }
        form method="post" action=(opened.act(&stage.id, "skip")) {
            (session::token_field())
            input type="hidden" name=(RECORD) value=(opened.view.version);
            (area(form, "note", "不需要办理的理由", Some("如已有报告、已在其他环节办理。"), 3))
            button type="submit" { "确认不需要办理" } " "
            a.button.second href=(opened.address()) { "返回申报件" }
        }
    };
    opened.page(&title, &body)
}
