//! What the practice plans beside the weekly template and the absences: openings of single dates, blocks, locums, public
//! and school holidays. All of it can be taken back, nothing of it touches an appointment.
//!
//! Not here: weekly templates and absences (`practice::opening`), appointments (`agenda`).

pub mod calendar;
pub mod schedule;
pub(super) mod undo;
pub mod wire;

pub use calendar::{
    list_holidays, move_holiday, remove_school_holiday, save_school_holiday, set_holiday, set_holiday_region,
};

use chrono::NaiveDate;
use domain::agenda::blocks::BlockKind;
use domain::agenda::hours::Weeks;
use domain::country::Country;
use domain::id::{BlockId, LocumId, OpeningId, PractitionerId};
use domain::identifiers::{inpe, rpps};
use domain::role::Permission;
use domain::time::{day_number, from_day_number};

use super::agenda::date;
use super::desk::Change;
use super::practice::wire::PractitionerRequest;
use super::wire::DoneView;
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::planned::Planned;
use crate::store::planning::{Block, Locum, Opening};
use crate::store::{self, Connection};
use wire::{
    AddOpeningRequest, BlockView, LocumView, OpeningOnceView, PlannedView, PlanningView, RemoveBlockRequest,
    RemoveLocumRequest, RemoveOpeningRequest, SaveBlockRequest, SaveLocumRequest,
};

/// The public holidays of some years, as the calendar and the practice have them together, whether or not it opens on them.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn holiday_dates(
    desk: &Desk,
    connection: &mut Connection,
    years: &[i32],
) -> Result<std::collections::HashSet<NaiveDate>, CommandError> {
    let mut years = years.to_vec();
    years.sort_unstable();
    years.dedup();
    let first = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).map(day_number).unwrap_or_default();
    let (Some(from), Some(last)) = (years.first(), years.last()) else { return Ok(Default::default()) };
    let rules = store::planning::rules(connection, None, first(*from), first(*last + 1)).await?;
    let premises = desk.premises();
    let region = schedule::region(rules.region.as_deref(), &premises);
    let all = schedule::holidays_of(years, &premises, region, &rules.holiday_changes);
    Ok(all.into_iter().map(|one| one.date).collect())
}

/// How long a label may be.
const LABEL: usize = 200;

fn day(text: &str, field: &str) -> Result<i64, CommandError> {
    date(text, field).map(day_number)
}

fn day_option(text: Option<&str>, field: &str) -> Result<Option<i64>, CommandError> {
    text.filter(|text| !text.is_empty()).map(|text| day(text, field)).transpose()
}

fn label(text: &str, field: &str) -> Result<String, CommandError> {
    let text = text.trim();
    if text.chars().count() > LABEL {
        return Err(CommandError::field("too_long", field).with("limit", LABEL));
    }
    Ok(text.to_owned())
}

fn span(from: i64, to: i64) -> Result<(), CommandError> {
    if !(0..1440).contains(&from) || to <= from || to > 1440 {
        return Err(CommandError::field("bad_hours", "to"));
    }
    Ok(())
}

async fn known(connection: &mut Connection, of: PractitionerId) -> Result<(), CommandError> {
    let all = store::practice::practitioners(connection).await?;
    if all.iter().any(|one| one.id == of) {
        Ok(())
    } else {
        Err(CommandError::field("practitioner_not_found", "practitioner_id"))
    }
}

/// Saves and journals one planned thing.
async fn keep<T: Planned>(change: &mut Change<'_>, before: Option<&T>, after: &T) -> Result<i64, CommandError> {
    after.save(change.connection()).await?;
    let record = match before {
        Some(before) => ChangeRecord::updated(T::KIND, before, after),
        None => ChangeRecord::created(T::KIND, after),
    };
    change.record("agenda", &after.id().to_string(), None, &record).await
}

/// One that is there, where a change names it.
async fn before<T: Planned>(connection: &mut Connection, id: T::Id) -> Result<T, CommandError> {
    let found = T::read(connection, id).await?;
    found.filter(|one| !one.is_deleted()).ok_or_else(|| CommandError::new("not_found"))
}

