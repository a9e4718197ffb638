//! Names of substances, so that `CHLORHYDRATE DE MÉTOCLOPRAMIDE ANHYDRE`, `MÉTOCLOPRAMIDE (CHLORHYDRATE DE)` and
//! `metoclopramide` meet, and `CITRIQUE (ACIDE)` with `acide citrique`.
//!
//! [`key`] only forgets spelling; [`candidates`] then forgets, step by step, water, salts and counter-ions. Whoever links takes
//! the first candidate that is known: the closest name wins, and a name that nothing is left of links to nothing.
//!
//! Deliberately not here: what is known (a table of the store), and guessing by likeness: two substances may differ by a letter.

use super::substance_words::{COUNTER_IONS, METALS, PARTICLES, PLANTS, PRODRUGS, SALTS, SYNONYMS, WATER};
use crate::patient::names::tokens;

fn sorted(mut words: Vec<String>) -> String {
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

fn words(name: &str) -> Vec<String> {
    let all = tokens(name);
    let named: Vec<String> = all.iter().filter(|word| !PARTICLES.contains(&word.as_str())).cloned().collect();
    // A name of nothing but particles keeps them.
    if named.is_empty() { all } else { named }
}

/// The name without case, accents, signs, particles and order of words.
#[must_use]
pub fn key(name: &str) -> String {
    sorted(words(name))
}

/// Whether the name is that of a homeopathic stock: what the substance itself does says nothing of it.
#[must_use]
pub fn is_homeopathic(name: &str) -> bool {
    tokens(name).iter().any(|word| word.starts_with("homeopathi"))
}

/// The keys under which the substance may be known, the closest name first; none for a homeopathic stock.
#[must_use]
pub fn candidates(name: &str) -> Vec<String> {
    if is_homeopathic(name) {
        return Vec::new();
    }
    let mut found = Found(Vec::new());
    let (outer, inner) = split(name);
    let whole = words(name);
    found.add(whole.clone());
    let outer = words(&outer);
    if !outer.is_empty() && outer != whole {
        found.add(outer.clone());
    }
    // `ADRÉNALINE (ÉPINÉPHRINE)`; but `(CHLORHYDRATE DE)` is a salt and `CITRIQUE (ACIDE)` half a name.
    if let Some(inner) = inner.filter(|inner| !ends_open(inner)) {
        let inner = words(&inner);
        if inner.iter().any(|word| word != "acide" && !is_dropped(word)) {
            found.add(inner);
        }
    }
    for start in [whole, outer] {
        let mut left = start;
        for drop in [WATER, &[]] {
            left = without(left, drop);
            found.add(left.clone());
            left = left.into_iter().map(metal).collect();
            found.add(left.clone());
        }
        left = without(left, SALTS);
        found.add(left.clone());
        left = without(left, COUNTER_IONS);
        found.add(left.clone());
        left = without(left, PRODRUGS);
        found.add(left.clone());
        if let [one] = left.as_slice()
            && let Some(stem) = one.strip_suffix("ate").filter(|stem| stem.len() > 3)
        {
            found.add(vec!["acide".to_owned(), format!("{stem}ique")]);
        }
        found.add(without(left, PLANTS));
    }
    // The thesaurus speaks of insulin as such; one that came later is no less one.
    if found.0.first().is_some_and(|key| key.split(' ').any(|word| word == "insuline")) {
        found.add(vec!["insuline".to_owned()]);
    }
    let synonyms: Vec<String> = found
        .0
        .iter()
        .filter_map(|key| SYNONYMS.iter().find(|(one, _)| one == key).map(|(_, other)| (*other).to_owned()))
        .collect();
    for other in synonyms {
        if !found.0.contains(&other) {
            found.0.push(other);
        }
    }
    found.0
}

/// The name without water, salts and counter-ions, as a key: what two salts of one substance share. Applied to itself it changes
/// nothing.
#[must_use]
pub fn base(name: &str) -> String {
    let words: Vec<String> = words(name).into_iter().map(metal).collect();
    sorted(without(without(without(words, WATER), SALTS), COUNTER_IONS))
}

struct Found(Vec<String>);

impl Found {
    fn add(&mut self, words: Vec<String>) {
        let key = sorted(words);
        if !key.is_empty() && !self.0.contains(&key) {
            self.0.push(key);
        }
    }
}

fn metal(word: String) -> String {
    METALS.iter().find(|(adjective, _)| *adjective == word).map_or(word, |(_, metal)| (*metal).to_owned())
}

fn is_dropped(word: &str) -> bool {
    [WATER, SALTS, COUNTER_IONS, PLANTS].iter().any(|list| list.contains(&word))
        || METALS.iter().any(|(adjective, _)| *adjective == word)
}

/// The words that are not of the list; all of them where none is left.
fn without(words: Vec<String>, list: &[&str]) -> Vec<String> {
    let left: Vec<String> = words.iter().filter(|word| !list.contains(&word.as_str())).cloned().collect();
    if left.is_empty() { words } else { left }
}

/// What stands outside brackets, and what stands inside them.
fn split(name: &str) -> (String, Option<String>) {
    let (mut outer, mut inner, mut depth) = (String::new(), String::new(), 0_u32);
    for c in name.chars() {
        match c {
            '(' => {
                depth += 1;
                outer.push(' ');
                inner.push(' ');
            }
            ')' => depth = depth.saturating_sub(1),
            c if depth > 0 => inner.push(c),
            c => outer.push(c),
        }
    }
    (outer, Some(inner).filter(|inner| !inner.trim().is_empty()))
}

/// `CHLORHYDRATE DE`, `FEUILLE D'`: the name that goes on stands before the bracket.
fn ends_open(inner: &str) -> bool {
    tokens(inner).last().is_some_and(|word| PARTICLES.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn meets(name: &str, known: &str) -> bool {
        candidates(name).contains(&key(known))
    }

    #[test]
    fn salts_spelling_and_order_of_words_do_not_part_one_substance() {
        for (name, known) in [
            ("CHLORHYDRATE DE MÉTOCLOPRAMIDE ANHYDRE", "metoclopramide"),
            ("PALONOSÉTRON (CHLORHYDRATE DE)", "palonosetron"),
            ("AMITRIPTYLINE (CHLORHYDRATE D')", "amitriptyline"),
            ("ÉTODOLIQUE ACIDE", "acide étodolique"),
            ("CITRIQUE (ACIDE) ANHYDRE", "acide citrique"),
            ("CITRATE DE POTASSIUM", "potassium (citrate de)"),
            ("CHLORURE DE POTASSIUM", "potassium"),
            ("CLAVULANATE DE POTASSIUM", "acide clavulanique"),
            ("VALPROATE DE SODIUM", "acide valproique"),
            ("ACÉTYLSALICYLATE DE DL-LYSINE", "acide acetylsalicylique"),
            ("ALENDRONATE MONOSODIQUE TRIHYDRATÉ", "acide alendronique"),
            ("ATORVASTATINE CALCIQUE TRIHYDRATÉE", "atorvastatine"),
            ("CARBONATE DE LITHIUM", "lithium"),
            ("FUMARATE FERREUX", "fer"),
            ("DOCUSATE SODIQUE", "sodium (docusate de)"),
            ("ADRÉNALINE (ÉPINÉPHRINE)", "adrenaline"),
            ("EXTRAIT SEC DE LA SOMMITÉ FLEURIE DE MILLEPERTUIS", "millepertuis"),
            ("aspirine", "acide acétylsalicylique"),
            ("Œstradiol", "oestradiol"),
            ("CALCIUM ÉLÉMENT", "calcium"),
            ("TOXINE BOTULINIQUE TYPE A", "botulique (toxine)"),
            ("INSULINE ICODEC", "insuline"),
        ] {
            assert!(meets(name, known), "{name}: {:?} lacks {}", candidates(name), key(known));
        }
    }

    #[test]
    fn what_is_another_substance_does_not_meet() {
        for (name, other) in [
            ("BENZYLPÉNICILLINE POTASSIQUE", "potassium"),
            ("CLAVULANATE DE POTASSIUM", "potassium"),
            ("VALPROATE DE SODIUM", "sodium"),
            ("ATORVASTATINE CALCIQUE", "calcium"),
            ("DOPAMINE POUR PRÉPARATIONS HOMÉOPATHIQUES", "dopamine"),
            ("PREDNISONE", "prednisolone"),
            ("CITRIQUE (ACIDE)", "acide"),
        ] {
            assert!(!meets(name, other), "{name}: {:?}", candidates(name));
        }
        assert!(candidates("").is_empty());
        assert!(candidates("()").is_empty());
    }

    #[test]
    fn the_closest_name_comes_first() {
        assert_eq!(candidates("HÉPARINE SODIQUE")[0], key("heparine sodique"));
        assert_eq!(base("SULFATE DE MORPHINE"), base("MORPHINE (CHLORHYDRATE DE) TRIHYDRATÉ"));
        assert_ne!(base("MORPHINE"), base("CODEINE"));
    }

    proptest! {
        #[test]
        fn a_key_knows_no_case_nor_order(words in prop::collection::vec("[a-zéèïç]{1,9}", 1..6)) {
            let name = words.join(" ");
            let mut turned = words.clone();
            turned.reverse();
            prop_assert_eq!(key(&name), key(&turned.join("-").to_uppercase()));
            prop_assert_eq!(key(&key(&name)), key(&name));
        }

        #[test]
        fn a_base_is_its_own_base(name in "[A-ZÉ' ()-]{0,40}|(CHLORHYDRATE|SULFATE|CITRATE) (DE|D') ?[A-Z]{3,9} (SODIQUE|ANHYDRE|BASE)") {
            prop_assert_eq!(base(&base(&name)), base(&name));
        }

        #[test]
        fn a_salt_in_front_or_in_brackets_is_found_under_the_plain_name(
            name in "[b-z]{4,12}", salt in prop::sample::select(SALTS), water in prop::sample::select(WATER),
        ) {
            prop_assume!(!is_dropped(&name) && !PRODRUGS.contains(&name.as_str()) && !PARTICLES.contains(&name.as_str()));
            for written in [format!("{salt} de {name}"), format!("{name} ({salt} de) {water}"), format!("{salt} DE {name} {water}")] {
                prop_assert!(meets(&written, &name), "{}: {:?}", written, candidates(&written));
                prop_assert_eq!(base(&written), base(&name));
            }
        }

        #[test]
        fn a_name_with_letters_is_its_own_first_candidate(name in "[A-Za-zÀ-ÿ' ()-]{1,40}") {
            let found = candidates(&name);
            if is_homeopathic(&name) || key(&name).is_empty() {
                prop_assert!(found.is_empty() || !key(&name).is_empty());
            } else {
                prop_assert_eq!(found.first(), Some(&key(&name)));
            }
        }
    }
}
