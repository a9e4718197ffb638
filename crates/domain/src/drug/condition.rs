//! A condition of prescription or dispensing, read from its official wording. The wording is what is kept and shown; this says
//! what rules follow from it. Wordings that no rule is made of stay [`Condition::Other`].

use crate::patient::names::normalise;

/// What a condition demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Renewed only where the prescription says so.
    ListI,
    /// Renewed unless forbidden.
    ListII,
    /// A narcotic.
    Narcotic,
    /// On the secure form.
    SecureForm,
    /// On the secure form, in full letters.
    SecureFormInLetters,
    /// Prescribed for at most so many days.
    LimitedToDays(u16),
    /// Prescribed for at most so many months.
    LimitedToMonths(u16),
    /// Dispensed for so many days at a time.
    FractionedDays(u16),
    /// In hospital only.
    Hospital,
    /// Anything else.
    Other,
}

impl Condition {
    /// Reads a wording.
    #[must_use]
    pub fn of_wording(wording: &str) -> Self {
        let text = normalise(wording);
        match text.as_str() {
            "liste i" => return Self::ListI,
            "liste ii" => return Self::ListII,
            "stupefiant" | "stupefiants" => return Self::Narcotic,
            "prescription sur ordonnance securisee" => return Self::SecureForm,
            "prescription en toutes lettres sur ordonnance securisee" => return Self::SecureFormInLetters,
            "reserve a l usage hospitalier" | "prescription hospitaliere" => return Self::Hospital,
            _ => {}
        }
        let span = |rest: &str| -> Option<(u16, String)> {
            let (number, unit) = rest.split_once(' ')?;
            Some((number.parse().ok()?, unit.trim_end_matches('s').to_owned()))
        };
        if let Some((number, unit)) = text.strip_prefix("prescription limitee a ").and_then(span) {
            return match unit.as_str() {
                "semaine" => number.checked_mul(7).map_or(Self::Other, Self::LimitedToDays),
                "jour" => Self::LimitedToDays(number),
                "moi" => Self::LimitedToMonths(number),
                "an" => number.checked_mul(12).map_or(Self::Other, Self::LimitedToMonths),
                _ => Self::Other,
            };
        }
        match text.strip_prefix("delivrance fractionnee de ").and_then(span) {
            Some((number, unit)) if unit == "jour" => Self::FractionedDays(number),
            Some((number, unit)) if unit == "semaine" => {
                number.checked_mul(7).map_or(Self::Other, Self::FractionedDays)
            }
            _ => Self::Other,
        }
    }

    /// The stable word, with the number where there is one.
    #[must_use]
    pub const fn word(self) -> (&'static str, Option<u16>) {
        match self {
            Self::ListI => ("list_1", None),
            Self::ListII => ("list_2", None),
            Self::Narcotic => ("narcotic", None),
            Self::SecureForm => ("secure_form", None),
            Self::SecureFormInLetters => ("secure_form_in_letters", None),
            Self::LimitedToDays(days) => ("limited_to_days", Some(days)),
            Self::LimitedToMonths(months) => ("limited_to_months", Some(months)),
            Self::FractionedDays(days) => ("fractioned_days", Some(days)),
            Self::Hospital => ("hospital", None),
            Self::Other => ("other", None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_conditions_that_rules_are_made_of_are_told_apart() {
        for (wording, condition) in [
            ("liste I", Condition::ListI),
            ("liste II", Condition::ListII),
            ("stupéfiants", Condition::Narcotic),
            ("prescription sur ordonnance sécurisée", Condition::SecureForm),
            ("prescription en toutes lettres sur ordonnance sécurisée", Condition::SecureFormInLetters),
            ("prescription limitée à 4 semaines", Condition::LimitedToDays(28)),
            ("prescription limitée à 12 semaines", Condition::LimitedToDays(84)),
            ("prescription limitée à 7 jours", Condition::LimitedToDays(7)),
            ("prescription limitée à 6 mois", Condition::LimitedToMonths(6)),
            ("délivrance fractionnée de 14 jours", Condition::FractionedDays(14)),
            ("réservé à l'usage HOSPITALIER", Condition::Hospital),
            ("prescription hospitalière", Condition::Hospital),
            ("prescription limitée à vie", Condition::Other),
            ("prescription limitée à 60000 ans", Condition::Other),
            ("", Condition::Other),
        ] {
            assert_eq!(Condition::of_wording(wording), condition, "{wording}");
        }
    }
}
