//! Weekly opening hours, less absences: when a practitioner is open on a date.
//!
//! Public holidays close nothing by themselves; the caller decides and passes an absence.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::overlap::Span;
use crate::time::{WallTime, day_number};

/// Minutes of a day on the wall.
const DAY: i64 = 24 * 60;

words! {
    /// Alternating weeks, by the parity of the ISO week number. After a year of 53 weeks two odd ones follow each other,
    /// as on every printed calendar.
    Weeks {
        /// Every week.
        Every = "every",
        /// Weeks 1, 3, 5 …
        Odd = "odd",
        /// Weeks 2, 4, 6 …
        Even = "even",
    }
}

impl Weeks {
    /// Whether the week of the date is one of them.
    pub fn include(self, date: NaiveDate) -> bool {
        match self {
            Weeks::Every => true,
            Weeks::Odd => date.iso_week().week() % 2 == 1,
            Weeks::Even => date.iso_week().week() % 2 == 0,
        }
    }
}

/// One opening that comes back weekly, such as Monday 09:00–12:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OpeningHours {
    /// Its day of the week.
    pub weekday: Weekday,
    /// Minute of the day at which it opens.
    pub from: u16,
    /// Minute of the day at which it closes, 1440 for midnight. At or before `from` it never opens.
    pub to: u16,
    /// First date on which it holds; always, if absent.
    pub valid_from: Option<NaiveDate>,
    /// Last date on which it holds; forever, if absent.
    pub valid_until: Option<NaiveDate>,
    /// In which weeks it holds.
    pub weeks: Weeks,
}

/// A time in which the practitioner is not there: an hour, a day, three weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Absence {
    /// Its first minute.
    pub from: WallTime,
    /// The minute at which they are back.
    pub to: WallTime,
}

impl OpeningHours {
    /// Whether it opens on the date.
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.weekday == date.weekday()
            && self.valid_from.is_none_or(|first| first <= date)
            && self.valid_until.is_none_or(|last| date <= last)
            && self.weeks.include(date)
    }
}

/// When it is open on the date: sorted, without overlap, touching openings joined, absences taken out.
pub fn open_spans(date: NaiveDate, hours: &[OpeningHours], absences: &[Absence]) -> Vec<Span> {
    let midnight = day_number(date) * DAY;
    let mut open: Vec<(i64, i64)> = hours
        .iter()
        .filter(|opening| opening.from < opening.to && opening.holds_on(date))
        .map(|opening| (midnight + i64::from(opening.from), midnight + i64::from(opening.to).min(DAY)))
        .filter(|(from, to)| from < to)
        .collect();
    open.sort_unstable();
    open.dedup_by(|next, kept| {
        let joined = next.0 <= kept.1;
        if joined {
            kept.1 = kept.1.max(next.1);
        }
        joined
    });
    for absence in absences {
        let (from, to) = (absence.from.minutes(), absence.to.minutes());
        if from >= to || to <= midnight || from >= midnight + DAY {
            continue;
        }
        open = open
            .into_iter()
            .flat_map(|(start, end)| [(start, end.min(from)), (start.max(to), end)])
            .filter(|(start, end)| start < end)
            .collect();
    }
    open.into_iter().map(|(start, end)| Span { start, minutes: end - start }).collect()
}
