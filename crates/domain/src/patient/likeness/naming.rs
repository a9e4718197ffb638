//! What two people's names have in common.

use super::{Identity, Reason, edit::is_slip};
use crate::patient::names::{compact, tokens};

/// The comparison of all names.
pub(super) struct Naming {
    /// What they count for, 0 to 50.
    pub points: i32,
    /// Surname and first name are the same, each in its place.
    pub same: bool,
    /// Both first names are known and have nothing in common, and they are not merely exchanged with the surname.
    pub first_differs: bool,
}

/// How one part of the names compares, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Different,
    Unknown,
    Similar,
    /// One is the beginning of the other, or a part of a double name.
    Shorter,
    Same,
}

pub(super) fn compare_names(a: &Identity, b: &Identity, reasons: &mut Vec<Reason>) -> Naming {
    let first = better(
        compare_first(&a.first_name, &b.first_name),
        compare_first(or_empty(&a.first_name_ar), or_empty(&b.first_name_ar)),
    );
    let in_use = better(
        compare_surname(&a.surname, &b.surname),
        compare_surname(or_empty(&a.surname_ar), or_empty(&b.surname_ar)),
    );
    let by_birth = compare_birth_names(a, b);
    let surname = better(in_use, by_birth);
    let swapped = compare_swapped(a, b);

    let direct = points(surname, first);
    if points(swapped, swapped) > direct {
        reasons.push(Reason::SwappedNames);
        if swapped != Part::Same {
            reasons.push(Reason::SimilarName);
        }
        return Naming { points: points(swapped, swapped) - 4, same: false, first_differs: false };
    }
    if surname == by_birth && surname > in_use && surname > Part::Unknown {
        reasons.push(Reason::BirthName);
    }
    match (surname, first) {
        (Part::Same, Part::Same) => reasons.push(Reason::SameName),
        (Part::Different, _) => reasons.push(Reason::DifferentSurname),
        _ => {}
    }
    match first {
        Part::Different => reasons.push(Reason::DifferentFirstName),
        Part::Shorter if direct > 0 => reasons.push(Reason::ShorterFirstName),
        _ => {}
    }
    if matches!(surname, Part::Similar | Part::Shorter) || first == Part::Similar {
        reasons.push(Reason::SimilarName);
    }
    Naming {
        points: direct,
        same: surname == Part::Same && first == Part::Same,
        first_differs: first == Part::Different,
    }
}

/// What surname and first name together count for.
fn points(surname: Part, first: Part) -> i32 {
    use Part::*;
    match (surname, first) {
        (Same, Same) => 50,
        (Same, Shorter | Similar) | (Shorter | Similar, Same) => 42,
        (Shorter | Similar, Shorter | Similar) => 32,
        (Same, Unknown) | (Unknown, Same) => 25,
        (Same, Different) | (Different, Same) => 12,
        (Shorter | Similar, Unknown) | (Unknown, Shorter | Similar) => 12,
        _ => 0,
    }
}

/// A known comparison says more than an unknown one, a good one more than a bad one.
fn better(one: Part, other: Part) -> Part {
    match (one, other) {
        (Part::Unknown, known) | (known, Part::Unknown) => known,
        (one, other) => one.max(other),
    }
}

fn or_empty(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or_default()
}

fn compare_surname(a: &str, b: &str) -> Part {
    match compare_whole(a, b) {
        Part::Different if has_part(a, b) || has_part(b, a) => Part::Shorter,
        part => part,
    }
}

fn compare_birth_names(a: &Identity, b: &Identity) -> Part {
    let (of_a, of_b) = (or_empty(&a.birth_name), or_empty(&b.birth_name));
    [compare_whole(of_a, of_b), compare_whole(of_a, &b.surname), compare_whole(&a.surname, of_b)]
        .into_iter()
        .fold(Part::Unknown, better)
}

fn compare_first(a: &str, b: &str) -> Part {
    match compare_whole(a, b) {
        Part::Different if begins(a, b) || begins(b, a) => Part::Shorter,
        part => part,
    }
}

/// Whether each one's first name is the other's surname.
fn compare_swapped(a: &Identity, b: &Identity) -> Part {
    let pair = |surname: &str, first: &str, other_surname: &str, other_first: &str| {
        compare_whole(surname, other_first).min(compare_whole(first, other_surname))
    };
    pair(&a.surname, &a.first_name, &b.surname, &b.first_name).max(pair(
        or_empty(&a.surname_ar),
        or_empty(&a.first_name_ar),
        or_empty(&b.surname_ar),
        or_empty(&b.first_name_ar),
    ))
}

fn compare_whole(a: &str, b: &str) -> Part {
    let (a, b) = (compact(a), compact(b));
    if a.is_empty() || b.is_empty() {
        Part::Unknown
    } else if a == b {
        Part::Same
    } else if is_slip(&a, &b) {
        Part::Similar
    } else {
        Part::Different
    }
}

/// Whether every word of `part` is one of `whole`'s, and it is more than a particle: Dupont in Dupont-Martin.
fn has_part(whole: &str, part: &str) -> bool {
    let (whole, part) = (tokens(whole), tokens(part));
    part.iter().map(|word| word.chars().count()).sum::<usize>() >= 4 && part.iter().all(|word| whole.contains(word))
}

/// Whether `whole` begins with the words of `beginning`, the last of which may be an initial: Jean P. and Jean Pierre.
fn begins(whole: &str, beginning: &str) -> bool {
    let (whole, beginning) = (tokens(whole), tokens(beginning));
    let Some((last, before)) = beginning.split_last() else { return false };
    let Some(word) = whole.get(before.len()) else { return false };
    whole.starts_with(before) && (word == last || last.chars().count() == 1 && word.starts_with(last.as_str()))
}
