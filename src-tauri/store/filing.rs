//! What comes from outside, sealed: filed papers, reports and who has seen them. What is inside this room cannot read.
//! Documents are next door.

use domain::id::{EntryId, FiledId, PatientId};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::record::EntryRow;
use super::row::{flag, json_ids, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// A patient and everybody who was merged into them: whose papers are theirs.
///
/// # Errors
/// What SQLite refuses.
pub async fn owners(connection: &mut Connection, patient: PatientId) -> Result<Vec<PatientId>, StoreError> {
    sqlx::query(
        "WITH RECURSIVE same (id) AS (SELECT ? UNION SELECT p.id FROM patient p JOIN same ON p.merged_into = same.id)
         SELECT id FROM same",
    )
    .bind(patient.to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| parsed(row, 0))
    .collect()
}

/// A filed paper.
pub struct FiledRow {
    /// Identifier.
    pub id: FiledId,
    /// `report` or `document`.
    pub kind: String,
    /// Whose, where that was decided.
    pub patient_id: Option<PatientId>,
    /// Why a person has to look at it, or empty.
    pub problem: String,
    /// Where.
    pub line: i64,
    /// Whether it can go into a record.
    pub whole: bool,
    /// Laboratory, number and identity, or empty.
    pub slip: String,
    /// Surname.
    pub surname: String,
    /// Surname at birth.
    pub birth_name: String,
    /// First name.
    pub first_name: String,
    /// ISO date.
    pub born: Option<String>,
    /// `female`, `male`, `unknown`.
    pub sex: String,
    /// NIR.
    pub nir: String,
    /// The paper's key, sealed to the clinical public key.
    pub sealed_key: Vec<u8>,
    /// What it says.
    pub sealed: Vec<u8>,
    /// UTC instant.
    pub filed_at: String,
    /// User.
    pub filed_by: String,
    /// UTC instant, where it was refused.
    pub refused_at: Option<String>,
}

const FILED: &str =
    "SELECT id, kind, patient_id, problem, line, whole, slip, surname, birth_name, first_name, born, sex, nir,
    sealed_key, sealed, filed_at, filed_by, refused_at FROM filed";

fn read(row: &SqliteRow) -> Result<FiledRow, StoreError> {
    Ok(FiledRow {
        id: parsed(row, 0)?,
        kind: text(row, 1)?,
        patient_id: parsed_option(row, 2)?,
        problem: text(row, 3)?,
        line: number(row, 4)?,
        whole: flag(row, 5)?,
        slip: text(row, 6)?,
        surname: text(row, 7)?,
        birth_name: text(row, 8)?,
        first_name: text(row, 9)?,
        born: row.try_get(10)?,
        sex: text(row, 11)?,
        nir: text(row, 12)?,
        sealed_key: row.try_get(13)?,
        sealed: row.try_get(14)?,
        filed_at: text(row, 15)?,
        filed_by: text(row, 16)?,
        refused_at: row.try_get(17)?,
    })
}

/// Adds a filed paper.
///
/// # Errors
/// What SQLite refuses.
pub async fn insert(connection: &mut Connection, row: &FiledRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO filed (id, kind, patient_id, problem, line, whole, slip, surname, birth_name, first_name, born, sex, nir,
            sealed_key, sealed, filed_at, filed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.id.to_string())
    .bind(&row.kind)
    .bind(row.patient_id.map(|id| id.to_string()))
    .bind(&row.problem)
    .bind(row.line)
    .bind(row.whole)
    .bind(&row.slip)
    .bind(&row.surname)
    .bind(&row.birth_name)
    .bind(&row.first_name)
    .bind(&row.born)
    .bind(&row.sex)
    .bind(&row.nir)
    .bind(&row.sealed_key)
    .bind(&row.sealed)
    .bind(&row.filed_at)
    .bind(&row.filed_by)
    .execute(connection)
    .await?;
    Ok(())
}

async fn select(connection: &mut Connection, rest: &'static str, value: &str) -> Result<Vec<FiledRow>, StoreError> {
    let sql = format!("{FILED} {rest}");
    sqlx::query(AssertSqlSafe(sql)).bind(value).fetch_all(connection).await?.iter().map(read).collect()
}

/// One filed paper.
///
/// # Errors
/// What SQLite refuses.
pub async fn filed(connection: &mut Connection, id: FiledId) -> Result<Option<FiledRow>, StoreError> {
    Ok(select(connection, "WHERE id = ?", &id.to_string()).await?.pop())
}

/// Papers of which a person has to decide whose they are, the oldest first; `refused` since an instant are told too.
///
/// # Errors
/// What SQLite refuses.
pub async fn undecided(connection: &mut Connection, refused_since: &str) -> Result<Vec<FiledRow>, StoreError> {
    select(
        connection,
        "WHERE patient_id IS NULL AND (refused_at IS NULL OR refused_at >= ?) ORDER BY filed_at, rowid",
        refused_since,
    )
    .await
}

/// Undecided and not refused papers of one number.
///
/// # Errors
/// What SQLite refuses.
pub async fn of_slip(connection: &mut Connection, slip: &str) -> Result<Vec<FiledRow>, StoreError> {
    select(connection, "WHERE slip = ? AND slip <> '' AND refused_at IS NULL ORDER BY filed_at, rowid", slip).await
}

/// Papers that a practitioner's session may take in: all, or those of these patients.
///
/// # Errors
/// What SQLite refuses.
pub async fn waiting(connection: &mut Connection, of: Option<&[PatientId]>) -> Result<Vec<FiledRow>, StoreError> {
    match of {
        Some(patients) => {
            select(
                connection,
                "WHERE patient_id IN (SELECT value FROM json_each(?)) ORDER BY filed_at, rowid",
                &json_ids(patients),
            )
            .await
        }
        None => {
            select(connection, "WHERE patient_id IS NOT NULL AND ? = '' ORDER BY filed_at, rowid LIMIT 500", "").await
        }
    }
}

/// How many papers wait for a practitioner's session.
///
/// # Errors
/// What SQLite refuses.
pub async fn count_waiting(connection: &mut Connection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM filed WHERE patient_id IS NOT NULL").fetch_one(connection).await?)
}

/// Says whose a paper is.
///
/// # Errors
/// [`StoreError::NotFound`] where it is gone or was decided meanwhile.
pub async fn attach(connection: &mut Connection, id: FiledId, patient: PatientId) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE filed SET patient_id = ?, refused_at = NULL WHERE id = ? AND patient_id IS NULL")
        .bind(patient.to_string())
        .bind(id.to_string())
        .execute(connection)
        .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// Takes back whose a paper is: a person decides again.
///
/// # Errors
/// What SQLite refuses.
pub async fn put_back(connection: &mut Connection, id: FiledId, problem: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE filed SET patient_id = NULL, problem = ? WHERE id = ?")
        .bind(problem)
        .bind(id.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Refuses a paper, or takes that back.
///
/// # Errors
/// [`StoreError::NotFound`] where it is gone or was decided meanwhile.
pub async fn refuse(connection: &mut Connection, id: FiledId, at: Option<&str>) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE filed SET refused_at = ? WHERE id = ? AND patient_id IS NULL")
        .bind(at)
        .bind(id.to_string())
        .execute(connection)
        .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// Removes a paper: it was taken in, or is there already.
///
/// # Errors
/// What SQLite refuses.
pub async fn remove(connection: &mut Connection, id: FiledId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM filed WHERE id = ?").bind(id.to_string()).execute(connection).await?;
    Ok(())
}

/// Removes papers that were refused before an instant.
///
/// # Errors
/// What SQLite refuses.
pub async fn remove_refused(connection: &mut Connection, before: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM filed WHERE refused_at < ?").bind(before).execute(connection).await?;
    Ok(())
}

/// An entry that is a report.
pub struct ReportRow {
    /// The entry.
    pub entry_id: EntryId,
    /// Whose.
    pub patient_id: PatientId,
    /// Laboratory, number and identity, or empty.
    pub slip: String,
    /// The version that came from the laboratory last.
    pub version: i64,
    /// UTC instant.
    pub received_at: String,
}

fn read_report(row: &SqliteRow) -> Result<ReportRow, StoreError> {
    Ok(ReportRow {
        entry_id: parsed(row, 0)?,
        patient_id: parsed(row, 1)?,
        slip: text(row, 2)?,
        version: number(row, 3)?,
        received_at: text(row, 4)?,
    })
}

const REPORT: &str = "SELECT r.entry_id, r.patient_id, r.slip, r.version, r.received_at FROM report r";

/// Reports of one number.
///
/// # Errors
/// What SQLite refuses.
pub async fn reports_of_slip(connection: &mut Connection, slip: &str) -> Result<Vec<ReportRow>, StoreError> {
    let sql = format!("{REPORT} WHERE r.slip = ? AND r.slip <> '' ORDER BY r.received_at, r.entry_id");
    sqlx::query(AssertSqlSafe(sql)).bind(slip).fetch_all(connection).await?.iter().map(read_report).collect()
}

/// Reports of these patients.
///
/// # Errors
/// What SQLite refuses.
pub async fn reports_of(connection: &mut Connection, patients: &[PatientId]) -> Result<Vec<ReportRow>, StoreError> {
    let sql =
        format!("{REPORT} WHERE r.patient_id IN (SELECT value FROM json_each(?)) ORDER BY r.received_at, r.entry_id");
    sqlx::query(AssertSqlSafe(sql))
        .bind(json_ids(patients))
        .fetch_all(connection)
        .await?
        .iter()
        .map(read_report)
        .collect()
}

/// Reports of these patients, each with its entry as it is now; none where it was taken away.
///
/// # Errors
/// What SQLite refuses.
pub async fn report_entries(
    connection: &mut Connection,
    patients: &[PatientId],
) -> Result<Vec<(ReportRow, Option<EntryRow>)>, StoreError> {
    sqlx::query(
        "SELECT r.entry_id, r.patient_id, r.slip, r.version, r.received_at, e.id IS NOT NULL, coalesce(e.patient_id, r.patient_id),
            coalesce(e.version, 0), coalesce(e.key_version, 0), coalesce(e.sealed, x''), coalesce(e.written_at, ''),
            coalesce(e.written_by, ''), coalesce(u.name, '')
           FROM report r LEFT JOIN clinical_entry e ON e.id = r.entry_id LEFT JOIN user u ON u.id = e.written_by
          WHERE r.patient_id IN (SELECT value FROM json_each(?))",
    )
    .bind(json_ids(patients))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        let report = read_report(row)?;
        let entry = EntryRow {
            id: report.entry_id,
            patient_id: parsed(row, 6)?,
            version: number(row, 7)?,
            key_version: number(row, 8)?,
            sealed: row.try_get(9)?,
            written_at: text(row, 10)?,
            written_by: text(row, 11)?,
            author: text(row, 12)?,
        };
        let there = flag(row, 5)?;
        Ok((report, there.then_some(entry)))
    })
    .collect()
}

/// Reports that nobody has seen in their newest version, the oldest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn unseen(connection: &mut Connection, limit: i64) -> Result<Vec<ReportRow>, StoreError> {
    let sql = format!(
        "{REPORT} WHERE r.struck = 0 AND NOT EXISTS (SELECT 1 FROM report_seen s WHERE s.entry_id = r.entry_id AND s.version = r.version)
          ORDER BY r.received_at, r.entry_id LIMIT ?"
    );
    sqlx::query(AssertSqlSafe(sql)).bind(limit).fetch_all(connection).await?.iter().map(read_report).collect()
}

