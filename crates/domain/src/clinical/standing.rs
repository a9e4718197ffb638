//! What stands on a day: a condition or a treatment between its dates.

/// Whether what lasts from one date to another stands on a day. ISO dates; an empty one is open.
#[must_use]
pub fn stands(since: &str, until: &str, today: &str) -> bool {
    (since.is_empty() || since <= today) && (until.is_empty() || until >= today)
}

/// Whether a date lies in a period. ISO dates; an empty one is open.
#[must_use]
pub fn within(on: &str, from: &str, until: &str) -> bool {
    (from.is_empty() || on >= from) && (until.is_empty() || on <= until)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_and_the_last_day_count() {
        assert!(stands("2026-11-22", "2026-11-22", "2026-11-22"));
        assert!(stands("", "", "2026-11-22"));
        assert!(!stands("", "2026-11-21", "2026-11-22"), "it ended yesterday");
        assert!(!stands("2026-11-23", "", "2026-11-22"), "it begins tomorrow");
        assert!(within("2026-11-22", "2026-11-22", ""));
        assert!(!within("2026-11-22", "2026-11-23", ""));
    }

    proptest! {
        #[test]
        fn what_stands_on_two_days_stands_between_them(a in 0_u32..28, b in 0_u32..28, c in 0_u32..28, from in 0_u32..28, to in 0_u32..28) {
            let day = |number: u32| format!("2026-02-{:02}", number + 1);
            let mut days = [a, b, c];
            days.sort_unstable();
            let on = |number| stands(&day(from), &day(to), &day(number));
            prop_assert!(!(on(days[0]) && on(days[2])) || on(days[1]));
        }
    }
}
