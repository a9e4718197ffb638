//! The interaction thesaurus in its JSON edition: one file of pairs, one of substances with their classes.
//!
//! The edition of 20 October 2020 has 3,139 pairs of 626 names and 1,084 substances in 195 classes. Half of the pairs stand twice, once
//! under each name. 124 pairs have two or three levels. Names differ between the files by accents and hyphens only; seven are
//! neither substance nor class (grapefruit juice, a route, latex).
//!
//! [`pdf`] reads the same of the published PDF.
//!
//! Deliberately not here: which drugs hold a substance.

mod page_text;
pub mod pdf;

use std::collections::{BTreeSet, HashMap};

use domain::drug::level::Level;
use domain::drug::substance::key;
use serde::Deserialize;
use thiserror::Error;

/// Why a thesaurus is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ThesaurusError {
    /// Not the JSON it should be.
    #[error("line {line}, column {column} is not of the thesaurus' form")]
    Form {
        /// `pairs` or `substances`.
        file: &'static str,
        /// Line.
        line: usize,
        /// Column.
        column: usize,
    },
    /// Nothing in it.
    #[error("the thesaurus is empty")]
    Empty {
        /// `pairs` or `substances`.
        file: &'static str,
    },
    /// An entry has a level that nobody knows, or none, or no name.
    #[error("entry {number} is not of the thesaurus' form")]
    Entry {
        /// `pairs` or `substances`.
        file: &'static str,
        /// From 1.
        number: usize,
    },
    /// No PDF, or one that nothing can be read of.
    #[error("this is no PDF that can be read")]
    Pdf,
    /// A page that is not drawn as the thesaurus is.
    #[error("page {page} is not of the thesaurus' form")]
    Page {
        /// From 1.
        page: usize,
    },
}

/// A name of the thesaurus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As written.
    pub name: String,
    /// Its key.
    pub key: String,
    /// A substance.
    pub substance: bool,
    /// A class.
    pub class: bool,
}

/// A pair, by the numbers of its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// One.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Why.
    pub mechanism: String,
    /// Levels with their advice.
    pub levels: Vec<(Level, String)>,
}

/// A whole thesaurus.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thesaurus {
    /// Names, each once.
    pub terms: Vec<Term>,
    /// Substance and class.
    pub members: Vec<(usize, usize)>,
    /// Pairs, as in the file.
    pub pairs: Vec<Pair>,
    /// Substances, as in the file.
    pub substances: usize,
}

#[derive(Deserialize)]
struct SubstanceEntry {
    substance: String,
    drug_classes: Vec<String>,
}

#[derive(Deserialize)]
struct PairEntry {
    main_drug: String,
    plus_drug: String,
    severity_levels: Vec<LevelEntry>,
    #[serde(default)]
    interaction_mechanism: String,
}

#[derive(Deserialize)]
struct LevelEntry {
    level: String,
    #[serde(default)]
    info: String,
}

/// Names are told apart by key; the first spelling is kept.
#[derive(Default)]
struct Terms {
    all: Vec<Term>,
    by_key: HashMap<String, usize>,
}

impl Terms {
    fn of(&mut self, name: &str) -> Option<usize> {
        let key = key(name);
        if key.is_empty() {
            return None;
        }
        Some(*self.by_key.entry(key.clone()).or_insert_with(|| {
            self.all.push(Term { name: clean(name), key, substance: false, class: false });
            self.all.len() - 1
        }))
    }
}

/// Line ends of the printed page are blanks.
fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Advice goes on in points; each keeps its line.
fn advice(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(clean).filter(|line| !line.is_empty()) {
        match lines.last_mut() {
            Some(last) if !line.starts_with(['-', '–', '•']) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => lines.push(line),
        }
    }
    lines.join("\n")
}

fn parsed<T: serde::de::DeserializeOwned>(file: &'static str, bytes: &[u8]) -> Result<Vec<T>, ThesaurusError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let all: Vec<T> = serde_json::from_slice(bytes).map_err(|error| ThesaurusError::Form {
        file,
        line: error.line(),
        column: error.column(),
    })?;
    if all.is_empty() { Err(ThesaurusError::Empty { file }) } else { Ok(all) }
}

/// The index of substances: who belongs to which class, and how many it has.
fn indexed(index: &[u8], terms: &mut Terms) -> Result<(BTreeSet<(usize, usize)>, usize), ThesaurusError> {
    let substances: Vec<SubstanceEntry> = parsed("substances", index)?;
    let mut members = BTreeSet::new();
    for (at, entry) in substances.iter().enumerate() {
        let refused = ThesaurusError::Entry { file: "substances", number: at + 1 };
        let substance = terms.of(&entry.substance).ok_or_else(|| refused.clone())?;
        terms.all[substance].substance = true;
        for class in &entry.drug_classes {
            let class = terms.of(class).ok_or_else(|| refused.clone())?;
            terms.all[class].class = true;
            members.insert((substance, class));
        }
    }
    Ok((members, substances.len()))
}

