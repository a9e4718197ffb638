//! The search form of names: what `BEN ALI`, `Benali` and `بن علي` have in common with what somebody types.
//!
//! What is stored and shown is always the name as written; this form is for indexes and comparisons only. Latin and
//! Arabic are folded, each within its script: a transliteration is deliberately not attempted.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::{ascii_digit, is_invisible};

/// The search form: lower case, without accents, harakat and tatweel, letter variants as one (œ as oe, أإآ as ا, ى as ي,
/// ة as ه), Arabic digits as ASCII, and everything that is neither letter nor digit as one blank. Normalising twice
/// changes nothing.
pub fn normalise(text: &str) -> String {
    let mut form = String::with_capacity(text.len());
    let mut blank = false;
    let mut push = |c: char| {
        if !c.is_alphanumeric() || is_modifier(c) {
            blank = true;
            return;
        }
        if std::mem::take(&mut blank) && !form.is_empty() {
            form.push(' ');
        }
        form.push(c);
    };
    if text.is_ascii() {
        text.chars().for_each(|c| push(c.to_ascii_lowercase()));
    } else {
        for c in text.nfkd().filter(|&c| !is_dropped(c)).flat_map(char::to_lowercase).nfkd().filter(|&c| !is_dropped(c))
        {
            match fold(c) {
                Folded::One(c) => push(c),
                Folded::Two(first, second) => {
                    push(first);
                    push(second);
                }
            }
        }
    }
    form
}

/// The words of the search form.
pub fn tokens(text: &str) -> Vec<String> {
    normalise(text).split(' ').filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

/// The search form without blanks, in which `BEN ALI` and `Benali`, `بن علي` and `بنعلي` meet.
pub fn compact(text: &str) -> String {
    let mut form = normalise(text);
    form.retain(|c| c != ' ');
    form
}

enum Folded {
    One(char),
    Two(char, char),
}

/// Letters that do not come apart into a base and an accent.
fn fold(c: char) -> Folded {
    let one = match c {
        'œ' => return Folded::Two('o', 'e'),
        'æ' => return Folded::Two('a', 'e'),
        'ß' => return Folded::Two('s', 's'),
        'þ' => return Folded::Two('t', 'h'),
        'ł' => 'l',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        'ŧ' => 't',
        'ŋ' => 'n',
        // Alef wasla; the alefs with hamza or madda come apart into alef and a mark.
        'ٱ' => 'ا',
        // Alef maqsura, and the yeh and kaf of Persian keyboards.
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        c => ascii_digit(c),
    };
    Folded::One(one)
}

/// Marks that leave no blank behind: accents, harakat, tatweel, and what cannot be seen.
fn is_dropped(c: char) -> bool {
    c == 'ـ' || is_combining_mark(c) || is_invisible(c)
}

/// Letters that only look like apostrophes and accents (ʼ, ʻ, ˈ).
fn is_modifier(c: char) -> bool {
    matches!(c, '\u{2B0}'..='\u{2FF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_name_in_many_spellings_has_one_form() {
        for name in ["BEN ALI", "Ben-Ali", "ben  ali", " Ben\u{a0}Ali ", "BEN’ALI", "Bén Àli", "Ben\u{2011}Ali"] {
            assert_eq!(normalise(name), "ben ali", "{name}");
        }
        for name in ["BEN ALI", "Benali", "benali", "Bén-Âli"] {
            assert_eq!(compact(name), "benali", "{name}");
        }
        for name in ["بن علي", "بنعلي", "بِنْعَلِي", "بن على", "بنــعلي"] {
            assert_eq!(compact(name), "بنعلي", "{name}");
        }
    }

    #[test]
    fn arabic_variants_meet() {
        for name in ["أحمد", "احمد", "إحمد", "آحمد", "أَحْمَد", "ٱحمد"] {
            assert_eq!(normalise(name), "احمد", "{name}");
        }
        assert_eq!(normalise("فاطمة الزهراء"), normalise("فاطمه الزهراء"));
        assert_eq!(normalise("محمد بن عبد الله"), "محمد بن عبد الله");
        assert_eq!(normalise("\u{feb3}\u{fecc}\u{fef4}\u{fea9}"), "سعيد", "as old programs export it");
        assert_eq!(normalise("٠٦١٢"), "0612");
    }

    #[test]
    fn letters_that_do_not_come_apart_are_folded() {
        assert_eq!(normalise("D'Hérouville–Nguyễn"), "d herouville nguyen");
        assert_eq!(normalise("O’Brien"), "o brien");
        assert_eq!(normalise("Oʼbrien"), "o brien");
        assert_eq!(normalise("Ælfgifu Œuvrard"), "aelfgifu oeuvrard");
        assert_eq!(normalise("El Mehdi Aït-Ouahmane"), "el mehdi ait ouahmane");
        assert_eq!(normalise("Łukasz Żółć"), "lukasz zolc");
        assert_eq!(normalise("Øyvind Weiß Đorđe"), "oyvind weiss dorde");
        assert_eq!(normalise("GROẞ"), "gross");
        assert_eq!(normalise("İBRAHİM ışık"), "ibrahim isik");
        assert_eq!(normalise("ﬁona"), "fiona");
    }

    #[test]
    fn what_cannot_be_seen_leaves_nothing_behind() {
        assert_eq!(normalise("\u{feff}Du\u{ad}pont\u{200f}"), "dupont");
        assert_eq!(normalise(" -'. "), "");
        assert_eq!(normalise(""), "");
        assert!(tokens(" - ").is_empty());
        assert_eq!(tokens("d'Hérouville–Nguyễn"), ["d", "herouville", "nguyen"]);
    }

    #[test]
    fn a_long_name_stays_whole() {
        let name = "Wolfeschlegelsteinhausenbergerdorff-".repeat(2);
        assert_eq!(compact(&name).len(), 70);
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(name in any::<String>()) {
            let form = normalise(&name);
            prop_assert_eq!(normalise(&form), form);
        }

        #[test]
        fn the_form_is_words_with_single_blanks(name in "[A-Za-zÀ-ɏ'’ أ-ي\u{64b}-\u{652}ـ.-]{0,30}") {
            let form = normalise(&name);
            prop_assert!(!form.starts_with(' ') && !form.ends_with(' ') && !form.contains("  "));
            prop_assert_eq!(tokens(&name).join(" "), form.clone());
            prop_assert_eq!(compact(&name), form.replace(' ', ""));
            prop_assert!(!form.chars().any(|c| c.is_uppercase()));
        }

        #[test]
        fn case_makes_no_difference(name in "[a-zß-öø-ÿœ -]{0,20}") {
            prop_assert_eq!(normalise(&name.to_uppercase()), normalise(&name));
        }
    }
}
