//! Undo: what an entry changed is put back, where nobody changed it since and no rule refuses it now.

use chrono::{DateTime, TimeDelta, Utc};
use domain::agenda::status::Status;
use domain::id::AppointmentId;
use domain::role::Permission;

use super::together::{self, group, whole};
use super::wire::{UndoRequest, UndoneView};
use crate::commands::clock::instant_text;
use crate::commands::desk::Change;
use crate::commands::queue::turns::Turns;
use crate::commands::{CommandError, Desk, planning, prescription, registers};
use crate::journal::ChangeRecord;
use crate::store::agenda::Appointment;
use crate::store::call::Call;
use crate::store::contact::{Consent, ContactPerson};
use crate::store::journal::JournalRow;
use crate::store::opening::Absence;
use crate::store::patient::Patient;
use crate::store::planned::Planned as _;
use crate::store::record_text::{Abbreviation, Template};
use crate::store::{self, StoreError};

/// How long a change can be undone, in minutes. Messages to patients wait for it.
pub const WINDOW: i64 = 10;

/// Commands that undo knows how to take back, and the permission each needs again.
fn permission_of(command: &str) -> Option<Permission> {
    Some(match command {
        "book_appointment"
        | "book_walk_in"
        | "move_appointment"
        | "update_appointment"
        | "set_status"
        | "cancel_appointment"
        | "call_next"
        | "place_in_queue"
        | "accept_portal_request"
        | "decline_portal_request"
        | "rebook_appointments" => Permission::ChangeAgenda,
        "create_patient" | "update_patient" | "save_contact" | "remove_contact" | "give_consent"
        | "withdraw_consent" => Permission::ChangePatients,
        "note_call" | "close_call" => Permission::NoteCalls,
        "answer_call" => Permission::AnswerCalls,
        "merge_patients" => Permission::MergePatients,
        "book_series" | "change_series" | "cancel_series" | "book_row" => Permission::ChangeAgenda,
        "add_to_waiting_list" | "update_waiting_entry" | "remove_from_waiting_list" | "record_offer" => {
            Permission::ChangeAgenda
        }
        "add_absence" | "remove_absence" | "add_opening" | "remove_opening" | "save_locum" | "remove_locum" => {
            Permission::ChangeAgenda
        }
        "set_hours"
        | "save_block"
        | "remove_block"
        | "set_holiday"
        | "move_holiday"
        | "save_school_holiday"
        | "remove_school_holiday" => Permission::ManageSettings,
        "save_template" | "remove_template" | "save_abbreviation" | "remove_abbreviation" => Permission::WriteClinical,
        "save_prescription_set" | "remove_prescription_set" | "save_letter_template" | "remove_letter_template" => {
            Permission::WriteClinical
        }
        "save_activity"
        | "save_processor"
        | "give_instruction"
        | "follow_instruction"
        | "save_breach"
        | "save_review"
        | "save_audit"
        | "retire_register"
        | "save_privacy_settings" => Permission::KeepPrivacy,
        _ => return None,
    })
}

