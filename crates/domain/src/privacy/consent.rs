//! A consent: whether it holds, and who must give it. A minor's is given by a guardian; from the sixteenth birthday on
//! the person's own counts, and a guardian's has to be asked for again.
//!
//! The guardian's consent for the portal itself is `patient::guardian`; this is about the purposes that a practice names.

use chrono::NaiveDate;

use crate::patient::guardian::is_minor_for_portal;

words! {
    /// How it stands with a consent.
    ConsentState {
        /// It holds.
        Given = "given",
        /// It was taken back.
        Withdrawn = "withdrawn",
        /// It was given by a guardian, and the person decides for themselves now; or who gave it is a guardian no more.
        Lapsed = "lapsed",
    }
}

/// A consent as far as the rule needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The day it was given.
    pub on: NaiveDate,
    /// The day it was taken back.
    pub withdrawn_on: Option<NaiveDate>,
    /// Given by a guardian, and whether they still are one.
    pub guardian: Option<bool>,
    /// Given by a guardian for an adult who does not decide alone.
    pub for_adult: bool,
}

/// Whether the person's own word is enough on a day. Where the age is not known, it is.
#[must_use]
pub fn needs_guardian(born: Option<NaiveDate>, on: NaiveDate) -> bool {
    born.is_some_and(|born| is_minor_for_portal(born, on))
}

/// How a consent stands on a day. On the day of its withdrawal it holds no more.
#[must_use]
pub fn state(given: &Given, born: Option<NaiveDate>, today: NaiveDate) -> ConsentState {
    if given.withdrawn_on.is_some_and(|day| day <= today) {
        return ConsentState::Withdrawn;
    }
    let minor = needs_guardian(born, today);
    match given.guardian {
        Some(false) => ConsentState::Lapsed,
        Some(true) if !minor && !given.for_adult => ConsentState::Lapsed,
        None if minor => ConsentState::Lapsed,
        _ => ConsentState::Given,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_guardian_s_consent_lapses_on_the_sixteenth_birthday() {
        let born = Some(day("2012-02-29"));
        let given = Given { on: day("2026-09-01"), withdrawn_on: None, guardian: Some(true), for_adult: false };
        assert_eq!(state(&given, born, day("2028-02-28")), ConsentState::Given);
        assert_eq!(state(&given, born, day("2028-02-29")), ConsentState::Lapsed);
        let born = Some(day("2011-11-27"));
        assert_eq!(state(&given, born, day("2027-11-26")), ConsentState::Given);
        assert_eq!(state(&given, born, day("2027-11-27")), ConsentState::Lapsed);
    }

    #[test]
    fn a_minor_s_own_word_is_not_enough_and_an_adult_s_is() {
        let own = Given { on: day("2026-09-01"), withdrawn_on: None, guardian: None, for_adult: false };
        assert_eq!(state(&own, Some(day("2014-02-14")), day("2026-11-26")), ConsentState::Lapsed);
        assert_eq!(state(&own, Some(day("1979-05-12")), day("2026-11-26")), ConsentState::Given);
        assert_eq!(state(&own, None, day("2026-11-26")), ConsentState::Given);
        assert!(needs_guardian(Some(day("2010-11-27")), day("2026-11-26")));
        assert!(!needs_guardian(Some(day("2010-11-26")), day("2026-11-26")));
    }

    #[test]
    fn who_is_no_guardian_any_more_consents_to_nothing() {
        let given = Given { on: day("2026-09-01"), withdrawn_on: None, guardian: Some(false), for_adult: true };
        assert_eq!(state(&given, Some(day("1940-01-01")), day("2026-11-26")), ConsentState::Lapsed);
        let still = Given { guardian: Some(true), ..given };
        assert_eq!(state(&still, Some(day("1940-01-01")), day("2026-11-26")), ConsentState::Given);
    }

    proptest! {
        #[test]
        fn what_was_withdrawn_never_holds_again(given in 0i64..2_000, until in 0i64..2_000, after in 0i64..8_000, guardian in proptest::option::of(any::<bool>()), adult in any::<bool>()) {
            let first = day("2020-01-01");
            let at = |days: i64| first + chrono::Duration::days(days);
            let one = Given { on: at(given), withdrawn_on: Some(at(given + until)), guardian, for_adult: adult };
            prop_assert_eq!(state(&one, Some(day("2010-06-15")), at(given + until + after)), ConsentState::Withdrawn);
        }
    }
}
