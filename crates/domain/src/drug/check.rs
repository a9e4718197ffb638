//! Which lines do not go together: interactions of the thesaurus, the same substance twice, and what the thesaurus does not
//! know.
//!
//! A substance that is not linked is a finding of its own: that nothing was found of it must never read as safe. Two substances
//! of one line are not held against each other (they are authorised together); two treatments that are both taken already are
//! not either, unless asked as lines.
//!
//! Deliberately not here: where terms and pairs come from (the store), allergies and ages.

use std::collections::{BTreeMap, BTreeSet};

use super::level::Level;

/// A substance of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substance {
    /// As it is shown.
    pub name: String,
    /// Without salt and water.
    pub base: String,
    /// What the thesaurus knows it as; none where it does not.
    pub term: Option<i64>,
    /// The classes that it belongs to there.
    pub classes: Vec<i64>,
}

/// A line of a prescription, or a treatment that is taken already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// As it is shown.
    pub label: String,
    /// What it holds; nothing where that is not known.
    pub substances: Vec<Substance>,
    /// Taken already.
    pub current: bool,
}

/// What the thesaurus says of two of its terms, one level of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// A substance or class.
    pub a: i64,
    /// The other.
    pub b: i64,
    /// How grave.
    pub level: Level,
    /// Why.
    pub mechanism: String,
    /// When it applies and what to do.
    pub advice: String,
}

/// What kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An interaction: number of the entry.
    Interaction(Level, usize),
    /// The same substance in both.
    SameSubstance,
    /// The thesaurus does not know this substance.
    Unknown,
}

/// A finding: where, and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What.
    pub kind: Kind,
    /// Line, and substance of the line (none where the line's substances are not known).
    pub a: (usize, Option<usize>),
    /// The other line and its substance; of an unknown one there is none.
    pub b: Option<(usize, usize)>,
}

/// Everything that is to be said of these lines, the gravest first.
#[must_use]
pub fn check(lines: &[Line], entries: &[Entry]) -> Vec<Finding> {
    let mut places: BTreeMap<i64, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        for (number, substance) in line.substances.iter().enumerate() {
            for term in substance.term.iter().chain(&substance.classes) {
                places.entry(*term).or_default().push((at, number));
            }
        }
    }
    let mut findings = BTreeSet::new();
    // One text stands in the thesaurus under both names, and two classes may say the same.
    let mut said = BTreeSet::new();
    for (number, entry) in entries.iter().enumerate() {
        let (Some(left), Some(right)) = (places.get(&entry.a), places.get(&entry.b)) else { continue };
        for &one in left {
            for &other in right {
                let (first, second) = if one <= other { (one, other) } else { (other, one) };
                if !compared(lines, first, second) || same(lines, first, second) {
                    continue;
                }
                if said.insert((first, second, entry.level, entry.mechanism.as_str(), entry.advice.as_str())) {
                    let kind = Kind::Interaction(entry.level, number);
                    findings.insert(Finding { kind, a: (first.0, Some(first.1)), b: Some(second) });
                }
            }
        }
    }
    let all: Vec<(usize, usize)> =
        lines.iter().enumerate().flat_map(|(at, line)| (0..line.substances.len()).map(move |s| (at, s))).collect();
    for (at, &first) in all.iter().enumerate() {
        for &second in &all[at + 1..] {
            if compared(lines, first, second) && same(lines, first, second) {
                findings.insert(Finding { kind: Kind::SameSubstance, a: (first.0, Some(first.1)), b: Some(second) });
            }
        }
        if lines[first.0].substances[first.1].term.is_none() {
            findings.insert(Finding { kind: Kind::Unknown, a: (first.0, Some(first.1)), b: None });
        }
    }
    for (at, line) in lines.iter().enumerate() {
        if line.substances.is_empty() {
            findings.insert(Finding { kind: Kind::Unknown, a: (at, None), b: None });
        }
    }
    findings.into_iter().collect()
}

fn compared(lines: &[Line], a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 != b.0 && !(lines[a.0].current && lines[b.0].current)
}

