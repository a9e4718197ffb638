//! RPPS: the number of a French health professional, 11 digits with Luhn's check.

use super::{Check, Warning, bare, is_digits, luhn};

/// Checks it; blanks are passed over.
pub fn check(text: &str) -> Check {
    let number = bare(text);
    if !is_digits(&number, 11) {
        return Err(Warning::RppsFormat);
    }
    if luhn::fits(&number) { Ok(()) } else { Err(Warning::RppsCheck) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rpps_numbers_pass_by_luhn() {
        for number in ["10000000009", "10100123453", "10001234565", "1010 0123 453", "١٠١٠٠١٢٣٤٥٣"] {
            assert_eq!(check(number), Ok(()), "{number}");
        }
    }

    #[test]
    fn wrong_ones_and_the_official_sample_are_warned_of() {
        for number in ["10100123454", "10100050075"] {
            assert_eq!(check(number), Err(Warning::RppsCheck), "{number}");
        }
        for number in ["", "1010012345", "101001234530", "1010012345A"] {
            assert_eq!(check(number), Err(Warning::RppsFormat), "{number}");
        }
    }
}
