//! Days as screens show them: columns of practitioners, the doctor's day, the waiting room, the printed list.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::agenda::hours::open_spans;
use domain::agenda::overlap::Span;
use domain::agenda::status::Status;
use domain::id::PractitionerId;
use domain::role::Permission;
use domain::time::{day_number, from_day_number};

use super::show::view;
use super::wire::{
    AppointmentView, ColumnView, DayAbsenceView, DaysView, MyDayView, PrintDayListRequest, ShowDaysRequest,
    ShowMyDayRequest,
};
use crate::commands::queue::{room, settings};
use crate::commands::wire::{FileView, MinutesView};
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
    let span = (first * 1440, (first + request.days) * 1440);
    let mut hours: HashMap<PractitionerId, Vec<_>> = HashMap::new();
    for line in store::opening::hours(&mut connection, None).await? {
        hours.entry(line.practitioner_id).or_default().push(line.rule()?);
    }
    let absences = store::opening::absences(&mut connection, None, span.0, span.1).await?;
    let mut appointments: HashMap<(i64, PractitionerId), Vec<AppointmentView>> = HashMap::new();
    for one in &practitioners {
        for named in store::agenda::timed_of(&mut connection, *one, first, request.days).await? {
            let day = named.appointment.day;
            appointments.entry((day, *one)).or_default().push(view(named, region));
        }
    }
    for named in store::agenda::untimed(&mut connection, first, request.days).await? {
        let key = (named.appointment.day, named.appointment.practitioner_id);
        appointments.entry(key).or_default().push(view(named, region));
    }
    let mut columns = Vec::new();
    for day in first..first + request.days {
        for one in &practitioners {
            let rules = hours.get(one).map_or(&[][..], Vec::as_slice);
            let away: Vec<_> = absences.iter().filter(|absence| absence.practitioner_id == *one).collect();
            let away_rules: Vec<_> = away.iter().map(|absence| absence.rule()).collect();
            let open = open_spans(from_day_number(day), rules, &away_rules);
            let of_day = appointments.remove(&(day, *one)).unwrap_or_default();
            let midnight = day * 1440;
            let cut = |minute: i64| (minute - midnight).clamp(0, 1440);
            columns.push(ColumnView {
                day: from_day_number(day).to_string(),
                practitioner_id: *one,
                booked: i64::try_from(of_day.iter().filter(|a| is_active(a)).count()).unwrap_or(i64::MAX),
                free: free_quarters(&open, &of_day),
                open: open.iter().map(|span| MinutesView { from: cut(span.start), to: cut(span.end()) }).collect(),
                absences: away
                    .iter()
                    .filter(|absence| absence.starts < midnight + 1440 && absence.ends > midnight)
                    .map(|absence| DayAbsenceView {
                        id: absence.id,
                        span: MinutesView { from: cut(absence.starts), to: cut(absence.ends) },
                        label: absence.label.clone(),
                    })
                    .collect(),
                appointments: of_day,
            });
        }
    }
    Ok(DaysView { columns, now: desk.wall_now() })
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
    let mut list: Vec<_> = store::agenda::timed_of(connection, practitioner, day, 1).await?;
    let untimed = store::agenda::untimed(connection, day, 1).await?;
    list.extend(untimed.into_iter().filter(|named| named.appointment.practitioner_id == practitioner));
    Ok(list.into_iter().map(|named| view(named, region)).collect())
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
    let day = show_my_day(
        desk,
        ShowMyDayRequest { day: request.day.clone(), practitioner_id: Some(request.practitioner_id) },
    )
    .await?;
    super::print::day_list(desk, &day, date, &request.language)
}
