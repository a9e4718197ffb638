//! The practice, its sites, practitioners and settings. Types are beside it, in `types`, and known here by name.

use domain::country::Country;
use domain::id::{PracticeId, PractitionerId, SiteId};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;

use super::row::{flag, number, parsed, text};
pub use super::types::{AppointmentType, save_type, types};
use super::{Connection, StoreError};

/// The practice's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Practice {
    /// Identifier.
    pub id: PracticeId,
    /// Name.
    pub name: String,
    /// Country.
    pub country: Country,
    /// Demonstration practice.
    pub demonstration: bool,
    /// UTC instant.
    pub created_at: String,
}

/// A site's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Identifier.
    pub id: SiteId,
    /// Name.
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// Street.
    pub address: String,
    /// Post code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Phone.
    pub phone: String,
    /// Order.
    pub rank: i64,
    /// Still used.
    pub active: bool,
}

/// A practitioner's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Practitioner {
    /// Identifier.
    pub id: PractitionerId,
    /// Name.
    pub name: String,
    /// Speciality.
    pub speciality: String,
    /// RPPS.
    pub rpps: String,
    /// INPE.
    pub inpe: String,
    /// Usual site.
    pub site_id: SiteId,
    /// Order.
    pub rank: i64,
    /// Still here.
    pub active: bool,
}

/// The practice.
///
/// # Errors
/// [`StoreError::NotFound`] in a database without one.
pub async fn practice(connection: &mut Connection) -> Result<Practice, StoreError> {
    let row =
        sqlx::query("SELECT id, name, country, demonstration, created_at FROM practice").fetch_one(connection).await?;
    Ok(Practice {
        id: parsed(&row, 0)?,
        name: text(&row, 1)?,
        country: parsed(&row, 2)?,
        demonstration: flag(&row, 3)?,
        created_at: text(&row, 4)?,
    })
}

/// Writes the practice.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_practice(connection: &mut Connection, practice: &Practice) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO practice (id, name, country, demonstration, created_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name",
    )
    .bind(practice.id.to_string())
    .bind(&practice.name)
    .bind(practice.country.as_str())
    .bind(practice.demonstration)
    .bind(&practice.created_at)
    .execute(connection)
    .await?;
    Ok(())
}

fn read_site(row: &SqliteRow) -> Result<Site, StoreError> {
    Ok(Site {
        id: parsed(row, 0)?,
        name: text(row, 1)?,
        zone: text(row, 2)?,
        address: text(row, 3)?,
        postcode: text(row, 4)?,
        city: text(row, 5)?,
        phone: text(row, 6)?,
        rank: number(row, 7)?,
        active: flag(row, 8)?,
    })
}

/// Sites in order.
///
/// # Errors
/// What SQLite refuses.
pub async fn sites(connection: &mut Connection) -> Result<Vec<Site>, StoreError> {
    sqlx::query("SELECT id, name, zone, address, postcode, city, phone, rank, active FROM site ORDER BY rank, id")
        .fetch_all(connection)
        .await?
        .iter()
        .map(read_site)
        .collect()
}

/// Adds or changes a site.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_site(connection: &mut Connection, site: &Site) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO site (id, name, zone, address, postcode, city, phone, rank, active)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, zone = excluded.zone, address = excluded.address,
             postcode = excluded.postcode, city = excluded.city, phone = excluded.phone, active = excluded.active",
    )
    .bind(site.id.to_string())
    .bind(&site.name)
    .bind(&site.zone)
    .bind(&site.address)
    .bind(&site.postcode)
    .bind(&site.city)
    .bind(&site.phone)
    .bind(site.rank)
    .bind(site.active)
    .execute(connection)
    .await?;
    Ok(())
}

fn read_practitioner(row: &SqliteRow) -> Result<Practitioner, StoreError> {
    Ok(Practitioner {
        id: parsed(row, 0)?,
        name: text(row, 1)?,
        speciality: text(row, 2)?,
        rpps: text(row, 3)?,
        inpe: text(row, 4)?,
        site_id: parsed(row, 5)?,
        rank: number(row, 6)?,
        active: flag(row, 7)?,
    })
}

/// Practitioners in order.
///
/// # Errors
/// What SQLite refuses.
pub async fn practitioners(connection: &mut Connection) -> Result<Vec<Practitioner>, StoreError> {
    sqlx::query("SELECT id, name, speciality, rpps, inpe, site_id, rank, active FROM practitioner ORDER BY rank, id")
        .fetch_all(connection)
        .await?
        .iter()
        .map(read_practitioner)
        .collect()
}

/// Adds or changes a practitioner.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_practitioner(connection: &mut Connection, practitioner: &Practitioner) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO practitioner (id, name, speciality, rpps, inpe, site_id, rank, active)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, speciality = excluded.speciality, rpps = excluded.rpps,
             inpe = excluded.inpe, site_id = excluded.site_id, active = excluded.active",
    )
    .bind(practitioner.id.to_string())
    .bind(&practitioner.name)
    .bind(&practitioner.speciality)
    .bind(&practitioner.rpps)
    .bind(&practitioner.inpe)
    .bind(practitioner.site_id.to_string())
    .bind(practitioner.rank)
    .bind(practitioner.active)
    .execute(connection)
    .await?;
    Ok(())
}

/// A setting's value, JSON.
///
/// # Errors
/// What SQLite refuses.
pub async fn setting(connection: &mut Connection, name: &str) -> Result<Option<serde_json::Value>, StoreError> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT value FROM setting WHERE name = ?").bind(name).fetch_optional(connection).await?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| StoreError::BadValue)).transpose()
}

/// Forgets a setting.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget_setting(connection: &mut Connection, name: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM setting WHERE name = ?").bind(name).execute(connection).await?;
    Ok(())
}

/// Writes a setting.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_setting(
    connection: &mut Connection,
    name: &str,
    value: &serde_json::Value,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value")
        .bind(name)
        .bind(value.to_string())
        .execute(connection)
        .await?;
    Ok(())
}
