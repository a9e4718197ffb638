//! The waiting room: who is next, how long they have waited, and how long they are still to wait.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use crate::agenda::overlap::Span;
use crate::agenda::status::Urgency;

/// Minutes after which somebody with an appointment who has not come is no longer counted on.
pub const GRACE: i64 = 15;

/// What the order looks at, for one who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// How urgent.
    pub urgency: Urgency,
    /// When they arrived; none for one who is awaited in the queue but not there yet.
    pub arrived_at: Option<DateTime<Utc>>,
    /// The place in the day's queue of one without an appointment time, smaller first; none for one who has a time.
    pub rank: Option<i64>,
    /// The place that the desk gave by hand, smaller first; none where nobody did.
    pub turn: Option<i64>,
}

/// Puts those who wait in order: the most urgent first, then by arrival, those not there yet last. Among themselves,
/// those without an appointment time keep the order of their ranks (which the desk may change): they share out the
/// places that their arrivals gave them. At the same arrival an appointment goes first; complete equals stay as they came.
/// At last those whom the desk put in an order by hand share out the places that they hold so, in that order: who comes
/// later takes the place that the rule gives, and nobody is put back for it.
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
    by_hand(waiting, |one| of(one).turn);
}

/// Those with a turn share out their places in the order of their turns; the others stay where they are.
fn by_hand<T>(waiting: &mut Vec<T>, turn: impl Fn(&T) -> Option<i64>) {
    let held: Vec<bool> = waiting.iter().map(|one| turn(one).is_some()).collect();
    let (mut turned, others): (Vec<T>, Vec<T>) =
        std::mem::take(waiting).into_iter().partition(|one| turn(one).is_some());
    turned.sort_by_key(&turn);
    let (mut turned, mut others) = (turned.into_iter(), others.into_iter());
    waiting.extend(held.into_iter().filter_map(|held| if held { turned.next() } else { others.next() }));
}

/// Whole minutes since arrival; never negative, even if a clock was set back.
pub fn waited_minutes(arrived_at: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    now.signed_duration_since(arrived_at).num_minutes().max(0)
}

/// The running day of one practitioner, as the expected wait looks at it; wall minutes.
#[derive(Debug, Clone, Copy)]
pub struct Running<'a> {
    /// Now.
    pub now: i64,
    /// Consultations under way: since when, and how long their type takes.
    pub seated: &'a [Span],
    /// Those who wait, in the order to be called.
    pub waiting: &'a [Turn],
    /// Appointments of the day whose patient is not there yet.
    pub due: &'a [Span],
    /// When the practitioner receives, breaks and absences taken out; empty: not known, so nothing is waited for.
    pub open: &'a [Span],
}

/// One who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// How long their type takes.
    pub minutes: i64,
    /// The time of their appointment; none for a walk-in.
    pub starts: Option<i64>,
}

/// The minutes that each of those who wait is still to wait, in their order.
///
/// The practitioner is free when the consultations under way have lasted what their types take (one that lasts longer may
/// end at any minute). From then on each takes the time of their type. An appointment whose patient is awaited goes before
/// once its time has come: before a walk-in, and before a later appointment; after [`GRACE`] minutes nobody counts on it
/// any more. A break is waited out before the next is called; a consultation that began before it is ended.
#[must_use]
pub fn expected_waits(day: Running<'_>) -> Vec<i64> {
    let mut due: Vec<Span> = day.due.iter().copied().filter(|one| one.start.saturating_add(GRACE) >= day.now).collect();
    due.sort_unstable();
    let mut due = due.into_iter().peekable();
    let under_way = day.seated.iter().map(|one| one.end()).max().unwrap_or(day.now);
    let mut free = under_way.max(day.now);
    let mut waits = Vec::with_capacity(day.waiting.len());
    for turn in day.waiting {
        free = back_at_work(free, day.open);
        while let Some(one) =
            due.next_if(|one| one.start <= free && turn.starts.is_none_or(|starts| one.start < starts))
        {
            free = back_at_work(free.saturating_add(one.minutes.max(0)), day.open);
        }
        waits.push(free.saturating_sub(day.now).max(0));
        free = free.saturating_add(turn.minutes.max(0));
    }
    waits
}

