//! A patient books, moves, cancels, confirms, or joins the waiting list.
//!
//! That one slot has one booking is held by the database (`one_slot_one_booking`); what is asked before only spares the many who
//! come second the way to it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    agenda::{BookingCode, CancelledBy},
    id::{AppointmentId, TypeId},
};
use fhir::booking::{
    Appointment, AppointmentStatus, AppointmentType, Contact, Person, Schedule, Slot, SlotId, SlotStatus, Span, Wish,
};
use uuid::Uuid;

use super::{Held, StoreError, Tx, appointment::Own};

/// So many appointments one account may have open at a practice.
pub const MOST_OPEN: i64 = 6;

/// What a patient asks for.
#[derive(Clone)]
pub struct BookRequest {
    /// The appointment's name, new.
    pub id: AppointmentId,
    /// A number for its code, and some more where it should be taken.
    pub codes: [u32; 8],
    /// What for.
    pub kind: TypeId,
    /// For whom.
    pub person: Person,
    /// Who books for them.
    pub contact: Option<Contact>,
    /// Whose account.
    pub account: Uuid,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Booked {
    /// The appointment.
    pub appointment: Appointment,
    /// The number under which the practice hears of it.
    pub feed: i64,
}

impl Tx {
    /// Books a slot.
    ///
    /// # Errors
    /// [`StoreError::Taken`] where somebody was first; [`StoreError::NotFound`] where slot or type are not (or no more) offered;
    /// [`StoreError::TooMany`].
    pub async fn book(
        &mut self,
        slot: SlotId,
        schedule: &Schedule,
        request: &BookRequest,
        now: DateTime<Utc>,
    ) -> Result<Booked, StoreError> {
        let (kind, span, status) = self.open_slot(slot, schedule, request.kind, now).await?;
        if self.open_bookings(request.account, now).await? >= MOST_OPEN {
            return Err(StoreError::TooMany);
        }
        let appointment = Appointment {
            meta: None,
            id: request.id,
            code: Some(self.free_code(&request.codes).await?),
            status,
            confirmed: false,
            cancelled_by: None,
            kind: Some(kind),
            practitioner: schedule.practitioner.id,
            site: schedule.site.id,
            span: Some(span),
            person: Some(request.person.clone()),
            contact: request.contact.clone(),
            visio: None,
            wish: None,
        };
        let feed = self.write_patients(&appointment, schedule, request.account, 1, now).await?;
        let practice = self.practice().uuid();
        sqlx::query(
            "UPDATE account SET last_booked_at = $3, last_active_at = $3 WHERE practice_id = $1 AND account_id = $2",
        )
        .bind(practice)
        .bind(request.account)
        .bind(now)
        .execute(self.conn())
        .await?;
        self.count_usage("booking", now).await?;
        Ok(Booked { appointment, feed })
    }

    /// Moves an appointment to another slot of the same schedule.
    ///
    /// # Errors
    /// As [`Tx::book`]; [`StoreError::Stale`] where it can be moved no more.
    pub async fn move_booking(
        &mut self,
        held: &Held,
        slot: SlotId,
        schedule: &Schedule,
        now: DateTime<Utc>,
    ) -> Result<Booked, StoreError> {
        if !can_change(&held.appointment, now) || schedule.id.0 != held.schedule {
            return Err(StoreError::Stale);
        }
        let kind = held.type_to_move_by(schedule).ok_or(StoreError::NotFound)?;
        let (kind, span, status) = self.open_slot_but(slot, schedule, kind, now, Some(held.appointment.id)).await?;
        let appointment = Appointment {
            meta: None,
            kind: held.appointment.kind.is_some().then_some(kind),
            span: Some(span),
            status,
            confirmed: false,
            ..held.appointment.clone()
        };
        let feed = self.rewrite(held, &appointment, schedule, now).await?;
        Ok(Booked { appointment, feed })
    }

    /// Calls an appointment, or a wish of the waiting list, off.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where it can be called off no more.
    pub async fn cancel_booking(
        &mut self,
        held: &Held,
        schedule: &Schedule,
        now: DateTime<Utc>,
    ) -> Result<Booked, StoreError> {
        if !can_change(&held.appointment, now) {
            return Err(StoreError::Stale);
        }
        let appointment = Appointment {
            meta: None,
            status: AppointmentStatus::Cancelled,
            confirmed: false,
            cancelled_by: Some(CancelledBy::Patient),
            ..held.appointment.clone()
        };
        let feed = self.rewrite(held, &appointment, schedule, now).await?;
        Ok(Booked { appointment, feed })
    }

