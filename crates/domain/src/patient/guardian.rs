//! Minors and their guardians: whose consent the portal needs.
//!
//! The consent is about data that leave for the portal. It never keeps the desk from booking.

use chrono::{Datelike, NaiveDate};

/// From this birthday on the portal asks the patient alone.
pub const PORTAL_AGE: i64 = 16;

/// Whole years between a birth and a day; who is born on 29 February has their birthday on 1 March of other years.
pub fn age(born: NaiveDate, today: NaiveDate) -> i64 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    i64::from(today.year()) - i64::from(born.year()) - i64::from(!had_birthday)
}

/// Whether a guardian must consent before this person's data go to a portal: until the day before the sixteenth birthday.
pub fn is_minor_for_portal(born: NaiveDate, today: NaiveDate) -> bool {
    age(born, today) < PORTAL_AGE
}

words! {
    /// How a consent was given.
    ConsentWay {
        /// By word of mouth, at the desk or on the phone.
        Spoken = "spoken",
        /// On paper, signed.
        Written = "written",
        /// By e-mail or on the portal.
        Electronic = "electronic",
    }
}

words! {
    /// How it stands with the guardian's consent of a minor.
    GuardianConsent {
        /// Given by somebody who is a guardian, and not withdrawn.
        Current = "current",
        /// Not given, withdrawn, or given by somebody who is a guardian no more.
        Missing = "missing",
    }
}

/// A consent as far as the rule needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    /// The day it was given.
    pub given_on: NaiveDate,
    /// The day it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
    /// Whether who gave it is still a contact person and a guardian.
    pub by_guardian: bool,
}

impl Consent {
    /// Whether it holds on a day. On the day of its withdrawal it does no more.
    pub fn holds(self, today: NaiveDate) -> bool {
        self.by_guardian && self.given_on <= today && self.withdrawn_on.is_none_or(|day| day > today)
    }
}

/// How it stands; none where no guardian needs to consent, or where it is not known how old the patient is.
pub fn guardian_consent(
    born: Option<NaiveDate>,
    consents: impl IntoIterator<Item = Consent>,
    today: NaiveDate,
) -> Option<GuardianConsent> {
    if !is_minor_for_portal(born?, today) {
        return None;
    }
    let current = consents.into_iter().any(|consent| consent.holds(today));
    Some(if current { GuardianConsent::Current } else { GuardianConsent::Missing })
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn somebody_is_a_minor_until_the_day_before_the_sixteenth_birthday() {
        let born = day("2010-11-24");
        assert!(is_minor_for_portal(born, day("2026-11-23")));
        assert!(!is_minor_for_portal(born, day("2026-11-24")));
        assert!(is_minor_for_portal(born, born));
        assert!(!is_minor_for_portal(day("2010-12-31"), day("2027-01-01")));
        assert!(is_minor_for_portal(day("2011-01-01"), day("2026-12-31")));
    }

    #[test]
    fn a_birthday_on_the_29th_of_february_is_the_1st_of_march_of_other_years() {
        let born = day("2008-02-29");
        assert!(is_minor_for_portal(born, day("2024-02-28")));
        assert!(!is_minor_for_portal(born, day("2024-02-29")), "a leap year has the day");
        let born = day("2012-02-29");
        assert_eq!(age(born, day("2027-02-28")), 14);
        assert_eq!(age(born, day("2027-03-01")), 15);
    }

    #[test]
    fn only_a_guardian_s_consent_that_was_not_withdrawn_counts() {
        let (today, born) = (day("2026-11-24"), Some(day("2014-02-14")));
        let given = Consent { given_on: day("2026-09-01"), withdrawn_on: None, by_guardian: true };
        let state = |consents: &[Consent]| guardian_consent(born, consents.iter().copied(), today);
        assert_eq!(state(&[]), Some(GuardianConsent::Missing));
        assert_eq!(state(&[given]), Some(GuardianConsent::Current));
        assert_eq!(state(&[Consent { withdrawn_on: Some(today), ..given }]), Some(GuardianConsent::Missing));
        assert_eq!(state(&[Consent { by_guardian: false, ..given }]), Some(GuardianConsent::Missing));
        assert_eq!(state(&[Consent { withdrawn_on: Some(today), ..given }, given]), Some(GuardianConsent::Current));
        assert_eq!(guardian_consent(Some(day("2010-11-24")), [], today), None, "sixteen today");
        assert_eq!(guardian_consent(None, [given], today), None);
    }

    proptest! {
        #[test]
        fn nobody_becomes_a_minor_again(born in 0i64..40_000, at in 0i64..40_000, later in 0i64..4_000) {
            let born = day("1920-01-01") + Duration::days(born);
            let at = day("1920-01-01") + Duration::days(at);
            prop_assert!(is_minor_for_portal(born, at) || !is_minor_for_portal(born, at + Duration::days(later)));
        }

        #[test]
        fn a_withdrawn_consent_never_holds_again(given in 0i64..2_000, until in 0i64..2_000, after in 0i64..2_000) {
            let first = day("2026-01-01");
            let withdrawn = first + Duration::days(given + until);
            let consent = Consent { given_on: first + Duration::days(given), withdrawn_on: Some(withdrawn), by_guardian: true };
            prop_assert!(!consent.holds(withdrawn + Duration::days(after)));
        }
    }
}
