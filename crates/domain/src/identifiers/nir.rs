//! NIR, the French social security number (and INS): sex, year, month, department, municipality, order, key.

use chrono::{Datelike, NaiveDate};

use super::{Check, Warning, bare, is_digits};
use crate::patient::sex::Sex;

/// Checks form, month and key; blanks are passed over.
///
/// Months above 12 are written where the month of birth is unknown: 20 to 42 and 50 to 99.
pub fn check(text: &str) -> Check {
    let number = bare(text);
    let digits = as_digits(&number).filter(|digits| is_digits(digits, 15)).ok_or(Warning::NirFormat)?;
    if !matches!(digits.as_bytes()[0], b'1'..=b'4' | b'7' | b'8') {
        return Err(Warning::NirFormat);
    }
    let month: u32 = digits[3..5].parse().map_err(|_| Warning::NirFormat)?;
    if !matches!(month, 1..=12 | 20..=42 | 50..=99) {
        return Err(Warning::NirMonth);
    }
    if key_of(&number[..13]).is_some_and(|key| number[13..] == key) { Ok(()) } else { Err(Warning::NirKey) }
}

/// The key (two digits) of the 13 characters before it: 97 less the remainder by 97. None where they are not a NIR's.
pub fn key_of(thirteen: &str) -> Option<String> {
    let digits = as_digits(&bare(thirteen)).filter(|digits| is_digits(digits, 13))?;
    let number: u64 = digits.parse().ok()?;
    Some(format!("{:02}", 97 - number % 97))
}

/// Year of the century and, where the number knows it, month of birth: `(79, Some(3))`.
pub fn nir_birth_hint(text: &str) -> Option<(u32, Option<u32>)> {
    let number = complete(text)?;
    let year = number[1..3].parse().ok()?;
    let month = number[3..5].parse().ok().filter(|month| (1..=12).contains(month));
    Some((year, month))
}

/// The sex that the number states.
pub fn nir_sex(text: &str) -> Option<Sex> {
    match complete(text)?.as_bytes()[0] {
        b'1' | b'3' | b'7' => Some(Sex::Male),
        b'2' | b'4' | b'8' => Some(Sex::Female),
        _ => None,
    }
}

/// Whether the number agrees with the birth date and the sex, as far as they are known. (A child is often entered under
/// a parent's number, which this finds.)
pub fn agrees(text: &str, born: Option<NaiveDate>, sex: Sex) -> Check {
    if let (Some((year, month)), Some(born)) = (nir_birth_hint(text), born)
        && (born.year().rem_euclid(100).unsigned_abs() != year || month.is_some_and(|month| month != born.month()))
    {
        return Err(Warning::NirBirth);
    }
    match nir_sex(text) {
        Some(stated) if sex != Sex::Unknown && stated != sex => Err(Warning::NirSex),
        _ => Ok(()),
    }
}

/// The form in which two NIR are compared: the 13 characters without the key, in upper case. None where there are fewer.
pub fn comparable(text: &str) -> Option<String> {
    complete(text).map(|number| number[..13].to_owned())
}

/// The number with or without its key, if it has the form of one.
fn complete(text: &str) -> Option<String> {
    let number = bare(text);
    as_digits(&number).filter(|digits| is_digits(digits, 13) || is_digits(digits, 15)).map(|_| number)
}

/// With Corsica's 2A as 19 and 2B as 18. None where letters stand elsewhere.
fn as_digits(number: &str) -> Option<String> {
    if !number.is_ascii() {
        return None;
    }
    let digits = match number.get(5..7) {
        Some("2A") => format!("{}19{}", &number[..5], &number[7..]),
        Some("2B") => format!("{}18{}", &number[..5], &number[7..]),
        _ => number.to_owned(),
    };
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}
