//! 委托办理机构: which third party works on a stage.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use policy::spec::StageSpec;
use records::organisation::OrganisationKind as Kind;
use service::OrganisationRow;
use service::application;

use super::newer;
use super::opened::Opened;
use super::work::RECORD;
use crate::components::clause::cites;
use crate::components::field::message;
use crate::components::form::{Form, go};
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::desk::{Wished, organisation_options, third_parties};
use crate::session::{self, Sent, Signed};
use crate::site::Shared;

/// `GET …/assign`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
    wished: Wished,
) -> Result<Response, Error> {
    let opened = Opened::load(&site, &session, &id, &wished).await?;
    let spec = opened.stage(&stage)?;
    if !opened.conducts() || !opened.view.application.open_stages().any(|(open, _)| open == stage) {
        return Ok(newer::over(&opened, spec));
    }
    Ok(page(&opened, spec, &Form::default(), None).await?.into_response())
}

/// `POST …/assign`
pub(super) async fn send(State(site): State<Shared>, Names(id, stage): Names, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let opened = Opened::load(&site, &sent.session, &id, &wished).await?;
    if !opened.conducts() {
        return Err(Error::NoPage);
    }
    let (spec, version) = (opened.stage(&stage)?, sent.text(RECORD).parse().ok());
    let done = match sent.text("organisation") {
        "" => Err(crate::components::form::wrong("organisation", "请选择受托机构。")),
        organisation => application::assign(&site.desk(), sent.session.acting(), &id, version, &stage, organisation).await,
    };
    let Err(error) = done else { return Ok(go(&opened.done("assigned"))) };
    let form = Form::again(sent.fields, error)?;
    let newer = if form.is_conflict() { Some(newer::newer(&opened).await?) } else { None };
    Ok(form.answer(page(&opened, spec, &form, newer).await?))
}

/// The organisations of the kind that acts in a stage.
async fn candidates(opened: &Opened<'_>, stage: &StageSpec) -> Result<Vec<OrganisationRow>, Error> {
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| kind.actor() == Some(stage.actor)).collect();
    third_parties(opened.site, opened.session, &kinds).await
}

async fn page(opened: &Opened<'_>, stage: &StageSpec, form: &Form, newer: Option<Markup>) -> Result<Html<String>, Error> {
    let all = candidates(opened, stage).await?;
    let (title, error) = (format!("{}：委托办理机构", stage.label), form.typed.error("organisation"));
    let body = html! {
        @if let Some(newer) = newer { (newer) } @else { (form.summary(Some(opened.pack()))) }
        h1 { (opened.about(&title)) }
        p.lead { (opened.procedure()) }
        p { (stage.does) " " (cites(opened.pack(), &stage.clause.joined())) }
        @if let Some(name) = opened.view.assigned.get(&stage.id) { p { "目前受托机构：" (name) "。重新委托后，原机构不能再办理本件。" } }
        @if all.is_empty() { div.notice { p { "平台上没有可以委托的" (stage.actor.label()) "，请联系平台管理登记。" } } }
        form method="post" action=(opened.act(&stage.id, "assign")) {
            (session::token_field())
            input type="hidden" name=(RECORD) value=(opened.view.version);
            div.field.wrong[error.is_some()] {
                label for="organisation" { "受托机构" }
                p.hint { "本件的当事人和已声明有利益关系的机构不能选用。" }
                (message("organisation", error))
                select #organisation name="organisation" { (organisation_options(&all, form.typed.text("organisation"))) }
            }
            button type="submit" { "委托" } " "
            a.button.second href=(opened.address()) { "返回申报件" }
        }
    };
    Ok(opened.page(&title, &body))
}
