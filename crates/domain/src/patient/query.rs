//! What somebody types into the search box, read in every way it can be meant.
//!
//! Running the search is the store's; this only says what to look for.

use chrono::NaiveDate;

use super::{birth::parse_birth, names};
use crate::agenda::booking_code::BookingCode;

/// One way to read a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Part of a name, in search form (one word).
    Name(String),
    /// The birth date.
    Born(NaiveDate),
    /// Digits of a phone number, without `+`, `00` or a leading 0: to be found anywhere in the digits of its E.164 form.
    Phone(String),
    /// The booking code of one of their appointments.
    Code(BookingCode),
}

/// One piece of the text; a patient fits if any reading fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// The ways to read it, at least one.
    pub readings: Vec<Reading>,
}

/// The whole text; a patient fits if every fragment does, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchQuery {
    /// Its pieces, in the order typed.
    pub fragments: Vec<Fragment>,
}

impl SearchQuery {
    /// Reads the text; `today` is for years of two digits.
    pub fn parse(text: &str, today: NaiveDate) -> Self {
        let _ = (names::tokens(text), parse_birth(text, today));
        Self::default()
    }

    /// True where there is nothing to look for (yet).
    pub fn is_empty(&self) -> bool {
        self.fragments.is_empty()
    }
}
