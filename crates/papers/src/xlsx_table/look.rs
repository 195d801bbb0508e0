//! How a number is shown: the format of its cell makes a day, an hour or a share of it.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};
use standards::date::Date;

use super::package::{Part, broken};
use crate::budget::Budget;
use crate::table::TableError;
use crate::xml_in::{attributes, local};

/// What is held of a format, in bytes.
const FORMAT_COST: u64 = 64;
/// From the serial days of 1900 to those of the calendar: day 25,569 is 1970-01-01.
const FROM_1900: i64 = -25_569;
/// From the serial days of 1904: day 24,107 is 1970-01-01.
const FROM_1904: i64 = -24_107;
/// Where spreadsheet programs no longer keep every digit of a number.
const DIGITS_LOST: f64 = 1e15;

/// What the format of a cell makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Look {
    /// A number.
    #[default]
    Number,
    /// A hundred times it, with a sign.
    Percent,
    /// A day; its hour is not shown.
    Day,
    /// The hour of a day.
    Hour,
    /// Hours that go beyond a day.
    Hours,
}

/// The looks of cells by the number of their style.
#[derive(Debug, Default)]
pub(super) struct Looks(Vec<Look>);

impl Looks {
    pub(super) fn read(xml: &mut Part<'_, '_>, budget: &Budget) -> Result<Self, TableError> {
        let (mut own, mut looks, mut of_cells) = (HashMap::new(), Vec::new(), false);
        loop {
            match xml.event().map_err(|_| broken())? {
                Event::Start(start) => match local(start.name().as_ref()) {
                    "cellXfs" => of_cells = true,
                    "numFmt" => {
                        budget.charge(FORMAT_COST).map_err(|_| broken())?;
                        if let [Some(id), Some(code)] = attributes(&start, ["numFmtId", "formatCode"]).map_err(|_| broken())? {
                            own.insert(id.into_owned(), Look::of_code(&code));
                        }
                    }
                    "xf" if of_cells => {
                        budget.charge(FORMAT_COST).map_err(|_| broken())?;
                        looks.push(Self::of_cell(&start, &own)?);
                    }
                    _ => {}
                },
                Event::End(end) if local(end.name().as_ref()) == "cellXfs" => of_cells = false,
                Event::Eof => return Ok(Self(looks)),
                _ => {}
            }
        }
    }

    fn of_cell(xf: &BytesStart<'_>, own: &HashMap<String, Look>) -> Result<Look, TableError> {
        let [id] = attributes(xf, ["numFmtId"]).map_err(|_| broken())?;
        let id = id.unwrap_or_default();
        Ok(own.get(&*id).copied().unwrap_or_else(|| Look::built_in(&id)))
    }

    /// The look of a style.
    pub(super) fn get(&self, style: Option<&str>) -> Look {
        style.and_then(|style| style.parse::<usize>().ok()).and_then(|style| self.0.get(style)).copied().unwrap_or_default()
    }
}

impl Look {
    /// Of a format that every program knows by its number (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are East Asian).
    fn built_in(id: &str) -> Self {
        match id.parse::<u32>() {
            Ok(9 | 10) => Self::Percent,
            Ok(14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58) => Self::Day,
            Ok(18..=21 | 32..=35 | 45 | 47 | 55 | 56) => Self::Hour,
            Ok(46) => Self::Hours,
            _ => Self::Number,
        }
    }

    /// Of a format that is written out.
    fn of_code(code: &str) -> Self {
        let (letters, brackets) = signs(code);
        let has = |any: &[char]| letters.contains(any);
        if brackets.split('[').any(|word| matches!(word, "h" | "hh" | "m" | "mm" | "s" | "ss")) {
            Self::Hours
        } else if has(&['y', 'd']) || (has(&['m']) && !has(&['h', 's'])) {
            Self::Day
        } else if has(&['h', 's']) {
            Self::Hour
        } else if has(&['%']) {
            Self::Percent
        } else {
            Self::Number
        }
    }

