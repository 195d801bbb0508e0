//! 不予通过: what the rules and the officials found, each with its clause, and reasons of one's own.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use policy::granted::refusals;
use policy::outcome::{Finding as Found, FindingStatus};
use policy::pack::Work;
use policy::reason::Reason;
use policy::spec::StageSpec;
use records::application::{Finding, Judgement};
use records::{FieldError, Refusal};
use service::application;
use std::collections::BTreeMap;

use super::opened::Opened;
use super::points::{clauses, targets};
use super::work::{RECORD, handled};
use super::{judge, newer};
use crate::components::clause::cites;
use crate::components::entry::select;
use crate::components::form::{Form, area, go};
use crate::errors::Error;
use crate::extract::Names;
use crate::pages::desk::Wished;
use crate::session::{self, Sent, Signed};
use crate::site::Shared;

/// `GET …/refuse`
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
    wished: Wished,
) -> Result<Response, Error> {
    let opened = Opened::load(&site, &session, &id, &wished).await?;
    match handled(&opened, &stage, Work::Check)? {
        Ok(spec) => {
            let judged = judged(&opened, spec).await?;
            let found = failed(&opened).iter().map(|finding| ("finding", finding.condition.clone())).collect::<Vec<_>>();
            Ok(page(&opened, spec, &Form::with(found), &judged, None).into_response())
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// What the official judged so far, as it was saved.
async fn judged(opened: &Opened<'_>, stage: &StageSpec) -> Result<BTreeMap<String, Judgement>, Error> {
    let (_, typed) = application::official_draft(&opened.site.desk(), opened.session.acting(), opened.id(), &stage.id).await?;
    Ok(judge::judgements(stage, &typed))
}

/// `POST …/refuse`
pub(super) async fn send(State(site): State<Shared>, Names(id, stage): Names, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let opened = Opened::load(&site, &sent.session, &id, &wished).await?;
    let spec = opened.worked_on(&stage)?;
    let judgements = judged(&opened, spec).await?;
    let version = sent.text(RECORD).parse().unwrap_or(0);
    let done = match read(&opened, &sent) {
        Ok(findings) => application::refuse(&site.desk(), sent.session.acting(), &id, version, &stage, findings, judgements.clone()).await,
        Err(error) => Err(Refusal::fields(vec![error]).into()),
    };
    let Err(error) = done else { return Ok(go(&opened.done("refused"))) };
    let form = Form::again(sent.fields, error)?;
    let newer = if form.is_conflict() { Some(newer::newer(&opened).await?) } else { None };
    Ok(form.answer(page(&opened, spec, &form, &judgements, newer)))
}

/// The findings ticked, and the reason typed.
fn read(opened: &Opened, sent: &Sent) -> Result<Vec<Finding>, FieldError> {
    let ticked = sent.all("finding");
    let mut findings: Vec<Finding> = failed(opened).into_iter().filter(|found| ticked.contains(&found.condition)).collect();
    let (reason, clause) = (sent.text("reason").trim(), sent.text("clause"));
    match (reason.is_empty(), clause.is_empty()) {
        (true, _) => {}
        (false, true) => return Err(FieldError::new("clause", "请选择所写理由依据的条款。")),
        (false, false) => findings.push(Finding { condition: String::new(), message: reason.to_owned(), clause: clause.to_owned() }),
    }
    Ok(findings)
}

fn said(found: &Found) -> String {
    match found.reasons.text.as_str() {
        "" => format!("不符合“{}”。", found.label),
        text => format!("不符合“{}”：{}", found.label, text),
    }
}

/// Conditions that the rules found not to be met, and what else refuses the money.
fn failed(opened: &Opened) -> Vec<Finding> {
    let Some(outcome) = &opened.view.outcome else { return Vec::new() };
    let open = |found: &&Found| found.status == FindingStatus::Failed && !opened.view.application.judgements.contains_key(&found.id);
    let one = |found: &Found| Finding { condition: found.id.clone(), message: said(found), clause: found.clause.clone() };
    let other = |reason: &Reason| Finding { condition: reason.id.clone(), message: reason.text.clone(), clause: reason.clause.clone() };
    let others = refusals(opened.pack(), outcome).into_iter().map(other);
    outcome.findings.iter().filter(open).map(one).chain(others).collect()
}

fn page(opened: &Opened, stage: &StageSpec, form: &Form, judged: &BTreeMap<String, Judgement>, newer: Option<Markup>) -> Html<String> {
    let clauses = clauses(opened, stage, &targets(opened)).into_iter().map(|(id, words)| (String::new(), id, words));
    let clauses: Vec<_> = clauses.collect();
    let body = html! {
        @if let Some(newer) = newer { (newer) } @else { (form.summary(Some(opened.pack()))) }
        h1 { (opened.about("不予通过")) }
        p.lead { (opened.procedure()) "，" (stage.label) }
        div.notice { p { "不予通过后本申报件办结，理由和依据会通知申报单位。材料不齐或者可以补正的，请选择退回补正。" } }
        form method="post" action=(opened.act(&stage.id, "refuse")) {
            (session::token_field())
            input type="hidden" name=(RECORD) value=(opened.view.version);
            div #findings tabindex="-1" {
                (found(opened, form))
                (judgements(opened, judged))
            }
            h2 { "其他理由" }
            (area(form, "reason", "理由", Some("写明事实；没有其他理由的不填。"), 3))
            (select(&form.typed, "clause", "依据", None, &clauses))
            div.decide {
                button type="submit" { "作出不予通过的结论" }
                a.button.second href=(opened.act(&stage.id, "check")) { "返回审核" }
            }
        }
    };
    opened.page("不予通过", &body)
}

fn found(opened: &Opened, form: &Form) -> Markup {
    let failed = failed(opened);
    html! {
        @if !failed.is_empty() {
            fieldset {
                legend { "系统核查不符合的条件" }
                @for finding in &failed {
                    @let own = format!("finding-{}", finding.condition);
                    div.option {
                        input #(own) type="checkbox" name="finding" value=(finding.condition) checked[form.typed.ticked("finding", &finding.condition)];
                        label for=(own) { (finding.message) " " (cites(opened.pack(), &finding.clause)) }
                    }
                }
            }
        }
    }
}

/// What was judged not to hold goes into the reasons by itself.
fn judgements(opened: &Opened, judged: &BTreeMap<String, Judgement>) -> Markup {
    let broken: Vec<_> = judged.iter().filter(|(_, judgement)| !judgement.holds).collect();
    let label = |id: &str| opened.pack().conditions.iter().find(|condition| condition.id == id);
    html! {
        @if !broken.is_empty() {
            h2 { "人工核实不符合的条件" }
            p.hint { "已在审核中填写，随本结论一并作为理由。" }
            ul {
                @for (id, judgement) in broken {
                    @if let Some(condition) = label(id) { li { (condition.label) "：" (judgement.note) " " (cites(opened.pack(), &condition.clause)) } }
                }
            }
        }
    }
}