/// How many reports nobody has seen.
///
/// # Errors
/// What SQLite refuses.
pub async fn count_unseen(connection: &mut Connection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT count(*) FROM report r
          WHERE r.struck = 0 AND NOT EXISTS (SELECT 1 FROM report_seen s WHERE s.entry_id = r.entry_id AND s.version = r.version)",
    )
    .fetch_one(connection)
    .await?)
}

/// Notes that an entry is a report, or that a newer version of it came.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_report(connection: &mut Connection, row: &ReportRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO report (entry_id, patient_id, slip, version, received_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET version = excluded.version, received_at = excluded.received_at, struck = 0",
    )
    .bind(row.entry_id.to_string())
    .bind(row.patient_id.to_string())
    .bind(&row.slip)
    .bind(row.version)
    .bind(&row.received_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a report was struck.
///
/// # Errors
/// What SQLite refuses.
pub async fn note_struck(connection: &mut Connection, entry: EntryId) -> Result<(), StoreError> {
    sqlx::query("UPDATE report SET struck = 1 WHERE entry_id = ?").bind(entry.to_string()).execute(connection).await?;
    Ok(())
}

/// A sealed mark: who saw which version of a report.
pub struct SeenRow {
    /// The entry.
    pub entry_id: EntryId,
    /// Its version.
    pub version: i64,
    /// User.
    pub user_id: String,
    /// Version of the patient's key.
    pub key_version: i64,
    /// Sealed bytes.
    pub sealed: Vec<u8>,
    /// The user's name.
    pub name: String,
}

/// Adds a mark; one that is there already stays.
///
/// # Errors
/// What SQLite refuses.
pub async fn insert_seen(connection: &mut Connection, row: &SeenRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO report_seen (entry_id, version, user_id, key_version, sealed) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET key_version = excluded.key_version, sealed = excluded.sealed",
    )
    .bind(row.entry_id.to_string())
    .bind(row.version)
    .bind(&row.user_id)
    .bind(row.key_version)
    .bind(&row.sealed)
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes one's own mark.
///
/// # Errors
/// What SQLite refuses.
pub async fn remove_seen(
    connection: &mut Connection,
    entry: EntryId,
    version: i64,
    user: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM report_seen WHERE entry_id = ? AND version = ? AND user_id = ?")
        .bind(entry.to_string())
        .bind(version)
        .bind(user)
        .execute(connection)
        .await?;
    Ok(())
}

/// All marks on the reports of these patients.
///
/// # Errors
/// What SQLite refuses.
pub async fn seen_of(connection: &mut Connection, patients: &[PatientId]) -> Result<Vec<SeenRow>, StoreError> {
    sqlx::query(
        "SELECT s.entry_id, s.version, s.user_id, s.key_version, s.sealed, coalesce(u.name, '')
           FROM report r JOIN report_seen s ON s.entry_id = r.entry_id LEFT JOIN user u ON u.id = s.user_id
          WHERE r.patient_id IN (SELECT value FROM json_each(?)) ORDER BY s.version, s.user_id",
    )
    .bind(json_ids(patients))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(SeenRow {
            entry_id: parsed(row, 0)?,
            version: number(row, 1)?,
            user_id: text(row, 2)?,
            key_version: number(row, 3)?,
            sealed: row.try_get(4)?,
            name: text(row, 5)?,
        })
    })
    .collect()
}
