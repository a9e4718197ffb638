//! What became of a message after it went: whether it arrived, what was answered, who wants no more, and a survey's counts.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::AppointmentId;
use fhir::booking::Language;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Held, StoreError, Template, Tx};

/// What a survey asks.
pub const QUESTIONS: [&str; 3] = ["finding", "booking", "messages"];

/// So many messages are shown to a practice at a time.
pub const MOST_SHOWN: i64 = 500;

/// A survey's month is shown from so many answers on: fewer could be somebody's.
const FEWEST_ANSWERS: i64 = 5;

/// What a message that went was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// What it said.
    pub template: Template,
    /// Which appointment.
    pub appointment: Option<AppointmentId>,
    /// The time that it told of.
    pub about_at: Option<DateTime<Utc>>,
    /// Of a survey: whether it was answered.
    pub answered: bool,
}

/// A message as its practice may see it: without recipient and words.
#[derive(Debug, Clone, Serialize, FromRow)]
pub struct Told {
    /// Its name.
    pub message_id: Uuid,
    /// About which appointment.
    pub appointment_id: Option<Uuid>,
    /// What it said.
    pub template: String,
    /// How it went.
    pub channel: String,
    /// What became of it.
    pub state: String,
    /// When it is due, or was tried last.
    pub due_at: DateTime<Utc>,
    /// When it was settled.
    pub settled_at: Option<DateTime<Utc>>,
    /// The text message that was lost, where this e-mail says the same.
    pub instead_of: Option<Uuid>,
}

/// A text message that was lost for good, and that nothing says instead yet.
#[derive(Debug, Clone, Copy)]
pub struct Lost {
    /// What it said.
    pub template: Template,
    /// In which language.
    pub language: Language,
    /// About which appointment.
    pub appointment: AppointmentId,
    /// The time that it told of.
    pub about_at: Option<DateTime<Utc>>,
    /// Until when it is worth saying.
    pub expires_at: DateTime<Utc>,
}

/// By which contact a person is reached: who booked for them first, and a phone before an address.
#[must_use]
pub fn reached(a: &fhir::booking::Appointment, email_only: bool) -> Option<(String, Language)> {
    let person = a.person.as_ref()?;
    let phone = a.contact.as_ref().map(|c| c.phone.to_string());
    let phone = phone.or(person.phone.as_ref().map(ToString::to_string)).filter(|_| !email_only);
    let contact = phone.or(person.email.as_ref().map(ToString::to_string));
    contact.map(|contact| (contact, person.language))
}

