//! A stored phone number as people of the region write it, fast: a day's screen shows hundreds. Understanding what was
//! typed is [`super::phone`]'s.

use super::phone::Region;

impl Region {
    /// The country code that numbers of this plan are stored under.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Region::FR => "33",
            Region::GP | Region::BL | Region::MF => "590",
            Region::MQ => "596",
            Region::GF => "594",
            Region::RE | Region::YT => "262",
            Region::PM => "508",
            Region::NC => "687",
            Region::PF => "689",
            Region::WF => "681",
            Region::MA => "212",
        }
    }

    /// How many digits stand together in front: overseas the whole area code, as in `0262 12 34 56`.
    const fn area(self) -> usize {
        match self {
            Region::FR | Region::MA => 2,
            Region::PM => 3,
            _ => 4,
        }
    }

    /// Whether numbers are dialled with a leading 0 inside the plan.
    const fn trunk(self) -> bool {
        !matches!(self, Region::NC | Region::PF | Region::WF)
    }
}

/// A stored number (`+33612345678`) in pairs, as `06 12 34 56 78` at home and `+212 6 12 34 56 78` abroad. What is not
/// E.164 comes back as it is: it was stored as typed.
#[must_use]
pub fn shown(stored: &str, region: Region) -> String {
    let Some(digits) = stored.strip_prefix('+') else { return stored.to_owned() };
    if digits.len() < 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return stored.to_owned();
    }
    if let Some(national) = digits.strip_prefix(region.code()) {
        return if region.trunk() { grouped(&format!("0{national}"), region.area()) } else { grouped(national, 2) };
    }
    abroad(digits)
}

/// A stored number as it is dialled from any country, as in `+33 6 12 34 56 78` (R5132-3: a prescription bears the
/// prescriber's number in its international form). What is not E.164 comes back as it is.
#[must_use]
pub fn international(stored: &str) -> String {
    match stored.strip_prefix('+') {
        Some(digits) if digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) => abroad(digits),
        _ => stored.to_owned(),
    }
}

fn abroad(digits: &str) -> String {
    // Those met here; of any other country the first two digits.
    let known = [
        "33", "212", "590", "596", "594", "262", "508", "687", "689", "681", "32", "34", "39", "41", "44", "49", "213",
        "216", "1", "7",
    ];
    let code = known.iter().find(|code| digits.starts_with(**code)).map_or(2, |code| code.len());
    let (code, national) = digits.split_at(code);
    format!("+{code} {}", grouped(national, if national.len() % 2 == 1 { 1 } else { 2 }))
}

/// A first group of so many digits, then pairs; an odd one stays with the last pair.
fn grouped(digits: &str, first: usize) -> String {
    let mut text = String::with_capacity(digits.len() * 3 / 2);
    for (at, digit) in digits.chars().enumerate() {
        if at >= first && (at - first).is_multiple_of(2) && at + 1 < digits.len() {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_number_is_shown_in_pairs_at_home_and_abroad() {
        assert_eq!(shown("+33612345678", Region::FR), "06 12 34 56 78");
        assert_eq!(shown("+212612345678", Region::MA), "06 12 34 56 78");
        assert_eq!(shown("+212612345678", Region::FR), "+212 6 12 34 56 78");
        assert_eq!(shown("+262262123456", Region::RE), "0262 12 34 56");
    }

    #[test]
    fn a_stored_number_is_shown_for_callers_from_abroad() {
        assert_eq!(international("+33612345678"), "+33 6 12 34 56 78");
        assert_eq!(international("+212537001122"), "+212 5 37 00 11 22");
        assert_eq!(international("15"), "15");
    }

    #[test]
    fn other_countries_and_territories_have_their_own_groups() {
        assert_eq!(shown("+262262123456", Region::FR), "+262 2 62 12 34 56");
        assert_eq!(shown("+508412233", Region::PM), "041 22 33");
        assert_eq!(shown("+687262123", Region::NC), "26 21 23");
        assert_eq!(shown("+14165550123", Region::FR), "+1 41 65 55 01 23");
        assert_eq!(shown("+4930123456", Region::FR), "+49 30 12 34 56");
        assert_eq!(shown("+3225550123", Region::FR), "+32 25 55 01 23");
    }

    #[test]
    fn what_was_stored_as_typed_is_shown_as_typed() {
        for typed in ["", "15", "061234567", "+33", "voir sa fille"] {
            assert_eq!(shown(typed, Region::FR), typed);
        }
    }
}
