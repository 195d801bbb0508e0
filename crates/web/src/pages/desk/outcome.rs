//! What became of each of many files.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use records::application::Official;
use service::application::{self, ManyOutcome, Wanted};
use service::identity::Session;
use service::{ApplicationRow, Page, ServiceError};

use super::bulk::number;
use super::filters::{Filters, Wished};
use super::{inbox, tabs};
use crate::components::layout;
use crate::errors::Error;
use crate::forms::FieldError;
use crate::session::Sent;
use crate::site::{Shared, Site};

/// `POST /desk/bulk`
pub(super) async fn send(State(site): State<Shared>, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let names = names(&site, &sent.session).await?;
    let mut outcomes = Vec::new();
    for (stage, ids) in by_stage(&sent.all("pick")) {
        outcomes.extend(done(&site, &sent, &stage, &ids).await?);
    }
    Ok(page(&sent, &Filters::of(&wished.0), &outcomes, &names).into_response())
}

async fn done(site: &Site, sent: &Sent, stage: &str, ids: &[String]) -> Result<Vec<ManyOutcome>, ServiceError> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    if sent.text("do") != "assign" {
        let official = Official { note: sent.text("note").to_owned(), ..Official::default() };
        return application::approve_many(&desk, acting, ids, stage, &official).await;
    }
    if sent.text("organisation").is_empty() {
        let unsaid = |id: &String| ManyOutcome { application: id.clone(), refused: Some("请先选择委托办理机构。".to_owned()) };
        return Ok(ids.iter().map(unsaid).collect());
    }
    application::assign_many(&desk, acting, ids, stage, sent.text("organisation")).await
}

/// The chosen files of each stage.
fn by_stage(picks: &[String]) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, stage) in picks.iter().filter_map(|pick| pick.split_once(' ')) {
        all.entry(stage.to_owned()).or_default().push(file.to_owned());
    }
    all
}

/// The names of the files in the inbox, before anything is done to them.
async fn names(site: &Site, session: &Session) -> Result<BTreeMap<String, ApplicationRow>, Error> {
    let inbox = application::inbox(&site.desk(), session.acting(), &Wanted::default(), Page::first(Page::SIZE_MAX)).await?;
    Ok(inbox.rows.into_iter().map(|item| (item.application.id.clone(), item.application)).collect())
}

fn page(sent: &Sent, filters: &Filters, outcomes: &[ManyOutcome], names: &BTreeMap<String, ApplicationRow>) -> Html<String> {
    let verb = if sent.text("do") == "assign" { "已委托" } else { "已通过" };
    let refused = outcomes.iter().filter(|one| one.refused.is_some()).count();
    let errors: Vec<FieldError> =
        outcomes.is_empty().then(|| FieldError::new("", "没有选择申报件，请返回待办勾选后再办理。")).into_iter().collect();
    let body = html! {
        (layout::error_summary(&errors))
        @if !outcomes.is_empty() {
            div.notice.bad[refused > 0] role="status" {
                p { (verb) (outcomes.len() - refused) "件" @if refused > 0 { "，" (refused) "件没有办理，原因见下表" } "。" }
            }
            (layout::wide("办理结果", &table(outcomes, names, verb)))
        }
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
