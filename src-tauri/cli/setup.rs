//! Making a practice and setting it up.

use std::path::PathBuf;

use serde_json::json;

use super::arguments::{Hours, Init, Practitioner, Seed, Type, User};
use super::output::Output;
use super::session::{secret, surroundings, user as user_name};
use super::{DONE, Refusal};
use crate::commands::access::wire::{
    AddUserRequest, ChangePasswordRequest, DisableUserRequest, ResetPasswordRequest, UserView,
};
use crate::commands::entrance::create::make_practice;
use crate::commands::entrance::wire::CreatePracticeRequest;
use crate::commands::practice::wire::{
    HoursLine, PracticeView, SavePractitionerRequest, SaveTypeRequest, SetHoursRequest,
};
use crate::commands::wire::NothingRequest;
use crate::commands::{Desk, Doorstep, access, practice, takeover};
use domain::id::{PractitionerId, TypeId};

/// `init`.
pub async fn init(vault: Option<PathBuf>, init: Init, output: &Output) -> Result<u8, Refusal> {
    let doorstep = Doorstep::new(surroundings(vault));
    let country = init.country.to_uppercase().parse().map_err(|_| Refusal::field("unknown_word", "country"))?;
    let request = CreatePracticeRequest {
        practice: init.practice,
        country,
        site: init.site,
        zone: init.zone,
        login: user_name()?,
        name: init.name,
        role: init.role,
        speciality: init.speciality,
        password: secret("SEMAINIER_PASSWORD_FILE")?,
        language: init.language,
    };
    let (recovery_key, clinical_recovery_key) = make_practice(&doorstep, request, false).await?;
    output.view(&json!({
        "vault": doorstep.folder(),
        "recovery_key": recovery_key,
        "clinical_recovery_key": clinical_recovery_key,
    }));
    Ok(DONE)
}

async fn user_by_login(desk: &Desk, login: &str) -> Result<UserView, Refusal> {
    let all = access::list_users(desk, NothingRequest {}).await?;
    all.users.into_iter().find(|user| user.login == login).ok_or_else(|| Refusal::field("user_not_found", "user"))
}

/// `user`.
pub async fn user(desk: &Desk, command: User, output: &Output) -> Result<(), Refusal> {
    match command {
        User::Add { user, name, role, administrator, practitioner } => {
            let practitioner_id = match practitioner {
                Some(text) => Some(practitioner_id(&known(desk).await?, &text)?),
                None => None,
            };
            let password = secret("SEMAINIER_NEW_PASSWORD_FILE")?;
            let request = AddUserRequest { login: user, name, role, administrator, practitioner_id, password };
            output.view(&access::add_user(desk, request).await?);
        }
        User::List => {
            for user in access::list_users(desk, NothingRequest {}).await?.users {
                output.view(&user);
            }
        }
        User::Disable { user } => {
            let id = user_by_login(desk, &user).await?.id;
            output.view(&access::disable_user(desk, DisableUserRequest { id }).await?);
        }
        User::Reset { user } => {
            let id = user_by_login(desk, &user).await?.id;
            let new_password = secret("SEMAINIER_NEW_PASSWORD_FILE")?;
            output.view(&access::reset_password(desk, ResetPasswordRequest { id, new_password }).await?);
        }
        User::Password => {
            let request = ChangePasswordRequest {
                password: secret("SEMAINIER_PASSWORD_FILE")?,
                new_password: secret("SEMAINIER_NEW_PASSWORD_FILE")?,
            };
            output.view(&access::change_password(desk, request).await?);
        }
    }
    Ok(())
}

/// The practice, to find names in.
pub async fn known(desk: &Desk) -> Result<PracticeView, Refusal> {
    practice::show_practice(desk, NothingRequest {}).await
}

/// The only one of the given names, or what to say.
fn only<T>(mut found: impl Iterator<Item = T>, field: &str, missing: &str) -> Result<T, Refusal> {
    let first = found.next().ok_or_else(|| Refusal::field(missing, field))?;
    if found.next().is_some() {
        return Err(Refusal::field("ambiguous_name", field));
    }
    Ok(first)
}

/// A practitioner by id or exact name.
pub fn practitioner_id(known: &PracticeView, text: &str) -> Result<PractitionerId, Refusal> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let named = known.practitioners.iter().filter(|one| one.name == text).map(|one| one.id);
    only(named, "practitioner", "practitioner_not_found")
}

