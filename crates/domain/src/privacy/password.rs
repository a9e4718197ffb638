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
