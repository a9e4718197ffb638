//! Amounts of an intake and spans of time, exact: hundredths of a unit, so that halves, quarters and "2,5 ml" are whole
//! numbers and no sum is rounded.

use serde::{Deserialize, Serialize};

/// Hundredths of a unit of intake. Never zero in a posology that is [sound](super::Posology::check).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(pub u32);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(100);
    /// More than anybody takes at once.
    pub const MOST: Self = Self(1_000_000);

    /// So many whole units.
    #[must_use]
    pub const fn whole(units: u32) -> Self {
        Self(units.saturating_mul(100))
    }

    /// The whole units in it.
    #[must_use]
    pub const fn units(self) -> u32 {
        self.0 / 100
    }

    /// The hundredths beyond the whole units.
    #[must_use]
    pub const fn rest(self) -> u32 {
        self.0 % 100
    }

    /// As a number with a decimal comma, without zeros at its end.
    #[must_use]
    pub fn decimal(self) -> String {
        match self.rest() {
            0 => self.units().to_string(),
            rest if rest % 10 == 0 => format!("{},{}", self.units(), rest / 10),
            rest => format!("{},{rest:02}", self.units()),
        }
    }
}

words! {
    /// The unit of a span of time.
    SpanUnit {
        /// Days.
        Days = "days",
        /// Weeks of seven days.
        Weeks = "weeks",
        /// Months. A quantity counts thirty days for one, as dispensing does.
        Months = "months",
    }
}

/// A span of time as it was said: four weeks stay four weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// How many.
    pub number: u16,
    /// Of what.
    pub unit: SpanUnit,
}

impl Span {
    /// So many days.
    #[must_use]
    pub const fn days(number: u16) -> Self {
        Self { number, unit: SpanUnit::Days }
    }

    /// Its days.
    #[must_use]
    pub const fn in_days(self) -> u32 {
        let each = match self.unit {
            SpanUnit::Days => 1,
            SpanUnit::Weeks => 7,
            SpanUnit::Months => 30,
        };
        self.number as u32 * each
    }
}
