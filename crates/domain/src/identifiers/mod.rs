//! Checks of numbers that people carry. Every check is a **warning, never a block**: official samples exist that fail
//! their own rule, so what was typed is stored as typed.

pub mod cin;
pub mod cip;
pub mod email;
pub mod finess;
pub mod inpe;
mod luhn;
pub mod nir;
pub mod phone;
pub mod phone_shown;
pub mod rpps;

words! {
    /// What seems wrong.
    Warning {
        /// A NIR has 13 characters and a key of two digits, all digits but 2A or 2B for Corsica.
        NirFormat = "nir_format",
        /// The NIR's month does not exist.
        NirMonth = "nir_month",
        /// The NIR's key does not fit.
        NirKey = "nir_key",
        /// The NIR says another birth date.
        NirBirth = "nir_birth",
        /// The NIR says another sex.
        NirSex = "nir_sex",
        /// An RPPS number has 11 digits.
        RppsFormat = "rpps_format",
        /// The RPPS number's last digit does not fit.
        RppsCheck = "rpps_check",
        /// A FINESS number has 9 digits, or A or B for Corsica in the second place.
        FinessFormat = "finess_format",
        /// The FINESS number's last digit does not fit.
        FinessCheck = "finess_check",
        /// A CIN has one or two letters and five or six digits.
        CinFormat = "cin_format",
        /// An INPE number has 9 digits.
        InpeFormat = "inpe_format",
        /// A CIP code has 13 digits.
        CipFormat = "cip_format",
        /// The CIP code's last digit does not fit.
        CipCheck = "cip_check",
        /// Not an e-mail address.
        EmailFormat = "email_format",
        /// The numbering plan knows no such phone number.
        PhoneInvalid = "phone_invalid",
    }
}

/// The result of a check.
pub type Check = Result<(), Warning>;

/// What was typed without blanks, dots, hyphens and invisible marks, in upper case, with ASCII digits.
pub(crate) fn bare(text: &str) -> String {
    text.chars()
        .filter(|&c| {
            !c.is_whitespace() && !crate::text::is_invisible(c) && !matches!(c, '.' | '-' | '‑' | '–' | '/' | '_')
        })
        .map(|c| crate::text::ascii_digit(c).to_ascii_uppercase())
        .collect()
}

/// True where the text is exactly so many ASCII digits.
pub(crate) fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}
