//! Luhn's check digit, of RPPS and FINESS numbers.

/// Whether the last of the digits is Luhn's check of the others. False if anything but ASCII digits is in it.
pub(super) fn fits(digits: &str) -> bool {
    let mut sum = 0;
    for (place, c) in digits.chars().rev().enumerate() {
        let Some(digit) = c.to_digit(10) else { return false };
        sum += match digit * 2 {
            _ if place % 2 == 0 => digit,
            doubled if doubled > 9 => doubled - 9,
            doubled => doubled,
        };
    }
    !digits.is_empty() && sum % 10 == 0
}