    /// Says again that the patient comes.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where that means nothing any more.
    pub async fn confirm_booking(
        &mut self,
        held: &Held,
        schedule: &Schedule,
        now: DateTime<Utc>,
    ) -> Result<Booked, StoreError> {
        if held.appointment.status != AppointmentStatus::Booked || !can_change(&held.appointment, now) {
            return Err(StoreError::Stale);
        }
        let appointment = Appointment { meta: None, confirmed: true, ..held.appointment.clone() };
        let feed = self.rewrite(held, &appointment, schedule, now).await?;
        Ok(Booked { appointment, feed })
    }

    /// Puts somebody on the waiting list.
    ///
    /// # Errors
    /// [`StoreError::TooMany`]; [`StoreError::NotFound`] where the type is not offered.
    pub async fn join_waiting_list(
        &mut self,
        schedule: &Schedule,
        request: &BookRequest,
        wish: Wish,
        now: DateTime<Utc>,
    ) -> Result<Booked, StoreError> {
        if self.open_bookings(request.account, now).await? >= MOST_OPEN {
            return Err(StoreError::TooMany);
        }
        let offered = schedule.types.iter().find(|t| t.kind.id == request.kind).ok_or(StoreError::NotFound)?;
        let appointment = Appointment {
            meta: None,
            id: request.id,
            code: Some(self.free_code(&request.codes).await?),
            status: AppointmentStatus::Waitlist,
            confirmed: false,
            cancelled_by: None,
            kind: Some(offered.kind.clone()),
            practitioner: schedule.practitioner.id,
            site: schedule.site.id,
            span: None,
            person: Some(request.person.clone()),
            contact: request.contact.clone(),
            visio: None,
            wish: Some(wish),
        };
        let feed = self.write_patients(&appointment, schedule, request.account, 1, now).await?;
        Ok(Booked { appointment, feed })
    }

    /// Forgets what an appointment is for: where the instruction does not cover it, it counts for the choice of a slot only.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn forget_type(&mut self, id: AppointmentId) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        let sql =
            "UPDATE appointment SET type_id = NULL, type_label = NULL WHERE practice_id = $1 AND appointment_id = $2";
        sqlx::query(sql).bind(practice).bind(id.uuid()).execute(self.conn()).await?;
        Ok(())
    }

    async fn rewrite(
        &mut self,
        held: &Held,
        appointment: &Appointment,
        schedule: &Schedule,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        let account = held.account.ok_or(StoreError::Stale);
        let version = held.appointment.meta.as_ref().map_or(0, |m| m.version) + 1;
        match account {
            Ok(account) => self.write_patients(appointment, schedule, account, version, now).await,
            // The practice's own, opened by its code: it stays nobody's account.
            Err(_) => self.write_changed(appointment, schedule, None, version, now).await,
        }
    }

    async fn write_patients(
        &mut self,
        a: &Appointment,
        schedule: &Schedule,
        account: Uuid,
        version: i64,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        self.write_changed(a, schedule, Some(account), version, now).await
    }

    async fn write_changed(
        &mut self,
        a: &Appointment,
        schedule: &Schedule,
        account: Option<Uuid>,
        version: i64,
        now: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        let feed = self.next_feed().await?;
        let own = Own { schedule: schedule.id.0, patients: true, account, feed: Some(feed) };
        self.write_appointment(a, &own, version, now).await?;
        Ok(feed)
    }

    async fn open_slot(
        &mut self,
        slot: SlotId,
        schedule: &Schedule,
        kind: TypeId,
        now: DateTime<Utc>,
    ) -> Result<(AppointmentType, Span, AppointmentStatus), StoreError> {
        self.open_slot_but(slot, schedule, kind, now, None).await
    }

