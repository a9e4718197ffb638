//! A person's request about their data: what may be asked, by whom, and by when it must be answered. The law differs by
//! the table, not by the path.
//!
//! Dates follow Regulation 1182/71: a month ends on the day of the same number, or on the month's last day where it has
//! none. That the last day is moved on where it is a holiday is left out: the clock shows the earlier day, which is safe.

use chrono::{Days, Months, NaiveDate};

use crate::country::Country;

words! {
    /// What is asked.
    RequestKind {
        /// What is held, and a copy (art. 15).
        Access = "access",
        /// Correct or complete (art. 16).
        Rectification = "rectification",
        /// Erase (art. 17).
        Erasure = "erasure",
        /// Keep without using (art. 18).
        Limitation = "limitation",
        /// Stop something (art. 21).
        Objection = "objection",
        /// Hand over in a form for machines (art. 20).
        Portability = "portability",
        /// Take a consent back (art. 7).
        Withdrawal = "withdrawal",
        /// Directives about the data after death.
        PostMortem = "post_mortem",
    }
}

impl RequestKind {
    /// Whether it is offered to somebody who asks a practice there. Directives after death stand in French law alone (loi 78-17,
    /// art. 85); everything else is offered in both countries, also where the law of one would not ask for it.
    #[must_use]
    pub const fn is_offered(self, country: Country) -> bool {
        match (country, self) {
            (Country::MA, Self::PostMortem) => false,
            (Country::FR | Country::MA, _) => true,
        }
    }
}

words! {
    /// Who asks.
    Requester {
        /// The person themselves.
        Person = "person",
        /// Who decides for a minor or an adult under guardianship.
        Guardian = "guardian",
        /// An heir, or whom the person designated.
        Heir = "heir",
        /// Somebody with a written mandate.
        Representative = "representative",
    }
}

words! {
    /// How a request reached the practice.
    Way {
        /// At the desk.
        Desk = "desk",
        /// By phone.
        Phone = "phone",
        /// By post.
        Post = "post",
        /// By e-mail.
        Email = "email",
        /// Through the portal.
        Portal = "portal",
    }
}

words! {
    /// What was looked at to know who asks. Never a copy.
    Proof {
        /// Nothing yet.
        None = "none",
        /// The practice knows them in person.
        Known = "known",
        /// An identity card.
        IdentityCard = "identity_card",
        /// A passport.
        Passport = "passport",
        /// A residence permit.
        ResidencePermit = "residence_permit",
        /// A family record book or a court's decision: a guardian.
        FamilyBook = "family_book",
        /// A certificate of inheritance or of designation: an heir.
        Inheritance = "inheritance",
        /// A signed mandate, with the identity of who bears it.
        Mandate = "mandate",
        /// A question about what only they know.
        Questions = "questions",
    }
}

words! {
    /// How a request ended.
    Outcome {
        /// Done as asked.
        Executed = "executed",
        /// Refused, with its legal ground.
        Refused = "refused",
        /// Taken back by who asked.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// The legal ground of a refusal.
    RefusalGround {
        /// The duty to keep the medical record (art. 17(3)(b), (c); CSP R1112-7).
        MedicalRecord = "medical_record",
        /// Legal claims (art. 17(3)(e)).
        LegalClaims = "legal_claims",
        /// Not shown to be the person (art. 12(2), (6)).
        Unidentified = "unidentified",
        /// Manifestly unfounded or excessive (art. 12(5)).
        Excessive = "excessive",
        /// The rights of others (art. 15(4), 20(4)).
        RightsOfOthers = "rights_of_others",
        /// Not based on consent or contract: not portable (art. 20(1)).
        NotPortable = "not_portable",
        /// Needed for a legal obligation: no objection (art. 21(1), 6(1)(c)).
        LegalObligation = "legal_obligation",
        /// The data are accurate (art. 16).
        Accurate = "accurate",
        /// Nothing is held about the person.
        NothingHeld = "nothing_held",
    }
}

/// The time that a law leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Whole months; 0 where days count.
    pub months: u32,
    /// Clear days: neither the first nor the last is counted.
    pub clear_days: u64,
    /// Months by which it may be extended, with a reason told in the first term; 0: never.
    pub extension: u32,
    /// Whether the practice may set another number of days.
    pub is_set_by_practice: bool,
    /// Where it stands.
    pub source: &'static str,
}

