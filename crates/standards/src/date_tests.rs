use proptest::prelude::*;

use super::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn readings() {
    let check = |input: &str, expected: &str| assert_eq!(date(input).to_string(), expected, "{input}");
    check("2026-01-20", "2026-01-20");
    check("2026/1/20", "2026-01-20");
    check("2026.1.20", "2026-01-20");
    check("20260120", "2026-01-20");
    check(" 2026年1月20日 ", "2026-01-20");
    check("2026 年 1 月 20 日", "2026-01-20");
    check("２０２６年１月２０日", "2026-01-20");
    check("２０２６－０１－２０", "2026-01-20");
    check("2024-02-29", "2024-02-29");
    check("1900-01-01", "1900-01-01");
    check("2199-12-31", "2199-12-31");
}

#[test]
fn refusals() {
    let check = |input: &str, expected: &str| {
        assert!(Date::parse(input).unwrap_err().to_string().contains(expected), "{input}");
    };
    check("", "不是日期");
    check("明天", "不是日期");
    check("2026-01", "不是日期");
    check("26-1-20", "不是日期");
    check("2026-1-2 0", "不是日期");
    check("2026-01/20", "不是日期");
    check("2026-001-20", "不是日期");
    check("2026-01-20-1", "不是日期");
    check("+026-01-20", "不是日期");
    check("2026-02-29", "2026年没有2月29日");
    check("2026-13-01", "2026年没有13月1日");
    check("2026-00-10", "2026年没有0月10日");
    check("1899-12-31", "年份 1899 超出范围");
    check("2200-01-01", "年份 2200 超出范围");
}

#[test]
fn parts_and_forms() {
    let day = date("2026-01-20");
    assert_eq!((day.year(), day.month(), day.day()), (2026, 1, 20));
    assert_eq!(day.weekday(), Weekday::Tuesday);
    assert_eq!(day.weekday().label(), "星期二");
    assert_eq!(day.chinese(), "2026年1月20日");
    assert_eq!(date("1970-01-01").days(), 0);
    let check = |input: &str, expected: &str| assert_eq!(date(input).chinese_words(), expected);
    check("2026-01-20", "二〇二六年一月二十日");
    check("2000-10-10", "二〇〇〇年十月十日");
    check("2019-12-31", "二〇一九年十二月三十一日");
    check("2024-11-05", "二〇二四年十一月五日");
}

#[test]
fn months() {
    let check = |from: &str, n: i32, to: &str| assert_eq!(date(from).add_months(n), date(to), "{from} {n}");
    check("2026-01-31", 1, "2026-02-28");
    check("2024-01-31", 1, "2024-02-29");
    check("2026-03-31", -1, "2026-02-28");
    check("2025-12-15", 1, "2026-01-15");
    check("2026-01-15", -1, "2025-12-15");
    check("2199-12-31", 1, "2199-12-31");
    check("1900-01-01", -1, "1900-01-01");
    check("2026-01-01", i32::MAX, "2199-12-31");
    check("2026-01-01", i32::MIN, "1900-01-01");
}

#[test]
fn whole_months() {
    let check = |from: &str, to: &str, n: i32| assert_eq!(date(from).whole_months_until(date(to)), n, "{from} {to}");
    check("2024-07-01", "2026-01-01", 18);
    check("2025-01-15", "2026-01-01", 11);
    check("2025-01-15", "2026-01-15", 12);
    check("2025-01-31", "2025-02-28", 1);
    check("2025-01-31", "2025-02-27", 0);
    check("2026-01-01", "2026-01-01", 0);
    check("2026-01-01", "2024-01-01", 0);
}

#[test]
fn ends_hold() {
    assert_eq!(Date::MAX.add_days(1), Date::MAX);
    assert_eq!(Date::MIN.add_days(-1), Date::MIN);
    assert_eq!(date("2026-01-01").add_days(i32::MAX), Date::MAX);
    assert_eq!(Date::from_days(Date::MAX.days() + 1), None);
    assert_eq!(Date::from_days(Date::MIN.days() - 1), None);
    assert_eq!(Date::from_ymd(2026, 2, 29), None);
}

#[test]
fn every_day_follows_the_one_before() {
    let mut before = Date::MIN;
    while before < Date::MAX {
        let next = before.add_days(1);
        let same_month = next.month() == before.month() && next.day() == before.day() + 1;
        assert!(same_month || next.day() == 1, "{before} {next}");
        assert_eq!(Date::from_ymd(next.year(), next.month(), next.day()), Some(next));
        before = next;
    }
}

#[test]
fn in_files_it_is_a_string() {
    #[derive(Serialize, Deserialize)]
    struct File {
        day: Date,
    }
    let file: File = toml::from_str("day = \"2026年1月20日\"").unwrap();
    assert_eq!(toml::to_string(&file).unwrap().trim(), "day = \"2026-01-20\"");
    assert!(toml::from_str::<File>("day = \"2026-02-30\"").is_err());
}

fn any_date() -> impl Strategy<Value = Date> {
    (FIRST_DAY..=LAST_DAY).prop_map(Date)
}

proptest! {
    #[test]
    fn what_is_shown_reads_back(day in any_date()) {
        prop_assert_eq!(Date::parse(&day.to_string()), Ok(day));
        prop_assert_eq!(Date::parse(&day.chinese()), Ok(day));
    }

    #[test]
    fn months_count_back(day in (FIRST_DAY..0).prop_map(Date), n in 1..1200) {
        prop_assert_eq!(day.whole_months_until(day.add_months(n)), n);
        prop_assert_eq!(day.whole_months_until(day.add_months(n).add_days(-1)), n - 1);
    }

    #[test]
    fn any_text_gets_an_answer(text in "\\PC{0,20}") {
        let _ = Date::parse(&text);
    }
}
