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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VALID: [&str; 8] = [
        "279035121518989",
        "253072A07300443",
        "253072B07300470",
        "184057512345625",
        "275052A00400136",
        "180062B03300280",
        "225509741500122",
        "291069935001206",
    ];

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn real_shapes_pass_in_corsica_overseas_and_abroad() {
        for number in VALID {
            assert_eq!(check(number), Ok(()), "{number}");
        }
        for number in
            ["2 79 03 51 215 189 89", "2 53 07 2a 073 004 43", "٢٧٩٠٣٥١٢١٥١٨٩٨٩", "\u{200e}2.79.03.51.215.189.89"]
        {
            assert_eq!(check(number), Ok(()), "{number}");
        }
    }

    #[test]
    fn each_mistake_has_its_warning() {
        assert_eq!(check("184057512345626"), Err(Warning::NirKey));
        assert_eq!(check("253072C07300443"), Err(Warning::NirFormat));
        assert_eq!(check("184137512345625"), Err(Warning::NirMonth));
        for number in ["", "18405751234562", "1840575123456250", "1840575123456", "984057512345625", "18405751234562é"]
        {
            assert_eq!(check(number), Err(Warning::NirFormat), "{number}");
        }
    }

    #[test]
    fn it_tells_birth_and_sex() {
        assert_eq!(nir_birth_hint("279035121518989"), Some((79, Some(3))));
        assert_eq!(nir_birth_hint("225509741500122"), Some((25, None)), "month 50 is an unknown month");
        assert_eq!(nir_birth_hint("2790351"), None);
        assert_eq!(nir_sex("279035121518989"), Some(Sex::Female));
        assert_eq!(nir_sex("184057512345625"), Some(Sex::Male));
        assert_eq!(nir_sex("12"), None);
    }

    #[test]
    fn a_number_that_is_somebody_elses_shows() {
        let number = "279035121518989";
        assert_eq!(agrees(number, Some(date("1979-03-14")), Sex::Female), Ok(()));
        assert_eq!(agrees(number, None, Sex::Unknown), Ok(()));
        assert_eq!(agrees(number, Some(date("2009-03-14")), Sex::Female), Err(Warning::NirBirth));
        assert_eq!(agrees(number, Some(date("1979-04-14")), Sex::Female), Err(Warning::NirBirth));
        assert_eq!(agrees(number, Some(date("1979-03-14")), Sex::Male), Err(Warning::NirSex));
        assert_eq!(agrees("225509741500122", Some(date("1925-08-01")), Sex::Female), Ok(()));
    }

    /// The key by long division, digit by digit, of the whole as one number.
    fn key_by_hand(digits: &str) -> u32 {
        97 - digits.bytes().fold(0, |rest, b| (rest * 10 + u32::from(b - b'0')) % 97)
    }

    proptest! {
        #[test]
        fn the_key_is_the_one_computed_by_hand(digits in "[12][0-9]{12}") {
            let key = key_of(&digits).unwrap();
            prop_assert_eq!(key.parse::<u32>().unwrap(), key_by_hand(&digits));
            prop_assert!((1..=97).contains(&key.parse::<u32>().unwrap()));
        }

        #[test]
        fn corsica_counts_as_nineteen_and_eighteen(before in "[12][0-9]{4}", after in "[0-9]{6}") {
            prop_assert_eq!(key_of(&format!("{before}2A{after}")), key_of(&format!("{before}19{after}")));
            prop_assert_eq!(key_of(&format!("{before}2B{after}")), key_of(&format!("{before}18{after}")));
        }

        #[test]
        fn one_wrong_digit_is_always_found(of in prop::sample::select(&VALID[..]), place in 0usize..15, off in 1u8..10) {
            let mut bytes = of.as_bytes().to_vec();
            // Corsica's letter becomes some digit.
            let right = if bytes[place].is_ascii_digit() { bytes[place] - b'0' } else { 0 };
            bytes[place] = b'0' + (right + off) % 10;
            prop_assert!(check(std::str::from_utf8(&bytes).unwrap()).is_err());
        }

        #[test]
        fn nothing_typed_makes_it_fail(text in any::<String>()) {
            let _ = (check(&text), key_of(&text), nir_birth_hint(&text), nir_sex(&text), comparable(&text));
        }
    }
}
