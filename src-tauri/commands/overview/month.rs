//! How full a month is: one aggregate over one index, and the opening hours.

use std::collections::HashMap;

use domain::agenda::status::Status;
use domain::id::PractitionerId;
use domain::role::Permission;
use domain::time::{day_number, from_day_number};

use super::wire::{DensityView, MonthView, ShowMonthRequest};
use crate::commands::agenda::book::word;
use crate::commands::agenda::date;
use crate::commands::agenda::day::chosen;
use crate::commands::planning::schedule::Schedule;
use crate::commands::{CommandError, Desk};
use crate::store;
use crate::store::overview::Only;

/// Booked and open minutes by day and practitioner; of some types, statuses and one site, where the view is narrowed to them.
///
/// # Errors
/// `bad_date`, `out_of_range`, `unknown_word`, `permission_denied`.
pub async fn show_month(desk: &Desk, request: ShowMonthRequest) -> Result<MonthView, CommandError> {
    let first = day_number(date(&request.from, "from")?);
    if !(1..=42).contains(&request.days) {
        return Err(CommandError::field("out_of_range", "days"));
    }
    let statuses = request.statuses.iter().map(|text| word(text, "statuses")).collect::<Result<Vec<Status>, _>>()?;
    let only = Only { types: request.types, statuses, site_id: request.site_id };
    let mut connection = desk.read(Permission::ReadAgenda, "show_month").await?;
    let practitioners = chosen(&mut connection, &request.practitioners).await?;
    let until = first + request.days;
    let booked: HashMap<(PractitionerId, i64), (i64, i64)> =
        store::overview::density(&mut connection, &practitioners, first, request.days, &only)
            .await?
            .into_iter()
            .map(|one| ((one.practitioner_id, one.day), (one.minutes, one.count)))
            .collect();
    let schedule = Schedule::read(&mut connection, &desk.premises(), None, first, until).await?;
    let mut cells = Vec::with_capacity(practitioners.len() * 31);
    for day in first..until {
        let on = from_day_number(day);
        for one in &practitioners {
            let (booked_minutes, count) = booked.get(&(*one, day)).copied().unwrap_or((0, 0));
            cells.push(DensityView {
                day: on.to_string(),
                practitioner_id: *one,
                booked_minutes,
                open_minutes: schedule.open_on(*one, on).iter().map(|span| span.minutes).sum(),
                booked: count,
            });
        }
    }
    Ok(MonthView { cells, now: desk.wall_now() })
}
