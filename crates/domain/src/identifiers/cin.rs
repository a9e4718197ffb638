//! CIN: the number of a Moroccan identity card, one or two letters and five or six digits. Sources disagree about more,
//! so only this form is looked at.

use super::{Check, Warning, bare, is_digits};

/// Checks the form; blanks and hyphens are passed over.
pub fn check(text: &str) -> Check {
    let number = bare(text);
    let letters = number.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = &number[letters..];
    if (1..=2).contains(&letters) && (is_digits(digits, 5) || is_digits(digits, 6)) {
        Ok(())
    } else {
        Err(Warning::CinFormat)
    }
}

/// The form in which two CIN are compared: upper case, without blanks.
pub fn comparable(text: &str) -> String {
    bare(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cin_is_letters_and_digits() {
        for number in ["AB123456", "K45678", "ab 123456", "K-45678", "k٤٥٦٧٨"] {
            assert_eq!(check(number), Ok(()), "{number}");
        }
        for number in ["123456", "", "ABC12345", "AB1234", "AB1234567", "A12B45", "é12345"] {
            assert_eq!(check(number), Err(Warning::CinFormat), "{number}");
        }
    }
}
