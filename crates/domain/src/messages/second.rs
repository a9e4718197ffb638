//! The second way: what could not be said by one way for good goes by another, where it still is true and of use.

use chrono::{DateTime, Utc};

use super::{LATEST_REMINDER, Seen, Standing, Template, calm};
use crate::time::Zone;

/// When a message that is lost for good may go by another way; none where nobody needs it any more. `told_of` is the time that it
/// told of, `now_seen` how the appointment stands now: what has changed since was, or will be, said by a message of its own. Nobody is
/// woken: a night is waited out as with any other message.
#[must_use]
pub fn second_way(
    template: Template,
    told_of: Option<DateTime<Utc>>,
    now_seen: Seen,
    expires_at: DateTime<Utc>,
    zone: &Zone,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let holds = match template {
        Template::Confirmation | Template::Change | Template::Reminder => now_seen.standing == Standing::Booked,
        Template::Request => now_seen.standing == Standing::Asked,
        Template::Cancellation | Template::Clash => {
            matches!(now_seen.standing, Standing::CalledOff | Standing::CalledOffByPractice)
        }
        Template::Survey => now_seen.standing == Standing::Came,
        Template::Waiting => now_seen.standing == Standing::Nothing,
        // A code proves the very contact that it was sent to; who asked for their rights is known by that contact alone.
        Template::OneTimeCode | Template::Rights => false,
    };
    let due_at = calm(now, now_seen.start_at, zone);
    // A reminder that comes later than is of use is none.
    let in_time = template != Template::Reminder
        || now_seen.start_at.is_some_and(|start_at| due_at <= start_at - LATEST_REMINDER);
    (holds && in_time && told_of == now_seen.start_at && due_at < expires_at).then_some(due_at)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::time::{instant, wall};

    fn paris() -> Zone {
        "Europe/Paris".parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        instant(text.parse().unwrap(), &paris())
    }

    fn seen(standing: Standing, start: &str) -> Seen {
        Seen { standing, start_at: Some(at(start)), unseen: false }
    }

    #[test]
    fn what_still_holds_goes_by_the_other_way_and_waits_for_the_morning() {
        let start = "2026-12-10T15:00";
        let ask = |template, standing, now: &str| {
            second_way(template, Some(at(start)), seen(standing, start), at(start), &paris(), at(now))
        };
        let by_day = "2026-12-08T12:00";
        assert_eq!(ask(Template::Confirmation, Standing::Booked, by_day), Some(at(by_day)));
        assert_eq!(ask(Template::Confirmation, Standing::Booked, "2026-12-08T23:00"), Some(at("2026-12-09T08:00")));
        assert_eq!(ask(Template::Reminder, Standing::Booked, "2026-12-10T14:31"), None, "too late to be of use");
        assert_eq!(ask(Template::Confirmation, Standing::Booked, "2026-12-10T14:31"), Some(at("2026-12-10T14:31")));
        // What has changed since is said by itself.
        assert_eq!(ask(Template::Confirmation, Standing::CalledOff, by_day), None);
        assert_eq!(ask(Template::Cancellation, Standing::Booked, by_day), None);
        assert_eq!(ask(Template::Cancellation, Standing::CalledOffByPractice, by_day), Some(at(by_day)));
        let moved = seen(Standing::Booked, "2026-12-11T15:00");
        assert_eq!(second_way(Template::Change, Some(at(start)), moved, at(start), &paris(), at(by_day)), None);
        // Begun, or about a contact and nothing else.
        assert_eq!(ask(Template::Reminder, Standing::Booked, "2026-12-10T15:01"), None);
        assert_eq!(ask(Template::OneTimeCode, Standing::Booked, by_day), None);
    }

    proptest! {
        /// Whatever was lost, and whenever: what goes by the other way is true, in time, and wakes nobody who could sleep on.
        #[test]
        fn nothing_goes_by_the_other_way_that_is_untrue_late_or_in_vain(
            template in prop::sample::select(Template::ALL.to_vec()), standing in 0_usize..6,
            moved in any::<bool>(), ago in -60_i64 * 24 * 4..60 * 24 * 4, worth in 0_i64..60 * 24 * 4,
        ) {
            use Standing::{Asked, Booked, CalledOff, CalledOffByPractice, Came, Nothing};
            let standing = [Asked, Booked, Came, CalledOff, CalledOffByPractice, Nothing][standing];
            let start_at = at("2026-12-10T15:00");
            let now = start_at - TimeDelta::minutes(ago);
            let told_of = Some(if moved { start_at + TimeDelta::hours(1) } else { start_at });
            let expires_at = now + TimeDelta::minutes(worth);
            let seen = Seen { standing, start_at: Some(start_at), unseen: false };
            if let Some(due_at) = second_way(template, told_of, seen, expires_at, &paris(), now) {
                prop_assert!(!moved && due_at >= now && due_at < expires_at);
                let awake = (8 * 60..21 * 60).contains(&wall(due_at, &paris()).time_of_day_minutes());
                prop_assert!(awake || due_at == now && start_at < now + TimeDelta::hours(13));
                prop_assert!(template != Template::Reminder || due_at <= start_at - LATEST_REMINDER);
                prop_assert!(!matches!(template, Template::OneTimeCode | Template::Rights));
            }
        }
    }
}
