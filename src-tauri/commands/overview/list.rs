//! The appointments of some days as a list, of some types, statuses and one site.

use std::collections::HashSet;

use domain::agenda::status::Status;
use domain::role::Permission;
use domain::time::day_number;

use super::wire::{AppointmentsView, ListAppointmentsRequest};
use crate::commands::agenda::book::word;
use crate::commands::agenda::date;
use crate::commands::agenda::day::chosen;
use crate::commands::agenda::show::view;
use crate::commands::{CommandError, Desk};
use crate::store;

/// More are not listed at once.
const MOST: usize = 2_000;

/// The appointments of some days, by day and start.
///
/// # Errors
/// `bad_date`, `out_of_range`, `unknown_word`, `permission_denied`.
pub async fn list_appointments(
    desk: &Desk,
    request: ListAppointmentsRequest,
) -> Result<AppointmentsView, CommandError> {
    let first = day_number(date(&request.from, "from")?);
    if !(1..=93).contains(&request.days) {
        return Err(CommandError::field("out_of_range", "days"));
    }
    let statuses = request.statuses.iter().map(|text| word(text, "statuses")).collect::<Result<Vec<Status>, _>>()?;
    let mut connection = desk.read(Permission::ReadAgenda, "list_appointments").await?;
    let region = desk.premises().region();
    let practitioners = chosen(&mut connection, &request.practitioners).await?;
    let mut all = Vec::new();
    for one in &practitioners {
        all.extend(store::agenda::timed_of(&mut connection, *one, first, request.days).await?);
    }
    let whose: HashSet<_> = practitioners.iter().collect();
    let untimed = store::agenda::untimed(&mut connection, first, request.days).await?;
    all.extend(untimed.into_iter().filter(|named| whose.contains(&named.appointment.practitioner_id)));
    all.retain(|named| {
        let a = &named.appointment;
        (request.types.is_empty() || request.types.contains(&a.type_id))
            && (statuses.is_empty() || statuses.contains(&a.status))
            && request.site_id.is_none_or(|site| site == a.site_id)
    });
    // Stable: at the same minute the practitioners stay in their order.
    all.sort_by_key(|named| {
        let a = &named.appointment;
        (a.day, a.starts.is_none(), a.starts, a.queue_rank)
    });
    let more = all.len() > MOST;
    all.truncate(MOST);
    Ok(AppointmentsView { appointments: all.into_iter().map(|named| view(named, region)).collect(), more })
}
