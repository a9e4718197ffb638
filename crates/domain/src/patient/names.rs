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
