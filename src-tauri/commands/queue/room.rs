//! Who waits, in the order to be called, and how long still; calling the next; the order changed by hand.

use std::collections::HashMap;

use domain::agenda::overlap::Span;
use domain::agenda::status::{Status, Urgency};
use domain::id::{AppointmentId, PractitionerId};
use domain::queue::{self, Running, Turn, Waiting, expected_waits};
use domain::role::Permission;
use domain::time::{WallTime, day_number, from_day_number};

use super::settings::settings;
use super::turns::Turns;
use super::wire::{CallNextRequest, PlaceInQueueRequest, WaitingRoomView, WaitingView};
use crate::commands::agenda::book::{existing, finish, slot};
use crate::commands::agenda::show::view;
use crate::commands::agenda::wire::{AppointmentView, ChangedAppointmentView};
use crate::commands::planning::schedule::Schedule;
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::agenda::Appointment;
use crate::store::{self, Connection};

/// What the waiting room needs to know of a day beside its appointments.
pub(crate) struct Day {
    now: WallTime,
    day: i64,
    over_wait: i64,
    turns: HashMap<AppointmentId, i64>,
    open: HashMap<PractitionerId, Vec<Span>>,
}

impl Day {
    /// Reads it.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn read(
        desk: &Desk,
        connection: &mut Connection,
        day: i64,
        over_wait: i64,
        practitioners: &[PractitionerId],
    ) -> Result<Self, CommandError> {
        let schedule = Schedule::read(connection, &desk.premises(), None, day, day + 1).await?;
        let open = practitioners.iter().map(|one| (*one, schedule.open_on(*one, from_day_number(day)))).collect();
        Ok(Self { now: desk.wall_now(), day, over_wait, turns: store::queue::turns(connection, day).await?, open })
    }

    /// Those of one practitioner who have arrived and were not called, in the order to be called. `of_day` holds the
    /// practitioner's appointments of the day.
    #[must_use]
    pub fn waiting(&self, practitioner: PractitionerId, of_day: &[AppointmentView]) -> Vec<WaitingView> {
        let of = |status: Status| of_day.iter().filter(move |a| a.status == status.as_str());
        let mut waiting: Vec<&AppointmentView> = of(Status::Arrived).collect();
        queue::order(&mut waiting, |a| Waiting {
            urgency: a.urgency.parse().unwrap_or(Urgency::Normal),
            // Only compared among themselves: the wall clock's own order will do.
            arrived_at: a.arrived.map(|at| at.naive().and_utc()),
            rank: a.rank,
            turn: self.turns.get(&a.id).copied(),
        });
        let today = self.day == day_number(self.now.date());
        let turns: Vec<Turn> =
            waiting.iter().map(|a| Turn { minutes: a.minutes, starts: a.starts.map(WallTime::minutes) }).collect();
        let seated: Vec<Span> = of(Status::InConsultation)
            .map(|a| Span { start: a.seated.unwrap_or(self.now).minutes(), minutes: a.minutes })
            .collect();
        let due: Vec<Span> = of(Status::Booked)
            .chain(of(Status::Confirmed))
            .filter_map(|a| Some(Span { start: a.starts?.minutes(), minutes: a.minutes }))
            .collect();
        let open = self.open.get(&practitioner).map_or(&[][..], Vec::as_slice);
        let waits =
            expected_waits(Running { now: self.now.minutes(), seated: &seated, waiting: &turns, due: &due, open });
        waiting
            .into_iter()
            .zip(waits)
            .map(|(a, expected)| {
                let now = self.now.naive().and_utc();
                let waited = a.arrived.map_or(0, |at| queue::waited_minutes(at.naive().and_utc(), now));
                WaitingView {
                    appointment: a.clone(),
                    waited,
                    over: waited > self.over_wait,
                    expected: today.then_some(expected),
                }
            })
            .collect()
    }
}

/// The active practitioners' appointments of a day, untimed walk-ins last.
pub(super) async fn of_day(
    desk: &Desk,
    connection: &mut Connection,
    day: i64,
) -> Result<Vec<(PractitionerId, Vec<AppointmentView>)>, CommandError> {
    let region = desk.premises().region();
    let practitioners = store::practice::practitioners(connection).await?;
    let mut all = Vec::new();
    let mut untimed = store::agenda::untimed(connection, day, 1).await?;
    for one in practitioners.into_iter().filter(|one| one.active) {
        let mut list = store::agenda::timed_of(connection, one.id, day, 1).await?;
        list.extend(untimed.extract_if(.., |named| named.appointment.practitioner_id == one.id));
        all.push((one.id, list.into_iter().map(|named| view(named, region)).collect()));
    }
    Ok(all)
}