/// The next minute at which the practitioner receives; after the last opening those who wait are still seen.
fn back_at_work(minute: i64, open: &[Span]) -> i64 {
    if open.iter().any(|span| span.start <= minute && minute < span.end()) {
        return minute;
    }
    let later = open.iter().filter(|span| span.minutes > 0 && span.start > minute);
    later.map(|span| span.start).min().unwrap_or(minute)
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
        Waiting { urgency, arrived_at: Some(at(minute)), rank: None, turn: None }
    }

    fn walk_in(rank: i64, minute: i64) -> Waiting {
        Waiting { urgency: Urgency::Normal, arrived_at: Some(at(minute)), rank: Some(rank), turn: None }
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

    #[test]
    fn what_the_desk_puts_in_order_by_hand_stays_so_and_who_comes_later_takes_the_place_of_the_rule() {
        let turned = |turn, one: Waiting| Waiting { turn: Some(turn), ..one };
        let early = turned(2, timed(Urgency::Normal, 0));
        let late = turned(1, walk_in(1, 20));
        assert_eq!(names(vec![("early", early), ("late", late)]), ["late", "early"]);
        let urgent = timed(Urgency::Urgent, 40);
        let after = timed(Urgency::Normal, 50);
        assert_eq!(
            names(vec![("early", early), ("late", late), ("after", after), ("urgent", urgent)]),
            ["urgent", "late", "early", "after"]
        );
    }

    const TEN: i64 = 600;

    fn span(start: i64, minutes: i64) -> Span {
        Span { start, minutes }
    }

    fn waits(seated: &[Span], waiting: &[(i64, Option<i64>)], due: &[Span], open: &[Span]) -> Vec<i64> {
        let waiting: Vec<Turn> = waiting.iter().map(|&(minutes, starts)| Turn { minutes, starts }).collect();
        expected_waits(Running { now: TEN, seated, waiting: &waiting, due, open })
    }

    #[test]
    fn one_waits_for_the_rest_of_the_consultation_and_for_those_before() {
        assert_eq!(waits(&[span(590, 20)], &[(15, None), (20, None)], &[], &[]), [10, 25]);
        assert_eq!(waits(&[], &[(15, None)], &[], &[]), [0], "a free practitioner calls at once");
        assert_eq!(waits(&[span(500, 20)], &[(15, None)], &[], &[]), [0], "one that overran may end at any minute");
    }

    #[test]
    fn an_appointment_that_is_due_goes_before_a_walk_in_and_before_a_later_appointment() {
        let due = [span(595, 20)];
        assert_eq!(waits(&[], &[(15, None)], &due, &[]), [20]);
        assert_eq!(waits(&[], &[(15, Some(590))], &due, &[]), [0], "the earlier appointment is there");
        assert_eq!(waits(&[], &[(15, Some(610))], &due, &[]), [20]);
        assert_eq!(waits(&[], &[(15, None)], &[span(584, 20)], &[]), [0], "nobody counts on one so late");
        assert_eq!(waits(&[], &[(15, None)], &[span(630, 20)], &[]), [0], "its time has not come");
    }

    #[test]
    fn a_break_is_waited_out_and_after_hours_everybody_is_still_seen() {
        let open = [span(480, 130), span(840, 120)];
        assert_eq!(waits(&[], &[(15, None), (15, None)], &[], &open), [0, 240], "the second is called at two o'clock");
        let empty = [span(480, 110), span(605, 0), span(700, 0)];
        assert_eq!(waits(&[], &[(15, None), (15, None)], &[], &empty), [0, 15], "an opening of no minutes is none");
        let over = [span(300, 60)];
        assert_eq!(waits(&[], &[(15, None), (15, None)], &[], &over), [0, 15]);
    }

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        let one = (0i64..1440, -30i64..240).prop_map(|(start, minutes)| Span { start, minutes });
        prop::collection::vec(one, 0..8)
    }

    fn turns() -> impl Strategy<Value = Vec<Turn>> {
        let one = (-10i64..120, prop::option::of(0i64..1440)).prop_map(|(minutes, starts)| Turn { minutes, starts });
        prop::collection::vec(one, 0..12)
    }

    fn anybody() -> impl Strategy<Value = Waiting> {
        (prop::sample::select(Urgency::ALL), prop::option::of(0i64..100), prop::option::of(0i64..100))
            .prop_map(|(urgency, minute, rank)| Waiting { urgency, arrived_at: minute.map(at), rank, turn: None })
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

        #[test]
        fn turns_given_by_hand_hold_and_lose_nobody(
            all in prop::collection::vec((anybody(), prop::option::of(0i64..9)), 0..20)
        ) {
            let turned = |(who, (one, turn)): (usize, (Waiting, Option<i64>))| (who, Waiting { turn, ..one });
            let mut ordered: Vec<(usize, Waiting)> = all.into_iter().enumerate().map(turned).collect();
            let count = ordered.len();
            let mut others: Vec<(usize, Waiting)> = ordered.iter().copied().filter(|(_, one)| one.turn.is_none()).collect();
            order(&mut ordered, |(_, one)| *one);
            prop_assert!(ordered.iter().filter_map(|(_, one)| one.turn).is_sorted());
            let mut who: Vec<usize> = ordered.iter().map(|(who, _)| *who).collect();
            who.sort_unstable();
            prop_assert_eq!(who, (0..count).collect::<Vec<_>>());
            // Urgency among those whom nobody moved stays the rule.
            others = ordered.iter().copied().filter(|(who, _)| others.iter().any(|(other, _)| other == who)).collect();
            prop_assert!(others.windows(2).all(|pair| pair[0].1.urgency >= pair[1].1.urgency));
        }

        #[test]
        fn an_expected_wait_is_never_negative_and_never_shorter_than_that_of_who_goes_before(
            now in 0i64..1440, seated in spans(), waiting in turns(), due in spans(), open in spans()
        ) {
            let waits = expected_waits(Running { now, seated: &seated, waiting: &waiting, due: &due, open: &open });
            prop_assert_eq!(waits.len(), waiting.len());
            prop_assert!(waits.iter().all(|wait| *wait >= 0));
            prop_assert!(waits.is_sorted());
        }

        // Without breaks: a long consultation that is begun just before one, and ended in it, is out of the way after it.
        #[test]
        fn one_more_in_front_shortens_nobody_s_wait(
            now in 0i64..1440, seated in spans(), waiting in turns(), due in spans(), minutes in 0i64..90
        ) {
            let day = |waiting: &[Turn]| expected_waits(Running { now, seated: &seated, waiting, due: &due, open: &[] });
            let alone = day(&waiting);
            let mut more = vec![Turn { minutes, starts: None }];
            more.extend(&waiting);
            prop_assert!(day(&more)[1..].iter().zip(&alone).all(|(after, before)| after >= before));
        }
    }
}
