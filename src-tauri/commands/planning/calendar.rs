//! Public holidays, as the calendar and the practice have them together, and school holidays, which the practice enters.
//! Nothing is fetched.

use chrono::Datelike;
use domain::holidays::{Holiday, HolidayChange as State};
use domain::id::SchoolHolidayId;
use domain::role::Permission;
use domain::time::{day_number, from_day_number};

use super::schedule::{DayHoliday, holidays_of, region};
use super::wire::{
    HolidayView, HolidaysView, ListHolidaysRequest, MoveHolidayRequest, PlannedView, RemoveSchoolHolidayRequest,
    SaveSchoolHolidayRequest, SchoolHolidayView, SetHolidayRegionRequest, SetHolidayRequest,
};
use super::{before, day, iso, keep, label};
use crate::commands::desk::Change;
use crate::commands::wire::DoneView;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::planned::{Planned, holiday_change, save_holiday_change};
use crate::store::planning::{HolidayChange, REGION, SchoolHoliday};
use crate::store::{self, Connection};

/// Day numbers of a year: the first, and the first of the next.
fn year(year: i32) -> Result<(i64, i64), CommandError> {
    let first = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 1).map(day_number);
    first(year)
        .zip(first(year + 1))
        .filter(|_| (1_970..=2_999).contains(&year))
        .ok_or_else(|| CommandError::field("out_of_range", "year"))
}

/// The public holidays of a year and the school holidays that touch it.
///
/// # Errors
/// `out_of_range`, `permission_denied`.
pub async fn list_holidays(desk: &Desk, request: ListHolidaysRequest) -> Result<HolidaysView, CommandError> {
    let (first, end) = year(request.year)?;
    let mut connection = desk.read(Permission::ReadAgenda, "list_holidays").await?;
    let mut rules = store::planning::rules(&mut connection, None, first, end).await?;
    let premises = desk.premises();
    let region = region(rules.region.as_deref(), &premises);
    rules.school_holidays.sort_by(|a, b| (a.first_day, &a.zone).cmp(&(b.first_day, &b.zone)));
    Ok(HolidaysView {
        region,
        holidays: holidays_of([request.year], &premises, region, &rules.holiday_changes)
            .into_iter()
            .map(|one| HolidayView {
                day: one.date.to_string(),
                holiday: one.holiday.map_or("", Holiday::as_str).to_owned(),
                label: one.label,
                editable: one.editable,
                closed: one.closed,
                changed: one.changed,
            })
            .collect(),
        school_holidays: rules
            .school_holidays
            .into_iter()
            .map(|one| SchoolHolidayView {
                id: one.id,
                zone: one.zone,
                label: one.label,
                first_day: from_day_number(one.first_day).to_string(),
                last_day: from_day_number(one.last_day).to_string(),
            })
            .collect(),
    })
}

/// Says it of a date, and notes it down.
async fn say(change: &mut Change<'_>, after: &HolidayChange) -> Result<i64, CommandError> {
    let before = holiday_change(change.connection(), after.day).await?;
    save_holiday_change(change.connection(), after).await?;
    let record = ChangeRecord::updated("holiday_change", &before, after);
    change.record("agenda", &from_day_number(after.day).to_string(), None, &record).await
}

/// What the practice says of a date: closed for a holiday, open on one, no holiday after all; without a state, what the
/// calendar says counts again. Appointments of the date stay.
///
/// # Errors
/// `bad_date`, `unknown_word`, `name_missing`, `too_long`, `permission_denied`.
pub async fn set_holiday(desk: &Desk, request: SetHolidayRequest) -> Result<PlannedView, CommandError> {
    let date = iso(&request.day, "day")?;
    if !request.holiday.is_empty() {
        request.holiday.parse::<Holiday>().map_err(|_| CommandError::field("unknown_word", "holiday"))?;
    }
    let label = label(&request.label, "label")?;
    let mut change = desk.change(Permission::ManageSettings, "set_holiday").await?;
    let known = of_date(desk, change.connection(), date).await?;
    let nameless = label.is_empty() && request.holiday.is_empty() && known.is_none();
    if nameless && matches!(request.state, Some(State::Closed | State::Open)) {
        return Err(CommandError::field("name_missing", "label"));
    }
    let after = HolidayChange {
        day: day_number(date),
        state: request.state.map_or("", State::as_str).to_owned(),
        holiday: request.holiday,
        label,
    };
    let sequence = say(&mut change, &after).await?;
    change.commit().await?;
    Ok(PlannedView { id: request.day, sequence })
}