const GDPR: Clock =
    Clock { months: 1, clear_days: 0, extension: 2, is_set_by_practice: false, source: "RGPD art. 12(3)" };
const MOROCCO: Clock = Clock { months: 1, clear_days: 0, extension: 0, is_set_by_practice: true, source: "loi 09-08" };
const MOROCCO_RECTIFICATION: Clock =
    Clock { months: 0, clear_days: 10, extension: 0, is_set_by_practice: false, source: "loi 09-08 art. 8" };

impl Clock {
    /// The time for a kind of request in a country.
    #[must_use]
    pub const fn of(country: Country, kind: RequestKind) -> Self {
        match (country, kind) {
            (Country::FR, _) => GDPR,
            (Country::MA, RequestKind::Rectification) => MOROCCO_RECTIFICATION,
            (Country::MA, _) => MOROCCO,
        }
    }

    /// The same with the days that a practice set, where it may.
    #[must_use]
    pub const fn set_to(self, days: Option<u64>) -> Self {
        match days {
            Some(days) if self.is_set_by_practice => Self { months: 0, clear_days: days, ..self },
            _ => self,
        }
    }

    /// The last day of the first term.
    #[must_use]
    pub fn first_term(&self, from: NaiveDate) -> NaiveDate {
        if self.months > 0 {
            after_months(from, self.months)
        } else {
            from.checked_add_days(Days::new(self.clear_days + 1)).unwrap_or(NaiveDate::MAX)
        }
    }

    /// The last day, extended or not.
    #[must_use]
    pub fn due(&self, from: NaiveDate, extended: bool) -> NaiveDate {
        if extended && self.extension > 0 {
            after_months(from, self.months + self.extension)
        } else {
            self.first_term(from)
        }
    }

    /// Whether an extension may still be told on a day: within the first term, and where the law knows one.
    #[must_use]
    pub fn may_extend(&self, from: NaiveDate, today: NaiveDate) -> bool {
        self.extension > 0 && today <= self.first_term(from)
    }
}

/// From which day the time runs: an erasure from the complete request on, everything else from its receipt.
#[must_use]
pub fn runs_from(kind: RequestKind, received_on: NaiveDate, complete_on: Option<NaiveDate>) -> NaiveDate {
    match (kind, complete_on) {
        (RequestKind::Erasure, Some(complete)) => complete.max(received_on),
        _ => received_on,
    }
}

