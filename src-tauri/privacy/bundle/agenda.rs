//! Appointments.

use chrono::{Days, NaiveDate};
use fhir::export::{Appointment, CodeableConcept, Identifier, Participant, Reference, text};

use super::{Maker, at, id};
use crate::privacy::dossier::Appointment as Held;

/// The status as FHIR has it, and whether the person takes part.
fn status(word: &str) -> (&'static str, &'static str) {
    match word {
        "requested" => ("proposed", "needs-action"),
        "booked" => ("booked", "accepted"),
        "confirmed" => ("booked", "accepted"),
        "arrived" => ("arrived", "accepted"),
        "in_consultation" => ("checked-in", "accepted"),
        "done" => ("fulfilled", "accepted"),
        "no_show" => ("noshow", "declined"),
        "deleted" => ("entered-in-error", "declined"),
        // Called off, or came and left unseen.
        _ => ("cancelled", "declined"),
    }
}

/// From when to when. A walk-in has no hour: from when they came, or some time that day.
fn span(one: &Held) -> (String, String) {
    let between = |wall: &str, minutes: i64| {
        let start = at(wall, &one.zone, 0)?;
        let end = at(wall, &one.zone, minutes.max(1))?;
        Some((start, end))
    };
    let timed = one.starts.as_deref().or(one.arrived.as_deref()).or(one.seated.as_deref());
    let whole_day = || {
        let day: NaiveDate = one.day.parse().ok()?;
        let next = day.checked_add_days(Days::new(1))?;
        Some((at(&format!("{day}T00:00"), &one.zone, 0)?, at(&format!("{next}T00:00"), &one.zone, 0)?))
    };
    timed.and_then(|wall| between(wall, one.minutes)).or_else(whole_day).unwrap_or_default()
}

impl Maker<'_> {
    pub(super) fn agenda(&mut self) {
        for one in &self.dossier.appointments {
            let (word, part) = status(&one.status);
            let (start, end) = span(one);
            let ended = word == "cancelled" || word == "noshow";
            let reason = if one.status == "left" { "left unseen" } else { one.cancel_reason.as_str() };
            let appointment = Appointment {
                identifier: vec![Identifier {
                    value: one.code.clone(),
                    assigner: Some(Reference::to(self.practice, "")),
                    ..Identifier::default()
                }],
                status: word.to_owned(),
                cancelation_reason: CodeableConcept::words(reason).filter(|_| ended),
                service_type: CodeableConcept::words(&one.type_name).into_iter().collect(),
                appointment_type: (one.origin == "walk_in")
                    .then(|| fhir::export::codes::hl7("v2-0276", "WALKIN", "A previously unscheduled walk-in visit")),
                start,
                end,
                minutes_duration: u32::try_from(one.minutes).ok().filter(|minutes| *minutes > 0),
                comment: text(&one.note),
                participant: vec![
                    Participant { actor: self.subject(), status: part.to_owned() },
                    Participant {
                        actor: Some(Reference::to(id(&one.practitioner_id), &one.practitioner)),
                        status: if word == "proposed" { "needs-action" } else { "accepted" }.to_owned(),
                    },
                ],
                ..Appointment::default()
            };
            self.bundle.add(id(&one.id), appointment);
        }
    }
}
