//! Appointments as the practice puts them, reads them and deletes them.

use chrono::{DateTime, Utc};
use domain::id::{AppointmentId, TypeId};
use fhir::booking::{Appointment, OfferedType, Schedule};
use sqlx::Row;
use uuid::Uuid;

use super::{
    Expect, Put, PutOutcome, StoreError, Tx,
    row::{AppointmentRow, columns},
};
use crate::secret;

/// An appointment as it is kept, with what is the portal's own of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// What travels.
    pub appointment: Appointment,
    /// The schedule it is in.
    pub schedule: Uuid,
    /// Who booked it here.
    pub account: Option<Uuid>,
    /// The change that the practice has to hear of.
    pub feed: Option<i64>,
    /// Whether the practice has it from here and not yet taken it over.
    pub unseen: bool,
}

impl TryFrom<AppointmentRow> for Held {
    type Error = StoreError;

    fn try_from(row: AppointmentRow) -> Result<Self, StoreError> {
        Ok(Self {
            schedule: row.schedule_id,
            account: row.account_id,
            feed: row.feed,
            unseen: row.party != 0,
            appointment: row.try_into()?,
        })
    }
}

impl Held {
    /// Whether it was booked with that contact.
    #[must_use]
    pub fn is_of(&self, contact: &str) -> bool {
        let a = &self.appointment;
        let person = a.person.as_ref();
        person.and_then(|p| p.phone.as_ref()).is_some_and(|p| p.as_str() == contact)
            || person.and_then(|p| p.email.as_ref()).is_some_and(|e| e.as_str() == contact)
            || a.contact.as_ref().is_some_and(|c| c.phone.as_str() == contact)
    }

    /// By which type another time is looked for: its own where it is still offered; where none is told, one as long.
    #[must_use]
    pub fn type_to_move_by(&self, schedule: &Schedule) -> Option<TypeId> {
        let a = &self.appointment;
        let fits = |t: &&OfferedType| match (&a.kind, a.span) {
            (Some(kind), _) => t.kind.id == kind.id,
            (None, Some(span)) => t.minutes == span.minutes,
            (None, None) => false,
        };
        schedule.types.iter().find(fits).map(|t| t.kind.id)
    }
}

/// What tells an erased name.
#[must_use]
pub fn name_hash(id: Uuid) -> secret::Hash {
    secret::hash(&[b"appointment", id.as_bytes()])
}

