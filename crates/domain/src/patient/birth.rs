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
    let is_separator = |c: char| matches!(c, '/' | '.' | '-' | '‐' | '‑' | '–');
    let parts: Vec<&str> = if text.contains(is_separator) {
        text.split(is_separator).map(str::trim).collect()
    } else {
        text.split_whitespace().collect()
    };
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> NaiveDate {
        date("2026-11-24")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn one_date_is_typed_in_many_ways() {
        for text in [
            "030279",
            "03021979",
            "03/02/1979",
            "3/2/79",
            "3.2.79",
            "03-02-79",
            "3 2 79",
            "1979-02-03",
            "1979/2/3",
            "19790203",
            "٠٣٠٢٧٩",
            "٠٣/٠٢/١٩٧٩",
            " 03/02/1979 ",
            "1979-02-03T00:00:00",
            "03/02/1979 00:00",
            "1979-02-03 00:00:00.000",
            "\u{200f}03/02/1979",
            "03 / 02 / 1979",
        ] {
            assert_eq!(parse_birth(text, today()), Some(date("1979-02-03")), "{text}");
        }
    }

    #[test]
    fn the_day_comes_first_unless_the_year_does() {
        assert_eq!(parse_birth("04/05/2010", today()), Some(date("2010-05-04")));
        assert_eq!(parse_birth("2010-05-04", today()), Some(date("2010-05-04")));
        assert_eq!(parse_birth("18-09-92", today()), Some(date("1992-09-18")));
        assert_eq!(parse_birth("20121980", today()), Some(date("1980-12-20")));
        assert_eq!(parse_birth("20021012", today()), Some(date("2002-10-12")));
        assert_eq!(parse_birth("12/31/1990", today()), None, "not the American way");
    }

    #[test]
    fn nobody_is_born_in_the_future() {
        assert_eq!(parse_birth("241126", today()), Some(today()), "a newborn");
        assert_eq!(parse_birth("251126", today()), Some(date("1926-11-25")), "tomorrow a hundred years ago");
        assert_eq!(parse_birth("25/11/2026", today()), None);
        assert_eq!(parse_birth("01/01/27", today()), Some(date("1927-01-01")));
        assert_eq!(parse_birth("29/02/00", today()), Some(date("2000-02-29")));
        assert_eq!(parse_birth("29/02/00", date("1999-06-01")), None, "1900 was no leap year");
    }

    #[test]
    fn what_is_no_birth_date_is_none() {
        for text in [
            "",
            "1979",
            "31/02/1979",
            "0302",
            "3/2",
            "03/02/1979/1",
            "32/01/1979",
            "00/01/1979",
            "03/02/179",
            "03/02/1800",
            "0612345678",
            "Dupont",
            "03/xx/1979",
            "03/02/+979",
            "//",
            "003/02/1979",
            "03/02/1979 12:30",
        ] {
            assert_eq!(parse_birth(text, today()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_way_of_writing_a_date_gives_it_back(age in 0i64..365 * 129) {
            let born = today() - chrono::Duration::days(age);
            for form in ["%d/%m/%Y", "%d%m%Y", "%Y-%m-%d", "%-d.%-m.%Y", "%d %m %Y"] {
                prop_assert_eq!(parse_birth(&born.format(form).to_string(), today()), Some(born), "{}", form);
            }
            if age < 365 * 99 {
                for form in ["%d%m%y", "%d-%m-%y", "%-d/%-m/%y"] {
                    prop_assert_eq!(parse_birth(&born.format(form).to_string(), today()), Some(born), "{}", form);
                }
            }
        }

        #[test]
        fn nothing_typed_makes_it_fail(text in any::<String>()) {
            let _ = parse_birth(&text, today());
        }

        #[test]
        fn what_is_read_is_believable(text in "[0-9٠-٩/. -]{0,12}") {
            if let Some(born) = parse_birth(&text, today()) {
                prop_assert!(born <= today() && today().year() - born.year() <= OLDEST);
            }
        }
    }
}