/// Undoes an entry of this user on this workstation, or the last that can be undone.
///
/// # Errors
/// `nothing_to_undo`, `undo_too_late`, `undo_not_yours`, `changed_meanwhile`, `slot_taken`, `permission_denied`.
pub async fn undo(desk: &Desk, request: UndoRequest) -> Result<UndoneView, CommandError> {
    // Any entry that can be undone needs at least this; the entry's own permission is asked below.
    let mut change = desk.change(Permission::ReadAgenda, "undo").await?;
    let row = match request.sequence {
        Some(sequence) => store::journal::entry(change.connection(), sequence)
            .await?
            .ok_or_else(|| CommandError::new("nothing_to_undo"))?,
        None => last(desk, &mut change).await?,
    };
    if row.user_id != desk.session().user_id.to_string() {
        return Err(CommandError::new("undo_not_yours"));
    }
    let permission = permission_of(&row.command).ok_or_else(|| CommandError::new("nothing_to_undo"))?;
    if !desk.session().roles.may(permission) {
        return Err(CommandError::new("permission_denied").with("permission", permission.as_str()));
    }
    let at: DateTime<Utc> = row.at.parse().map_err(|_| CommandError::new("journal_damaged"))?;
    if desk.now() - at > TimeDelta::minutes(WINDOW) {
        return Err(CommandError::new("undo_too_late").with("minutes", WINDOW));
    }
    let record =
        desk.open_entry(change.connection(), &row).await?.ok_or_else(|| CommandError::new("nothing_to_undo"))?;
    let (subject, command) = (row.subject_id.clone(), row.command.clone());
    if record.group.is_some() {
        let group = group(desk, &mut change, row, record).await?;
        let sequence = whole(&mut change, group).await?;
        change.commit().await?;
        return Ok(UndoneView { command, subject, sequence });
    }
    let (topic, mut undone) = match record.kind.as_str() {
        "appointment" => ("agenda", appointment(&mut change, &row, &record).await?),
        "patient" => ("patients", patient(&mut change, &row, &record).await?),
        "absence" => ("agenda", absence(&mut change, &row, &record).await?),
        "waiting_entry" => ("agenda", together::waiting_entry(&mut change, &row, &record).await?),
        "contact_person" => ("patients", contact(&mut change, &row, &record).await?),
        "consent" => ("patients", consent(&mut change, &row, &record).await?),
        "call" => ("calls", call(&mut change, &row, &record).await?),
        "queue" => ("agenda", Turns::undo(change.connection(), &record).await?),
        Template::KIND => ("record", planning::undo::planned::<Template>(&mut change, &row, &record).await?),
        Abbreviation::KIND => ("record", planning::undo::planned::<Abbreviation>(&mut change, &row, &record).await?),
        _ => match planning::undo::take_back(&mut change, &row, &record).await? {
            Some(undone) => ("agenda", undone),
            None if let Some(undone) = prescription::take_back(&mut change, &row, &record).await? => {
                ("prescription", undone)
            }
            None if let Some(undone) = registers::take_back(&mut change, &row, &record).await? => ("privacy", undone),
            None => return Err(CommandError::new("nothing_to_undo")),
        },
    };
    undone.undoes = Some(row.sequence);
    // A patient's own views show what hangs on them.
    change.touch(topic, &row.owner_id);
    let sequence = change.record(topic, &row.subject_id, Some(&row.owner_id), &undone).await?;
    change.commit().await?;
    Ok(UndoneView { command, subject, sequence })
}

/// The newest entry of this user here that can be undone and was not.
async fn last(desk: &Desk, change: &mut Change<'_>) -> Result<JournalRow, CommandError> {
    let since = instant_text(desk.now() - TimeDelta::minutes(WINDOW));
    let user = desk.session().user_id.to_string();
    let rows = store::journal::last_of(change.connection(), &user, &desk.workstation, &since).await?;
    let mut taken_back = Vec::new();
    for row in rows {
        if row.command == "undo" {
            if let Some(record) = desk.open_entry(change.connection(), &row).await? {
                taken_back.extend(record.undoes);
            }
        } else if !taken_back.contains(&row.sequence) && permission_of(&row.command).is_some() {
            return Ok(row);
        }
    }
    Err(CommandError::new("nothing_to_undo"))
}

pub(super) fn meanwhile() -> CommandError {
    CommandError::new("changed_meanwhile")
}