impl Tx {
    /// An appointment by its name; with `lock` nobody else changes it until the end of this transaction.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn appointment(&mut self, id: AppointmentId, lock: bool) -> Result<Option<Held>, StoreError> {
        const FREE: &str =
            concat!("SELECT ", columns!(), " FROM appointment WHERE practice_id = $1 AND appointment_id = $2");
        const LOCKED: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM appointment WHERE practice_id = $1 AND appointment_id = $2 FOR NO KEY UPDATE"
        );
        let practice = self.practice().uuid();
        let query = sqlx::query_as::<_, AppointmentRow>(if lock { LOCKED } else { FREE });
        let row = query.bind(practice).bind(id.uuid()).fetch_optional(self.conn()).await?;
        row.map(Held::try_from).transpose()
    }

    /// Whether an appointment of that name was erased.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn is_erased(&mut self, id: AppointmentId) -> Result<bool, StoreError> {
        let practice = self.practice().uuid();
        let there = "SELECT EXISTS (SELECT FROM erased WHERE practice_id = $1 AND name_hash = $2) \
                     AND NOT EXISTS (SELECT FROM readmitted WHERE practice_id = $1 AND name_hash = $2)";
        let hash = name_hash(id.uuid());
        Ok(sqlx::query_scalar(there).bind(practice).bind(hash.as_slice()).fetch_one(self.conn()).await?)
    }

    /// What happened here that the practice has to hear of, after a number.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn changes(&mut self, after: i64, most: i64) -> Result<Vec<Held>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM appointment WHERE practice_id = $1 AND feed > $2 ORDER BY feed LIMIT $3"
        );
        let practice = self.practice().uuid();
        let rows: Vec<AppointmentRow> =
            sqlx::query_as(SQL).bind(practice).bind(after).bind(most).fetch_all(self.conn()).await?;
        rows.into_iter().map(Held::try_from).collect()
    }

    /// Everything that changed at or after an instant, whoever changed it, after one of that instant.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn updated_since(
        &mut self,
        since: DateTime<Utc>,
        after: Uuid,
        most: i64,
    ) -> Result<Vec<Held>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM appointment WHERE practice_id = $1 AND (updated_at, appointment_id) > ($2, $3) ",
            "ORDER BY updated_at, appointment_id LIMIT $4"
        );
        let practice = self.practice().uuid();
        let rows: Vec<AppointmentRow> =
            sqlx::query_as(SQL).bind(practice).bind(since).bind(after).bind(most).fetch_all(self.conn()).await?;
        rows.into_iter().map(Held::try_from).collect()
    }

    /// Deletes an appointment and remembers that it does not come back. Whether it was there.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn erase_appointment(&mut self, id: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let practice = self.practice().uuid();
        sqlx::query(
            "INSERT INTO erased (practice_id, name_hash, erased_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(practice)
        .bind(name_hash(id).as_slice())
        .bind(now)
        .execute(self.change())
        .await?;
        self.erase_anew(&[name_hash(id).to_vec()]).await?;
        let gone = sqlx::query("DELETE FROM appointment WHERE practice_id = $1 AND appointment_id = $2")
            .bind(practice)
            .bind(id)
            .execute(self.change())
            .await?;
        Ok(gone.rows_affected() > 0)
    }

    /// The schedule of a practitioner at a site.
    async fn schedule_of(&mut self, a: &Appointment) -> Result<Uuid, StoreError> {
        let practice = self.practice().uuid();
        let of = "SELECT schedule_id FROM schedule WHERE practice_id = $1 AND practitioner_id = $2 AND site_id = $3";
        let row = sqlx::query(of).bind(practice).bind(a.practitioner.uuid()).bind(a.site.uuid());
        let row = row.fetch_optional(self.conn()).await?.ok_or(StoreError::NoSchedule)?;
        Ok(row.try_get(0)?)
    }

    /// Writes an appointment: a new one, or over the one that is there.
    pub(super) async fn write_appointment(
        &mut self,
        a: &Appointment,
        own: &Own,
        version: i64,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "\
            INSERT INTO appointment (practice_id, appointment_id, version, updated_at, code, status, confirmed, cancelled_by, \
            type_id, type_label, schedule_id, practitioner_id, site_id, start_at, end_at, surname, first_name, phone, email, born_on, \
            language, contact_name, contact_phone, consent, visio, wish_from_on, wish_until_on, wish_weekdays, wish_from_minute, \
            wish_to_minute, party, account_id, feed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
            $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, \
            CASE WHEN $31 THEN nextval('party_number') ELSE 0 END, $32, $33) \
            ON CONFLICT (practice_id, appointment_id) DO UPDATE SET version = EXCLUDED.version, updated_at = EXCLUDED.updated_at, \
            code = EXCLUDED.code, status = EXCLUDED.status, confirmed = EXCLUDED.confirmed, cancelled_by = EXCLUDED.cancelled_by, \
            type_id = EXCLUDED.type_id, type_label = EXCLUDED.type_label, schedule_id = EXCLUDED.schedule_id, \
            practitioner_id = EXCLUDED.practitioner_id, site_id = EXCLUDED.site_id, start_at = EXCLUDED.start_at, \
            end_at = EXCLUDED.end_at, surname = EXCLUDED.surname, first_name = EXCLUDED.first_name, phone = EXCLUDED.phone, \
            email = EXCLUDED.email, born_on = EXCLUDED.born_on, language = EXCLUDED.language, \
            contact_name = EXCLUDED.contact_name, contact_phone = EXCLUDED.contact_phone, consent = EXCLUDED.consent, \
            visio = EXCLUDED.visio, wish_from_on = EXCLUDED.wish_from_on, wish_until_on = EXCLUDED.wish_until_on, \
            wish_weekdays = EXCLUDED.wish_weekdays, wish_from_minute = EXCLUDED.wish_from_minute, \
            wish_to_minute = EXCLUDED.wish_to_minute, party = EXCLUDED.party, \
            account_id = coalesce(EXCLUDED.account_id, appointment.account_id), feed = coalesce(EXCLUDED.feed, appointment.feed)";
        let person = a.person.as_ref();
        let contact = a.contact.as_ref();
        let wish = a.wish.as_ref();
        let minute = |value: u16| i16::try_from(value).unwrap_or(i16::MAX);
        sqlx::query(SQL)
            .bind(self.practice().uuid())
            .bind(a.id.uuid())
            .bind(version)
            .bind(now)
            .bind(a.code.map(|c| i32::try_from(c.number()).unwrap_or(i32::MAX)))
            .bind(a.status.as_str())
            .bind(a.confirmed)
            .bind(a.cancelled_by.map(|by| by.as_str()))
            .bind(a.kind.as_ref().map(|k| k.id.uuid()))
            .bind(a.kind.as_ref().map(|k| k.label.as_str()))
            .bind(own.schedule)
            .bind(a.practitioner.uuid())
            .bind(a.site.uuid())
            .bind(a.span.map(|s| s.start_at))
            .bind(a.span.map(fhir::booking::Span::end_at))
            .bind(person.map(|p| p.surname.as_str()))
            .bind(person.map(|p| p.first_name.as_str()))
            .bind(person.and_then(|p| p.phone.as_ref()).map(|p| p.as_str()))
            .bind(person.and_then(|p| p.email.as_ref()).map(|e| e.as_str()))
            .bind(person.and_then(|p| p.born_on))
            .bind(person.map(|p| p.language.as_str()))
            .bind(contact.map(|c| c.name.as_str()))
            .bind(contact.map(|c| c.phone.as_str()))
            .bind(contact.and_then(|c| c.consent))
            .bind(a.visio.as_ref().map(|v| v.as_str()))
            .bind(wish.map(|w| w.from_on))
            .bind(wish.map(|w| w.until_on))
            .bind(wish.map(|w| i16::from(w.weekdays)))
            .bind(wish.map(|w| minute(w.from_minute)))
            .bind(wish.map(|w| minute(w.to_minute)))
            .bind(own.patients)
            .bind(own.account)
            .bind(own.feed)
            .execute(self.change())
            .await?;
        Ok(())
    }
}

