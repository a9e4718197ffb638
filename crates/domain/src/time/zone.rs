//! [`Zone`], and how wall time and instants meet in it.
//!
//! The rules are the bundled ones (2026c or later), never the system's: a machine that was not updated still believes
//! that Morocco is on +01.

use std::{
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
    sync::LazyLock,
};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use jiff::{
    Timestamp, civil,
    tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::WallTime;
use crate::country::Country;

static BUNDLED: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A time zone of the IANA database, known to the bundled edition. Cheap to clone.
#[derive(Clone)]
pub struct Zone {
    name: String,
    pub(super) rules: TimeZone,
}

/// A name that the bundled database does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time zone such as Europe/Paris")]
pub struct InvalidZone;

impl Zone {
    /// The IANA name, in the database's own spelling.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// What a wall time means in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// The usual case.
    Once(DateTime<Utc>),
    /// The clock jumped over it: it is never on the wall. `after` is the same distance past the jump: of 02:30, skipped
    /// from 02:00 to 03:00, it is 03:30.
    Gap {
        /// The instant shifted forward by the length of the gap.
        after: DateTime<Utc>,
    },
    /// The clock was set back: it is on the wall twice.
    Fold {
        /// The first time.
        earlier: DateTime<Utc>,
        /// The second time.
        later: DateTime<Utc>,
    },
}

/// What the wall time means in the zone: the one place where wall time becomes an instant.
pub fn resolve(local: WallTime, zone: &Zone) -> Resolved {
    let civil = civil_of(local);
    match zone.rules.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => Resolved::Once(with_offset(local, offset)),
        AmbiguousOffset::Gap { before, .. } => Resolved::Gap { after: with_offset(local, before) },
        AmbiguousOffset::Fold { before, after } => {
            Resolved::Fold { earlier: with_offset(local, before), later: with_offset(local, after) }
        }
    }
}

/// One instant for the outside (reminders, calendars): in a gap shifted forward by its length, in a fold the earlier one,
/// as RFC 5545 reads local times.
pub fn instant(local: WallTime, zone: &Zone) -> DateTime<Utc> {
    match resolve(local, zone) {
        Resolved::Once(at) | Resolved::Gap { after: at } | Resolved::Fold { earlier: at, .. } => at,
    }
}

/// What the wall shows in the zone at an instant; seconds are dropped.
pub fn wall(at: DateTime<Utc>, zone: &Zone) -> WallTime {
    let seconds = at.timestamp().clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    let timestamp = Timestamp::from_second(seconds).expect("clamped into range");
    let shifted = seconds + i64::from(zone.rules.to_offset(timestamp).seconds());
    WallTime::from_minutes(shifted.div_euclid(60))
}

/// The zones in which a practice of the country can be, the usual one first; for the first-start screen.
pub fn zones(country: Country) -> &'static [&'static str] {
    match country {
        Country::FR => &[
            "Europe/Paris",
            "America/Guadeloupe",
            "America/Martinique",
            "America/Cayenne",
            "Indian/Reunion",
            "Indian/Mayotte",
            "America/Miquelon",
            "America/St_Barthelemy",
            "America/Marigot",
            "Pacific/Noumea",
            "Pacific/Tahiti",
            "Pacific/Marquesas",
            "Pacific/Gambier",
            "Pacific/Wallis",
        ],
        Country::MA => &["Africa/Casablanca", "Africa/El_Aaiun"],
    }
}

fn civil_of(local: WallTime) -> civil::DateTime {
    let (date, time): (NaiveDate, NaiveTime) = (local.date(), local.naive().time());
    let small = |n: u32| i8::try_from(n).expect("months, days, hours and minutes are below 60");
    civil::datetime(
        i16::try_from(date.year()).expect("wall times have years 1 to 9998"),
        small(date.month()),
        small(date.day()),
        small(time.hour()),
        small(time.minute()),
        0,
        0,
    )
}

fn with_offset(local: WallTime, offset: Offset) -> DateTime<Utc> {
    local.naive().and_utc() - chrono::Duration::seconds(i64::from(offset.seconds()))
}

impl FromStr for Zone {
    type Err = InvalidZone;

