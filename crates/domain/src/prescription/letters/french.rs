//! French numbers in full letters.

use super::MOST;
use crate::prescription::unit::Noun;

const SMALL: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
];
const TENS: [&str; 7] = ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante"];

/// A whole number, its last "un" feminine where the noun is.
#[must_use]
pub fn french(number: u32, feminine: bool) -> String {
    let number = number.min(MOST);
    let mut words: Vec<String> = Vec::new();
    let (millions, thousands, rest) = (number / 1_000_000, number / 1000 % 1000, number % 1000);
    if millions > 0 {
        words.push(hundreds(millions, false, true));
        words.push(if millions > 1 { "millions" } else { "million" }.to_owned());
    }
    if thousands > 0 {
        // "mille" is a numeral: "deux cent mille", "quatre-vingt mille", and one of it is not counted.
        if thousands > 1 {
            words.push(hundreds(thousands, false, false));
        }
        words.push("mille".to_owned());
    }
    if rest > 0 || words.is_empty() {
        words.push(hundreds(rest, feminine, true));
    }
    words.join(" ")
}

/// A whole number of things.
#[must_use]
pub fn french_counted(number: u32, noun: &Noun) -> String {
    let link = match number {
        // "un million de comprimés"
        number if number >= 1_000_000 && number % 1_000_000 == 0 => "de ",
        _ => "",
    };
    format!("{} {link}{}", french(number, noun.fr_feminine), if number >= 2 { noun.fr_many } else { noun.fr })
}

/// A number with a decimal comma, in digits, as letters: each leading zero of the decimals is said.
#[must_use]
pub(super) fn decimal(digits: &str, feminine: bool) -> String {
    let Some((whole, decimals)) = digits.split_once([',', '.']) else {
        return french(digits.parse().unwrap_or(MOST), feminine);
    };
    let zeros = decimals.len() - decimals.trim_start_matches('0').len();
    let mut words = vec![french(whole.parse().unwrap_or(MOST), false), "virgule".to_owned()];
    words.extend(std::iter::repeat_n("zéro".to_owned(), zeros.min(decimals.len())));
    if zeros < decimals.len() {
        words.push(french(decimals.parse().unwrap_or(MOST), feminine));
    }
    words.join(" ")
}

/// Below a thousand; `ends` where no numeral follows, so that "cents" and "quatre-vingts" take their s.
fn hundreds(number: u32, feminine: bool, ends: bool) -> String {
    let (hundred, rest) = (number / 100, number % 100);
    let mut words = Vec::new();
    if hundred > 1 {
        words.push(SMALL[hundred as usize]);
    }
    if hundred > 0 {
        words.push(if hundred > 1 && rest == 0 && ends { "cents" } else { "cent" });
    }
    let tens = if rest > 0 || hundred == 0 { tens(rest, feminine, ends) } else { String::new() };
    if !tens.is_empty() {
        words.push(&tens);
    }
    words.join(" ")
}

fn tens(number: u32, feminine: bool, ends: bool) -> String {
    let one = if feminine { "une" } else { "un" };
    match number {
        1 => one.to_owned(),
        0..=16 => SMALL[number as usize].to_owned(),
        17..=19 => format!("dix-{}", SMALL[number as usize - 10]),
        71 => "soixante et onze".to_owned(),
        70..=79 => format!("soixante-{}", tens(number - 60, false, true)),
        80 => if ends { "quatre-vingts" } else { "quatre-vingt" }.to_owned(),
        81..=99 => format!("quatre-vingt-{}", tens(number - 80, feminine, true)),
        _ => match (TENS[number as usize / 10], number % 10) {
            (ten, 0) => ten.to_owned(),
            (ten, 1) => format!("{ten} et {one}"),
            (ten, unit) => format!("{ten}-{}", SMALL[unit as usize]),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_numbers_are_spelt_the_traditional_way() {
        for (number, words) in [
            (0, "zéro"),
            (1, "un"),
            (16, "seize"),
            (17, "dix-sept"),
            (21, "vingt et un"),
            (22, "vingt-deux"),
            (61, "soixante et un"),
            (70, "soixante-dix"),
            (71, "soixante et onze"),
            (77, "soixante-dix-sept"),
            (80, "quatre-vingts"),
            (81, "quatre-vingt-un"),
            (91, "quatre-vingt-onze"),
            (99, "quatre-vingt-dix-neuf"),
            (100, "cent"),
            (101, "cent un"),
            (123, "cent vingt-trois"),
            (180, "cent quatre-vingts"),
            (200, "deux cents"),
            (201, "deux cent un"),
            (1000, "mille"),
            (1001, "mille un"),
            (2000, "deux mille"),
            (80_000, "quatre-vingt mille"),
            (200_000, "deux cent mille"),
            (200_200, "deux cent mille deux cents"),
            (1_000_000, "un million"),
            (280_000_080, "deux cent quatre-vingts millions quatre-vingts"),
        ] {
            assert_eq!(french(number, false), words);
        }
        assert_eq!(french(21, true), "vingt et une");
        assert_eq!(french(81, true), "quatre-vingt-une");
        assert_eq!(french(71, true), "soixante et onze");
        assert_eq!(french(21_001, true), "vingt et un mille une");
    }

    #[test]
    fn decimals_keep_their_zeros() {
        assert_eq!(decimal("0,25", false), "zéro virgule vingt-cinq");
        assert_eq!(decimal("0,05", false), "zéro virgule zéro cinq");
        assert_eq!(decimal("2,50", false), "deux virgule cinquante");
        assert_eq!(decimal("1,00", false), "un virgule zéro zéro");
    }
}
