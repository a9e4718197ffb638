//! Whether a person may be erased, and if not, why and from when on. Who has a medical record is kept as long as the law
//! says; who is only in the agenda has nothing against them.
//!
//! Deliberately not here: what erasing touches (room `store`), and the retention of other categories.

use chrono::NaiveDate;

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
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
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
}
