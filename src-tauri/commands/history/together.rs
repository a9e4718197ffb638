//! Undo of what belongs together: the entries of one group are taken back all of them or none. Appointments that changed
//! places among themselves are set aside first, so that each finds its own free again.

use domain::id::{AppointmentId, SeriesId, WaitingEntryId};

use super::undo::{appointment_back, meanwhile};
use crate::commands::desk::Change;
use crate::commands::sync::NEVER;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::agenda::Appointment;
use crate::store::journal::JournalRow;
use crate::store::series::Series;
use crate::store::waiting_list::WaitingEntry;
use crate::store::{self, StoreError};

fn damaged<T>(_: T) -> CommandError {
    CommandError::new("journal_damaged")
}

/// The entries of a group, newest first: they stand side by side, since one transaction wrote them.
pub(super) async fn group(
    desk: &Desk,
    change: &mut Change<'_>,
    row: JournalRow,
    record: ChangeRecord,
) -> Result<Vec<(JournalRow, ChangeRecord)>, CommandError> {
    let name = record.group.clone();
    let at = row.sequence;
    let mut all = vec![(row, record)];
    for step in [1, -1] {
        let mut sequence = at + step;
        while let Some(row) = store::journal::entry(change.connection(), sequence).await? {
            match desk.open_entry(change.connection(), &row).await? {
                Some(record) if record.group == name => all.push((row, record)),
                _ => break,
            }
            sequence += step;
        }
    }
    all.sort_by_key(|(row, _)| std::cmp::Reverse(row.sequence));
    Ok(all)
}

/// Takes a group back and journals it, as a group again. Returns the last entry.
pub(super) async fn whole(
    change: &mut Change<'_>,
    group: Vec<(JournalRow, ChangeRecord)>,
) -> Result<i64, CommandError> {
    let mut back: Vec<(Appointment, Appointment)> = Vec::new();
    for (row, record) in group.iter().filter(|(_, record)| record.kind == "appointment") {
        let id: AppointmentId = row.subject_id.parse().map_err(damaged)?;
        let now = store::agenda::appointment(change.connection(), id).await?.ok_or_else(meanwhile)?;
        if !record.still_holds(&now) {
            return Err(meanwhile());
        }
        let before = appointment_back(record, &now)?;
        back.push((now, before));
    }
    let aside: Vec<AppointmentId> = back.iter().map(|(now, _)| now.id).collect();
    store::series::set_aside(change.connection(), &aside).await?;
    for (_, before) in &back {
        store::agenda::update(change.connection(), before).await.map_err(|error| match error {
            StoreError::NotFound => meanwhile(),
            other => other.into(),
        })?;
    }
    change.begin_group();
    let mut appointments = back.into_iter();
    let mut last = 0;
    for (row, record) in group {
        let mut undone = match record.kind.as_str() {
            "appointment" => {
                let (now, before) = appointments.next().ok_or_else(meanwhile)?;
                ChangeRecord::updated("appointment", &now, &Appointment { revision: now.revision + 1, ..before })
            }
            "series" => series(change, &row, &record).await?,
            "waiting_entry" => waiting_entry(change, &row, &record).await?,
            // What was booked as never to be told is not told as taken back either: the mark stays.
            NEVER => ChangeRecord { before: record.after.clone(), after: record.after.clone(), ..record.clone() },
            _ => return Err(CommandError::new("nothing_to_undo")),
        };
        undone.undoes = Some(row.sequence);
        // A patient's own views show what hangs on them.
        change.touch("agenda", &row.owner_id);
        last = change.record("agenda", &row.subject_id, Some(&row.owner_id), &undone).await?;
    }
    Ok(last)
}

async fn series(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<ChangeRecord, CommandError> {
    let id: SeriesId = row.subject_id.parse().map_err(damaged)?;
    let now = store::series::series(change.connection(), id).await?.ok_or_else(meanwhile)?;
    if !record.still_holds(&now) {
        return Err(meanwhile());
    }
    if record.before.is_none() {
        store::series::remove(change.connection(), id).await?;
        return Ok(ChangeRecord::removed("series", &now));
    }
    let before: Series = record.reverted(&now).ok_or_else(|| damaged(()))?;
    store::series::save(change.connection(), &before).await?;
    Ok(ChangeRecord::updated("series", &now, &before))
}

/// Puts an entry of the waiting list back as it was; one that was just added is taken off.
pub(super) async fn waiting_entry(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<ChangeRecord, CommandError> {
    let id: WaitingEntryId = row.subject_id.parse().map_err(damaged)?;
    let now = store::waiting_list::entry(change.connection(), id).await?.ok_or_else(meanwhile)?;
    if !record.still_holds(&now) {
        return Err(meanwhile());
    }
    let before = match record.before {
        Some(_) => record.reverted(&now).ok_or_else(|| damaged(()))?,
        None => WaitingEntry { closed: Some(domain::agenda::waiting_list::Standing::Removed), ..now.clone() },
    };
    store::waiting_list::save(change.connection(), &before, false).await.map_err(|error| match error {
        StoreError::NotFound => meanwhile(),
        other => other.into(),
    })?;
    Ok(ChangeRecord::updated("waiting_entry", &now, &WaitingEntry { revision: now.revision + 1, ..before }))
}
