//! How serious the thesaurus holds an interaction.

use crate::patient::names::normalise;

words! {
    /// The four levels, the gravest first.
    Level {
        /// *Contre-indication*.
        Contraindicated = "contraindicated",
        /// *Association déconseillée*.
        Discouraged = "discouraged",
        /// *Précaution d'emploi*.
        Precaution = "precaution",
        /// *À prendre en compte*.
        TakeIntoAccount = "take_into_account",
    }
}

impl Level {
    /// The level as the thesaurus spells it, in any case, with or without accents.
    #[must_use]
    pub fn of_thesaurus(text: &str) -> Option<Self> {
        Some(match normalise(text).as_str() {
            "contre indication" | "ci" => Self::Contraindicated,
            "association deconseillee" | "asdec" => Self::Discouraged,
            "precaution d emploi" | "pe" => Self::Precaution,
            "a prendre en compte" | "il convient de prendre en compte" | "apec" => Self::TakeIntoAccount,
            _ => return None,
        })
    }

    /// The term of the trade, which is French whatever the reader's language.
    #[must_use]
    pub const fn french(self) -> &'static str {
        match self {
            Self::Contraindicated => "contre-indication",
            Self::Discouraged => "association déconseillée",
            Self::Precaution => "précaution d'emploi",
            Self::TakeIntoAccount => "à prendre en compte",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_is_known_in_the_spellings_that_are_met() {
        for (text, level) in [
            ("CONTRE-INDICATION", Level::Contraindicated),
            ("Association DECONSEILLEE", Level::Discouraged),
            ("Précaution d'emploi", Level::Precaution),
            ("A prendre en compte", Level::TakeIntoAccount),
            ("Il convient de prendre en compte", Level::TakeIntoAccount),
        ] {
            assert_eq!(Level::of_thesaurus(text), Some(level), "{text}");
        }
        assert_eq!(Level::of_thesaurus("sans danger"), None);
        for level in Level::ALL {
            assert_eq!(Level::of_thesaurus(level.french()), Some(*level));
        }
    }
}