/// Takes one back.
async fn remove<T: Planned>(desk: &Desk, command: &'static str, id: T::Id) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, command).await?;
    let before: T = before(change.connection(), id).await?;
    let sequence = keep(&mut change, Some(&before), &before.taken_back()).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// What is planned for a practitioner from today on.
///
/// # Errors
/// `permission_denied`.
pub async fn show_planning(desk: &Desk, request: PractitionerRequest) -> Result<PlanningView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_planning").await?;
    let of = request.practitioner_id;
    let today = day_number(desk.wall_now().date());
    let mut rules = store::planning::rules(&mut connection, Some(of), today, i64::from(i32::MAX)).await?;
    let mut openings = rules.openings.remove(&of).unwrap_or_default();
    openings.sort_by_key(|one| (one.day, one.from_minute));
    let mut blocks = rules.blocks.remove(&of).unwrap_or_default();
    blocks.sort_by_key(|one| (one.from_minute, one.weekdays, one.id));
    let mut locums = rules.locums.remove(&of).unwrap_or_default();
    locums.sort_by_key(|one| one.first_day);
    let country = desk.premises().country;
    Ok(PlanningView {
        openings: openings
            .into_iter()
            .map(|one| OpeningOnceView {
                id: one.id,
                day: from_day_number(one.day).to_string(),
                from: one.from_minute,
                to: one.to_minute,
                label: one.label,
            })
            .collect(),
        blocks: blocks.into_iter().map(block_view).collect(),
        locums: locums
            .into_iter()
            .map(|one| LocumView {
                warnings: number_warnings(country, &one.number),
                id: one.id,
                name: one.name,
                number: one.number,
                first_day: from_day_number(one.first_day).to_string(),
                last_day: from_day_number(one.last_day).to_string(),
            })
            .collect(),
    })
}

fn block_view(one: Block) -> BlockView {
    BlockView {
        id: one.id,
        kind: one.kind,
        weekdays: (1..=7).filter(|day| one.weekdays >> (day - 1) & 1 == 1).collect(),
        from: one.from_minute,
        to: one.to_minute,
        valid_from: one.valid_from.map(|day| from_day_number(day).to_string()),
        valid_until: one.valid_until.map(|day| from_day_number(day).to_string()),
        weeks: one.weeks.as_str().to_owned(),
        release_days: one.release_days,
        release_minute: one.release_minute,
        types: one.types,
        label: one.label,
    }
}

fn number_warnings(country: Country, number: &str) -> Vec<String> {
    if number.is_empty() {
        return Vec::new();
    }
    let warning = match country {
        Country::FR => rpps::check(number).err().map(|warning| warning.as_str()),
        Country::MA => inpe::check(number).err().map(|warning| warning.as_str()),
    };
    warning.map(str::to_owned).into_iter().collect()
}

/// Opens on a single date, beside the weekly template; that is how a practice works on a holiday.
///
/// # Errors
/// `bad_date`, `bad_hours`, `practitioner_not_found`, `too_long`, `permission_denied`.
pub async fn add_opening(desk: &Desk, request: AddOpeningRequest) -> Result<PlannedView, CommandError> {
    span(request.from, request.to)?;
    let after = Opening {
        id: OpeningId::new(desk.make_id()),
        practitioner_id: request.practitioner_id,
        day: day(&request.day, "day")?,
        from_minute: request.from,
        to_minute: request.to,
        label: label(&request.label, "label")?,
        deleted: false,
    };
    let mut change = desk.change(Permission::ChangeAgenda, "add_opening").await?;
    known(change.connection(), after.practitioner_id).await?;
    let sequence = keep(&mut change, None, &after).await?;
    change.commit().await?;
    Ok(PlannedView { id: after.id.to_string(), sequence })
}

/// Takes an opening back. Appointments in it stay.
///
/// # Errors
/// `not_found`, `permission_denied`.
pub async fn remove_opening(desk: &Desk, request: RemoveOpeningRequest) -> Result<DoneView, CommandError> {
    remove::<Opening>(desk, "remove_opening", request.id).await
}

fn weekdays(request: &SaveBlockRequest, from: Option<i64>, until: Option<i64>) -> Result<i64, CommandError> {
    if let Some(only) = from.filter(|_| from == until) {
        // Of one date: it is that date's weekday, whatever was ticked.
        let weekday = chrono::Datelike::weekday(&from_day_number(only)).num_days_from_monday();
        return Ok(1 << weekday);
    }
    if request.weekdays.is_empty() || request.weekdays.iter().any(|day| !(1..=7).contains(day)) {
        return Err(CommandError::field("bad_hours", "weekdays"));
    }
    Ok(request.weekdays.iter().fold(0, |bits, day| bits | 1 << (day - 1)))
}

