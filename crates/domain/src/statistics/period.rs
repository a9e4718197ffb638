//! Weeks, months, quarters and any other stretch of days, and the one before each.

use chrono::{Datelike, Days, Months, NaiveDate};

words! {
    /// Over which days figures are taken.
    PeriodKind {
        /// Monday to Sunday.
        Week = "week",
        /// A calendar month.
        Month = "month",
        /// January to March, and so on.
        Quarter = "quarter",
        /// From one day to another.
        Custom = "custom",
    }
}

/// The most days of one period: a leap year's.
pub const LONGEST: i64 = 366;

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

fn month_start(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn plus_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

fn minus_days(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

impl Period {
    /// The week, month or quarter that a day belongs to; of a custom period the day alone.
    #[must_use]
    pub fn around(kind: PeriodKind, day: NaiveDate) -> Self {
        let (from, months) = match kind {
            PeriodKind::Week => {
                let from = minus_days(day, u64::from(day.weekday().num_days_from_monday()));
                return Self { from, until: from.checked_add_days(Days::new(6)).unwrap_or(NaiveDate::MAX) };
            }
            PeriodKind::Custom => return Self { from: day, until: day },
            PeriodKind::Month => (month_start(day), 1),
            PeriodKind::Quarter => {
                let first = month_start(day);
                (first.checked_sub_months(Months::new(first.month0() % 3)).unwrap_or(first), 3)
            }
        };
        Self { from, until: minus_days(plus_months(from, months), 1) }
    }

    /// From one day to another; none where they are in the wrong order or more than [`LONGEST`] days apart.
    #[must_use]
    pub fn custom(from: NaiveDate, until: NaiveDate) -> Option<Self> {
        let period = Self { from, until };
        (1..=LONGEST).contains(&period.days()).then_some(period)
    }

    /// How many days.
    #[must_use]
    pub fn days(self) -> i64 {
        (self.until - self.from).num_days() + 1
    }

    /// What it is compared with: the week, month or quarter before; of a custom one as many days just before.
    #[must_use]
    pub fn before(self, kind: PeriodKind) -> Self {
        let last = minus_days(self.from, 1);
        match kind {
            PeriodKind::Custom => {
                Self { from: minus_days(self.from, u64::try_from(self.days()).unwrap_or(1)), until: last }
            }
            _ => Self::around(kind, last),
        }
    }

    /// The days, or where they are more than 31 the ISO weeks (cut at both ends), of which a picture is made.
    #[must_use]
    pub fn steps(self) -> Vec<Self> {
        let mut steps = Vec::new();
        let mut from = self.from;
        while from <= self.until {
            let until =
                if self.days() > 31 { Self::around(PeriodKind::Week, from).until.min(self.until) } else { from };
            steps.push(Self { from, until });
            let Some(next) = until.checked_add_days(Days::new(1)) else { break };
            from = next;
        }
        steps
    }

    /// Whether a day is one of its days.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn said(period: Period) -> String {
        format!("{} {}", period.from, period.until)
    }

    #[test]
    fn a_period_holds_its_day_and_the_one_before_ends_the_day_before() {
        let day = date("2026-11-24");
        let of = |kind| {
            let period = Period::around(kind, day);
            (said(period), said(period.before(kind)))
        };
        assert_eq!(of(PeriodKind::Week), ("2026-11-23 2026-11-29".into(), "2026-11-16 2026-11-22".into()));
        assert_eq!(of(PeriodKind::Month), ("2026-11-01 2026-11-30".into(), "2026-10-01 2026-10-31".into()));
        assert_eq!(of(PeriodKind::Quarter), ("2026-10-01 2026-12-31".into(), "2026-07-01 2026-09-30".into()));
        let custom = Period::custom(date("2026-11-10"), date("2026-11-24")).unwrap();
        assert_eq!(said(custom.before(PeriodKind::Custom)), "2026-10-26 2026-11-09");
    }

    #[test]
    fn a_custom_period_is_in_order_and_a_year_at_most() {
        assert_eq!(Period::custom(date("2026-11-24"), date("2026-11-23")), None);
        assert!(Period::custom(date("2028-01-01"), date("2028-12-31")).is_some());
        assert_eq!(Period::custom(date("2028-01-01"), date("2029-01-01")), None);
    }

    #[test]
    fn a_month_is_shown_by_days_and_a_quarter_by_weeks() {
        assert_eq!(Period::around(PeriodKind::Month, date("2026-10-05")).steps().len(), 31);
        let weeks = Period::around(PeriodKind::Quarter, date("2026-11-24")).steps();
        assert_eq!((said(weeks[0]), weeks.len()), ("2026-10-01 2026-10-04".into(), 14));
    }

    proptest! {
        #[test]
        fn steps_cover_the_period_without_gap_or_overlap(first in 0i64..30_000, days in 0i64..366, kind in 0usize..4) {
            let from = crate::time::from_day_number(first);
            let kind = PeriodKind::ALL[kind];
            let period = if kind == PeriodKind::Custom {
                Period::custom(from, crate::time::from_day_number(first + days)).unwrap()
            } else {
                Period::around(kind, from)
            };
            prop_assert!(period.contains(from) && period.days() >= 1 && period.days() <= LONGEST);
            let steps = period.steps();
            prop_assert_eq!(steps[0].from, period.from);
            prop_assert_eq!(steps.last().unwrap().until, period.until);
            for pair in steps.windows(2) {
                prop_assert_eq!((pair[1].from - pair[0].until).num_days(), 1);
            }
            let before = period.before(kind);
            prop_assert_eq!((period.from - before.until).num_days(), 1);
            prop_assert!(kind != PeriodKind::Custom || before.days() == period.days());
        }
    }
}
