//! Who else gets to see data: the processor's own sub-processors, as the operator names them in the configuration, and what of that is a
//! transfer to another country, seen from each practice's law.
//!
//! Deliberately not here: whether a country protects data well enough. The operator names the safeguard; the notice shows it.

use fhir::booking::Authority;
use serde::{Deserialize, Serialize};

/// What a sub-processor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Hosts the portal.
    Hosting,
    /// Keeps its backups.
    Backup,
    /// Relays mail.
    Mail,
    /// Hands text messages on.
    TextMessages,
    /// Looks after the servers.
    Maintenance,
}

impl Task {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Hosting, Self::Backup, Self::Mail, Self::TextMessages, Self::Maintenance];
}

/// A sub-processor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SubProcessor {
    /// Its name.
    pub name: String,
    /// What it does.
    pub task: Task,
    /// The country where it does it (ISO 3166-1, two letters).
    pub country: String,
    /// The place as people are told it, such as `Dublin, Ireland`; empty: the country's letters.
    #[serde(default)]
    pub place: String,
    /// Under which safeguard data may go there, such as `standard contractual clauses (RGPD, art. 46)`.
    #[serde(default)]
    pub safeguard: String,
}

/// The European Economic Area: the states of the Union, and Iceland, Liechtenstein and Norway.
const EEA: [&str; 30] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
    "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];
/// The longest text.
const LONGEST: usize = 200;

impl SubProcessor {
    /// Whether it is of its form, and where data leave both countries of our practices, under a safeguard that is named.
    #[must_use]
    pub fn holds(&self) -> bool {
        let text = |text: &str| text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
        let named =
            !self.name.trim().is_empty() && [&self.name, &self.place, &self.safeguard].into_iter().all(|t| text(t));
        let country = self.country.len() == 2 && self.country.bytes().all(|byte| byte.is_ascii_uppercase());
        let near = EEA.contains(&self.country.as_str()) || self.country == "MA";
        named && country && (near || !self.safeguard.trim().is_empty())
    }

    /// Whether data that go there leave the country, seen from a practice's law: the European Economic Area is one space for a practice
    /// in France (RGPD, chapter V); for one in Morocco every other country is another (loi 09-08, art. 43).
    #[must_use]
    pub fn is_transfer(&self, of: Authority) -> bool {
        match of {
            Authority::Cnil => !EEA.contains(&self.country.as_str()),
            Authority::Cndp => self.country != "MA",
        }
    }

    /// The place as people are told it.
    #[must_use]
    pub fn shown(&self) -> &str {
        if self.place.is_empty() { &self.country } else { &self.place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(country: &str, safeguard: &str) -> SubProcessor {
        SubProcessor {
            name: "Relais".to_owned(),
            task: Task::Mail,
            country: country.to_owned(),
            place: String::new(),
            safeguard: safeguard.to_owned(),
        }
    }

    #[test]
    fn nobody_far_away_gets_data_without_a_safeguard_that_is_named() {
        assert!(one("FR", "").holds() && one("MA", "").holds() && one("US", "clauses").holds());
        for wrong in [one("US", ""), one("US", "  "), one("fr", ""), one("France", ""), one("F\n", "")] {
            assert!(!wrong.holds(), "{wrong:?}");
        }
        assert!(!SubProcessor { name: " ".to_owned(), ..one("FR", "") }.holds());
        assert!(!SubProcessor { place: "x".repeat(201), ..one("FR", "") }.holds());
    }

    #[test]
    fn a_transfer_is_what_leaves_the_practices_own_space() {
        let of = |country: &str| {
            let one = one(country, "clauses");
            (one.is_transfer(Authority::Cnil), one.is_transfer(Authority::Cndp))
        };
        assert_eq!(
            (of("FR"), of("NO"), of("MA"), of("US")),
            ((false, true), (false, true), (true, false), (true, true))
        );
        assert!(EEA.is_sorted());
    }
}
