//! What the registers say, in three languages. One source for the papers and for the screen's proposals.

mod actions;
mod lines;
mod points;

use chrono::{DateTime, NaiveDate, Utc};
use domain::time::{Zone, wall};

use crate::print::words::Language;

pub(super) use actions::{action, part};
pub(super) use lines::{field, ground, kind, line, lines, right};
pub(super) use points::{answer, point};

/// One of the three.
pub(super) const fn pick(
    language: Language,
    french: &'static str,
    arabic: &'static str,
    english: &'static str,
) -> &'static str {
    match language {
        Language::French => french,
        Language::Arabic => arabic,
        Language::English => english,
    }
}

/// A date in figures.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// A date in figures, or nothing.
pub(super) fn day_or_none(date: Option<NaiveDate>) -> String {
    date.map(day).unwrap_or_default()
}

/// An instant on the practice's clock, in figures.
pub(super) fn moment(at: DateTime<Utc>, zone: &Zone) -> String {
    wall(at, zone).naive().format("%d/%m/%Y %H:%M").to_string()
}

/// The language's tag, as it is stored.
pub(super) const fn tag(language: Language) -> &'static str {
    match language {
        Language::French => "fr",
        Language::Arabic => "ar",
        Language::English => "en",
    }
}
