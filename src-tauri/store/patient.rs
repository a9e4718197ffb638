//! Patients: rows, likely duplicates' candidates, merging. Searching is next door in `search`.

use chrono::NaiveDate;
use domain::id::PatientId;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::row::{number, parsed, parsed_option, text};
use super::{Connection, StoreError, contact, search};

/// A patient's row: identity and contact, nothing clinical.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Patient {
    /// File number; 0 before the first save.
    pub number: i64,
    /// Identifier.
    pub id: PatientId,
    /// Surname.
    pub surname: String,
    /// Birth name.
    pub birth_name: String,
    /// First name.
    pub first_name: String,
    /// Surname in Arabic.
    pub surname_arabic: String,
    /// First name in Arabic.
    pub first_name_arabic: String,
    /// `female`, `male`, `unknown`.
    pub sex: String,
    /// Birth date.
    pub born: Option<NaiveDate>,
    /// Birth place.
    pub birth_place: String,
    /// NIR as typed.
    pub nir: String,
    /// INS status.
    pub ins_status: String,
    /// CIN as typed.
    pub cin: String,
    /// Mobile, E.164 where valid.
    pub mobile: String,
    /// Phone, E.164 where valid.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Street.
    pub address: String,
    /// Post code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Language of messages.
    pub language: String,
    /// Insurer.
    pub insurer: String,
    /// Treating doctor.
    pub treating_doctor: String,
    /// Remarks for the desk.
    pub remarks: String,
    /// Death.
    pub deceased_on: Option<NaiveDate>,
    /// Identifier in the software it was taken over from.
    pub external_id: Option<String>,
    /// What the erasure list names.
    pub erasure_id: String,
    /// Alias of another patient.
    pub merged_into: Option<PatientId>,
    /// Grows with each change.
    pub revision: i64,
    /// UTC instant.
    pub created_at: String,
}

const COLUMNS: &str = "number, id, surname, birth_name, first_name, surname_arabic, first_name_arabic, sex, born,
    birth_place, nir, ins_status, cin, mobile, phone, email, address, postcode, city, language, insurer, treating_doctor,
    remarks, deceased_on, external_id, erasure_id, merged_into, revision, created_at";

fn read(row: &SqliteRow) -> Result<Patient, StoreError> {
    Ok(Patient {
        number: number(row, 0)?,
        id: parsed(row, 1)?,
        surname: text(row, 2)?,
        birth_name: text(row, 3)?,
        first_name: text(row, 4)?,
        surname_arabic: text(row, 5)?,
        first_name_arabic: text(row, 6)?,
        sex: text(row, 7)?,
        born: parsed_option(row, 8)?,
        birth_place: text(row, 9)?,
        nir: text(row, 10)?,
        ins_status: text(row, 11)?,
        cin: text(row, 12)?,
        mobile: text(row, 13)?,
        phone: text(row, 14)?,
        email: text(row, 15)?,
        address: text(row, 16)?,
        postcode: text(row, 17)?,
        city: text(row, 18)?,
        language: text(row, 19)?,
        insurer: text(row, 20)?,
        treating_doctor: text(row, 21)?,
        remarks: text(row, 22)?,
        deceased_on: parsed_option(row, 23)?,
        external_id: row.try_get(24)?,
        erasure_id: text(row, 25)?,
        merged_into: parsed_option(row, 26)?,
        revision: number(row, 27)?,
        created_at: text(row, 28)?,
    })
}

