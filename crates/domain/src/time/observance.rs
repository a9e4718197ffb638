//! What a zone's clock does over a stretch of time, for those outside who must be told the rules themselves (calendars).
//!
//! The rules are the bundled ones, like those of [`super::instant`]: whoever reads them gets the same instants, however
//! stale their own copy is. How a calendar file writes them is not here.

use chrono::{DateTime, NaiveDateTime, Utc};
use jiff::Timestamp;

use super::{WallTime, Zone, instant};

/// From one instant on, until the next of them, the clock stands so far from UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observance {
    /// Since when.
    pub at: DateTime<Utc>,
    /// Seconds east of UTC before.
    pub before: i32,
    /// Seconds east of UTC since.
    pub since: i32,
    /// The abbreviation in use since, such as `CET` or `+01`.
    pub name: String,
    /// Whether the database calls it daylight saving time.
    pub daylight: bool,
}

impl Observance {
    /// What the clock showed, by its old setting, at the moment it was set.
    #[must_use]
    pub fn onset(&self) -> NaiveDateTime {
        self.at.naive_utc() + chrono::Duration::seconds(i64::from(self.before))
    }
}

/// The observances that wall times from `from` to `until` need: the one in force at the beginning, and every later one up
/// to the end. Never empty.
#[must_use]
pub fn observances(zone: &Zone, from: WallTime, until: WallTime) -> Vec<Observance> {
    let timestamp = |at: DateTime<Utc>| {
        Timestamp::from_second(at.timestamp().clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second()))
            .expect("clamped into range")
    };
    // An hour more at each end: a wall time in a fold or a gap belongs to either side.
    let first = timestamp(instant(from.plus_minutes(-180), zone));
    let last = timestamp(instant(until.plus_minutes(180), zone));
    let info = zone.rules.to_offset_info(first);
    // A zone that never changed has its offset since ever.
    let epoch = timestamp(DateTime::UNIX_EPOCH).min(first);
    let beginning = zone.rules.preceding(first).next().map_or(epoch, |transition| transition.timestamp());
    let mut before = zone.rules.to_offset(just_before(beginning)).seconds();
    let mut all = Vec::new();
    let mut add = |at: Timestamp, since: i32, name: &str, daylight: bool, before: &mut i32| {
        let at = DateTime::from_timestamp(at.as_second(), 0).unwrap_or(DateTime::UNIX_EPOCH);
        all.push(Observance { at, before: *before, since, name: name.to_owned(), daylight });
        *before = since;
    };
    add(beginning, info.offset().seconds(), info.abbreviation(), info.dst().is_dst(), &mut before);
    for transition in zone.rules.following(first).take_while(|transition| transition.timestamp() <= last) {
        let (since, daylight) = (transition.offset().seconds(), transition.dst().is_dst());
        add(transition.timestamp(), since, transition.abbreviation(), daylight, &mut before);
    }
    all
}

fn just_before(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().saturating_sub(1).max(Timestamp::MIN.as_second())).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn of(name: &str, from: &str, until: &str) -> Vec<(String, i32, i32, bool)> {
        observances(&zone(name), from.parse().unwrap(), until.parse().unwrap())
            .into_iter()
            .map(|one| (one.onset().format("%Y-%m-%dT%H:%M").to_string(), one.before, one.since, one.daylight))
            .collect()
    }

    #[test]
    fn paris_has_two_a_year_and_the_one_in_force_at_the_beginning() {
        assert_eq!(
            of("Europe/Paris", "2026-01-05T08:00", "2026-12-31T18:00"),
            [
                ("2025-10-26T03:00".to_owned(), 7200, 3600, false),
                ("2026-03-29T02:00".to_owned(), 3600, 7200, true),
                ("2026-10-25T03:00".to_owned(), 7200, 3600, false),
            ]
        );
    }

    #[test]
    fn morocco_is_on_utc_for_good_since_the_autumn_of_2026() {
        let all = of("Africa/Casablanca", "2026-09-01T08:00", "2027-12-31T18:00");
        let last = all.last().unwrap();
        assert_eq!((last.0.as_str(), last.1, last.2), ("2026-09-20T02:00", 3600, 0), "{all:?}");
        assert_eq!(
            of("Africa/Casablanca", "2027-02-01T08:00", "2027-06-01T08:00").len(),
            1,
            "Ramadan moves nothing more"
        );
    }

    #[test]
    fn a_zone_that_hardly_ever_changed_has_one() {
        let all = of("Indian/Reunion", "2026-01-01T00:00", "2027-01-01T00:00");
        assert_eq!((all.len(), all[0].2), (1, 14400));
    }

    proptest! {
        #[test]
        fn they_say_the_same_instant_as_the_zone_itself(
            which in 0usize..5, day in 16_000i64..24_000, minute in 0i64..1440, more in 0i64..400_000,
        ) {
            let zone = zone(["Europe/Paris", "Africa/Casablanca", "Indian/Reunion", "America/Miquelon", "Africa/El_Aaiun"][which]);
            let from = WallTime::from_minutes(day * 1440 + minute);
            let at = from.plus_minutes(more);
            let all = observances(&zone, from, at);
            prop_assert!(all.windows(2).all(|pair| pair[0].at < pair[1].at && pair[0].since == pair[1].before));
            for wall in [from, at] {
                let said = instant(wall, &zone);
                let in_force = all.iter().rev().find(|one| one.at <= said).unwrap();
                let shown = said.naive_utc() + chrono::Duration::seconds(i64::from(in_force.since));
                // In a gap the wall shows the shifted time; everywhere else the time itself.
                let exact = matches!(super::super::resolve(wall, &zone), super::super::Resolved::Gap { .. });
                prop_assert!(exact || shown == wall.naive(), "{} in {}", wall, zone.name());
            }
        }
    }
}
