//! What somebody types into the search box, read in every way it can be meant.
//!
//! Running the search is the store's; this only says what to look for.

use chrono::NaiveDate;

use super::{birth::parse_birth, names};
use crate::{agenda::booking_code::BookingCode, text::ascii_digits};

/// The fewest digits of a telephone number that are looked for; fewer would find everybody.
pub const LEAST_DIGITS: usize = 3;

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
    ///
    /// Words of letters are names, one fragment each. What is written in digits and their separators is one number, even
    /// across blanks (`06 11 22`, `3 2 79`): a birth date, digits of a telephone, or both (`030279`). A word, or two
    /// neighbours (`K7M 4PX-3`), that make a booking code are that as well; a name of seven letters may happen to, so
    /// that it stays a name too. Fewer digits than [`LEAST_DIGITS`] say nothing yet and are passed over.
    pub fn parse(text: &str, today: NaiveDate) -> Self {
        let text = ascii_digits(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut fragments = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let run = words[at..].iter().take_while(|word| is_numeric(word)).count();
            if run > 0 {
                fragments.extend(number(&words[at..at + run], today));
                at += run;
            } else if let Some(code) = two_words(&words[at..]) {
                fragments.push(Fragment { readings: vec![Reading::Code(code)] });
                at += 2;
            } else {
                fragments.extend(named(words[at]));
                at += 1;
            }
        }
        Self { fragments }
    }

    /// True where there is nothing to look for (yet).
    pub fn is_empty(&self) -> bool {
        self.fragments.is_empty()
    }

    /// The words that can be names, in the order typed.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fragments.iter().flat_map(|fragment| &fragment.readings).filter_map(|reading| match reading {
            Reading::Name(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// Digits with what people put between them.
fn is_numeric(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '.' | '-' | '/' | '(' | ')' | '–' | '‑'))
}

/// The readings of a number, if it is long enough to have one.
fn number(words: &[&str], today: NaiveDate) -> Option<Fragment> {
    let joined = words.join(" ");
    let glued = words.concat();
    let digits: String = glued.chars().filter(char::is_ascii_digit).collect();
    let born = parse_birth(&joined, today).or_else(|| parse_birth(&glued, today));
    // 03/02/1979 and 1979-02-03 are nothing but dates; 03.02.79 may be the beginning of a telephone number.
    let only_a_date = born.is_some() && (glued.contains('/') || digits.len() == 8 && digits.len() < joined.len());
    let mut readings: Vec<Reading> = born.map(Reading::Born).into_iter().collect();
    if !only_a_date {
        readings.extend(telephone(&glued, digits));
    }
    readings.extend(glued.parse().ok().map(Reading::Code));
    (!readings.is_empty()).then_some(Fragment { readings })
}

/// The digits to look for, without what differs between the ways to dial.
fn telephone(glued: &str, digits: String) -> Option<Reading> {
    let digits = if glued.contains("(0)") {
        glued.replace("(0)", "").chars().filter(char::is_ascii_digit).collect()
    } else {
        digits
    };
    let significant = digits.strip_prefix("00").or_else(|| digits.strip_prefix('0')).unwrap_or(&digits);
    (significant.len() >= LEAST_DIGITS).then(|| Reading::Phone(significant.to_owned()))
}

/// Two neighbours that make a code together, at least one of which has a digit (so that two names are never taken for
/// one).
fn two_words(words: &[&str]) -> Option<BookingCode> {
    let [first, second, ..] = words else { return None };
    let has_digit = [first, second].iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
    has_digit.then(|| format!("{first}{second}").parse().ok()).flatten()
}

/// The words of a name in one word as typed (`d'Hérouville–Nguyễn` has three), and the code that it may be.
fn named(word: &str) -> Vec<Fragment> {
    let code = word.parse().ok().map(Reading::Code);
    let mut fragments: Vec<Fragment> =
        names::tokens(word).into_iter().map(|token| Fragment { readings: vec![Reading::Name(token)] }).collect();
    match (&mut fragments[..], code) {
        ([only], Some(code)) => only.readings.push(code),
        (_, Some(code)) => return vec![Fragment { readings: vec![code] }],
        _ => {}
    }
    fragments
}
