//! The outbox: messages that wait to be sent, in the transaction of what they tell about. What is settled keeps neither the
//! recipient nor the words.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::{AppointmentId, PracticeId};
pub use domain::messages::{Channel, Template};
use fhir::booking::Language;
use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Tx};

macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$inner])* $variant),+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// The one of a word.
            #[must_use]
            pub fn read(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}
pub(super) use words;

/// A message to be put into the outbox.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Its name, new.
    pub id: Uuid,
    /// How it goes.
    pub channel: Channel,
    /// What it says.
    pub template: Template,
    /// In which language.
    pub language: Language,
    /// To whom.
    pub recipient: String,
    /// What is put into the words: never a reason or a type.
    pub parameters: BTreeMap<String, String>,
    /// The message that was lost, where this one says the same by another way.
    pub instead_of: Option<Uuid>,
    /// What it is about: it goes with it.
    pub appointment: Option<AppointmentId>,
    /// The time that it tells of.
    pub about_at: Option<DateTime<Utc>>,
    /// When it may be sent.
    pub due_at: DateTime<Utc>,
    /// Until when it is worth saying.
    pub expires_at: DateTime<Utc>,
}

/// A message that is due.
#[derive(Debug, Clone)]
pub struct Message {
    /// Whose.
    pub practice: PracticeId,
    /// Its name.
    pub id: Uuid,
    /// How it goes.
    pub channel: Channel,
    /// What it says.
    pub template: Template,
    /// In which language.
    pub language: Language,
    /// To whom.
    pub recipient: String,
    /// What is put into the words.
    pub parameters: BTreeMap<String, String>,
    /// Which try this is.
    pub attempt: i16,
}

#[derive(FromRow)]
struct MessageRow {
    message_id: Uuid,
    channel: String,
    template: String,
    language: String,
    recipient: String,
    parameters: sqlx::types::Json<BTreeMap<String, String>>,
    attempts: i16,
}

/// So many tries before a message counts as failed.
pub const MOST_TRIES: i16 = 8;

impl Tx {
    /// Puts a message into the outbox.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn enqueue(&mut self, message: NewMessage) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        sqlx::query(
            "INSERT INTO message (practice_id, message_id, channel, template, language, recipient, parameters, appointment_id, due_at, \
             about_at, expires_at, instead_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(practice)
        .bind(message.id)
        .bind(message.channel.as_str())
        .bind(message.template.as_str())
        .bind(message.language.as_str())
        .bind(message.recipient)
        .bind(sqlx::types::Json(message.parameters))
        .bind(message.appointment.map(AppointmentId::uuid))
        .bind(message.due_at)
        .bind(message.about_at)
        .bind(message.expires_at)
        .bind(message.instead_of)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Drops what waits to be said about an appointment: it is no more true. What it was.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn drop_messages(
        &mut self,
        appointment: AppointmentId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Template>, StoreError> {
        let practice = self.practice().uuid();
        let sql = "UPDATE message SET state = 'dropped', recipient = NULL, parameters = NULL, settled_at = $3 \
                   WHERE practice_id = $1 AND appointment_id = $2 AND state = 'waiting' RETURNING template";
        let dropped: Vec<String> = sqlx::query_scalar(sql)
            // Planned each time: a plan from when the table was small would read all that waits of the practice.
            .persistent(false)
            .bind(practice)
            .bind(appointment.uuid())
            .bind(now)
            .fetch_all(self.conn())
            .await?;
        dropped.iter().map(|word| word.parse().map_err(|_| StoreError::Form)).collect()
    }

    /// Takes messages that are due. Each is given to one taker, who has some minutes; then it is due again. What is no more worth
    /// saying is dropped.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn take_due(&mut self, most: i64, now: DateTime<Utc>) -> Result<Vec<Message>, StoreError> {
        const SQL: &str = "\
            UPDATE message SET attempts = attempts + 1, due_at = $2 + least(power(2, attempts + 1), 240) * interval '1 minute' \
            WHERE practice_id = $1 AND message_id IN (SELECT message_id FROM message WHERE practice_id = $1 AND state = 'waiting' \
            AND due_at <= $2 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED) \
            RETURNING message_id, channel, template, language, recipient, parameters, attempts";
        const PAST: &str = "UPDATE message SET state = 'dropped', recipient = NULL, parameters = NULL, settled_at = $2 \
                            WHERE practice_id = $1 AND state = 'waiting' AND due_at <= $2 AND expires_at <= $2";
        let practice = self.practice();
        sqlx::query(PAST).bind(practice.uuid()).bind(now).execute(self.conn()).await?;
        let rows: Vec<MessageRow> =
            sqlx::query_as(SQL).bind(practice.uuid()).bind(now).bind(most).fetch_all(self.conn()).await?;
        let read = |row: MessageRow| {
            Some(Message {
                practice,
                id: row.message_id,
                channel: row.channel.parse().ok()?,
                template: row.template.parse().ok()?,
                language: row.language.parse().ok()?,
                recipient: row.recipient,
                parameters: row.parameters.0,
                attempt: row.attempts,
            })
        };
        let mut due: Vec<Message> =
            rows.into_iter().map(|row| read(row).ok_or(StoreError::Form)).collect::<Result<_, _>>()?;
        // Somebody sits there and waits for their code.
        due.sort_by_key(|message| message.template != Template::OneTimeCode);
        Ok(due)
    }

    /// Settles a message: sent, or failed for good. Either way its words and its recipient are gone.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn settle_message(
        &mut self,
        message: &Message,
        sent: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        let sql = "UPDATE message SET state = $3, recipient = NULL, parameters = NULL, settled_at = $4 \
                   WHERE practice_id = $1 AND message_id = $2 AND state = 'waiting'";
        let state = if sent { "sent" } else { "failed" };
        let done = sqlx::query(sql).bind(practice).bind(message.id).bind(state).bind(now).execute(self.conn()).await?;
        if sent && done.rows_affected() > 0 {
            self.count_usage(message.channel.as_str(), now).await?;
        }
        Ok(())
    }

    /// Gives messages back that were taken and not tried: the way itself is broken, which is no fault of theirs.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn give_back(&mut self, messages: &[Uuid], due_at: DateTime<Utc>) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        let sql = "UPDATE message SET attempts = greatest(attempts - 1, 0), due_at = $3 \
                   WHERE practice_id = $1 AND message_id = ANY ($2) AND state = 'waiting'";
        sqlx::query(sql).bind(practice).bind(messages).bind(due_at).execute(self.conn()).await?;
        Ok(())
    }

    /// When the next message is due.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn oldest_message(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let practice = self.practice().uuid();
        let sql = "SELECT min(due_at) FROM message WHERE practice_id = $1 AND state = 'waiting'";
        Ok(sqlx::query_scalar(sql).bind(practice).fetch_one(self.conn()).await?)
    }

    /// What was used in a month, for the invoice.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn usage(&mut self, month: chrono::NaiveDate) -> Result<BTreeMap<String, i64>, StoreError> {
        let practice = self.practice().uuid();
        let sql = "SELECT kind, count FROM usage WHERE practice_id = $1 AND month_on = $2";
        let rows: Vec<(String, i64)> = sqlx::query_as(sql).bind(practice).bind(month).fetch_all(self.conn()).await?;
        Ok(rows.into_iter().collect())
    }
}
