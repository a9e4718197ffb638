//! How far what happened there was heard.

use std::{fmt, str::FromStr};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// How far what happened there was heard: by a number that the portal counts, or by an instant of any other server's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cursor {
    /// Up to this number.
    Feed(i64),
    /// Up to this instant, as the server dates its changes.
    Since(DateTime<Utc>),
}

/// A text that is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct InvalidCursor;

/// A server of instants is asked again for so much that it told already: its changes of one moment do not all show at once.
const OVERLAP: TimeDelta = TimeDelta::seconds(60);

impl Cursor {
    /// Further, never back: none where an answer wants to go back, or counts otherwise.
    #[must_use]
    pub fn advanced(self, to: Self) -> Option<Self> {
        match (self, to) {
            (Self::Feed(from), Self::Feed(number)) if number >= from => Some(to),
            (Self::Since(from), Self::Since(at)) => Some(Self::Since(at.max(from))),
            _ => None,
        }
    }

    /// From where a server of instants is asked.
    #[must_use]
    pub fn asked_from(at: DateTime<Utc>) -> DateTime<Utc> {
        at - OVERLAP
    }

    /// Whether the portal counts less far than was heard: it came back from a copy. Then everything is met again.
    #[must_use]
    pub const fn is_ahead_of(self, feed: i64) -> bool {
        matches!(self, Self::Feed(heard) if heard > feed)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Feed(number) => write!(f, "{number}"),
            Self::Since(at) => f.write_str(&at.to_rfc3339_opts(SecondsFormat::Micros, true)),
        }
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        if let Ok(number) = text.parse() {
            return Ok(Self::Feed(number));
        }
        DateTime::parse_from_rfc3339(text).map(|at| Self::Since(at.to_utc())).map_err(|_| InvalidCursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_written_and_read_and_never_goes_back() {
        let since = Cursor::Since(DateTime::from_timestamp_micros(1_790_000_000_123_456).unwrap());
        for cursor in [Cursor::Feed(0), Cursor::Feed(12), since] {
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        assert!("x".parse::<Cursor>().is_err());
        assert_eq!(Cursor::Feed(3).advanced(Cursor::Feed(3)), Some(Cursor::Feed(3)));
        assert_eq!(Cursor::Feed(3).advanced(Cursor::Feed(2)), None);
        assert_eq!(Cursor::Feed(3).advanced(since), None);
        assert!(Cursor::Feed(3).is_ahead_of(2) && !Cursor::Feed(3).is_ahead_of(3));
    }
}
