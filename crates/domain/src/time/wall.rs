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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wall(text: &str) -> WallTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_wall_time_is_written_to_the_minute() {
        let time = wall("2026-11-24T09:30");
        assert_eq!(time.to_string(), "2026-11-24T09:30");
        assert_eq!(serde_json::to_string(&time).unwrap(), "\"2026-11-24T09:30\"");
        assert_eq!(serde_json::from_str::<WallTime>("\"2026-11-24T09:30\"").unwrap(), time);
        assert_eq!(wall("0001-01-01T00:00").to_string(), "0001-01-01T00:00");
    }

    #[test]
    fn seconds_and_a_blank_are_read_too() {
        for text in ["2026-11-24T09:30:00", "2026-11-24 09:30", "2026-11-24 09:30:59"] {
            assert_eq!(wall(text), wall("2026-11-24T09:30"), "{text}");
        }
        assert_eq!(
            WallTime::new(wall("2026-11-24T09:30").naive() + Duration::milliseconds(59_999)),
            wall("2026-11-24T09:30")
        );
    }

    #[test]
    fn what_is_no_wall_time_is_refused() {
        for text in [
            "",
            "2026-11-24",
            "2026-11-24T24:00",
            "2026-02-29T09:30",
            "2026-11-24T09:30Z",
            "2026-11-24T09:30+01:00",
            "9999-01-01T00:00",
            "0000-01-01T00:00",
            "-0001-01-01T00:00",
            "+12026-01-01T00:00",
            "24/11/2026 09:30",
        ] {
            assert_eq!(text.parse::<WallTime>(), Err(InvalidWallTime), "{text}");
        }
        assert!(serde_json::from_str::<WallTime>("\"demain\"").is_err());
    }

    #[test]
    fn minutes_and_days_count_from_1970() {
        assert_eq!(wall("1970-01-01T00:00").minutes(), 0);
        assert_eq!(wall("1969-12-31T23:59").minutes(), -1);
        assert_eq!(wall("1969-12-31T23:59").time_of_day_minutes(), 1439);
        assert_eq!(wall("2026-11-24T09:30").minutes(), day_number(wall("2026-11-24T00:00").date()) * 1440 + 570);
        assert_eq!(wall("2026-12-31T23:50").plus_minutes(20), wall("2027-01-01T00:10"));
        assert_eq!(WallTime::at(wall("2026-11-24T00:00").date(), 570), wall("2026-11-24T09:30"));
        assert_eq!(WallTime::at(wall("2026-11-24T00:00").date(), 1440), wall("2026-11-25T00:00"));
    }

    #[test]
    fn numbers_out_of_range_stop_at_the_ends() {
        assert_eq!(WallTime::from_minutes(i64::MAX), WallTime::MAX);
        assert_eq!(WallTime::from_minutes(i64::MIN), WallTime::MIN);
        assert_eq!(WallTime::MAX.plus_minutes(i64::MAX), WallTime::MAX);
        assert_eq!(from_day_number(i64::MIN), WallTime::MIN.date());
        assert_eq!(WallTime::new(NaiveDateTime::MAX), WallTime::MAX);
        assert_eq!(WallTime::new(NaiveDateTime::MIN), WallTime::MIN);
    }

    pub(in crate::time) fn any_wall_time() -> impl Strategy<Value = WallTime> {
        (WallTime::MIN.minutes()..=WallTime::MAX.minutes()).prop_map(WallTime::from_minutes)
    }

    proptest! {
        #[test]
        fn a_wall_time_comes_back_from_text_and_from_minutes(time in any_wall_time()) {
            prop_assert_eq!(time.to_string().parse(), Ok(time));
            prop_assert_eq!(WallTime::from_minutes(time.minutes()), time);
            prop_assert_eq!(WallTime::new(time.naive()), time);
            prop_assert_eq!(from_day_number(day_number(time.date())), time.date());
            prop_assert_eq!(WallTime::at(time.date(), time.time_of_day_minutes()), time);
        }

        #[test]
        fn later_on_the_wall_is_more_minutes(one in any_wall_time(), other in any_wall_time()) {
            prop_assert_eq!(one.cmp(&other), one.minutes().cmp(&other.minutes()));
        }

        #[test]
        fn nothing_typed_makes_it_fail(text in any::<String>()) {
            let _ = text.parse::<WallTime>();
        }
    }
}
