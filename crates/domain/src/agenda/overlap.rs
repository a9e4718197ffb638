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
