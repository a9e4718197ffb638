//! Which slots a patient can book: free as the practice says, and not booked over meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::TypeId;
use fhir::booking::{Schedule, SlotId};
use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Tx};

/// A start that can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreeSlot {
    /// The slot.
    pub id: SlotId,
    /// When it begins.
    pub start_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct SpanRow {
    slot_id: Option<Uuid>,
    start_at: DateTime<Utc>,
    end_at: DateTime<Utc>,
}

/// The open spans that no busy one touches in their first minutes; both in the order of their start. Of several that begin
/// together the first counts.
fn bookable(
    open: &[SpanRow],
    busy: &[(DateTime<Utc>, DateTime<Utc>)],
    length: TimeDelta,
    most: usize,
) -> Vec<FreeSlot> {
    let mut free: Vec<FreeSlot> = Vec::new();
    // Of all busy spans that began before, only the one that lasts longest matters.
    let (mut next, mut busy_until) = (0, DateTime::<Utc>::MIN_UTC);
    for span in open {
        let end = span.start_at + length;
        while let Some(&(from, to)) = busy.get(next).filter(|(from, _)| *from <= span.start_at) {
            busy_until = busy_until.max(to);
            next += 1;
            let _ = from;
        }
        let touched = busy_until > span.start_at || busy.get(next).is_some_and(|(from, _)| *from < end);
        let doubled = free.last().is_some_and(|last| last.start_at == span.start_at);
        if let (false, false, Some(id)) = (touched, doubled, span.slot_id) {
            free.push(FreeSlot { id: SlotId(id), start_at: span.start_at });
            if free.len() == most {
                break;
            }
        }
    }
    free
}

impl Tx {
    /// The starts that can be booked for a type of a schedule in a stretch of time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the schedule does not offer the type.
    pub async fn free_slots(
        &mut self,
        schedule: &Schedule,
        kind: TypeId,
        from: DateTime<Utc>,
        before: DateTime<Utc>,
        most: usize,
    ) -> Result<Vec<FreeSlot>, StoreError> {
        const SQL: &str = "\
            SELECT slot_id, start_at, end_at FROM slot WHERE practice_id = $1 AND schedule_id = $2 AND status = 'free' \
            AND start_at >= $4 AND start_at < $5 AND (types = '{}' OR $6 = ANY (types)) \
            AND end_at >= start_at + $7 * interval '1 minute' \
            UNION ALL SELECT NULL, start_at, end_at FROM slot WHERE practice_id = $1 AND schedule_id = $2 \
            AND status IN ('busy', 'busy-unavailable', 'busy-tentative') AND start_at > $4 - interval '1 day' AND start_at < $5 + interval '1 day' \
            UNION ALL SELECT NULL, start_at, end_at FROM appointment WHERE practice_id = $1 AND practitioner_id = $3 \
            AND start_at > $4 - interval '1 day' AND start_at < $5 + interval '1 day' AND end_at > $4 \
            AND status IN ('proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'checked-in') ORDER BY start_at, end_at, slot_id";
        let offered = schedule.types.iter().find(|t| t.kind.id == kind).ok_or(StoreError::NotFound)?;
        let practice = self.practice().uuid();
        let rows: Vec<SpanRow> = sqlx::query_as(SQL)
            .bind(practice)
            .bind(schedule.id.0)
            .bind(schedule.practitioner.id.uuid())
            .bind(from)
            .bind(before)
            .bind(kind.uuid())
            .bind(i32::try_from(offered.minutes).unwrap_or(i32::MAX))
            .fetch_all(self.conn())
            .await?;
        let (open, busy): (Vec<SpanRow>, Vec<SpanRow>) = rows.into_iter().partition(|row| row.slot_id.is_some());
        let busy: Vec<_> = busy.into_iter().map(|row| (row.start_at, row.end_at)).collect();
        Ok(bookable(&open, &busy, TimeDelta::minutes(offered.minutes), most))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    proptest! {
        #[test]
        fn what_is_bookable_touches_nothing_busy_and_nothing_else_is_left_out(
            open in prop::collection::vec(0i64..200, 0..30), busy in prop::collection::vec((0i64..200, 1i64..60), 0..10), length in 1i64..60,
        ) {
            let mut open = open;
            open.sort_unstable();
            let mut busy: Vec<_> = busy.into_iter().map(|(from, minutes)| (at(from), at(from + minutes))).collect();
            busy.sort_unstable();
            let rows: Vec<SpanRow> = open.iter().enumerate()
                .map(|(n, &start)| SpanRow { slot_id: Some(Uuid::from_u128(n as u128)), start_at: at(start), end_at: at(start + 60) })
                .collect();
            let found: Vec<_> = bookable(&rows, &busy, TimeDelta::minutes(length), 1000).into_iter().map(|f| f.start_at).collect();
            let mut expected: Vec<_> = open.iter().map(|&start| at(start))
                .filter(|&start| !busy.iter().any(|&(from, to)| from < start + TimeDelta::minutes(length) && to > start))
                .collect();
            expected.dedup();
            prop_assert_eq!(found, expected);
        }
    }
}
