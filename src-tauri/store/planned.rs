//! One row at a time of what `planning` reads: openings, blocks, locums, changes to holidays, school holidays. A row that
//! is taken back stays, marked: its history and its undo need it.

use domain::id::{BlockId, LocumId, OpeningId, SchoolHolidayId};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::Row;

use super::planning::{Block, HolidayChange, Locum, Opening, SchoolHoliday};
use super::row::{flag, number, number_option, parsed, text};
use super::{Connection, StoreError};

/// A row that is kept by its identifier and can be taken back.
pub trait Planned: Serialize + DeserializeOwned + Clone + Send + Sync {
    /// What the journal calls it.
    const KIND: &'static str;
    /// Its identifier.
    type Id: std::str::FromStr + std::fmt::Display + Copy + Send;
    /// One row, also one that was taken back.
    fn read(connection: &mut Connection, id: Self::Id)
    -> impl Future<Output = Result<Option<Self>, StoreError>> + Send;
    /// Adds or changes it.
    fn save(&self, connection: &mut Connection) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Which it is.
    fn id(&self) -> Self::Id;
    /// Whether it was taken back.
    fn is_deleted(&self) -> bool;
    /// The same, taken back.
    #[must_use]
    fn taken_back(&self) -> Self;
}

impl Planned for Opening {
    const KIND: &'static str = "opening";
    type Id = OpeningId;

    async fn read(connection: &mut Connection, id: OpeningId) -> Result<Option<Self>, StoreError> {
        sqlx::query("SELECT id, practitioner_id, day, from_minute, to_minute, label, deleted FROM opening WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(connection)
            .await?
            .map(|row| {
                Ok(Self {
                    id: parsed(&row, 0)?,
                    practitioner_id: parsed(&row, 1)?,
                    day: number(&row, 2)?,
                    from_minute: number(&row, 3)?,
                    to_minute: number(&row, 4)?,
                    label: text(&row, 5)?,
                    deleted: flag(&row, 6)?,
                })
            })
            .transpose()
    }

    async fn save(&self, connection: &mut Connection) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO opening (id, practitioner_id, day, from_minute, to_minute, label, deleted)
             VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET day = excluded.day, from_minute = excluded.from_minute,
                 to_minute = excluded.to_minute, label = excluded.label, deleted = excluded.deleted",
        )
        .bind(self.id.to_string())
        .bind(self.practitioner_id.to_string())
        .bind(self.day)
        .bind(self.from_minute)
        .bind(self.to_minute)
        .bind(&self.label)
        .bind(self.deleted)
        .execute(connection)
        .await?;
        Ok(())
    }

    fn id(&self) -> OpeningId {
        self.id
    }

    fn is_deleted(&self) -> bool {
        self.deleted
    }

    fn taken_back(&self) -> Self {
        Self { deleted: true, ..self.clone() }
    }
}

impl Planned for Block {
    const KIND: &'static str = "block";
    type Id = BlockId;

    async fn read(connection: &mut Connection, id: BlockId) -> Result<Option<Self>, StoreError> {
        sqlx::query(
            "SELECT id, practitioner_id, kind, weekdays, from_minute, to_minute, valid_from, valid_until, weeks,
                    release_days, release_minute, types, label, deleted FROM block WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| {
            Ok(Self {
                id: parsed(&row, 0)?,
                practitioner_id: parsed(&row, 1)?,
                kind: parsed(&row, 2)?,
                weekdays: number(&row, 3)?,
                from_minute: number(&row, 4)?,
                to_minute: number(&row, 5)?,
                valid_from: number_option(&row, 6)?,
                valid_until: number_option(&row, 7)?,
                weeks: parsed(&row, 8)?,
                release_days: number_option(&row, 9)?,
                release_minute: number_option(&row, 10)?,
                types: serde_json::from_str(row.try_get::<&str, _>(11)?).map_err(|_| StoreError::BadValue)?,
                label: text(&row, 12)?,
                deleted: flag(&row, 13)?,
            })
        })
        .transpose()
    }

    async fn save(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let types = serde_json::to_string(&self.types).map_err(|_| StoreError::BadValue)?;
        sqlx::query(
            "INSERT INTO block (id, practitioner_id, kind, weekdays, from_minute, to_minute, valid_from, valid_until, weeks,
                release_days, release_minute, types, label, deleted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, weekdays = excluded.weekdays,
                 from_minute = excluded.from_minute, to_minute = excluded.to_minute, valid_from = excluded.valid_from,
                 valid_until = excluded.valid_until, weeks = excluded.weeks, release_days = excluded.release_days,
                 release_minute = excluded.release_minute, types = excluded.types, label = excluded.label,
                 deleted = excluded.deleted",
        )
        .bind(self.id.to_string())
        .bind(self.practitioner_id.to_string())
        .bind(self.kind.as_str())
        .bind(self.weekdays)
        .bind(self.from_minute)
        .bind(self.to_minute)
        .bind(self.valid_from)
        .bind(self.valid_until)
        .bind(self.weeks.as_str())
        .bind(self.release_days)
        .bind(self.release_minute)
        .bind(types)
        .bind(&self.label)
        .bind(self.deleted)
        .execute(connection)
        .await?;
        Ok(())
    }

