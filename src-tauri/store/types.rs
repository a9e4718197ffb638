//! Appointment types with all that they ask for; rooms and equipment, and when they are held.

use domain::agenda::overlap::Span;
use domain::id::{AppointmentId, PractitionerId, ResourceId, ResourceKindId, SiteId, TypeId};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::row::{flag, listed, number, number_option, parsed, text};
use super::{Connection, StoreError};

/// An appointment type's row, with who offers it where and what it takes along.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentType {
    /// Identifier.
    pub id: TypeId,
    /// Name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Minutes.
    pub minutes: i64,
    /// Hue.
    pub colour: String,
    /// Order.
    pub rank: i64,
    /// Still proposed.
    pub active: bool,
    /// Free minutes kept after.
    #[serde(default)]
    pub buffer_minutes: i64,
    /// May be booked online.
    #[serde(default)]
    pub online: bool,
    /// Whether the practice agrees to each online booking before it holds.
    #[serde(default)]
    pub needs_approval: bool,
    /// What the patient is told.
    #[serde(default)]
    pub instructions: String,
    /// Price hint, in cents.
    #[serde(default)]
    pub price_cents: Option<i64>,
    /// 5-minute parts that need the practitioner, `/X/`; empty: all.
    #[serde(default)]
    pub provider_time: String,
    /// Who offers it; empty: everybody.
    #[serde(default)]
    pub practitioners: Vec<PractitionerId>,
    /// Where; empty: everywhere.
    #[serde(default)]
    pub sites: Vec<SiteId>,
    /// Kinds of which it takes one along.
    #[serde(default)]
    pub resource_kinds: Vec<ResourceKindId>,
}

impl AppointmentType {
    /// Whether a practitioner at a site offers it.
    #[must_use]
    pub fn is_offered(&self, practitioner: PractitionerId, site: SiteId) -> bool {
        (self.practitioners.is_empty() || self.practitioners.contains(&practitioner))
            && (self.sites.is_empty() || self.sites.contains(&site))
    }
}

/// A kind of rooms or equipment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResourceKind {
    /// Identifier.
    pub id: ResourceKindId,
    /// Name.
    pub name: String,
    /// `room` or `equipment`.
    pub category: String,
    /// Order.
    pub rank: i64,
    /// Still used.
    pub active: bool,
}

/// A room or a piece of equipment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// Identifier.
    pub id: ResourceId,
    /// Kind.
    pub kind_id: ResourceKindId,
    /// Where it stands.
    pub site_id: SiteId,
    /// Name.
    pub name: String,
    /// Order.
    pub rank: i64,
    /// Still used.
    pub active: bool,
}

/// A resource and when it is held, in order.
pub struct HeldResource {
    /// Which.
    pub id: ResourceId,
    /// Its kind.
    pub kind_id: ResourceKindId,
    /// Where.
    pub site_id: SiteId,
    /// When.
    pub held: Vec<Span>,
}

fn read_type(row: &SqliteRow) -> Result<AppointmentType, StoreError> {
    Ok(AppointmentType {
        id: parsed(row, 0)?,
        name: text(row, 1)?,
        short_name: text(row, 2)?,
        minutes: number(row, 3)?,
        colour: text(row, 4)?,
        rank: number(row, 5)?,
        active: flag(row, 6)?,
        buffer_minutes: number(row, 7)?,
        online: flag(row, 8)?,
        instructions: text(row, 9)?,
        price_cents: number_option(row, 10)?,
        provider_time: text(row, 11)?,
        practitioners: listed(row, 12)?,
        sites: listed(row, 13)?,
        resource_kinds: listed(row, 14)?,
        needs_approval: flag(row, 15)?,
    })
}

