//! Civil dates of the proleptic Gregorian calendar (GB/T 7408.1, ISO 8601).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::gregorian::{civil_from_days, days_from_civil, days_in_month};
use crate::text::half_width;
pub use crate::weekday::Weekday;

/// First year a [`Date`] can lie in.
pub const FIRST_YEAR: i32 = 1900;
/// Last year a [`Date`] can lie in.
pub const LAST_YEAR: i32 = 2199;
const FIRST_DAY: i32 = days_from_civil(FIRST_YEAR, 1, 1);
const LAST_DAY: i32 = days_from_civil(LAST_YEAR, 12, 31);
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A day between 1900-01-01 and 2199-12-31, kept as days since 1970-01-01.
///
/// It has no hour and no zone: the documents of a programme count in days. In files it is a string
/// such as `"2026-01-20"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(i32);

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text does not consist of a year, a month and a day.
    #[error("“{text}”不是日期，请写成 2026-01-20 或 2026年1月20日")]
    NotADate {
        /// The text as given, cut to 40 characters.
        text: String,
    },
    /// The month or the day does not exist.
    #[error("{year}年没有{month}月{day}日，请核对月份和日期")]
    NoSuchDay {
        /// The year written.
        year: i32,
        /// The month written.
        month: u32,
        /// The day written.
        day: u32,
    },
    /// The year lies outside 1900..=2199.
    #[error("年份 {year} 超出范围，只接受 1900 年至 2199 年，请核对年份")]
    YearOutOfRange {
        /// The year written.
        year: i32,
    },
}

impl Date {
    /// The earliest date, 1900-01-01.
    pub const MIN: Date = Date(FIRST_DAY);
    /// The latest date, 2199-12-31.
    pub const MAX: Date = Date(LAST_DAY);

    /// The date of a year, a month (1..=12) and a day; none when there is no such day or the year
    /// lies outside 1900..=2199.
    pub const fn from_ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        if year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 {
            return None;
        }
        if day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(Date(days_from_civil(year, month, day)))
    }

    /// The date so many days after 1970-01-01; none outside the range of years.
    pub const fn from_days(days: i32) -> Option<Date> {
        if days < FIRST_DAY || days > LAST_DAY {
            return None;
        }
        Some(Date(days))
    }

    /// Days since 1970-01-01, negative before it.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Reads `2026-01-20`, `2026/1/20`, `2026.1.20`, `2026年1月20日` or `20260120`, full-width digits
    /// included.
    ///
    /// # Errors
    /// [`DateError`] when it is no date, no such day exists, or the year is out of range.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let (year, month, day) = parts(text).ok_or_else(|| not_a_date(text))?;
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return Err(DateError::YearOutOfRange { year });
        }
        Date::from_ymd(year, month, day).ok_or(DateError::NoSuchDay { year, month, day })
    }

    /// The year, 1900..=2199.
    pub fn year(self) -> i32 {
        civil_from_days(self.0).0
    }

    /// The month, 1..=12.
    pub fn month(self) -> u32 {
        civil_from_days(self.0).1
    }

    /// The day of the month, 1..=31.
    pub fn day(self) -> u32 {
        civil_from_days(self.0).2
    }

    /// The day of the week (1970-01-01 was a Thursday).
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[(self.0 + 3).rem_euclid(7) as usize].0
    }

    /// The date `days` later (earlier when negative), held at [`Date::MIN`] and [`Date::MAX`].
    pub fn add_days(self, days: i32) -> Date {
        Date(self.0.saturating_add(days).clamp(FIRST_DAY, LAST_DAY))
    }

    /// The same day `months` later (earlier when negative); where that month is too short, its last
    /// day. Held at [`Date::MIN`] and [`Date::MAX`].
    pub fn add_months(self, months: i32) -> Date {
        let (year, month, day) = civil_from_days(self.0);
        let count = (year * 12 + month as i32 - 1).saturating_add(months);
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as u32 + 1);
        if year < FIRST_YEAR {
            return Date::MIN;
        }
        let day = day.min(days_in_month(year.min(LAST_YEAR), month));
        Date::from_ymd(year, month, day).unwrap_or(Date::MAX)
    }

    /// Complete months from this day, included, to `other`, excluded: the largest `n` for which
    /// `self.add_months(n)` is not after `other`; 0 when `other` is not later.
    ///
    /// 2024-07-01 to 2026-01-01 is 18 months, 2025-01-15 to 2026-01-01 is 11.
    pub fn whole_months_until(self, other: Date) -> i32 {
        if other <= self {
            return 0;
        }
        let ((y1, m1, _), (y2, m2, _)) = (civil_from_days(self.0), civil_from_days(other.0));
        let months = (y2 - y1) * 12 + m2 as i32 - m1 as i32;
        months - i32::from(self.add_months(months) > other)
    }

    /// The form for reading, `2026年1月20日`.
    pub fn chinese(self) -> String {
        let (year, month, day) = civil_from_days(self.0);
        format!("{year}年{month}月{day}日")
    }

    /// The date in Chinese numerals, `二〇二六年一月二十日`.
    pub fn chinese_words(self) -> String {
        let (year, month, day) = civil_from_days(self.0);
        let year: String = year.to_string().bytes().map(|b| DIGITS[usize::from(b - b'0')]).collect();
        format!("{year}年{}月{}日", small_number(month), small_number(day))
    }
}

/// A number from 1 to 99 in Chinese numerals, `十`, `十二`, `二十`, `三十一`.
fn small_number(n: u32) -> String {
    let (tens, ones) = ((n / 10) as usize, (n % 10) as usize);
    let mut words = String::new();
    if tens > 1 {
        words.push(DIGITS[tens]);
    }
    if tens > 0 {
        words.push('十');
    }
    if ones > 0 {
        words.push(DIGITS[ones]);
    }
    words
}

fn not_a_date(text: &str) -> DateError {
    DateError::NotADate { text: text.chars().take(40).collect() }
}

/// Year, month and day as written, without asking whether such a day exists.
fn parts(text: &str) -> Option<(i32, u32, u32)> {
    let text = half_width(text);
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return numbers(&text[..4], &text[4..6], &text[6..]);
    }
    let (marks, text) = match text.contains('年') {
        true => (['年', '月'], text.strip_suffix(['日', '号']).unwrap_or(text)),
        false => ([['-', '/', '.'].into_iter().find(|m| text.contains(*m))?; 2], text),
    };
    let (year, rest) = text.split_once(marks[0])?;
    let (month, day) = rest.split_once(marks[1])?;
    numbers(year.trim(), month.trim(), day.trim())
}

fn numbers(year: &str, month: &str, day: &str) -> Option<(i32, u32, u32)> {
    let digits = |s: &str, most: usize| s.len() <= most && !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        Date::parse(text)
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Date, DateError> {
        Date::parse(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