/// Adds a patient and its search words; returns the file number.
///
/// # Errors
/// What SQLite refuses (a patient without any name).
pub async fn insert(connection: &mut Connection, p: &Patient) -> Result<i64, StoreError> {
    let number = sqlx::query(
        "INSERT INTO patient (id, surname, birth_name, first_name, surname_arabic, first_name_arabic, sex, born,
            birth_place, nir, ins_status, cin, mobile, phone, email, address, postcode, city, language, insurer,
            treating_doctor, remarks, deceased_on, external_id, erasure_id, merged_into, revision, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(p.id.to_string())
    .bind(&p.surname)
    .bind(&p.birth_name)
    .bind(&p.first_name)
    .bind(&p.surname_arabic)
    .bind(&p.first_name_arabic)
    .bind(&p.sex)
    .bind(p.born.map(|day| day.to_string()))
    .bind(&p.birth_place)
    .bind(&p.nir)
    .bind(&p.ins_status)
    .bind(&p.cin)
    .bind(&p.mobile)
    .bind(&p.phone)
    .bind(&p.email)
    .bind(&p.address)
    .bind(&p.postcode)
    .bind(&p.city)
    .bind(&p.language)
    .bind(&p.insurer)
    .bind(&p.treating_doctor)
    .bind(&p.remarks)
    .bind(p.deceased_on.map(|day| day.to_string()))
    .bind(&p.external_id)
    .bind(&p.erasure_id)
    .bind(p.merged_into.map(|id| id.to_string()))
    .bind(p.revision)
    .bind(&p.created_at)
    .execute(&mut *connection)
    .await?
    .last_insert_rowid();
    search::index(connection, number, p, false).await?;
    Ok(number)
}

/// Changes a patient and its search words; the revision grows by one.
///
/// # Errors
/// [`StoreError::NotFound`] where the revision is no longer the one that was read.
pub async fn update(connection: &mut Connection, p: &Patient) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE patient SET surname = ?, birth_name = ?, first_name = ?, surname_arabic = ?, first_name_arabic = ?,
            sex = ?, born = ?, birth_place = ?, nir = ?, ins_status = ?, cin = ?, mobile = ?, phone = ?, email = ?,
            address = ?, postcode = ?, city = ?, language = ?, insurer = ?, treating_doctor = ?, remarks = ?,
            deceased_on = ?, external_id = ?, merged_into = ?, revision = revision + 1
          WHERE id = ? AND revision = ?",
    )
    .bind(&p.surname)
    .bind(&p.birth_name)
    .bind(&p.first_name)
    .bind(&p.surname_arabic)
    .bind(&p.first_name_arabic)
    .bind(&p.sex)
    .bind(p.born.map(|day| day.to_string()))
    .bind(&p.birth_place)
    .bind(&p.nir)
    .bind(&p.ins_status)
    .bind(&p.cin)
    .bind(&p.mobile)
    .bind(&p.phone)
    .bind(&p.email)
    .bind(&p.address)
    .bind(&p.postcode)
    .bind(&p.city)
    .bind(&p.language)
    .bind(&p.insurer)
    .bind(&p.treating_doctor)
    .bind(&p.remarks)
    .bind(p.deceased_on.map(|day| day.to_string()))
    .bind(&p.external_id)
    .bind(p.merged_into.map(|id| id.to_string()))
    .bind(p.id.to_string())
    .bind(p.revision)
    .execute(&mut *connection)
    .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound);
    }
    search::index(connection, p.number, p, true).await?;
    // Those whose contact person this is are found under their phone as well.
    for (other, _) in contact::contact_of(connection, p.id).await? {
        reindex(connection, other).await?;
    }
    Ok(())
}

/// Writes the search words of a patient again: whose contact persons changed.
///
/// # Errors
/// What SQLite refuses.
pub async fn reindex(connection: &mut Connection, id: PatientId) -> Result<(), StoreError> {
    match patient(connection, id).await? {
        Some(p) => search::index(connection, p.number, &p, true).await,
        None => Ok(()),
    }
}

async fn select(connection: &mut Connection, condition: &'static str, value: &str) -> Result<Vec<Patient>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM patient WHERE {condition} ORDER BY number LIMIT 200")))
        .bind(value)
        .fetch_all(connection)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// One patient, aliases too.
///
/// # Errors
/// What SQLite refuses.
pub async fn patient(connection: &mut Connection, id: PatientId) -> Result<Option<Patient>, StoreError> {
    Ok(select(connection, "id = ?", &id.to_string()).await?.pop())
}

/// The patient that an identifier means today: the end of its chain of merges.
///
/// # Errors
/// What SQLite refuses.
pub async fn resolved(connection: &mut Connection, id: PatientId) -> Result<Option<Patient>, StoreError> {
    let mut found = patient(connection, id).await?;
    // A chain is short: each merge points at one who was not merged then.
    for _ in 0..32 {
        match found.as_ref().and_then(|patient| patient.merged_into) {
            Some(next) => found = patient(connection, next).await?,
            None => return Ok(found),
        }
    }
    Err(StoreError::BadValue)
}

/// Patients born on a day (candidates for duplicates), aliases excepted.
///
/// # Errors
/// What SQLite refuses.
pub async fn born_on(connection: &mut Connection, day: NaiveDate) -> Result<Vec<Patient>, StoreError> {
    select(connection, "born = ? AND merged_into IS NULL", &day.to_string()).await
}

/// Patients with a NIR as stored.
///
/// # Errors
/// What SQLite refuses.
pub async fn with_nir(connection: &mut Connection, nir: &str) -> Result<Vec<Patient>, StoreError> {
    select(connection, "nir = ? AND nir <> '' AND merged_into IS NULL", nir).await
}

/// Patients by file numbers.
///
/// # Errors
/// What SQLite refuses.
pub async fn numbered(connection: &mut Connection, numbers: &[i64]) -> Result<Vec<Patient>, StoreError> {
    let json = serde_json::Value::from(numbers.to_vec()).to_string();
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM patient WHERE number IN (SELECT value FROM json_each(?)) AND merged_into IS NULL"
    )))
    .bind(json)
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Every patient in order of file number, a page of them.
///
/// # Errors
/// What SQLite refuses.
pub async fn page(connection: &mut Connection, after: i64, limit: i64) -> Result<Vec<Patient>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM patient WHERE number > ? ORDER BY number LIMIT ?")))
        .bind(after)
        .bind(limit)
        .fetch_all(connection)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// How many patients, aliases excepted.
