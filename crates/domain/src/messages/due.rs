//! When a message is due: reminders before an appointment, the survey after it, and nothing at night.

use chrono::{DateTime, TimeDelta, Utc};

use crate::time::{self, WallTime, Zone};

/// Nobody is disturbed from nine in the evening until eight in the morning.
const QUIET_FROM: u16 = 21 * 60;
const QUIET_UNTIL: u16 = 8 * 60;
/// A reminder of the night comes at eight the evening before.
const EVENING: u16 = 20 * 60;
/// A survey comes at ten in the morning.
const MORNING: u16 = 10 * 60;

/// How long before an appointment the last reminder may be sent: after that the time itself reminds.
pub const LATEST_REMINDER: TimeDelta = TimeDelta::minutes(30);

/// How many hours before a reminder may be, at least and at most.
pub const HOURS: std::ops::RangeInclusive<u8> = 1..=168;

fn is_quiet(wall: WallTime) -> bool {
    !(QUIET_UNTIL..QUIET_FROM).contains(&wall.time_of_day_minutes())
}

/// When reminders are due, the first first: so many hours before the start. One that would fall into the night comes the
/// evening before it. None that would come later than is of use, or lies in the past.
#[must_use]
pub fn reminders(start_at: DateTime<Utc>, zone: &Zone, hours_before: &[u8], now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let awake = |at: DateTime<Utc>| {
        let wall = time::wall(at, zone);
        if !is_quiet(wall) {
            return at;
        }
        let evening = if wall.time_of_day_minutes() < QUIET_UNTIL { wall.date().pred_opt() } else { Some(wall.date()) };
        time::instant(WallTime::at(evening.unwrap_or(wall.date()), EVENING), zone)
    };
    let mut due: Vec<_> = hours_before
        .iter()
        .map(|&hours| awake(start_at - TimeDelta::hours(i64::from(hours))))
        .filter(|&at| at > now + LATEST_REMINDER && at <= start_at - LATEST_REMINDER)
        .collect();
    due.sort_unstable();
    due.dedup();
    due
}

/// The reminder that is due now, by the instant at which it became due: the last one, where several did while nobody was there to
/// send them. None where something was told of this very time since then, at night, or where the time itself reminds.
#[must_use]
pub fn reminder_due(
    start_at: DateTime<Utc>,
    zone: &Zone,
    hours_before: &[u8],
    told_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    if is_quiet(time::wall(now, zone)) || now > start_at - LATEST_REMINDER {
        return None;
    }
    let last = reminders(start_at, zone, hours_before, DateTime::UNIX_EPOCH).into_iter().rfind(|&at| at <= now);
    last.filter(|&at| told_at.is_none_or(|told_at| told_at < at))
}

/// When a message about the practice's own change may go: not at night, if the morning is early enough. Where the appointment
/// is before that, a message at night is better than none.
#[must_use]
pub fn calm(due_at: DateTime<Utc>, start_at: Option<DateTime<Utc>>, zone: &Zone) -> DateTime<Utc> {
    let wall = time::wall(due_at, zone);
    if !is_quiet(wall) {
        return due_at;
    }
    let day = if wall.time_of_day_minutes() < QUIET_UNTIL { Some(wall.date()) } else { wall.date().succ_opt() };
    let morning = time::instant(WallTime::at(day.unwrap_or(wall.date()), QUIET_UNTIL), zone);
    let in_time = start_at.is_none_or(|start_at| start_at <= due_at || morning + TimeDelta::hours(2) <= start_at);
    if in_time { morning } else { due_at }
}

