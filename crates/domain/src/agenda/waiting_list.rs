//! The waiting list: who wants a slot, or an earlier one; whom a freed slot is offered to first; and who has left the list
//! by itself.
//!
//! Not here: what a slot is free for (the caller has looked), and the offers themselves (they are kept as they were made).

use std::cmp::Reverse;

use chrono::Datelike;

use super::status::{Status, Urgency};
use crate::id::PractitionerId;
use crate::time::from_day_number;

/// Minutes of a day on the wall.
const DAY: i64 = 24 * 60;

words! {
    /// Where somebody stands on the list, or why they no longer do.
    Standing {
        /// On the list.
        Waiting = "waiting",
        /// Took an offer.
        Accepted = "accepted",
        /// Got what they wished for some other way.
        Fulfilled = "fulfilled",
        /// The last day they wished for is past.
        Past = "past",
        /// The appointment that they wanted earlier is cancelled, kept or deleted.
        AppointmentGone = "appointment_gone",
        /// Taken off by somebody.
        Removed = "removed",
    }
}

words! {
    /// What came of an offer.
    OfferOutcome {
        /// Taken: booked, or moved there.
        Accepted = "accepted",
        /// Not wanted.
        Refused = "refused",
        /// Nobody answered.
        NoAnswer = "no_answer",
    }
}

/// What somebody on the list wishes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// With whom; empty: anybody.
    pub practitioners: Vec<PractitionerId>,
    /// On which days of the week, Monday in the lowest bit.
    pub weekdays: u8,
    /// From this day on.
    pub from_day: i64,
    /// Until this day, itself included.
    pub until_day: i64,
    /// From this minute of the day on.
    pub from_minute: i64,
    /// Over by this minute of the day.
    pub to_minute: i64,
    /// How long it takes.
    pub minutes: i64,
    /// Only before this wall minute: what they have now.
    pub before: Option<i64>,
}

/// All seven days of the week.
pub const EVERY_DAY: u8 = 0b111_1111;

impl Wish {
    /// Whether a start with somebody is what they wish for.
    pub fn fits(&self, practitioner: PractitionerId, start: i64) -> bool {
        let day = start.div_euclid(DAY);
        let minute = start.rem_euclid(DAY);
        let weekday = from_day_number(day).weekday().num_days_from_monday();
        (self.practitioners.is_empty() || self.practitioners.contains(&practitioner))
            && self.weekdays & (1 << weekday) != 0
            && self.from_day <= day
            && day <= self.until_day
            && self.from_minute <= minute
            && minute + self.minutes <= self.to_minute
            && self.before.is_none_or(|before| start < before)
    }
}

/// What decides whether somebody is still on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What somebody wrote: taken off, or an offer taken.
    pub closed: Option<Standing>,
    /// The last day of the wish.
    pub until_day: i64,
    /// Today.
    pub today: i64,
    /// Where the appointment stands that they want earlier, if there is one.
    pub attached: Option<Attached>,
    /// Whether they have, since, an appointment that is what they wished for.
    pub fulfilled: bool,
}

/// An appointment that somebody wants earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attached {
    /// Its status.
    pub status: Status,
    /// Whether it has begun.
    pub begun: bool,
}

/// Where somebody stands. Nothing is written when one leaves the list by itself, so that whatever made them leave can be
/// undone, and they are on it again.
pub const fn standing(facts: &Facts) -> Standing {
    if let Some(closed) = facts.closed {
        return closed;
    }
    if let Some(attached) = facts.attached
        && (attached.begun || !matches!(attached.status, Status::Requested | Status::Booked | Status::Confirmed))
    {
        return Standing::AppointmentGone;
    }
    if facts.fulfilled {
        return Standing::Fulfilled;
    }
    if facts.until_day < facts.today {
        return Standing::Past;
    }
    Standing::Waiting
}

