//! The same done to many files at once, with an outcome for each.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use policy::pack::Work;
use policy::spec::StageSpec;
use records::application::Official;
use records::organisation::OrganisationKind as Kind;
use service::application::{self, ManyOutcome, Wanted};
use service::identity::Session;
use service::{ApplicationRow, InboxItem, OrganisationRow, Page, ServiceError};

use super::filters::{Filters, Wished};
use super::{inbox, tabs};
use crate::components::layout;
use crate::errors::Error;
use crate::forms::FieldError;
use crate::session::Sent;
use crate::site::{Shared, Site};

/// What may be done with the rows of a page.
pub(super) struct Bulk {
    /// By application and stage.
    rows: BTreeMap<(String, String), Does>,
    third_parties: Vec<OrganisationRow>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    Approve,
    Assign,
}

impl Bulk {
    /// What may be done with these rows.
    pub(super) async fn of(site: &Site, session: &Session, items: &[InboxItem]) -> Result<Self, Error> {
        let does = |item: &InboxItem| Some(((item.task.application.clone(), item.task.stage.clone()), does(site, session, item)?));
        let rows: BTreeMap<_, _> = items.iter().filter_map(does).collect();
        let assigns = rows.values().any(|does| *does == Does::Assign);
        let third_parties = if assigns { third_parties(site, session, &[Kind::Evaluator, Kind::Auditor]).await? } else { Vec::new() };
        Ok(Self { rows, third_parties })
    }

    /// Whether there is anything to choose.
    pub(super) fn offers(&self) -> bool {
        !self.rows.is_empty()
    }

    /// The check box of a row; a row that must be looked at by itself says so.
    pub(super) fn pick(&self, item: &InboxItem, all: bool) -> Markup {
        let (file, stage) = (&item.task.application, &item.task.stage);
        let id = format!("pick-{file}-{stage}");
        html! {
            @if self.rows.contains_key(&(file.clone(), stage.clone())) {
                div.option.alone {
                    input #(id) type="checkbox" name="pick" value=(format!("{file} {stage}")) checked[all];
                    label for=(id) { span.hidden { "选择" (item.application.applicant_name) } }
                }
            } @else { span.quiet { "逐件办理" } }
        }
    }

    /// What is done with what was chosen.
    pub(super) fn bar(&self, filters: &Filters, page: Page) -> Markup {
        let offers = |does: Does| self.rows.values().any(|known| *known == does);
        html! {
            div.decide role="group" aria-label="批量办理" {
                a href=(format!("/desk?{}&page={}&pick=all", filters.query(), page.number)) { "选中本页可批量办理的" (self.rows.len()) "件" }
                @if offers(Does::Approve) {
                    div.with-note {
                        label for="bulk-note" { "审核意见（选填）" }
                        input #bulk-note name="note" type="text" maxlength="500" autocomplete="off";
                        button type="submit" name="do" value="approve" { "通过所选" }
                    }
                }
                @if offers(Does::Assign) {
                    div.with-note {
                        label for="bulk-organisation" { "委托办理机构" }
                        select #bulk-organisation name="organisation" { (options(&self.third_parties, "")) }
                        button type="submit" name="do" value="assign" { "委托所选" }
                    }
                }
            }
        }
    }
}

/// What may be done with a task without looking at it by itself: a check that asks for nothing, an assignment.
fn does(site: &Site, session: &Session, item: &InboxItem) -> Option<Does> {
    let file = &item.application;
    let stage = site.library().version(&file.programme, &file.pack_version)?.stage(&item.task.stage)?;
    match Some(stage.actor) == session.acting().kind.actor() {
        true => (stage.work == Some(Work::Check) && asks_nothing(stage)).then_some(Does::Approve),
        false => Some(Does::Assign),
    }
}

fn asks_nothing(stage: &StageSpec) -> bool {
    stage.asks.is_empty() && stage.judges.is_empty() && stage.forms.is_empty() && stage.materials.is_empty()
}

/// Organisations of these kinds that stages may be assigned to.
pub(crate) async fn third_parties(site: &Site, session: &Session, kinds: &[Kind]) -> Result<Vec<OrganisationRow>, Error> {
    let mut all = Vec::new();
    for kind in kinds {
        all.extend(application::assignable(&site.desk(), session.acting(), *kind).await?);
    }
    Ok(all)
}

/// The options of a list of organisations, by kind.
pub(crate) fn options(all: &[OrganisationRow], chosen: &str) -> Markup {
    html! {
        option value="" { "请选择" }
        @for kind in all.chunk_by(|one, other| one.kind == other.kind) {
            optgroup label=(Kind::parse(&kind[0].kind).map_or("", Kind::label)) {
                @for one in kind { option value=(one.id) selected[one.id == chosen] { (one.name) } }
            }
        }
    }
}

/// A file's number; none before it was handed in.
pub(super) fn number(file: &ApplicationRow) -> Markup {
    html! { @if file.number.is_empty() { span.quiet { "未编号" } } @else { (file.number) } }
}

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
