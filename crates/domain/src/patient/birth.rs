//! Birth dates as people type them.
//!
//! Ambiguity is settled without asking: the day comes first, as France and Morocco write it, and the year first only
//! where it has four digits. Nobody is born in the future or lived longer than [`OLDEST`] years.

use chrono::{Datelike, NaiveDate};

use crate::text::{ascii_digits, is_invisible};

/// The greatest age, in years, at which a birth date is believed.
pub const OLDEST: i32 = 130;

/// The birth date meant by `030279`, `03021979`, `03/02/1979`, `3.2.79`, `1979-02-03`, `18-09-92`, with Arabic digits
/// too; a time of midnight after it, as exports write, is passed over. A year of two digits is the latest one that
/// does not lie in the future.
pub fn parse_birth(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text: String = ascii_digits(text).chars().filter(|&c| !is_invisible(c)).collect();
    let text = without_time(text.trim());
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return match text.len() {
            6 => from_parts(&text[0..2], &text[2..4], &text[4..6], today),
            8 => from_parts(&text[0..2], &text[2..4], &text[4..8], today)
                .or_else(|| from_parts(&text[6..8], &text[4..6], &text[0..4], today)),
            _ => None,
        };
    }
    let parts: Vec<&str> = text
        .split(|c: char| matches!(c, '/' | '.' | '-' | '‐' | '‑' | '–' | ' ' | '\u{A0}' | '\u{202F}'))
        .map(str::trim)
        .collect();
    let [first, second, third] = parts[..] else { return None };
    if first.len() == 4 { from_parts(third, second, first, today) } else { from_parts(first, second, third, today) }
}

/// The text without `T00:00:00` or ` 00:00` at its end.
fn without_time(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((date, time)) if time.contains(':') && time.bytes().all(|b| matches!(b, b'0' | b':' | b'.' | b'Z')) => {
            date
        }
        _ => text,
    }
}

fn from_parts(day: &str, month: &str, year: &str, today: NaiveDate) -> Option<NaiveDate> {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    if day.len() > 2 || month.len() > 2 {
        return None;
    }
    let (day, month) = (number(day)?, number(month)?);
    let typed = i32::try_from(number(year)?).ok()?;
    let date = match year.len() {
        4 => NaiveDate::from_ymd_opt(typed, month, day)?,
        2 => {
            let century = today.year() - today.year().rem_euclid(100);
            // 29 February exists in one of two centuries, so both are tried.
            [century + typed, century - 100 + typed]
                .into_iter()
                .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
                .find(|&date| date <= today)?
        }
        _ => return None,
    };
    (date <= today && today.year() - date.year() <= OLDEST).then_some(date)
}
