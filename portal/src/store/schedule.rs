//! Schedules, with the types they offer and their line in the directory.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{PractitionerId, SiteId, TypeId},
    patient::names,
};
use fhir::booking::{AppointmentType, Horizon, Meta, OfferedType, Practitioner, Schedule, ScheduleId, Site};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Expect, Put, PutOutcome, StoreError, Tx, directory::Shown};

#[derive(FromRow)]
struct ScheduleRow {
    schedule_id: Uuid,
    version: i64,
    updated_at: DateTime<Utc>,
    active: bool,
    practitioner_id: Uuid,
    practitioner_name: String,
    speciality: Option<String>,
    site_id: Uuid,
    site_name: String,
    street: Option<String>,
    post_code: Option<String>,
    town: String,
    country: String,
    zone: String,
    horizon_from_on: Option<NaiveDate>,
    horizon_until_on: Option<NaiveDate>,
}

#[derive(FromRow)]
struct TypeRow {
    type_id: Uuid,
    label: String,
    minutes: i32,
    needs_approval: bool,
}

fn form<T, E>(result: Result<T, E>) -> Result<T, StoreError> {
    result.map_err(|_| StoreError::Form)
}

impl ScheduleRow {
    fn with(self, types: Vec<TypeRow>) -> Result<Schedule, StoreError> {
        let types = types.into_iter().map(|row| {
            let kind = AppointmentType { id: TypeId::new(row.type_id), label: form(row.label.parse())? };
            Ok(OfferedType { kind, minutes: i64::from(row.minutes), needs_approval: row.needs_approval })
        });
        Ok(Schedule {
            meta: Some(Meta { id: self.schedule_id.to_string(), version: self.version, updated_at: self.updated_at }),
            id: ScheduleId(self.schedule_id),
            active: self.active,
            practitioner: Practitioner {
                id: PractitionerId::new(self.practitioner_id),
                name: form(self.practitioner_name.parse())?,
                speciality: form(self.speciality.map(|s| s.parse()).transpose())?,
            },
            site: Site {
                id: SiteId::new(self.site_id),
                name: form(self.site_name.parse())?,
                street: self.street,
                post_code: self.post_code,
                town: form(self.town.parse())?,
                country: form(self.country.parse())?,
                zone: form(self.zone.parse())?,
            },
            types: types.collect::<Result<_, StoreError>>()?,
            horizon: self
                .horizon_from_on
                .zip(self.horizon_until_on)
                .map(|(from_on, until_on)| Horizon { from_on, until_on }),
        })
    }
}

