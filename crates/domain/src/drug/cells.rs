//! What stands in the cells of the drug base: prices, rates, dates, codes.

use chrono::NaiveDate;

use crate::money::Cents;

/// A price: the last comma (or point) stands before the cents, those before it between thousands: `1,466,29` is 1466.29.
#[must_use]
pub fn price(text: &str) -> Option<Cents> {
    let text = text.trim();
    let (whole, cents) = text.rsplit_once([',', '.'])?;
    let digits: String = whole.chars().filter(|c| !matches!(c, ',' | '.' | ' ' | '\u{a0}')).collect();
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !plain(&digits) || !plain(cents) || cents.len() > 2 {
        return None;
    }
    let cents: i64 = if cents.len() == 1 { cents.parse::<i64>().ok()? * 10 } else { cents.parse().ok()? };
    Cents::price(digits.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?)
}

/// A rate of reimbursement, `65%` and `65 %` alike.
#[must_use]
pub fn rate(text: &str) -> Option<u8> {
    let number = text.trim().strip_suffix('%')?.trim_end_matches([' ', '\u{a0}']);
    number.parse().ok().filter(|rate| *rate <= 100)
}

/// A date `dd/mm/yyyy`.
#[must_use]
pub fn date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, b)| if matches!(at, 2 | 5) { *b == b'/' } else { b.is_ascii_digit() });
    if !shape {
        return None;
    }
    NaiveDate::from_ymd_opt(text[6..].parse().ok()?, text[3..5].parse().ok()?, text[..2].parse().ok()?)
}

/// A CIS code: eight digits.
#[must_use]
pub fn cis(text: &str) -> Option<i64> {
    (text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prices_are_read_with_commas_between_thousands() {
        for (text, cents) in [("24,34", 2434), ("1,466,29", 146_629), ("0,5", 50), ("7 518,58", 751_858)] {
            assert_eq!(price(text).map(Cents::value), Some(cents), "{text}");
        }
        for text in ["", "24", "24,", ",50", "24,345", "-1,00", "a,20", "99999999999999999999,00"] {
            assert_eq!(price(text), None, "{text}");
        }
    }

    #[test]
    fn rates_dates_and_codes_are_read_strictly() {
        assert_eq!((rate("65%"), rate("65 %"), rate("100\u{a0}%")), (Some(65), Some(65), Some(100)));
        assert_eq!((rate(""), rate("65"), rate("165%"), rate("-5%")), (None, None, None, None));
        assert_eq!(date("29/02/2024"), NaiveDate::from_ymd_opt(2024, 2, 29));
        assert_eq!(
            (date("29/02/2023"), date("1/2/2024"), date("2024-02-01"), date("é9/02/202")),
            (None, None, None, None)
        );
        assert_eq!(
            (cis("60002283"), cis("6000228"), cis("6000228a"), cis("+6000228")),
            (Some(60_002_283), None, None, None)
        );
    }

    proptest! {
        #[test]
        fn a_price_is_what_was_written(cents in 0i64..100_000_000) {
            let (whole, rest) = (cents / 100, cents % 100);
            let text = if whole >= 1000 { format!("{},{:03},{rest:02}", whole / 1000, whole % 1000) } else { format!("{whole},{rest:02}") };
            prop_assert_eq!(price(&text).map(Cents::value), Some(cents));
        }

        #[test]
        fn nothing_makes_a_cell_panic(text in any::<String>()) {
            let _ = (price(&text), rate(&text), date(&text), cis(&text));
        }
    }
}
