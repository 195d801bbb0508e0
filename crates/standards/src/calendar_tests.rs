use proptest::prelude::*;

use super::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn every_calendar_file_reads() {
    let years: Vec<i32> = Calendar::national().years().collect();
    assert_eq!(years, [2024, 2025, 2026]);
    for text in PUBLISHED {
        Calendar::from_toml(text).unwrap();
    }
    assert!(Calendar::national().source(2026).unwrap().contains("2026年"));
}

#[test]
fn working_days() {
    let check = |day: &str, expected: bool| {
        assert_eq!(Calendar::national().is_working_day(date(day)), Ok(expected), "{day}");
    };
    check("2026-01-02", false);
    check("2026-01-04", true);
    check("2026-02-14", true);
    check("2026-02-23", false);
    check("2026-02-24", true);
    check("2026-02-28", true);
    check("2026-04-06", false);
    check("2026-05-09", true);
    check("2026-06-19", false);
    check("2026-09-20", true);
    check("2026-10-07", false);
    check("2026-10-10", true);
    check("2026-10-11", false);
    check("2025-01-27", true);
    check("2025-01-28", false);
    check("2025-10-08", false);
    check("2024-02-09", true);
    check("2024-06-10", false);
    check("2024-12-31", true);
}

#[test]
fn days_off_weekdays_and_worked_weekends_agree_with_the_law() {
    // 《全国年节及纪念日放假办法》: 11 days a year up to 2024, 13 from 2025.
    let check = |year: i32, holidays: i32| {
        let days: Vec<Date> =
            (date(&format!("{year}-01-01")).days()..=date(&format!("{year}-12-31")).days()).filter_map(Date::from_days).collect();
        let weekdays = days.iter().filter(|day| !day.weekday().is_weekend()).count() as i32;
        let worked = days.iter().filter(|day| Calendar::national().is_working_day(**day).unwrap()).count() as i32;
        assert_eq!(weekdays - worked, holidays, "{year}");
    };
    check(2026, 13);
    check(2025, 13);
    check(2024, 11);
}

#[test]
fn holidays_have_names() {
    let check = |day: &str, name: Option<&str>| assert_eq!(Calendar::national().holiday(date(day)), name);
    check("2026-02-17", Some("春节"));
    check("2026-02-24", None);
    check("2030-01-01", None);
}

#[test]
fn periods_of_working_days() {
    let check = |start: &str, count: u32, first: FirstDay, last: &str| {
        let found = Calendar::national().add_working_days(date(start), count, first);
        assert_eq!(found, Ok(date(last)), "{start} {count}");
    };
    check("2026-02-12", 5, FirstDay::NotCounted, "2026-02-26");
    check("2026-02-12", 5, FirstDay::Counted, "2026-02-25");
    check("2026-09-30", 5, FirstDay::NotCounted, "2026-10-13");
    check("2026-09-30", 5, FirstDay::Counted, "2026-10-12");
    check("2026-02-15", 1, FirstDay::Counted, "2026-02-24");
    check("2026-02-12", 0, FirstDay::Counted, "2026-02-12");
    check("2025-12-31", 1, FirstDay::NotCounted, "2026-01-04");
}

#[test]
fn periods() {
    let check = |period: Period, start: &str, last: &str| {
        assert_eq!(period.last_day(date(start), Calendar::national()), Ok(date(last)), "{period:?}");
    };
    let working = Period { days: 5, kind: DayKind::Working, first_day: FirstDay::NotCounted, roll_to_working_day: false };
    let natural = Period { days: 7, kind: DayKind::Natural, ..working };
    check(working, "2026-02-12", "2026-02-26");
    check(Period { first_day: FirstDay::Counted, ..working }, "2026-02-12", "2026-02-25");
    check(natural, "2026-02-10", "2026-02-17");
    check(Period { roll_to_working_day: true, ..natural }, "2026-02-10", "2026-02-24");
    check(Period { first_day: FirstDay::Counted, ..natural }, "2025-09-24", "2025-09-30");
    check(natural, "2040-01-01", "2040-01-08");
}