/// Types in order.
///
/// # Errors
/// What SQLite refuses.
pub async fn types(connection: &mut Connection) -> Result<Vec<AppointmentType>, StoreError> {
    sqlx::query(
        "SELECT id, name, short_name, minutes, colour, rank, active, buffer_minutes, online, instructions, price_cents,
                provider_time, (SELECT group_concat(practitioner_id) FROM type_practitioner WHERE type_id = id),
                (SELECT group_concat(site_id) FROM type_site WHERE type_id = id),
                (SELECT group_concat(kind_id) FROM type_resource_kind WHERE type_id = id), needs_approval
           FROM appointment_type ORDER BY rank, id",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_type)
    .collect()
}

/// Adds or changes a type.
///
/// # Errors
/// What SQLite refuses (a duration out of 1 to 1440, a hue that is not one of the seven).
pub async fn save_type(connection: &mut Connection, kind: &AppointmentType) -> Result<(), StoreError> {
    let id = kind.id.to_string();
    sqlx::query(
        "INSERT INTO appointment_type (id, name, short_name, minutes, colour, rank, active, buffer_minutes, online,
            instructions, price_cents, provider_time, needs_approval) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, short_name = excluded.short_name,
             minutes = excluded.minutes, colour = excluded.colour, active = excluded.active,
             buffer_minutes = excluded.buffer_minutes, online = excluded.online, instructions = excluded.instructions,
             price_cents = excluded.price_cents, provider_time = excluded.provider_time,
             needs_approval = excluded.needs_approval",
    )
    .bind(&id)
    .bind(&kind.name)
    .bind(&kind.short_name)
    .bind(kind.minutes)
    .bind(&kind.colour)
    .bind(kind.rank)
    .bind(kind.active)
    .bind(kind.buffer_minutes)
    .bind(kind.online)
    .bind(&kind.instructions)
    .bind(kind.price_cents)
    .bind(&kind.provider_time)
    .bind(kind.needs_approval)
    .execute(&mut *connection)
    .await?;
    let lists = [
        (
            "DELETE FROM type_practitioner WHERE type_id = ?",
            "INSERT INTO type_practitioner (type_id, practitioner_id) VALUES (?, ?)",
            kind.practitioners.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ),
        (
            "DELETE FROM type_site WHERE type_id = ?",
            "INSERT INTO type_site (type_id, site_id) VALUES (?, ?)",
            kind.sites.iter().map(ToString::to_string).collect(),
        ),
        (
            "DELETE FROM type_resource_kind WHERE type_id = ?",
            "INSERT INTO type_resource_kind (type_id, kind_id) VALUES (?, ?)",
            kind.resource_kinds.iter().map(ToString::to_string).collect(),
        ),
    ];
    for (clear, add, others) in lists {
        sqlx::query(clear).bind(&id).execute(&mut *connection).await?;
        for other in others {
            sqlx::query(add).bind(&id).bind(other).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

/// Kinds of resources, in order.
///
/// # Errors
/// What SQLite refuses.
pub async fn resource_kinds(connection: &mut Connection) -> Result<Vec<ResourceKind>, StoreError> {
    sqlx::query("SELECT id, name, category, rank, active FROM resource_kind ORDER BY rank, id")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| {
            Ok(ResourceKind {
                id: parsed(row, 0)?,
                name: text(row, 1)?,
                category: text(row, 2)?,
                rank: number(row, 3)?,
                active: flag(row, 4)?,
            })
        })
        .collect()
}

/// Adds or changes a kind.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_resource_kind(connection: &mut Connection, kind: &ResourceKind) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO resource_kind (id, name, category, rank, active) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, category = excluded.category, active = excluded.active",
    )
    .bind(kind.id.to_string())
    .bind(&kind.name)
    .bind(&kind.category)
    .bind(kind.rank)
    .bind(kind.active)
    .execute(connection)
    .await?;
    Ok(())
}

/// Resources, in order.
///
/// # Errors
/// What SQLite refuses.
pub async fn resources(connection: &mut Connection) -> Result<Vec<Resource>, StoreError> {
    sqlx::query("SELECT id, kind_id, site_id, name, rank, active FROM resource ORDER BY rank, id")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| {
            Ok(Resource {
                id: parsed(row, 0)?,
                kind_id: parsed(row, 1)?,
                site_id: parsed(row, 2)?,
                name: text(row, 3)?,
                rank: number(row, 4)?,
                active: flag(row, 5)?,
            })
        })
        .collect()
}

/// Adds or changes a resource.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_resource(connection: &mut Connection, resource: &Resource) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO resource (id, kind_id, site_id, name, rank, active) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET kind_id = excluded.kind_id, site_id = excluded.site_id, name = excluded.name,
             active = excluded.active",
    )
    .bind(resource.id.to_string())
    .bind(resource.kind_id.to_string())
    .bind(resource.site_id.to_string())
    .bind(&resource.name)
    .bind(resource.rank)
    .bind(resource.active)
    .execute(connection)
    .await?;
    Ok(())
}

/// A resource of a kind at a site that nobody else holds during a span; the one that the appointment holds already, if it
/// still can.
///
/// # Errors
/// What SQLite refuses.
pub async fn free_resource(
    connection: &mut Connection,
    kind: ResourceKindId,
    site: SiteId,
    span: Span,
    of: AppointmentId,
) -> Result<Option<ResourceId>, StoreError> {
    sqlx::query(
        "SELECT r.id FROM resource r WHERE r.kind_id = ?1 AND r.site_id = ?2 AND r.active = 1 AND NOT EXISTS (
             SELECT 1 FROM resource_hold h WHERE h.resource_id = r.id AND h.appointment_id <> ?5
                AND h.starts > ?3 - 1440 AND h.starts < ?4 AND h.starts + h.minutes > ?3)
          ORDER BY EXISTS (SELECT 1 FROM resource_hold h WHERE h.appointment_id = ?5 AND h.resource_id = r.id) DESC,
                   r.rank, r.id LIMIT 1",
    )
    .bind(kind.to_string())
    .bind(site.to_string())
    .bind(span.start)
    .bind(span.end())
    .bind(of.to_string())
    .fetch_optional(connection)
    .await?
    .map(|row| parsed(&row, 0))
    .transpose()
}

/// The resources of some kinds that are still used, with when each is held between two wall minutes.
///
/// # Errors
/// What SQLite refuses.
pub async fn held_resources(
    connection: &mut Connection,
    kinds: &[ResourceKindId],
    from: i64,
    to: i64,
) -> Result<Vec<HeldResource>, StoreError> {
    let ids: Vec<String> = kinds.iter().map(ToString::to_string).collect();
    let rows = sqlx::query(
        "SELECT r.id, r.kind_id, r.site_id, (SELECT group_concat((h.starts - ?2) * 2048 + h.minutes) FROM resource_hold h
                 WHERE h.resource_id = r.id AND h.starts > ?2 AND h.starts < ?3)
           FROM resource r WHERE r.kind_id IN (SELECT value FROM json_each(?1)) AND r.active = 1 ORDER BY r.rank, r.id",
    )
    .bind(serde_json::Value::from(ids).to_string())
    .bind(from - 1440)
    .bind(to)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(HeldResource {
                id: parsed(row, 0)?,
                kind_id: parsed(row, 1)?,
                site_id: parsed(row, 2)?,
                held: super::slots::unfolded(row.try_get::<Option<&str>, _>(3)?.unwrap_or(""), from - 1440)?,
            })
        })
        .collect()
}
