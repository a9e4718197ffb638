//! Whether a password is strong enough: one of the three forms of the CNIL's recommendation 2022-100, and not easily
//! guessed. No forced renewal, as it recommends; the guess itself (zxcvbn) is the caller's.

use std::collections::HashSet;

use crate::patient::names::{compact, normalise};

words! {
    /// A form that the recommendation accepts.
    Form {
        /// 12 characters with capital letters, small letters, digits and others.
        TwelveOfFour = "twelve_of_four",
        /// 14 characters of three of these classes.
        FourteenOfThree = "fourteen_of_three",
        /// Seven different words.
        SevenWords = "seven_words",
    }
}

words! {
    /// What a refused password lacks.
    Weakness {
        /// Fewer characters than any form asks for.
        TooShort = "too_short",
        /// Too few kinds of characters for its length, and no phrase of seven words.
        TooFewKinds = "too_few_kinds",
        /// A program would guess it.
        Guessable = "guessable",
        /// It contains the person's or the practice's name.
        PersonalWord = "personal_word",
    }
}

/// The judgement of a password. It holds nothing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether it may be used.
    pub accepted: bool,
    /// The form it has, if any.
    pub form: Option<Form>,
    /// What it lacks; empty exactly if it is accepted.
    pub weaknesses: Vec<Weakness>,
    /// How far a meter is filled, 0 to 100: full at 10¹⁴ guesses.
    pub strength: u8,
}

/// zxcvbn's score from which a password counts as safely unguessable (10⁸ guesses; the highest score is 4).
pub const LEAST_SCORE: u8 = 3;

/// Guesses, as a power of ten, at which the meter is full.
const FULL_METER: f64 = 14.0;

/// Judges a password. `score` (0 to 4) and `guesses_log10` are zxcvbn's, computed with the same `user_inputs` (names of
/// the person, the practice, the program).
pub fn judge(password: &str, score: u8, guesses_log10: f64, user_inputs: &[&str]) -> Judgement {
    let length = password.chars().count();
    let kinds = kinds(password);
    let form = if words(password) >= 7 {
        Some(Form::SevenWords)
    } else if length >= 12 && kinds == 4 {
        Some(Form::TwelveOfFour)
    } else if length >= 14 && kinds >= 3 {
        Some(Form::FourteenOfThree)
    } else {
        None
    };
    let mut weaknesses = Vec::new();
    if form.is_none() {
        weaknesses.push(if length < 12 { Weakness::TooShort } else { Weakness::TooFewKinds });
    }
    if score < LEAST_SCORE {
        weaknesses.push(Weakness::Guessable);
    }
    if is_mostly_personal(password, user_inputs) {
        weaknesses.push(Weakness::PersonalWord);
    }
    let filled = if guesses_log10.is_nan() { 0.0 } else { (guesses_log10 / FULL_METER).clamp(0.0, 1.0) };
    Judgement { accepted: weaknesses.is_empty(), form, weaknesses, strength: (filled * 100.0).round() as u8 }
}

/// How many of the four classes occur: capital letters, small letters (those without case, such as Arabic, count here),
/// digits, others.
fn kinds(password: &str) -> usize {
    let mut found = [false; 4];
    for c in password.chars() {
        let class = if c.is_uppercase() {
            0
        } else if c.is_numeric() {
            2
        } else if c.is_alphabetic() {
            1
        } else {
            3
        };
        found[class] = true;
    }
    found.into_iter().filter(|&found| found).count()
}

/// How many different words of two letters or more.
fn words(password: &str) -> usize {
    let form = normalise(password);
    form.split(' ').filter(|word| word.chars().count() >= 2).collect::<HashSet<_>>().len()
}

