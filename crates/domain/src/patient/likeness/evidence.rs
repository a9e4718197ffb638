//! What birth dates, contacts and numbers say about two records.

use chrono::{Datelike, NaiveDate};

use super::{
    Identity, Reason,
    edit::{is_slip, slips},
    naming::Naming,
};
use crate::{
    identifiers::{cin, nir},
    patient::sex::Sex,
};

/// How birth dates compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Birth {
    Unknown,
    Same,
    /// The same, but it is the day that registers wrote where none was known.
    SameFirstOfJanuary,
    Swapped,
    Similar,
    Different,
}

impl Birth {
    /// What it counts for. A missing date is no argument against: the desk often has none yet.
    pub(super) const fn points(self) -> i32 {
        match self {
            Birth::Unknown => 12,
            Birth::Same => 40,
            Birth::SameFirstOfJanuary => 28,
            Birth::Swapped => 28,
            Birth::Similar => 25,
            Birth::Different => -35,
        }
    }
}

pub(super) fn compare_births(a: Option<NaiveDate>, b: Option<NaiveDate>, reasons: &mut Vec<Reason>) -> Birth {
    let (Some(a), Some(b)) = (a, b) else { return Birth::Unknown };
    let (birth, reason) = if a == b && (a.month(), a.day()) == (1, 1) {
        (Birth::SameFirstOfJanuary, Reason::SameBirthDate)
    } else if a == b {
        (Birth::Same, Reason::SameBirthDate)
    } else if a.year() == b.year() && a.month() == b.day() && a.day() == b.month() {
        (Birth::Swapped, Reason::SwappedBirthDate)
    } else if is_same_but_for_century(a, b) || slips(&digits(a), &digits(b)) == 1 {
        (Birth::Similar, Reason::SimilarBirthDate)
    } else {
        (Birth::Different, Reason::DifferentBirthDate)
    };
    reasons.push(reason);
    birth
}

fn digits(date: NaiveDate) -> String {
    date.format("%d%m%Y").to_string()
}

/// 09-11-06 is of 1906 or of 2006.
fn is_same_but_for_century(a: NaiveDate, b: NaiveDate) -> bool {
    (a.day(), a.month()) == (b.day(), b.month()) && (a.year() - b.year()) % 100 == 0
}

/// What a telephone and an address in common count for: a family shares them, so little without a name.
pub(super) fn compare_contacts(a: &Identity, b: &Identity, names: &Naming, reasons: &mut Vec<Reason>) -> i32 {
    let named = names.points >= 30;
    let mut points = 0;
    if a.phones.iter().any(|phone| !phone.is_empty() && b.phones.contains(phone)) {
        reasons.push(Reason::SamePhone);
        points += if named { 15 } else { 10 };
    }
    let address = |identity: &Identity| identity.email.as_deref().map(|email| email.trim().to_lowercase());
    if let (Some(of_a), Some(of_b)) = (address(a), address(b))
        && !of_a.is_empty()
        && of_a == of_b
    {
        reasons.push(Reason::SameEmail);
        points += if named { 10 } else { 5 };
    }
    points
}

/// How a personal number compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// One of them has none.
    Unknown,
    /// The same: the score is `at_least` so much; `certain` where nothing speaks against one person.
    Same { at_least: i32, certain: bool },
    /// Two good numbers that differ: so much less.
    Different { less: i32 },
}

/// Children are entered under a parent's NIR, so the same number says much only where it agrees with the birth date.
pub(super) fn compare_nirs(
    a: &Identity,
    b: &Identity,
    names: &Naming,
    birth: Birth,
    reasons: &mut Vec<Reason>,
) -> Number {
    let (Some(typed_a), Some(typed_b)) = (a.nir.as_deref(), b.nir.as_deref()) else { return Number::Unknown };
    let (Some(of_a), Some(of_b)) = (nir::comparable(typed_a), nir::comparable(typed_b)) else { return Number::Unknown };
    if of_a == of_b {
        reasons.push(Reason::SameNir);
        let born = a.born.or(b.born);
        let is_own = born.is_some()
            && nir::agrees(typed_a, a.born, Sex::Unknown).is_ok()
            && nir::agrees(typed_b, b.born, Sex::Unknown).is_ok();
        return same_number(names, birth, is_own);
    }
    let doubtful = nir::check(typed_a).is_err() || nir::check(typed_b).is_err() || is_slip(&of_a, &of_b);
    if doubtful {
        return Number::Unknown;
    }
    reasons.push(Reason::DifferentNir);
    Number::Different { less: 40 }
}

/// A child has a parent's card number too, where it has none yet.
pub(super) fn compare_cins(
    a: &Identity,
    b: &Identity,
    names: &Naming,
    birth: Birth,
    reasons: &mut Vec<Reason>,
) -> Number {
    let (Some(typed_a), Some(typed_b)) = (a.cin.as_deref(), b.cin.as_deref()) else { return Number::Unknown };
    let (of_a, of_b) = (cin::comparable(typed_a), cin::comparable(typed_b));
    if of_a.is_empty() || of_b.is_empty() {
        return Number::Unknown;
    }
    if of_a == of_b {
        reasons.push(Reason::SameCin);
        return same_number(names, birth, false);
    }
    if cin::check(typed_a).is_err() || cin::check(typed_b).is_err() || slips(&of_a, &of_b) == 1 {
        return Number::Unknown;
    }
    reasons.push(Reason::DifferentCin);
    Number::Different { less: 25 }
}

fn same_number(names: &Naming, birth: Birth, is_own: bool) -> Number {
    let (at_least, certain) = if is_own && names.points > 0 {
        (95, true)
    } else if is_own {
        (75, false)
    } else if names.first_differs {
        // A brother, a child: the number is somebody else's.
        (0, false)
    } else if names.points >= 38 && birth != Birth::Different {
        (92, true)
    } else {
        (65, false)
    };
    Number::Same { at_least, certain }
}
