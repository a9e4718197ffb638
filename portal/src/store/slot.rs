//! Slots as the practice puts, reads and takes them away.

use chrono::{DateTime, Utc};
use domain::id::TypeId;
use fhir::booking::{Meta, ScheduleId, Slot, SlotId, SlotStatus, Span};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

use super::{Expect, Put, PutOutcome, StoreError, Tx};

#[derive(FromRow)]
struct SlotRow {
    slot_id: Uuid,
    schedule_id: Uuid,
    version: i64,
    updated_at: DateTime<Utc>,
    status: String,
    start_at: DateTime<Utc>,
    end_at: DateTime<Utc>,
    types: Vec<Uuid>,
}

impl TryFrom<SlotRow> for Slot {
    type Error = StoreError;

    fn try_from(row: SlotRow) -> Result<Self, StoreError> {
        Ok(Self {
            meta: Some(Meta { id: row.slot_id.to_string(), version: row.version, updated_at: row.updated_at }),
            id: SlotId(row.slot_id),
            schedule: ScheduleId(row.schedule_id),
            status: row.status.parse().map_err(|_| StoreError::Form)?,
            span: Span::between(row.start_at, row.end_at).ok_or(StoreError::Form)?,
            types: row.types.into_iter().map(TypeId::new).collect(),
        })
    }
}

/// Which slots are looked for.
#[derive(Debug, Clone, Default)]
pub struct SlotSearch {
    /// In which schedule; none: in all.
    pub schedule: Option<ScheduleId>,
    /// In which state; none: in any.
    pub status: Option<SlotStatus>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub before: Option<DateTime<Utc>>,
    /// After this one, in the order of time and name.
    pub after: Option<(DateTime<Utc>, Uuid)>,
}

impl SlotSearch {
    /// The question, in a form of its own for what is asked: the one that fits them all would read every slot of the practice.
    fn sql(&self) -> String {
        let schedule = if self.schedule.is_some() { "$2" } else { "s.schedule_id" };
        let of = if self.schedule.is_some() { "s.schedule_id = $2" } else { "$2::uuid IS NULL" };
        let booked = format!(
            "EXISTS (SELECT FROM appointment a WHERE a.practice_id = $1 AND a.practitioner_id = (SELECT h.practitioner_id \
             FROM schedule h WHERE h.practice_id = $1 AND h.schedule_id = {schedule}) AND a.start_at > s.start_at - interval '1 day' \
             AND a.start_at < s.end_at AND a.end_at > s.start_at \
             AND a.status IN ('proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'checked-in'))"
        );
        let (status, holds) = match self.status {
            None => (
                format!("CASE WHEN s.status = 'free' AND {booked} THEN 'busy' ELSE s.status END"),
                "$7::text IS NULL".to_owned(),
            ),
            Some(SlotStatus::Free) => ("s.status".to_owned(), format!("s.status = $7 AND NOT {booked}")),
            Some(SlotStatus::Busy) => ("$7".to_owned(), format!("(s.status = $7 OR s.status = 'free' AND {booked})")),
            Some(_) => ("s.status".to_owned(), "s.status = $7".to_owned()),
        };
        format!(
            "SELECT s.slot_id, s.schedule_id, s.version, s.updated_at, {status} AS status, s.start_at, s.end_at, s.types FROM slot s \
             WHERE s.practice_id = $1 AND {of} AND s.start_at >= $3 AND s.start_at < $4 AND (s.start_at, s.slot_id) > ($5, $6) \
             AND {holds} ORDER BY s.start_at, s.slot_id LIMIT $8"
        )
    }
}

