//! What became of each of many files.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use records::application::Official;
use service::application::{self, ManyOutcome, Wanted};
use service::identity::Session;
use service::{ApplicationRow, InboxItem, Page, ServiceError};

use super::bulk::{self, Again, Does, number};
use super::filters::{Filters, Wished};
use super::{confirm, inbox, tabs};
use crate::components::{layout, said};
use crate::errors::Error;
use crate::forms::FieldError;
use crate::session::Sent;
use crate::site::{Shared, Site};

/// `POST /desk/bulk`: what is missing is asked for on the page it came from; approvals are confirmed first.
pub(super) async fn send(State(site): State<Shared>, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let errors = missing(&sent);
    if !errors.is_empty() {
        let text = |name: &str| sent.text(name).to_owned();
        let again = Again { errors, picks: sent.all("pick"), note: text("note"), organisation: text("organisation") };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, inbox::page(&site, &sent.session, &wished, again).await?).into_response());
    }
    let (waiting, filters) = (waiting(&site, &sent.session).await?, Filters::of(&wished.0));
    if asked(&sent) == Does::Approve && sent.text("confirmed").is_empty() {
        return Ok(confirm::page(&sent, &filters, &waiting).into_response());
    }
    let mut outcomes = Vec::new();
    for (stage, ids) in by_stage(&sent.all("pick")) {
        let (other, own): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| is_other(&site, &sent, &waiting, id, &stage));
        outcomes
            .extend(other.into_iter().map(|id| ManyOutcome { application: id, refused: Some(instead(&site, &sent, &waiting, &stage)) }));
        outcomes.extend(done(&site, &sent, &stage, &own).await?);
    }
    let names = waiting.into_iter().map(|item| (item.application.id.clone(), item.application)).collect();
    Ok(page(&sent, &filters, &outcomes, &names).into_response())
}

fn asked(sent: &Sent) -> Does {
    if sent.text("do") == "assign" { Does::Assign } else { Does::Approve }
}

fn missing(sent: &Sent) -> Vec<FieldError> {
    let wrong = [
        (sent.all("pick").is_empty(), "", "请先勾选申报件。"),
        (asked(sent) == Does::Assign && sent.text("organisation").is_empty(), "bulk-organisation", "请选择委托办理机构。"),
    ];
    wrong.into_iter().filter(|(is, ..)| *is).map(|(_, path, message)| FieldError::new(path, message)).collect()
}

/// Whether what is asked is not what is to be done with this row.
fn is_other(site: &Site, sent: &Sent, waiting: &[InboxItem], id: &str, stage: &str) -> bool {
    let item = waiting.iter().find(|item| item.application.id == id && item.task.stage == stage);
    item.and_then(|item| bulk::does(site, &sent.session, item)).is_some_and(|does| does != asked(sent))
}

/// What is to be done instead.
fn instead(site: &Site, sent: &Sent, waiting: &[InboxItem], stage: &str) -> String {
    let item = waiting.iter().find(|item| item.task.stage == stage);
    let label =
        item.map_or(String::new(), |item| said::stage(site.library(), &item.application.programme, &item.application.pack_version, stage));
    match asked(sent) {
        Does::Approve => format!("该件在“{label}”环节待委托，请选择机构后点“委托所选”。"),
        Does::Assign => format!("该件在“{label}”环节待本单位审核，请点“通过所选”。"),
    }
}

async fn done(site: &Site, sent: &Sent, stage: &str, ids: &[String]) -> Result<Vec<ManyOutcome>, ServiceError> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    match asked(sent) {
        Does::Approve => {
            let official = Official { note: sent.text("note").to_owned(), ..Official::default() };
            application::approve_many(&desk, acting, ids, stage, &official).await
        }
        Does::Assign => application::assign_many(&desk, acting, ids, stage, sent.text("organisation")).await,
    }
}

/// The chosen files of each stage.
fn by_stage(picks: &[String]) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, stage) in picks.iter().filter_map(|pick| pick.split_once(' ')) {
        all.entry(stage.to_owned()).or_default().push(file.to_owned());
    }
    all
}

/// The inbox, before anything is done.
async fn waiting(site: &Site, session: &Session) -> Result<Vec<InboxItem>, Error> {
    Ok(application::inbox(&site.desk(), session.acting(), &Wanted::default(), Page::first(Page::SIZE_MAX)).await?.rows)
}

fn page(sent: &Sent, filters: &Filters, outcomes: &[ManyOutcome], names: &BTreeMap<String, ApplicationRow>) -> Html<String> {
    let verb = if asked(sent) == Does::Assign { "已委托" } else { "已通过" };
    let refused = outcomes.iter().filter(|one| one.refused.is_some()).count();
    let body = html! {
        div.notice.bad[refused > 0] role="status" {
            p { (verb) (outcomes.len() - refused) "件" @if refused > 0 { "，" (refused) "件没有办理，原因见下表" } "。" }
        }
        (layout::wide("办理结果", &table(outcomes, names, verb)))
        p { a.button href=(format!("/desk?{}", filters.query())) { "返回待办" } }
    };
    tabs::page_in(&sent.session, "批量办理结果", None, &body)
}

fn table(outcomes: &[ManyOutcome], names: &BTreeMap<String, ApplicationRow>, verb: &str) -> Markup {
    let name = |id: &str| names.get(id).map_or(id.to_owned(), |row| row.applicant_name.clone());
    html! {
        table.list.stack.tight {
            caption { "逐件结果" }
            thead { tr { th scope="col" { "申报单位" } th scope="col" { "受理编号" } th scope="col" { "结果" } } }
            tbody {
                @for one in outcomes {
                    tr {
                        th scope="row" { a href=(inbox::address(&one.application, &Filters::default())) { (name(&one.application)) } }
                        td data-label="受理编号" { @if let Some(row) = names.get(&one.application) { (number(row)) } }
                        td data-label="结果" {
                            @match &one.refused {
                                None => span.tag.good { (verb) },
                                Some(why) => { span.tag.bad { "未办理" } " " (why) },
                            }
                        }
                    }
                }
            }
        }
    }
}