fn same(lines: &[Line], a: (usize, usize), b: (usize, usize)) -> bool {
    let (a, b) = (&lines[a.0].substances[a.1], &lines[b.0].substances[b.1]);
    match (a.term, b.term) {
        (Some(a), Some(b)) => a == b,
        // A name without letters says nothing.
        _ => !a.base.is_empty() && a.base == b.base,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn substance(name: &str, term: Option<i64>, classes: &[i64]) -> Substance {
        Substance { name: name.to_owned(), base: name.to_owned(), term, classes: classes.to_vec() }
    }

    fn line(substances: Vec<Substance>, current: bool) -> Line {
        Line { label: String::new(), substances, current }
    }

    fn entry(a: i64, b: i64, level: Level) -> Entry {
        Entry { a, b, level, mechanism: "m".to_owned(), advice: String::new() }
    }

    #[test]
    fn a_class_stands_for_its_members_and_both_directions_are_one_finding() {
        let lines =
            [line(vec![substance("x", Some(1), &[10])], false), line(vec![substance("y", Some(2), &[20])], false)];
        let entries =
            [entry(10, 20, Level::Precaution), entry(20, 10, Level::Precaution), entry(2, 1, Level::Contraindicated)];
        let found = check(&lines, &entries);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].kind, Kind::Interaction(Level::Contraindicated, 2), "the gravest first");
        assert_eq!((found[1].a, found[1].b), ((0, Some(0)), Some((1, 0))));
    }

    #[test]
    fn the_same_substance_twice_is_found_and_is_no_interaction_with_itself() {
        let twice = || substance("x", Some(1), &[10, 11]);
        let lines = [line(vec![twice()], false), line(vec![twice(), substance("z", None, &[])], true)];
        let found = check(&lines, &[entry(10, 11, Level::Discouraged)]);
        assert_eq!(found.iter().map(|one| one.kind).collect::<Vec<_>>(), [Kind::SameSubstance, Kind::Unknown]);
        let unlinked = || line(vec![substance("w", None, &[])], false);
        let found = check(&[unlinked(), unlinked()], &[]);
        assert_eq!(found.iter().filter(|one| one.kind == Kind::SameSubstance).count(), 1);
        assert_eq!(found.iter().filter(|one| one.kind == Kind::Unknown).count(), 2);
    }

    #[test]
    fn nothing_unknown_passes_in_silence() {
        let found = check(&[line(vec![], false), line(vec![substance("w", None, &[])], true)], &[]);
        assert_eq!(
            found.iter().map(|one| (one.kind, one.a)).collect::<Vec<_>>(),
            [(Kind::Unknown, (0, None)), (Kind::Unknown, (1, Some(0)))]
        );
    }

    #[test]
    fn one_line_is_not_held_against_itself_nor_treatments_against_each_other() {
        let (x, y) = (substance("x", Some(1), &[]), substance("y", Some(2), &[]));
        let entries = [entry(1, 2, Level::Contraindicated)];
        assert!(check(&[line(vec![x.clone(), y.clone()], false)], &entries).is_empty());
        assert!(check(&[line(vec![x.clone()], true), line(vec![y.clone()], true)], &entries).is_empty());
        assert_eq!(check(&[line(vec![x], false), line(vec![y], true)], &entries).len(), 1);
    }

    fn any_lines() -> impl Strategy<Value = Vec<Line>> {
        let substance = (prop::option::of(0i64..6), prop::collection::vec(6i64..10, 0..3))
            .prop_map(|(term, classes)| substance(&format!("{term:?}"), term, &classes));
        prop::collection::vec(
            (prop::collection::vec(substance, 0..3), any::<bool>()).prop_map(|(s, c)| line(s, c)),
            0..6,
        )
    }

    fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
        let one = (0i64..10, 0i64..10, prop::sample::select(Level::ALL)).prop_map(|(a, b, level)| entry(a, b, level));
        prop::collection::vec(one, 0..12)
    }

    proptest! {
        #[test]
        fn every_pair_that_an_entry_joins_is_found_and_no_other(lines in any_lines(), entries in any_entries()) {
            let found = check(&lines, &entries);
            let known = |s: &Substance, term: i64| s.term == Some(term) || s.classes.contains(&term);
            for (i, left) in lines.iter().enumerate() {
                for (j, right) in lines.iter().enumerate().skip(i + 1) {
                    for (s, x) in left.substances.iter().enumerate() {
                        for (t, y) in right.substances.iter().enumerate() {
                            for level in Level::ALL {
                                let joined = (!left.current || !right.current)
                                    && !same(&lines, (i, s), (j, t))
                                    && entries.iter().any(|e| e.level == *level
                                        && ((known(x, e.a) && known(y, e.b)) || (known(x, e.b) && known(y, e.a))));
                                let told = found.iter().filter(|f| f.a == (i, Some(s)) && f.b == Some((j, t))
                                    && matches!(f.kind, Kind::Interaction(of, _) if of == *level)).count();
                                prop_assert_eq!(told, usize::from(joined));
                            }
                        }
                    }
                }
            }
        }

        #[test]
        fn every_unlinked_substance_is_told(lines in any_lines(), entries in any_entries()) {
            let unknown = check(&lines, &entries).iter().filter(|one| one.kind == Kind::Unknown).count();
            let expected: usize = lines.iter()
                .map(|l| if l.substances.is_empty() { 1 } else { l.substances.iter().filter(|s| s.term.is_none()).count() })
                .sum();
            prop_assert_eq!(unknown, expected);
        }

        #[test]
        fn the_order_of_lines_changes_nothing_but_places(lines in any_lines(), entries in any_entries()) {
            let mut turned = lines.clone();
            turned.reverse();
            prop_assert_eq!(check(&lines, &entries).len(), check(&turned, &entries).len());
        }
    }
}