    fn id(&self) -> BlockId {
        self.id
    }

    fn is_deleted(&self) -> bool {
        self.deleted
    }

    fn taken_back(&self) -> Self {
        Self { deleted: true, ..self.clone() }
    }
}

impl Planned for Locum {
    const KIND: &'static str = "locum";
    type Id = LocumId;

    async fn read(connection: &mut Connection, id: LocumId) -> Result<Option<Self>, StoreError> {
        sqlx::query("SELECT id, practitioner_id, name, number, first_day, last_day, deleted FROM locum WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(connection)
            .await?
            .map(|row| {
                Ok(Self {
                    id: parsed(&row, 0)?,
                    practitioner_id: parsed(&row, 1)?,
                    name: text(&row, 2)?,
                    number: text(&row, 3)?,
                    first_day: number(&row, 4)?,
                    last_day: number(&row, 5)?,
                    deleted: flag(&row, 6)?,
                })
            })
            .transpose()
    }

    async fn save(&self, connection: &mut Connection) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO locum (id, practitioner_id, name, number, first_day, last_day, deleted)
             VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, number = excluded.number,
                 first_day = excluded.first_day, last_day = excluded.last_day, deleted = excluded.deleted",
        )
        .bind(self.id.to_string())
        .bind(self.practitioner_id.to_string())
        .bind(&self.name)
        .bind(&self.number)
        .bind(self.first_day)
        .bind(self.last_day)
        .bind(self.deleted)
        .execute(connection)
        .await?;
        Ok(())
    }

    fn id(&self) -> LocumId {
        self.id
    }

    fn is_deleted(&self) -> bool {
        self.deleted
    }

    fn taken_back(&self) -> Self {
        Self { deleted: true, ..self.clone() }
    }
}

impl Planned for SchoolHoliday {
    const KIND: &'static str = "school_holiday";
    type Id = SchoolHolidayId;

    async fn read(connection: &mut Connection, id: SchoolHolidayId) -> Result<Option<Self>, StoreError> {
        sqlx::query("SELECT id, zone, label, first_day, last_day, deleted FROM school_holiday WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(connection)
            .await?
            .map(|row| {
                Ok(Self {
                    id: parsed(&row, 0)?,
                    zone: text(&row, 1)?,
                    label: text(&row, 2)?,
                    first_day: number(&row, 3)?,
                    last_day: number(&row, 4)?,
                    deleted: flag(&row, 5)?,
                })
            })
            .transpose()
    }

    async fn save(&self, connection: &mut Connection) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO school_holiday (id, zone, label, first_day, last_day, deleted) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET zone = excluded.zone, label = excluded.label,
                 first_day = excluded.first_day, last_day = excluded.last_day, deleted = excluded.deleted",
        )
        .bind(self.id.to_string())
        .bind(&self.zone)
        .bind(&self.label)
        .bind(self.first_day)
        .bind(self.last_day)
        .bind(self.deleted)
        .execute(connection)
        .await?;
        Ok(())
    }

    fn id(&self) -> SchoolHolidayId {
        self.id
    }

    fn is_deleted(&self) -> bool {
        self.deleted
    }

    fn taken_back(&self) -> Self {
        Self { deleted: true, ..self.clone() }
    }
}

/// What the practice says of a date; with an empty state where it says nothing.
///
/// # Errors
/// What SQLite refuses.
pub async fn holiday_change(connection: &mut Connection, day: i64) -> Result<HolidayChange, StoreError> {
    let row = sqlx::query("SELECT state, holiday, label FROM holiday_change WHERE day = ?")
        .bind(day)
        .fetch_optional(connection)
        .await?;
    Ok(match row {
        Some(row) => HolidayChange { day, state: text(&row, 0)?, holiday: text(&row, 1)?, label: text(&row, 2)? },
        None => HolidayChange { day, state: String::new(), holiday: String::new(), label: String::new() },
    })
}

/// Says it; an empty state leaves the date to the calendar again.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_holiday_change(connection: &mut Connection, change: &HolidayChange) -> Result<(), StoreError> {
    if change.state.is_empty() {
        sqlx::query("DELETE FROM holiday_change WHERE day = ?").bind(change.day).execute(connection).await?;
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO holiday_change (day, state, holiday, label) VALUES (?, ?, ?, ?)
         ON CONFLICT (day) DO UPDATE SET state = excluded.state, holiday = excluded.holiday, label = excluded.label",
    )
    .bind(change.day)
    .bind(&change.state)
    .bind(&change.holiday)
    .bind(&change.label)
    .execute(connection)
    .await?;
    Ok(())
}