    /// An IANA name, in any case.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let rules = BUNDLED.get(name).map_err(|_| InvalidZone)?;
        let name = rules.iana_name().ok_or(InvalidZone)?.to_owned();
        Ok(Self { name, rules })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn local(text: &str) -> WallTime {
        text.parse().unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn paris_skips_an_hour_in_march() {
        let paris = zone("Europe/Paris");
        assert_eq!(resolve(local("2026-03-29T02:30"), &paris), Resolved::Gap { after: utc("2026-03-29T01:30:00Z") });
        assert_eq!(resolve(local("2027-03-28T02:30"), &paris), Resolved::Gap { after: utc("2027-03-28T01:30:00Z") });
        assert_eq!(wall(utc("2026-03-29T01:30:00Z"), &paris), local("2026-03-29T03:30"), "shifted forward by the gap");
    }

    #[test]
    fn paris_has_an_hour_twice_in_october() {
        let paris = zone("Europe/Paris");
        for (text, earlier, later) in [
            ("2026-10-25T02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
            ("2027-10-31T02:30", "2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"),
        ] {
            assert_eq!(resolve(local(text), &paris), Resolved::Fold { earlier: utc(earlier), later: utc(later) });
            assert_eq!(instant(local(text), &paris), utc(earlier));
        }
    }

    #[test]
    fn morocco_went_back_for_ramadan_and_for_good_in_2026() {
        let casablanca = zone("Africa/Casablanca");
        for (text, earlier, later) in [
            ("2026-02-15T02:30", "2026-02-15T01:30:00Z", "2026-02-15T02:30:00Z"),
            ("2026-09-20T01:30", "2026-09-20T00:30:00Z", "2026-09-20T01:30:00Z"),
        ] {
            assert_eq!(resolve(local(text), &casablanca), Resolved::Fold { earlier: utc(earlier), later: utc(later) });
        }
        assert_eq!(
            resolve(local("2026-03-22T02:30"), &casablanca),
            Resolved::Gap { after: utc("2026-03-22T02:30:00Z") }
        );
    }

    #[test]
    fn morocco_stays_on_utc_since() {
        let casablanca = zone("Africa/Casablanca");
        for (text, at) in [
            ("2026-12-01T12:00", "2026-12-01T12:00:00Z"),
            ("2027-02-07T02:30", "2027-02-07T02:30:00Z"),
            ("2030-07-01T09:00", "2030-07-01T09:00:00Z"),
        ] {
            assert_eq!(resolve(local(text), &casablanca), Resolved::Once(utc(at)), "{text}");
        }
    }

    #[test]
    fn zones_are_known_by_name_only() {
        assert_eq!(zone("europe/paris").to_string(), "Europe/Paris");
        assert_eq!(serde_json::to_string(&zone("Indian/Reunion")).unwrap(), "\"Indian/Reunion\"");
        assert_eq!(serde_json::from_str::<Zone>("\"Indian/Reunion\"").unwrap(), zone("Indian/Reunion"));
        for name in ["", "Paris", "Europe/Atlantis", "+01:00", "Etc/Unknown", "CET-1CEST", " Europe/Paris"] {
            assert_eq!(name.parse::<Zone>(), Err(InvalidZone), "{name}");
        }
    }

    #[test]
    fn every_zone_offered_is_in_the_bundled_data() {
        for &country in Country::ALL {
            for name in zones(country) {
                assert_eq!(zone(name).to_string(), *name);
            }
        }
    }

    #[test]
    fn the_ends_of_time_have_instants_everywhere() {
        for name in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Paris"] {
            for end in [WallTime::MIN, WallTime::MAX] {
                assert_eq!(wall(instant(end, &zone(name)), &zone(name)), end, "{name}");
            }
            assert_eq!(wall(DateTime::<Utc>::MAX_UTC, &zone(name)), WallTime::MAX);
            assert_eq!(wall(DateTime::<Utc>::MIN_UTC, &zone(name)), WallTime::MIN);
        }
    }

    const ZONES: [&str; 8] = [
        "Europe/Paris",
        "Africa/Casablanca",
        "Indian/Reunion",
        "America/Miquelon",
        "America/Cayenne",
        "Pacific/Marquesas",
        "Africa/El_Aaiun",
        "UTC",
    ];

    proptest! {
        #[test]
        fn a_wall_time_comes_back_from_its_instant(minutes in 0i64..60 * 24 * 366 * 70, name in prop::sample::select(&ZONES[..])) {
            let (time, zone) = (WallTime::from_minutes(minutes), zone(name));
            match resolve(time, &zone) {
                Resolved::Once(at) => {
                    prop_assert_eq!(wall(at, &zone), time);
                    prop_assert_eq!(instant(time, &zone), at);
                }
                Resolved::Fold { earlier, later } => {
                    prop_assert!(earlier < later);
                    prop_assert_eq!((wall(earlier, &zone), wall(later, &zone)), (time, time));
                }
                Resolved::Gap { after } => prop_assert!(wall(after, &zone) > time),
            }
        }

        #[test]
        fn an_instant_is_one_of_those_of_its_wall_time(minutes in 0i64..60 * 24 * 366 * 70, name in prop::sample::select(&ZONES[..])) {
            let (at, zone) = (DateTime::from_timestamp(minutes * 60, 0).unwrap(), zone(name));
            let found = match resolve(wall(at, &zone), &zone) {
                Resolved::Once(once) => once == at,
                Resolved::Fold { earlier, later } => earlier == at || later == at,
                Resolved::Gap { .. } => false,
            };
            prop_assert!(found);
        }
    }
}
