//! When something leaves: at once what takes time away, later what gives time back, and ever later what was refused.

use chrono::{DateTime, TimeDelta, Utc};

/// How long what frees time waits, so that it can be undone before anybody books it.
pub const UNDO_WINDOW: TimeDelta = TimeDelta::seconds(60);
/// The longest that anything waits for its next try.
pub const LONGEST: TimeDelta = TimeDelta::minutes(15);
/// The longest that a server may ask to wait.
pub const LONGEST_ASKED: TimeDelta = TimeDelta::hours(1);
/// How long something waits that would be refused again.
pub const ASIDE: TimeDelta = TimeDelta::hours(24);

/// A stretch of a practitioner's time that something occupies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// From this minute on the wall.
    pub start: i64,
    /// To this one.
    pub end: i64,
}

words! {
    /// What a change does to the time of a practitioner.
    Effect {
        /// It takes time that was free.
        Occupies = "occupies",
        /// It only gives time back.
        Frees = "frees",
        /// It does neither.
        Neutral = "neutral",
    }
}

/// What a change does, by what was occupied before and what after.
#[must_use]
pub fn effect(before: Option<Stretch>, after: Option<Stretch>) -> Effect {
    let inside = |inner: Stretch, outer: Option<Stretch>| {
        outer.is_some_and(|outer| outer.start <= inner.start && inner.end <= outer.end)
    };
    match (before, after) {
        (_, Some(after)) if !inside(after, before) => Effect::Occupies,
        (Some(before), after) if !inside(before, after) => Effect::Frees,
        _ => Effect::Neutral,
    }
}

/// From when on a change may leave.
#[must_use]
pub fn not_before(effect: Effect, changed_at: DateTime<Utc>) -> DateTime<Utc> {
    if effect == Effect::Frees { changed_at + UNDO_WINDOW } else { changed_at }
}

/// Whether something leaves now. A clock that was wrong and was put right holds nothing back for longer than anything may wait.
#[must_use]
pub fn is_due(not_before: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now >= not_before || not_before - now > ASIDE
}

/// How often everything that is there is met, whoever changed it: what an older life of this vault sent, and a slow network
/// delivered after it came back from its copy, shows in no count of patients' changes.
pub const LOOK_AGAIN: TimeDelta = TimeDelta::hours(24);

/// Whether everything is to be met again.
#[must_use]
pub fn looks_again(looked_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    looked_at.is_none_or(|at| at > now || now - at >= LOOK_AGAIN)
}

/// How long to wait after so many failed tries (the first is 1): twice as long each time, by chance (`0.0..1.0`) between half of it
/// and all of it, so that many apps do not come back together; never less than the server asked for.
#[must_use]
pub fn wait(tries: u32, chance: f64, asked_seconds: Option<u64>) -> TimeDelta {
    let base = (TimeDelta::seconds(2) * (1 << tries.saturating_sub(1).min(10))).min(LONGEST);
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "milliseconds of minutes")]
    let spread = (base.num_milliseconds() as f64 / 2.0 * (1.0 + chance.clamp(0.0, 1.0))) as i64;
    let asked = asked_seconds.map_or(TimeDelta::zero(), |seconds| {
        TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX).min(LONGEST_ASKED.num_seconds()))
    });
    TimeDelta::milliseconds(spread).max(asked)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(start: i64, end: i64) -> Option<Stretch> {
        Some(Stretch { start, end })
    }

    #[test]
    fn what_takes_time_leaves_at_once_and_what_frees_it_after_the_window() {
        assert_eq!(effect(None, at(0, 15)), Effect::Occupies);
        assert_eq!(effect(at(0, 15), at(30, 45)), Effect::Occupies);
        assert_eq!(effect(at(0, 15), at(0, 30)), Effect::Occupies);
        assert_eq!(effect(at(0, 30), at(0, 15)), Effect::Frees);
        assert_eq!(effect(at(0, 30), None), Effect::Frees);
        assert_eq!(effect(at(0, 30), at(0, 30)), Effect::Neutral);
        assert_eq!(effect(None, None), Effect::Neutral);
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(not_before(Effect::Frees, now), now + UNDO_WINDOW);
        assert_eq!(not_before(Effect::Occupies, now), now);
    }

    #[test]
    fn a_clock_that_was_a_week_ahead_holds_nothing_back() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(30);
        assert!(is_due(now, now) && !is_due(now + TimeDelta::minutes(5), now));
        assert!(is_due(now + TimeDelta::days(7), now));
    }

    #[test]
    fn everything_is_looked_at_once_a_day_and_whenever_the_clock_went_back() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(30);
        assert!(looks_again(None, now) && looks_again(Some(now - LOOK_AGAIN), now));
        assert!(looks_again(Some(now + TimeDelta::seconds(1)), now) && !looks_again(Some(now), now));
    }

    proptest! {
        #[test]
        fn a_wait_grows_is_bounded_and_never_less_than_asked(tries in 0u32..100, chance in -1.0f64..2.0, asked in prop::option::of(any::<u64>())) {
            let waited = wait(tries, chance, asked);
            prop_assert!(waited >= TimeDelta::seconds(1) && waited <= LONGEST_ASKED);
            if let Some(asked) = asked.filter(|asked| *asked <= 3_600) {
                prop_assert!(waited >= TimeDelta::seconds(i64::try_from(asked).unwrap()));
            }
            prop_assert!(wait(tries + 1, chance, None) >= wait(tries, chance, None));
        }
    }
}
