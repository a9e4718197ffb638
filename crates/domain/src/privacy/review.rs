//! The yearly review of security: what it looks at, and when the next is due.
//!
//! Deliberately not here: the words of the points, and what the program itself can say of them.

use chrono::{Months, NaiveDate};

words! {
    /// What is looked at, in this order.
    Point {
        /// Somebody is named for data protection, and reachable.
        Responsible = "responsible",
        /// The register of processing is complete.
        Register = "register",
        /// The notice hangs in the waiting room, in its version.
        Notice = "notice",
        /// Staff signed a duty of confidentiality.
        Confidentiality = "confidentiality",
        /// Staff were taught this year.
        Teaching = "teaching",
        /// Everybody has an account of their own.
        Accounts = "accounts",
        /// Whoever left is disabled; the list of authorised persons is right.
        Departures = "departures",
        /// Passwords are good and kept by nobody else.
        Passwords = "passwords",
        /// Recovery keys are on paper, apart, and were looked for.
        RecoveryKeys = "recovery_keys",
        /// Workstations lock by themselves.
        Locking = "locking",
        /// Computers are up to date and protected.
        Updates = "updates",
        /// Discs of workstations are encrypted.
        Discs = "discs",
        /// Backups are made, in a second place, and recent.
        Backups = "backups",
        /// A restore was tried.
        Restore = "restore",
        /// The journal verifies.
        Journal = "journal",
        /// Rooms and paper are locked.
        Rooms = "rooms",
        /// Nothing is read over a shoulder: screens, waiting room, phone.
        Discretion = "discretion",
        /// What is thrown away is destroyed.
        Disposal = "disposal",
        /// Processors: contracts, countries, safeguards.
        Processors = "processors",
        /// Retention is applied.
        Retention = "retention",
        /// Persons' requests were answered in time.
        Requests = "requests",
        /// Breaches are written down, and everybody knows whom to tell.
        Breaches = "breaches",
    }
}

words! {
    /// What was found.
    Answer {
        /// In order.
        Good = "good",
        /// In part.
        Partly = "partly",
        /// Missing.
        Missing = "missing",
        /// Does not apply here.
        NotApplicable = "not_applicable",
    }
}

/// Months between two reviews.
pub const EVERY: u32 = 12;

/// When the next is due: a year after the last, else a year after the practice began.
pub fn next_on(last: Option<NaiveDate>, began_on: NaiveDate) -> NaiveDate {
    last.unwrap_or(began_on).checked_add_months(Months::new(EVERY)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_is_a_year_on_also_from_29_february() {
        assert_eq!(next_on(Some(day("2028-02-29")), day("2020-01-01")), day("2029-02-28"));
        assert_eq!(next_on(Some(day("2027-02-28")), day("2020-01-01")), day("2028-02-28"));
        assert_eq!(next_on(None, day("2026-11-22")), day("2027-11-22"));
    }

    proptest! {
        #[test]
        fn the_next_is_within_a_year_and_never_earlier(start in 0_i32..60_000) {
            let last = NaiveDate::from_num_days_from_ce_opt(700_000 + start).unwrap();
            let days = next_on(Some(last), last).signed_duration_since(last).num_days();
            prop_assert!((365..=366).contains(&days));
        }
    }
}
