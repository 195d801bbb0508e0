//! Calendar arithmetic by hand: days since 1970-01-01 to year, month, day and back.

/// First and last day the engine knows.
const DAYS: (i64, i64) = (-25_567, 84_005);

/// The day held within what the engine knows.
pub fn held(day: i64) -> i64 {
    day.clamp(DAYS.0, DAYS.1)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days before the first of January of a year, from 1970 on or back.
fn new_year(year: i64) -> i64 {
    let leap_years = |before: i64| (before - 1) / 4 - (before - 1) / 100 + (before - 1) / 400;
    (year - 1970) * 365 + leap_years(year) - leap_years(1970)
}

/// The day of a date.
pub fn day_of(year: i64, month: i64, day: i64) -> i64 {
    new_year(year) + (1..month).map(|month| length(year, month)).sum::<i64>() + day - 1
}

/// Year, month and day.
pub fn date_of(day: i64) -> (i64, i64, i64) {
    let guess = 1970 + day.div_euclid(365);
    let year = (guess - 2..=guess + 1).rev().find(|year| new_year(*year) <= day).expect("a year near the guess");
    let mut rest = day - new_year(year);
    let mut month = 1;
    while rest >= length(year, month) {
        rest -= length(year, month);
        month += 1;
    }
    (year, month, rest + 1)
}

/// The same day months later, or the last of that month.
pub fn add_months(day: i64, months: i64) -> i64 {
    let (year, month, day) = date_of(held(day));
    let count = year * 12 + month - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    held(day_of(year, month, day.min(length(year, month))))
}

/// The most months that can be added to the first without passing the second.
pub fn months_between(from: i64, to: i64) -> i64 {
    let (from, to) = (held(from), held(to));
    let ((y1, m1, _), (y2, m2, _)) = (date_of(from), date_of(to));
    let most = (y2 - y1) * 12 + m2 - m1;
    (0..=most).rev().find(|months| unheld(from, *months) <= to).unwrap_or(0)
}

fn unheld(day: i64, months: i64) -> i64 {
    let (year, month, day) = date_of(day);
    let count = year * 12 + month - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    day_of(year, month, day.min(length(year, month)))
}
