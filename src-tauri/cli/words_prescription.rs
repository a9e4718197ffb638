//! What is to be said of a prescription, in the words that the screen has: one text in each language, wherever it is read.

use std::sync::OnceLock;

use serde_json::Value;

use super::words::{Language, language};
use crate::commands::prescription::wire::PrescriptionFindingView;

const FRENCH: &str = include_str!("../../ui/src/messages/fr/prescription.json");
const ARABIC: &str = include_str!("../../ui/src/messages/ar/prescription.json");
const ENGLISH: &str = include_str!("../../ui/src/messages/en/prescription.json");

fn table() -> &'static Value {
    static TABLE: OnceLock<Value> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = match language() {
            Language::French => FRENCH,
            Language::Arabic => ARABIC,
            Language::English => ENGLISH,
        };
        serde_json::from_str(text).unwrap_or_default()
    })
}

/// A finding's sentence, with the line it is of and what the thesaurus says.
pub fn finding(one: &PrescriptionFindingView) -> String {
    let mut text = table()[format!("finding_{}", one.code)].as_str().unwrap_or(&one.code).to_owned();
    for (name, value) in one
        .parameters
        .iter()
        .map(|(name, value)| (name.as_str(), value))
        .chain([("about", &one.about), ("against", &one.against)])
    {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    if !one.level.is_empty() {
        text = format!("{}: {text}", one.level);
    }
    if let Some(line) = one.line {
        text = format!("{}. {text}", line + 1);
    }
    for more in [&one.mechanism, &one.advice] {
        if !more.is_empty() {
            text.push_str(&format!(" {more}"));
        }
    }
    if !one.source.is_empty() {
        text.push_str(&format!(" [{}]", one.source));
    }
    text
}

#[cfg(test)]
mod tests {
    use domain::prescription::rules::Rule;
    use serde_json::Value;

    #[test]
    fn every_rule_has_its_words_in_three_languages() {
        for text in [super::FRENCH, super::ARABIC, super::ENGLISH] {
            let table: Value = serde_json::from_str(text).expect("messages");
            for rule in Rule::ALL {
                assert!(table[format!("finding_{rule}")].is_string(), "{rule}");
            }
        }
    }
}
