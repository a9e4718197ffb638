//! The agenda.

use serde_json::{Value, json};

use super::Refusal;
use super::arguments::{Agenda, Book, Cancel, Move, Slots, Status};
use super::output::Output;
use super::setup::{known, practitioner_id, type_id};
use crate::commands::agenda::wire::{
    AppointmentView, BookAppointmentRequest, CancelAppointmentRequest, FindSlotsRequest, MoveAppointmentRequest,
    SetStatusRequest, ShowDaysRequest,
};
use crate::commands::history::wire::UndoRequest;
use crate::commands::{Desk, agenda as appointments, history};
use domain::id::AppointmentId;
use domain::time::WallTime;

fn wall(text: &str) -> Result<WallTime, Refusal> {
    text.parse().map_err(|_| Refusal::field("bad_date", "at"))
}

/// An appointment by its identifier.
pub fn appointment(text: &str) -> Result<AppointmentId, Refusal> {
    text.parse().map_err(|_| Refusal::field("appointment_not_found", "id"))
}

/// An appointment as one line.
pub fn line(a: &AppointmentView) -> Value {
    json!({
        "id": a.id,
        "code": a.code,
        "starts": a.starts.map_or_else(|| a.day.clone(), |starts| starts.to_string()),
        "minutes": a.minutes,
        "status": a.status,
        "practitioner": a.practitioner,
        "patient": if a.patient.is_empty() { &a.patient_arabic } else { &a.patient },
        "type": a.type_name,
        "practitioner_id": a.practitioner_id,
        "patient_id": a.patient_id,
        "type_id": a.type_id,
        "overbooked": a.overbooked,
        "rank": a.rank,
        "note": a.note,
    })
}

/// One that was just changed, with what to undo and what was warned of.
pub fn changed(done: &crate::commands::agenda::wire::ChangedAppointmentView) -> Value {
    let mut line = line(&done.appointment);
    if let Value::Object(fields) = &mut line {
        fields.insert("sequence".to_owned(), done.sequence.into());
        fields.insert("warnings".to_owned(), done.warnings.clone().into());
    }
    line
}

/// `slots`.
pub async fn slots(desk: &Desk, slots: Slots, output: &Output) -> Result<(), Refusal> {
    let known = known(desk).await?;
    let practitioners =
        slots.practitioner.iter().map(|text| practitioner_id(&known, text)).collect::<Result<Vec<_>, _>>()?;
    let request = FindSlotsRequest {
        practitioners,
        type_id: type_id(&known, &slots.type_name)?,
        minutes: None,
        from: slots.from,
        days: slots.days,
        part: slots.part,
        count: slots.count,
    };
    for slot in appointments::find_slots(desk, request).await?.slots {
        output.view(&json!({
            "practitioner": slot.practitioner,
            "practitioner_id": slot.practitioner_id,
            "starts": slot.starts,
            "minutes": slot.minutes,
        }));
    }
    Ok(())
}

/// `book`.
pub async fn book(desk: &Desk, book: Book, output: &Output) -> Result<(), Refusal> {
    let known = known(desk).await?;
    let request = BookAppointmentRequest {
        practitioner_id: practitioner_id(&known, &book.practitioner)?,
        patient_id: Some(book.patient.parse().map_err(|_| Refusal::field("patient_not_found", "patient"))?),
        type_id: type_id(&known, &book.type_name)?,
        starts: wall(&book.at)?,
        minutes: book.minutes,
        origin: "desk".to_owned(),
        overbook: book.overbook,
        note: book.note,
        contact_name: String::new(),
        contact_phone: String::new(),
        never_sync: book.never_sync,
    };
    output.view(&changed(&appointments::book_appointment(desk, request).await?));
    Ok(())
}

/// `move`.
pub async fn move_to(desk: &Desk, change: Move, output: &Output) -> Result<(), Refusal> {
    let practitioner_id = match change.practitioner {
        Some(text) => Some(practitioner_id(&known(desk).await?, &text)?),
        None => None,
    };
    let request = MoveAppointmentRequest {
        id: appointment(&change.id)?,
        revision: None,
        starts: wall(&change.at)?,
        practitioner_id,
        minutes: change.minutes,
        overbook: change.overbook,
    };
    output.view(&changed(&appointments::move_appointment(desk, request).await?));
    Ok(())
}

/// `status`.
pub async fn status(desk: &Desk, change: Status, output: &Output) -> Result<(), Refusal> {
    let request = SetStatusRequest { id: appointment(&change.id)?, status: change.status };
    output.view(&changed(&appointments::set_status(desk, request).await?));
    Ok(())
}

/// `cancel`.
pub async fn cancel(desk: &Desk, cancel: Cancel, output: &Output) -> Result<(), Refusal> {
    let request = CancelAppointmentRequest { id: appointment(&cancel.id)?, by: cancel.by, reason: cancel.reason };
    output.view(&changed(&appointments::cancel_appointment(desk, request).await?));
    Ok(())
}

/// `agenda`.
pub async fn day(desk: &Desk, day: Agenda, output: &Output) -> Result<(), Refusal> {
    let practitioners = match &day.practitioner {
        Some(text) => vec![practitioner_id(&known(desk).await?, text)?],
        None => Vec::new(),
    };
    let view = appointments::show_days(desk, ShowDaysRequest { from: day.date, days: 1, practitioners }).await?;
    let mut all: Vec<&AppointmentView> = view.columns.iter().flat_map(|column| &column.appointments).collect();
    all.sort_by_key(|a| (a.starts.is_none(), a.starts, a.rank));
    for a in all {
        output.view(&line(a));
    }
    Ok(())
}

/// `undo`.
pub async fn undo(desk: &Desk, sequence: Option<i64>, output: &Output) -> Result<(), Refusal> {
    output.view(&history::undo(desk, UndoRequest { sequence }).await?);
    Ok(())
}
