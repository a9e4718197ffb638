//! The demonstration practice: a vault of its own beside the practice's, made the first time, with four practitioners and a
//! full day. Its password is known to everybody, and said so; nothing real belongs in it.

use std::sync::Arc;

use domain::agenda::status::Status;
use domain::country::Country;
use domain::time::day_number;

use super::create::make_practice;
use super::doorstep::Doorstep;
use super::session_view;
use super::sign_in::{leave, open};
use super::wire::{CreatePracticeRequest, OpenDemonstrationRequest, PreferencesView, SessionView, SignInRequest};
use crate::commands::access::save_preferences;
use crate::commands::practice::save_practitioner;
use crate::commands::practice::wire::SavePractitionerRequest;
use crate::commands::takeover::seed::{Plan, seed};
use crate::commands::{CommandError, Desk};
use crate::store;

/// Login of the demonstration.
pub const LOGIN: &str = "demo";
/// Its password: no secret.
pub const PASSWORD: &str = "Semainier-demo-2026";

/// Opens the demonstration practice, and makes it the first time.
///
/// # Errors
/// What the folder refuses.
pub async fn open_demonstration(
    doorstep: &Doorstep,
    request: OpenDemonstrationRequest,
) -> Result<SessionView, CommandError> {
    doorstep.choose_demonstration(true);
    match seated(doorstep, &request.language).await {
        Ok(desk) => {
            let view = session_view(&desk).await?;
            leave(doorstep, doorstep.seat(Some(desk)), "signed_out").await;
            Ok(view)
        }
        Err(error) => {
            doorstep.choose_demonstration(false);
            Err(error)
        }
    }
}

async fn seated(doorstep: &Doorstep, language: &str) -> Result<Arc<Desk>, CommandError> {
    let fresh = !doorstep.has_vault();
    let arabic = language == "ar";
    if fresh {
        let request = CreatePracticeRequest {
            practice: if arabic { "عيادة السبعة أيام" } else { "Cabinet des Sept Jours" }.to_owned(),
            country: if arabic { Country::MA } else { Country::FR },
            site: String::new(),
            zone: if arabic { "Africa/Casablanca" } else { "Europe/Paris" }.to_owned(),
            login: LOGIN.to_owned(),
            name: if arabic { "د. لوفيفر" } else { "Dr Lefèvre" }.to_owned(),
            role: "practitioner".to_owned(),
            speciality: if arabic { "طب عام" } else { "Médecine générale" }.to_owned(),
            password: PASSWORD.to_owned(),
            language: language.to_owned(),
        };
        make_practice(doorstep, request, true).await?;
    }
    let sign_in = SignInRequest { login: LOGIN.to_owned(), password: PASSWORD.to_owned() };
    let (desk, _) = open(doorstep, sign_in).await?;
    if fresh {
        let others = if arabic {
            [("د. بنجلون", "طب عام"), ("د. أيت أوهمان", "أمراض القلب"), ("د. الإدريسي", "طب الأطفال")]
        } else {
            [("Dr Benjelloun", "Médecine générale"), ("Dr Aït-Ouahmane", "Cardiologie"), ("Dr Nguyễn", "Pédiatrie")]
        };
        for (name, speciality) in others {
            let request = SavePractitionerRequest {
                id: None,
                name: name.to_owned(),
                speciality: speciality.to_owned(),
                rpps: String::new(),
                inpe: String::new(),
                site_id: None,
                active: true,
            };
            save_practitioner(&desk, request).await?;
        }
        let plan = Plan {
            patients: 400,
            appointments: 4 * 17 * 522,
            practitioners: 4,
            days_back: 365,
            days_ahead: 365,
            seed: 7,
            open_today: true,
        };
        seed(&desk, plan).await?;
        morning(&desk).await?;
        super::reception::fill(&desk, arabic).await?;
    }
    let mut preferences = session_view(&desk).await?.preferences;
    if preferences.language != language {
        preferences = PreferencesView { language: language.to_owned(), ..preferences };
        save_preferences(&desk, preferences).await?;
    }
    Ok(desk)
}

/// How many minutes every other practitioner runs late: what a waiting room looks like.
const LATE: i64 = 20;

/// Makes today look like a day at this hour: what is over is done, one patient of each practitioner is in consultation, who
/// is due has arrived, the rest is to come.
async fn morning(desk: &Desk) -> Result<(), CommandError> {
    let now = desk.wall_now();
    let today = day_number(now.date());
    let mut tx = desk.store().write().await?;
    for (place, practitioner) in store::practice::practitioners(&mut tx).await?.into_iter().enumerate() {
        let late = if place % 2 == 1 { LATE } else { 0 };
        for named in store::agenda::timed_of(&mut tx, practitioner.id, today, 1).await? {
            let mut a = named.appointment;
            let Some(starts) = a.starts else { continue };
            let begins = starts + late;
            let ends = begins + a.minutes;
            if ends <= now.minutes() {
                a.status = Status::Done;
            } else if begins <= now.minutes() {
                a.status = Status::InConsultation;
            } else if starts - now.minutes() <= 15 {
                a.status = Status::Arrived;
            }
            if a.status != Status::Cancelled {
                a.cancelled_by = None;
            }
            if matches!(a.status, Status::Done | Status::InConsultation | Status::Arrived) {
                // Some are early, some late: what a waiting room looks like.
                a.arrived = Some((starts - 12).min(now.minutes() - 4));
            }
            a.seated = matches!(a.status, Status::Done | Status::InConsultation).then_some(begins);
            a.dismissed = (a.status == Status::Done).then_some(ends);
            store::agenda::update(&mut tx, &a).await?;
        }
    }
    tx.commit().await.map_err(store::StoreError::from)?;
    Ok(())
}