/// A type by id or exact name.
pub fn type_id(known: &PracticeView, text: &str) -> Result<TypeId, Refusal> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    only(known.types.iter().filter(|one| one.name == text).map(|one| one.id), "type", "type_not_found")
}

/// `practitioner`.
pub async fn practitioner(desk: &Desk, command: Practitioner, output: &Output) -> Result<(), Refusal> {
    match command {
        Practitioner::Add { name, rpps, inpe, speciality } => {
            let request =
                SavePractitionerRequest { id: None, name, speciality, rpps, inpe, site_id: None, active: true };
            output.view(&practice::save_practitioner(desk, request).await?);
        }
        Practitioner::List => {
            for one in known(desk).await?.practitioners {
                output.view(&one);
            }
        }
    }
    Ok(())
}

/// `type`.
pub async fn appointment_type(desk: &Desk, command: Type, output: &Output) -> Result<(), Refusal> {
    match command {
        Type::Add {
            name,
            minutes,
            colour,
            short,
            buffer,
            online,
            needs_approval,
            instructions,
            price,
            provider_time,
            practitioner,
        } => {
            let known = known(desk).await?;
            let request = SaveTypeRequest {
                id: None,
                name,
                short_name: short,
                minutes,
                colour,
                active: true,
                buffer_minutes: buffer,
                online,
                needs_approval,
                instructions,
                price_cents: price,
                provider_time,
                practitioners: practitioner
                    .iter()
                    .map(|text| practitioner_id(&known, text))
                    .collect::<Result<Vec<_>, _>>()?,
                sites: Vec::new(),
                resource_kinds: Vec::new(),
            };
            output.view(&practice::save_type(desk, request).await?);
        }
        Type::List => {
            for one in known(desk).await?.types {
                output.view(&one);
            }
        }
    }
    Ok(())
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(super) fn weekdays(text: &str) -> Result<Vec<u32>, Refusal> {
    let bad = || Refusal::field("bad_hours", "days");
    let day = |name: &str| {
        let place = WEEKDAYS.iter().position(|day| *day == name.trim().to_lowercase()).ok_or_else(bad)?;
        u32::try_from(place + 1).map_err(|_| bad())
    };
    let mut days = Vec::new();
    for part in text.split(',') {
        match part.split_once('-') {
            Some((from, to)) => {
                let (from, to) = (day(from)?, day(to)?);
                if from > to {
                    return Err(bad());
                }
                days.extend(from..=to);
            }
            None => days.push(day(part)?),
        }
    }
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

pub(super) fn minute(text: &str, field: &str) -> Result<i64, Refusal> {
    let bad = || Refusal::field("bad_hours", field);
    let (hour, minute) = text.split_once(':').ok_or_else(bad)?;
    let (hour, minute): (i64, i64) = (hour.parse().map_err(|_| bad())?, minute.parse().map_err(|_| bad())?);
    if (0..=24).contains(&hour) && (0..60).contains(&minute) && hour * 60 + minute <= 1440 {
        Ok(hour * 60 + minute)
    } else {
        Err(bad())
    }
}

/// `hours`.
pub async fn hours(desk: &Desk, command: Hours, output: &Output) -> Result<(), Refusal> {
    let Hours::Set { practitioner, days, from, to, weeks } = command;
    if from.len() != to.len() {
        return Err(Refusal::field("bad_hours", "to"));
    }
    let practitioner_id = practitioner_id(&known(desk).await?, &practitioner)?;
    let weekdays = weekdays(&days)?;
    let mut lines = Vec::new();
    for weekday in &weekdays {
        for (from, to) in from.iter().zip(&to) {
            lines.push(HoursLine {
                weekday: *weekday,
                from: minute(from, "from")?,
                to: minute(to, "to")?,
                valid_from: None,
                valid_until: None,
                weeks: weeks.clone(),
            });
        }
    }
    output.view(&practice::set_hours(desk, SetHoursRequest { practitioner_id, weekdays, lines }).await?);
    Ok(())
}

/// `seed`.
pub async fn seed(desk: &Desk, seed: Seed, output: &Output) -> Result<(), Refusal> {
    let plan = takeover::seed::Plan {
        patients: seed.patients,
        appointments: seed.appointments,
        practitioners: seed.practitioners,
        days_back: seed.years.saturating_sub(1).saturating_mul(365),
        days_ahead: if seed.years == 0 { 0 } else { 365 },
        seed: seed.seed,
        open_today: false,
    };
    let (patients, appointments) = takeover::seed::seed(desk, plan).await?;
    output.view(&json!({ "patients": patients, "appointments": appointments }));
    Ok(())
}
