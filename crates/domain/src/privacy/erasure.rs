//! Whether a person may be erased, and if not, why and from when on. Who has a medical record is kept as long as the law
//! says; who is only in the agenda has nothing against them.
//!
//! Deliberately not here: what erasing touches (room `store`), and the retention of other categories.

use chrono::{Months, NaiveDate};

use crate::country::Country;

words! {
    /// Why an erasure is refused.
    KeptFor {
        /// The duty to keep the medical record.
        MedicalRecord = "medical_record",
        /// A legal claim.
        LegalClaims = "legal_claims",
        /// A limitation that the person asked for instead of an erasure, or for a claim.
        Limitation = "limitation",
        /// A request of the same person for a copy is open: first the copy.
        OpenRequest = "open_request",
    }
}

/// How long a medical record is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordRule {
    /// Years after the last care.
    pub years_after_care: u32,
    /// Not before the birthday of this age.
    pub until_age: u32,
    /// Years after a death that came sooner than so many years after the last care.
    pub years_after_death: u32,
    /// Where it stands.
    pub source: &'static str,
}

impl RecordRule {
    /// The rule of a country.
    #[must_use]
    pub const fn of(country: Country) -> Self {
        match country {
            Country::FR => Self {
                years_after_care: 20,
                until_age: 28,
                years_after_death: 10,
                source: "CSP art. R1112-7; CNIL, délibération 2020-081",
            },
            // No text fixes it for practices: the practitioner's own choice, by default what the neighbour's law asks.
            Country::MA => Self {
                years_after_care: 20,
                until_age: 28,
                years_after_death: 10,
                source: "loi 09-08 art. 3 (durée fixée par le praticien)",
            },
        }
    }

    /// The last day on which a record is kept. A death within so many years of the last care ends it so many years after
    /// the death, whatever the age; else the years count from the care, and a young patient's at least to their birthday.
    #[must_use]
    pub fn kept_until(&self, last_care: NaiveDate, born: Option<NaiveDate>, died: Option<NaiveDate>) -> NaiveDate {
        match died {
            Some(died) if died < after_years(last_care, self.years_after_death) => {
                after_years(died.max(last_care), self.years_after_death)
            }
            _ => {
                let birthday = born.map_or(NaiveDate::MIN, |born| after_years(born, self.until_age));
                after_years(last_care, self.years_after_care).max(birthday)
            }
        }
    }
}

/// The same day so many years later; 29 February becomes the 28th of a common year.
fn after_years(day: NaiveDate, years: u32) -> NaiveDate {
    day.checked_add_months(Months::new(years * 12)).unwrap_or(NaiveDate::MAX)
}

/// What is held of a person, as far as the decision needs it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Until when the medical record is kept; none without a record.
    pub retention_until: Option<NaiveDate>,
    /// A hold of a legal claim stands.
    pub legal_hold: bool,
    /// A limitation stands that the person wants instead of an erasure.
    pub kept_by_limitation: bool,
    /// Somebody waits for a copy of the same data.
    pub open_copy: bool,
}

/// The decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It may be erased today.
    MayErase,
    /// It is kept.
    Refused {
        /// Why.
        ground: KeptFor,
        /// The last day of its being kept, where a day says it.
        until: Option<NaiveDate>,
    },
}