/// Reads both files.
///
/// # Errors
/// The first place that is wrong; nothing of the thesaurus counts then.
pub fn read(pairs: &[u8], substances: &[u8]) -> Result<Thesaurus, ThesaurusError> {
    let mut terms = Terms::default();
    let (members, substances) = indexed(substances, &mut terms)?;
    let entries: Vec<PairEntry> = parsed("pairs", pairs)?;
    let mut all = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let refused = ThesaurusError::Entry { file: "pairs", number: at + 1 };
        let (a, b) = (terms.of(&entry.main_drug), terms.of(&entry.plus_drug));
        let (Some(a), Some(b)) = (a, b) else { return Err(refused) };
        let levels = entry
            .severity_levels
            .iter()
            .map(|one| Level::of_thesaurus(&one.level).map(|level| (level, advice(&one.info))))
            .collect::<Option<Vec<_>>>()
            .filter(|levels| !levels.is_empty())
            .ok_or(refused)?;
        all.push(Pair { a, b, mechanism: clean(&entry.interaction_mechanism), levels });
    }
    Ok(Thesaurus { terms: terms.all, members: members.into_iter().collect(), pairs: all, substances })
}

/// The edition that a file's name speaks of: `thesaurus-2020-10.json` is of October 2020, `…-2020-10-20.json` of that day.
#[must_use]
pub fn edition_of_name(name: &str) -> Option<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let numbers: Vec<&str> = stem.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let at = numbers.iter().position(|part| part.len() == 4)?;
    let month = numbers.get(at + 1).filter(|part| matches!(part.parse(), Ok(1..=12_u8)) && part.len() == 2)?;
    match numbers.get(at + 2).filter(|part| matches!(part.parse(), Ok(1..=31_u8)) && part.len() == 2) {
        Some(day) => Some(format!("{}-{month}-{day}", numbers[at])),
        None => Some(format!("{}-{month}", numbers[at])),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SUBSTANCES: &str = r#"[{"substance":"zétamol","drug_classes":["autres  sédatifs"]},{"substance":"ZETAMOL","drug_classes":["irritants"]}]"#;

    fn pairs(level: &str) -> String {
        format!(
            r#"[{{"main_drug":"AUTRES SÉDATIFS","plus_drug":"JUS DE PLOMBE","severity_levels":[{{"level":"{level}","info":"avec :\n- une dose\nforte\n- une autre"}}],"interaction_mechanism":"Somme\ndes effets."}}]"#
        )
    }

    #[test]
    fn names_meet_over_accents_and_classes_know_their_members() {
        let read = read(pairs("A prendre en compte").as_bytes(), SUBSTANCES.as_bytes()).unwrap();
        assert_eq!((read.substances, read.terms.len(), read.members.len()), (2, 4, 2));
        assert_eq!(read.pairs[0].mechanism, "Somme des effets.");
        assert_eq!(
            read.pairs[0].levels,
            [(Level::TakeIntoAccount, "avec :\n- une dose forte\n- une autre".to_owned())]
        );
        let other = &read.terms[read.pairs[0].b];
        assert!(!other.substance && !other.class);
    }

    #[test]
    fn what_is_no_thesaurus_is_refused_by_its_place() {
        let wrong = |pairs: &str, substances: &str| read(pairs.as_bytes(), substances.as_bytes()).unwrap_err();
        let good = pairs("CONTRE-INDICATION");
        assert_eq!(wrong(&pairs("bénin"), SUBSTANCES), ThesaurusError::Entry { file: "pairs", number: 1 });
        assert_eq!(wrong("[]", SUBSTANCES), ThesaurusError::Empty { file: "pairs" });
        assert!(matches!(wrong("", SUBSTANCES), ThesaurusError::Form { file: "pairs", .. }));
        assert!(matches!(
            wrong(&good[..good.len() - 9], SUBSTANCES),
            ThesaurusError::Form { file: "pairs", line: 1, .. }
        ));
        assert!(matches!(wrong(&good, r#"[{"substance":"x"}]"#), ThesaurusError::Form { file: "substances", .. }));
        assert_eq!(
            wrong(&good, r#"[{"substance":" - ","drug_classes":[]}]"#),
            ThesaurusError::Entry { file: "substances", number: 1 }
        );
    }

    #[test]
    fn a_name_tells_its_edition() {
        assert_eq!(edition_of_name("thesaurus-2020-10.json").as_deref(), Some("2020-10"));
        assert_eq!(edition_of_name("t_2020_10_20.json").as_deref(), Some("2020-10-20"));
        assert_eq!(edition_of_name("thesaurus.json"), None);
        assert_eq!(edition_of_name("thesaurus-2020-13.json"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(pairs in any::<Vec<u8>>(), substances in any::<Vec<u8>>()) {
            prop_assert!(read(&pairs, &substances).is_err() || !pairs.is_empty());
        }
    }
}
