//! Numbers in full letters, as the law asks for narcotics and what is assimilated to them, in French and in Arabic; and what a
//! line's letters have to be.
//!
//! French is written in the traditional way, hyphens below a hundred only and none beside "et" ("vingt et un", "cent
//! vingt-trois", "deux cents"), not in that of 1990 ("vingt-et-un", "cent-vingt-trois"): it is what pharmacists are used to
//! read back and what printed forms show, and either is right.

mod arabic;
mod french;
mod strength;

pub use arabic::{arabic, arabic_counted};
pub use french::{french, french_counted};
pub use strength::strength;

use super::sentence::Language;
use super::{Amount, Unit};

/// The greatest number that is written.
pub const MOST: u32 = 999_999_999;

/// An amount with its unit in full letters: "deux comprimés et demi", "قرصان ونصف".
#[must_use]
pub fn amount(amount: Amount, unit: Unit, language: Language) -> String {
    let mut noun = unit.noun();
    // In full letters means the units as well.
    match unit {
        Unit::Millilitre => (noun.fr, noun.fr_many, noun.ar) = ("millilitre", "millilitres", "ملليلتر"),
        Unit::Milligram => (noun.fr, noun.fr_many, noun.ar) = ("milligramme", "milligrammes", "ملليغرام"),
        Unit::InternationalUnit => (noun.fr, noun.fr_many) = ("unité internationale", "unités internationales"),
        _ => {}
    }
    if matches!(unit, Unit::Millilitre | Unit::Milligram) {
        (noun.ar_counted, noun.ar_two, noun.ar_many) = match unit {
            Unit::Millilitre => ("ملليلترًا", "ملليلتران", "ملليلترات"),
            _ => ("ملليغرامًا", "ملليغرامان", "ملليغرامات"),
        };
    }
    let (units, rest) = (amount.units(), amount.rest());
    let halves = matches!(rest, 25 | 50 | 75) && !unit.is_measure();
    match language {
        Language::French if rest == 0 => french_counted(units, &noun),
        Language::French if halves && units == 0 => match rest {
            50 => format!("un demi-{}", noun.fr),
            25 => format!("un quart de {}", noun.fr),
            _ => format!("trois quarts de {}", noun.fr),
        },
        Language::French if halves => {
            let part = match rest {
                50 if noun.fr_feminine => "demie",
                50 => "demi",
                25 => "quart",
                _ => "trois quarts",
            };
            format!("{} et {part}", french_counted(units, &noun))
        }
        Language::French => {
            format!("{} {}", french::decimal(&amount.decimal(), noun.fr_feminine), noun.fr_after(amount.0))
        }
        Language::Arabic if rest == 0 => arabic_counted(units, &noun),
        Language::Arabic if halves => {
            let part = match rest {
                50 => "نصف",
                25 => "ربع",
                _ => "ثلاثة أرباع",
            };
            match units {
                0 => format!("{part} {}", noun.ar),
                1 => format!("{} و{part}", noun.ar),
                _ => format!("{} و{part}", arabic_counted(units, &noun)),
            }
        }
        Language::Arabic => format!("{} {}", arabic::decimal(&amount.decimal()), noun.ar),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn amounts_are_written_out_with_their_units() {
        for (hundredths, unit, fr, ar) in [
            (100, Unit::Tablet, "un comprimé", "قرص واحد"),
            (100, Unit::Drop, "une goutte", "قطرة واحدة"),
            (2100, Unit::Drop, "vingt et une gouttes", "إحدى وعشرون قطرة"),
            (200, Unit::Capsule, "deux gélules", "كبسولتان"),
            (300, Unit::Tablet, "trois comprimés", "ثلاثة أقراص"),
            (300, Unit::Drop, "trois gouttes", "ثلاث قطرات"),
            (150, Unit::Tablet, "un comprimé et demi", "قرص ونصف"),
            (50, Unit::Tablet, "un demi-comprimé", "نصف قرص"),
            (250, Unit::Millilitre, "deux virgule cinq millilitres", "اثنان فاصلة خمسة ملليلتر"),
            (12_300, Unit::Tablet, "cent vingt-trois comprimés", "مئة وثلاثة وعشرون قرصًا"),
        ] {
            assert_eq!(amount(Amount(hundredths), unit, Language::French), fr);
            assert_eq!(amount(Amount(hundredths), unit, Language::Arabic), ar);
        }
    }

    #[test]
    fn no_two_numbers_are_written_alike() {
        let (mut in_french, mut in_arabic) = (HashSet::new(), HashSet::new());
        for number in (0..20_000).chain((20_000..MOST).step_by(1_234_567)) {
            assert!(in_french.insert(french(number, false)), "{number}");
            assert!(in_arabic.insert(arabic(number, false)), "{number}");
        }
    }
}
