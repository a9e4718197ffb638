//! Whether a line goes against an allergy: to a substance, to a class of them, to an excipient.
//!
//! What is not known is a finding of its own, as in [`check`](super::check): the public base lists no excipients, so that an allergy to
//! one is told of every line whose excipients nobody gave.
//!
//! Deliberately not here: how grave a reaction was (the record says it beside the finding), and cross-reactions that neither a class
//! nor an ATC group speaks of.

use super::check::{Line, Substance};
use super::substance::{candidates, key};

/// What somebody is allergic to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allergen {
    /// A substance, whatever its salt: its base, and what the thesaurus knows it as.
    Substance {
        /// As it was written down.
        name: String,
        /// What the thesaurus knows it as.
        term: Option<i64>,
    },
    /// A class: a class of the thesaurus, a group of the ATC, or both.
    Class {
        /// A class of the thesaurus.
        term: Option<i64>,
        /// The beginning of an ATC code: `J01C` are the penicillins. Empty: none.
        atc: String,
    },
    /// An excipient, by name.
    Excipient(String),
}

/// What is known of a line beside its substances.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// ATC code; empty where the base has none.
    pub atc: String,
    /// Excipients; none where nobody gave them.
    pub excipients: Option<Vec<String>>,
}

/// Why a line is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// It holds the substance: its number in the line.
    Substance(usize),
    /// It holds one of the class.
    Class(Option<usize>),
    /// It holds the excipient: its number.
    Excipient(usize),
    /// Nobody can say.
    Unknown,
}

/// A finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Against {
    /// Why.
    pub because: Because,
    /// Number of the allergy.
    pub allergy: usize,
    /// Number of the line.
    pub line: usize,
}

/// What is to be said of lines to be prescribed; what is unknown comes last. `known` is given line by line.
#[must_use]
pub fn against(lines: &[Line], known: &[Known], allergies: &[Allergen]) -> Vec<Against> {
    let nothing = Known::default();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.current) {
        let beside = known.get(at).unwrap_or(&nothing);
        for (allergy, allergen) in allergies.iter().enumerate() {
            found.extend(because(line, beside, allergen).map(|because| Against { because, allergy, line: at }));
        }
    }
    found.sort_unstable();
    found
}

fn because(line: &Line, beside: &Known, allergen: &Allergen) -> Option<Because> {
    match allergen {
        Allergen::Substance { name, term } => {
            let holds = |one: &Substance| (term.is_some() && one.term == *term) || meet(&one.name, name);
            let held = line.substances.iter().position(holds).map(Because::Substance);
            held.or_else(|| line.substances.is_empty().then_some(Because::Unknown))
        }
        Allergen::Class { term, atc } => {
            if !atc.is_empty() && starts(&beside.atc, atc) {
                return Some(Because::Class(None));
            }
            let held = term.and_then(|class| line.substances.iter().position(|one| of_class(one, class)));
            if let Some(held) = held {
                return Some(Because::Class(Some(held)));
            }
            // One of the two ways must have been open for every substance.
            let by_term =
                term.is_some() && !line.substances.is_empty() && line.substances.iter().all(|one| one.term.is_some());
            let by_atc = !atc.is_empty() && !beside.atc.is_empty();
            (!by_term && !by_atc).then_some(Because::Unknown)
        }
        Allergen::Excipient(name) => match &beside.excipients {
            None => Some(Because::Unknown),
            Some(all) => all.iter().position(|one| meet(one, name)).map(Because::Excipient),
        },
    }
}

fn of_class(one: &Substance, class: i64) -> bool {
    one.classes.contains(&class) || one.term == Some(class)
}

fn starts(code: &str, group: &str) -> bool {
    code.get(..group.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(group))
}

