//! A new timed appointment that is one of several: a session of a series, a link of a row, somebody from the waiting list.
//!
//! Not here: the one that the desk books alone, which reads all it needs at one look (`book`).

use domain::agenda::status::{Origin, Status, Urgency};
use domain::id::{AppointmentId, PractitionerId, TypeId};
use domain::time::WallTime;

use super::book::{make_code, slot};
use super::place::{Place, parts};
use crate::commands::{CommandError, Desk};
use crate::store::agenda::{Appointment, BookingFacts};
use crate::store::{self, Connection};

/// The row of a new timed appointment, as the desk books it until somebody says otherwise.
pub(in crate::commands) async fn fresh(
    desk: &Desk,
    connection: &mut Connection,
    wanted: (PractitionerId, TypeId),
    facts: &BookingFacts,
    starts: WallTime,
    minutes: i64,
) -> Result<Appointment, CommandError> {
    let (practitioner_id, type_id) = wanted;
    Ok(Appointment {
        id: AppointmentId::new(desk.make_id()),
        code: make_code(connection).await?,
        practitioner_id,
        site_id: facts.site_id,
        patient_id: facts.patient_id,
        type_id,
        day: starts.minutes().div_euclid(1440),
        starts: Some(starts.minutes()),
        queue_rank: None,
        minutes,
        status: Status::Booked,
        origin: Origin::Desk,
        urgency: Urgency::Normal,
        overbooked: false,
        note: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        cancelled_by: None,
        cancel_reason: String::new(),
        cancelled_late: false,
        arrived: None,
        seated: None,
        dismissed: None,
        external_uid: None,
        revision: 1,
        buffer_minutes: facts.buffer_minutes,
        provider_parts: parts(facts, minutes),
        resources: Vec::new(),
    })
}

/// Puts a new appointment into the agenda with what its type takes along.
pub(in crate::commands) async fn insert(
    desk: &Desk,
    connection: &mut Connection,
    after: &mut Appointment,
    facts: &BookingFacts,
) -> Result<Place, CommandError> {
    let mut place = Place::read(desk, connection, after).await?;
    place.take(connection, after, facts).await?;
    store::agenda::insert(connection, after).await.map_err(slot)?;
    Ok(place)
}
