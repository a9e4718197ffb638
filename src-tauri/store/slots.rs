//! What the search for free slots reads: how busy days are, and when exactly.

use domain::agenda::overlap::Span;
use domain::agenda::provider_time::{Part, needed_spans};
use domain::id::PractitionerId;
use sqlx::{AssertSqlSafe, Row};

use super::agenda::ACTIVE;
use super::row::parsed;
use super::{Connection, StoreError};

/// When an agenda is busy, by start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BusySpans {
    /// When the practitioner is needed.
    pub needed: Vec<Span>,
    /// Free time kept after appointments.
    pub kept: Vec<Span>,
}

/// Start, minutes, buffer, parts: of an appointment that asks for more, or less, than its time.
type Special = (i64, i64, i64, String);

/// Numbers of a folded text as spans, in order.
pub(super) fn unfolded(text: &str, base: i64) -> Result<Vec<Span>, StoreError> {
    let mut spans = Vec::with_capacity(text.len() / 8 + 1);
    for number in text.split(',').filter(|number| !number.is_empty()) {
        let number: i64 = number.parse().map_err(|_| StoreError::BadValue)?;
        spans.push(Span { start: base + number / 2048, minutes: number % 2048 });
    }
    // In order already, as the index is; the aggregate does not promise it.
    spans.sort_by_key(|span| span.start);
    Ok(spans)
}

/// Busy spans of several practitioners that start within a span of wall minutes or up to a day before it, by
/// practitioner and start. SQLite folds each agenda into one text, since thousands of rows one by one cost more than
/// what is looked for; the few appointments with parts or a buffer come beside it, from an index of their own.
///
/// # Errors
/// What SQLite refuses.
pub async fn busy_of(
    connection: &mut Connection,
    practitioners: &[PractitionerId],
    from: i64,
    to: i64,
) -> Result<Vec<(PractitionerId, BusySpans)>, StoreError> {
    let ids: Vec<String> = practitioners.iter().map(ToString::to_string).collect();
    let base = from - 1440;
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT practitioner_id, group_concat((starts - ?2) * 2048 + minutes), NULL FROM appointment
          WHERE practitioner_id IN (SELECT value FROM json_each(?1)) AND starts > ?2 AND starts < ?3
            AND status IN {ACTIVE} GROUP BY practitioner_id
         UNION ALL
         SELECT practitioner_id, NULL, json_group_array(json_array(starts, minutes, buffer_minutes, provider_parts))
           FROM appointment INDEXED BY appointment_special
          WHERE practitioner_id IN (SELECT value FROM json_each(?1)) AND starts > ?2 AND starts < ?3
            AND status IN {ACTIVE} AND (buffer_minutes > 0 OR provider_parts <> '') GROUP BY practitioner_id"
    )))
    .bind(serde_json::Value::from(ids).to_string())
    .bind(base)
    .bind(to)
    .fetch_all(connection)
    .await?;
    let mut all: Vec<(PractitionerId, BusySpans)> = Vec::with_capacity(rows.len());
    for row in &rows {
        let practitioner: PractitionerId = parsed(row, 0)?;
        match row.try_get::<Option<&str>, _>(2)? {
            None => {
                let needed = unfolded(row.try_get::<&str, _>(1)?, base)?;
                all.push((practitioner, BusySpans { needed, kept: Vec::new() }));
            }
            Some(special) => {
                let special: Vec<Special> = serde_json::from_str(special).map_err(|_| StoreError::BadValue)?;
                if let Some((_, busy)) = all.iter_mut().find(|(id, _)| *id == practitioner) {
                    refine(busy, &special)?;
                }
            }
        }
    }
    Ok(all)
}

/// Puts the parts of some appointments in the place of their whole time, and their buffers beside.
fn refine(busy: &mut BusySpans, special: &[Special]) -> Result<(), StoreError> {
    for (start, minutes, buffer, parts) in special {
        if *buffer > 0 {
            busy.kept.push(Span { start: start + minutes, minutes: *buffer });
        }
        if parts.is_empty() {
            continue;
        }
        let parts: Vec<Part> = serde_json::from_str(parts).map_err(|_| StoreError::BadValue)?;
        let whole = Span { start: *start, minutes: *minutes };
        if let Some(place) = busy.needed.iter().position(|span| *span == whole) {
            busy.needed.remove(place);
        }
        busy.needed.extend(needed_spans(*start, *minutes, &parts));
    }
    busy.needed.sort_by_key(|span| span.start);
    busy.kept.sort_by_key(|span| span.start);
    Ok(())
}

/// Whether another active appointment of a practitioner needs them within a span: for the free time kept after one.
///
/// # Errors
/// What SQLite refuses.
pub async fn is_needed(
    connection: &mut Connection,
    practitioner: PractitionerId,
    span: Span,
    except: domain::id::AppointmentId,
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>(AssertSqlSafe(format!(
        "SELECT EXISTS (SELECT 1 FROM appointment a
           WHERE a.practitioner_id = ?1 AND a.starts > ?2 - 1440 AND a.starts < ?3 AND a.starts + a.minutes > ?2
             AND a.id <> ?4 AND a.status IN {ACTIVE}
             AND (a.provider_parts = '' OR EXISTS (SELECT 1 FROM json_each(a.provider_parts) part
                   WHERE a.starts + (part.value ->> 0) < ?3
                     AND a.starts + (part.value ->> 0) + (part.value ->> 1) > ?2)))"
    )))
    .bind(practitioner.to_string())
    .bind(span.start)
    .bind(span.end())
    .bind(except.to_string())
    .fetch_one(connection)
    .await?
        != 0)
}
