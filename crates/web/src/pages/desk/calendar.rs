//! 期限日历: how many tasks are due on each day of a month. Each day opens its inbox.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use records::Moment;
use service::DueDay;
use service::application;
use standards::calendar::Calendar;
use standards::{Date, Weekday};

use super::filters::Wished;
use super::tabs;
use crate::components::layout;
use crate::errors::Error;
use crate::session::Signed;
use crate::site::Shared;

const DAYS: [&str; 7] = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];

/// `GET /desk/calendar?month=2026-01`
pub(super) async fn show(State(site): State<Shared>, Signed { session, .. }: Signed, wished: Wished) -> Result<Response, Error> {
    if let Some(address) = tabs::instead(&session, "/desk/calendar") {
        return Ok(Redirect::to(address).into_response());
    }
    let today = site.edge().now.day();
    let first = first_of(wished.get("month").and_then(month)).unwrap_or_else(|| first_of(Some(today)).unwrap_or(today));
    let (from_ms, until_ms) = (Moment::start_of(first).0, Moment::start_of(first.add_months(1)).0);
    let due = application::due_days(&site.desk(), session.acting(), from_ms, until_ms).await?;
    Ok(tabs::page(&session, "/desk/calendar", &view(first, today, &due)).into_response())
}

fn month(text: &str) -> Option<Date> {
    Date::parse(&format!("{text}-01")).ok()
}

fn first_of(day: Option<Date>) -> Option<Date> {
    day.map(|day| day.add_days(1 - i32::try_from(day.day()).unwrap_or(1)))
}

fn view(first: Date, today: Date, due: &[DueDay]) -> Markup {
    let counts: BTreeMap<i32, i64> = due.iter().filter_map(|day| Some((i32::try_from(day.unix_day).ok()?, day.tasks))).collect();
    let total: i64 = counts.values().sum();
    let title = format!("{}年{}月", first.year(), first.month());
    html! {
        nav.actions aria-label="翻月" {
            a href=(address(first.add_months(-1))) rel="prev" { "上月" }
            @if first_of(Some(today)) != Some(first) { a href="/desk/calendar" { "本月" } }
            a href=(address(first.add_months(1))) rel="next" { "下月" }
        }
        p.lead { "本月到期" (total) "件。点击件数查看当日到期的待办。" }
        (layout::wide(&title, &table(&title, first, today, &counts)))
    }
}

fn address(first: Date) -> String {
    format!("/desk/calendar?month={:04}-{:02}", first.year(), first.month())
}

fn table(title: &str, first: Date, today: Date, counts: &BTreeMap<i32, i64>) -> Markup {
    let days = first.add_months(1).days() - first.days();
    let before = DAYS.iter().position(|label| *label == first.weekday().label()).unwrap_or(0);
    let cells: Vec<Option<Date>> = std::iter::repeat_n(None, before).chain((0..days).map(|at| Some(first.add_days(at)))).collect();
    html! {
        table.month {
            caption { (title) }
            thead { tr { @for day in DAYS { th scope="col" { span aria-hidden="true" { (day.trim_start_matches("星期")) } span.hidden { (day) } } } } }
            tbody {
                @for week in cells.chunks(7) {
                    tr {
                        @for day in week { (cell(*day, today, counts)) }
                        @for _ in week.len()..7 { td {} }
                    }
                }
            }
        }
    }
}

fn cell(day: Option<Date>, today: Date, counts: &BTreeMap<i32, i64>) -> Markup {
    let Some(day) = day else { return html! { td {} } };
    let tasks = counts.get(&day.days()).copied().unwrap_or(0);
    html! {
        td.today[day == today] {
            span.day { (day.day()) @if day == today { span.quiet { "今天" } } @else if rests(day) { span.quiet { "休" } } }
            @if tasks > 0 {
                a href=(format!("/desk?due_on={day}")) { (tasks) "件" span.hidden { "，" (day.chinese()) "到期" } }
                @if day < today { span.tag.bad { "已逾期" } }
            }
        }
    }
}

/// Whether nobody works that day; a year without calendar has its weekends.
fn rests(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    Calendar::national().is_working_day(day).map_or(weekend, |works| !works)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_drawn_in_weeks() {
        let date = |text: &str| Date::parse(text).unwrap();
        let due = [DueDay { unix_day: date("2026-02-27").days().into(), tasks: 3 }];
        let page = view(date("2026-02-01"), date("2026-02-28"), &due).into_string();
        for part in ["2026年2月", "本月到期3件", "/desk?due_on=2026-02-27", "已逾期", "month=2026-01", "month=2026-03"] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        // 1 February 2026 is a Sunday: six cells stay empty before it, and none after 1 March begins a week.
        assert_eq!(page.matches("<tr>").count(), 6);
    }
}