#[test]
fn no_calendar_no_answer() {
    let national = Calendar::national();
    let missing = |year| Err(CalendarError::NoCalendar { year });
    assert_eq!(national.is_working_day(date("2027-01-04")), missing(2027).map(|()| false));
    let last = national.add_working_days(date("2026-12-31"), 1, FirstDay::NotCounted);
    assert_eq!(last, missing(2027).map(|()| Date::MIN));
    assert_eq!(Calendar::default().is_working_day(date("2026-01-05")), missing(2026).map(|()| false));
    let message = CalendarError::NoCalendar { year: 2027 }.to_string();
    assert!(message.contains("没有2027年的工作日历"));
}

#[test]
fn another_year_can_be_brought() {
    let text = "year = 2199\nsource = \"示例\"\n[[holiday]]\nname = \"元旦\"\noff = [\"2199-01-01\", \"2199-01-01\"]";
    let calendar = Calendar::national().clone().with(Calendar::from_toml(text).unwrap());
    assert_eq!(calendar.is_working_day(date("2199-01-01")), Ok(false));
    assert_eq!(calendar.is_working_day(date("2026-01-05")), Ok(true));
    let beyond = calendar.add_working_days(date("2199-12-30"), 5, FirstDay::NotCounted);
    assert_eq!(beyond, Err(CalendarError::NoCalendar { year: 2200 }));
}

#[test]
fn faulty_files_are_refused() {
    let check = |off: &str, worked: &str, expected: &str| {
        let text = format!("year = 2027\nsource = \"示例\"\n[[holiday]]\nname = \"元旦\"\noff = [{off}]\nworked = [{worked}]");
        let message = Calendar::from_toml(&text).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    };
    check("\"2027-01-03\", \"2027-01-01\"", "", "止日早于起日");
    check("\"2026-12-31\", \"2027-01-01\"", "", "2026-12-31不在2027年");
    check("\"2027-01-01\", \"2027-01-02\"", "\"2027-01-04\"", "上班日2027-01-04不是周末");
    check("\"2027-01-01\", \"2027-01-02\"", "\"2027-01-02\"", "上班日2027-01-02");
    check("\"2027-01-01\"", "", "无法读取");
    check("\"2027-02-30\", \"2027-03-01\"", "", "没有2月30日");
}

#[test]
fn periods_are_written_in_files() {
    let text = "days = 5\nkind = \"working\"\nfirst-day = \"not-counted\"";
    let period: Period = toml::from_str(text).unwrap();
    assert_eq!((period.days, period.kind, period.first_day), (5, DayKind::Working, FirstDay::NotCounted));
    assert!(!period.roll_to_working_day);
}

fn any_day() -> impl Strategy<Value = Date> {
    (date("2024-01-01").days()..date("2026-06-01").days()).prop_map(|days| Date::from_days(days).unwrap())
}

fn any_first() -> impl Strategy<Value = FirstDay> {
    prop_oneof![Just(FirstDay::Counted), Just(FirstDay::NotCounted)]
}

proptest! {
    #[test]
    fn longer_periods_end_later(start in any_day(), n in 0u32..60, first in any_first()) {
        let end = |n| Calendar::national().add_working_days(start, n, first).unwrap();
        prop_assert!(end(n + 1) > end(n) || (n == 0 && end(1) == start));
        prop_assert!(end(n) >= start);
    }

    #[test]
    fn later_starts_never_end_earlier(start in any_day(), n in 1u32..60, first in any_first()) {
        let end = |start| Calendar::national().add_working_days(start, n, first).unwrap();
        prop_assert!(end(start.add_days(1)) >= end(start));
    }

    #[test]
    fn the_last_day_works_and_the_days_count_up(start in any_day(), n in 1u32..60) {
        let national = Calendar::national();
        let last = national.add_working_days(start, n, FirstDay::Counted).unwrap();
        prop_assert!(national.is_working_day(last).unwrap());
        prop_assert_eq!(national.working_days_between(start, last).unwrap(), n);
    }
}
