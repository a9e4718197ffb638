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
    rules: TimeZone,
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
