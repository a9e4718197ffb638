//! Arabic numbers in full letters, in the nominative, with the gender that the counted noun asks for.

use super::MOST;
use crate::prescription::unit::Noun;

/// One to ten beside masculine nouns: from three on the numeral takes the other gender's form.
const MASCULINE: [&str; 11] =
    ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"];
const FEMININE: [&str; 11] = ["صفر", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"];
const TENS: [&str; 10] = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"];
const HUNDREDS: [&str; 10] =
    ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"];

/// A whole number that counts a noun of this gender.
#[must_use]
pub fn arabic(number: u32, feminine: bool) -> String {
    let number = number.min(MOST);
    if number == 0 {
        return MASCULINE[0].to_owned();
    }
    let (millions, thousands, rest) = (number / 1_000_000, number / 1000 % 1000, number % 1000);
    let mut parts = Vec::new();
    if millions > 0 {
        parts.push(scale(millions, "مليون", "مليونان", "ملايين", "مليونًا"));
    }
    if thousands > 0 {
        parts.push(scale(thousands, "ألف", "ألفان", "آلاف", "ألفًا"));
    }
    if rest > 0 {
        parts.push(hundreds(rest, feminine));
    }
    parts.join(" و")
}

/// A whole number of things: one and two are said by the noun itself.
#[must_use]
pub fn arabic_counted(number: u32, noun: &Noun) -> String {
    match number {
        1 => format!("{} {}", noun.ar, if noun.ar_feminine { "واحدة" } else { "واحد" }),
        2 if noun.ar_two != noun.ar => noun.ar_two.to_owned(),
        // "مئة قرص وقرص": after a hundred, one and two stand behind the noun.
        _ if number > 100 && number % 100 == 1 => {
            format!("{} {} و{}", construct(&arabic(number - 1, noun.ar_feminine)), noun.ar, noun.ar)
        }
        _ if number > 100 && number % 100 == 2 && noun.ar_two != noun.ar => {
            format!("{} {} و{}", construct(&arabic(number - 2, noun.ar_feminine)), noun.ar, noun.ar_two)
        }
        _ => {
            let words = arabic(number, noun.ar_feminine);
            let words = if number.is_multiple_of(100) { construct(&words) } else { words };
            format!("{words} {}", noun.ar_after(number))
        }
    }
}

/// A number with a decimal comma, in digits: each leading zero of the decimals is said.
#[must_use]
pub(super) fn decimal(digits: &str) -> String {
    let Some((whole, decimals)) = digits.split_once([',', '.']) else {
        return arabic(digits.parse().unwrap_or(MOST), false);
    };
    let zeros = decimals.len() - decimals.trim_start_matches('0').len();
    let mut words = vec![arabic(whole.parse().unwrap_or(MOST), false), "فاصلة".to_owned()];
    words.extend(std::iter::repeat_n(MASCULINE[0].to_owned(), zeros));
    if zeros < decimals.len() {
        words.push(arabic(decimals.parse().unwrap_or(MOST), false));
    }
    words.join(" ")
}

/// A dual directly before its noun loses its nun: "مئتا قرص", "ألفا قرص".
fn construct(words: &str) -> String {
    // "أحد عشر ألف قرص"
    if let Some(start) = words.strip_suffix("ألفًا") {
        return format!("{start}ألف");
    }
    for dual in ["مئتان", "ألفان", "مليونان"] {
        if let Some(start) = words.strip_suffix(dual) {
            return format!("{start}{}", dual.trim_end_matches('ن'));
        }
    }
    words.to_owned()
}

fn scale(number: u32, one: &str, two: &str, few: &str, many: &str) -> String {
    match number {
        1 => one.to_owned(),
        2 => two.to_owned(),
        _ => {
            let form = match number % 100 {
                3..=10 => few,
                11..=99 => many,
                _ => one,
            };
            let words = hundreds(number, false);
            let words = if number.is_multiple_of(100) { construct(&words) } else { words };
            format!("{words} {form}")
        }
    }
}

fn hundreds(number: u32, feminine: bool) -> String {
    let (hundred, rest) = ((number / 100) as usize, number % 100);
    match (hundred, rest) {
        (0, _) => tens(rest, feminine),
        (_, 0) => HUNDREDS[hundred].to_owned(),
        _ => format!("{} و{}", HUNDREDS[hundred], tens(rest, feminine)),
    }
}

fn tens(number: u32, feminine: bool) -> String {
    let small = if feminine { FEMININE } else { MASCULINE };
    let (ten, unit) = ((number / 10) as usize, (number % 10) as usize);
    match number {
        0..=10 => small[number as usize].to_owned(),
        // In 11 and 12 both words agree with the noun; in 13 to 19 only the ten does.
        11 => if feminine { "إحدى عشرة" } else { "أحد عشر" }.to_owned(),
        12 => if feminine { "اثنتا عشرة" } else { "اثنا عشر" }.to_owned(),
        13..=19 => format!("{} {}", small[unit], if feminine { "عشرة" } else { "عشر" }),
        _ if unit == 0 => TENS[ten].to_owned(),
        _ if unit == 1 => format!("{} و{}", if feminine { "إحدى" } else { "واحد" }, TENS[ten]),
        _ => format!("{} و{}", if unit == 8 && feminine { "ثمانٍ" } else { small[unit] }, TENS[ten]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prescription::Unit;

    #[test]
    fn arabic_numbers_take_the_gender_that_the_noun_asks_for() {
        let (tablet, drop) = (Unit::Tablet.noun(), Unit::Drop.noun());
        for (number, tablets, drops) in [
            (1, "قرص واحد", "قطرة واحدة"),
            (2, "قرصان", "قطرتان"),
            (8, "ثمانية أقراص", "ثماني قطرات"),
            (10, "عشرة أقراص", "عشر قطرات"),
            (11, "أحد عشر قرصًا", "إحدى عشرة قطرة"),
            (12, "اثنا عشر قرصًا", "اثنتا عشرة قطرة"),
            (15, "خمسة عشر قرصًا", "خمس عشرة قطرة"),
            (20, "عشرون قرصًا", "عشرون قطرة"),
            (21, "واحد وعشرون قرصًا", "إحدى وعشرون قطرة"),
            (91, "واحد وتسعون قرصًا", "إحدى وتسعون قطرة"),
            (100, "مئة قرص", "مئة قطرة"),
            (101, "مئة قرص وقرص", "مئة قطرة وقطرة"),
            (123, "مئة وثلاثة وعشرون قرصًا", "مئة وثلاث وعشرون قطرة"),
            (200, "مئتا قرص", "مئتا قطرة"),
            (1000, "ألف قرص", "ألف قطرة"),
            (12_000, "اثنا عشر ألف قرص", "اثنا عشر ألف قطرة"),
            (3000, "ثلاثة آلاف قرص", "ثلاثة آلاف قطرة"),
        ] {
            assert_eq!(arabic_counted(number, &tablet), tablets);
            assert_eq!(arabic_counted(number, &drop), drops);
        }
        assert_eq!(arabic(2026, false), "ألفان وستة وعشرون");
        assert_eq!(arabic(11_000, false), "أحد عشر ألفًا");
        assert_eq!(arabic(200_000, false), "مئتا ألف");
    }
}
