//! The day a time limit of a stage ends on.

use crate::spec::{DayKind, FirstDaySpec, LimitSpec};
use standards::{Calendar, CalendarError, Date, Period};

/// The last day of a limit that opens on `start`.
///
/// # Errors
/// [`CalendarError::NoCalendar`] when working days must be known in a year the calendar does not cover.
pub fn limit_due(limit: &LimitSpec, start: Date, calendar: &Calendar) -> Result<Date, CalendarError> {
    period_of(limit).last_day(start, calendar)
}

fn period_of(limit: &LimitSpec) -> Period {
    let kind = match limit.kind {
        DayKind::Working => standards::DayKind::Working,
        DayKind::Natural => standards::DayKind::Natural,
    };
    let first_day = match limit.first_day {
        FirstDaySpec::Counted => standards::FirstDay::Counted,
        FirstDaySpec::NotCounted => standards::FirstDay::NotCounted,
    };
    Period { days: limit.days.into(), kind, first_day, roll_to_working_day: limit.roll }
}