impl Tx {
    /// What a message was about.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn message_about(&mut self, message: Uuid) -> Result<Option<About>, StoreError> {
        type Row = (String, Option<Uuid>, Option<DateTime<Utc>>, bool);
        let practice = self.practice().uuid();
        let sql = "SELECT template, appointment_id, about_at, answered FROM message WHERE practice_id = $1 AND message_id = $2";
        let row: Option<Row> = sqlx::query_as(sql).bind(practice).bind(message).fetch_optional(self.conn()).await?;
        row.map(|(template, appointment, about_at, answered)| {
            let template = template.parse().map_err(|_| StoreError::Form)?;
            Ok(About { template, appointment: appointment.map(AppointmentId::new), about_at, answered })
        })
        .transpose()
    }

    /// The appointment that a message was about, for nobody else to change until the end of this transaction.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn appointment_of(&mut self, about: &About) -> Result<Option<Held>, StoreError> {
        match about.appointment {
            Some(id) => self.appointment(id, true).await,
            None => Ok(None),
        }
    }

    /// Notes whether a message arrived. One that is not known, or waits, is left alone. One that was lost and arrives after all makes
    /// what waits to be said instead superfluous; where that has gone already, it stays lost: nothing counts as delivered twice.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_delivery(&mut self, message: Uuid, arrived: bool, now: DateTime<Utc>) -> Result<(), StoreError> {
        const INSTEAD: &str = "\
            UPDATE message SET state = 'dropped', recipient = NULL, parameters = NULL, settled_at = $3 \
            WHERE practice_id = $1 AND instead_of = $2 AND state = 'waiting' AND attempts = 0";
        const NOTE: &str = "\
            UPDATE message SET state = $3 WHERE practice_id = $1 AND message_id = $2 AND state IN ('sent', 'failed') \
            AND NOT EXISTS (SELECT FROM message i WHERE i.practice_id = $1 AND i.instead_of = $2 AND i.state <> 'dropped')";
        let practice = self.practice().uuid();
        if arrived {
            sqlx::query(INSTEAD).bind(practice).bind(message).bind(now).execute(self.conn()).await?;
        }
        let state = if arrived { "delivered" } else { "failed" };
        sqlx::query(NOTE).bind(practice).bind(message).bind(state).execute(self.conn()).await?;
        Ok(())
    }

    /// Keeps the appointment that a message is about from others, before the message itself is touched: who changes an appointment takes
    /// them in this order too, so that nobody waits for one another.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn hold_appointment_of(&mut self, message: Uuid) -> Result<(), StoreError> {
        const SQL: &str = "\
            SELECT FROM appointment WHERE practice_id = $1 AND appointment_id = \
            (SELECT appointment_id FROM message WHERE practice_id = $1 AND message_id = $2) FOR NO KEY UPDATE";
        let practice = self.practice().uuid();
        sqlx::query(SQL).bind(practice).bind(message).execute(self.conn()).await?;
        Ok(())
    }

    /// A text message that was lost for good, about an appointment, and that nothing says instead; kept from others until the end of this
    /// transaction.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn lost(&mut self, message: Uuid) -> Result<Option<Lost>, StoreError> {
        type Row = (String, String, Uuid, Option<DateTime<Utc>>, DateTime<Utc>);
        const SQL: &str = "\
            SELECT template, language, appointment_id, about_at, expires_at FROM message WHERE practice_id = $1 AND message_id = $2 \
            AND channel = 'sms' AND state = 'failed' AND appointment_id IS NOT NULL AND expires_at IS NOT NULL \
            AND NOT EXISTS (SELECT FROM message i WHERE i.practice_id = $1 AND i.instead_of = $2) FOR UPDATE";
        let practice = self.practice().uuid();
        let row: Option<Row> = sqlx::query_as(SQL).bind(practice).bind(message).fetch_optional(self.conn()).await?;
        row.map(|(template, language, appointment, about_at, expires_at)| {
            Ok(Lost {
                template: template.parse().map_err(|_| StoreError::Form)?,
                language: language.parse().map_err(|_| StoreError::Form)?,
                appointment: AppointmentId::new(appointment),
                about_at,
                expires_at,
            })
        })
        .transpose()
    }

    /// Says for a contact whether nothing but what is needed may be sent. What waits is dropped.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn refuse(
        &mut self,
        contact: &str,
        (language, new_id): (Language, Uuid),
        out: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let account = self.account_of(contact, language, new_id, now).await?;
        self.opt_out(account.account_id, out, now).await
    }

    /// Counts the answers of a survey, once for each message. Whether they were counted.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn count_survey(
        &mut self,
        message: Uuid,
        answers: &[(&'static str, i16)],
        month: NaiveDate,
    ) -> Result<bool, StoreError> {
        let practice = self.practice().uuid();
        let sql = "UPDATE message SET answered = true WHERE practice_id = $1 AND message_id = $2 AND template = 'survey' AND NOT answered";
        let first = sqlx::query(sql).bind(practice).bind(message).execute(self.conn()).await?.rows_affected() > 0;
        if !first {
            return Ok(false);
        }
        for (question, score) in answers {
            sqlx::query(
                "INSERT INTO survey_count (practice_id, month_on, question, score, count) VALUES ($1, $2, $3, $4, 1) \
                 ON CONFLICT (practice_id, month_on, question, score) DO UPDATE SET count = survey_count.count + 1",
            )
            .bind(practice)
            .bind(month)
            .bind(question)
            .bind(score)
            .execute(self.conn())
            .await?;
        }
        Ok(true)
    }

    /// How a survey was answered in a month: by question, how many gave which score. Nothing where few answered.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn survey(&mut self, month: NaiveDate) -> Result<Vec<(String, i16, i64)>, StoreError> {
        const SQL: &str = "\
            SELECT question, score, count FROM survey_count s WHERE practice_id = $1 AND month_on = $2 \
            AND (SELECT sum(count) FROM survey_count t WHERE t.practice_id = $1 AND t.month_on = $2 AND t.question = s.question) >= $3 \
            ORDER BY question, score";
        let practice = self.practice().uuid();
        Ok(sqlx::query_as(SQL).bind(practice).bind(month).bind(FEWEST_ANSWERS).fetch_all(self.conn()).await?)
    }

    /// The messages that were settled since an instant, or wait; the oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn told_since(&mut self, since: DateTime<Utc>) -> Result<Vec<Told>, StoreError> {
        const SQL: &str = "\
            SELECT message_id, appointment_id, template, channel, state, due_at, settled_at, instead_of FROM message \
            WHERE practice_id = $1 AND coalesce(settled_at, due_at) >= $2 AND template <> 'one_time_code' \
            ORDER BY coalesce(settled_at, due_at), message_id LIMIT $3";
        let practice = self.practice().uuid();
        Ok(sqlx::query_as(SQL).bind(practice).bind(since).bind(MOST_SHOWN).fetch_all(self.conn()).await?)
    }
}
