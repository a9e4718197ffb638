//! No-shows and late cancellations: when a cancellation is late, and from when on the desk is shown what was counted.
//!
//! It only shows. Nothing here, and nothing that uses it, refuses a booking or charges for one.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// The longest sentence for the desk, in characters.
pub const SENTENCE: usize = 200;

/// The practice's rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceRule {
    /// No-shows and late cancellations together, from which on they are shown.
    pub show_from: i64,
    /// Over how many months back they count.
    pub months: i64,
    /// A cancellation is late within so many hours before the start.
    pub late_hours: i64,
    /// What the desk is reminded of then, in the practice's own words; may be empty.
    pub sentence: String,
}

impl Default for AttendanceRule {
    /// Every one, over two years, late within a day.
    fn default() -> Self {
        Self { show_from: 1, months: 24, late_hours: 24, sentence: String::new() }
    }
}

/// Which field of a rule is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AttendanceRuleError {
    /// 1 to 20.
    #[error("shown from 1 to 20")]
    ShowFrom,
    /// 1 to 120.
    #[error("over 1 to 120 months")]
    Months,
    /// 0 to 336.
    #[error("late within 0 to 336 hours")]
    LateHours,
    /// Too long.
    #[error("the sentence is too long")]
    Sentence,
}

impl AttendanceRule {
    /// The rule, if it can be one.
    ///
    /// # Errors
    /// Which field is not.
    pub fn checked(self) -> Result<Self, AttendanceRuleError> {
        if !(1..=20).contains(&self.show_from) {
            return Err(AttendanceRuleError::ShowFrom);
        }
        if !(1..=120).contains(&self.months) {
            return Err(AttendanceRuleError::Months);
        }
        if !(0..=336).contains(&self.late_hours) {
            return Err(AttendanceRuleError::LateHours);
        }
        if self.sentence.chars().count() > SENTENCE {
            return Err(AttendanceRuleError::Sentence);
        }
        Ok(self)
    }

    /// Whether a cancellation now, of what starts then (wall minutes), is late.
    pub const fn is_late(&self, starts: i64, now: i64) -> bool {
        starts - now < self.late_hours * 60
    }

    /// The first day that counts.
    pub fn since(&self, today: NaiveDate) -> NaiveDate {
        let months = Months::new(u32::try_from(self.months).unwrap_or(0));
        today.checked_sub_months(months).unwrap_or(NaiveDate::MIN)
    }

    /// Whether what was counted is shown.
    pub const fn shows(&self, no_shows: i64, late_cancellations: i64) -> bool {
        no_shows + late_cancellations >= self.show_from
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn late_is_within_the_practice_s_hours() {
        let rule = AttendanceRule { late_hours: 48, ..Default::default() };
        assert!(rule.is_late(48 * 60 - 1, 0) && !rule.is_late(48 * 60, 0));
        let never = AttendanceRule { late_hours: 0, ..Default::default() };
        assert!(!never.is_late(0, 0) && never.is_late(-1, 0), "after the start at the latest");
    }

    #[test]
    fn the_period_goes_back_by_months() {
        let rule = AttendanceRule { months: 12, ..Default::default() };
        let today: NaiveDate = "2028-02-29".parse().unwrap();
        assert_eq!(rule.since(today).to_string(), "2027-02-28");
    }

    #[test]
    fn fields_out_of_range_are_named() {
        let rule = AttendanceRule::default;
        assert_eq!(rule().checked(), Ok(rule()));
        assert_eq!(AttendanceRule { show_from: 0, ..rule() }.checked(), Err(AttendanceRuleError::ShowFrom));
        assert_eq!(AttendanceRule { months: 121, ..rule() }.checked(), Err(AttendanceRuleError::Months));
        assert_eq!(AttendanceRule { late_hours: -1, ..rule() }.checked(), Err(AttendanceRuleError::LateHours));
        let long = AttendanceRule { sentence: "é".repeat(201), ..rule() };
        assert_eq!(long.checked(), Err(AttendanceRuleError::Sentence));
    }

    proptest! {
        #[test]
        fn more_missed_is_never_shown_less(show_from in 1i64..20, no_shows in 0i64..30, late in 0i64..30, more in 0i64..5) {
            let rule = AttendanceRule { show_from, ..Default::default() };
            prop_assert!(!rule.shows(no_shows, late) || rule.shows(no_shows + more, late));
            prop_assert!(!rule.shows(0, 0));
        }

        #[test]
        fn a_longer_notice_is_never_later(hours in 0i64..336, starts in 0i64..100_000, now in 0i64..100_000, before in 0i64..100) {
            let rule = AttendanceRule { late_hours: hours, ..Default::default() };
            prop_assert!(rule.is_late(starts, now) || !rule.is_late(starts, now - before));
        }
    }
}
