//! A strength in full letters: "50 microgrammes/heure", "2,5 mg/ml".

use super::{arabic, arabic_counted, french};
use crate::prescription::sentence::Language;
use crate::prescription::unit::Noun;
use crate::text::ascii_digits;

/// French one and several, Arabic one, counted (11 to 99), two and few.
type Names = [&'static str; 6];

const UNITS: &[(&[&str], Names)] = &[
    (
        &["mg", "milligramme", "milligrammes"],
        ["milligramme", "milligrammes", "ملليغرام", "ملليغرامًا", "ملليغرامان", "ملليغرامات"],
    ),
    (
        &["µg", "μg", "mcg", "microgramme", "microgrammes"],
        ["microgramme", "microgrammes", "ميكروغرام", "ميكروغرامًا", "ميكروغرامان", "ميكروغرامات"],
    ),
    (&["g", "gramme", "grammes"], ["gramme", "grammes", "غرام", "غرامًا", "غرامان", "غرامات"]),
    (
        &["ml", "millilitre", "millilitres"],
        ["millilitre", "millilitres", "ملليلتر", "ملليلترًا", "ملليلتران", "ملليلترات"],
    ),
    (
        &["ui"],
        ["unité internationale", "unités internationales", "وحدة دولية", "وحدة دولية", "وحدتان دوليتان", "وحدات دولية"],
    ),
    (&["h", "heure", "heures"], ["heure", "heures", "ساعة", "ساعة", "ساعتان", "ساعات"]),
    (&["%"], ["pour cent", "pour cent", "بالمئة", "بالمئة", "بالمئة", "بالمئة"]),
    (&["dose", "doses"], ["dose", "doses", "جرعة", "جرعة", "جرعتان", "جرعات"]),
];

const FEMININE: [&str; 3] = ["unité internationale", "heure", "dose"];

/// A number with its unit's name.
fn named(digits: &str, names: &Names, language: Language) -> String {
    let feminine = FEMININE.contains(&names[0]);
    let whole = digits.split([',', '.']).next().and_then(|whole| whole.parse::<u32>().ok()).unwrap_or(0);
    let exact = !digits.contains([',', '.']);
    match language {
        Language::French => {
            format!("{} {}", french::decimal(digits, feminine), if whole >= 2 { names[1] } else { names[0] })
        }
        Language::Arabic if exact && names[0] != "pour cent" => {
            let noun = Noun {
                fr: names[0],
                fr_many: names[1],
                fr_feminine: feminine,
                ar: names[2],
                ar_counted: names[3],
                ar_two: names[4],
                ar_two_governed: names[4],
                ar_many: names[5],
                ar_feminine: feminine,
            };
            arabic_counted(whole, &noun)
        }
        Language::Arabic => format!("{} {}", arabic::decimal(digits), names[2]),
    }
}

/// The strength in letters; `None` where there is no number in it, or a unit whose name is not known.
#[must_use]
pub fn strength(text: &str, language: Language) -> Option<String> {
    let text = ascii_digits(text);
    let mut words: Vec<String> = Vec::new();
    let mut number: Option<String> = None;
    let mut numbers = 0;
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() || first == '.' {
            rest = &rest[first.len_utf8()..];
        } else if first == '/' {
            words.extend(number.take().map(|digits| bare(&digits, language)));
            words.push(if language == Language::French { "par" } else { "لكل" }.to_owned());
            rest = &rest[1..];
        } else if first == '+' {
            words.extend(number.take().map(|digits| bare(&digits, language)));
            words.push(if language == Language::French { "plus" } else { "زائد" }.to_owned());
            rest = &rest[1..];
        } else if first.is_ascii_digit() {
            words.extend(number.take().map(|digits| bare(&digits, language)));
            let end = digits_end(rest);
            // "1 000 microgrammes" is one number.
            let digits: String = rest[..end].chars().filter(|c| !c.is_whitespace()).collect();
            if digits.split([',', '.']).any(|part| part.len() > 9) {
                return None;
            }
            number = Some(digits);
            numbers += 1;
            rest = &rest[end..];
        } else {
            let end = rest.find(|c: char| !(c.is_alphabetic() || c == '%')).unwrap_or(rest.len());
            let word = rest.get(..end).filter(|word| !word.is_empty())?.to_lowercase();
            let (_, names) = UNITS.iter().find(|(known, _)| known.contains(&word.as_str()))?;
            words.push(match number.take() {
                Some(digits) => named(&digits, names, language),
                None => names[if language == Language::French { 0 } else { 2 }].to_owned(),
            });
            rest = &rest[end..];
        }
    }
    words.extend(number.take().map(|digits| bare(&digits, language)));
    (numbers > 0).then(|| words.join(" "))
}

fn bare(digits: &str, language: Language) -> String {
    match language {
        Language::French => french::decimal(digits, false),
        Language::Arabic => arabic::decimal(digits),
    }
}

/// Where a number ends: digits, groups of three behind a blank, one decimal comma or point.
fn digits_end(text: &str) -> usize {
    let bytes: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |at: usize| bytes.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
    let mut at = 0;
    let mut decimals = false;
    while at < bytes.len() {
        let c = bytes[at].1;
        let group = c.is_whitespace() && !decimals && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4);
        let comma = matches!(c, ',' | '.') && !decimals && digit(at + 1);
        if !(c.is_ascii_digit() || group || comma) {
            break;
        }
        decimals |= comma;
        at += 1;
    }
    bytes.get(at).map_or(text.len(), |&(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strengths_are_written_out_with_their_units() {
        for (text, letters) in [
            ("50 mg", "cinquante milligrammes"),
            ("0,25 mg", "zéro virgule vingt-cinq milligramme"),
            ("50 microgrammes/heure", "cinquante microgrammes par heure"),
            ("12 µg/h", "douze microgrammes par heure"),
            ("10 mg/5 ml", "dix milligrammes par cinq millilitres"),
            ("1 000 mg", "mille milligrammes"),
            ("21 UI", "vingt et une unités internationales"),
            ("91 mg", "quatre-vingt-onze milligrammes"),
            ("500 mg + 30 mg", "cinq cents milligrammes plus trente milligrammes"),
        ] {
            assert_eq!(strength(text, Language::French).as_deref(), Some(letters));
        }
        assert_eq!(strength("50 mg", Language::Arabic).as_deref(), Some("خمسون ملليغرامًا"));
        assert_eq!(strength("10 mg/ml", Language::Arabic).as_deref(), Some("عشرة ملليغرامات لكل ملليلتر"));
        for text in ["", "fort", "50 zorks", "50"] {
            assert_eq!(strength(text, Language::French).is_some(), text == "50", "{text}");
        }
    }
}
