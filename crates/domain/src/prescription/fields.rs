//! Fields of a letter's template: `{patient}`, `{né le}`, `{motif}`. What is known is put in; what is not stays and is told,
//! so that nothing is signed with a hole in it.
//!
//! Deliberately not here: templates, and where what is known comes from.

use crate::patient::names::normalise;

/// A text with its fields filled as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// Names of the fields that are still open, each once, in the order of the text.
    pub unfilled: Vec<String>,
}

/// The longest name of a field: what is longer is text between braces.
const LONGEST: usize = 40;

/// Fills a text. `known` gives a field by its name, normalised; an empty value is none.
#[must_use]
pub fn fill(text: &str, known: impl Fn(&str) -> Option<String>) -> Filled {
    let (mut out, mut unfilled) = (String::with_capacity(text.len()), Vec::<String>::new());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = from.find('}') else {
            rest = from;
            break;
        };
        let name = from[1..close].trim();
        // A brace within is the beginning of another field.
        if name.contains('{') {
            out.push('{');
            rest = &from[1..];
            continue;
        }
        if name.is_empty() || name.chars().count() > LONGEST || name.contains('\n') {
            out.push_str(&from[..=close]);
        } else {
            match known(&normalise(name)).filter(|value| !value.trim().is_empty()) {
                // What is put in is no template: braces in it are its own.
                Some(value) => out.push_str(&value),
                None => {
                    out.push_str(&from[..=close]);
                    if !unfilled.iter().any(|one| one == name) {
                        unfilled.push(name.to_owned());
                    }
                }
            }
        }
        rest = &from[close + 1..];
    }
    out.push_str(rest);
    Filled { text: out, unfilled }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(name: &str) -> Option<String> {
        match name {
            "patient" => Some("Marie Dupont".to_owned()),
            "ne le" => Some("12/05/1979".to_owned()),
            "vide" => Some(" ".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn what_is_known_is_put_in_and_the_rest_is_told() {
        let filled = fill("{Patient}, né(e) le {né le} : {motif}, {vide}, {motif}.", known);
        assert_eq!(filled.text, "Marie Dupont, né(e) le 12/05/1979 : {motif}, {vide}, {motif}.");
        assert_eq!(filled.unfilled, ["motif", "vide"]);
    }

    #[test]
    fn braces_that_hold_no_field_stay() {
        for text in ["a { b", "{}", "a } b", "{ \n }", "{{"] {
            let filled = fill(text, known);
            assert_eq!((filled.text.as_str(), filled.unfilled.len()), (text, 0), "{text}");
        }
        assert_eq!(fill("{{patient}", known).text, "{Marie Dupont");
    }

    proptest! {
        #[test]
        fn a_text_without_braces_is_left_alone(text in "[^{}]*") {
            prop_assert_eq!(fill(&text, known), Filled { text: text.clone(), unfilled: Vec::new() });
        }

        #[test]
        fn nothing_but_fields_is_lost(text in "[a{} ]{0,30}") {
            let filled = fill(&text, |_| None);
            prop_assert_eq!(filled.text, text);
        }
    }
}
