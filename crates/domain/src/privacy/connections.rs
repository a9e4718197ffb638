//! How long connections are remembered: six months, counted on the calendar.

use chrono::{DateTime, Months, Utc};

/// Months for which a line of the connection log is kept (DOMAIN: retention).
pub const KEPT_MONTHS: u32 = 6;

/// The earliest instant whose connections are still kept. Six months before the last day of a month that long is the last day
/// of a shorter one.
#[must_use]
pub fn kept_from(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(KEPT_MONTHS)).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, TimeDelta};
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn six_months_end_with_the_month_where_the_day_is_missing() {
        for (now, from) in [
            ("2026-11-26T08:00:00Z", "2026-05-26T08:00:00Z"),
            ("2026-08-31T23:59:59Z", "2026-02-28T23:59:59Z"),
            ("2028-08-31T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("2028-08-29T12:00:00Z", "2028-02-29T12:00:00Z"),
            ("2028-02-29T12:00:00Z", "2027-08-29T12:00:00Z"),
            ("2026-12-31T12:00:00Z", "2026-06-30T12:00:00Z"),
            ("2026-03-31T12:00:00Z", "2025-09-30T12:00:00Z"),
            ("2027-01-01T00:00:00Z", "2026-07-01T00:00:00Z"),
        ] {
            assert_eq!(kept_from(at(now)), at(from), "{now}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_kept_longer_than_half_a_year_nor_much_less(seconds in 0_i64..4_000_000_000) {
            let now = DateTime::from_timestamp(seconds, 0).expect("an instant");
            let days = (now - kept_from(now)).num_days();
            prop_assert!((181..=184).contains(&days), "{days} days");
            prop_assert!(kept_from(now).day() <= now.day());
        }

        #[test]
        fn later_keeps_from_later(seconds in 0_i64..4_000_000_000, more in 0_i64..40_000_000) {
            let now = DateTime::from_timestamp(seconds, 0).expect("an instant");
            prop_assert!(kept_from(now + TimeDelta::seconds(more)) >= kept_from(now));
        }
    }
}
