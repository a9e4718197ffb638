//! The wall display: who is called, who comes next and when. Booking codes only: its view has no place for a name, and its
//! window may call nothing else.

use domain::agenda::status::Status;
use domain::id::PractitionerId;
use domain::role::Permission;
use domain::time::{WallTime, day_number};

use super::room::{Day, of_day};
use super::settings::settings;
use super::wire::{WallCalledView, WallDisplayView, WallLineView, WallNextView};
use crate::commands::agenda::show::spoken;
use crate::commands::wire::NothingRequest;
use crate::commands::{CommandError, Desk};
use crate::store;

/// How many come next on the wall.
const NEXT: usize = 5;
/// A call is fresh for so many minutes.
const FRESH: i64 = 2;

/// What stands on the wall now.
///
/// # Errors
/// `permission_denied`.
pub async fn show_wall_display(desk: &Desk, _request: NothingRequest) -> Result<WallDisplayView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_wall_display").await?;
    let settings = settings(desk, &mut connection).await?;
    let now = desk.wall_now();
    let today = day_number(now.date());
    let lists = of_day(desk, &mut connection, today).await?;
    let ids: Vec<PractitionerId> = lists.iter().map(|(id, _)| *id).collect();
    let day = Day::read(desk, &mut connection, today, settings.over_wait_minutes, &ids).await?;
    let practitioners = store::practice::practitioners(&mut connection).await?;
    let mut lines = Vec::new();
    for (id, list) in &lists {
        let mut seated: Vec<_> = list.iter().filter(|a| a.status == Status::InConsultation.as_str()).collect();
        seated.sort_by_key(|a| std::cmp::Reverse(a.seated));
        let waiting = day.waiting(*id, list);
        if seated.is_empty() && waiting.is_empty() {
            continue;
        }
        let fresh = |at: Option<WallTime>| at.is_some_and(|at| (now.minutes() - at.minutes()).abs() < FRESH);
        lines.push(WallLineView {
            practitioner: practitioners
                .iter()
                .find(|one| one.id == *id)
                .map_or_else(String::new, |one| one.name.clone()),
            room: settings
                .rooms
                .iter()
                .find(|room| room.practitioner_id == *id)
                .map_or_else(String::new, |r| r.room.clone()),
            called: seated.iter().map(|a| WallCalledView { code: spoken(&a.code), fresh: fresh(a.seated) }).collect(),
            next: waiting
                .iter()
                .take(NEXT)
                .map(|one| WallNextView { code: spoken(&one.appointment.code), expected: one.expected.unwrap_or(0) })
                .collect(),
            waiting: i64::try_from(waiting.len()).unwrap_or(i64::MAX),
        });
    }
    Ok(WallDisplayView { practice: desk.premises().name, now, languages: settings.wall_languages, lines })
}
