//! The controller's documented instruction: what the portal may hold and do for a practice. Versioned, dated, kept by both.

use chrono::NaiveDate;
use domain::id::PractitionerId;
use serde::{Deserialize, Serialize};

use super::text::{Email, InvalidText, Language};

/// The authority a practice answers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Authority {
    /// France.
    Cnil,
    /// Morocco.
    Cndp,
}

/// Who the controller is, as the privacy notice names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// The practice's name.
    pub name: String,
    /// Its postal address.
    pub address: String,
    /// Where a person writes to about their data.
    pub email: Email,
    /// How the data-protection officer is reached, where there is one.
    pub dpo: Option<String>,
    /// The authority.
    pub authority: Authority,
    /// The declaration's or authorisation's number, where the authority gives one.
    pub registration: Option<String>,
}

/// Optional fields; what is not instructed is refused by the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// E-mail addresses.
    pub email: bool,
    /// Birth dates.
    pub birth_date: bool,
    /// The appointment type's public label.
    pub reason: bool,
}

/// Which messages are sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminders {
    /// How many hours before; at most three, each 1 to 168.
    pub hours_before: Vec<u8>,
    /// Whether the person is asked afterwards how it was, without health data.
    pub survey: bool,
}

/// The instruction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instruction {
    /// Rises by one with each.
    pub version: u32,
    /// When the controller signed it.
    pub signed_on: NaiveDate,
    /// From when on data may be held.
    pub from_on: NaiveDate,
    /// Who gives it.
    pub controller: Controller,
    /// For which practitioners.
    pub practitioners: Vec<PractitionerId>,
    /// Which optional fields.
    pub fields: Fields,
    /// Which messages.
    pub reminders: Reminders,
    /// Whether people may put themselves on the waiting list.
    pub waiting_list: bool,
    /// The language where a person chose none.
    pub language: Language,
}

impl Instruction {
    /// Whether its parts are of their form.
    ///
    /// # Errors
    /// Names the part that is not.
    pub fn check(&self) -> Result<(), InvalidText> {
        let line = |text: &str, most: usize| {
            !text.trim().is_empty()
                && text.chars().count() <= most
                && !text.chars().any(|c| c.is_control() && c != '\n')
        };
        let c = &self.controller;
        let optional = |text: &Option<String>| text.as_ref().is_none_or(|t| line(t, 200));
        let texts = line(&c.name, 120) && line(&c.address, 300) && optional(&c.dpo) && optional(&c.registration);
        if !texts {
            return Err(InvalidText { kind: "Instruction.controller" });
        }
        if self.practitioners.is_empty() || self.practitioners.len() > 200 {
            return Err(InvalidText { kind: "Instruction.practitioners" });
        }
        let hours = &self.reminders.hours_before;
        if hours.len() > 3 || hours.iter().any(|h| !(1..=168).contains(h)) {
            return Err(InvalidText { kind: "Instruction.reminders" });
        }
        if self.version == 0 { Err(InvalidText { kind: "Instruction.version" }) } else { Ok(()) }
    }
}
