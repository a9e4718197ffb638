//! The free time of a stretch: what is told there against what is to be told.
//!
//! Every step names the version it expects, and nothing is deleted: what is not free any more is marked as never meant. So a copy that
//! is delayed for hours changes nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::Expect;
use crate::id::TypeId;

/// One span of time that can be booked, or is busy without a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// When it begins.
    pub start_at: DateTime<Utc>,
    /// How long it is.
    pub minutes: i64,
    /// Whether it can be booked.
    pub free: bool,
    /// For which types; none: for any.
    pub types: Vec<TypeId>,
}

/// What stands there under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its version.
    pub version: i64,
    /// What it says; none where it is marked as never meant.
    pub told: Option<Told>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotStep<Name> {
    /// The name.
    pub name: Name,
    /// What is expected to be found.
    pub expect: Expect,
    /// What it says then; none: it is marked as never meant.
    pub told: Option<Told>,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences<Name> {
    /// What takes time away: at once.
    pub closes: Vec<SlotStep<Name>>,
    /// What gives time: after the undo window.
    pub opens: Vec<SlotStep<Name>>,
}

/// The steps from what stands there to what is wanted.
#[must_use]
pub fn differences<Name: Ord + Clone>(
    wanted: &BTreeMap<Name, Told>,
    there: &BTreeMap<Name, Standing>,
) -> Differences<Name> {
    let mut all = Differences { closes: Vec::new(), opens: Vec::new() };
    for (name, told) in wanted {
        let standing = there.get(name);
        if standing.is_some_and(|standing| standing.told.as_ref() == Some(told)) {
            continue;
        }
        let expect = standing.map_or(Expect::Nothing, |standing| Expect::Version(standing.version));
        let step = SlotStep { name: name.clone(), expect, told: Some(told.clone()) };
        if told.free { all.opens.push(step) } else { all.closes.push(step) }
    }
    for (name, standing) in there {
        if let (None, Some(told)) = (wanted.get(name), &standing.told) {
            let step = SlotStep { name: name.clone(), expect: Expect::Version(standing.version), told: None };
            if told.free { all.closes.push(step) } else { all.opens.push(step) }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn told() -> impl Strategy<Value = Told> {
        (0i64..5, 1i64..3, any::<bool>()).prop_map(|(start, minutes, free)| Told {
            start_at: DateTime::UNIX_EPOCH + TimeDelta::minutes(start),
            minutes,
            free,
            types: Vec::new(),
        })
    }

    proptest! {
        #[test]
        fn the_steps_lead_there_from_anywhere_and_closing_opens_nothing(
            wanted in prop::collection::btree_map(0u8..8, told(), 0..8),
            there in prop::collection::btree_map(0u8..8, (1i64..9, prop::option::of(told())), 0..8),
        ) {
            let there: BTreeMap<u8, Standing> =
                there.into_iter().map(|(name, (version, told))| (name, Standing { version, told })).collect();
            let steps = differences(&wanted, &there);
            prop_assert!(steps.closes.iter().all(|step| step.told.as_ref().is_none_or(|told| !told.free)));
            let mut now = there;
            for step in steps.closes.into_iter().chain(steps.opens) {
                let version = now.get(&step.name).map(|standing| standing.version);
                prop_assert_eq!(step.expect, version.map_or(Expect::Nothing, Expect::Version));
                now.insert(step.name, Standing { version: version.unwrap_or(0) + 1, told: step.told });
            }
            let shown: BTreeMap<u8, Told> =
                now.iter().filter_map(|(name, standing)| Some((*name, standing.told.clone()?))).collect();
            prop_assert_eq!(&shown, &wanted);
            let again = differences(&wanted, &now);
            prop_assert!(again.closes.is_empty() && again.opens.is_empty());
        }
    }
}
