//! Search in the text of a record that is open: every word of the question must begin a word of the text. Case, accents, and
//! the letters that Arabic writes in several ways do not count.
//!
//! Deliberately not here: anything that is kept. The caller holds the folded text as long as the record is open, in memory.

use crate::patient::names::normalise;

/// A text as it is searched.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut form = normalise(text);
    form.insert(0, ' ');
    form
}

/// A question, folded once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question(Vec<String>);

impl Question {
    /// Reads what somebody types.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self(folded(text).split(' ').filter(|word| !word.is_empty()).map(|word| format!(" {word}")).collect())
    }

    /// Whether it asks for nothing (yet): then everything fits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every word begins one of a text that [`folded`] made.
    #[must_use]
    pub fn fits(&self, folded: &str) -> bool {
        self.0.iter().all(|word| folded.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finds(question: &str, text: &str) -> bool {
        Question::read(question).fits(&folded(text))
    }

    #[test]
    fn words_are_found_by_their_beginning_in_any_order() {
        let text = "Œdème des membres inférieurs, HbA1c à 7,5 %";
        for question in ["oedeme", "INFERIEURS mem", "hba1c", "", "7,5", "7 5"] {
            assert!(finds(question, text), "{question}");
        }
        for question in ["dème", "membres superieurs", "a1c"] {
            assert!(!finds(question, text), "{question}");
        }
        assert!(finds("احتشاء", "إِحْتِشاء عضلة القلب"));
        assert!(finds("القلب", "إحتشاء عضلة القلب"));
    }

    proptest! {
        #[test]
        fn a_text_is_found_by_the_beginnings_of_its_words(text in "[a-zéèçœA-Z0-9 ,.'آأإةى]{0,60}", cut in 1_usize..5) {
            for word in normalise(&text).split(' ').filter(|word| !word.is_empty()) {
                let part: String = word.chars().take(cut).collect();
                prop_assert!(finds(&part, &text));
            }
        }

        #[test]
        fn another_word_never_finds_more(text in "\\PC{0,60}", question in "\\PC{0,12}", more in "\\PC{0,6}") {
            let longer = format!("{question} {more}");
            prop_assert!(!finds(&longer, &text) || finds(&question, &text));
        }
    }
}