/// When somebody is asked how it was: the next morning.
#[must_use]
pub fn survey_at(end_at: DateTime<Utc>, zone: &Zone) -> DateTime<Utc> {
    let day = time::wall(end_at, zone).date();
    time::instant(WallTime::at(day.succ_opt().unwrap_or(day), MORNING), zone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paris() -> Zone {
        "Europe/Paris".parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        time::instant(text.parse().unwrap(), &paris())
    }

    #[test]
    fn reminders_come_48_and_2_hours_before_and_wake_nobody() {
        let due = |start: &str, now: &str| reminders(at(start), &paris(), &[48, 2], at(now));
        assert_eq!(due("2026-12-10T15:00", "2026-12-01T12:00"), [at("2026-12-08T15:00"), at("2026-12-10T13:00")]);
        assert_eq!(due("2026-12-10T09:00", "2026-12-01T12:00"), [at("2026-12-08T09:00"), at("2026-12-09T20:00")]);
        assert_eq!(due("2026-12-10T15:00", "2026-12-09T12:00"), [at("2026-12-10T13:00")]);
        assert!(due("2026-12-10T09:00", "2026-12-10T08:00").is_empty());
    }

    #[test]
    fn what_the_practice_changes_at_night_is_said_in_the_morning_unless_that_is_too_late() {
        let said = |due: &str, start: &str| calm(at(due), Some(at(start)), &paris());
        assert_eq!(said("2026-12-09T12:00", "2026-12-10T09:00"), at("2026-12-09T12:00"));
        assert_eq!(said("2026-12-09T22:30", "2026-12-10T14:00"), at("2026-12-10T08:00"));
        assert_eq!(said("2026-12-10T02:00", "2026-12-10T14:00"), at("2026-12-10T08:00"));
        assert_eq!(said("2026-12-09T22:30", "2026-12-10T08:30"), at("2026-12-09T22:30"));
        assert_eq!(calm(at("2026-12-09T22:30"), None, &paris()), at("2026-12-10T08:00"));
    }

    #[test]
    fn the_survey_comes_the_next_morning() {
        assert_eq!(survey_at(at("2026-12-09T17:20"), &paris()), at("2026-12-10T10:00"));
    }

    #[test]
    fn what_became_due_while_nobody_was_there_is_said_once() {
        let ask = |told: Option<&str>, now: &str| {
            reminder_due(at("2026-12-14T15:00"), &paris(), &[48, 2], told.map(at), at(now))
        };
        assert_eq!(ask(None, "2026-12-12T14:59"), None);
        assert_eq!(ask(None, "2026-12-14T08:00"), Some(at("2026-12-12T15:00")));
        assert_eq!(ask(Some("2026-12-14T08:00"), "2026-12-14T08:01"), None);
        assert_eq!(ask(Some("2026-12-14T08:00"), "2026-12-14T13:00"), Some(at("2026-12-14T13:00")));
        assert_eq!(ask(None, "2026-12-14T13:10"), Some(at("2026-12-14T13:00")), "both are due: one is said");
        assert_eq!(ask(None, "2026-12-14T14:31"), None, "too late to be of use");
        assert_eq!(ask(None, "2026-12-13T23:00"), None, "at night");
        assert_eq!(ask(Some("2026-12-13T10:00"), "2026-12-14T08:00"), None, "booked since: they know");
    }

    proptest! {
        /// Whoever looks, and whenever: no more messages than reminders that were chosen, and none twice.
        #[test]
        fn however_often_one_looks_each_reminder_goes_once_at_most(
            looks in prop::collection::vec(0_i64..60 * 24 * 9, 1..60), hours in prop::collection::vec(1_u8..=168, 0..=3),
        ) {
            let (zone, start_at) = (paris(), at("2026-12-14T15:00"));
            let mut looks: Vec<_> = looks.iter().map(|&m| start_at - TimeDelta::days(8) + TimeDelta::minutes(m)).collect();
            looks.sort_unstable();
            let (mut told_at, mut said) = (None, Vec::new());
            for now in looks {
                if let Some(due) = reminder_due(start_at, &zone, &hours, told_at, now) {
                    told_at = Some(now);
                    said.push(due);
                }
            }
            prop_assert!(said.len() <= hours.len() && said.windows(2).all(|two| two[0] < two[1]));
        }

        #[test]
        fn no_reminder_is_at_night_late_or_past(
            start in 0_i64..60 * 24 * 800, ago in 0_i64..60 * 24 * 20,
            hours in prop::collection::vec(1_u8..=168, 0..=3), zone in prop::sample::select(vec!["Europe/Paris", "Africa/Casablanca"]),
        ) {
            let zone: Zone = zone.parse().unwrap();
            let start_at = DateTime::from_timestamp(1_790_000_000 + start * 60, 0).unwrap();
            let now = start_at - TimeDelta::minutes(ago);
            let due = reminders(start_at, &zone, &hours, now);
            prop_assert!(due.len() <= hours.len() && due.is_sorted());
            for at in due {
                prop_assert!(!is_quiet(time::wall(at, &zone)) && at > now && at < start_at);
            }
        }
    }
}