/// Whether two names may be of one substance: as they are, or without salt and water.
fn meet(a: &str, b: &str) -> bool {
    let of = |name: &str| {
        let mut all = candidates(name);
        all.push(key(name));
        all.retain(|one| !one.is_empty());
        all
    };
    let other = of(b);
    of(a).iter().any(|one| other.contains(one))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn substance(name: &str, term: Option<i64>, classes: &[i64]) -> Substance {
        Substance { name: name.to_owned(), base: super::super::substance::base(name), term, classes: classes.to_vec() }
    }

    fn line(substances: Vec<Substance>) -> Line {
        Line { label: "x".to_owned(), substances, current: false }
    }

    fn one(line: Line, known: Known, allergen: Allergen) -> Vec<Because> {
        against(&[line], &[known], &[allergen]).into_iter().map(|found| found.because).collect()
    }

    #[test]
    fn a_substance_is_met_whatever_its_salt_or_spelling() {
        let amoxicillin = || line(vec![substance("AMOXICILLINE TRIHYDRATÉE", None, &[])]);
        let to = |name: &str, term| Allergen::Substance { name: name.to_owned(), term };
        assert_eq!(one(amoxicillin(), Known::default(), to("amoxicilline", None)), [Because::Substance(0)]);
        assert_eq!(one(amoxicillin(), Known::default(), to("ampicilline", Some(3))), []);
        let linked = line(vec![substance("x", None, &[]), substance("y", Some(3), &[])]);
        assert_eq!(one(linked, Known::default(), to("z", Some(3))), [Because::Substance(1)]);
        assert_eq!(one(line(vec![]), Known::default(), to("z", None)), [Because::Unknown]);
    }

    #[test]
    fn a_class_is_met_by_the_thesaurus_or_by_the_atc_and_else_is_unknown() {
        let class = |term: Option<i64>, atc: &str| Allergen::Class { term, atc: atc.to_owned() };
        let atc = |code: &str| Known { atc: code.to_owned(), excipients: None };
        let linked = || line(vec![substance("x", Some(1), &[10])]);
        let unlinked = || line(vec![substance("x", None, &[])]);
        assert_eq!(one(linked(), Known::default(), class(Some(10), "")), [Because::Class(Some(0))]);
        assert_eq!(one(linked(), Known::default(), class(Some(11), "")), []);
        assert_eq!(one(unlinked(), atc("J01CA04"), class(None, "j01c")), [Because::Class(None)]);
        assert_eq!(one(unlinked(), atc("J01FA09"), class(Some(10), "J01C")), []);
        assert_eq!(one(unlinked(), Known::default(), class(Some(10), "J01C")), [Because::Unknown]);
        assert_eq!(one(linked(), Known::default(), class(None, "J01C")), [Because::Unknown]);
        assert_eq!(one(line(vec![]), Known::default(), class(Some(10), "")), [Because::Unknown]);
    }

    #[test]
    fn an_excipient_that_nobody_listed_is_never_absent() {
        let lactose = || Allergen::Excipient("lactose".to_owned());
        let with = |all: &[&str]| Known {
            atc: String::new(),
            excipients: Some(all.iter().map(|one| (*one).to_owned()).collect()),
        };
        let x = || line(vec![substance("x", Some(1), &[])]);
        assert_eq!(one(x(), Known::default(), lactose()), [Because::Unknown]);
        assert_eq!(one(x(), with(&["talc", "Lactose monohydraté"]), lactose()), [Because::Excipient(1)]);
        assert_eq!(one(x(), with(&[]), lactose()), []);
    }

    proptest! {
        #[test]
        fn every_line_and_allergy_is_met_unknown_or_looked_up(
            terms in prop::collection::vec(prop::option::of(0i64..4), 0..4), class in prop::option::of(10i64..12), wanted in 0i64..4,
        ) {
            let substances: Vec<Substance> = terms.iter().enumerate()
                .map(|(at, term)| substance(&format!("nom{at}"), *term, &[10])).collect();
            let allergies = [
                Allergen::Substance { name: "autre".to_owned(), term: Some(wanted) },
                Allergen::Class { term: class, atc: String::new() },
                Allergen::Excipient("talc".to_owned()),
            ];
            let found = against(&[line(substances)], &[], &allergies);
            let told = |allergy: usize| found.iter().find(|one| one.allergy == allergy).map(|one| one.because);
            let holds = terms.iter().position(|term| *term == Some(wanted));
            prop_assert_eq!(told(0), holds.map(Because::Substance).or(terms.is_empty().then_some(Because::Unknown)));
            let member = (class == Some(10) && !terms.is_empty()).then_some(Because::Class(Some(0)));
            let looked = class.is_some() && !terms.is_empty() && terms.iter().all(Option::is_some);
            prop_assert_eq!(told(1), member.or((!looked).then_some(Because::Unknown)));
            prop_assert_eq!(told(2), Some(Because::Unknown));
        }
    }
}
