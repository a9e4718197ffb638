//! Whom a drug is for, as far as the public base says so: in its name (`ENFANTS ET NOURRISSONS`, `ADULTES`), and in conditions that
//! speak of women who may bear a child. The base has no limits of age in years but where a name has them; whoever finds nothing
//! here has not been told that the drug suits.
//!
//! Deliberately not here: doses by weight, and what the leaflet says.

use crate::patient::names::tokens;

/// Until this birthday a patient is a child to the names of drugs.
const ADULT: u16 = 15;
/// Until this age in months an infant.
const INFANT_MONTHS: u16 = 30;

/// Whom a name speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Audience {
    /// Adults.
    pub adults: bool,
    /// Children.
    pub children: bool,
    /// Infants.
    pub infants: bool,
    /// Years, from and up to: `de 3 à 11 ans`.
    pub years: Option<(u16, u16)>,
}

/// What is to be said of a drug and an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsuited {
    /// A form for adults, and a child.
    ForAdults,
    /// A form for children or infants, and somebody older.
    ForYounger,
    /// Outside the years that the name gives.
    OutOfYears(u16, u16),
}

impl Audience {
    /// Reads a name.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let words = tokens(name);
        let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let years = words.windows(4).find_map(|four| {
            let (from, to) = (four[0].parse().ok()?, four[2].parse().ok()?);
            (four[1] == "a" && four[3] == "ans" && from <= to).then_some((from, to))
        });
        Self {
            adults: any(&["adulte", "adultes"]),
            children: any(&["enfant", "enfants", "pediatrique"]),
            infants: any(&["nourrisson", "nourrissons"]),
            years,
        }
    }

    /// Whether it suits an age in whole months; nothing where the name does not speak against it.
    #[must_use]
    pub const fn unsuited(self, months: u16) -> Option<Unsuited> {
        let years = months / 12;
        if let Some((from, to)) = self.years {
            return if years < from || years > to { Some(Unsuited::OutOfYears(from, to)) } else { None };
        }
        let (infant, child) = (months < INFANT_MONTHS, years < ADULT);
        let speaks = self.adults || self.children || self.infants;
        // `ENFANTS` alone: whether infants are among them the name does not say.
        let named = (infant && self.infants) || (child && self.children);
        if !speaks || named || (!child && self.adults) {
            None
        } else if self.adults && !self.children && child {
            Some(Unsuited::ForAdults)
        } else {
            Some(Unsuited::ForYounger)
        }
    }
}

/// Whether a condition's wording speaks of women who may bear a child, or of a pregnancy to be prevented.
#[must_use]
pub fn speaks_of_childbearing(wording: &str) -> bool {
    let words = tokens(wording);
    let has = |word: &str| words.iter().any(|one| one == word);
    (has("femmes") || has("feminin")) && (has("procreer") || has("grossesse"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_says_whom_it_is_for() {
        let unsuited = |name: &str, months: u16| Audience::of_name(name).unsuited(months);
        assert_eq!(unsuited("ZETAMOL ADULTES 3 g", 5 * 12), Some(Unsuited::ForAdults));
        assert_eq!(unsuited("ZETAMOL ADULTES 3 g", 15 * 12), None);
        assert_eq!(unsuited("ZETAMOL NOURRISSONS", 40 * 12), Some(Unsuited::ForYounger));
        assert_eq!(unsuited("ZETAMOL NOURRISSONS", 12), None);
        assert_eq!(unsuited("ZETAMOL NOURRISSONS", 36), Some(Unsuited::ForYounger));
        assert_eq!(unsuited("ZETAMOL ENFANTS ET NOURRISSONS 40 mg/5 ml", 36), None);
        assert_eq!(unsuited("ZETAMOL ENFANTS ET ADULTES", 30 * 12), None);
        assert_eq!(unsuited("zetamol, enfants agés de 3 à 11 ans", 12 * 12), Some(Unsuited::OutOfYears(3, 11)));
        assert_eq!(unsuited("zetamol, enfants agés de 3 à 11 ans", 11 * 12 + 11), None);
        assert_eq!(unsuited("ZETAMOL 500 mg, comprimé", 1), None);
    }

    #[test]
    fn conditions_of_women_who_may_bear_a_child_are_known() {
        assert!(speaks_of_childbearing(
            "pour les femmes en âge de procréer : voir programme de prévention de la grossesse"
        ));
        assert!(speaks_of_childbearing("pour enfants et adolescents de sexe féminin, femmes susceptibles de procréer"));
        assert!(!speaks_of_childbearing(
            "hors établissement de santé : prescription réservée aux médecins, sages-femmes"
        ));
        assert!(!speaks_of_childbearing("pour adolescents de sexe masculin et hommes susceptibles de procréer"));
    }

    proptest! {
        #[test]
        fn whoever_is_named_is_suited(months in 0u16..1_400) {
            let named = if months < INFANT_MONTHS { "NOURRISSONS" } else if months < ADULT * 12 { "ENFANTS" } else { "ADULTES" };
            prop_assert_eq!(Audience::of_name(named).unsuited(months), None);
            let all = "NOURRISSONS, ENFANTS, ADULTES";
            prop_assert_eq!(Audience::of_name(all).unsuited(months), None);
        }
    }
}
