//! 待办: what waits for the person's organisation, grouped by what is to be done, the next due first.

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use records::account::Role;
use records::organisation::OrganisationKind;
use service::application::{self, Wanted};
use service::identity::Session;
use service::payment::{self, WaitingLists};
use service::{InboxItem, Listed, Page};
use standards::Date;

use super::bulk::{self, Again, Bulk};
use super::filters::{Filters, Wished};
use super::narrowing::{self, By};
use super::{due, payment_lists, tabs};
use crate::components::{layout, pages, said};
use crate::errors::Error;
use crate::pages::{download, imports};
use crate::session::{self, Signed};
use crate::site::{Shared, Site};

/// `GET /desk`
pub(super) async fn show(State(site): State<Shared>, Signed { session, .. }: Signed, wished: Wished) -> Result<Response, Error> {
    if let Some(address) = tabs::instead(&session, "/desk") {
        return Ok(Redirect::to(address).into_response());
    }
    Ok(page(&site, &session, &wished, Again::default()).await?.into_response())
}

/// The page; again with what was sent from it and not carried out.
pub(super) async fn page(site: &Site, session: &Session, wished: &Wished, again: Again) -> Result<Html<String>, Error> {
    let inbox = Inbox { again, ..Inbox::load(site, session, wished).await? };
    Ok(tabs::page(session, "/desk", &inbox.view()))
}

/// The inbox as it is shown.
struct Inbox<'a> {
    site: &'a Site,
    session: &'a Session,
    filters: Filters,
    page: Page,
    listed: Listed<InboxItem>,
    overdue: i64,
    bulk: Option<Bulk>,
    lists: WaitingLists,
    all: bool,
    again: Again,
}

impl<'a> Inbox<'a> {
    async fn load(site: &'a Site, session: &'a Session, wished: &Wished) -> Result<Self, Error> {
        let (filters, page) = (Filters::of(&wished.0), pages::asked(wished.get("page")));
        let listed = application::inbox(&site.desk(), session.acting(), &filters.wanted(), page).await?;
        let late = Wanted { overdue: true, ..Wanted::default() };
        let overdue = application::inbox(&site.desk(), session.acting(), &late, Page::first(1)).await?.total;
        let bulk = match session.acting().is(Role::Handler) {
            true => Some(Bulk::of(site, session, &listed.rows).await?),
            false => None,
        };
        let lists = match session.acting().kind == OrganisationKind::FinanceBureau {
            true => payment::waiting_lists(&site.desk(), session.acting()).await?,
            false => WaitingLists::default(),
        };
        Ok(Self {
            site,
            session,
            filters,
            page,
            listed,
            overdue,
            bulk,
            lists,
            all: wished.get("pick") == Some("all"),
            again: Again::default(),
        })
    }

    fn view(&self) -> Markup {
        let query = self.filters.query();
        html! {
            (layout::error_summary(&self.again.errors))
            (payment_lists::to_approve(&self.lists.to_approve))
            (self.summary())
            (narrowing::set(self.site.library(), self.session, "/desk", &self.filters, ""))
            details.narrowing {
                summary { "筛选" }
                (narrowing::form(self.site.library(), self.session, "/desk", &self.filters, By::Tasks, &html! {}))
            }
            @if self.listed.rows.is_empty() { p { @if self.filters.is_empty() { "目前没有待办。" } @else { "没有符合条件的待办。" } } }
            @else if self.bulk.as_ref().is_some_and(Bulk::offers) {
                form.bulk method="post" action=(format!("/desk/bulk?{query}&page={}", self.page.number)) {
                    (session::token_field())
                    (self.groups())
                    @if let Some(bulk) = &self.bulk { (bulk.bar(&self.filters, self.page, &self.again)) }
                }
            } @else { (self.groups()) }
            (pages::turn(self.page, self.listed.total, &format!("/desk?{query}&")))
            @if !self.listed.rows.is_empty() { (download::link(&format!("/desk/inbox.xlsx?{query}"))) }
        }
    }

