//! Days as screens show them: columns of practitioners, the doctor's day, the waiting room, the printed list.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::agenda::overlap::Span;
use domain::agenda::status::Status;
use domain::id::PractitionerId;
use domain::role::Permission;
use domain::time::{WallTime, day_number, from_day_number};

use super::show::view;
use super::wire::{
    AppointmentView, ColumnView, DayAbsenceView, DaysView, MyDayView, PrintDayListRequest, ShowDaysRequest,
    ShowMyDayRequest,
};
use crate::commands::planning::schedule::Schedule;
use crate::commands::planning::wire::{DayBlockView, DayOpeningView};
use crate::commands::queue::{room, settings};
use crate::commands::wire::{FileView, MinutesView};
use crate::commands::words::replacing;
use crate::commands::{CommandError, Desk};
use crate::store::{self, Connection};

/// The days asked for, one column a practitioner and day.
///
/// # Errors
/// `bad_date`, `out_of_range`, `permission_denied`.
pub async fn show_days(desk: &Desk, request: ShowDaysRequest) -> Result<DaysView, CommandError> {
    let first = day_number(super::date(&request.from, "from")?);
    if !(1..=42).contains(&request.days) {
        return Err(CommandError::field("out_of_range", "days"));
    }
    let mut connection = desk.read(Permission::ReadAgenda, "show_days").await?;
    let region = desk.premises().region();
    let practitioners = chosen(&mut connection, &request.practitioners).await?;
    let schedule = Schedule::read(&mut connection, &desk.premises(), None, first, first + request.days).await?;
    let mut appointments: HashMap<(i64, PractitionerId), Vec<AppointmentView>> = HashMap::new();
    for one in store::days::shown(&mut connection, &practitioners, first, request.days).await? {
        appointments.entry((one.day, one.practitioner_id)).or_default().push(view(one, region));
    }
    let now = desk.wall_now();
    let mut columns = Vec::with_capacity(practitioners.len());
    for day in first..first + request.days {
        let holiday = schedule.holiday_on(from_day_number(day));
        let school_holidays = schedule.school_holidays_on(day);
        for one in &practitioners {
            let of_day = appointments.remove(&(day, *one)).unwrap_or_default();
            let column = column(&schedule, *one, day, now, of_day);
            columns.push(ColumnView { holiday: holiday.clone(), school_holidays: school_holidays.clone(), ..column });
        }
    }
    Ok(DaysView { columns, now })
}

/// One practitioner's day, but for what is everybody's.
fn column(
    schedule: &Schedule,
    of: PractitionerId,
    day: i64,
    now: WallTime,
    appointments: Vec<AppointmentView>,
) -> ColumnView {
    let (date, midnight) = (from_day_number(day), day * 1440);
    let cut = |minute: i64| (minute - midnight).clamp(0, 1440);
    let open = schedule.open_on(of, date);
    let locum = schedule.locum_on(of, day).unwrap_or_default().to_owned();
    ColumnView {
        day: date.to_string(),
        practitioner_id: of,
        booked: i64::try_from(appointments.iter().filter(|a| is_active(a)).count()).unwrap_or(i64::MAX),
        free: free_quarters(&schedule.bookable(of, date), &appointments),
        open: open.iter().map(|span| MinutesView { from: cut(span.start), to: cut(span.end()) }).collect(),
        absences: schedule
            .absences_in(of, midnight, midnight + 1440)
            // Somebody stands in: nobody is missing.
            .filter(|_| locum.is_empty())
            .map(|absence| DayAbsenceView {
                id: absence.id,
                span: MinutesView { from: cut(absence.starts), to: cut(absence.ends) },
                label: absence.label.clone(),
            })
            .collect(),
        openings: schedule
            .openings_on(of, day)
            .map(|opening| DayOpeningView {
                id: opening.id,
                span: MinutesView { from: opening.from_minute, to: opening.to_minute },
                label: opening.label.clone(),
            })
            .collect(),
        blocks: schedule
            .blocks_on(of, date)
            .map(|(row, rule, span)| DayBlockView {
                id: row.id,
                kind: row.kind,
                span: MinutesView { from: cut(span.start), to: cut(span.end()) },
                label: row.label.clone(),
                types: row.types.clone(),
                released_at: rule.released_at(date),
                released: rule.is_released(date, now),
            })
            .collect(),
        locum,
        holiday: None,
        school_holidays: Vec::new(),
        appointments,
    }
}

