//! When two appointments are in each other's way.
//!
//! Which of them count (the active ones of one practitioner, not overbooked on purpose) is the caller's question; the
//! schema asks the same one again.

use serde::{Deserialize, Serialize};

/// The longest appointment, in minutes: 24 hours. The look-up of overlaps in the store relies on it.
pub const MAX_MINUTES: i64 = 24 * 60;

/// A stretch of wall time: from `start` (minutes, see [`crate::time::WallTime::minutes`]) up to, not including, its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Its first minute.
    pub start: i64,
    /// How many minutes it lasts.
    pub minutes: i64,
}

/// Why a duration is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// It must last at least a minute.
    #[error("an appointment lasts at least one minute")]
    NotPositive,
    /// It would last more than a day.
    #[error("an appointment lasts 24 hours at most")]
    TooLong,
}

/// The duration in minutes, if an appointment can last so long: 1 to [`MAX_MINUTES`].
pub const fn check_minutes(minutes: i64) -> Result<i64, DurationError> {
    if minutes < 1 {
        Err(DurationError::NotPositive)
    } else if minutes > MAX_MINUTES {
        Err(DurationError::TooLong)
    } else {
        Ok(minutes)
    }
}

impl Span {
    /// A span of an allowed duration.
    pub const fn new(start: i64, minutes: i64) -> Result<Self, DurationError> {
        match check_minutes(minutes) {
            Ok(minutes) => Ok(Self { start, minutes }),
            Err(error) => Err(error),
        }
    }

    /// The minute at which it is over.
    pub const fn end(self) -> i64 {
        self.start.saturating_add(self.minutes)
    }

    /// True where they share at least one minute; one that begins when the other ends does not.
    pub const fn overlaps(self, other: Span) -> bool {
        self.minutes > 0 && other.minutes > 0 && self.start < other.end() && other.start < self.end()
    }

    /// True where the other lies wholly within.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end() <= self.end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span() -> impl Strategy<Value = Span> {
        (-60i64..60, 1i64..40).prop_map(|(start, minutes)| Span { start, minutes })
    }

    fn all_minutes(span: Span) -> Vec<i64> {
        (span.start..span.end()).collect()
    }

    #[test]
    fn one_may_begin_when_the_other_ends() {
        let first = Span::new(540, 20).unwrap();
        assert!(!first.overlaps(Span::new(560, 20).unwrap()));
        assert!(first.overlaps(Span::new(559, 20).unwrap()));
    }

    #[test]
    fn durations_are_a_minute_to_a_day() {
        assert_eq!(check_minutes(1), Ok(1));
        assert_eq!(check_minutes(MAX_MINUTES), Ok(1440));
        assert_eq!(check_minutes(0), Err(DurationError::NotPositive));
        assert_eq!(check_minutes(i64::MIN), Err(DurationError::NotPositive));
        assert_eq!(Span::new(0, 1441), Err(DurationError::TooLong));
    }

    proptest! {
        #[test]
        fn overlap_is_a_minute_in_common(a in span(), b in span()) {
            let (minutes_a, minutes_b) = (all_minutes(a), all_minutes(b));
            prop_assert_eq!(a.overlaps(b), minutes_a.iter().any(|minute| minutes_b.contains(minute)));
            prop_assert_eq!(a.contains(b), minutes_b.iter().all(|minute| minutes_a.contains(minute)));
        }

        #[test]
        fn overlap_goes_both_ways(a in span(), b in span()) {
            prop_assert_eq!(a.overlaps(b), b.overlaps(a));
            prop_assert!(a.overlaps(a));
        }

        #[test]
        fn no_number_makes_it_fail(a in any::<(i64, i64)>(), b in any::<(i64, i64)>()) {
            let (a, b) = (Span { start: a.0, minutes: a.1 }, Span { start: b.0, minutes: b.1 });
            prop_assert_eq!(a.overlaps(b), b.overlaps(a));
        }
    }
}
