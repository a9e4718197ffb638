//! A place that is looked for, for a session, a link of a row or somebody who waits: what speaks against a start, and where
//! it is free on a day. Reads only, on the connection that is held.

use domain::agenda::overlap::Span;
use domain::agenda::provider_time::Part;
use domain::agenda::status::{Origin, Status, Urgency};
use domain::id::{AppointmentId, PatientId, PractitionerId, ResourceKindId, SiteId, TypeId};
use domain::time::from_day_number;

use crate::commands::agenda::place::{Place, parts};
use crate::commands::agenda::slots::slots_on;
use crate::commands::agenda::wire::FindSlotsRequest;
use crate::commands::{CommandError, Desk};
use crate::store::agenda::{Appointment, BookingFacts};
use crate::store::{self, Connection};

/// What a place is looked for.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Sought {
    /// Whose agenda.
    pub practitioner_id: PractitionerId,
    /// Who.
    pub patient_id: Option<PatientId>,
    /// Type.
    pub type_id: TypeId,
    /// Minutes.
    pub minutes: i64,
    site_id: SiteId,
    buffer_minutes: i64,
    provider_parts: Vec<Part>,
    resource_kinds: Vec<ResourceKindId>,
    /// Why the type does not belong there, wherever it is put.
    misplaced: Vec<&'static str>,
}

impl Sought {
    /// So many minutes of a type with a practitioner, for whom the facts were read.
    pub fn new(practitioner_id: PractitionerId, type_id: TypeId, minutes: i64, facts: &BookingFacts) -> Self {
        let mut misplaced = Vec::new();
        if !facts.offered {
            misplaced.push("type_not_offered");
        }
        if !facts.at_site {
            misplaced.push("type_not_at_site");
        }
        Self {
            practitioner_id,
            patient_id: facts.patient_id,
            type_id,
            minutes,
            site_id: facts.site_id,
            buffer_minutes: facts.buffer_minutes,
            provider_parts: parts(facts, minutes),
            resource_kinds: facts.resource_kinds.clone(),
            misplaced,
        }
    }

    /// An appointment there, for the checks that look at one.
    fn probe(&self, starts: i64) -> Appointment {
        let nobody = uuid::Uuid::nil();
        Appointment {
            id: AppointmentId::new(nobody),
            code: String::new(),
            practitioner_id: self.practitioner_id,
            site_id: self.site_id,
            patient_id: None,
            type_id: self.type_id,
            day: starts.div_euclid(1440),
            starts: Some(starts),
            queue_rank: None,
            minutes: self.minutes,
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
            revision: 0,
            buffer_minutes: self.buffer_minutes,
            provider_parts: self.provider_parts.clone(),
            resources: Vec::new(),
        }
    }
}

/// What speaks against a start, appointments of `except` not counted: codes as booking's refusals and warnings.
pub(in crate::commands) async fn clashes(
    desk: &Desk,
    connection: &mut Connection,
    sought: &Sought,
    starts: i64,
    except: &[AppointmentId],
) -> Result<Vec<String>, CommandError> {
    let mut clashes: Vec<String> = sought.misplaced.iter().map(|code| (*code).to_owned()).collect();
    let span = Span { start: starts, minutes: sought.minutes };
    if store::series::taken(connection, sought.practitioner_id, span, &sought.provider_parts, except).await? {
        clashes.push("slot_taken".to_owned());
    }
    if let Some(patient) = sought.patient_id
        && store::series::patient_taken(connection, patient, starts, sought.minutes, except).await?
    {
        clashes.push("patient_booked_twice".to_owned());
    }
    for kind in &sought.resource_kinds {
        if !store::series::resource_free(connection, *kind, sought.site_id, span, except).await? {
            clashes.push("resource_taken".to_owned());
            break;
        }
    }
    let probe = sought.probe(starts);
    let place = Place::read(desk, connection, &probe).await?;
    let mut warnings = place.warnings(desk, connection, &probe, Some(false)).await?;
    // Free time kept after what will move itself is in nobody's way.
    if !except.is_empty() {
        warnings.retain(|code| code != "kept_free");
    }
    clashes.extend(warnings);
    if starts < desk.wall_now().minutes() && !clashes.iter().any(|code| code == "in_the_past") {
        clashes.push("in_the_past".to_owned());
    }
    Ok(clashes)
}

/// Whether nothing speaks against a start. What is cheap to see is looked at first.
pub(in crate::commands) async fn is_free(
    desk: &Desk,
    connection: &mut Connection,
    sought: &Sought,
    starts: i64,
    except: &[AppointmentId],
) -> Result<bool, CommandError> {
    let span = Span { start: starts, minutes: sought.minutes };
    if store::series::taken(connection, sought.practitioner_id, span, &sought.provider_parts, except).await? {
        return Ok(false);
    }
    Ok(clashes(desk, connection, sought, starts, except).await?.is_empty())
}

/// The free starts of a day.
pub(in crate::commands) async fn free_on(
    desk: &Desk,
    connection: &mut Connection,
    sought: &Sought,
    day: i64,
) -> Result<Vec<i64>, CommandError> {
    let request = FindSlotsRequest {
        practitioners: vec![sought.practitioner_id],
        type_id: sought.type_id,
        minutes: Some(sought.minutes),
        from: from_day_number(day).to_string(),
        days: 1,
        part: "any".to_owned(),
        count: 200,
    };
    Ok(slots_on(desk, connection, request).await?.slots.into_iter().map(|slot| slot.starts.minutes()).collect())
}