/// Whether the person's own words are what makes it long: without them, fewer than eight characters stay.
fn is_mostly_personal(password: &str, user_inputs: &[&str]) -> bool {
    let form = compact(password);
    let mut rest = form.clone();
    for word in user_inputs.iter().flat_map(|input| normalise(input).split(' ').map(str::to_owned).collect::<Vec<_>>())
    {
        if word.chars().count() >= 4 {
            rest = rest.replace(&word, "");
        }
    }
    rest.len() < form.len() && rest.chars().count() < 8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(password: &str) -> Option<Form> {
        judge(password, 4, 14.0, &[]).form
    }

    #[test]
    fn the_three_forms_are_told_apart() {
        assert_eq!(form("Vélo-Quai-42"), Some(Form::TwelveOfFour));
        assert_eq!(form("VeloQuaiRouge4"), Some(Form::FourteenOfThree));
        assert_eq!(form("velo-quai-rouge-4"), Some(Form::FourteenOfThree));
        assert_eq!(form("velo quai rouge matin lampe sept panier"), Some(Form::SevenWords));
        assert_eq!(form("دراجة رصيف أحمر صباح مصباح سبعة سلة"), Some(Form::SevenWords));
    }

    #[test]
    fn one_short_of_each_form_is_none() {
        assert_eq!(form("Vélo-Quai-4"), None, "eleven characters");
        assert_eq!(form("VeloQuaiRou42"), None, "thirteen of three kinds");
        assert_eq!(form("veloquairougematin"), None, "one kind");
        assert_eq!(form("velo quai rouge matin lampe panier"), None, "six words");
        assert_eq!(form("velo velo velo velo velo velo velo"), None, "one word, seven times");
    }

    #[test]
    fn a_form_alone_is_not_enough() {
        let weak = judge("Password123!", 1, 3.5, &[]);
        assert_eq!(weak.form, Some(Form::TwelveOfFour));
        assert_eq!((weak.accepted, weak.weaknesses), (false, vec![Weakness::Guessable]));
        assert!(judge("Vélo-Quai-42", LEAST_SCORE, 9.0, &[]).accepted);
    }

    #[test]
    fn what_it_lacks_is_said() {
        assert_eq!(judge("Court-1", 2, 5.0, &[]).weaknesses, [Weakness::TooShort, Weakness::Guessable]);
        assert_eq!(judge("veloquairougematin", 4, 14.0, &[]).weaknesses, [Weakness::TooFewKinds]);
        assert_eq!(judge("", 0, 0.0, &[]).weaknesses, [Weakness::TooShort, Weakness::Guessable]);
    }

    #[test]
    fn the_name_of_the_practice_is_no_password() {
        let inputs = ["Cabinet des Lilas", "Samia Benjelloun"];
        assert_eq!(judge("Cabinet-Lilas-2026", 4, 12.0, &inputs).weaknesses, [Weakness::PersonalWord]);
        assert_eq!(judge("samia.BENJELLOUN1", 4, 12.0, &inputs).weaknesses, [Weakness::PersonalWord]);
        assert!(judge("Samia-range-42-paniers", 4, 14.0, &inputs).accepted, "enough stays without the name");
    }

    #[test]
    fn the_meter_goes_from_empty_to_full() {
        let strength = |guesses| judge("", 0, guesses, &[]).strength;
        assert_eq!([strength(0.0), strength(7.0), strength(14.0), strength(40.0)], [0, 50, 100, 100]);
        assert_eq!([strength(f64::NAN), strength(f64::NEG_INFINITY), strength(f64::INFINITY)], [0, 0, 100]);
    }

    proptest! {
        #[test]
        fn accepted_means_a_form_and_no_weakness(password in any::<String>(), score in 0u8..=4, guesses in any::<f64>(), name in any::<String>()) {
            let judgement = judge(&password, score, guesses, &[&name]);
            prop_assert_eq!(judgement.accepted, judgement.weaknesses.is_empty());
            prop_assert!(!judgement.accepted || judgement.form.is_some() && score >= LEAST_SCORE);
            prop_assert!(judgement.strength <= 100);
        }
    }
}
