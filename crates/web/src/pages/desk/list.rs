//! 申报件: the files a person may see, narrowed, sorted, with the columns one wants.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use service::application;
use service::identity::Session;
use service::saved_view::{self, SavedView};
use service::{ApplicationRow, ApplicationSort as Sort, Listed, Page};

use super::columns::{COLUMNS, Col, chosen};
use super::filters::{self, Filters, Wished};
use super::narrowing::{self, By};
use super::{tabs, views};
use crate::components::{layout, pages};
use crate::errors::Error;
use crate::session::Signed;
use crate::site::{Shared, Site};

/// Orders by their name in the address.
const SORTS: [(&str, &str, Sort); 5] = [
    ("newest", "最近更新在前", Sort::Newest),
    ("oldest", "最早更新在前", Sort::Oldest),
    ("due", "办理期限近的在前", Sort::Due),
    ("number", "受理编号", Sort::Number),
    ("award", "补贴金额高的在前", Sort::Award),
];

/// `GET /desk/files`
pub(super) async fn show(State(site): State<Shared>, Signed { session, .. }: Signed, wished: Wished) -> Result<Response, Error> {
    if let Some(address) = tabs::instead(&session, "/desk/files") {
        return Ok(Redirect::to(address).into_response());
    }
    let list = List::load(&site, &session, &wished).await?;
    Ok(tabs::page(&session, "/desk/files", &list.view(&views::said(&wished))).into_response())
}

/// How a list is asked for: filters, columns, order.
pub(super) struct Wish {
    pub(super) filters: Filters,
    pub(super) columns: Vec<&'static Col>,
    pub(super) sort: &'static str,
    own_columns: bool,
}

impl Wish {
    pub(super) fn of(wished: &Wished) -> Self {
        let ids = wished.all("column");
        let sort = SORTS.iter().find(|(name, ..)| wished.get("sort") == Some(*name)).map_or(SORTS[0].0, |(name, ..)| name);
        Self { filters: Filters::of(&wished.0), columns: chosen(&ids), sort, own_columns: !ids.is_empty() }
    }

    /// What stands after the question mark.
    pub(super) fn query(&self) -> String {
        [self.filters.query(), self.order_and_columns()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
    }

    /// The part of it that narrows nothing.
    fn order_and_columns(&self) -> String {
        let mut pairs: Vec<(String, String)> = Vec::new();
        if self.own_columns {
            pairs.extend(self.columns.iter().map(|column| ("column".to_owned(), column.id.to_owned())));
        }
        if self.sort != SORTS[0].0 {
            pairs.push(("sort".to_owned(), self.sort.to_owned()));
        }
        filters::query(&pairs)
    }

    fn order(&self) -> Sort {
        SORTS.iter().find(|(name, ..)| *name == self.sort).map_or(Sort::Newest, |(.., sort)| *sort)
    }
}

/// The list as it is shown.
pub(super) struct List<'a> {
    site: &'a Site,
    session: &'a Session,
    wish: Wish,
    page: Page,
    listed: Listed<ApplicationRow>,
    views: Vec<SavedView>,
}

impl<'a> List<'a> {
    pub(super) async fn load(site: &'a Site, session: &'a Session, wished: &Wished) -> Result<Self, Error> {
        let (wish, page) = (Wish::of(wished), pages::asked(wished.get("page")));
        let (desk, acting) = (site.desk(), session.acting());
        let listed = application::applications(&desk, acting, &wish.filters.wanted(), wish.order(), page).await?;
        Ok(Self { site, session, wish, page, listed, views: saved_view::saved_views(&desk, acting).await? })
    }

    pub(super) fn view(&self, said: &Markup) -> Markup {
        let query = self.wish.query();
        html! {
            (said)
            (views::bar(&self.views, &query))
            (narrowing::set(self.site.library(), self.session, "/desk/files", &self.wish.filters, &self.wish.order_and_columns()))
            details.narrowing {
                summary { "筛选、排序和列" }
                (narrowing::form(self.site.library(), self.session, "/desk/files", &self.wish.filters, By::Files, &self.more()))
            }
            div.list-head {
                p { "共" (self.listed.total) "件" }
                p { "导出全部：" a href=(format!("/desk/files.xlsx?{query}")) { "Excel 表格" } "　" a href=(format!("/desk/files.csv?{query}")) { "CSV" } }
            }
            @if self.listed.rows.is_empty() { p { "没有符合条件的申报件。" } } @else { (layout::wide("申报件", &self.table())) }
            (pages::turn(self.page, self.listed.total, &format!("/desk/files?{query}&")))
        }
    }

    fn more(&self) -> Markup {
        let shown = |column: &Col| self.wish.columns.iter().any(|known| known.id == column.id);
        html! {
            div.filter-fields {
                div.field {
                    label for="sort" { "排序" }
                    select #sort name="sort" { @for (name, label, _) in SORTS { option value=(name) selected[name == self.wish.sort] { (label) } } }
                }
            }
            fieldset.columns {
                legend { "显示的列" }
                div.options.short {
                    @for column in COLUMNS.iter().filter(|column| column.id != "name") {
                        @let id = format!("column-{}", column.id);
                        div.option {
                            input #(id) type="checkbox" name="column" value=(column.id) checked[shown(column)];
                            label for=(id) { (column.name()) }
                        }
                    }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let library = self.site.library();
        html! {
            table.list.stack.tight.brief.sticky {
                caption.hidden { "申报件" }
                thead { tr { @for column in &self.wish.columns { (column.head()) } } }
                tbody {
                    @for row in &self.listed.rows {
                        tr {
                            @for column in &self.wish.columns {
                                @if column.id == "name" { th scope="row" { a href=(format!("/files/{}", row.id)) { (row.applicant_name) } } }
                                @else { (column.shown(library, row)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
