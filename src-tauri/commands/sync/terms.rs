//! What the controller instructs: as the form says it, as the portal reads it, and what to begin with.

use crate::sync::{Authority, Controller, Fields, Instruction, Language, Reminders};
use chrono::NaiveDate;
use domain::country::Country;
use domain::id::PractitionerId;

use super::wire::InstructionTerms;
use crate::commands::{CommandError, Desk};
use crate::store::{self, Connection};

/// How far ahead free slots are published, where nobody said otherwise.
const HORIZON: i64 = 60;
/// The furthest.
const FURTHEST: i64 = 365;

fn date(text: &str) -> Result<NaiveDate, CommandError> {
    text.trim().parse().map_err(|_| CommandError::field("bad_date", "from_on"))
}

fn optional(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The terms as the portal reads them.
///
/// # Errors
/// `bad_date`, `bad_email`, `unknown_word`, `out_of_range`, `terms_incomplete` with the part that is not of its form.
pub(super) fn instruction(
    terms: &InstructionTerms,
    country: Country,
    (version, signed_on): (i64, NaiveDate),
) -> Result<Instruction, CommandError> {
    let hours: Vec<u8> = terms
        .reminder_hours
        .iter()
        .map(|hours| u8::try_from(*hours).map_err(|_| CommandError::field("out_of_range", "reminder_hours")))
        .collect::<Result<_, _>>()?;
    let instruction = Instruction {
        version: u32::try_from(version).map_err(|_| CommandError::field("out_of_range", "version"))?,
        signed_on,
        from_on: date(&terms.from_on)?,
        controller: Controller {
            name: terms.controller.trim().to_owned(),
            address: terms.controller_address.trim().to_owned(),
            email: terms
                .controller_email
                .trim()
                .parse()
                .map_err(|_| CommandError::field("bad_email", "controller_email"))?,
            dpo: optional(&terms.officer),
            authority: if country == Country::MA { Authority::Cndp } else { Authority::Cnil },
            registration: optional(&terms.registration),
        },
        practitioners: terms.practitioners.clone(),
        fields: Fields { email: terms.email, birth_date: terms.birth_date, reason: terms.reason },
        reminders: Reminders { hours_before: hours, survey: terms.survey },
        waiting_list: terms.waiting_list,
        language: terms.language.parse::<Language>().map_err(|_| CommandError::field("unknown_word", "language"))?,
    };
    instruction.check().map_err(|invalid| {
        let field = match invalid.kind {
            "Instruction.practitioners" => "practitioners",
            "Instruction.reminders" => "reminder_hours",
            _ => "controller",
        };
        CommandError::field("terms_incomplete", field)
    })?;
    Ok(instruction)
}

/// Terms that can be signed today: of their form, about practitioners who are here, not from a day that is over.
///
/// # Errors
/// As [`instruction`], and `practitioner_not_found`, `date_in_past`.
pub(super) async fn checked(
    desk: &Desk,
    connection: &mut Connection,
    terms: InstructionTerms,
    version: i64,
) -> Result<(InstructionTerms, Instruction), CommandError> {
    let today = desk.wall_now().date();
    if !(1..=FURTHEST).contains(&terms.horizon_days) {
        return Err(CommandError::field("out_of_range", "horizon_days"));
    }
    let terms = tidied(terms);
    let instruction = instruction(&terms, desk.premises().country, (version, today))?;
    if instruction.from_on < today {
        return Err(CommandError::field("date_in_past", "from_on"));
    }
    let all = store::practice::practitioners(connection).await?;
    if !terms.practitioners.iter().all(|id| all.iter().any(|one| one.id == *id && one.active)) {
        return Err(CommandError::field("practitioner_not_found", "practitioners"));
    }
    Ok((terms, instruction))
}

fn tidied(mut terms: InstructionTerms) -> InstructionTerms {
    terms.practitioners.sort_unstable();
    terms.practitioners.dedup();
    terms.reminder_hours.sort_unstable_by(|a, b| b.cmp(a));
    terms.reminder_hours.dedup();
    terms
}

async fn offering(connection: &mut Connection) -> Result<Vec<PractitionerId>, CommandError> {
    let all = store::practice::practitioners(connection).await?;
    Ok(all.into_iter().filter(|one| one.active).map(|one| one.id).collect())
}

/// Terms to begin with, from what the practice wrote of itself: every practitioner, every optional field off.
pub(super) async fn proposal(desk: &Desk, connection: &mut Connection) -> Result<InstructionTerms, CommandError> {
    let sites = store::practice::sites(connection).await?;
    let written = store::registers::settings(connection).await?;
    let premises = desk.premises();
    let address = sites.iter().find(|site| site.active).map(|site| {
        let town = format!("{} {}", site.postcode, site.city).trim().to_owned();
        [site.address.trim().to_owned(), town]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    });
    let mut practitioners = offering(connection).await?;
    practitioners.sort_unstable();
    Ok(InstructionTerms {
        practitioners,
        email: false,
        birth_date: false,
        reason: false,
        from_on: desk.wall_now().date().to_string(),
        reminder_hours: vec![48],
        survey: false,
        waiting_list: false,
        horizon_days: HORIZON,
        language: if premises.country == Country::MA { "ar" } else { "fr" }.to_owned(),
        controller: if written.controller.is_empty() { premises.name } else { written.controller },
        controller_address: address.unwrap_or_default(),
        controller_email: String::new(),
        officer: [written.officer, written.officer_contact]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        registration: written.declaration,
    })
}

/// The fullest terms: what a preview before any instruction shows.
pub(super) async fn fullest(desk: &Desk, connection: &mut Connection) -> Result<InstructionTerms, CommandError> {
    let proposed = proposal(desk, connection).await?;
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    Ok(InstructionTerms {
        email: true,
        birth_date: true,
        reason: true,
        waiting_list: true,
        controller_address: or(proposed.controller_address, "–"),
        controller_email: or(proposed.controller_email, "donnees@exemple.fr"),
        ..proposed
    })
}
