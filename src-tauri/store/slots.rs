//! What the search for free slots reads: how busy days are, and when exactly.

use domain::agenda::overlap::Span;
use domain::id::PractitionerId;
use sqlx::{AssertSqlSafe, Row};

use super::agenda::ACTIVE;
use super::row::parsed;
use super::{Connection, StoreError};

/// Busy spans of several practitioners that start within a span of wall minutes or up to a day before it, by
/// practitioner and start. SQLite folds each agenda into one text, since thousands of rows one by one cost more than
/// what is looked for.
///
/// # Errors
/// What SQLite refuses.
pub async fn busy_of(
    connection: &mut Connection,
    practitioners: &[PractitionerId],
    from: i64,
    to: i64,
) -> Result<Vec<(PractitionerId, Vec<Span>)>, StoreError> {
    let ids: Vec<String> = practitioners.iter().map(ToString::to_string).collect();
    let base = from - 1440;
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT practitioner_id, group_concat((starts - ?2) * 2048 + minutes) FROM appointment
          WHERE practitioner_id IN (SELECT value FROM json_each(?1)) AND starts > ?2 AND starts < ?3
            AND status IN {ACTIVE} GROUP BY practitioner_id"
    )))
    .bind(serde_json::Value::from(ids).to_string())
    .bind(base)
    .bind(to)
    .fetch_all(connection)
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut spans = Vec::with_capacity(256);
        for number in row.try_get::<&str, _>(1)?.split(',') {
            let number: i64 = number.parse().map_err(|_| StoreError::BadValue)?;
            spans.push(Span { start: base + number / 2048, minutes: number % 2048 });
        }
        // In order already, as the index is; the aggregate does not promise it.
        spans.sort_by_key(|span| span.start);
        all.push((parsed(row, 0)?, spans));
    }
    Ok(all)
}
