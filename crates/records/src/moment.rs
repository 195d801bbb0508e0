//! The time of a command, and who gave it.

use serde::{Deserialize, Serialize};
use standards::date::Date;

/// China has one time zone, eight hours ahead of UTC, without summer time.
pub const CHINA_OFFSET_MS: i64 = 8 * 60 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// An instant, in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The day it falls on in China.
    pub fn day(self) -> Date {
        let days = (self.0 + CHINA_OFFSET_MS).div_euclid(DAY_MS);
        Date::from_days(i32::try_from(days).unwrap_or(0)).unwrap_or(Date::MAX)
    }

    /// The last instant of a day in China.
    pub fn end_of(day: Date) -> Self {
        Self((i64::from(day.days()) + 1) * DAY_MS - CHINA_OFFSET_MS - 1)
    }

    /// The first instant of a day in China.
    pub fn start_of(day: Date) -> Self {
        Self(i64::from(day.days()) * DAY_MS - CHINA_OFFSET_MS)
    }

    /// `2026-01-20 09:05` in China.
    pub fn text(self) -> String {
        let minutes = (self.0 + CHINA_OFFSET_MS).rem_euclid(DAY_MS) / 60_000;
        format!("{} {:02}:{:02}", self.day(), minutes / 60, minutes % 60)
    }
}

/// On whose behalf a command is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The person's account; `upkeep` for the time limits themselves, `public` for somebody not signed in.
    pub account: String,
    /// The organisation the person acts for.
    pub organisation: String,
    /// The mandate under which a provider's clerk acts for an enterprise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<String>,
}

impl By {
    /// The program itself, when a time limit has passed.
    pub fn upkeep() -> Self {
        Self { account: "upkeep".into(), organisation: "platform".into(), mandate: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_and_ends_in_china() {
        let day = Date::parse("2026-01-20").unwrap();
        for (moment, on) in [(Moment::start_of(day), "2026-01-20"), (Moment::end_of(day), "2026-01-20")] {
            assert_eq!(moment.day().to_string(), on);
        }
        assert_eq!(Moment(Moment::end_of(day).0 + 1).day().to_string(), "2026-01-21");
        assert_eq!(Moment(Moment::start_of(day).0 - 1).day().to_string(), "2026-01-19");
        assert_eq!(Moment(0).text(), "1970-01-01 08:00");
    }
}