impl Tx {
    /// A slot by its name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn slot(&mut self, id: SlotId) -> Result<Option<Slot>, StoreError> {
        const SQL: &str = "SELECT slot_id, schedule_id, version, updated_at, status, start_at, end_at, types FROM slot \
                           WHERE practice_id = $1 AND slot_id = $2 FOR NO KEY UPDATE";
        let practice = self.practice().uuid();
        let row: Option<SlotRow> = sqlx::query_as(SQL).bind(practice).bind(id.0).fetch_optional(self.conn()).await?;
        row.map(Slot::try_from).transpose()
    }

    /// Slots of a search, as the practice put them. A free one over which a patient has booked meanwhile is told as busy.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn slots(&mut self, search: &SlotSearch, most: i64) -> Result<Vec<Slot>, StoreError> {
        let practice = self.practice().uuid();
        let (after, name) = search.after.unwrap_or((DateTime::UNIX_EPOCH, Uuid::nil()));
        // Of constant parts: nothing of a request stands in this statement.
        let rows: Vec<SlotRow> = sqlx::query_as(AssertSqlSafe(search.sql()))
            .bind(practice)
            .bind(search.schedule.map(|s| s.0))
            .bind(search.from.unwrap_or(DateTime::UNIX_EPOCH).max(after))
            .bind(search.before.unwrap_or(DateTime::UNIX_EPOCH + chrono::TimeDelta::days(100_000)))
            .bind(after)
            .bind(name)
            .bind(search.status.map(SlotStatus::as_str))
            .bind(most)
            .fetch_all(self.conn())
            .await?;
        rows.into_iter().map(Slot::try_from).collect()
    }

    /// A practice's conditional update of a slot.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::NoSchedule`].
    pub async fn put_slot(&mut self, slot: &Slot, expect: Expect, now: DateTime<Utc>) -> Result<Put, StoreError> {
        const SQL: &str = "\
            INSERT INTO slot (practice_id, slot_id, schedule_id, version, updated_at, status, start_at, end_at, types) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (practice_id, slot_id) DO UPDATE SET \
            schedule_id = EXCLUDED.schedule_id, version = EXCLUDED.version, updated_at = EXCLUDED.updated_at, \
            status = EXCLUDED.status, start_at = EXCLUDED.start_at, end_at = EXCLUDED.end_at, types = EXCLUDED.types";
        let before = self.slot(slot.id).await?;
        let there = before.as_ref().map(|held| {
            let version = held.meta.as_ref().map_or(0, |m| m.version);
            (version, Slot { meta: None, ..held.clone() } == Slot { meta: None, ..slot.clone() })
        });
        let outcome = expect.judge(there)?;
        let version = there.map_or(0, |(version, _)| version);
        if outcome == PutOutcome::Unchanged {
            let updated_at = before.and_then(|held| held.meta).map_or(now, |m| m.updated_at);
            return Ok(Put { outcome, version, updated_at });
        }
        let types: Vec<Uuid> = slot.types.iter().map(|t| t.uuid()).collect();
        sqlx::query(SQL)
            .bind(self.practice().uuid())
            .bind(slot.id.0)
            .bind(slot.schedule.0)
            .bind(version + 1)
            .bind(now)
            .bind(slot.status.as_str())
            .bind(slot.span.start_at)
            .bind(slot.span.end_at())
            .bind(types)
            .execute(self.change())
            .await
            .map_err(|error| match StoreError::from(error) {
                // The foreign key: no such schedule.
                StoreError::Database(state) if &state == b"23503" => StoreError::NoSchedule,
                other => other,
            })?;
        Ok(Put { outcome, version: version + 1, updated_at: now })
    }

    /// Takes a slot away.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn delete_slot(&mut self, id: SlotId) -> Result<bool, StoreError> {
        let practice = self.practice().uuid();
        let gone = sqlx::query("DELETE FROM slot WHERE practice_id = $1 AND slot_id = $2")
            .bind(practice)
            .bind(id.0)
            .execute(self.change())
            .await?;
        Ok(gone.rows_affected() > 0)
    }

    /// Takes the slots of a schedule away that begin in a stretch of time. How many.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn delete_slots(
        &mut self,
        schedule: ScheduleId,
        from: DateTime<Utc>,
        before: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let practice = self.practice().uuid();
        let sql = "DELETE FROM slot WHERE practice_id = $1 AND schedule_id = $2 AND start_at >= $3 AND start_at < $4";
        let gone =
            sqlx::query(sql).bind(practice).bind(schedule.0).bind(from).bind(before).execute(self.change()).await?;
        Ok(gone.rows_affected())
    }
}