/// The same day so many months later, or the last day of that month.
fn after_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn due(received: &str, extended: bool) -> NaiveDate {
        Clock::of(Country::FR, RequestKind::Access).due(day(received), extended)
    }

    #[test]
    fn a_month_ends_on_the_same_day_or_on_the_last_of_a_shorter_one() {
        assert_eq!(due("2026-11-26", false), day("2026-12-26"));
        assert_eq!(due("2027-01-31", false), day("2027-02-28"));
        assert_eq!(due("2028-01-31", false), day("2028-02-29"));
        assert_eq!(due("2028-02-29", false), day("2028-03-29"));
        assert_eq!(due("2026-12-31", false), day("2027-01-31"));
    }

    #[test]
    fn an_extension_counts_from_the_receipt_and_not_from_the_clamped_end() {
        assert_eq!(
            due("2027-01-31", true),
            day("2027-04-30"),
            "three months from 31 January, not two from 28 February"
        );
        assert_eq!(due("2026-11-30", true), day("2027-02-28"));
        assert_eq!(due("2027-11-29", true), day("2028-02-29"));
    }

    #[test]
    fn an_extension_is_told_in_the_first_month_or_not_at_all() {
        let clock = Clock::of(Country::FR, RequestKind::Erasure);
        assert!(clock.may_extend(day("2027-01-31"), day("2027-02-28")));
        assert!(!clock.may_extend(day("2027-01-31"), day("2027-03-01")));
        assert!(!Clock::of(Country::MA, RequestKind::Access).may_extend(day("2027-01-31"), day("2027-02-01")));
    }

    #[test]
    fn ten_clear_days_leave_out_the_first_and_the_last() {
        let clock = Clock::of(Country::MA, RequestKind::Rectification);
        assert_eq!(clock.due(day("2028-02-20"), true), day("2028-03-02"), "a leap day is one of the ten");
        assert_eq!(clock.set_to(Some(90)), clock, "this one stands in the law");
        let set = Clock::of(Country::MA, RequestKind::Access).set_to(Some(30));
        assert_eq!(set.due(day("2026-11-26"), false), day("2026-12-27"));
        assert_eq!(Clock::of(Country::FR, RequestKind::Access).set_to(Some(90)), GDPR, "no practice lengthens the law");
    }

    #[test]
    fn an_erasure_runs_from_the_complete_request() {
        let (received, complete) = (day("2026-11-02"), Some(day("2026-11-20")));
        assert_eq!(runs_from(RequestKind::Erasure, received, complete), day("2026-11-20"));
        assert_eq!(runs_from(RequestKind::Erasure, received, None), received);
        assert_eq!(runs_from(RequestKind::Access, received, complete), received);
    }

    #[test]
    fn every_right_of_a_law_that_one_asks_for_can_be_asked_for() {
        use crate::privacy::information::{PersonRight, law};
        for country in [Country::FR, Country::MA] {
            for (right, article) in law(country).rights {
                let kind = match right {
                    PersonRight::Access => RequestKind::Access,
                    PersonRight::Rectification => RequestKind::Rectification,
                    PersonRight::Erasure => RequestKind::Erasure,
                    PersonRight::Limitation => RequestKind::Limitation,
                    PersonRight::Portability => RequestKind::Portability,
                    PersonRight::Objection => RequestKind::Objection,
                    PersonRight::Withdrawal => RequestKind::Withdrawal,
                    PersonRight::Directives => RequestKind::PostMortem,
                };
                assert!(kind.is_offered(country), "{article}");
            }
        }
        assert!(!RequestKind::PostMortem.is_offered(Country::MA));
    }

    proptest! {
        #[test]
        fn a_term_never_ends_before_it_began_nor_later_than_its_number(from in 0i64..60_000, country in 0usize..2, kind in 0usize..8) {
            let from = day("1950-01-01") + chrono::Duration::days(from);
            let clock = Clock::of(Country::ALL[country], RequestKind::ALL[kind]);
            let (first, extended) = (clock.due(from, false), clock.due(from, true));
            prop_assert!(first > from && extended >= first);
            prop_assert!((first - from).num_days() <= 31);
            if clock.months == 1 {
                prop_assert!(first.day() == from.day() || (first + chrono::Duration::days(1)).day() == 1);
                let month = |d: NaiveDate| d.year() * 12 + d.month() as i32;
                prop_assert_eq!(month(first) - month(from), 1);
                if clock.extension == 2 { prop_assert_eq!(month(extended) - month(from), 3); }
            }
        }

        #[test]
        fn a_later_receipt_is_never_due_earlier(from in 0i64..60_000, later in 0i64..400) {
            let from = day("1950-01-01") + chrono::Duration::days(from);
            let clock = Clock::of(Country::FR, RequestKind::Access);
            prop_assert!(clock.due(from + chrono::Duration::days(later), false) >= clock.due(from, false));
            prop_assert!(clock.due(from + chrono::Duration::days(later), true) >= clock.due(from, true));
        }
    }
}