    /// The slot, locked, where it can be booked for the type: what for, when, and whether that holds at once.
    async fn open_slot_but(
        &mut self,
        slot: SlotId,
        schedule: &Schedule,
        kind: TypeId,
        now: DateTime<Utc>,
        but: Option<AppointmentId>,
    ) -> Result<(AppointmentType, Span, AppointmentStatus), StoreError> {
        const BUSY: &str = "\
            SELECT EXISTS (SELECT FROM appointment WHERE practice_id = $1 AND practitioner_id = $3 \
            AND start_at > $4 - interval '1 day' AND start_at < $5 AND end_at > $4 AND appointment_id <> $6 \
            AND status IN ('proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'checked-in')) \
            OR EXISTS (SELECT FROM slot WHERE practice_id = $1 AND schedule_id = $2 \
            AND status IN ('busy', 'busy-unavailable', 'busy-tentative') \
            AND start_at > $4 - interval '1 day' AND start_at < $5 AND end_at > $4)";
        let offered = schedule.types.iter().find(|t| t.kind.id == kind).ok_or(StoreError::NotFound)?;
        let found: Option<Slot> = self.slot(slot).await?.filter(|s| s.schedule == schedule.id);
        let found = found.ok_or(StoreError::NotFound)?;
        let for_type = found.types.is_empty() || found.types.contains(&kind);
        if !schedule.active || !for_type || found.span.minutes < offered.minutes {
            return Err(StoreError::NotFound);
        }
        if found.status != SlotStatus::Free || found.span.start_at <= now {
            return Err(StoreError::Taken);
        }
        let span = Span { start_at: found.span.start_at, minutes: offered.minutes };
        let practice = self.practice().uuid();
        let busy: bool = sqlx::query_scalar(BUSY)
            .bind(practice)
            .bind(schedule.id.0)
            .bind(schedule.practitioner.id.uuid())
            .bind(span.start_at)
            .bind(span.end_at())
            .bind(but.map_or(Uuid::nil(), AppointmentId::uuid))
            .fetch_one(self.conn())
            .await?;
        if busy {
            return Err(StoreError::Taken);
        }
        let status = if offered.needs_approval { AppointmentStatus::Pending } else { AppointmentStatus::Booked };
        Ok((offered.kind.clone(), span, status))
    }

    async fn open_bookings(&mut self, account: Uuid, now: DateTime<Utc>) -> Result<i64, StoreError> {
        let practice = self.practice().uuid();
        // Locked, so that somebody who books many at once is counted one after the other.
        sqlx::query("SELECT FROM account WHERE practice_id = $1 AND account_id = $2 FOR NO KEY UPDATE")
            .bind(practice)
            .bind(account)
            .execute(self.conn())
            .await?;
        let open = "SELECT count(*) FROM appointment WHERE practice_id = $1 AND account_id = $2 \
                    AND (start_at > $3 AND status IN ('pending', 'booked') OR status = 'waitlist')";
        Ok(sqlx::query_scalar(open).bind(practice).bind(account).bind(now).fetch_one(self.conn()).await?)
    }

    async fn free_code(&mut self, numbers: &[u32]) -> Result<BookingCode, StoreError> {
        let practice = self.practice().uuid();
        for number in numbers {
            let code = BookingCode::from_number(*number);
            let there = "SELECT EXISTS (SELECT FROM appointment WHERE practice_id = $1 AND code = $2)";
            let number = i32::try_from(code.number()).unwrap_or(i32::MAX);
            let taken: bool = sqlx::query_scalar(there).bind(practice).bind(number).fetch_one(self.conn()).await?;
            if !taken {
                return Ok(code);
            }
        }
        Err(StoreError::CodeTaken)
    }

    /// Counts one use for the invoice.
    pub(super) async fn count_usage(&mut self, kind: &'static str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let practice = self.practice().uuid();
        let sql = "INSERT INTO usage (practice_id, month_on, kind, count) VALUES ($1, date_trunc('month', $2 AT TIME ZONE 'UTC')::date, $3, 1) \
                   ON CONFLICT (practice_id, month_on, kind) DO UPDATE SET count = usage.count + 1";
        sqlx::query(sql).bind(practice).bind(now).bind(kind).execute(self.conn()).await?;
        Ok(())
    }
}

/// Whether a patient can still move or cancel it: until it begins.
#[must_use]
pub fn can_change(a: &Appointment, now: DateTime<Utc>) -> bool {
    use AppointmentStatus::{Booked, Pending, Proposed, Waitlist};
    match a.span {
        Some(span) => matches!(a.status, Booked | Pending | Proposed) && span.start_at > now + TimeDelta::zero(),
        None => a.status == Waitlist,
    }
}
