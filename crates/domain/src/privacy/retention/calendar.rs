//! Spans of months and birthdays, as the law counts them.

use chrono::{Datelike, Months, NaiveDate};

/// The day that many months later: of the same number, or the month's last where it has none (a year after 29 February is
/// 28 February). The calendar's own end, where it does not reach so far.
#[must_use]
pub fn after_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// The birthday at which somebody has that many months: who was born on 29 February has it on 1 March in a common year,
/// since only then the whole time is over.
#[must_use]
pub fn birthday(born: NaiveDate, months: u32) -> NaiveDate {
    let day = after_months(born, months);
    if day.day() < born.day() { day_after(day) } else { day }
}

/// The next day; the calendar's own end has none.
#[must_use]
pub fn day_after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}
