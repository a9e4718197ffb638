//! Phone numbers: stored the international way, shown the national way, judged by the site's numbering plan.

use phonenumber::{Mode, country};

use super::{Check, Warning};
use crate::{
    country::Country,
    text::{ascii_digit, is_invisible},
    time::Zone,
};

words! {
    /// A numbering plan. Overseas departments have their own country code: a number of Réunion is none of France.
    Region {
        /// Mainland France, +33.
        FR = "FR",
        /// Guadeloupe, +590.
        GP = "GP",
        /// Martinique, +596.
        MQ = "MQ",
        /// French Guiana, +594.
        GF = "GF",
        /// Réunion, +262.
        RE = "RE",
        /// Mayotte, +262.
        YT = "YT",
        /// Saint-Pierre-et-Miquelon, +508.
        PM = "PM",
        /// Saint-Barthélemy, +590.
        BL = "BL",
        /// Saint-Martin, +590.
        MF = "MF",
        /// New Caledonia, +687.
        NC = "NC",
        /// French Polynesia, +689.
        PF = "PF",
        /// Wallis and Futuna, +681.
        WF = "WF",
        /// Morocco, +212.
        MA = "MA",
    }
}

impl Region {
    /// The numbering plan of a site.
    pub fn of_zone(country: Country, zone: &Zone) -> Region {
        match (country, zone.name()) {
            (Country::MA, _) => Region::MA,
            (Country::FR, "America/Guadeloupe") => Region::GP,
            (Country::FR, "America/Martinique") => Region::MQ,
            (Country::FR, "America/Cayenne") => Region::GF,
            (Country::FR, "Indian/Reunion") => Region::RE,
            (Country::FR, "Indian/Mayotte") => Region::YT,
            (Country::FR, "America/Miquelon") => Region::PM,
            (Country::FR, "America/St_Barthelemy") => Region::BL,
            (Country::FR, "America/Marigot") => Region::MF,
            (Country::FR, "Pacific/Noumea") => Region::NC,
            (Country::FR, "Pacific/Tahiti" | "Pacific/Marquesas" | "Pacific/Gambier") => Region::PF,
            (Country::FR, "Pacific/Wallis") => Region::WF,
            (Country::FR, _) => Region::FR,
        }
    }

    fn plan(self) -> country::Id {
        match self {
            Region::FR => country::FR,
            Region::GP => country::GP,
            Region::MQ => country::MQ,
            Region::GF => country::GF,
            Region::RE => country::RE,
            Region::YT => country::YT,
            Region::PM => country::PM,
            Region::BL => country::BL,
            Region::MF => country::MF,
            Region::NC => country::NC,
            Region::PF => country::PF,
            Region::WF => country::WF,
            Region::MA => country::MA,
        }
    }
}

/// A phone number as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// `+33612345678`. Where no country could be made out (short numbers, words), the digits alone, without `+`, perhaps
    /// none.
    pub e164: String,
    /// As people of the region write it: `06 12 34 56 78`; a foreign one in its international form; what was typed, where
    /// it was not understood.
    pub national: String,
    /// Whether the numbering plan knows such a number. If not: warn, never refuse.
    pub valid: bool,
    /// Whether messages can reach it.
    pub mobile: bool,
}

impl Phone {
    /// The warning, if there is one.
    pub fn check(&self) -> Check {
        if self.valid { Ok(()) } else { Err(Warning::PhoneInvalid) }
    }
}

/// Reads a number as the region dials it: `06 12 34 56 78`, `+33 (0)6 …`, `0033…`, with Arabic digits too. It never
/// fails; what is not a number comes back as typed and not valid.
pub fn parse(text: &str, region: Region) -> Phone {
    let typed: String = text.chars().filter(|&c| !is_invisible(c)).map(ascii_digit).collect();
    let typed = typed.trim();
    let dialled = dialled(typed);
    let not_understood = || Phone {
        e164: dialled.trim_start_matches('+').to_owned(),
        national: typed.to_owned(),
        valid: false,
        mobile: false,
    };
    let Ok(number) = phonenumber::parse(Some(region.plan()), &dialled) else { return not_understood() };
    let _ = Mode::E164;
    let _ = number;
    not_understood()
}

/// The digits as they are dialled, with a `+` in front where it was typed.
fn dialled(typed: &str) -> String {
    let mut dialled: String = typed.chars().filter(char::is_ascii_digit).collect();
    if typed.starts_with('+') {
        dialled.insert(0, '+');
    }
    dialled
}
