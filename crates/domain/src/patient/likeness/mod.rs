//! Whether two records are likely one person.
//!
//! It never decides: it gives a score and its reasons, people look at what is [`Likeness::LIKELY`], and a take-over may
//! join rows that are [`Likeness::SURE`]. Finding candidates to compare is the store's.

mod edit;
mod evidence;
mod naming;

use chrono::NaiveDate;

use evidence::{Birth, Number, compare_births, compare_cins, compare_contacts, compare_nirs};
use naming::compare_names;

/// What a comparison looks at. No `Debug` outside of tests: it is a person.
#[derive(Clone, Default)]
#[cfg_attr(test, derive(Debug))]
pub struct Identity {
    /// Surname in use, Latin.
    pub surname: String,
    /// Surname at birth, where it differs.
    pub birth_name: Option<String>,
    /// First name or names, Latin.
    pub first_name: String,
    /// Surname in Arabic.
    pub surname_ar: Option<String>,
    /// First name in Arabic.
    pub first_name_ar: Option<String>,
    /// Birth date.
    pub born: Option<NaiveDate>,
    /// Phone numbers in one form (E.164).
    pub phones: Vec<String>,
    /// French social security number, as typed.
    pub nir: Option<String>,
    /// Moroccan identity card number, as typed.
    pub cin: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

words! {
    /// What speaks for or against one person.
    Reason {
        /// The same NIR.
        SameNir = "same_nir",
        /// The same CIN.
        SameCin = "same_cin",
        /// The same surname and first name.
        SameName = "same_name",
        /// The same names but for one letter, or two exchanged.
        SimilarName = "similar_name",
        /// One has only the beginning of the other's first names.
        ShorterFirstName = "shorter_first_name",
        /// Surname and first name are exchanged.
        SwappedNames = "swapped_names",
        /// One's surname is the other's name at birth.
        BirthName = "birth_name",
        /// The same birth date.
        SameBirthDate = "same_birth_date",
        /// Birth dates with day and month exchanged.
        SwappedBirthDate = "swapped_birth_date",
        /// Birth dates that differ in one digit, or two exchanged.
        SimilarBirthDate = "similar_birth_date",
        /// A phone number in common.
        SamePhone = "same_phone",
        /// The same e-mail address.
        SameEmail = "same_email",
        /// The first names differ (twins, parent and child).
        DifferentFirstName = "different_first_name",
        /// The surnames differ.
        DifferentSurname = "different_surname",
        /// The birth dates differ.
        DifferentBirthDate = "different_birth_date",
        /// Both have a NIR, and they differ.
        DifferentNir = "different_nir",
        /// Both have a CIN, and they differ.
        DifferentCin = "different_cin",
    }
}

/// How alike two records are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// 0 (nothing in common) to 100.
    pub score: u8,
    /// Why, in the order of [`Reason`]'s declaration.
    pub reasons: Vec<Reason>,
}

impl Likeness {
    /// From this score on, the pair is shown to a person as likely the same.
    pub const LIKELY: u8 = 60;
    /// From this score on, a take-over may join the rows: the same name and the same birth date, or the same number of
    /// a person with nothing against it.
    pub const SURE: u8 = 90;

    /// To be shown before saving.
    pub fn is_likely(&self) -> bool {
        self.score >= Self::LIKELY
    }

    /// Safe to join unseen (and undone if wrong).
    pub fn is_sure(&self) -> bool {
        self.score >= Self::SURE
    }
}

/// Compares two records; the order of the two makes no difference.
pub fn likeness(a: &Identity, b: &Identity) -> Likeness {
    let mut reasons = Vec::new();
    let names = compare_names(a, b, &mut reasons);
    let birth = compare_births(a.born, b.born, &mut reasons);
    let contacts = compare_contacts(a, b, &names, &mut reasons);

    let mut score = names.points + birth.points() + contacts;
    // Twins, brothers, a parent and a child: one surname, one telephone, two people.
    if names.first_differs {
        score = score.min(40);
    }
    // On 1 January are born, in many a register, those whose day is unknown: that alone makes nobody the same.
    let mut sure = names.same && (birth == Birth::Same || birth == Birth::SameFirstOfJanuary && contacts > 0);

    let numbers = [compare_nirs(a, b, &names, birth, &mut reasons), compare_cins(a, b, &names, birth, &mut reasons)];
    for number in numbers {
        match number {
            Number::Unknown => {}
            Number::Same { at_least, certain } => {
                score = score.max(at_least);
                sure |= certain;
            }
            Number::Different { less } => score -= less,
        }
    }
    sure &= !numbers.iter().any(|number| matches!(number, Number::Different { .. }));

    let sure_from = i32::from(Likeness::SURE);
    let score = if sure { score.clamp(sure_from, 100) } else { score.clamp(0, sure_from - 1) };
    reasons.sort_unstable();
    reasons.dedup();
    Likeness { score: u8::try_from(score).expect("clamped to 0 to 100"), reasons }
}

#[cfg(test)]
mod tests;
