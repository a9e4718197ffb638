//! Visits: what the one cookie stands for. Who the visitor is proved by a one-time code, and forgotten with the visit.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::secret::{self, Hash};

/// A visit that has not ended.
#[derive(Debug, Clone, FromRow)]
pub struct Visit {
    /// The contact that a code was sent to, or that was proved.
    pub contact: Option<String>,
    /// Whose it is; none until a code was right.
    pub account_id: Option<Uuid>,
    /// What was opened by its code and phone.
    pub appointment_id: Option<Uuid>,
}

/// A visit ends so long after the last request.
const LASTS: TimeDelta = TimeDelta::minutes(45);
/// A one-time code ends so long after it was sent.
pub const CODE_LASTS: TimeDelta = TimeDelta::minutes(10);
/// So many tries a code bears.
const TRIES: i16 = 5;

impl Tx {
    /// Begins a visit.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn begin_visit(&mut self, visit: &Hash, now: DateTime<Utc>) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        sqlx::query("INSERT INTO visit (practice_id, visit_hash, began_at, seen_at) VALUES ($1, $2, $3, $3)")
            .bind(practice)
            .bind(visit.as_slice())
            .bind(now)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// The visit of a cookie, where it has not ended.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn visit(&mut self, visit: &Hash, now: DateTime<Utc>) -> Result<Option<Visit>, StoreError> {
        let practice = self.practice().uuid();
        let seen = "UPDATE visit SET seen_at = $3 WHERE practice_id = $1 AND visit_hash = $2 AND seen_at > $4 \
                    RETURNING contact, account_id, appointment_id";
        let query = sqlx::query_as(seen).bind(practice).bind(visit.as_slice()).bind(now).bind(now - LASTS);
        Ok(query.fetch_optional(self.conn()).await?)
    }

    /// Remembers that a code was sent to a contact; an earlier one, and who the visitor was, count no more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn send_code(
        &mut self,
        visit: &Hash,
        contact: &str,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        let kept = secret::hash_one_time_code(visit, contact, code);
        let sql = "UPDATE visit SET contact = $3, code_hash = $4, code_expires_at = $5, code_tries = 0, account_id = NULL \
                   WHERE practice_id = $1 AND visit_hash = $2";
        sqlx::query(sql)
            .bind(practice)
            .bind(visit.as_slice())
            .bind(contact)
            .bind(kept.as_slice())
            .bind(now + CODE_LASTS)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Tries a code. The try is counted before it is judged, in the same statement, so that many at once are many tries.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn try_code(
        &mut self,
        visit: &Hash,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<String>, StoreError> {
        let practice = self.practice().uuid();
        let tried = "UPDATE visit SET code_tries = code_tries + 1 WHERE practice_id = $1 AND visit_hash = $2 \
                     AND code_hash IS NOT NULL AND code_expires_at > $3 AND code_tries < $4 RETURNING contact, code_hash";
        let row: Option<(Option<String>, Vec<u8>)> = sqlx::query_as(tried)
            .bind(practice)
            .bind(visit.as_slice())
            .bind(now)
            .bind(TRIES)
            .fetch_optional(self.conn())
            .await?;
        let Some((Some(contact), kept)) = row else { return Ok(None) };
        let right = secret::same(&kept, &secret::hash_one_time_code(visit, &contact, code));
        Ok(right.then_some(contact))
    }

    /// Says whose visit it is; the code counts no more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn identify(&mut self, visit: &Hash, account: Uuid, contact: &str) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        let sql = "UPDATE visit SET account_id = $3, contact = $4, code_hash = NULL, code_expires_at = NULL \
                   WHERE practice_id = $1 AND visit_hash = $2";
        sqlx::query(sql).bind(practice).bind(visit.as_slice()).bind(account).bind(contact).execute(self.conn()).await?;
        Ok(())
    }

    /// Says which appointment was opened by its code.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn open_appointment(&mut self, visit: &Hash, appointment: Uuid) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        let sql = "UPDATE visit SET appointment_id = $3 WHERE practice_id = $1 AND visit_hash = $2";
        sqlx::query(sql).bind(practice).bind(visit.as_slice()).bind(appointment).execute(self.conn()).await?;
        Ok(())
    }

    /// Ends a visit.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn end_visit(&mut self, visit: &Hash) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        sqlx::query("DELETE FROM visit WHERE practice_id = $1 AND visit_hash = $2")
            .bind(practice)
            .bind(visit.as_slice())
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Writes down who connected.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_connection(
        &mut self,
        kind: &'static str,
        account: Option<Uuid>,
        address: Option<std::net::IpAddr>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        let sql =
            "INSERT INTO connection (practice_id, at, kind, account_id, address) VALUES ($1, $2, $3, $4, $5::inet)";
        sqlx::query(sql)
            .bind(practice)
            .bind(now)
            .bind(kind)
            .bind(account)
            .bind(address.map(|a| a.to_string()))
            .execute(self.conn())
            .await?;
        Ok(())
    }
}
