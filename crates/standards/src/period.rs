//! Lengths of time as notices state them, and the day they end on.

use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, CalendarError};
use crate::date::Date;

/// Whether the day on which something happens is the first day of the period it opens. Notices differ;
/// 《民法典》第二百零一条 does not count it unless agreed otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FirstDay {
    /// 含起始日
    Counted,
    /// 不含起始日
    NotCounted,
}

/// Which days a period counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayKind {
    /// 工作日
    Working,
    /// 自然日
    Natural,
}

/// A length of time as a notice states it: so many days of a kind, with or without the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Period {
    /// How many days.
    pub days: u32,
    /// Working or natural days.
    pub kind: DayKind,
    /// Whether the first day counts.
    pub first_day: FirstDay,
    /// Whether a last day that is no working day moves to the next working day
    /// (《民法典》第二百零三条).
    #[serde(default)]
    pub roll_to_working_day: bool,
}

impl Period {
    /// The last day of the period that opens on `start`; print both on the notice.
    ///
    /// # Errors
    /// [`CalendarError::NoCalendar`] when working days must be known in a year not covered; a period of
    /// natural days that does not roll needs no calendar.
    pub fn last_day(&self, start: Date, calendar: &Calendar) -> Result<Date, CalendarError> {
        let last = match self.kind {
            DayKind::Working => calendar.add_working_days(start, self.days, self.first_day)?,
            DayKind::Natural => self.natural(start),
        };
        match self.roll_to_working_day {
            true => calendar.working_day_from(last),
            false => Ok(last),
        }
    }

    fn natural(&self, start: Date) -> Date {
        let counted = u32::from(self.first_day == FirstDay::Counted);
        let days = self.days.saturating_sub(counted);
        start.add_days(i32::try_from(days).unwrap_or(i32::MAX))
    }
}
