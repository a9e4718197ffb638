//! What a booking copies from practitioner, type and patient: one question for all of it.

use domain::id::{PatientId, PractitionerId, ResourceKindId, SiteId, TypeId};

use super::row::{flag, listed, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// What a booking copies from practitioner, type and patient, read at once.
pub struct BookingFacts {
    /// The practitioner is there and active.
    pub practitioner_active: bool,
    /// The practitioner's usual site.
    pub site_id: SiteId,
    /// The type is there and active.
    pub type_active: bool,
    /// The type's minutes.
    pub minutes: i64,
    /// The patient; where one was merged, the one it is an alias of.
    pub patient_id: Option<PatientId>,
    /// Free minutes that the type keeps after.
    pub buffer_minutes: i64,
    /// The type's provider time, as a pattern.
    pub provider_time: String,
    /// The practitioner offers the type.
    pub offered: bool,
    /// The type is offered at the practitioner's site.
    pub at_site: bool,
    /// Kinds of which the type takes one along.
    pub resource_kinds: Vec<ResourceKindId>,
}

/// Reads what a booking needs.
///
/// # Errors
/// [`StoreError::NotFound`] where the practitioner or the type is not there at all.
pub async fn booking_facts(
    connection: &mut Connection,
    practitioner: PractitionerId,
    type_id: TypeId,
    patient: Option<PatientId>,
) -> Result<BookingFacts, StoreError> {
    let row = sqlx::query(
        "SELECT q.active, q.site_id, t.active, t.minutes,
                (SELECT coalesce(p.merged_into, p.id) FROM patient p WHERE p.id = ?3), t.buffer_minutes, t.provider_time,
                NOT EXISTS (SELECT 1 FROM type_practitioner o WHERE o.type_id = t.id)
                 OR EXISTS (SELECT 1 FROM type_practitioner o WHERE o.type_id = t.id AND o.practitioner_id = q.id),
                NOT EXISTS (SELECT 1 FROM type_site o WHERE o.type_id = t.id)
                 OR EXISTS (SELECT 1 FROM type_site o WHERE o.type_id = t.id AND o.site_id = q.site_id),
                (SELECT group_concat(r.kind_id) FROM type_resource_kind r WHERE r.type_id = t.id)
           FROM practitioner q, appointment_type t WHERE q.id = ?1 AND t.id = ?2",
    )
    .bind(practitioner.to_string())
    .bind(type_id.to_string())
    .bind(patient.map(|id| id.to_string()))
    .fetch_one(connection)
    .await?;
    Ok(BookingFacts {
        practitioner_active: flag(&row, 0)?,
        site_id: parsed(&row, 1)?,
        type_active: flag(&row, 2)?,
        minutes: number(&row, 3)?,
        patient_id: parsed_option(&row, 4)?,
        buffer_minutes: number(&row, 5)?,
        provider_time: text(&row, 6)?,
        offered: flag(&row, 7)?,
        at_site: flag(&row, 8)?,
        resource_kinds: listed(&row, 9)?,
    })
}