/// The practitioners asked for, in the order asked; all who are active where none is named.
pub(crate) async fn chosen(
    connection: &mut Connection,
    asked: &[PractitionerId],
) -> Result<Vec<PractitionerId>, CommandError> {
    if !asked.is_empty() {
        return Ok(asked.to_vec());
    }
    let all = store::practice::practitioners(connection).await?;
    Ok(all.into_iter().filter(|one| one.active).map(|one| one.id).collect())
}

fn is_active(a: &AppointmentView) -> bool {
    a.status.parse::<Status>().is_ok_and(Status::is_active)
}

/// Free quarters of an hour left in the opening hours.
fn free_quarters(open: &[Span], appointments: &[AppointmentView]) -> i64 {
    let mut busy: Vec<(i64, i64)> = appointments
        .iter()
        .filter(|a| is_active(a))
        .filter_map(|a| a.starts.map(|starts| (starts.minutes(), starts.minutes() + a.minutes)))
        .collect();
    busy.sort_unstable();
    let mut quarters = 0;
    for span in open {
        let mut at = span.start;
        for (from, to) in &busy {
            if *to > at && *from < span.end() {
                quarters += (from - at).max(0) / 15;
                at = at.max(*to);
            }
        }
        quarters += (span.end() - at).max(0) / 15;
    }
    quarters
}

async fn list_of(
    desk: &Desk,
    connection: &mut Connection,
    practitioner: PractitionerId,
    day: NaiveDate,
) -> Result<Vec<AppointmentView>, CommandError> {
    let region = desk.premises().region();
    let day = day_number(day);
    let list = store::days::shown(connection, &[practitioner], day, 1).await?;
    Ok(list.into_iter().map(|one| view(one, region)).collect())
}

/// A doctor's day: the list, who waits, who is next. A secretary names the practitioner.
///
/// # Errors
/// `bad_date`, `practitioner_not_found`, `permission_denied`.
pub async fn show_my_day(desk: &Desk, request: ShowMyDayRequest) -> Result<MyDayView, CommandError> {
    let date = super::date(&request.day, "day")?;
    let missing = || CommandError::field("practitioner_not_found", "practitioner_id");
    let practitioner = request.practitioner_id.or(desk.session().practitioner_id).ok_or_else(missing)?;
    let mut connection = desk.read(Permission::ReadAgenda, "show_my_day").await?;
    let name = store::practice::practitioners(&mut connection)
        .await?
        .into_iter()
        .find(|one| one.id == practitioner)
        .map(|one| one.name)
        .ok_or_else(missing)?;
    let appointments = list_of(desk, &mut connection, practitioner, date).await?;
    let now = desk.wall_now();
    let over_wait = settings::settings(desk, &mut connection).await?.over_wait_minutes;
    let day = room::Day::read(desk, &mut connection, day_number(date), over_wait, &[practitioner]).await?;
    let waiting = day.waiting(practitioner, &appointments);
    let of = |status: Status| appointments.iter().filter(|a| a.status == status.as_str()).count();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Ok(MyDayView {
        day: request.day,
        practitioner_id: practitioner,
        practitioner: name,
        now,
        next: waiting.first().map(|one| one.appointment.id),
        done: count(of(Status::Done)),
        to_come: count(appointments.iter().filter(|a| is_active(a)).count() - of(Status::Done)),
        waiting,
        appointments,
    })
}

/// The day's list of one practitioner, as PDF.
///
/// # Errors
/// `bad_date`, `practitioner_not_found`, `print_failed`, `permission_denied`.
pub async fn print_day_list(desk: &Desk, request: PrintDayListRequest) -> Result<FileView, CommandError> {
    let date = super::date(&request.day, "day")?;
    let mut day = show_my_day(
        desk,
        ShowMyDayRequest { day: request.day.clone(), practitioner_id: Some(request.practitioner_id) },
    )
    .await?;
    let mut connection = desk.read(Permission::ReadAgenda, "print_day_list").await?;
    let (of, number) = (request.practitioner_id, day_number(date));
    let schedule = Schedule::read(&mut connection, &desk.premises(), Some(of), number, number + 1).await?;
    if let Some(locum) = schedule.locum_on(of, number) {
        day.practitioner = replacing(locum, &day.practitioner, super::print::language(&request.language)?);
    }
    super::print::day_list(desk, &day, date, &request.language)
}