/// Decides. A ground that no date ends comes first, then the record's date, then who waits.
#[must_use]
pub fn decide(held: &Held, today: NaiveDate) -> Decision {
    let refused = |ground, until| Decision::Refused { ground, until };
    if held.legal_hold {
        return refused(KeptFor::LegalClaims, None);
    }
    if let Some(until) = held.retention_until.filter(|until| today <= *until) {
        return refused(KeptFor::MedicalRecord, Some(until));
    }
    if held.kept_by_limitation {
        return refused(KeptFor::Limitation, None);
    }
    if held.open_copy { refused(KeptFor::OpenRequest, None) } else { Decision::MayErase }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const FRANCE: RecordRule = RecordRule::of(Country::FR);

    #[test]
    fn an_adult_s_record_is_kept_twenty_years_after_the_last_care() {
        let born = Some(day("1979-05-12"));
        assert_eq!(FRANCE.kept_until(day("2026-11-22"), born, None), day("2046-11-22"));
        assert_eq!(FRANCE.kept_until(day("2024-02-29"), born, None), day("2044-02-29"));
        assert_eq!(FRANCE.kept_until(day("2026-11-22"), None, None), day("2046-11-22"));
    }

    #[test]
    fn a_child_s_record_is_kept_at_least_to_the_twenty_eighth_birthday() {
        assert_eq!(FRANCE.kept_until(day("2024-03-01"), Some(day("2024-02-29")), None), day("2052-02-29"));
        assert_eq!(FRANCE.kept_until(day("2024-03-01"), Some(day("2023-03-01")), None), day("2051-03-01"));
        // The birthday on 29 February falls in a common year.
        let rule = RecordRule { until_age: 27, ..FRANCE };
        assert_eq!(rule.kept_until(day("2024-03-01"), Some(day("2024-02-29")), None), day("2051-02-28"));
    }

    #[test]
    fn a_death_soon_after_the_last_care_ends_it_ten_years_later() {
        let (care, born) = (day("2020-06-01"), Some(day("1940-01-01")));
        assert_eq!(FRANCE.kept_until(care, born, Some(day("2021-02-28"))), day("2031-02-28"));
        assert_eq!(FRANCE.kept_until(care, born, Some(day("2030-05-31"))), day("2040-05-31"));
        assert_eq!(
            FRANCE.kept_until(care, born, Some(day("2030-06-01"))),
            day("2040-06-01"),
            "by the years after the care"
        );
        assert_eq!(FRANCE.kept_until(care, Some(day("2019-01-01")), Some(day("2021-01-01"))), day("2031-01-01"));
        assert_eq!(FRANCE.kept_until(care, born, Some(day("2019-01-01"))), day("2030-06-01"), "a note after the death");
    }

    #[test]
    fn the_last_day_of_keeping_still_refuses_and_the_next_one_does_not() {
        let held = Held { retention_until: Some(day("2046-11-22")), ..Held::default() };
        let refused = Decision::Refused { ground: KeptFor::MedicalRecord, until: held.retention_until };
        assert_eq!(decide(&held, day("2026-11-22")), refused);
        assert_eq!(decide(&held, day("2046-11-22")), refused);
        assert_eq!(decide(&held, day("2046-11-23")), Decision::MayErase);
    }

    #[test]
    fn who_is_only_in_the_agenda_has_nothing_against_them_but_a_claim_or_a_copy_that_is_due() {
        let today = day("2026-11-26");
        assert_eq!(decide(&Held::default(), today), Decision::MayErase);
        let ground = |held: Held| match decide(&held, today) {
            Decision::MayErase => None,
            Decision::Refused { ground, until } => Some((ground, until)),
        };
        let nothing = Held::default();
        assert_eq!(ground(Held { legal_hold: true, ..nothing }), Some((KeptFor::LegalClaims, None)));
        assert_eq!(ground(Held { kept_by_limitation: true, ..nothing }), Some((KeptFor::Limitation, None)));
        assert_eq!(ground(Held { open_copy: true, ..nothing }), Some((KeptFor::OpenRequest, None)));
    }

    proptest! {
        #[test]
        fn more_care_never_frees_a_living_person_s_record_sooner(care in 0i64..20_000, more in 0i64..4_000, born in proptest::option::of(0i64..20_000)) {
            let at = |days: i64| day("1960-01-01") + chrono::Duration::days(days);
            let born = born.map(at);
            prop_assert!(FRANCE.kept_until(at(care + more), born, None) >= FRANCE.kept_until(at(care), born, None));
        }

        #[test]
        fn a_record_is_never_free_before_ten_years_after_care_or_death(care in 0i64..20_000, died in proptest::option::of(0i64..30_000), born in proptest::option::of(0i64..20_000)) {
            let at = |days: i64| day("1960-01-01") + chrono::Duration::days(days);
            let until = FRANCE.kept_until(at(care), born.map(at), died.map(at));
            prop_assert!(until >= after_years(at(care), 10));
            if let Some(died) = died.map(at) {
                prop_assert!(until >= after_years(died, 10).min(after_years(at(care), 20)));
            }
        }
    }
}
