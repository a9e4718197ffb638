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
    /// neighbours (`K7M 4PX-3`), that make a booking code are that as well; names may happen to make one, so that what
    /// may be a name stays one too. Fewer digits than [`LEAST_DIGITS`] say nothing yet and are passed over.
    pub fn parse(text: &str, today: NaiveDate) -> Self {
        let text = ascii_digits(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut fragments = Vec::new();
        let mut at = 0;
        while at < words.len() {
            if let Some(pair) = spoken_code(&words[at..], today) {
                fragments.extend(pair);
                at += 2;
                continue;
            }
            let run = words[at..].iter().take_while(|word| is_numeric(word)).count();
            if run > 0 {
                fragments.extend(groups(&words[at..at + run], today).filter_map(|group| number(group, today)));
                at += run;
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

/// Where one number ends and the next begins: a written date stands alone, and so does a word of six digits or more,
/// unless something short such as `+33` stands before it.
fn groups<'a>(words: &'a [&'a str], today: NaiveDate) -> impl Iterator<Item = &'a [&'a str]> {
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let is_date = move |word: &str| digits(word) < word.len() && parse_birth(word, today).is_some();
    let mut begun = 0;
    words.chunk_by(move |last, next| {
        begun += digits(last);
        let together = !is_date(last) && !is_date(next) && (digits(next) < 6 || begun < 6) && digits(last) < 6;
        if !together {
            begun = 0;
        }
        together
    })
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

/// Two neighbours that make a code together. Two numbers are left to [`number`].
fn spoken_code(words: &[&str], today: NaiveDate) -> Option<Vec<Fragment>> {
    let [first, second, ..] = words else { return None };
    if is_numeric(first) && is_numeric(second) {
        return None;
    }
    let code: BookingCode = format!("{first}{second}").parse().ok()?;
    let as_said = first.chars().count() == 3 && second.chars().count() == 5 && second.contains('-');
    let each: Vec<Fragment> = if as_said && has_digit(first, second) {
        Vec::new()
    } else {
        [first, second].into_iter().flat_map(|word| one_word(word, today)).collect()
    };
    Some(or_code(each, code))
}

fn one_word(word: &str, today: NaiveDate) -> Vec<Fragment> {
    if is_numeric(word) { number(&[word], today).into_iter().collect() } else { name(word) }
}

fn has_digit(first: &str, second: &str) -> bool {
    first.chars().chain(second.chars()).any(|c| c.is_ascii_digit())
}

/// The words of a name in one word as typed (`d'Hérouville–Nguyễn` has three).
fn name(word: &str) -> Vec<Fragment> {
    names::tokens(word).into_iter().map(|token| Fragment { readings: vec![Reading::Name(token)] }).collect()
}

/// The words of one word as typed, and the code that it may be: only that, if it is grouped and has digits.
fn named(word: &str) -> Vec<Fragment> {
    let fragments = name(word);
    match word.parse() {
        Ok(code) if fragments.len() > 1 && has_digit(word, "") => or_code(Vec::new(), code),
        Ok(code) => or_code(fragments, code),
        Err(_) => fragments,
    }
}

/// Whoever has an appointment of that code fits all of these fragments.
fn or_code(mut fragments: Vec<Fragment>, code: BookingCode) -> Vec<Fragment> {
    for fragment in &mut fragments {
        fragment.readings.push(Reading::Code(code));
    }
    if fragments.is_empty() {
        fragments.push(Fragment { readings: vec![Reading::Code(code)] });
    }
    fragments
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Vec<Vec<Reading>> {
        let query = SearchQuery::parse(text, "2026-11-24".parse().unwrap());
        query.fragments.into_iter().map(|fragment| fragment.readings).collect()
    }

    fn name(text: &str) -> Reading {
        Reading::Name(text.to_owned())
    }

    fn born(text: &str) -> Reading {
        Reading::Born(text.parse().unwrap())
    }

    fn phone(text: &str) -> Reading {
        Reading::Phone(text.to_owned())
    }

    fn code(text: &str) -> Reading {
        Reading::Code(text.parse().unwrap())
    }

    #[test]
    fn words_are_names_in_their_search_form() {
        assert_eq!(parse("dup mar"), [[name("dup")], [name("mar")]]);
        assert_eq!(parse("  D’Hérouville–Nguyễn "), [[name("d")], [name("herouville")], [name("nguyen")]]);
        assert_eq!(parse("بن علي"), [[name("بن")], [name("علي")]]);
        assert_eq!(parse("أَحمد"), [[name("احمد")]]);
        assert_eq!(
            SearchQuery::parse("dup mar", "2026-11-24".parse().unwrap()).names().collect::<Vec<_>>(),
            ["dup", "mar"]
        );
    }

    #[test]
    fn six_digits_are_a_birth_date_and_digits_of_a_telephone() {
        assert_eq!(parse("030279"), [[born("1979-02-03"), phone("30279")]]);
        assert_eq!(parse("٠٣٠٢٧٩"), [[born("1979-02-03"), phone("30279")]]);
        assert_eq!(parse("03 02 79"), [[born("1979-02-03"), phone("30279")]]);
        assert_eq!(parse("dupont 3.2.79"), [vec![name("dupont")], vec![born("1979-02-03"), phone("3279")]]);
    }

    #[test]
    fn a_written_date_is_a_date_only() {
        for text in ["03/02/1979", "3/2/79", "1979-02-03", "03 02 1979", "03.02.1979"] {
            assert_eq!(parse(text), [[born("1979-02-03")]], "{text}");
        }
    }

    #[test]
    fn telephones_are_read_however_they_are_dialled() {
        for text in ["0612345678", "06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78"] {
            assert_eq!(parse(text), [[phone("612345678")]], "{text}");
        }
        for text in ["+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033612345678", "+33(0)612345678"] {
            assert_eq!(parse(text), [[phone("33612345678")]], "{text}");
        }
        assert_eq!(parse("5678"), [[phone("5678")]]);
    }

    #[test]
    fn a_telephone_and_a_birth_date_may_stand_side_by_side() {
        let both = [[born("1979-02-03")], [phone("612345678")]];
        assert_eq!(parse("03/02/1979 0612345678"), both);
        assert_eq!(parse("03/02/1979 06 12 34 56 78"), both);
        assert_eq!(parse("06 12 34 56 78 1979-02-03"), [[phone("612345678")], [born("1979-02-03")]]);
        let typed = vec![born("1979-02-03"), phone("30279")];
        assert_eq!(parse("030279 06 12 34 56 78"), [typed.clone(), vec![phone("612345678")]]);
        assert_eq!(parse("06 12 34 56 78 030279"), [vec![phone("612345678")], typed]);
        assert_eq!(parse("+33 612345678"), [[phone("33612345678")]]);
    }

    #[test]
    fn a_booking_code_is_known_as_said_and_as_printed() {
        assert_eq!(parse("K7M 4PX-3"), [[code("K7M4PX3")]]);
        assert_eq!(parse("k7m-4px-3"), [[code("K7M4PX3")]]);
        assert_eq!(parse("k7m4px3"), [[name("k7m4px3"), code("K7M4PX3")]]);
        assert_eq!(parse("k7m4px4"), [[name("k7m4px4")]], "the check does not fit");
    }

    #[test]
    fn a_code_of_letters_only_is_found_and_may_still_be_a_name() {
        let letters = code("BCVWQAS");
        assert_eq!(parse("bcvwqas"), [[name("bcvwqas"), letters.clone()]]);
        assert_eq!(parse("bcv wqas"), [[name("bcv"), letters.clone()], [name("wqas"), letters.clone()]]);
        assert_eq!(parse("bcv-wqas"), [[name("bcv"), letters.clone()], [name("wqas"), letters]]);
    }

    #[test]
    fn what_says_nothing_yet_is_passed_over() {
        for text in ["", " ", "06", "+33", "-", "...", "0", "7"] {
            assert!(parse(text).is_empty(), "{text}");
        }
        assert_eq!(parse("dupont 06"), [[name("dupont")]]);
        assert_eq!(parse("06 dupont 12"), [[name("dupont")]]);
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_fail_and_every_fragment_has_a_reading(text in any::<String>()) {
            let query = SearchQuery::parse(&text, "2026-11-24".parse().unwrap());
            prop_assert!(query.fragments.iter().all(|fragment| !fragment.readings.is_empty()));
        }

        #[test]
        fn digits_to_look_for_are_digits(text in "[0-9٠-٩+() ./-]{0,20}") {
            for reading in parse(&text).concat() {
                if let Reading::Phone(digits) = reading {
                    prop_assert!(digits.len() >= LEAST_DIGITS && digits.bytes().all(|b| b.is_ascii_digit()));
                }
            }
        }

        #[test]
        fn a_code_is_found_however_it_is_typed(number in 0u32..1 << 30) {
            let wanted = BookingCode::from_number(number);
            for text in [wanted.to_string(), wanted.spoken(), wanted.to_string().to_lowercase(), wanted.spoken().replace(' ', "-")] {
                let found = parse(&text);
                prop_assert!(!found.is_empty());
                prop_assert!(found.iter().all(|one| one.contains(&Reading::Code(wanted))), "{} gives {:?}", text, found);
            }
        }
    }
}