/// Adds or changes a block. Appointments in it stay.
///
/// # Errors
/// `bad_hours`, `bad_date`, `unknown_word`, `block_without_types`, `type_not_found`, `not_found`,
/// `practitioner_not_found`, `out_of_range`, `too_long`, `permission_denied`.
pub async fn save_block(desk: &Desk, request: SaveBlockRequest) -> Result<PlannedView, CommandError> {
    span(request.from, request.to)?;
    let weeks: Weeks = request.weeks.parse().map_err(|_| CommandError::field("unknown_word", "weeks"))?;
    let (from, until) = (
        day_option(request.valid_from.as_deref(), "valid_from")?,
        day_option(request.valid_until.as_deref(), "valid_until")?,
    );
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err(CommandError::field("bad_hours", "valid_until"));
    }
    if request.kind == BlockKind::Types && request.types.is_empty() {
        return Err(CommandError::field("block_without_types", "types"));
    }
    let release = request.release_days.zip(request.release_minute).filter(|_| request.kind != BlockKind::NoScheduling);
    if release.is_some_and(|(days, minute)| !(0..=365).contains(&days) || !(0..1440).contains(&minute)) {
        return Err(CommandError::field("out_of_range", "release_days"));
    }
    let mut change = desk.change(Permission::ManageSettings, "save_block").await?;
    known(change.connection(), request.practitioner_id).await?;
    let types = store::practice::types(change.connection()).await?;
    if request.types.iter().any(|id| !types.iter().any(|kind| kind.id == *id)) {
        return Err(CommandError::field("type_not_found", "types"));
    }
    let before = match request.id {
        Some(id) => Some(before::<Block>(change.connection(), id).await?),
        None => None,
    };
    let after = Block {
        id: before.as_ref().map_or_else(|| BlockId::new(desk.make_id()), |before| before.id),
        practitioner_id: before.as_ref().map_or(request.practitioner_id, |before| before.practitioner_id),
        kind: request.kind,
        weekdays: weekdays(&request, from, until)?,
        from_minute: request.from,
        to_minute: request.to,
        valid_from: from,
        valid_until: until,
        weeks,
        release_days: release.map(|(days, _)| days),
        release_minute: release.map(|(_, minute)| minute),
        types: if request.kind == BlockKind::NoScheduling { Vec::new() } else { request.types },
        label: label(&request.label, "label")?,
        deleted: false,
    };
    let sequence = keep(&mut change, before.as_ref(), &after).await?;
    change.commit().await?;
    Ok(PlannedView { id: after.id.to_string(), sequence })
}

/// Takes a block back.
///
/// # Errors
/// `not_found`, `permission_denied`.
pub async fn remove_block(desk: &Desk, request: RemoveBlockRequest) -> Result<DoneView, CommandError> {
    remove::<Block>(desk, "remove_block", request.id).await
}

/// Adds or changes who stands in for a practitioner, from a first to a last day. On those days the practitioner's absences
/// close nothing, and free slots bear the locum's name.
///
/// # Errors
/// `name_missing`, `bad_date`, `ends_before_start`, `locum_twice`, `not_found`, `practitioner_not_found`, `too_long`,
/// `permission_denied`.
pub async fn save_locum(desk: &Desk, request: SaveLocumRequest) -> Result<PlannedView, CommandError> {
    let (first, last) = (day(&request.first_day, "first_day")?, day(&request.last_day, "last_day")?);
    if last < first {
        return Err(CommandError::field("ends_before_start", "last_day"));
    }
    let name = label(&request.name, "name")?;
    if name.is_empty() {
        return Err(CommandError::field("name_missing", "name"));
    }
    let mut change = desk.change(Permission::ChangeAgenda, "save_locum").await?;
    known(change.connection(), request.practitioner_id).await?;
    let before = match request.id {
        Some(id) => Some(before::<Locum>(change.connection(), id).await?),
        None => None,
    };
    let after = Locum {
        id: before.as_ref().map_or_else(|| LocumId::new(desk.make_id()), |before| before.id),
        practitioner_id: before.as_ref().map_or(request.practitioner_id, |before| before.practitioner_id),
        name,
        number: label(&request.number, "number")?,
        first_day: first,
        last_day: last,
        deleted: false,
    };
    let rules = store::planning::rules(change.connection(), Some(after.practitioner_id), first, last + 1).await?;
    let others = rules.locums.get(&after.practitioner_id).map_or(&[][..], Vec::as_slice);
    if others.iter().any(|one| one.id != after.id) {
        return Err(CommandError::field("locum_twice", "first_day"));
    }
    let sequence = keep(&mut change, before.as_ref(), &after).await?;
    change.commit().await?;
    Ok(PlannedView { id: after.id.to_string(), sequence })
}

/// Takes a locum back.
///
/// # Errors
/// `not_found`, `permission_denied`.
pub async fn remove_locum(desk: &Desk, request: RemoveLocumRequest) -> Result<DoneView, CommandError> {
    remove::<Locum>(desk, "remove_locum", request.id).await
}

/// A date of a request.
pub(super) fn iso(text: &str, field: &str) -> Result<NaiveDate, CommandError> {
    date(text, field)
}
