//! What has to be told to a calendar server so that it shows what the agenda says, and when to try again.
//!
//! The queue is not kept: it is derived from what is wanted and from what is known to stand there, so that nothing is
//! lost or told twice, whenever the line breaks. How one speaks to a server is not here.

use std::collections::{BTreeMap, BTreeSet};

/// What is known of an event at the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The mark of what was sent.
    pub fingerprint: String,
    /// The server's mark of what it holds.
    pub etag: String,
}

/// One thing to tell the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It is not there as far as is known: put it, and be refused where it is.
    Create(String),
    /// It changed here or there: put it over what bears this mark.
    Replace(String, String),
    /// It is not wanted any more: remove what bears this mark.
    Remove(String, String),
}

/// The steps from what is known to what is wanted, by event name. `listed` is what the server says it holds, where it
/// was asked: it counts more than what is known. Removals come first, so that a server that is full gets room.
#[must_use]
pub fn steps(
    wanted: &BTreeMap<String, String>,
    known: &BTreeMap<String, Known>,
    listed: Option<&BTreeMap<String, String>>,
) -> Vec<Step> {
    let names: BTreeSet<&String> =
        wanted.keys().chain(known.keys()).chain(listed.iter().flat_map(|listed| listed.keys())).collect();
    let (mut removals, mut rest) = (Vec::new(), Vec::new());
    for name in names {
        let there = match listed {
            Some(listed) => listed.get(name).cloned(),
            None => known.get(name).map(|known| known.etag.clone()),
        };
        match (wanted.get(name), there) {
            (None, Some(etag)) => removals.push(Step::Remove(name.clone(), etag)),
            (None, None) => {}
            (Some(_), None) => rest.push(Step::Create(name.clone())),
            (Some(fingerprint), Some(etag)) => {
                let same = known.get(name).is_some_and(|k| k.fingerprint == *fingerprint && k.etag == etag);
                if !same {
                    rest.push(Step::Replace(name.clone(), etag));
                }
            }
        }
    }
    removals.append(&mut rest);
    removals
}

/// The longest a failing server is left alone, in minutes.
pub const LONGEST_PAUSE: i64 = 60;

/// Minutes to wait after a try: the interval, doubled with every failure in a row up to [`LONGEST_PAUSE`] (never less
/// than the interval itself).
#[must_use]
pub fn pause_minutes(interval: i64, failures: i64) -> i64 {
    let interval = interval.max(1);
    let doubled = 1_i64.checked_shl(u32::try_from(failures.clamp(0, 32)).unwrap_or(0)).unwrap_or(i64::MAX);
    interval.saturating_mul(doubled).min(LONGEST_PAUSE.max(interval))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Words = BTreeMap<String, String>;

    fn words(pairs: &[(&str, &str)]) -> Words {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn known(all: &[(&str, &str, &str)]) -> BTreeMap<String, Known> {
        all.iter()
            .map(|(name, fingerprint, etag)| {
                ((*name).to_owned(), Known { fingerprint: (*fingerprint).to_owned(), etag: (*etag).to_owned() })
            })
            .collect()
    }

    #[test]
    fn only_what_changed_is_told_and_removals_come_first() {
        let wanted = words(&[("a", "1"), ("b", "2"), ("d", "4")]);
        let before = known(&[("a", "1", "x"), ("b", "1", "y"), ("c", "3", "z")]);
        assert_eq!(
            steps(&wanted, &before, None),
            [
                Step::Remove("c".to_owned(), "z".to_owned()),
                Step::Replace("b".to_owned(), "y".to_owned()),
                Step::Create("d".to_owned())
            ]
        );
    }

    #[test]
    fn what_somebody_changed_or_removed_there_is_put_back() {
        let wanted = words(&[("a", "1"), ("b", "1")]);
        let before = known(&[("a", "1", "x"), ("b", "1", "y")]);
        let listed = words(&[("a", "other"), ("stray", "s")]);
        assert_eq!(
            steps(&wanted, &before, Some(&listed)),
            [
                Step::Remove("stray".to_owned(), "s".to_owned()),
                Step::Replace("a".to_owned(), "other".to_owned()),
                Step::Create("b".to_owned())
            ]
        );
    }

    #[test]
    fn a_failing_server_is_left_alone_for_longer_each_time_and_never_for_good() {
        let pauses: Vec<i64> = (0..8).map(|failures| pause_minutes(15, failures)).collect();
        assert_eq!(pauses, [15, 30, 60, 60, 60, 60, 60, 60]);
        assert_eq!(pause_minutes(1440, 5), 1440);
        assert_eq!(pause_minutes(0, i64::MAX), 60);
    }

    /// A server that does what it is told, and the record that is kept of it.
    fn follow(steps: &[Step], wanted: &Words, known: &mut BTreeMap<String, Known>, server: &mut Words, stop_at: usize) {
        for step in steps.iter().take(stop_at) {
            match step {
                Step::Create(name) | Step::Replace(name, _) => {
                    let etag = format!("etag of {}", wanted[name]);
                    server.insert(name.clone(), etag.clone());
                    known.insert(name.clone(), Known { fingerprint: wanted[name].clone(), etag });
                }
                Step::Remove(name, _) => {
                    server.remove(name);
                    known.remove(name);
                }
            }
        }
    }

    fn any_words() -> impl Strategy<Value = Words> {
        prop::collection::btree_map("[a-f]", "[1-3]", 0..6)
    }

    proptest! {
        #[test]
        fn however_often_it_breaks_off_the_server_ends_as_wanted(
            states in prop::collection::vec((any_words(), 0usize..8), 1..5), last in any_words(),
        ) {
            let (mut known, mut server) = (BTreeMap::new(), Words::new());
            for (wanted, stop_at) in &states {
                let plan = steps(wanted, &known, None);
                follow(&plan, wanted, &mut known, &mut server, *stop_at);
            }
            let plan = steps(&last, &known, None);
            follow(&plan, &last, &mut known, &mut server, usize::MAX);
            let expected: Words = last.iter().map(|(name, value)| (name.clone(), format!("etag of {value}"))).collect();
            prop_assert_eq!(&server, &expected);
            prop_assert!(steps(&last, &known, None).is_empty(), "nothing is told twice");
            prop_assert!(steps(&last, &known, Some(&server)).is_empty());
        }

        #[test]
        fn whatever_a_server_holds_it_ends_as_wanted(
            wanted in any_words(), known_before in any_words(), server_before in any_words(),
        ) {
            let mut known: BTreeMap<String, Known> = known_before.iter()
                .map(|(name, value)| (name.clone(), Known { fingerprint: value.clone(), etag: format!("etag of {value}") }))
                .collect();
            let mut server = server_before;
            let plan = steps(&wanted, &known, Some(&server.clone()));
            follow(&plan, &wanted, &mut known, &mut server, usize::MAX);
            prop_assert_eq!(server.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
            for (name, value) in &wanted {
                let put = plan.iter().any(|step| matches!(step, Step::Create(n) | Step::Replace(n, _) if n == name));
                prop_assert!(put || known[name].fingerprint == *value);
            }
        }

        #[test]
        fn a_pause_is_never_shorter_than_the_interval(interval in 1i64..3000, failures in 0i64..100) {
            let pause = pause_minutes(interval, failures);
            prop_assert!(pause >= interval && pause <= LONGEST_PAUSE.max(interval));
            prop_assert!(pause_minutes(interval, failures + 1) >= pause);
        }
    }
}