    /// The number as a person sees it.
    pub(super) fn shown(self, number: f64, from_1904: bool) -> String {
        let looked = match self {
            Self::Number => None,
            Self::Percent => Some(format!("{}%", figure(number * 100.0))),
            Self::Day => day(number, from_1904),
            Self::Hour => hours(number.rem_euclid(1.0)),
            Self::Hours => hours(number),
        };
        looked.unwrap_or_else(|| figure(number))
    }
}

/// The first section of a format in small letters, without what is shown as it stands; and what stands in its square brackets.
fn signs(code: &str) -> (String, String) {
    let (mut letters, mut brackets, mut within) = (String::new(), String::new(), None);
    let mut all = code.chars();
    while let Some(one) = all.next() {
        match (within, one.to_ascii_lowercase()) {
            (Some('"'), '"') | (Some('['), ']') => within = None,
            (Some('['), one) => brackets.push(one),
            (Some(_), _) => {}
            (None, '"') => within = Some('"'),
            (None, '[') => {
                within = Some('[');
                brackets.push('[');
            }
            (None, '\\' | '_' | '*') => drop(all.next()),
            (None, ';') => break,
            (None, one) => letters.push(one),
        }
    }
    (letters.replace("general", ""), brackets)
}

/// A number with the 15 digits that spreadsheet programs show: 0.1 + 0.2 is 0.3 to everybody who looks at the cell. One of
/// more digits is shown as they show it, so that nobody takes it for the number of a paper.
fn figure(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    if rounded.abs() < DIGITS_LOST { format!("{rounded}") } else { format!("{rounded:e}").replace('e', "E+") }
}

/// A serial day as an ISO date.
fn day(serial: f64, from_1904: bool) -> Option<String> {
    let days = (serial.floor() as i64).saturating_add(if from_1904 { FROM_1904 } else { FROM_1900 });
    Date::from_days(i32::try_from(days).ok()?).map(|date| date.to_string())
}

/// Hours and minutes, and seconds where there are any.
fn hours(days: f64) -> Option<String> {
    let seconds = (0.0..1e6).contains(&days).then(|| (days * 86_400.0).round() as u64)?;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    Some(if seconds == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{seconds:02}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_first_section() {
        for (code, expected) in [
            ("General", Look::Number),
            ("General\"元\"", Look::Number),
            ("#,##0.00_);[Red]\\(#,##0.00\\)", Look::Number),
            ("0.00E+00", Look::Number),
            ("\"第\"0\"day\"", Look::Number),
            ("0.00%", Look::Percent),
            ("0;0%", Look::Number),
            ("yyyy-mm-dd", Look::Day),
            ("yyyy\"年\"m\"月\"d\"日\";@", Look::Day),
            ("[$-804]yyyy/m/d h:mm", Look::Day),
            ("mmm", Look::Day),
            ("h:mm AM/PM", Look::Hour),
            ("mm:ss", Look::Hour),
            ("[h]:mm", Look::Hours),
            ("[mm]:ss", Look::Hours),
        ] {
            assert_eq!(Look::of_code(code), expected, "{code}");
        }
    }

    #[test]
    fn numbers_are_shown_as_a_person_sees_them() {
        for (look, number, from_1904, expected) in [
            (Look::Number, 0.1 + 0.2, false, "0.3"),
            (Look::Number, 999_999_999_999_999.0, false, "999999999999999"),
            (Look::Number, 2.515_200_000_001_234_5e19, false, "2.51520000000123E+19"),
            (Look::Percent, 0.0435, false, "4.35%"),
            (Look::Day, 46_042.5, false, "2026-01-20"),
            (Look::Day, 44_580.0, true, "2026-01-20"),
            (Look::Day, 1e300, false, "1E+300"),
            (Look::Hour, 1.5, false, "12:00"),
            (Look::Hours, 1.5, false, "36:00"),
            (Look::Hours, 0.25 + 1.0 / 86_400.0, true, "06:00:01"),
            (Look::Hours, -1.0, false, "-1"),
        ] {
            assert_eq!(look.shown(number, from_1904), expected, "{look:?} {number}");
        }
    }
}
