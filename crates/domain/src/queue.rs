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
/// places that their arrivals gave them. Equals stay as they came.
pub fn order<T>(waiting: &mut Vec<T>, of: impl Fn(&T) -> Waiting) {
    // (arrived or not, when): none sorts last.
    let arrival = |one: &T| (of(one).arrived_at.is_none(), of(one).arrived_at);
    waiting.sort_by_key(|one| (Reverse(of(one).urgency), arrival(one)));
    let untimed: Vec<bool> = waiting.iter().map(|one| of(one).rank.is_some()).collect();
    let (mut walk_ins, timed): (Vec<T>, Vec<T>) =
        std::mem::take(waiting).into_iter().partition(|one| of(one).rank.is_some());
    walk_ins.sort_by_key(|one| (Reverse(of(one).urgency), of(one).arrived_at.is_none(), of(one).rank));
    let (mut walk_ins, mut timed) = (walk_ins.into_iter(), timed.into_iter());
    waiting.extend(untimed.into_iter().filter_map(|untimed| if untimed { walk_ins.next() } else { timed.next() }));
}

/// Whole minutes since arrival; never negative, even if a clock was set back.
pub fn waited_minutes(arrived_at: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    now.signed_duration_since(arrived_at).num_minutes().max(0)
}
