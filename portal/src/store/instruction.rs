//! The controller's instructions. The newest counts; none: nothing may be held.

use chrono::{DateTime, Utc};
use fhir::booking::{Appointment, Instruction};

use super::{StoreError, Tx};

impl Tx {
    /// The newest instruction.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn instruction(&mut self) -> Result<Option<Instruction>, StoreError> {
        if let Some(read) = &self.instruction {
            return Ok(read.clone());
        }
        let practice = self.practice().uuid();
        let sql = "SELECT body FROM instruction WHERE practice_id = $1 ORDER BY version DESC LIMIT 1";
        let body: Option<sqlx::types::Json<Instruction>> =
            sqlx::query_scalar(sql).bind(practice).fetch_optional(self.conn()).await?;
        let read = body.map(|json| json.0);
        self.instruction = Some(read.clone());
        Ok(read)
    }

    /// Takes an instruction; its version must be the next, or be there already, word for word.
    ///
    /// # Errors
    /// [`StoreError::Stale`] for another version.
    pub async fn put_instruction(&mut self, instruction: &Instruction, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let practice = self.practice().uuid();
        // One at a time: the practice's row is the lock.
        sqlx::query("SELECT FROM practice WHERE practice_id = $1 FOR UPDATE")
            .bind(practice)
            .execute(self.change())
            .await?;
        // What was read before the lock may be of yesterday.
        self.instruction = None;
        let before = self.instruction().await?;
        if before.as_ref() == Some(instruction) {
            return Ok(false);
        }
        if instruction.version != before.map_or(0, |i| i.version) + 1 {
            return Err(StoreError::Stale);
        }
        sqlx::query("INSERT INTO instruction (practice_id, version, body, received_at) VALUES ($1, $2, $3, $4)")
            .bind(practice)
            .bind(i32::try_from(instruction.version).map_err(|_| StoreError::Form)?)
            .bind(sqlx::types::Json(instruction))
            .bind(now)
            .execute(self.change())
            .await?;
        self.instruction = None;
        Ok(true)
    }

    /// When the first instruction came: what the practice booked before is no news to its patients.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn instructed_at(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let practice = self.practice().uuid();
        let sql = "SELECT min(received_at) FROM instruction WHERE practice_id = $1";
        Ok(sqlx::query_scalar(sql).bind(practice).fetch_one(self.conn()).await?)
    }

    /// Every instruction there was, the first first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn instructions(&mut self) -> Result<Vec<Instruction>, StoreError> {
        let practice = self.practice().uuid();
        let sql = "SELECT body FROM instruction WHERE practice_id = $1 ORDER BY version";
        let bodies: Vec<sqlx::types::Json<Instruction>> =
            sqlx::query_scalar(sql).bind(practice).fetch_all(self.conn()).await?;
        Ok(bodies.into_iter().map(|json| json.0).collect())
    }
}

/// Whether an instruction covers an appointment.
///
/// # Errors
/// [`StoreError::NotInstructed`] with the element that it does not cover.
pub fn covers(instruction: Option<&Instruction>, a: &Appointment, now: DateTime<Utc>) -> Result<(), StoreError> {
    let Some(instruction) = instruction.filter(|i| i.from_on <= now.date_naive()) else {
        return Err(StoreError::NotInstructed("Appointment"));
    };
    let fields = instruction.fields;
    let person = a.person.as_ref();
    if !instruction.practitioners.contains(&a.practitioner) {
        Err(StoreError::NotInstructed("Appointment.participant"))
    } else if !fields.email && person.is_some_and(|p| p.email.is_some()) {
        Err(StoreError::NotInstructed("Patient.telecom"))
    } else if !fields.birth_date && person.is_some_and(|p| p.born_on.is_some()) {
        Err(StoreError::NotInstructed("Patient.birthDate"))
    } else if !fields.reason && a.kind.is_some() {
        Err(StoreError::NotInstructed("Appointment.serviceType"))
    } else {
        Ok(())
    }
}
