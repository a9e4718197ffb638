//! Provider time inside a duration: which 5-minute parts of a type need the practitioner.
//!
//! `/X/` is a quarter of an hour of which the practitioner is needed in the middle; the patient is prepared before and
//! looked after afterwards by somebody else. A type without a pattern needs the practitioner from beginning to end.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::overlap::Span;

/// The length of a part, in minutes.
pub const PART: i64 = 5;

/// The most parts of a pattern: a whole day.
const MOST: usize = 288;

/// A stretch inside an appointment, counted from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// Minutes after the start.
    pub offset: i64,
    /// How many minutes.
    pub minutes: i64,
}

impl Part {
    /// The span it takes in an appointment that starts then.
    pub const fn at(self, start: i64) -> Span {
        Span { start: start + self.offset, minutes: self.minutes }
    }
}

// As `[offset, minutes]`: what the schema's own overlap rule reads.
impl Serialize for Part {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.offset, self.minutes).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <(i64, i64)>::deserialize(deserializer).map(|(offset, minutes)| Self { offset, minutes })
    }
}

/// A pattern such as `/X/`; empty: the practitioner is needed all the time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProviderTime(Vec<bool>);

/// A text that is not a pattern: another sign, nobody needed at all, longer than a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a pattern such as /X/")]
pub struct InvalidProviderTime;

impl ProviderTime {
    /// Whether it says nothing: needed all the time.
    pub fn is_whole(&self) -> bool {
        self.0.is_empty()
    }

    /// How many minutes the pattern speaks of.
    pub fn minutes(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(0) * PART
    }

    /// The parts of an appointment of so many minutes that need the practitioner, in order and apart from each other;
    /// empty: all of it. What is longer than the pattern needs them to its end (nobody is booked twice by a pattern that
    /// was too short); of what is shorter the rest is cut off.
    pub fn needed(&self, minutes: i64) -> Vec<Part> {
        if self.is_whole() || minutes <= 0 {
            return Vec::new();
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut add = |offset: i64, length: i64| {
            if length <= 0 {
                return;
            }
            match parts.last_mut() {
                Some(last) if last.offset + last.minutes == offset => last.minutes += length,
                _ => parts.push(Part { offset, minutes: length }),
            }
        };
        let mut offset = 0;
        for needed in &self.0 {
            if *needed {
                add(offset, PART.min(minutes - offset));
            }
            offset += PART;
        }
        add(offset, minutes - offset);
        if parts == [Part { offset: 0, minutes }] {
            // All of it is the plain case, which everything else handles fastest.
            parts.clear();
        }
        parts
    }
}

/// The spans of an appointment in which its practitioner is needed.
pub fn needed_spans(start: i64, minutes: i64, parts: &[Part]) -> impl Iterator<Item = Span> {
    let whole = parts.is_empty().then_some(Span { start, minutes });
    parts.iter().map(move |part| part.at(start)).chain(whole)
}

impl FromStr for ProviderTime {
    type Err = InvalidProviderTime;

    /// `X` (either case) needs the practitioner, `/` does not; at least one does. Blanks are skipped.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text
            .chars()
            .filter(|sign| !sign.is_whitespace())
            .map(|sign| match sign {
                'X' | 'x' => Ok(true),
                '/' => Ok(false),
                _ => Err(InvalidProviderTime),
            })
            .collect::<Result<Vec<bool>, _>>()?;
        if parts.len() > MOST || (!parts.is_empty() && !parts.contains(&true)) {
            return Err(InvalidProviderTime);
        }
        Ok(Self(parts))
    }
}

impl fmt::Display for ProviderTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|needed| f.write_str(if *needed { "X" } else { "/" }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn needed(pattern: &str, minutes: i64) -> Vec<(i64, i64)> {
        let pattern: ProviderTime = pattern.parse().unwrap();
        pattern.needed(minutes).iter().map(|part| (part.offset, part.minutes)).collect()
    }

    #[test]
    fn a_pattern_says_when_the_practitioner_is_needed() {
        assert_eq!(needed("/X/", 15), [(5, 5)]);
        assert_eq!(needed("X//X", 20), [(0, 5), (15, 5)]);
        assert_eq!(needed("/XX/", 20), [(5, 10)]);
        assert!(needed("", 20).is_empty());
        assert!(needed("XXXX", 20).is_empty(), "all of it is the plain case");
    }

    #[test]
    fn longer_than_the_pattern_needs_them_and_shorter_is_cut() {
        assert_eq!(needed("/X/", 25), [(5, 5), (15, 10)]);
        assert_eq!(needed("/X/", 8), [(5, 3)]);
        assert!(needed("//X", 10).is_empty(), "nothing is left of it: needed all the time");
    }

    #[test]
    fn a_pattern_in_which_nobody_is_needed_is_none() {
        for text in ["/", "///", "XO", "/X-"] {
            assert_eq!(text.parse::<ProviderTime>(), Err(InvalidProviderTime), "{text}");
        }
        assert_eq!("x / X".parse::<ProviderTime>().unwrap().to_string(), "X/X");
        assert!("X".repeat(289).parse::<ProviderTime>().is_err());
    }

    #[test]
    fn parts_are_written_as_the_schema_reads_them() {
        let pattern: ProviderTime = "/X/X".parse().unwrap();
        assert_eq!(serde_json::to_string(&pattern.needed(20)).unwrap(), "[[5,5],[15,5]]");
        assert_eq!(serde_json::from_str::<Vec<Part>>("[[5,5]]").unwrap(), [Part { offset: 5, minutes: 5 }]);
    }

    proptest! {
        #[test]
        fn needed_parts_lie_inside_in_order_and_say_what_the_pattern_says(
            signs in prop::collection::vec(any::<bool>(), 1..40),
            minutes in 1i64..300,
        ) {
            prop_assume!(signs.contains(&true));
            let pattern = ProviderTime(signs.clone());
            let parts = pattern.needed(minutes);
            prop_assert!(parts.windows(2).all(|two| two[0].offset + two[0].minutes < two[1].offset));
            prop_assert!(parts.iter().all(|part| part.minutes > 0 && part.offset >= 0 && part.offset + part.minutes <= minutes));
            if !parts.is_empty() {
                for minute in 0..minutes {
                    let said = usize::try_from(minute / PART).ok().and_then(|at| signs.get(at)).copied().unwrap_or(true);
                    let is = parts.iter().any(|part| part.offset <= minute && minute < part.offset + part.minutes);
                    prop_assert_eq!(is, said, "minute {}", minute);
                }
            }
        }
    }
}
