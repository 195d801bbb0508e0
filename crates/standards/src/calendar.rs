//! Working days by year, as the State Council's office announces them, and periods counted in them.
//!
//! A working day is a Monday to Friday that is no announced holiday, or a weekend day announced as
//! worked. Each year is announced about November of the year before, so calendars are data and a year
//! without one is refused, not guessed from its weekends.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::date::Date;
pub use crate::period::{DayKind, FirstDay, Period};

const PUBLISHED: [&str; 3] =
    [include_str!("../data/calendar-2024.toml"), include_str!("../data/calendar-2025.toml"), include_str!("../data/calendar-2026.toml")];

static NATIONAL: LazyLock<Calendar> = LazyLock::new(|| {
    let years = PUBLISHED.map(|text| Calendar::from_toml(text).expect("a test reads every calendar file"));
    years.into_iter().fold(Calendar::default(), Calendar::with)
});

/// The working days of one or more years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Year {
    source: String,
    off: BTreeMap<Date, String>,
    worked: BTreeSet<Date>,
}

/// Why a calendar gives no answer or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// There is no calendar of the year.
    #[error("没有{year}年的工作日历，无法计算工作日，请先导入国务院办公厅公布的{year}年节假日安排")]
    NoCalendar {
        /// The year asked for.
        year: i32,
    },
    /// The text is no calendar file.
    #[error("工作日历文件无法读取：{detail}")]
    Unreadable {
        /// What the reader said, with the line.
        detail: String,
    },
    /// A holiday's last day comes before its first.
    #[error("工作日历中“{name}”的止日早于起日，请核对")]
    Backwards {
        /// The holiday.
        name: String,
    },
    /// A day lies outside the file's year.
    #[error("工作日历中“{name}”的{day}不在{year}年，请核对")]
    OtherYear {
        /// The holiday.
        name: String,
        /// The day.
        day: Date,
        /// The file's year.
        year: i32,
    },
    /// A worked day is no Saturday or Sunday, or is itself announced as a holiday.
    #[error("工作日历中“{name}”的上班日{day}不是周末，或同时列为放假，请核对")]
    NotAWeekend {
        /// The holiday.
        name: String,
        /// The day.
        day: Date,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: i32,
    source: String,
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: String,
    /// First and last day off.
    off: [Date; 2],
    /// Weekend days worked in exchange.
    #[serde(default)]
    worked: Vec<Date>,
}

impl Calendar {
    /// The years published with this crate, 2024 to 2026.
    pub fn national() -> &'static Calendar {
        &NATIONAL
    }

    /// Reads one year's file, in the shape of `data/calendar-2026.toml`.
    ///
    /// # Errors
    /// [`CalendarError`] when the file cannot be read or contradicts itself.
    pub fn from_toml(text: &str) -> Result<Calendar, CalendarError> {
        let file: File = toml::from_str(text).map_err(|error| CalendarError::Unreadable { detail: error.to_string() })?;
        let mut year = Year { source: file.source, off: BTreeMap::new(), worked: BTreeSet::new() };
        for holiday in &file.holiday {
            year.take_off(file.year, holiday)?;
        }
        for holiday in &file.holiday {
            year.take_worked(file.year, holiday)?;
        }
        Ok(Calendar { years: BTreeMap::from([(file.year, year)]) })
    }

    /// Both calendars as one; where both have a year the other's is taken.
    #[must_use]
    pub fn with(mut self, other: Calendar) -> Calendar {
        self.years.extend(other.years);
        self
    }

    /// The years covered, ascending.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.years.keys().copied()
    }

    /// The notice a year was taken from.
    pub fn source(&self, year: i32) -> Option<&str> {
        self.years.get(&year).map(|year| year.source.as_str())
    }

    /// The announced holiday a day belongs to, such as `春节`.
    pub fn holiday(&self, day: Date) -> Option<&str> {
        self.years.get(&day.year())?.off.get(&day).map(String::as_str)
    }

    /// Whether people work on the day.
    ///
    /// # Errors
    /// [`CalendarError::NoCalendar`] when the year is not covered.
    pub fn is_working_day(&self, day: Date) -> Result<bool, CalendarError> {
        let year = day.year();
        let plan = self.years.get(&year).ok_or(CalendarError::NoCalendar { year })?;
        let weekday = !day.weekday().is_weekend();
        Ok(plan.worked.contains(&day) || (weekday && !plan.off.contains_key(&day)))
    }

    /// The first working day on or after a day.
    ///
    /// # Errors
    /// [`CalendarError::NoCalendar`] when a year reached is not covered.
    pub fn working_day_from(&self, day: Date) -> Result<Date, CalendarError> {
        let mut day = day;
        while !self.is_working_day(day)? {
            day = next(day)?;
        }
        Ok(day)
    }

    /// The last day of a period of `count` working days that begins on `start`; `start` itself for
    /// nought. A first day that is no working day never counts.
    ///
    /// From 2026-02-12 five working days end on 02-26, or on 02-25 when the first day counts.
    ///
    /// # Errors
    /// [`CalendarError::NoCalendar`] when a year reached is not covered.
    pub fn add_working_days(&self, start: Date, count: u32, first_day: FirstDay) -> Result<Date, CalendarError> {
        let mut left = count;
        let mut day = start;
        if left > 0 && first_day == FirstDay::Counted && self.is_working_day(day)? {
            left -= 1;
        }
        while left > 0 {
            day = next(day)?;
            left -= u32::from(self.is_working_day(day)?);
        }
        Ok(day)
    }

    /// How many working days lie from `first` to `last`, both included; 0 when `last` is earlier.
    ///
    /// # Errors
    /// [`CalendarError::NoCalendar`] when a year touched is not covered.
    pub fn working_days_between(&self, first: Date, last: Date) -> Result<u32, CalendarError> {
        (first.days()..=last.days()).filter_map(Date::from_days).map(|day| self.is_working_day(day).map(u32::from)).sum()
    }
}

impl Year {
    fn take_off(&mut self, year: i32, holiday: &Holiday) -> Result<(), CalendarError> {
        let [first, last] = holiday.off;
        if last < first {
            return Err(CalendarError::Backwards { name: holiday.name.clone() });
        }
        within(year, &holiday.name, &[first, last])?;
        let days = (first.days()..=last.days()).filter_map(Date::from_days);
        self.off.extend(days.map(|day| (day, holiday.name.clone())));
        Ok(())
    }

    fn take_worked(&mut self, year: i32, holiday: &Holiday) -> Result<(), CalendarError> {
        within(year, &holiday.name, &holiday.worked)?;
        let misfit = holiday.worked.iter().find(|day| !day.weekday().is_weekend() || self.off.contains_key(day));
        if let Some(day) = misfit {
            return Err(CalendarError::NotAWeekend { name: holiday.name.clone(), day: *day });
        }
        self.worked.extend(&holiday.worked);
        Ok(())
    }
}

fn within(year: i32, name: &str, days: &[Date]) -> Result<(), CalendarError> {
    match days.iter().find(|day| day.year() != year) {
        Some(day) => Err(CalendarError::OtherYear { name: name.to_owned(), day: *day, year }),
        None => Ok(()),
    }
}

fn next(day: Date) -> Result<Date, CalendarError> {
    Date::from_days(day.days() + 1).ok_or(CalendarError::NoCalendar { year: day.year() + 1 })
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
