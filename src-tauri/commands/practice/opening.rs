//! Opening hours and absences.

use chrono::NaiveDate;
use domain::agenda::hours::Weeks;
use domain::id::{AbsenceId, HoursId};
use domain::role::Permission;
use domain::time::{WallTime, day_number, from_day_number};

use super::wire::{
    AbsenceView, AddAbsenceRequest, HoursLine, HoursView, OpeningView, PractitionerRequest, RemoveAbsenceRequest,
    SavedView, SetHoursRequest,
};
use crate::commands::wire::DoneView;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store;
use crate::store::opening::{Absence, Hours};

/// Opening hours and the absences that end today or later.
///
/// # Errors
/// `permission_denied`.
pub async fn show_opening(desk: &Desk, request: PractitionerRequest) -> Result<OpeningView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_opening").await?;
    let of = Some(request.practitioner_id);
    let today = day_number(desk.wall_now().date()) * 1440;
    let hours = store::opening::hours(&mut connection, of).await?;
    let first_day = today.div_euclid(1440);
    let mut rules = store::planning::rules(&mut connection, of, first_day, i64::from(i32::MAX)).await?;
    let locums = rules.locums.remove(&request.practitioner_id).unwrap_or_default();
    let mut absences = Vec::new();
    for absence in store::opening::absences(&mut connection, of, today, i64::MAX).await? {
        let whose = absence.practitioner_id;
        let mut hits = store::agenda::count_active(&mut connection, whose, absence.starts, absence.ends).await?;
        for locum in &locums {
            // Who is seen by a locum need not go elsewhere.
            let from = absence.starts.max(locum.first_day * 1440);
            let to = absence.ends.min((locum.last_day + 1) * 1440);
            if from < to {
                hits -= store::agenda::count_active(&mut connection, whose, from, to).await?;
            }
        }
        let hits = hits.max(0);
        absences.push(AbsenceView {
            id: absence.id,
            starts: WallTime::from_minutes(absence.starts).to_string(),
            ends: WallTime::from_minutes(absence.ends).to_string(),
            label: absence.label,
            hits,
        });
    }
    Ok(OpeningView {
        hours: hours
            .into_iter()
            .map(|line| HoursView {
                id: line.id,
                weekday: u32::try_from(line.weekday).unwrap_or(1),
                from: line.from_minute,
                to: line.to_minute,
                valid_from: line.valid_from.map(|day| from_day_number(day).to_string()),
                valid_until: line.valid_until.map(|day| from_day_number(day).to_string()),
                weeks: line.weeks,
            })
            .collect(),
        absences,
    })
}

fn day(text: Option<&str>, field: &str) -> Result<Option<i64>, CommandError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    text.parse::<NaiveDate>().map(|day| Some(day_number(day))).map_err(|_| CommandError::field("bad_date", field))
}

fn line(desk: &Desk, request: &SetHoursRequest, line: &HoursLine) -> Result<Hours, CommandError> {
    if !request.weekdays.contains(&line.weekday) {
        return Err(CommandError::field("bad_hours", "lines"));
    }
    if !(0..1440).contains(&line.from) || line.to <= line.from || line.to > 1440 {
        return Err(CommandError::field("bad_hours", "lines"));
    }
    line.weeks.parse::<Weeks>().map_err(|_| CommandError::field("unknown_word", "weeks"))?;
    let (from, until) =
        (day(line.valid_from.as_deref(), "valid_from")?, day(line.valid_until.as_deref(), "valid_until")?);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err(CommandError::field("bad_hours", "valid_until"));
    }
    Ok(Hours {
        id: HoursId::new(desk.make_id()),
        practitioner_id: request.practitioner_id,
        weekday: i64::from(line.weekday),
        from_minute: line.from,
        to_minute: line.to,
        valid_from: from,
        valid_until: until,
        weeks: line.weeks.clone(),
    })
}

/// Replaces the weekly template of some weekdays.
///
/// # Errors
/// `bad_hours`, `bad_date`, `practitioner_not_found`, `permission_denied`.
pub async fn set_hours(desk: &Desk, request: SetHoursRequest) -> Result<SavedView, CommandError> {
    if request.weekdays.is_empty() || request.weekdays.iter().any(|day| !(1..=7).contains(day)) {
        return Err(CommandError::field("bad_hours", "weekdays"));
    }
    let lines = request.lines.iter().map(|one| line(desk, &request, one)).collect::<Result<Vec<_>, _>>()?;
    let mut change = desk.change(Permission::ManageSettings, "set_hours").await?;
    let of = request.practitioner_id;
    let known = store::practice::practitioners(change.connection()).await?;
    if !known.iter().any(|one| one.id == of) {
        return Err(CommandError::field("practitioner_not_found", "practitioner_id"));
    }
    let before = store::opening::hours(change.connection(), Some(of)).await?;
    store::opening::replace_hours(change.connection(), of, &request.weekdays, &lines).await?;
    let after = store::opening::hours(change.connection(), Some(of)).await?;
    let id = of.to_string();
    let record =
        ChangeRecord::updated("hours", &serde_json::json!({ "hours": before }), &serde_json::json!({ "hours": after }));
    change.record("agenda", &id, None, &record).await?;
    change.commit().await?;
    Ok(SavedView { id })
}

/// Adds an absence. Appointments that it hits stay: somebody has to move them.
///
/// # Errors
/// `bad_date`, `practitioner_not_found`, `permission_denied`.
pub async fn add_absence(desk: &Desk, request: AddAbsenceRequest) -> Result<SavedView, CommandError> {
    let wall = |text: &str, field: &str| -> Result<i64, CommandError> {
        text.parse::<WallTime>().map(WallTime::minutes).map_err(|_| CommandError::field("bad_date", field))
    };
    let after = Absence {
        id: AbsenceId::new(desk.make_id()),
        practitioner_id: request.practitioner_id,
        starts: wall(&request.starts, "starts")?,
        ends: wall(&request.ends, "ends")?,
        label: request.label.chars().take(200).collect(),
        external_uid: None,
        deleted: false,
    };
    if after.ends <= after.starts {
        return Err(CommandError::field("ends_before_start", "ends"));
    }
    let mut change = desk.change(Permission::ChangeAgenda, "add_absence").await?;
    let known = store::practice::practitioners(change.connection()).await?;
    if !known.iter().any(|one| one.id == after.practitioner_id) {
        return Err(CommandError::field("practitioner_not_found", "practitioner_id"));
    }
    store::opening::save_absence(change.connection(), &after).await?;
    let id = after.id.to_string();
    change.record("agenda", &id, None, &ChangeRecord::created("absence", &after)).await?;
    change.commit().await?;
    Ok(SavedView { id })
}

/// Takes an absence back.
///
/// # Errors
/// `not_found`, `permission_denied`.
pub async fn remove_absence(desk: &Desk, request: RemoveAbsenceRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "remove_absence").await?;
    let before = store::opening::absence(change.connection(), request.id)
        .await?
        .filter(|absence| !absence.deleted)
        .ok_or_else(|| CommandError::new("not_found"))?;
    let after = Absence { deleted: true, ..before.clone() };
    store::opening::save_absence(change.connection(), &after).await?;
    let id = after.id.to_string();
    change.record("agenda", &id, None, &ChangeRecord::updated("absence", &before, &after)).await?;
    let sequence = change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}
