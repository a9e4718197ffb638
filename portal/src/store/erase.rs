//! Erasing a person, returning everything, and destroying it; each confirmed by numbers that bear nobody.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{Held, State, StoreError, Tx};
use crate::secret;

/// What a practice asks to be erased.
#[derive(Debug, Clone)]
pub struct Erasure {
    /// The person's appointments.
    pub appointments: Vec<Uuid>,
    /// Phones and e-mail addresses under which the person has an account.
    pub contacts: Vec<String>,
}

/// Numbers of what went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Destroyed(pub BTreeMap<&'static str, u64>);

/// A confirmation that was made.
#[derive(Debug, Clone, sqlx::FromRow, Serialize)]
pub struct Receipt {
    /// What is stated, to the letter: this is what is signed.
    pub statement: String,
    /// The portal's signature under it.
    pub signature: String,
}

/// Everything of a practice, and its fingerprint.
pub struct Export {
    /// A line of JSON each.
    pub lines: String,
    /// The SHA-256 of the lines.
    pub sha256: String,
}

impl Tx {
    /// The confirmation of a request that was carried out already.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn receipt(&mut self, request: Uuid) -> Result<Option<Receipt>, StoreError> {
        let practice = self.practice().uuid();
        let sql = "SELECT statement, signature FROM receipt WHERE practice_id = $1 AND request_id = $2";
        Ok(sqlx::query_as(sql).bind(practice).bind(request).fetch_optional(self.conn()).await?)
    }

    /// Keeps a confirmation.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn keep_receipt(
        &mut self,
        request: Uuid,
        kind: &'static str,
        receipt: &Receipt,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        sqlx::query(
            "INSERT INTO receipt (practice_id, request_id, kind, statement, signature, made_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(practice)
        .bind(request)
        .bind(kind)
        .bind(&receipt.statement)
        .bind(&receipt.signature)
        .bind(now)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Erases a person: the appointments named, and whatever stands under the contacts named.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn erase_person(&mut self, erasure: &Erasure, now: DateTime<Utc>) -> Result<Destroyed, StoreError> {
        let practice = self.practice().uuid();
        let mut gone = Destroyed::default();
        let mut appointments = 0;
        for id in &erasure.appointments {
            appointments += u64::from(self.erase_appointment(*id, now).await?);
        }
        gone.0.insert("appointments", appointments);
        for (what, sql) in [
            ("messages", "DELETE FROM message WHERE practice_id = $1 AND recipient = ANY ($2)"),
            ("rights_requests", "DELETE FROM rights_request WHERE practice_id = $1 AND contact = ANY ($2)"),
            ("visits", "DELETE FROM visit WHERE practice_id = $1 AND contact = ANY ($2)"),
            (
                "connections",
                "DELETE FROM connection WHERE practice_id = $1 AND account_id IN \
                 (SELECT account_id FROM account WHERE practice_id = $1 AND contact = ANY ($2))",
            ),
            ("accounts", "DELETE FROM account WHERE practice_id = $1 AND contact = ANY ($2)"),
        ] {
            let done = sqlx::query(sql).bind(practice).bind(&erasure.contacts).execute(self.conn()).await?;
            gone.0.insert(what, done.rows_affected());
        }
        // A phone may be a family's: what bears it and was not named stays, and is told.
        let left = "SELECT count(*) FROM appointment WHERE practice_id = $1 \
                    AND (phone = ANY ($2) OR contact_phone = ANY ($2) OR email = ANY ($2))";
        let left: i64 = sqlx::query_scalar(left).bind(practice).bind(&erasure.contacts).fetch_one(self.conn()).await?;
        gone.0.insert("appointments_of_others_with_these_contacts", u64::try_from(left).unwrap_or(0));
        Ok(gone)
    }

    /// Everything that is held of the practice, always in the same order.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn export(&mut self) -> Result<Export, StoreError> {
        let practice = self.practice().uuid();
        let mut lines = String::new();
        let mut line = |kind: &str, value: serde_json::Value| {
            lines.push_str(&serde_json::json!({ "kind": kind, "value": value }).to_string());
            lines.push('\n');
        };
        let json = |value: serde_json::Result<serde_json::Value>| value.map_err(|_| StoreError::Form);
        for instruction in self.instructions().await? {
            line("instruction", json(serde_json::to_value(instruction))?);
        }
        for schedule in self.schedules().await? {
            line("schedule", json(serde_json::to_value(schedule))?);
        }
        let (mut since, mut after) = (DateTime::UNIX_EPOCH, Uuid::nil());
        loop {
            let page: Vec<Held> = self.updated_since(since, after, 1_000).await?;
            let Some(last) = page.last() else { break };
            let updated = last.appointment.meta.as_ref().map(|m| m.updated_at);
            (since, after) = (updated.ok_or(StoreError::Form)?, last.appointment.id.uuid());
            for held in page {
                line("appointment", json(serde_json::to_value(held.appointment))?);
            }
        }
        for (kind, sql) in [
            (
                "account",
                "SELECT to_jsonb(r) FROM (SELECT account_id, contact, language, opted_out, created_at, last_active_at FROM account \
                 WHERE practice_id = $1 ORDER BY account_id) r",
            ),
            (
                "rights_request",
                "SELECT to_jsonb(r) FROM (SELECT request_id, kind, contact, name, language, received_at, answered_at, outcome \
                 FROM rights_request WHERE practice_id = $1 ORDER BY request_id) r",
            ),
            (
                "usage",
                "SELECT to_jsonb(r) FROM (SELECT month_on, kind, count FROM usage WHERE practice_id = $1 ORDER BY month_on, kind) r",
            ),
            (
                "survey_count",
                "SELECT to_jsonb(r) FROM (SELECT month_on, question, score, count FROM survey_count WHERE practice_id = $1 \
                 ORDER BY month_on, question, score) r",
            ),
        ] {
            let rows: Vec<serde_json::Value> = sqlx::query_scalar(sql).bind(practice).fetch_all(self.conn()).await?;
            rows.into_iter().for_each(|row| line(kind, row));
        }
        let sha256 = secret::fingerprint(lines.as_bytes());
        Ok(Export { lines, sha256 })
    }

    /// Destroys everything of the practice but the confirmations, and ends its service. The credentials stay until they are
    /// renewed or run out of use: with them the confirmation can be fetched again where its answer was lost.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn destroy(&mut self) -> Result<Destroyed, StoreError> {
        let practice = self.practice().uuid();
        let mut gone = Destroyed::default();
        for (what, sql) in [
            ("messages", "DELETE FROM message WHERE practice_id = $1"),
            ("visits", "DELETE FROM visit WHERE practice_id = $1"),
            ("connections", "DELETE FROM connection WHERE practice_id = $1"),
            ("rights_requests", "DELETE FROM rights_request WHERE practice_id = $1"),
            ("appointments", "DELETE FROM appointment WHERE practice_id = $1"),
            ("accounts", "DELETE FROM account WHERE practice_id = $1"),
            ("slots", "DELETE FROM slot WHERE practice_id = $1"),
            ("directory_lines", "DELETE FROM directory WHERE practice_id = $1"),
            ("schedules", "DELETE FROM schedule WHERE practice_id = $1"),
            ("instructions", "DELETE FROM instruction WHERE practice_id = $1"),
            ("usage", "DELETE FROM usage WHERE practice_id = $1"),
            ("survey_counts", "DELETE FROM survey_count WHERE practice_id = $1"),
        ] {
            let done = sqlx::query(sql).bind(practice).execute(self.change()).await?;
            gone.0.insert(what, done.rows_affected());
        }
        sqlx::query("UPDATE practice SET name = '–' WHERE practice_id = $1")
            .bind(practice)
            .execute(self.change())
            .await?;
        self.set_state(State::Ended).await?;
        Ok(gone)
    }
}