async fn appointment(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<ChangeRecord, CommandError> {
    let id: AppointmentId = row.subject_id.parse().map_err(|_| CommandError::new("journal_damaged"))?;
    let now = store::agenda::appointment(change.connection(), id).await?.ok_or_else(meanwhile)?;
    if !record.still_holds(&now) {
        return Err(meanwhile());
    }
    let back = appointment_back(record, &now)?;
    store::agenda::update(change.connection(), &back).await.map_err(|error| match error {
        StoreError::NotFound => meanwhile(),
        other => other.into(),
    })?;
    Ok(ChangeRecord::updated("appointment", &now, &Appointment { revision: now.revision + 1, ..back }))
}

/// An appointment as it was before a change.
pub(super) fn appointment_back(record: &ChangeRecord, now: &Appointment) -> Result<Appointment, CommandError> {
    match record.before {
        Some(_) => record.reverted(now).ok_or_else(|| CommandError::new("journal_damaged")),
        // A booking that is taken back never was: entered in error.
        None => Ok(Appointment { status: Status::Deleted, ..now.clone() }),
    }
}

async fn patient(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<ChangeRecord, CommandError> {
    let id = row.subject_id.parse().map_err(|_| CommandError::new("journal_damaged"))?;
    let now = store::patient::patient(change.connection(), id).await?.ok_or_else(meanwhile)?;
    if !record.still_holds(&now) {
        return Err(meanwhile());
    }
    if record.before.is_none() {
        // A new patient goes again, unless something already hangs on it.
        if !store::patient::remove_new(change.connection(), &now).await? {
            return Err(meanwhile());
        }
        return Ok(ChangeRecord::removed("patient", &now));
    }
    let back: Patient = record.reverted(&now).ok_or_else(|| CommandError::new("journal_damaged"))?;
    store::patient::update(change.connection(), &back).await.map_err(|error| match error {
        StoreError::NotFound => meanwhile(),
        other => other.into(),
    })?;
    Ok(ChangeRecord::updated("patient", &now, &Patient { revision: now.revision + 1, ..back }))
}

async fn absence(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<ChangeRecord, CommandError> {
    let id = row.subject_id.parse().map_err(|_| CommandError::new("journal_damaged"))?;
    let now = store::opening::absence(change.connection(), id).await?.ok_or_else(meanwhile)?;
    let back = match record.before {
        Some(_) => record.reverted(&now).ok_or_else(|| CommandError::new("journal_damaged"))?,
        None => Absence { deleted: true, ..now.clone() },
    };
    store::opening::save_absence(change.connection(), &back).await?;
    Ok(ChangeRecord::updated("absence", &now, &back))
}

async fn contact(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<ChangeRecord, CommandError> {
    let id = row.subject_id.parse().map_err(|_| CommandError::new("journal_damaged"))?;
    let now = store::contact::contact(change.connection(), id).await?.ok_or_else(meanwhile)?;
    if !record.still_holds(&now) {
        return Err(meanwhile());
    }
    let back = match record.before {
        Some(_) => record.reverted(&now).ok_or_else(|| CommandError::new("journal_damaged"))?,
        None => ContactPerson { removed: true, ..now.clone() },
    };
    store::contact::update(change.connection(), &back).await.map_err(|error| match error {
        StoreError::NotFound => meanwhile(),
        other => other.into(),
    })?;
    store::patient::reindex(change.connection(), now.patient_id).await?;
    Ok(ChangeRecord::updated("contact_person", &now, &ContactPerson { revision: now.revision + 1, ..back }))
}

async fn consent(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<ChangeRecord, CommandError> {
    let id = row.subject_id.parse().map_err(|_| CommandError::new("journal_damaged"))?;
    let now = store::contact::consent(change.connection(), id).await?.ok_or_else(meanwhile)?;
    if !record.still_holds(&now) {
        return Err(meanwhile());
    }
    let back = match record.before {
        Some(_) => record.reverted(&now).ok_or_else(|| CommandError::new("journal_damaged"))?,
        None => Consent { removed: true, ..now.clone() },
    };
    store::contact::save_consent(change.connection(), &back).await?;
    Ok(ChangeRecord::updated("consent", &now, &back))
}

async fn call(change: &mut Change<'_>, row: &JournalRow, record: &ChangeRecord) -> Result<ChangeRecord, CommandError> {
    let id = row.subject_id.parse().map_err(|_| CommandError::new("journal_damaged"))?;
    let now = store::call::call(change.connection(), id).await?.ok_or_else(meanwhile)?;
    if !record.still_holds(&now) {
        return Err(meanwhile());
    }
    let back = match record.before {
        Some(_) => record.reverted(&now).ok_or_else(|| CommandError::new("journal_damaged"))?,
        // A call that is taken back was noted in error; a message that was read meanwhile is not taken from its reader.
        None if now.read_at.is_some() || now.answered_at.is_some() => return Err(meanwhile()),
        None => Call { removed: true, ..now.clone() },
    };
    store::call::update(change.connection(), &back).await.map_err(|error| match error {
        StoreError::NotFound => meanwhile(),
        other => other.into(),
    })?;
    Ok(ChangeRecord::updated("call", &now, &Call { revision: now.revision + 1, ..back }))
}
