//! Phone numbers: stored the international way, shown the national way, judged by the site's numbering plan.

use phonenumber::{Mode, country, metadata::DATABASE};

use super::{Check, Warning, phone_shown::shown};
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

    /// Whether a mainland number is dialled there as at home: the five departments share France's ten digits.
    const fn dials_france(self) -> bool {
        matches!(self, Region::GP | Region::MQ | Region::GF | Region::RE | Region::YT | Region::BL | Region::MF)
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
    /// it is not valid.
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
    // Shorter ones (15, 3949) are services, which would be taken for the end of a subscriber's number.
    if dialled.trim_start_matches('+').len() <= LONGEST_SERVICE {
        return not_understood();
    }
    let Ok(mut number) = phonenumber::parse(Some(region.plan()), &dialled) else { return not_understood() };
    let mut valid = phonenumber::is_valid(&number);
    if !valid
        && region.dials_france()
        && dialled.starts_with('0')
        && let Ok(french) = phonenumber::parse(Some(country::FR), &dialled)
        && phonenumber::is_valid(&french)
    {
        (number, valid) = (french, true);
    }
    let e164 = number.format().mode(Mode::E164).to_string();
    Phone {
        national: if valid { shown(&e164, region) } else { typed.to_owned() },
        e164,
        valid,
        mobile: valid
            && matches!(
                number.number_type(&DATABASE),
                phonenumber::Type::Mobile | phonenumber::Type::FixedLineOrMobile
            ),
    }
}

/// The most digits that a number of a service has (emergency and short numbers).
const LONGEST_SERVICE: usize = 4;

/// The digits as they are dialled: a leading `00` as `+`, the `(0)` that is not dialled from abroad left out.
fn dialled(typed: &str) -> String {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let abroad = typed.strip_prefix('+').map(str::to_owned).or_else(|| {
        let first_two: Vec<usize> =
            typed.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).take(2).collect();
        let [first, second] = first_two[..] else { return None };
        (typed[first..].starts_with('0') && typed[second..].starts_with('0')).then(|| typed[second + 1..].to_owned())
    });
    match abroad {
        Some(rest) => format!("+{}", digits(&rest.replace("(0)", ""))),
        None => digits(typed),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn is(text: &str, region: Region, e164: &str, national: &str, mobile: bool) {
        let phone = parse(text, region);
        let expected = Phone { e164: e164.to_owned(), national: national.to_owned(), valid: true, mobile };
        assert_eq!(phone, expected, "{text} in {region}");
        assert_eq!(phone.check(), Ok(()));
    }

    #[track_caller]
    fn is_warned_of(text: &str, region: Region, e164: &str) {
        let phone = parse(text, region);
        assert_eq!((phone.e164.as_str(), phone.valid, phone.mobile), (e164, false, false), "{text} in {region}");
        assert_eq!(phone.national, text, "shown as typed");
        assert_eq!(phone.check(), Err(Warning::PhoneInvalid));
    }

    #[test]
    fn one_french_number_is_typed_in_many_ways() {
        for text in [
            "0612345678",
            "06 12 34 56 78",
            "06.12.34.56.78",
            "+33 (0)6 12 34 56 78",
            "+33(0)612345678",
            "+33 612345678",
            "0033612345678",
            "00 33 6 12 34 56 78",
            "0033 (0)6 12 34 56 78",
            "33612345678",
            "612345678",
            "\u{200e}+33 6 12 34 56 78",
            "٠٦ ١٢ ٣٤ ٥٦ ٧٨",
            "06 12 34 56 78 (mère)",
        ] {
            is(text, Region::FR, "+33612345678", "06 12 34 56 78", true);
        }
        is("01 42 68 53 00", Region::FR, "+33142685300", "01 42 68 53 00", false);
    }

    #[test]
    fn the_country_of_the_site_decides() {
        is("0612345678", Region::MA, "+212612345678", "06 12 34 56 78", true);
        is("00212 522 12 34 56", Region::MA, "+212522123456", "05 22 12 34 56", false);
        is("00212 522 12 34 56", Region::FR, "+212522123456", "+212 5 22 12 34 56", false);
        is("٠٦١٢٣٤٥٦٧٨", Region::MA, "+212612345678", "06 12 34 56 78", true);
        is("+33612345678", Region::MA, "+33612345678", "+33 6 12 34 56 78", true);
    }

    #[test]
    fn reunion_is_not_france() {
        is("0262 12 34 56", Region::RE, "+262262123456", "0262 12 34 56", false);
        is_warned_of("0262 12 34 56", Region::FR, "+33262123456");
        is("0692 12 34 56", Region::RE, "+262692123456", "0692 12 34 56", true);
        is("0590 20 12 34", Region::GP, "+590590201234", "0590 20 12 34", false);
        is("0696 20 12 34", Region::MQ, "+596696201234", "0696 20 12 34", true);
        is("0594 30 12 34", Region::GF, "+594594301234", "0594 30 12 34", false);
        is("0639 01 23 45", Region::YT, "+262639012345", "0639 01 23 45", true);
    }

    #[test]
    fn a_mainland_number_is_understood_overseas() {
        is("06 12 34 56 78", Region::RE, "+33612345678", "+33 6 12 34 56 78", true);
        is("01 42 68 53 00", Region::MQ, "+33142685300", "+33 1 42 68 53 00", false);
    }

    #[test]
    fn numbers_that_no_plan_knows_are_kept_and_warned_of() {
        is_warned_of("0700123456", Region::FR, "+33700123456");
        is_warned_of("06123456", Region::FR, "+336123456");
        is_warned_of("0812345678", Region::MA, "+212812345678");
        is_warned_of("061234567", Region::MA, "+21261234567");
        is_warned_of("06 12 34 56 78 / 01 23 45 67 89", Region::FR, "06123456780123456789");
        is_warned_of("15", Region::FR, "15");
        is_warned_of("3949", Region::FR, "3949");
        is_warned_of("+33", Region::FR, "33");
        is_warned_of("voir la fille", Region::FR, "");
        is_warned_of("", Region::FR, "");
    }

    #[test]
    fn every_zone_offered_for_a_country_has_its_numbering_plan() {
        for &country in Country::ALL {
            for name in crate::time::zones(country) {
                let region = Region::of_zone(country, &name.parse().unwrap());
                let plan = DATABASE.by_id(region.as_str()).unwrap();
                assert_eq!(plan.country_code().to_string(), region.code(), "{name}");
                assert_eq!(region == Region::FR, *name == "Europe/Paris", "{name}");
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_fail(text in any::<String>(), region in prop::sample::select(Region::ALL)) {
            let phone = parse(&text, region);
            prop_assert!(phone.e164.strip_prefix('+').unwrap_or(&phone.e164).bytes().all(|b| b.is_ascii_digit()));
        }

        #[test]
        fn nothing_like_a_number_makes_it_fail(text in "[+0-9٠-٩ ().;=/#*,x-]{0,24}", region in prop::sample::select(Region::ALL)) {
            let phone = parse(&text, region);
            prop_assert_eq!(phone.check().is_ok(), phone.valid);
            if phone.valid {
                prop_assert_eq!(parse(&phone.e164, region), phone);
            }
        }

        #[test]
        fn a_valid_number_is_read_back_from_how_it_is_shown(digits in "0[1-9][0-9]{8}", region in prop::sample::select(Region::ALL)) {
            let phone = parse(&digits, region);
            if phone.valid {
                prop_assert_eq!(parse(&phone.national, region).e164, phone.e164);
            }
        }
    }
}
