//! CIP13, the code on a French medicine's box (an EAN-13), and CIP7, its older form inside.

use super::{Check, Warning, bare, is_digits};

/// Checks a CIP13 by EAN-13; blanks are passed over.
pub fn cip13(text: &str) -> Check {
    let code = bare(text);
    if !is_digits(&code, 13) {
        return Err(Warning::CipFormat);
    }
    let sum: u32 = code.bytes().zip([1, 3].into_iter().cycle()).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    if sum.is_multiple_of(10) { Ok(()) } else { Err(Warning::CipCheck) }
}

/// The CIP7 inside a CIP13: its digits 6 to 12. None where it has not 13 digits.
pub fn cip7(text: &str) -> Option<String> {
    let code = bare(text);
    is_digits(&code, 13).then(|| code[5..12].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cip13_passes_as_ean_and_holds_its_cip7() {
        assert_eq!(cip13("3400949497294"), Ok(()));
        assert_eq!(cip13("34009 494 972 9 4"), Ok(()));
        assert_eq!(cip7("3400949497294").as_deref(), Some("4949729"));
    }

    #[test]
    fn wrong_ones_are_warned_of() {
        assert_eq!(cip13("3400949497295"), Err(Warning::CipCheck));
        assert_eq!(cip13("4949729"), Err(Warning::CipFormat));
        assert_eq!(cip7("4949729"), None);
    }
}
