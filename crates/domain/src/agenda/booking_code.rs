//! The booking code (*code RDV*): what a patient reads out on the phone to name an appointment.
//!
//! Six characters of Crockford's base 32 (no I, L, O, U: they are misheard and misread) and a check character from the
//! same alphabet, so that it stays sayable, where Crockford's own modulo 37 would need `*~$=U`. The check is the value
//! at 3 of the polynomial whose coefficients are the characters, over the field of 32 elements (x⁵ + x² + 1). Every
//! position has another weight, so one wrong character, or any two exchanged, is always found.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::{ascii_digit, is_invisible};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 6;

/// The short code of an appointment: 30 bits. Who gives it must take a free one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookingCode(u32);

/// Why a text is not a booking code. The text is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBookingCode {
    /// It has not seven characters.
    #[error("a booking code has seven characters")]
    Length,
    /// It has a character that no code has.
    #[error("a booking code has letters and digits only, without U")]
    Character,
    /// One character is wrong, or two were exchanged.
    #[error("the check character does not fit")]
    Check,
}

impl BookingCode {
    /// The code of a number, of which the lower 30 bits count.
    pub const fn from_number(number: u32) -> Self {
        Self(number & 0x3FFF_FFFF)
    }

    /// The number, below 2³⁰.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The code as it is read out: `K7M 4PX-3`.
    pub fn spoken(self) -> String {
        let plain = self.to_string();
        format!("{} {}-{}", &plain[..3], &plain[3..LENGTH], &plain[LENGTH..])
    }

    fn symbols(self) -> [u8; LENGTH + 1] {
        let mut symbols = [0; LENGTH + 1];
        for (place, symbol) in symbols[..LENGTH].iter_mut().enumerate() {
            *symbol = (self.0 >> (5 * (LENGTH - 1 - place)) & 31) as u8;
        }
        symbols[LENGTH] = check(&symbols[..LENGTH]);
        symbols
    }
}

/// Horner's rule at 3, over the field.
fn check(symbols: &[u8]) -> u8 {
    symbols.iter().fold(0, |sum, symbol| times_three(sum ^ symbol))
}

fn times_three(element: u8) -> u8 {
    let doubled = element << 1;
    let reduced = if doubled & 32 == 0 { doubled } else { doubled ^ 0b10_0101 };
    reduced ^ element
}

/// The value of a character, letters that look like digits being read as such.
fn symbol(c: char) -> Option<u8> {
    let c = match ascii_digit(c).to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    ALPHABET.iter().position(|&letter| char::from(letter) == c).and_then(|place| u8::try_from(place).ok())
}

impl FromStr for BookingCode {
    type Err = InvalidBookingCode;

    /// As people type it: lower case, spaces, hyphens and Arabic digits are fine, O is read as 0, I and L as 1.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut symbols = [0; LENGTH + 1];
        let mut length = 0;
        for c in text.chars().filter(|&c| !c.is_whitespace() && !is_invisible(c) && !matches!(c, '-' | '‐' | '‑' | '–'))
        {
            *symbols.get_mut(length).ok_or(InvalidBookingCode::Length)? =
                symbol(c).ok_or(InvalidBookingCode::Character)?;
            length += 1;
        }
        if length != symbols.len() {
            return Err(InvalidBookingCode::Length);
        }
        if check(&symbols[..LENGTH]) != symbols[LENGTH] {
            return Err(InvalidBookingCode::Check);
        }
        Ok(Self(symbols[..LENGTH].iter().fold(0, |number, &symbol| number << 5 | u32::from(symbol))))
    }
}

impl fmt::Display for BookingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.symbols().iter().map(|&symbol| char::from(ALPHABET[usize::from(symbol)])).collect();
        f.write_str(&text)
    }
}

impl Serialize for BookingCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BookingCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_shown_plain_and_said_in_groups() {
        let code: BookingCode = "K7M4PX3".parse().unwrap();
        assert_eq!(code.to_string(), "K7M4PX3");
        assert_eq!(code.spoken(), "K7M 4PX-3");
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"K7M4PX3\"");
        assert_eq!(serde_json::from_str::<BookingCode>("\"k7m 4px-3\"").unwrap(), code);
    }

    #[test]
    fn it_is_read_as_people_type_it() {
        let code: BookingCode = "K7M4PX3".parse().unwrap();
        for text in ["k7m4px3", "K7M 4PX-3", " k7m-4px-3 ", "K7M‑4PX–3", "K٧M٤PX٣"] {
            assert_eq!(text.parse(), Ok(code), "{text}");
        }
        let ones = BookingCode::from_number(1 << 25 | 1 << 20);
        assert_eq!(ones.to_string().replace('1', "l").replace('0', "o").parse(), Ok(ones));
        assert_eq!(ones.to_string().replace('1', "I").replace('0', "O").parse(), Ok(ones));
    }

    #[test]
    fn what_is_no_code_says_why() {
        for text in ["", "K7M4PX", "K7M4PX33"] {
            assert_eq!(text.parse::<BookingCode>(), Err(InvalidBookingCode::Length), "{text}");
        }
        for text in ["K7U4PX3", "K7M4P*3", "K7M4PÉ3"] {
            assert_eq!(text.parse::<BookingCode>(), Err(InvalidBookingCode::Character), "{text}");
        }
        assert_eq!("K7M4PX4".parse::<BookingCode>(), Err(InvalidBookingCode::Check));
    }

    #[test]
    fn every_place_has_its_own_weight() {
        // The weights are powers of three, and 1 for the check itself; three must not come round within seven of them.
        let weights: HashSet<u8> =
            (0..7).scan(1, |weight, _| Some(std::mem::replace(weight, times_three(*weight)))).collect();
        assert_eq!(weights.len(), 7);
        assert!(!weights.contains(&0));
    }

    proptest! {
        #[test]
        fn a_code_comes_back_whole(number in 0u32..1 << 30) {
            let code = BookingCode::from_number(number);
            prop_assert_eq!(code.number(), number);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            prop_assert_eq!(code.spoken().parse(), Ok(code));
        }

        #[test]
        fn one_wrong_character_is_always_found(number in 0u32..1 << 30, place in 0usize..7, off in 1usize..32) {
            let mut text = BookingCode::from_number(number).to_string().into_bytes();
            let right = ALPHABET.iter().position(|&letter| letter == text[place]).unwrap();
            text[place] = ALPHABET[(right + off) % 32];
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(text.parse::<BookingCode>(), Err(InvalidBookingCode::Check));
        }

        #[test]
        fn two_exchanged_characters_are_always_found(number in 0u32..1 << 30, one in 0usize..7, other in 0usize..7) {
            let mut text = BookingCode::from_number(number).to_string().into_bytes();
            let exchanged = text[one] != text[other];
            text.swap(one, other);
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(text.parse::<BookingCode>() == Err(InvalidBookingCode::Check), exchanged);
        }

        #[test]
        fn nothing_typed_makes_it_fail(text in any::<String>()) {
            if let Ok(code) = text.parse::<BookingCode>() {
                prop_assert_eq!(code.to_string().parse(), Ok(code));
            }
        }
    }
}
