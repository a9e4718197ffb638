//! The search over all practices for who can be booked: public lines, no person.

use domain::{id::PracticeId, patient::names};
use fhir::booking::ScheduleId;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Store, StoreError};

/// What the directory shows of a schedule.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Shown {
    /// The practitioner.
    pub name: String,
    /// Their speciality.
    pub speciality: Option<String>,
    /// The site's name.
    pub site: String,
    /// The site's town.
    pub town: String,
}

/// A line of the directory.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Whose.
    pub practice: PracticeId,
    /// Which schedule.
    pub schedule: ScheduleId,
    /// What is shown.
    pub shown: Shown,
}

#[derive(FromRow)]
struct ListedRow {
    practice_id: Uuid,
    schedule_id: Uuid,
    shown: sqlx::types::Json<Shown>,
}

/// At most so many lines are found, and so many words looked for.
const MOST_LINES: i64 = 40;
const MOST_WORDS: usize = 6;

impl Store {
    /// Lines that hold every word, of practices in service. Behind no practice's wall: it sees the directory and nothing else.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn search_directory(&self, text: &str) -> Result<Vec<Listed>, StoreError> {
        const SQL: &str = "SELECT d.practice_id, d.schedule_id, d.shown FROM directory d JOIN tenant t USING (practice_id) \
                           WHERE t.state = 'active' AND d.search LIKE ALL ($1) ORDER BY d.search, d.schedule_id LIMIT $2";
        // The search form has letters, digits and blanks only: nothing in it is a wildcard.
        let mut words: Vec<String> =
            names::tokens(text).into_iter().take(MOST_WORDS).map(|word| format!("%{word}%")).collect();
        if words.is_empty() {
            words.push("%".to_owned());
        }
        let rows: Vec<ListedRow> = sqlx::query_as(SQL).bind(words).bind(MOST_LINES).fetch_all(&self.pool).await?;
        let listed = rows.into_iter().map(|row| Listed {
            practice: PracticeId::new(row.practice_id),
            schedule: ScheduleId(row.schedule_id),
            shown: row.shown.0,
        });
        Ok(listed.collect())
    }
}
