//! Requests about one's data. They go to the controller at once, by the same numbers as bookings do.

use chrono::{DateTime, Utc};
pub use domain::privacy::requests::RequestKind as RightsKind;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Tx};

/// A request.
#[derive(Debug, Clone, FromRow, Serialize)]
pub struct RightsRequest {
    /// Its name.
    pub request_id: Uuid,
    /// What is asked.
    pub kind: String,
    /// How the person is reached; proved by a code.
    pub contact: String,
    /// Who they say they are.
    pub name: String,
    /// In which language they asked.
    pub language: String,
    /// When it arrived: the time to answer runs from here.
    pub received_at: DateTime<Utc>,
    /// When the practice answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// What it answered.
    pub outcome: Option<String>,
    /// Its number in what the practice hears of.
    pub feed: i64,
}

impl Tx {
    /// Takes a request in.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ask_for_rights(
        &mut self,
        id: Uuid,
        kind: RightsKind,
        (contact, name): (&str, &str),
        language: &str,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        let feed = self.next_feed().await?;
        let practice = self.practice().uuid();
        sqlx::query(
            "INSERT INTO rights_request (practice_id, request_id, kind, contact, name, language, received_at, feed) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(practice)
        .bind(id)
        .bind(kind.as_str())
        .bind(contact)
        .bind(name)
        .bind(language)
        .bind(now)
        .bind(feed)
        .execute(self.conn())
        .await?;
        Ok(feed)
    }

    /// Requests after a number.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn rights_requests(&mut self, after: i64, most: i64) -> Result<Vec<RightsRequest>, StoreError> {
        let practice = self.practice().uuid();
        let sql = "SELECT request_id, kind, contact, name, language, received_at, answered_at, outcome, feed FROM rights_request \
                   WHERE practice_id = $1 AND feed > $2 ORDER BY feed LIMIT $3";
        Ok(sqlx::query_as(sql).bind(practice).bind(after).bind(most).fetch_all(self.conn()).await?)
    }

    /// Writes down what the practice answered. Whether there is such a request.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn answer_rights(&mut self, id: Uuid, granted: bool, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let practice = self.practice().uuid();
        let sql = "UPDATE rights_request SET answered_at = coalesce(answered_at, $3), outcome = coalesce(outcome, $4) \
                   WHERE practice_id = $1 AND request_id = $2";
        let outcome = if granted { "granted" } else { "refused" };
        let done = sqlx::query(sql).bind(practice).bind(id).bind(now).bind(outcome).execute(self.conn()).await?;
        Ok(done.rows_affected() > 0)
    }
}
