//! What was put aside about a person: limitation (art. 18), objection (art. 21), and the hold of a legal claim. What
//! each stops is said here, once.
//!
//! Deliberately not here: whether a ground is well founded; that is for the controller to judge.

words! {
    /// What was put on a person's data.
    RestrictionKind {
        /// Kept and nothing else: readable only for a stated ground, never changed.
        Limitation = "limitation",
        /// The person objects to something that is not needed for their care.
        Objection = "objection",
        /// Kept as evidence: not erased before it is lifted.
        LegalHold = "legal_hold",
    }
}

words! {
    /// What an objection is about.
    Scope {
        /// All of it: what a limitation and a hold are always about.
        All = "all",
        /// What leaves for a calendar server or a portal.
        Sync = "sync",
        /// Reminders by message.
        Reminders = "reminders",
    }
}

words! {
    /// Why data are limited: the four cases of art. 18(1).
    LimitationGround {
        /// Their accuracy is contested, while that is verified.
        AccuracyContested = "accuracy_contested",
        /// Unlawful, and the person wants limitation instead of erasure.
        UnlawfulKept = "unlawful_kept",
        /// Not needed any more, but the person needs them for a claim.
        NeededForClaim = "needed_for_claim",
        /// The person objected, while it is judged whose grounds weigh more.
        ObjectionPending = "objection_pending",
    }
}

words! {
    /// Why a limited record is opened all the same: the cases of art. 18(2).
    OpeningGround {
        /// The person consents to it.
        Consent = "consent",
        /// A legal claim is made or defended.
        LegalClaim = "legal_claim",
        /// The rights of another person are protected.
        OtherPerson = "other_person",
        /// An important public interest.
        PublicInterest = "public_interest",
    }
}

impl RestrictionKind {
    /// Whether data under it still leave for what `asked` names.
    #[must_use]
    pub fn stops(self, about: Scope, asked: Scope) -> bool {
        match self {
            RestrictionKind::Limitation => true,
            RestrictionKind::Objection => about == Scope::All || about == asked,
            RestrictionKind::LegalHold => false,
        }
    }

    /// Whether the record may be changed under it.
    #[must_use]
    pub fn may_change(self) -> bool {
        self != RestrictionKind::Limitation
    }

    /// Whether this scope can be said of it.
    #[must_use]
    pub fn takes(self, scope: Scope) -> bool {
        self == RestrictionKind::Objection || scope == Scope::All
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_objection_stops_what_it_is_about_and_a_limitation_stops_everything() {
        for asked in [Scope::Sync, Scope::Reminders] {
            assert!(RestrictionKind::Limitation.stops(Scope::All, asked));
            assert!(RestrictionKind::Objection.stops(Scope::All, asked));
            assert!(RestrictionKind::Objection.stops(asked, asked));
            assert!(!RestrictionKind::LegalHold.stops(Scope::All, asked), "what is kept as evidence still is in use");
        }
        assert!(!RestrictionKind::Objection.stops(Scope::Sync, Scope::Reminders));
        assert!(!RestrictionKind::Objection.stops(Scope::Reminders, Scope::Sync));
    }

    #[test]
    fn only_an_objection_is_about_a_part() {
        for scope in Scope::ALL {
            assert!(RestrictionKind::Objection.takes(*scope));
            assert_eq!(RestrictionKind::Limitation.takes(*scope), *scope == Scope::All);
        }
    }
}
