//! [`WallTime`]: what the clock on the wall of a site shows, to the minute.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Minutes of a day on the wall (days of 23 or 25 hours exist for instants only).
const DAY: i64 = 24 * 60;

/// A local date and time, to the minute, without a zone. Years 1 to 9998: outside of them it is clamped (from numbers)
/// or refused (from text), so that every wall time has four digits of year and an instant in every zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallTime(NaiveDateTime);

/// A text that is not a wall time. The text is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a local date and time such as 2026-11-24T09:30")]
pub struct InvalidWallTime;

impl WallTime {
    /// The first wall time.
    pub const MIN: WallTime = WallTime(NaiveDateTime::new(
        NaiveDate::from_ymd_opt(1, 1, 1).expect("the first of January of year 1 is a date"),
        NaiveTime::MIN,
    ));
    /// The last wall time.
    pub const MAX: WallTime = WallTime(NaiveDateTime::new(
        NaiveDate::from_ymd_opt(9998, 12, 31).expect("the last of December of year 9998 is a date"),
        NaiveTime::from_hms_opt(23, 59, 0).expect("23:59 is a time"),
    ));

    /// From chrono's value; seconds are dropped, out of range is clamped.
    pub fn new(local: NaiveDateTime) -> Self {
        Self(local.with_second(0).and_then(|t| t.with_nanosecond(0)).unwrap_or(local)).clamp(Self::MIN, Self::MAX)
    }

    /// At so many minutes after midnight of a date; more than a day counts into the next one.
    pub fn at(date: NaiveDate, minute_of_day: u16) -> Self {
        Self::from_minutes(day_number(date) * DAY + i64::from(minute_of_day))
    }

    /// Chrono's value, with zero seconds.
    pub const fn naive(self) -> NaiveDateTime {
        self.0
    }

    /// The date.
    pub fn date(self) -> NaiveDate {
        self.0.date()
    }

    /// Minutes since 1970-01-01T00:00 on the wall (not an instant): the form in which agendas are stored and compared.
    pub fn minutes(self) -> i64 {
        self.0.and_utc().timestamp().div_euclid(60)
    }

    /// The opposite of [`WallTime::minutes`]; out of range is clamped.
    pub fn from_minutes(minutes: i64) -> Self {
        let inside = minutes.clamp(Self::MIN.minutes(), Self::MAX.minutes());
        Self(DateTime::UNIX_EPOCH.naive_utc() + Duration::minutes(inside))
    }

    /// So many minutes later (earlier, if negative) on the wall; clamped.
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self::from_minutes(self.minutes().saturating_add(minutes))
    }

    /// Minutes since midnight, 0 to 1439.
    pub fn time_of_day_minutes(self) -> u16 {
        u16::try_from(self.minutes().rem_euclid(DAY)).expect("a remainder of 1440 fits")
    }
}

/// Days since 1970-01-01.
pub fn day_number(date: NaiveDate) -> i64 {
    date.signed_duration_since(DateTime::UNIX_EPOCH.date_naive()).num_days()
}

/// The opposite of [`day_number`]; clamped to the dates that wall times have.
pub fn from_day_number(days: i64) -> NaiveDate {
    WallTime::from_minutes(days.saturating_mul(DAY)).date()
}

impl fmt::Display for WallTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%dT%H:%M").fmt(f)
    }
}

impl FromStr for WallTime {
    type Err = InvalidWallTime;

    /// `2026-11-24T09:30`; seconds are read and dropped, and a space may stand for the T.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
            .ok_or(InvalidWallTime)?;
        let minute = Self(local.with_second(0).ok_or(InvalidWallTime)?.with_nanosecond(0).ok_or(InvalidWallTime)?);
        if (Self::MIN..=Self::MAX).contains(&minute) { Ok(minute) } else { Err(InvalidWallTime) }
    }
}

impl Serialize for WallTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WallTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
