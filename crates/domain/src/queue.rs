//! The waiting room: who is next, and how long they have waited.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use crate::agenda::status::Urgency;

/// What the order looks at, for one who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// How urgent.
    pub urgency: Urgency,
    /// When they arrived; none for one who is awaited in the queue but not there yet.
    pub arrived_at: Option<DateTime<Utc>>,
    /// The place in the day's queue of one without an appointment time, smaller first; none for one who has a time.
    pub rank: Option<i64>,
}

/// Puts those who wait in order: the most urgent first, then by arrival, those not there yet last. Among themselves,
/// those without an appointment time keep the order of their ranks (which the desk may change): they share out the
/// places that their arrivals gave them. At the same arrival an appointment goes first; complete equals stay as they came.
pub fn order<T>(waiting: &mut Vec<T>, of: impl Fn(&T) -> Waiting) {
    let all = std::mem::take(waiting);
    let (mut walk_ins, mut timed): (Vec<T>, Vec<T>) = all.into_iter().partition(|one| of(one).rank.is_some());
    // (not there, when): who is not there yet sorts last.
    let arrival = |one: &Waiting| (one.arrived_at.is_none(), one.arrived_at);
    let place = |one: &Waiting| (Reverse(one.urgency), arrival(one), one.rank.is_some());
    let mut places: Vec<_> = walk_ins.iter().chain(&timed).map(|one| place(&of(one))).collect();
    places.sort_unstable();
    timed.sort_by_key(|one| place(&of(one)));
    walk_ins.sort_by_key(|one| {
        let one = of(one);
        (Reverse(one.urgency), one.arrived_at.is_none(), one.rank, one.arrived_at)
    });
    let (mut walk_ins, mut timed) = (walk_ins.into_iter(), timed.into_iter());
    waiting
        .extend(places.into_iter().filter_map(|(_, _, untimed)| if untimed { walk_ins.next() } else { timed.next() }));
}

/// Whole minutes since arrival; never negative, even if a clock was set back.
pub fn waited_minutes(arrived_at: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    now.signed_duration_since(arrived_at).num_minutes().max(0)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        "2026-11-24T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + Duration::minutes(minute)
    }

    fn timed(urgency: Urgency, minute: i64) -> Waiting {
        Waiting { urgency, arrived_at: Some(at(minute)), rank: None }
    }

    fn walk_in(rank: i64, minute: i64) -> Waiting {
        Waiting { urgency: Urgency::Normal, arrived_at: Some(at(minute)), rank: Some(rank) }
    }

    fn names(mut waiting: Vec<(&str, Waiting)>) -> Vec<&str> {
        order(&mut waiting, |(_, one)| *one);
        waiting.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn the_most_urgent_go_first_then_those_who_came_first() {
        assert_eq!(
            names(vec![
                ("late", timed(Urgency::Normal, 30)),
                ("urgent", timed(Urgency::Urgent, 40)),
                ("early", timed(Urgency::Normal, 10)),
                ("emergency", timed(Urgency::Emergency, 50)),
            ]),
            ["emergency", "urgent", "early", "late"]
        );
    }

    #[test]
    fn walk_ins_keep_their_ranks_in_the_places_their_arrivals_gave_them() {
        assert_eq!(
            names(vec![
                ("first", walk_in(2, 0)),
                ("appointment", timed(Urgency::Normal, 5)),
                ("put forward", walk_in(1, 10)),
            ]),
            ["put forward", "appointment", "first"]
        );
    }

    #[test]
    fn those_not_there_yet_come_last_of_their_urgency() {
        let awaited = Waiting { arrived_at: None, ..walk_in(1, 0) };
        assert_eq!(names(vec![("awaited", awaited), ("there", walk_in(2, 20))]), ["there", "awaited"]);
    }

    #[test]
    fn waiting_is_never_negative() {
        assert_eq!(waited_minutes(at(0), at(32)), 32);
        assert_eq!(waited_minutes(at(0), at(1) - Duration::seconds(1)), 0);
        assert_eq!(waited_minutes(at(10), at(0)), 0, "the clock was set back");
    }

    fn anybody() -> impl Strategy<Value = Waiting> {
        (prop::sample::select(Urgency::ALL), prop::option::of(0i64..100), prop::option::of(0i64..100))
            .prop_map(|(urgency, minute, rank)| Waiting { urgency, arrived_at: minute.map(at), rank })
    }

    proptest! {
        #[test]
        fn nobody_is_lost_and_urgency_never_waits(all in prop::collection::vec(anybody(), 0..20)) {
            let mut ordered: Vec<(usize, Waiting)> = all.iter().copied().enumerate().collect();
            order(&mut ordered, |(_, one)| *one);
            prop_assert!(ordered.windows(2).all(|pair| pair[0].1.urgency >= pair[1].1.urgency));
            let mut who: Vec<usize> = ordered.iter().map(|(who, _)| *who).collect();
            who.sort_unstable();
            prop_assert_eq!(who, (0..all.len()).collect::<Vec<_>>());
        }

        #[test]
        fn ranks_and_arrivals_each_stay_in_order(all in prop::collection::vec(anybody(), 0..20)) {
            let mut ordered = all;
            order(&mut ordered, |one| *one);
            for urgency in Urgency::ALL {
                let there = || ordered.iter().filter(|one| one.urgency == *urgency && one.arrived_at.is_some());
                prop_assert!(there().filter_map(|one| one.rank).is_sorted());
                prop_assert!(there().filter(|one| one.rank.is_none()).map(|one| one.arrived_at).is_sorted());
            }
        }

        #[test]
        fn ordering_again_changes_nothing(all in prop::collection::vec(anybody(), 0..20)) {
            let mut once = all;
            order(&mut once, |one| *one);
            let mut twice = once.clone();
            order(&mut twice, |one| *one);
            prop_assert_eq!(once, twice);
        }
    }
}
