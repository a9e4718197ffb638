//! Taking back what was planned: the row as it was, where nobody changed it since.

use domain::id::PractitionerId;
use domain::time::day_number;
use serde::{Deserialize, Serialize};

use crate::commands::CommandError;
use crate::commands::desk::Change;
use crate::journal::ChangeRecord;
use crate::store::journal::JournalRow;
use crate::store::opening::{self, Hours};
use crate::store::planned::{Planned, holiday_change, save_holiday_change};
use crate::store::planning::{Block, HolidayChange, Locum, Opening, SchoolHoliday};

fn meanwhile() -> CommandError {
    CommandError::new("changed_meanwhile")
}

fn damaged() -> CommandError {
    CommandError::new("journal_damaged")
}

/// Takes an entry back; none where it is about something else.
///
/// # Errors
/// `changed_meanwhile`, `journal_damaged`.
pub(in crate::commands) async fn take_back(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<Option<ChangeRecord>, CommandError> {
    Ok(Some(match record.kind.as_str() {
        Opening::KIND => planned::<Opening>(change, row, record).await?,
        Block::KIND => planned::<Block>(change, row, record).await?,
        Locum::KIND => planned::<Locum>(change, row, record).await?,
        SchoolHoliday::KIND => planned::<SchoolHoliday>(change, row, record).await?,
        "holiday_change" => holiday(change, row, record).await?,
        "hours" => hours(change, row, record).await?,
        _ => return Ok(None),
    }))
}

async fn planned<T: Planned>(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<ChangeRecord, CommandError> {
    let id = row.subject_id.parse().map_err(|_| damaged())?;
    let now = T::read(change.connection(), id).await?.ok_or_else(meanwhile)?;
    if !record.still_holds(&now) {
        return Err(meanwhile());
    }
    let back = match record.before {
        Some(_) => record.reverted(&now).ok_or_else(damaged)?,
        None => now.taken_back(),
    };
    back.save(change.connection()).await?;
    Ok(ChangeRecord::updated(T::KIND, &now, &back))
}

async fn holiday(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<ChangeRecord, CommandError> {
    let date: chrono::NaiveDate = row.subject_id.parse().map_err(|_| damaged())?;
    let now = holiday_change(change.connection(), day_number(date)).await?;
    if !record.still_holds(&now) {
        return Err(meanwhile());
    }
    let back: HolidayChange = record.reverted(&now).ok_or_else(damaged)?;
    save_holiday_change(change.connection(), &back).await?;
    Ok(ChangeRecord::updated("holiday_change", &now, &back))
}

/// The whole weekly template of a practitioner, as `set_hours` says it.
#[derive(Serialize, Deserialize)]
struct Template {
    hours: Vec<Hours>,
}

async fn hours(change: &mut Change<'_>, row: &JournalRow, record: &ChangeRecord) -> Result<ChangeRecord, CommandError> {
    let of: PractitionerId = row.subject_id.parse().map_err(|_| damaged())?;
    let now = Template { hours: opening::hours(change.connection(), Some(of)).await? };
    if !record.still_holds(&now) {
        return Err(meanwhile());
    }
    let back: Template = record.reverted(&now).ok_or_else(damaged)?;
    opening::replace_hours(change.connection(), of, &[1, 2, 3, 4, 5, 6, 7], &back.hours).await?;
    Ok(ChangeRecord::updated("hours", &now, &back))
}