impl Tx {
    /// A schedule by its name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn schedule(&mut self, id: ScheduleId) -> Result<Option<Schedule>, StoreError> {
        const SQL: &str = "SELECT schedule_id, version, updated_at, active, practitioner_id, practitioner_name, speciality, site_id, \
                           site_name, street, post_code, town, country, zone, horizon_from_on, horizon_until_on \
                           FROM schedule WHERE practice_id = $1 AND schedule_id = $2";
        const TYPES: &str = "SELECT type_id, label, minutes, needs_approval FROM offered_type \
                             WHERE practice_id = $1 AND schedule_id = $2 ORDER BY position";
        if let Some(read) = self.schedules.get(&id.0) {
            return Ok(Some(read.clone()));
        }
        let practice = self.practice().uuid();
        let row: Option<ScheduleRow> =
            sqlx::query_as(SQL).bind(practice).bind(id.0).fetch_optional(self.conn()).await?;
        let Some(row) = row else { return Ok(None) };
        let types = sqlx::query_as(TYPES).bind(practice).bind(id.0).fetch_all(self.conn()).await?;
        let schedule = row.with(types)?;
        self.schedules.insert(id.0, schedule.clone());
        Ok(Some(schedule))
    }

    /// The schedules of the practice, by practitioner's name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn schedules(&mut self) -> Result<Vec<Schedule>, StoreError> {
        let practice = self.practice().uuid();
        let ids = "SELECT schedule_id FROM schedule WHERE practice_id = $1 ORDER BY practitioner_name, schedule_id";
        let ids: Vec<Uuid> = sqlx::query_scalar(ids).bind(practice).fetch_all(self.conn()).await?;
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            all.extend(self.schedule(ScheduleId(id)).await?);
        }
        Ok(all)
    }

    /// A practice's conditional update of a schedule.
    ///
    /// # Errors
    /// [`StoreError::Stale`]; where the database fails.
    pub async fn put_schedule(&mut self, s: &Schedule, expect: Expect, now: DateTime<Utc>) -> Result<Put, StoreError> {
        // What is judged is what is there now, not what was read before.
        self.schedules.remove(&s.id.0);
        let before = self.schedule(s.id).await?;
        let there = before.as_ref().map(|held| {
            let version = held.meta.as_ref().map_or(0, |m| m.version);
            (version, Schedule { meta: None, ..held.clone() } == Schedule { meta: None, ..s.clone() })
        });
        let outcome = expect.judge(there)?;
        let version = there.map_or(0, |(version, _)| version);
        if outcome == PutOutcome::Unchanged {
            let updated_at = before.and_then(|held| held.meta).map_or(now, |m| m.updated_at);
            return Ok(Put { outcome, version, updated_at });
        }
        self.write_schedule(s, version + 1, now).await?;
        self.list(s).await?;
        Ok(Put { outcome, version: version + 1, updated_at: now })
    }

    async fn write_schedule(&mut self, s: &Schedule, version: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
        const SQL: &str = "\
            INSERT INTO schedule (practice_id, schedule_id, version, updated_at, active, practitioner_id, practitioner_name, \
            speciality, site_id, site_name, street, post_code, town, country, zone, horizon_from_on, horizon_until_on) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) \
            ON CONFLICT (practice_id, schedule_id) DO UPDATE SET version = EXCLUDED.version, updated_at = EXCLUDED.updated_at, \
            active = EXCLUDED.active, practitioner_id = EXCLUDED.practitioner_id, \
            practitioner_name = EXCLUDED.practitioner_name, speciality = EXCLUDED.speciality, site_id = EXCLUDED.site_id, \
            site_name = EXCLUDED.site_name, street = EXCLUDED.street, post_code = EXCLUDED.post_code, town = EXCLUDED.town, \
            country = EXCLUDED.country, zone = EXCLUDED.zone, horizon_from_on = EXCLUDED.horizon_from_on, \
            horizon_until_on = EXCLUDED.horizon_until_on";
        self.schedules.remove(&s.id.0);
        let practice = self.practice().uuid();
        let (who, site) = (&s.practitioner, &s.site);
        sqlx::query(SQL)
            .bind(practice)
            .bind(s.id.0)
            .bind(version)
            .bind(now)
            .bind(s.active)
            .bind(who.id.uuid())
            .bind(who.name.as_str())
            .bind(who.speciality.as_ref().map(|l| l.as_str()))
            .bind(site.id.uuid())
            .bind(site.name.as_str())
            .bind(site.street.as_deref())
            .bind(site.post_code.as_deref())
            .bind(site.town.as_str())
            .bind(site.country.as_str())
            .bind(site.zone.name())
            .bind(s.horizon.map(|h| h.from_on))
            .bind(s.horizon.map(|h| h.until_on))
            .execute(self.change())
            .await?;
        sqlx::query("DELETE FROM offered_type WHERE practice_id = $1 AND schedule_id = $2")
            .bind(practice)
            .bind(s.id.0)
            .execute(self.change())
            .await?;
        for (position, offered) in (0i16..).zip(&s.types) {
            sqlx::query(
                "INSERT INTO offered_type (practice_id, schedule_id, type_id, position, label, minutes, needs_approval) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(practice)
            .bind(s.id.0)
            .bind(offered.kind.id.uuid())
            .bind(position)
            .bind(offered.kind.label.as_str())
            .bind(i32::try_from(offered.minutes).unwrap_or(i32::MAX))
            .bind(offered.needs_approval)
            .execute(self.change())
            .await?;
        }
        Ok(())
    }

    /// The schedule's line in the directory; none where it is not shown.
    async fn list(&mut self, s: &Schedule) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        sqlx::query("DELETE FROM directory WHERE practice_id = $1 AND schedule_id = $2")
            .bind(practice)
            .bind(s.id.0)
            .execute(self.change())
            .await?;
        if !s.active {
            return Ok(());
        }
        let who = &s.practitioner;
        let words = [
            who.name.as_str(),
            who.speciality.as_ref().map_or("", |l| l.as_str()),
            s.site.name.as_str(),
            s.site.town.as_str(),
            s.site.post_code.as_deref().unwrap_or_default(),
        ];
        let shown = Shown {
            name: who.name.to_string(),
            speciality: who.speciality.as_ref().map(ToString::to_string),
            site: s.site.name.to_string(),
            town: s.site.town.to_string(),
        };
        let shown = form(serde_json::to_value(shown))?;
        sqlx::query("INSERT INTO directory (practice_id, schedule_id, shown, search) VALUES ($1, $2, $3, $4)")
            .bind(practice)
            .bind(s.id.0)
            .bind(shown)
            .bind(names::normalise(&words.join(" ")))
            .execute(self.change())
            .await?;
        Ok(())
    }

    /// Takes a schedule away, with its slots; refused by the database while appointments stand in it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn delete_schedule(&mut self, id: ScheduleId) -> Result<bool, StoreError> {
        self.schedules.remove(&id.0);
        let practice = self.practice().uuid();
        let gone = sqlx::query("DELETE FROM schedule WHERE practice_id = $1 AND schedule_id = $2")
            .bind(practice)
            .bind(id.0)
            .execute(self.change())
            .await?;
        Ok(gone.rows_affected() > 0)
    }
}
