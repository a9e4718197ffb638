//! Which message follows from a change of the practice's. What was not yet said when it changed again is said once, as it
//! stands; what was taken back in time is not said at all.

use chrono::{DateTime, Utc};

use super::Template;
use crate::id::AppointmentId;

/// Where an appointment stands, as far as its patient has to hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Asked for, and not agreed.
    Asked,
    /// Agreed.
    Booked,
    /// The patient is there, or was.
    Came,
    /// Called off by the patient, or by nobody in particular.
    CalledOff,
    /// Called off by the practice.
    CalledOffByPractice,
    /// Not there, or nothing that anybody was told of.
    Nothing,
}

/// An appointment as its patient knows it, or would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Where it stands.
    pub standing: Standing,
    /// When it begins.
    pub start_at: Option<DateTime<Utc>>,
    /// Whether only the portal has booked it: the practice had not taken it over.
    pub unseen: bool,
}

impl Seen {
    /// Not there.
    pub const NOTHING: Self = Self { standing: Standing::Nothing, start_at: None, unseen: false };
}

/// Whether an appointment was booked before `instant`, by the time in its identifier (UUID version 7, RFC 9562, 5.7); one of another
/// kind tells nothing, and counts as new.
#[must_use]
pub fn booked_before(id: AppointmentId, instant: DateTime<Utc>) -> bool {
    let made = id.uuid().get_timestamp().and_then(|at| i64::try_from(at.to_unix().0).ok());
    made.is_some_and(|seconds| seconds < instant.timestamp())
}

/// Which message follows from what the practice changed, given what of the same appointment waited to be said and is dropped now.
#[must_use]
pub fn follows(before: Seen, after: Seen, dropped: &[Template]) -> Option<Template> {
    use Standing::{Asked, Booked, CalledOff, CalledOffByPractice, Came, Nothing};
    let waited = |template| dropped.contains(&template);
    let moved = before.start_at != after.start_at;
    match (before.standing, after.standing) {
        // That it was called off waited to be said, and it stands again.
        (CalledOff | CalledOffByPractice, Booked) if waited(Template::Cancellation) || waited(Template::Clash) => {
            moved.then_some(Template::Change)
        }
        (Asked | CalledOff | CalledOffByPractice | Nothing, Booked) => Some(Template::Confirmation),
        // What the practice has not taken over and calls off had no room in its agenda. Its patient saw that it was booked, even
        // where no message has said so yet.
        (Asked | Booked | Came, CalledOffByPractice) if before.unseen => Some(Template::Clash),
        // That it was booked waited to be said.
        (Booked, Booked) if waited(Template::Confirmation) => Some(Template::Confirmation),
        (Booked | Came, CalledOff | CalledOffByPractice) if waited(Template::Confirmation) => None,
        (Booked | Came, Booked) => (moved || waited(Template::Change)).then_some(Template::Change),
        (Asked | Booked, CalledOff | CalledOffByPractice) => Some(Template::Cancellation),
        // Called off otherwise than before: what waited is said all the same.
        (CalledOff | CalledOffByPractice, CalledOff | CalledOffByPractice) if waited(Template::Cancellation) => {
            Some(Template::Cancellation)
        }
        (CalledOff | CalledOffByPractice, CalledOff | CalledOffByPractice) if waited(Template::Clash) => {
            Some(Template::Clash)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Standing::{Asked, Booked, CalledOff, CalledOffByPractice, Came, Nothing};

    fn seen(standing: Standing, hour: i64) -> Seen {
        Seen { standing, start_at: DateTime::from_timestamp(1_800_000_000 + hour * 3_600, 0), unseen: false }
    }

    #[test]
    fn what_follows_depends_on_what_was() {
        let say = |before, after| follows(before, after, &[]);
        assert_eq!(say(Seen::NOTHING, seen(Booked, 0)), Some(Template::Confirmation));
        assert_eq!(say(Seen::NOTHING, seen(CalledOff, 0)), None);
        assert_eq!(say(seen(Asked, 0), seen(Booked, 0)), Some(Template::Confirmation));
        assert_eq!(say(seen(Booked, 0), seen(Booked, 0)), None);
        assert_eq!(say(seen(Booked, 0), seen(Booked, 1)), Some(Template::Change));
        assert_eq!(say(seen(Booked, 0), seen(CalledOffByPractice, 0)), Some(Template::Cancellation));
        assert_eq!(say(seen(Booked, 0), seen(Came, 0)), None);
        let unseen = Seen { unseen: true, ..seen(Booked, 0) };
        assert_eq!(say(unseen, seen(CalledOffByPractice, 0)), Some(Template::Clash));
        assert_eq!(follows(unseen, seen(CalledOffByPractice, 0), &[Template::Confirmation]), Some(Template::Clash));
    }

    #[test]
    fn what_was_booked_before_tells_the_time_in_its_identifier() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).expect("an instant");
        let made = uuid::Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, 1_800_000_000, 0));
        let id = AppointmentId::new(made);
        assert!(booked_before(id, at(1_800_000_001)));
        assert!(!booked_before(id, at(1_800_000_000)) && !booked_before(id, at(1_799_999_999)));
        assert!(!booked_before(AppointmentId::new(uuid::Uuid::from_u128(4)), at(1_800_000_001)));
    }

    #[test]
    fn what_is_taken_back_before_it_was_said_is_not_said() {
        let (here, there, off) = (seen(Booked, 0), seen(Booked, 1), seen(CalledOffByPractice, 0));
        assert_eq!(follows(here, off, &[Template::Confirmation]), None);
        assert_eq!(follows(off, here, &[Template::Cancellation]), None);
        assert_eq!(follows(off, there, &[Template::Cancellation]), Some(Template::Change));
        assert_eq!(follows(here, there, &[Template::Confirmation]), Some(Template::Confirmation));
        // Its note was changed while the message waited: the message still goes.
        assert_eq!(follows(here, here, &[Template::Change]), Some(Template::Change));
        // Reminders that are planned anew are no message that waited.
        assert_eq!(follows(here, here, &[Template::Reminder]), None);
    }

    proptest! {
        /// However an appointment is changed while nothing was said yet: in the end one thing is said, and it is where it stands.
        #[test]
        fn of_many_changes_in_a_row_the_last_is_said_once(
            steps in prop::collection::vec((prop::sample::select(vec![Booked, CalledOff, CalledOffByPractice]), 0_i64..3), 1..12),
        ) {
            let (mut before, mut waiting) = (Seen::NOTHING, None::<Template>);
            for (standing, hour) in steps {
                let after = seen(standing, hour);
                let dropped: Vec<Template> = waiting.into_iter().collect();
                waiting = follows(before, after, &dropped);
                before = after;
            }
            let expected = (before.standing == Booked).then_some(Template::Confirmation);
            // A booking that was never told of and is off again is not told of at all.
            prop_assert_eq!(waiting, expected);
        }
    }

    #[test]
    fn nothing_is_said_of_what_nobody_was_told_of() {
        assert_eq!(follows(Seen::NOTHING, Seen { standing: Nothing, ..Seen::NOTHING }, &[]), None);
        assert_eq!(follows(seen(Came, 0), seen(Came, 0), &[]), None);
    }
}