/// Puts people in the order in which a slot is offered to them: the most urgent first, then who has waited longest.
/// `of` gives the urgency and since when (anything that grows with time).
pub fn order<T, S: Ord>(people: &mut [T], of: impl Fn(&T) -> (Urgency, S)) {
    people.sort_by_key(|one| {
        let (urgency, since) = of(one);
        (Reverse(urgency), since)
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::time::WallTime;

    fn wall(text: &str) -> i64 {
        text.parse::<WallTime>().unwrap().minutes()
    }

    fn practitioner(n: u128) -> PractitionerId {
        PractitionerId::new(Uuid::from_u128(n))
    }

    /// Anybody, any day of the last week of November, any hour, 20 minutes.
    fn anything() -> Wish {
        Wish {
            practitioners: Vec::new(),
            weekdays: EVERY_DAY,
            from_day: wall("2026-11-23T00:00") / DAY,
            until_day: wall("2026-11-29T00:00") / DAY,
            from_minute: 0,
            to_minute: 1440,
            minutes: 20,
            before: None,
        }
    }

    #[test]
    fn a_wish_names_days_hours_and_people() {
        let tuesday = wall("2026-11-24T10:00");
        assert!(anything().fits(practitioner(1), tuesday));
        let with = |change: fn(&mut Wish)| {
            let mut wish = anything();
            change(&mut wish);
            wish.fits(practitioner(1), tuesday)
        };
        assert!(!with(|wish| wish.practitioners.push(practitioner(2))));
        assert!(with(|wish| wish.practitioners.extend([practitioner(2), practitioner(1)])));
        assert!(with(|wish| wish.weekdays = 0b10), "Tuesday");
        assert!(!with(|wish| wish.weekdays = 0b1), "Monday");
        assert!(!with(|wish| wish.from_day += 2));
        assert!(with(|wish| wish.until_day = wish.from_day + 1), "the last day counts");
        assert!(!with(|wish| wish.until_day = wish.from_day));
        assert!(with(|wish| (wish.from_minute, wish.to_minute) = (600, 620)));
        assert!(!with(|wish| wish.to_minute = 619), "over by then");
        assert!(!with(|wish| wish.from_minute = 601));
    }

    #[test]
    fn who_has_an_appointment_wants_an_earlier_one() {
        let slot = wall("2026-11-24T10:00");
        let before = |at| Wish { before: Some(at), ..anything() };
        assert!(before(slot + 1).fits(practitioner(1), slot));
        assert!(!before(slot).fits(practitioner(1), slot));
    }

    #[test]
    fn urgent_first_then_oldest() {
        let mut people = [
            ("new", Urgency::Normal, 9),
            ("old", Urgency::Normal, 1),
            ("urgent", Urgency::Urgent, 5),
            ("first urgent", Urgency::Urgent, 2),
        ];
        order(&mut people, |one| (one.1, one.2));
        assert_eq!(people.map(|one| one.0), ["first urgent", "urgent", "old", "new"]);
    }

    #[test]
    fn one_leaves_the_list_by_oneself_and_comes_back_with_an_undo() {
        let on = Facts { closed: None, until_day: 10, today: 10, attached: None, fulfilled: false };
        assert_eq!(standing(&on), Standing::Waiting);
        assert_eq!(standing(&Facts { today: 11, ..on }), Standing::Past);
        assert_eq!(standing(&Facts { fulfilled: true, ..on }), Standing::Fulfilled);
        let attached = |status, begun| standing(&Facts { attached: Some(Attached { status, begun }), ..on });
        for status in Status::ALL {
            let stays = matches!(status, Status::Requested | Status::Booked | Status::Confirmed);
            assert_eq!(attached(*status, false) == Standing::Waiting, stays, "{status}");
        }
        assert_eq!(attached(Status::Booked, true), Standing::AppointmentGone);
        let removed = Facts { closed: Some(Standing::Removed), fulfilled: true, ..on };
        assert_eq!(standing(&removed), Standing::Removed, "what was written counts first");
    }

    fn people() -> impl Strategy<Value = Vec<(Urgency, i64)>> {
        prop::collection::vec((prop::sample::select(Urgency::ALL), 0i64..50), 0..30)
    }

    proptest! {
        #[test]
        fn nobody_urgent_is_behind_and_nobody_older(people in people()) {
            let mut ordered = people.clone();
            order(&mut ordered, |one| *one);
            for pair in ordered.windows(2) {
                prop_assert!(pair[0].0 >= pair[1].0);
                prop_assert!(pair[0].0 > pair[1].0 || pair[0].1 <= pair[1].1);
            }
            prop_assert_eq!(ordered.len(), people.len());
        }

        #[test]
        fn what_fits_lies_in_every_limit(
            start in wall("2026-11-20T00:00")..wall("2026-12-05T00:00"), weekdays in 0u8..128, from in 0i64..1440, to in 0i64..1440,
        ) {
            let wish = Wish { weekdays, from_minute: from, to_minute: to, ..anything() };
            let day = start.div_euclid(DAY);
            let by_hand = (wish.from_day..=wish.until_day).contains(&day)
                && start.rem_euclid(DAY) >= from
                && start.rem_euclid(DAY) + 20 <= to
                // 1970-01-01 was a Thursday.
                && weekdays >> ((day + 3).rem_euclid(7)) & 1 == 1;
            prop_assert_eq!(wish.fits(practitioner(7), start), by_hand);
        }
    }
}
