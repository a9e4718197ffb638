//! The practice's abbreviations: `hta` and a blank become `hypertension artérielle`, while one types.
//!
//! Deliberately not here: which abbreviations there are. They are the practice's own.

use crate::patient::names::normalise;

/// A change of a text while it is typed: from one byte to another stands what is to be put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// First byte.
    pub from: usize,
    /// Byte behind.
    pub to: usize,
    /// What is put there.
    pub with: String,
}

/// Whether a character belongs to a word: what an abbreviation must not be cut out of.
fn joins(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '’' | '@' | '.' | '/')
}

/// Whether a character ends a word, so that the abbreviation before it counts.
#[must_use]
pub fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '!' | '?' | ')' | ']' | '،' | '؛' | '؟')
}

/// The form under which an abbreviation is looked up: case and accents do not count. Empty where it is no single word.
#[must_use]
pub fn key(short: &str) -> String {
    let short = short.trim();
    if short.chars().any(char::is_whitespace) || !short.chars().all(joins) {
        return String::new();
    }
    normalise(short).replace(' ', "")
}

/// Bytes of a French elision at the beginning of a word: what follows `d'` or `qu'` is a word of its own, what follows
/// `aujourd'` is not.
fn elided(word: &str) -> usize {
    match word.split_once(['\'', '’']) {
        Some((first, rest))
            if ["l", "d", "j", "m", "t", "s", "n", "c", "qu"].contains(&first.to_lowercase().as_str()) =>
        {
            word.len() - rest.len()
        }
        _ => 0,
    }
}

/// What becomes of the text when the character before the cursor has ended a word. None where that word is no abbreviation,
/// or only the end of a longer word. A capital at the beginning is kept.
#[must_use]
pub fn expand<'a>(text: &str, cursor: usize, find: impl Fn(&str) -> Option<&'a str>) -> Option<Expansion> {
    let before = text.get(..cursor)?;
    let end = before.chars().next_back().filter(|&c| ends_word(c))?;
    let to = cursor - end.len_utf8();
    let word = before[..to].trim_end_matches('.');
    let to = word.len();
    let whole = word.char_indices().rev().take_while(|&(_, c)| joins(c)).last()?.0;
    let from = whole + elided(&word[whole..]);
    let short = &word[from..];
    let with = find(&key(short)).filter(|_| !key(short).is_empty())?;
    let mut letters = short.chars();
    let capital = letters.next().is_some_and(char::is_uppercase)
        && letters.clone().all(|c| !c.is_uppercase())
        && letters.next().is_some();
    let with = match with.chars().next() {
        Some(first) if capital => first.to_uppercase().chain(with.chars().skip(1)).collect(),
        _ => with.to_owned(),
    };
    (with != short).then_some(Expansion { from, to, with })
}

/// The whole text with every abbreviation written out, as if it had been typed.
#[must_use]
pub fn expand_all<'a>(text: &str, find: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut done = String::with_capacity(text.len());
    for c in text.chars().chain(std::iter::once(' ')) {
        done.push(c);
        if let Some(Expansion { from, to, with }) = expand(&done, done.len(), &find) {
            done.replace_range(from..to, &with);
        }
    }
    done.pop();
    done
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn find(key: &str) -> Option<&'static str> {
        match key {
            "hta" => Some("hypertension artérielle"),
            "atcd" => Some("antécédent"),
            "ضد" => Some("ضغط الدم"),
            _ => None,
        }
    }

    fn typed(text: &str) -> String {
        expand_all(text, find)
    }

    /// The cases that the page's own copy of this rule is held to as well.
    #[test]
    fn a_word_grows_and_a_longer_word_does_not() {
        let cases = include_str!("../../../../tests/fixtures/abbreviations.json");
        let cases: Vec<(String, String)> = serde_json::from_str(cases).unwrap();
        assert!(cases.len() > 10);
        for (before, after) in cases {
            let grown = expand(&before, before.len(), find).map_or_else(
                || before.clone(),
                |one| format!("{}{}{}", &before[..one.from], one.with, &before[one.to..]),
            );
            assert_eq!(grown, after, "{before:?}");
        }
    }

    #[test]
    fn a_whole_text_is_written_out() {
        assert_eq!(typed("atcd: hta, rien"), "antécédent: hypertension artérielle, rien");
        assert_eq!(typed("hta"), "hypertension artérielle");
        assert_eq!(key("deux mots"), "");
        assert_eq!(key(" HTA "), "hta");
    }

    proptest! {
        #[test]
        fn nothing_but_the_word_before_the_cursor_changes(text in "[a-zéA-Z' ,.\n]{0,30}(hta|HTA|Hta|atcd|x)[ ,;]", more in "\\PC{0,10}") {
            let whole = format!("{text}{more}");
            if let Some(one) = expand(&whole, text.len(), find) {
                prop_assert!(one.from < one.to && one.to < text.len());
                let before = text[..one.from].chars().next_back();
                let inside = |c: char| joins(c) && !matches!(c, '\'' | '’');
                prop_assert!(!before.is_some_and(inside), "it began inside a word");
                prop_assert!(find(&key(&text[one.from..one.to])).is_some());
            }
        }

        #[test]
        fn any_text_and_any_place_is_borne(text in "\\PC{0,40}", cursor in 0_usize..60) {
            let _ = expand(&text, cursor, find);
        }

        #[test]
        fn a_text_without_abbreviations_stays_as_it_is(text in "[b-df-gi-su-zé ,.\n]{0,60}") {
            prop_assert_eq!(typed(&text), text);
        }
    }
}
