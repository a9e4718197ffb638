//! Limits: who asks too often waits. Kept in memory; each process counts by itself, and forgets what is long past.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};

/// What is counted, each with a burst and how many come back an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Requests of pages, by address.
    Page,
    /// Requests of a practice.
    Practice,
    /// Tries to get a token, by address and by client.
    Token,
    /// One-time codes sent, by contact.
    CodeByContact,
    /// One-time codes sent, by address.
    CodeByAddress,
    /// Tries to look an appointment up, by address.
    LookUpByAddress,
    /// Tries to look an appointment up, by the phone that is claimed.
    LookUpByContact,
    /// Requests about one's data, by address.
    Rights,
}

impl Limit {
    const fn numbers(self) -> (f64, f64) {
        match self {
            Self::Page => (120.0, 6_000.0),
            Self::Practice => (600.0, 72_000.0),
            Self::Token => (20.0, 120.0),
            Self::CodeByContact => (3.0, 6.0),
            Self::CodeByAddress => (20.0, 60.0),
            Self::LookUpByAddress => (10.0, 60.0),
            Self::LookUpByContact => (5.0, 20.0),
            Self::Rights => (5.0, 10.0),
        }
    }
}

struct Bucket {
    left: f64,
    at: DateTime<Utc>,
}

/// What is counted, and how many there may be before what is full again is swept out.
struct Buckets {
    all: HashMap<(Limit, u64), Bucket>,
    sweep_over: usize,
}

/// The counts. What is counted is kept under a hash with a random key of this process: no address and no phone stays in memory.
pub struct Guard {
    hasher: RandomState,
    buckets: Mutex<Buckets>,
    factor: f64,
}

impl Default for Guard {
    fn default() -> Self {
        Self::with_factor(1.0)
    }
}

/// Under which name an address is counted: of the newer addresses everybody has a whole network, whose first half tells it.
#[must_use]
pub fn origin(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

/// So many counts there may be before what is full again is swept out.
const SWEEP_OVER: usize = 100_000;

impl Guard {
    /// Limits so many times as wide: for measurements.
    #[must_use]
    pub fn with_factor(factor: f64) -> Self {
        Self {
            hasher: RandomState::new(),
            buckets: Mutex::new(Buckets { all: HashMap::new(), sweep_over: SWEEP_OVER }),
            factor,
        }
    }

    /// Takes one of a limit's tries for somebody; none is left where it answers with the seconds to wait.
    ///
    /// # Errors
    /// How many seconds until one comes back.
    pub fn take(&self, limit: Limit, whose: &str, now: DateTime<Utc>) -> Result<(), u64> {
        let (burst, an_hour) = limit.numbers();
        let (burst, a_second) = (burst * self.factor, an_hour * self.factor / 3_600.0);
        let key = (limit, self.hasher.hash_one(whose));
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.all.len() > buckets.sweep_over {
            let factor = self.factor;
            buckets.all.retain(|(limit, _), bucket| {
                let (burst, an_hour) = limit.numbers();
                seconds(bucket.at, now) * an_hour * factor / 3_600.0 < burst * factor - bucket.left
            });
            // Not again for the next one that comes: a flood from everywhere must not make each request look at all.
            buckets.sweep_over = SWEEP_OVER.max(2 * buckets.all.len());
        }
        let bucket = buckets.all.entry(key).or_insert(Bucket { left: burst, at: now });
        bucket.left = (bucket.left + seconds(bucket.at, now) * a_second).min(burst);
        bucket.at = bucket.at.max(now);
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand at most")]
        Err(((1.0 - bucket.left) / a_second).ceil().max(1.0) as u64)
    }
}

fn seconds(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of hours")]
    let milliseconds = (to - from).num_milliseconds().max(0) as f64;
    milliseconds / 1_000.0
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn who_asks_too_often_waits_and_others_do_not() {
        let guard = Guard::default();
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..3 {
            assert_eq!(guard.take(Limit::CodeByContact, "+33612345678", now), Ok(()));
        }
        assert_eq!(guard.take(Limit::CodeByContact, "+33612345678", now), Err(600));
        assert_eq!(guard.take(Limit::CodeByContact, "+33612345679", now), Ok(()));
        assert_eq!(guard.take(Limit::CodeByAddress, "+33612345678", now), Ok(()));
        assert_eq!(guard.take(Limit::CodeByContact, "+33612345678", now + TimeDelta::seconds(601)), Ok(()));
        assert!(guard.take(Limit::CodeByContact, "+33612345678", now + TimeDelta::seconds(602)).is_err());
    }

    #[test]
    fn a_network_of_the_newer_addresses_counts_as_one() {
        let of = |text: &str| origin(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }

    #[test]
    fn a_flood_from_everywhere_is_swept_out_again() {
        let guard = Guard::default();
        let now = DateTime::UNIX_EPOCH;
        for number in 0..=SWEEP_OVER {
            let _ = guard.take(Limit::Page, &number.to_string(), now);
        }
        let later = now + TimeDelta::hours(1);
        let _ = guard.take(Limit::Page, "a", later);
        assert!(guard.buckets.lock().unwrap().all.len() < 10);
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing() {
        let guard = Guard::default();
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(1);
        while guard.take(Limit::Rights, "a", now).is_ok() {}
        assert!(guard.take(Limit::Rights, "a", now - TimeDelta::hours(5)).is_err());
    }
}
