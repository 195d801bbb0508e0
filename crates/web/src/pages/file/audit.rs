//! 核定投入: facts of every row, and amounts that may be set lower than the rules compute, with a reason.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use policy::evaluate::Evaluation;
use policy::pack::{Value, Work};
use policy::spec::StageSpec;
use records::answers::Answers;
use service::application::{self, Audit};

use super::handed::Handed;
use super::opened::Opened;
use super::work::{Working, handled};
use super::{beside, shortcut, view};
use crate::components::clause::cites;
use crate::components::field::{id, message};
use crate::components::form::go;
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::desk::Wished;
use crate::session::Signed;
use crate::site::Shared;

fn path(value: &str) -> String {
    format!("lower.{value}")
}

fn reason_path(value: &str) -> String {
    format!("lower.{value}.reason")
}

/// Where the lower amounts of a stage stand.
pub(super) fn paths(stage: &StageSpec) -> impl Iterator<Item = String> {
    stage.lowers.iter().flat_map(|value| [path(value.as_str()), reason_path(value.as_str())])
}

fn lower(stage: &StageSpec, typed: &Answers) -> BTreeMap<String, (String, String)> {
    let one = |value: &str| (value.to_owned(), (typed.text(&path(value)).to_owned(), typed.text(&reason_path(value)).to_owned()));
    stage.lowers.iter().map(|value| one(value.as_str())).collect()
}

/// `GET …/audit`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
    wished: Wished,
) -> Result<Response, Error> {
    let opened = Opened::load(&site, &session, &id, &wished).await?;
    match handled(&opened, &stage, Work::Audit)? {
        Ok(spec) => {
            let filled = wished.get("filled").map(str::to_owned);
            Ok(page(&Working { filled, ..Working::load(&opened, spec).await? }).await?.into_response())
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// `POST …/audit`
pub(super) async fn send(State(site): State<Shared>, Names(id, stage): Names, wished: Wished, handed: Handed) -> Result<Response, Error> {
    let opened = Opened::load(&site, &handed.session, &id, &wished).await?;
    let spec = opened.worked_on(&stage)?;
    if opened.handled(&stage, Some(Work::Audit)).is_none() {
        return beside::lost(&opened, spec, &handed).await;
    }
    let mut working = Working::sent(&opened, spec, &handed).await?;
    let filled = working.filled_by(handed.text("do"));
    let done = match handed.text("do") == "finish" && !working.has_errors() {
        true => {
            let audit = Audit { official: working.official(), lower: lower(spec, &working.typed) };
            application::audit(&site.desk(), handed.session.acting(), &id, handed.record(), &stage, audit).await.map(|()| true)
        }
        false => working.save().await.map(|_| false),
    };
    match done {
        Ok(true) => Ok(go(&opened.done("audited"))),
        Ok(false) if working.has_errors() => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&working).await?).into_response()),
        Ok(false) => Ok(go(&shortcut::or(filled, &opened, &stage, Work::Audit))),
        Err(error) => {
            let (status, working) = working.again(error).await?;
            Ok((status, page(&working).await?).into_response())
        }
    }
}

async fn page(working: &Working<'_>) -> Result<Html<String>, Error> {
    let (opened, stage) = (working.opened, working.stage);
    let papers = view::papers(opened).await?;
    let buttons = html! { button type="submit" name="do" value="finish" { "提交核定结果" } };
    let body = html! {
        h1 { (opened.about(&stage.label)) }
        p.lead { (stage.does) " " (cites(opened.pack(), &stage.clause.joined())) }
        div.beside {
            div { (working.form("audit", &lowers(working), &buttons)) }
            (beside::beside(working, &papers))
        }
    };
    Ok(opened.page(&stage.label, &body))
}

/// Values that may be set lower, each beside what the rules compute from the saved answers.
fn lowers(working: &Working) -> Markup {
    let pack = working.opened.pack();
    let values: Vec<&Value> = working.stage.lowers.iter().filter_map(|value| pack.value(value.as_str())).collect();
    let facts = working.case().draft.facts();
    let evaluation = Evaluation::new(pack, &facts);
    html! {
        @if !values.is_empty() {
            section aria-labelledby="lowers" {
                h2 #lowers { "核定金额调整" }
                p.hint { "系统按规则计算的金额为上限，只能调低，并须写明理由；不调整的不填。" }
                @for value in values { (one(working, value, &computed(&evaluation, value))) }
            }
        }
    }
}

/// What the rules compute; nothing counts before it was recognised.
fn computed(evaluation: &Evaluation, value: &Value) -> String {
    match evaluation.get(value.reg) {
        Some(0) if evaluation.say().awaits(value.reg) => "待逐项核实后计算".to_owned(),
        Some(fen) => policy::say::money(fen),
        None => "尚不能计算".to_owned(),
    }
}

fn one(working: &Working, value: &Value, computed: &str) -> Markup {
    let (amount, reason) = (path(&value.id), reason_path(&value.id));
    let (wrong, unsaid) = (working.error(&amount), working.error(&reason));
    html! {
        fieldset.question {
            legend { (value.label) }
            p { "按规则计算：" strong { (computed) } " " (cites(working.opened.pack(), &value.clause)) }
            div.field.wrong[wrong.is_some()] {
                label for=(id(&amount)) { "调整为" span.hidden { "（元）" } }
                (message(&id(&amount), wrong))
                div.with-unit {
                    input.number #(id(&amount)) name=(amount) type="text" inputmode="decimal" autocomplete="off" value=(working.typed.text(&amount))
                        aria-invalid=[wrong.map(|_| "true")];
                    span.unit aria-hidden="true" { "元" }
                }
            }
            div.field.wrong[unsaid.is_some()] {
                label for=(id(&reason)) { "调整理由" }
                (message(&id(&reason), unsaid))
                textarea #(id(&reason)) name=(reason) rows="2" aria-invalid=[unsaid.map(|_| "true")] { "\n" (working.typed.text(&reason)) }
            }
        }
    }
}