/// What is the portal's own of an appointment.
pub(super) struct Own {
    /// The schedule it is in.
    pub schedule: Uuid,
    /// A patient's own doing, which the practice has not taken over.
    pub patients: bool,
    /// Whose.
    pub account: Option<Uuid>,
    /// The change that the practice has to hear of.
    pub feed: Option<i64>,
}

/// A practice's conditional update of an appointment: what was there before, and what became of it.
///
/// # Errors
/// [`StoreError::Erased`], [`StoreError::Stale`], [`StoreError::NoSchedule`], [`StoreError::Taken`] where a patient holds the
/// time, [`StoreError::CodeTaken`].
pub async fn put_appointment(
    tx: &mut Tx,
    a: &Appointment,
    expect: Expect,
    now: DateTime<Utc>,
) -> Result<(Option<Held>, Put), StoreError> {
    if tx.is_erased(a.id).await? {
        return Err(StoreError::Erased);
    }
    let before = tx.appointment(a.id, true).await?;
    let there = before.as_ref().map(|held| {
        let version = held.appointment.meta.as_ref().map_or(0, |m| m.version);
        let plain = Appointment { meta: None, ..held.appointment.clone() };
        (version, plain == Appointment { meta: None, ..a.clone() })
    });
    let outcome = expect.judge(there)?;
    let version = there.map_or(0, |(version, _)| version);
    if outcome == PutOutcome::Unchanged {
        // The same content from the practice: it has taken it over, and may overbook it from now on.
        if before.as_ref().is_some_and(|held| held.unseen) {
            let practice = tx.practice().uuid();
            sqlx::query("UPDATE appointment SET party = 0 WHERE practice_id = $1 AND appointment_id = $2")
                .bind(practice)
                .bind(a.id.uuid())
                .execute(tx.conn())
                .await?;
        }
        let updated_at = before.as_ref().and_then(|held| held.appointment.meta.as_ref()).map_or(now, |m| m.updated_at);
        return Ok((before, Put { outcome, version, updated_at }));
    }
    let schedule = tx.schedule_of(a).await?;
    let own = Own { schedule, patients: false, account: None, feed: None };
    tx.write_appointment(a, &own, version + 1, now).await?;
    Ok((before, Put { outcome, version: version + 1, updated_at: now }))
}
