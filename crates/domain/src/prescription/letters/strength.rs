//! A strength in full letters: "50 microgrammes/heure", "2,5 mg/ml".

use super::french;
use crate::prescription::sentence::Language;
use crate::text::ascii_digits;

/// French one, French several, Arabic.
const UNITS: &[(&[&str], [&str; 3])] = &[
    (&["mg", "milligramme", "milligrammes"], ["milligramme", "milligrammes", "ملليغرام"]),
    (
        &["µg", "μg", "mcg", "microgramme", "microgrammes"],
        ["microgramme", "microgrammes", "ميكروغرام"],
    ),
    (&["g", "gramme", "grammes"], ["gramme", "grammes", "غرام"]),
    (&["ml", "mL", "millilitre", "millilitres"], ["millilitre", "millilitres", "ملليلتر"]),
    (&["ui", "UI"], ["unité internationale", "unités internationales", "وحدة دولية"]),
    (&["h", "heure", "heures"], ["heure", "heures", "ساعة"]),
    (&["%"], ["pour cent", "pour cent", "بالمئة"]),
    (&["dose", "doses"], ["dose", "doses", "جرعة"]),
];

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
            continue;
        }
        if first == '/' {
            words.push(if language == Language::French { "par" } else { "لكل" }.to_owned());
            rest = &rest[1..];
            number = None;
            continue;
        }
        if first.is_ascii_digit() {
            let end = digits_end(rest);
            // "1 000 microgrammes" is one number.
            let digits: String = rest[..end].chars().filter(|c| !c.is_whitespace()).collect();
            if digits.split([',', '.']).any(|part| part.len() > 9) {
                return None;
            }
            words.push(match language {
                Language::French => french::decimal(&digits, false),
                Language::Arabic => super::arabic::decimal(&digits),
            });
            number = Some(digits);
            numbers += 1;
            rest = &rest[end..];
            continue;
        }
        let end = rest.find(|c: char| !(c.is_alphabetic() || c == '%')).unwrap_or(rest.len());
        let word = rest.get(..end).filter(|word| !word.is_empty())?;
        let lower = word.to_lowercase();
        let (_, names) = UNITS.iter().find(|(known, _)| known.contains(&word) || known.contains(&lower.as_str()))?;
        let several = number.as_deref().is_some_and(|digits| {
            digits.split([',', '.']).next().and_then(|whole| whole.parse::<u32>().ok()).is_some_and(|whole| whole >= 2)
        });
        let name = match language {
            Language::Arabic => names[2],
            Language::French if several => names[1],
            Language::French => names[0],
        };
        if let (Language::French, Some(last)) = (language, words.last_mut())
            && matches!(names[0], "unité internationale" | "dose" | "heure")
            && (last == "un" || last.ends_with(" et un"))
        {
            last.push('e');
        }
        words.push(name.to_owned());
        rest = &rest[end..];
    }
    (numbers > 0).then(|| words.join(" "))
}

/// Where a number ends: digits, groups of three behind a blank, one decimal comma or point.
fn digits_end(text: &str) -> usize {
    let bytes: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |at: usize| bytes.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
    let mut at = 0;
    let mut decimals = false;
    while at < bytes.len() {
        let c = bytes[at].1;
        let group = c.is_whitespace()
            && !decimals
            && digit(at + 1)
            && digit(at + 2)
            && digit(at + 3)
            && !digit(at + 4);
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
        ] {
            assert_eq!(strength(text, Language::French).as_deref(), Some(letters));
        }
        assert_eq!(strength("50 mg", Language::Arabic).as_deref(), Some("خمسون ملليغرام"));
        for text in ["", "fort", "50 zorks", "50"] {
            assert_eq!(strength(text, Language::French).is_some(), text == "50", "{text}");
        }
    }
}