///
/// # Errors
/// What SQLite refuses.
pub async fn count(connection: &mut Connection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM patient WHERE merged_into IS NULL").fetch_one(connection).await?)
}

/// Keeps a patient's clinical key, sealed to the clinical public key.
///
/// # Errors
/// What SQLite refuses.
pub async fn insert_key(
    connection: &mut Connection,
    id: PatientId,
    version: i64,
    sealed: &[u8],
    at: &str,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO patient_key (patient_id, version, sealed, created_at) VALUES (?, ?, ?, ?)")
        .bind(id.to_string())
        .bind(version)
        .bind(sealed)
        .bind(at)
        .execute(connection)
        .await?;
    Ok(())
}

/// A patient's clinical key of the newest version, sealed.
///
/// # Errors
/// What SQLite refuses.
pub async fn newest_key(connection: &mut Connection, id: PatientId) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    Ok(sqlx::query_as("SELECT version, sealed FROM patient_key WHERE patient_id = ? ORDER BY version DESC LIMIT 1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?)
}

/// Removes a patient who was just created by mistake; false where something already hangs on it.
///
/// # Errors
/// What SQLite refuses.
pub async fn remove_new(connection: &mut Connection, p: &Patient) -> Result<bool, StoreError> {
    let id = p.id.to_string();
    let hanging: i64 = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM appointment WHERE patient_id = ?1)
             OR EXISTS (SELECT 1 FROM waiting_entry WHERE patient_id = ?1)
             OR EXISTS (SELECT 1 FROM patient WHERE merged_into = ?1)
             OR EXISTS (SELECT 1 FROM clinical_entry WHERE patient_id = ?1)
             OR EXISTS (SELECT 1 FROM filed WHERE patient_id = ?1)
             OR EXISTS (SELECT 1 FROM document WHERE patient_id = ?1)
             OR EXISTS (SELECT 1 FROM phone_call WHERE patient_id = ?1)
             OR EXISTS (SELECT 1 FROM guardian_consent WHERE patient_id = ?1)
             OR EXISTS (SELECT 1 FROM contact_person WHERE linked_patient_id = ?1)",
    )
    .bind(&id)
    .fetch_one(&mut *connection)
    .await?;
    if hanging != 0 {
        return Ok(false);
    }
    for sql in ["DELETE FROM patient_words WHERE rowid = ?", "DELETE FROM patient_parts WHERE rowid = ?"] {
        sqlx::query(sql).bind(p.number).execute(&mut *connection).await?;
    }
    for sql in [
        "DELETE FROM contact_person WHERE patient_id = ?",
        "DELETE FROM patient_key WHERE patient_id = ?",
        "DELETE FROM patient WHERE id = ?",
    ] {
        sqlx::query(sql).bind(&id).execute(&mut *connection).await?;
    }
    Ok(true)
}

/// Patients who have no clinical key yet.
///
/// # Errors
/// What SQLite refuses.
pub async fn without_key(connection: &mut Connection) -> Result<Vec<PatientId>, StoreError> {
    sqlx::query("SELECT id FROM patient WHERE id NOT IN (SELECT patient_id FROM patient_key) ORDER BY number")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| parsed(row, 0))
        .collect()
}