    fn summary(&self) -> Markup {
        html! {
            p.lead {
                "共" (self.listed.total) "项待办"
                @if let Ok(day) = Date::parse(self.filters.get("due_on")) { "，期限为" (day.chinese()) }
                @if self.overdue > 0 && self.filters.get("overdue").is_empty() { "；" a href="/desk?overdue=1" { "已逾期" (self.overdue) "件" } }
            }
        }
    }

    /// Groups in the order of their most urgent task.
    fn groups(&self) -> Markup {
        let rows = &self.listed.rows;
        let mut titles: Vec<&str> = Vec::new();
        for item in rows {
            if !titles.contains(&item.task.title.as_str()) {
                titles.push(&item.task.title);
            }
        }
        html! {
            @for (at, title) in titles.iter().enumerate() {
                @let items: Vec<&InboxItem> = rows.iter().filter(|item| item.task.title == *title).collect();
                section aria-labelledby=(format!("group-{at}")) {
                    h2 id=(format!("group-{at}")) { (title) span.quiet { "　本页" (items.len()) "件" } }
                    (self.workbooks(&items))
                    (layout::wide(title, &self.table(title, &items)))
                }
            }
        }
    }

    /// For each stage of a group whose answers may be taken from one workbook for all its files, the way there.
    fn workbooks(&self, items: &[&InboxItem]) -> Markup {
        let mut stages: Vec<(&str, &str)> = items.iter().map(|item| (item.task.programme.as_str(), item.task.stage.as_str())).collect();
        stages.sort_unstable();
        stages.dedup();
        let packs = stages.into_iter().filter_map(|(programme, stage)| Some((self.site.library().pack(programme)?.clone(), stage)));
        let acting = self.session.acting();
        html! { @for (pack, stage) in packs { @if let Some(stage) = pack.stage(stage) { (imports::many_link(&pack, stage, acting)) } } }
    }

    fn table(&self, title: &str, items: &[&InboxItem]) -> Markup {
        let picks = self.bulk.as_ref().is_some_and(Bulk::offers);
        let due = items.iter().any(|item| item.task.due_at_ms.is_some());
        html! {
            table.list.stack.tight.brief {
                caption.hidden { (title) }
                thead {
                    tr {
                        @if picks { th scope="col" { span.hidden { "选择" } } }
                        th scope="col" { "申报单位" } th scope="col" { "受理编号" } th scope="col" { "事项" }
                        th scope="col" { "所在地" } @if due { th scope="col" { "期限" } } th scope="col" { "等待时间" }
                    }
                }
                tbody { @for item in items { (self.row(item, picks, due)) } }
            }
        }
    }

    fn row(&self, item: &InboxItem, picks: bool, due: bool) -> Markup {
        let (task, file) = (&item.task, &item.application);
        let today = self.site.edge().now.day();
        html! {
            tr {
                @if picks { td.pick { @if let Some(bulk) = &self.bulk { (bulk.pick(item, |value| self.all || self.again.picks.iter().any(|pick| pick == value))) } } }
                th scope="row" {
                    a href=(address(&file.id, &self.filters)) { (file.applicant_name) }
                    @if let Some(word) = self.lists.listed.get(&file.id) { " " span.tag { (word) } }
                }
                td data-label="受理编号" { (bulk::number(file)) }
                td data-label="事项" { (said::procedure(self.site.library(), &file.programme, &file.procedure)) }
                td data-label="所在地" { (said::place(&file.place)) }
                @if due { td data-label="期限" { (due::words(task.due_at_ms, today)) } }
                td data-label="等待时间" { (due::waited(records::Moment(task.opened_at_ms).day(), today)) }
            }
        }
    }
}

/// A file's address, with the filters of the inbox it was found in.
pub(crate) fn address(id: &str, filters: &Filters) -> String {
    if filters.is_empty() { format!("/files/{id}") } else { format!("/files/{id}?{}", filters.query()) }
}
