//! 看板: how many files there are, by procedure, state, place and level. Each number opens its list.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use policy::library::Library;
use records::application::FileWord;
use service::ApplicationCount;
use service::application::{self, Dashboard};
use standards::words::total_in_wan;

use super::filters::{Filters, Wished};
use super::narrowing::{self, By};
use super::tabs;
use crate::components::{bars, layout, said};
use crate::errors::Error;
use crate::pages::document;
use crate::pages::download;
use crate::session::Signed;
use crate::site::Shared;

/// `GET /desk/dashboard?programme=`
pub(super) async fn show(State(site): State<Shared>, Signed { session, .. }: Signed, wished: Wished) -> Result<Response, Error> {
    if let Some(address) = tabs::instead(&session, "/desk/dashboard") {
        return Ok(Redirect::to(address).into_response());
    }
    let filters = Filters::of(&wished.0);
    let figures = application::dashboard(&site.desk(), session.acting(), &filters.wanted()).await?;
    let narrow = narrowing::form(site.library(), &session, "/desk/dashboard", &filters, By::Files, &html! {});
    let report = document::monthly(site.library(), session.acting(), site.edge().now.day());
    let main = html! { (view(site.library(), &filters, &figures, &narrow)) (report) };
    Ok(tabs::page(&session, "/desk/dashboard", &main).into_response())
}

/// A line of a table: what it counts, and the filter that opens its list.
type Line<'a> = (String, &'static str, String, &'a ApplicationCount);

/// The tables by their titles, with what each of their lines counts.
pub(super) fn tables<'a>(
    library: &Library,
    filters: &Filters,
    figures: &'a Dashboard,
) -> Vec<(&'static str, Vec<(String, &'a ApplicationCount)>)> {
    let plain = |lines: Vec<Line<'a>>| lines.into_iter().map(|(label, _, _, count)| (label, count)).collect();
    vec![
        ("按事项", plain(by_procedure(library, filters, figures))),
        ("按状态", plain(by_state(figures))),
        ("按所在地", plain(by_place(figures))),
        ("按核定等级", plain(by_level(figures))),
    ]
}

fn view(library: &Library, filters: &Filters, figures: &Dashboard, narrow: &Markup) -> Markup {
    let all: i64 = figures.by_state.iter().map(|count| count.applications).sum();
    html! {
        details.narrowing open[!filters.is_empty()] { summary { "筛选" } (narrow) }
        p.lead { "共" a href=(address(filters)) { (all) "件" } "。点击数字查看对应的申报件。" }
        (download::link(&format!("/desk/dashboard.xlsx?{}", filters.query())))
        (table("按事项", filters, &by_procedure(library, filters, figures), true))
        (table("按状态", filters, &by_state(figures), false))
        (table("按所在地", filters, &by_place(figures), true))
        (table("按核定等级", filters, &by_level(figures), true))
    }
}

fn by_procedure<'a>(library: &Library, filters: &Filters, figures: &'a Dashboard) -> Vec<Line<'a>> {
    let programme = |id: &str| {
        let of =
            |pack: &&std::sync::Arc<policy::pack::Pack>| pack.procedure(id).is_some() && ["", &pack.id].contains(&filters.get("programme"));
        library.packs().find(of).map_or(String::new(), |pack| pack.id.clone())
    };
    let line =
        |count: &'a ApplicationCount| (said::procedure(library, &programme(&count.key), &count.key), "procedure", count.key.clone(), count);
    figures.by_procedure.iter().map(line).collect()
}

fn by_state(figures: &Dashboard) -> Vec<Line<'_>> {
    let find = |word: &FileWord| figures.by_state.iter().find(|count| count.key == word.as_str());
    let lines = FileWord::ALL.iter().filter_map(|word| Some((word.label().to_owned(), "state", word.as_str().to_owned(), find(word)?)));
    lines.collect()
}

/// A place's list has the files below it too; where some are counted there, its own number is no list's.
fn by_place(figures: &Dashboard) -> Vec<Line<'_>> {
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let has_below = |key: &str| figures.by_place.iter().any(|other| other.key.starts_with(&format!("{key}/")));
    let value = |key: &str| if has_below(key) { String::new() } else { last(key) };
    figures.by_place.iter().map(|count| (said::place(&last(&count.key)), "place", value(&count.key), count)).collect()
}

fn by_level(figures: &Dashboard) -> Vec<Line<'_>> {
    let label = |key: &str| key.parse().map_or("尚未核定".to_owned(), |level: i64| policy::say::level(level).to_owned());
    figures.by_level.iter().map(|count| (label(&count.key), "level", count.key.clone(), count)).collect()
}

fn table(title: &str, filters: &Filters, lines: &[Line], money: bool) -> Markup {
    let most = lines.iter().map(|(.., count)| count.applications).max().unwrap_or(0).max(1);
    let permille = |count: &ApplicationCount| u16::try_from(count.applications.saturating_mul(1000) / most).unwrap_or(1000);
    let body = html! {
        table.list.bars {
            caption { (title) }
            thead {
                tr {
                    th scope="col" { (title.trim_start_matches('按')) } th.number scope="col" { "件数" } td aria-hidden="true" {}
                    @if money { th.number scope="col" { "核定投入（万元）" } th.number scope="col" { "补贴金额（万元）" } }
                }
            }
            tbody {
                @for (label, key, value, count) in lines {
                    tr {
                        th scope="row" { (label) }
                        td.number { (number(filters, key, value, count)) }
                        td.bar-cell { (bars::share(permille(count))) }
                        @if money { td.number { (total_in_wan(count.recognised_fen)) } td.number { (total_in_wan(count.award_fen)) } }
                    }
                }
            }
        }
    };
    html! { @if lines.is_empty() { h2 { (title) } p { "没有申报件。" } } @else { (layout::wide(title, &body)) } }
}

/// A number with its list; what no filter finds alone is only a number.
fn number(filters: &Filters, key: &str, value: &str, count: &ApplicationCount) -> Markup {
    html! {
        @if value.is_empty() { (count.applications) }
        @else { a href=(address(&filters.with(key, value))) { (count.applications) } }
    }
}

fn address(filters: &Filters) -> String {
    format!("/desk/files?{}", filters.query())
}
