//! INPE: the number of a Moroccan health professional or establishment, 9 digits. Only this form is looked at.

use super::{Check, Warning, bare, is_digits};

/// Checks the form; blanks are passed over.
pub fn check(text: &str) -> Check {
    if is_digits(&bare(text), 9) { Ok(()) } else { Err(Warning::InpeFormat) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inpe_is_nine_digits() {
        assert_eq!(check("091 234 567"), Ok(()));
        for number in ["", "09123456", "0912345678", "09123456A"] {
            assert_eq!(check(number), Err(Warning::InpeFormat), "{number}");
        }
    }
}
