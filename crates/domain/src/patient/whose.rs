//! Whose a paper from outside is: one patient for certain, or a person decides.
//!
//! Certain is only who is surely the same, alone in that, and of the sex and number that the paper states. Everything else is shown to a
//! person with the candidates. Finding whom to compare is the store's.

use super::likeness::{Identity, Likeness, likeness};
use super::sex::Sex;

words! {
    /// Why a person has to decide.
    Doubt {
        /// Nobody is likely.
        Nobody = "nobody",
        /// Somebody is likely, and not for certain.
        Doubtful = "doubtful",
        /// Several are certain.
        Several = "several",
        /// The one who would be certain has another sex.
        OtherSex = "other_sex",
        /// The one who would be certain has another NIR: whatever its key, two numbers are not silently one person's.
        OtherNumber = "other_number",
    }
}

/// The answer. `I` is how the caller names patients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose<I> {
    /// The one, or why a person decides.
    pub verdict: Result<I, Doubt>,
    /// Whom it may be, the likeliest first.
    pub candidates: Vec<(I, Likeness)>,
}

/// From this score on somebody is worth showing.
const SHOWN: u8 = 25;

/// Judges whose a paper is.
pub fn whose<I: Copy + Ord>(paper: &Identity, sex: Sex, known: &[(I, Identity, Sex)]) -> Whose<I> {
    let mut found: Vec<(I, Likeness, Sex)> =
        known.iter().map(|(id, identity, sex)| (*id, likeness(paper, identity), *sex)).collect();
    found.retain(|(_, likeness, _)| likeness.score >= SHOWN);
    found.sort_by_key(|(id, likeness, _)| (std::cmp::Reverse(likeness.score), *id));
    let sure: Vec<&(I, Likeness, Sex)> = found.iter().filter(|(_, likeness, _)| likeness.is_sure()).collect();
    let verdict = match sure[..] {
        [(_, _, of)] if sex != Sex::Unknown && *of != Sex::Unknown && *of != sex => Err(Doubt::OtherSex),
        [(id, _, _)] if numbers_differ(paper, known, *id) => Err(Doubt::OtherNumber),
        [(id, _, _)] => Ok(*id),
        [] if found.iter().any(|(_, likeness, _)| likeness.is_likely()) => Err(Doubt::Doubtful),
        [] => Err(Doubt::Nobody),
        _ => Err(Doubt::Several),
    };
    Whose { verdict, candidates: found.into_iter().map(|(id, likeness, _)| (id, likeness)).collect() }
}

fn numbers_differ<I: Copy + Ord>(paper: &Identity, known: &[(I, Identity, Sex)], id: I) -> bool {
    // The key of two digits is left out by many.
    let bare = |nir: &Option<String>| -> String {
        nir.iter().flat_map(|text| text.chars()).filter(char::is_ascii_alphanumeric).take(13).collect()
    };
    let own = bare(&paper.nir);
    let other =
        known.iter().find(|(of, _, _)| *of == id).map(|(_, identity, _)| bare(&identity.nir)).unwrap_or_default();
    !own.is_empty() && !other.is_empty() && own != other
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn person(surname: &str, first_name: &str, born: &str) -> Identity {
        Identity {
            surname: surname.to_owned(),
            first_name: first_name.to_owned(),
            born: born.parse::<NaiveDate>().ok(),
            ..Identity::default()
        }
    }

    #[test]
    fn one_alone_is_certain_and_everything_else_is_a_person_s_to_decide() {
        let paper = person("BENALI", "Samira", "1979-02-03");
        let same = (1, person("Benali", "Samira", "1979-02-03"), Sex::Female);
        let twin = (2, person("Benali", "Leila", "1979-02-03"), Sex::Female);
        let other = (3, person("Durand", "Paul", "1960-08-15"), Sex::Male);
        let of = |sex, known: &[(i32, Identity, Sex)]| whose(&paper, sex, known).verdict;
        assert_eq!(of(Sex::Unknown, &[same.clone(), twin.clone(), other.clone()]), Ok(1));
        assert_eq!(of(Sex::Male, std::slice::from_ref(&same)), Err(Doubt::OtherSex));
        assert_eq!(of(Sex::Female, &[same.clone(), (4, same.1.clone(), Sex::Unknown)]), Err(Doubt::Several));
        assert_eq!(of(Sex::Female, &[other]), Err(Doubt::Nobody));
        let swapped = (5, person("Benali", "Samira", "1979-03-02"), Sex::Female);
        let asked = whose(&paper, Sex::Female, &[twin, swapped]);
        assert_eq!(asked.verdict, Err(Doubt::Doubtful));
        assert_eq!(asked.candidates[0].0, 5, "the likeliest first");
    }

    #[test]
    fn another_nir_is_never_certain() {
        let mut paper = person("BENALI", "Samira", "1979-02-03");
        paper.nir = Some("279035121518989".to_owned());
        let mut known = person("BENALI", "Samira", "1979-02-03");
        known.nir = Some("279025121518992".to_owned());
        assert!(whose(&paper, Sex::Unknown, &[(1, known.clone(), Sex::Unknown)]).verdict.is_err());
        known.nir = Some("2 79 03 51 215 189".to_owned());
        assert_eq!(whose(&paper, Sex::Unknown, &[(1, known, Sex::Unknown)]).verdict, Ok(1), "the same without its key");
    }

    proptest! {
        #[test]
        fn nobody_of_another_birth_date_or_first_name_is_certain(day in 1..28_u32, other in 1..28_u32, same_name: bool) {
            let paper = person("TAZI", "Meryem", &format!("1990-05-{day:02}"));
            let name = if same_name { "Meryem" } else { "Karim" };
            let known = person("TAZI", name, &format!("1990-05-{other:02}"));
            let certain = whose(&paper, Sex::Unknown, &[(1, known, Sex::Unknown)]).verdict.is_ok();
            prop_assert_eq!(certain, day == other && same_name);
        }
    }
}