/// The holiday of a date, as it counts now.
async fn of_date(
    desk: &Desk,
    connection: &mut Connection,
    date: chrono::NaiveDate,
) -> Result<Option<DayHoliday>, CommandError> {
    let day = day_number(date);
    let rules = store::planning::rules(connection, None, day, day + 1).await?;
    let premises = desk.premises();
    let all = holidays_of([date.year()], &premises, region(rules.region.as_deref(), &premises), &rules.holiday_changes);
    Ok(all.into_iter().find(|one| one.date == date))
}

/// Puts a holiday by the moon, or one of the practice's own, on the date that was announced.
///
/// # Errors
/// `bad_date`, `not_found` where none stands that may be moved, `already_there`, `permission_denied`.
pub async fn move_holiday(desk: &Desk, request: MoveHolidayRequest) -> Result<PlannedView, CommandError> {
    let (from, to) = (iso(&request.from, "from")?, iso(&request.to, "to")?);
    let mut change = desk.change(Permission::ManageSettings, "move_holiday").await?;
    let known = of_date(desk, change.connection(), from)
        .await?
        .filter(|one| one.editable)
        .ok_or_else(|| CommandError::field("not_found", "from"))?;
    if from == to || of_date(desk, change.connection(), to).await?.is_some() {
        return Err(CommandError::field("already_there", "to"));
    }
    let state = if known.closed { State::Closed } else { State::Open };
    let there = HolidayChange {
        day: day_number(to),
        state: state.as_str().to_owned(),
        holiday: known.holiday.map_or("", Holiday::as_str).to_owned(),
        label: known.label,
    };
    let gone = HolidayChange {
        day: day_number(from),
        state: State::Nothing.as_str().to_owned(),
        holiday: String::new(),
        label: String::new(),
    };
    say(&mut change, &gone).await?;
    let sequence = say(&mut change, &there).await?;
    change.commit().await?;
    Ok(PlannedView { id: request.to, sequence })
}

/// Where the practice is in France, for the holidays of Alsace-Moselle and overseas.
///
/// # Errors
/// `permission_denied`.
pub async fn set_holiday_region(desk: &Desk, request: SetHolidayRegionRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::ManageSettings, "set_holiday_region").await?;
    let before = store::practice::setting(change.connection(), REGION).await?;
    let after = serde_json::Value::from(request.region.as_str());
    store::practice::save_setting(change.connection(), REGION, &after).await?;
    let record =
        ChangeRecord::updated("setting", &serde_json::json!({ REGION: before }), &serde_json::json!({ REGION: after }));
    change.record("agenda", REGION, None, &record).await?;
    change.commit().await?;
    Ok(DoneView { sequence: None })
}

/// Adds or changes a period of school holidays: shown, closing nothing.
///
/// # Errors
/// `name_missing`, `bad_date`, `ends_before_start`, `not_found`, `too_long`, `permission_denied`.
pub async fn save_school_holiday(desk: &Desk, request: SaveSchoolHolidayRequest) -> Result<PlannedView, CommandError> {
    let (first, last) = (day(&request.first_day, "first_day")?, day(&request.last_day, "last_day")?);
    if last < first {
        return Err(CommandError::field("ends_before_start", "last_day"));
    }
    let name = label(&request.label, "label")?;
    if name.is_empty() {
        return Err(CommandError::field("name_missing", "label"));
    }
    let mut change = desk.change(Permission::ManageSettings, "save_school_holiday").await?;
    let before = match request.id {
        Some(id) => Some(before::<SchoolHoliday>(change.connection(), id).await?),
        None => None,
    };
    let after = SchoolHoliday {
        id: before.as_ref().map_or_else(|| SchoolHolidayId::new(desk.make_id()), |before| before.id),
        zone: request.zone.trim().chars().take(20).collect(),
        label: name,
        first_day: first,
        last_day: last,
        deleted: false,
    };
    let sequence = keep(&mut change, before.as_ref(), &after).await?;
    change.commit().await?;
    Ok(PlannedView { id: after.id.to_string(), sequence })
}

/// Takes a period back.
///
/// # Errors
/// `not_found`, `permission_denied`.
pub async fn remove_school_holiday(desk: &Desk, request: RemoveSchoolHolidayRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::ManageSettings, "remove_school_holiday").await?;
    let before: SchoolHoliday = before(change.connection(), request.id).await?;
    let sequence = keep(&mut change, Some(&before), &before.taken_back()).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}
