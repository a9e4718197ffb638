//! FINESS: the number of a French health establishment, 9 characters with Luhn's check.

use super::{Check, Warning, bare, is_digits, luhn};

/// Checks it; blanks are passed over. Corsica's A counts as 1, B as 2.
pub fn check(text: &str) -> Check {
    let number = bare(text);
    let digits: String = number
        .chars()
        .enumerate()
        .map(|(place, c)| match (place, c) {
            (1, 'A') => '1',
            (1, 'B') => '2',
            _ => c,
        })
        .collect();
    if !is_digits(&digits, 9) {
        return Err(Warning::FinessFormat);
    }
    if luhn::fits(&digits) { Ok(()) } else { Err(Warning::FinessCheck) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finess_numbers_pass_by_luhn_in_corsica_too() {
        for number in ["750712184", "690781810", "130786049", "2A0000014", "2a0000014", "75 071 218 4"] {
            assert_eq!(check(number), Ok(()), "{number}");
        }
    }

    #[test]
    fn wrong_ones_are_warned_of() {
        assert_eq!(check("750712185"), Err(Warning::FinessCheck));
        for number in ["", "75071218", "7507121840", "A50712184", "75A712184"] {
            assert_eq!(check(number), Err(Warning::FinessFormat), "{number}");
        }
    }
}
