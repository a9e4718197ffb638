//! Accounts: a phone or an e-mail address that somebody proved to have, at one practice; and what is booked under it.

use chrono::{DateTime, Utc};
use fhir::booking::Language;
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Held, StoreError, Tx,
    row::{AppointmentRow, columns},
};

/// An account.
#[derive(Debug, Clone, FromRow)]
pub struct Account {
    /// Its number at this practice.
    pub account_id: Uuid,
    /// Whether nothing but what is needed may be sent.
    pub opted_out: bool,
}

impl Tx {
    /// The account of a contact; made where there is none.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn account_of(
        &mut self,
        contact: &str,
        language: Language,
        new_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Account, StoreError> {
        const SQL: &str = "\
            INSERT INTO account (practice_id, account_id, contact, language, created_at, last_active_at) \
            VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (practice_id, contact) DO UPDATE \
            SET language = EXCLUDED.language, last_active_at = EXCLUDED.last_active_at RETURNING account_id, opted_out";
        let practice = self.practice().uuid();
        Ok(sqlx::query_as(SQL)
            .bind(practice)
            .bind(new_id)
            .bind(contact)
            .bind(language.as_str())
            .bind(now)
            .fetch_one(self.conn())
            .await?)
    }

    /// Says whether nothing but what is needed may be sent; reminders and surveys that wait are dropped.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn opt_out(&mut self, account: Uuid, out: bool, now: DateTime<Utc>) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        sqlx::query("UPDATE account SET opted_out = $3 WHERE practice_id = $1 AND account_id = $2")
            .bind(practice)
            .bind(account)
            .bind(out)
            .execute(self.conn())
            .await?;
        if out {
            let sql = "UPDATE message SET state = 'dropped', recipient = NULL, parameters = NULL, settled_at = $3 \
                       WHERE practice_id = $1 AND state = 'waiting' AND template IN ('reminder', 'survey') \
                       AND recipient = (SELECT contact FROM account WHERE practice_id = $1 AND account_id = $2)";
            sqlx::query(sql).bind(practice).bind(account).bind(now).execute(self.conn()).await?;
        }
        Ok(())
    }

    /// Whether who is reached there wants nothing but what is needed.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn opted_out(&mut self, contact: &str) -> Result<bool, StoreError> {
        let practice = self.practice().uuid();
        let sql = "SELECT EXISTS (SELECT FROM account WHERE practice_id = $1 AND contact = $2 AND opted_out)";
        Ok(sqlx::query_scalar(sql).bind(practice).bind(contact).fetch_one(self.conn()).await?)
    }

    /// What stands under an account or under the contact that it proved, from an instant on, the next first; what the practice
    /// booked for them too.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn appointments_of(
        &mut self,
        account: Uuid,
        contact: &str,
        from: DateTime<Utc>,
    ) -> Result<Vec<Held>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM appointment WHERE practice_id = $1 AND (account_id = $2 OR phone = $4 OR contact_phone = $4 OR email = $4) ",
            "AND (end_at > $3 OR status = 'waitlist') ",
            "AND status NOT IN ('entered-in-error') ORDER BY start_at NULLS LAST, appointment_id LIMIT 50"
        );
        let practice = self.practice().uuid();
        let rows: Vec<AppointmentRow> =
            sqlx::query_as(SQL).bind(practice).bind(account).bind(from).bind(contact).fetch_all(self.conn()).await?;
        rows.into_iter().map(Held::try_from).collect()
    }

    /// The appointment of a booking code, where the contact is the one it was booked with: the two together open it, and
    /// either alone says nothing.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn appointment_by_code(&mut self, code: u32, contact: &str) -> Result<Option<Held>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM appointment WHERE practice_id = $1 AND code = $2 AND $3 IN (phone, contact_phone, email)"
        );
        let practice = self.practice().uuid();
        let row: Option<AppointmentRow> = sqlx::query_as(SQL)
            .bind(practice)
            .bind(i32::try_from(code).unwrap_or(-1))
            .bind(contact)
            .fetch_optional(self.conn())
            .await?;
        row.map(Held::try_from).transpose()
    }
}