/// Who waits today, over all practitioners.
///
/// # Errors
/// `permission_denied`.
pub async fn show_waiting_room(desk: &Desk, _request: NothingRequest) -> Result<WaitingRoomView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_waiting_room").await?;
    let settings = settings(desk, &mut connection).await?;
    let today = day_number(desk.wall_now().date());
    let lists = of_day(desk, &mut connection, today).await?;
    let ids: Vec<PractitionerId> = lists.iter().map(|(id, _)| *id).collect();
    let day = Day::read(desk, &mut connection, today, settings.over_wait_minutes, &ids).await?;
    let mut waiting: Vec<WaitingView> = lists.iter().flat_map(|(id, list)| day.waiting(*id, list)).collect();
    // Stable, and nobody's wait is shorter than that of who goes before: each practitioner's own order stays.
    waiting.sort_by_key(|one| one.expected);
    let in_consultation = Status::InConsultation.as_str();
    let seated = lists.into_iter().flat_map(|(_, list)| list).filter(|a| a.status == in_consultation).collect();
    Ok(WaitingRoomView { waiting, seated, settings })
}

/// Who waits for one practitioner today, inside a change.
async fn queue_of(
    desk: &Desk,
    connection: &mut Connection,
    practitioner: PractitionerId,
) -> Result<(Vec<WaitingView>, Vec<AppointmentView>), CommandError> {
    let today = day_number(desk.wall_now().date());
    let over_wait = settings(desk, connection).await?.over_wait_minutes;
    let list = of_day(desk, connection, today).await?.into_iter().find(|(id, _)| *id == practitioner);
    let (_, list) = list.ok_or_else(|| CommandError::field("practitioner_not_found", "practitioner_id"))?;
    let day = Day::read(desk, connection, today, over_wait, &[practitioner]).await?;
    Ok((day.waiting(practitioner, &list), list))
}

/// Calls the next one: whoever is first in the order now, decided here so that two desks never call the same person.
///
/// # Errors
/// `nobody_waits`, `practitioner_not_found`, `permission_denied`.
pub async fn call_next(desk: &Desk, request: CallNextRequest) -> Result<ChangedAppointmentView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "call_next").await?;
    let (waiting, list) = queue_of(desk, change.connection(), request.practitioner_id).await?;
    let next = waiting.first().ok_or_else(|| CommandError::new("nobody_waits"))?.appointment.id;
    let now = Some(desk.wall_now().minutes());
    if request.finish {
        for seated in list.iter().filter(|a| a.status == Status::InConsultation.as_str()) {
            let before = existing(change.connection(), seated.id).await?;
            let after = Appointment { status: Status::Done, dismissed: now, ..before.clone() };
            store::agenda::update(change.connection(), &after).await.map_err(slot)?;
            let after = Appointment { revision: before.revision + 1, ..after };
            let owner = after.patient_id.map(|id| id.to_string());
            let record = ChangeRecord::updated("appointment", &before, &after);
            change.record("agenda", &after.id.to_string(), owner.as_deref(), &record).await?;
        }
    }
    let before = existing(change.connection(), next).await?;
    let after = Appointment { status: Status::InConsultation, seated: now, dismissed: None, ..before.clone() };
    store::agenda::update(change.connection(), &after).await.map_err(slot)?;
    let after = Appointment { revision: before.revision + 1, ..after };
    finish(desk, change, Some(&before), &after, None).await
}

/// Puts somebody who waits before another of the same practitioner, or last. The order is kept for the day.
///
/// # Errors
/// `appointment_not_found`, `not_waiting`, `permission_denied`.
pub async fn place_in_queue(desk: &Desk, request: PlaceInQueueRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "place_in_queue").await?;
    let one = existing(change.connection(), request.id).await?;
    let (waiting, _) = queue_of(desk, change.connection(), one.practitioner_id).await?;
    let mut order: Vec<AppointmentId> = waiting.iter().map(|one| one.appointment.id).collect();
    let not_waiting = || CommandError::new("not_waiting");
    let from = order.iter().position(|id| *id == request.id).ok_or_else(not_waiting)?;
    order.remove(from);
    let to = match request.before {
        Some(before) => order.iter().position(|id| *id == before).ok_or_else(not_waiting)?,
        None => order.len(),
    };
    order.insert(to, request.id);
    let before = Turns::read(change.connection(), one.day, order.iter().copied()).await?;
    let places = (1..).map(Some);
    let after = Turns { day: one.day, turns: order.into_iter().zip(places).collect() };
    after.write(change.connection()).await?;
    // Several persons' places: the practice's own thing, without a name in it.
    change.record("agenda", &request.id.to_string(), None, &Turns::change(&before, &after)).await?;
    let sequence = change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}
