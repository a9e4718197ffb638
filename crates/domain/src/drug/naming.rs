//! What the name of a drug of the public base says: the brand before its strength, and the strength as prescribers write
//! it: `DUROGESIC 25 microgrammes/heure, dispositif transdermique`.
//!
//! Deliberately not here: the form, which has a column of its own, and whom a drug is for ([`super::audience`]).

use crate::patient::names::normalise;

/// What a name says. Empty where it does not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// The brand.
    pub brand: String,
    /// The strength; of several substances joined by " + ".
    pub strength: String,
}

const UNITS: &[&str] = &[
    "mg",
    "g",
    "µg",
    "μg",
    "mcg",
    "microgrammes",
    "microgramme",
    "ml",
    "ui",
    "u.i",
    "u.i.",
    "m.u.i.",
    "mui",
    "%",
    "pour cent",
    "heure",
    "heures",
    "h",
    "dose",
    "doses",
    "mmol",
    "mol",
    "mbq",
    "cm²",
    "kg",
    "l",
];

fn is_number(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit()) && part.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
}

/// Whether a word is a part of a strength: numbers and units, joined by a stroke.
fn belongs(word: &str) -> bool {
    let lower = word.to_lowercase();
    if matches!(lower.as_str(), "par" | "pour" | "cent" | "+") {
        return true;
    }
    lower.split('/').all(|part| part.is_empty() || is_number(part) || UNITS.contains(&part) || glued(part))
}

/// `500mg`.
fn glued(part: &str) -> bool {
    let end = part.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(part.len());
    end > 0 && UNITS.contains(&&part[end..])
}

impl Named {
    /// Reads a name of a drug with so many substances.
    #[must_use]
    pub fn of_name(name: &str, substances: usize) -> Self {
        // A decimal comma has no blank after it.
        let head = name.split(", ").next().unwrap_or_default();
        let words: Vec<&str> = head.split_whitespace().collect();
        let begins =
            |word: &&str| word.split('/').next().is_some_and(|part| is_number(part) || glued(&part.to_lowercase()));
        let Some(from) = words.iter().position(|word| begins(word) && belongs(word)) else {
            return Self { brand: head.trim().to_owned(), strength: String::new() };
        };
        let mut to = from;
        while words.get(to).is_some_and(|word| belongs(word)) {
            to += 1;
        }
        while to > from && matches!(words[to - 1].to_lowercase().as_str(), "par" | "pour" | "+") {
            to -= 1;
        }
        let strength = words[from..to].join(" ");
        let brand = words[..from].join(" ");
        if !strength.chars().any(|c| c.is_alphabetic() || c == '%') {
            // A number alone is a part of the brand.
            return Self { brand: head.trim().to_owned(), strength: String::new() };
        }
        Self { brand, strength: joined(&strength, substances) }
    }
}

/// `500 mg/30 mg` of two substances is two strengths; `25 mg/1 ml` of one is one.
fn joined(strength: &str, substances: usize) -> String {
    let parts: Vec<&str> = strength.split('/').map(str::trim).collect();
    let whole = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit()) && part.contains(char::is_alphabetic);
    let per = normalise(strength).split(' ').any(|word| word == "par");
    if substances > 1 && parts.len() == substances && !per && parts.iter().all(whole) {
        parts.join(" + ")
    } else {
        strength.to_owned()
    }
}

/// A strength put together from the dosages of a composition: `1000 mg + 125 mg`; empty where one of them is not given.
#[must_use]
pub fn of_dosages(dosages: &[&str]) -> String {
    if dosages.is_empty() || dosages.iter().any(|one| one.trim().is_empty()) {
        return String::new();
    }
    dosages.iter().map(|one| trimmed(one.trim())).collect::<Vec<_>>().join(" + ")
}

/// `125,00 mg` is `125 mg`.
fn trimmed(dosage: &str) -> String {
    let (number, unit) = dosage.split_once(' ').unwrap_or((dosage, ""));
    let number = if number.contains(',') { number.trim_end_matches('0').trim_end_matches(',') } else { number };
    format!("{number} {unit}").trim().to_owned()
}

/// A substance typed with its strength and form: `amoxicilline 1 g comprimé`. Substance, strength, form.
#[must_use]
pub fn of_typed(text: &str) -> (String, String, String) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(from) = words.iter().position(|word| is_number(word) || glued(&word.to_lowercase())) else {
        return (words.join(" "), String::new(), String::new());
    };
    let mut to = from;
    while words.get(to).is_some_and(|word| belongs(word)) {
        to += 1;
    }
    (words[..from].join(" "), words[from..to].join(" "), words[to..].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, substances: usize) -> (String, String) {
        let named = Named::of_name(name, substances);
        (named.brand, named.strength)
    }

    #[test]
    fn a_name_of_the_base_says_brand_and_strength() {
        for (name, substances, brand, strength) in [
            ("DOLIPRANE 1000 mg, comprimé", 1, "DOLIPRANE", "1000 mg"),
            ("DUROGESIC 25 microgrammes/heure, dispositif transdermique", 1, "DUROGESIC", "25 microgrammes/heure"),
            ("CODOLIPRANE 500 mg/30 mg, comprimé", 2, "CODOLIPRANE", "500 mg + 30 mg"),
            ("METHOTREXATE ACCORD 2,5 mg, comprimé", 1, "METHOTREXATE ACCORD", "2,5 mg"),
            ("METHOTREXATE BIODIM 25 mg/1 mL, solution injectable", 1, "METHOTREXATE BIODIM", "25 mg/1 mL"),
            (
                "AUGMENTIN 100 mg/12,50 mg par ml ENFANTS, poudre pour suspension buvable",
                2,
                "AUGMENTIN",
                "100 mg/12,50 mg par ml",
            ),
            ("CODOLIPRANE ADULTES 400 mg/20 mg, comprimé sécable", 2, "CODOLIPRANE ADULTES", "400 mg + 20 mg"),
            ("SPASFON, comprimé enrobé", 1, "SPASFON", ""),
            ("NEURONTIN 300mg, gélule", 1, "NEURONTIN", "300mg"),
        ] {
            assert_eq!(named(name, substances), (brand.to_owned(), strength.to_owned()), "{name}");
        }
    }

    #[test]
    fn a_number_without_a_unit_is_a_part_of_the_brand() {
        assert_eq!(named("TOT 46, solution", 1), ("TOT 46".to_owned(), String::new()));
    }

    #[test]
    fn dosages_are_joined_and_none_is_left_out() {
        assert_eq!(of_dosages(&["1000 mg", "125,00 mg"]), "1000 mg + 125 mg");
        assert_eq!(of_dosages(&["0,50 g"]), "0,5 g");
        assert_eq!(of_dosages(&["1000 mg", ""]), "");
    }

    #[test]
    fn a_substance_is_typed_with_strength_and_form() {
        let (substance, strength, form) = of_typed("acide valproïque 500 mg comprimé gastro-résistant");
        assert_eq!((&*substance, &*strength, &*form), ("acide valproïque", "500 mg", "comprimé gastro-résistant"));
        assert_eq!(of_typed("amoxicilline").1, "");
    }
}
