//! Everything that the tables hold about one person, family by family: rows as JSON, under the names that the dossier gives
//! its fields. What is sealed in them this room cannot read.
//!
//! Deliberately not here: what a dossier is (room `privacy`), who may have one (room `commands`).

use serde::de::DeserializeOwned;
use sqlx::{AssertSqlSafe, Row};

use domain::id::PatientId;

use super::journal::JournalRow;
use super::record_text::DraftRow;
use super::row::{json_ids, number, parsed, text};
use super::{Connection, StoreError};

/// A family of rows about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Appointments, deleted ones too.
    Appointments,
    /// Series.
    Series,
    /// Entries of the waiting list.
    Waiting,
    /// Calls, removed ones too.
    Calls,
    /// Contact persons, removed ones too.
    Contacts,
    /// Consents of guardians, removed ones too.
    Consents,
    /// When reports came.
    Reports,
    /// Signed papers.
    Papers,
    /// Documents.
    Documents,
    /// Consents to purposes.
    Agreements,
    /// Requests about their data.
    Requests,
    /// Limitations, objections, holds.
    Restrictions,
    /// Directives after death.
    Directives,
    /// What left.
    Disclosures,
}

/// A wall minute as text.
macro_rules! wall {
    ($column:literal) => {
        concat!("strftime('%Y-%m-%dT%H:%M', ", $column, " * 60, 'unixepoch')")
    };
}

/// A day number as text.
macro_rules! day {
    ($column:literal) => {
        concat!("strftime('%Y-%m-%d', ", $column, " * 86400, 'unixepoch')")
    };
}

/// A flag as JSON says it.
macro_rules! flag {
    ($column:literal) => {
        concat!("json(iif(", $column, ", 'true', 'false'))")
    };
}

/// A user's name.
macro_rules! by {
    ($column:literal) => {
        concat!("coalesce((SELECT name FROM user WHERE id = ", $column, "), '')")
    };
}

impl Family {
    /// `?1` are the person's identifiers, as JSON.
    const fn sql(self) -> &'static str {
        match self {
            Family::Appointments => concat!(
                "SELECT json_object('id', a.id, 'code', a.code, 'practitioner_id', a.practitioner_id, 'practitioner', q.name,
                    'site_id', a.site_id, 'site', s.name, 'zone', s.zone, 'type_id', a.type_id, 'type_name', t.name,
                    'day', ", day!("a.day"), ", 'starts', ", wall!("a.starts"), ", 'queue_rank', a.queue_rank,
                    'minutes', a.minutes, 'status', a.status, 'origin', a.origin, 'urgency', a.urgency,
                    'overbooked', ", flag!("a.overbooked"), ", 'note', a.note, 'contact_name', a.contact_name,
                    'contact_phone', a.contact_phone, 'visio_link', a.visio_link, 'billing_hint', a.billing_hint,
                    'cancelled_by', a.cancelled_by, 'cancel_reason', a.cancel_reason,
                    'cancelled_late', ", flag!("a.cancelled_late"), ", 'arrived', ", wall!("a.arrived"), ",
                    'seated', ", wall!("a.seated"), ", 'dismissed', ", wall!("a.dismissed"), ",
                    'external_uid', a.external_uid, 'revision', a.revision)
                   FROM appointment a JOIN practitioner q ON q.id = a.practitioner_id JOIN site s ON s.id = a.site_id
                   JOIN appointment_type t ON t.id = a.type_id
                  WHERE a.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY a.day, a.starts, a.id"
            ),
            Family::Series => concat!(
                "SELECT json_object('id', r.id, 'practitioner', q.name, 'type_name', t.name, 'minutes', r.minutes,
                    'unit', r.unit, 'at_least', r.at_least, 'at_most', r.at_most, 'sessions', r.sessions,
                    'first', ", wall!("r.first"), ",
                    'booked', json((SELECT json_group_array(json_object('number', m.number, 'code', a.code,
                        'planned', ", wall!("m.planned"), "))
                       FROM series_session m JOIN appointment a ON a.id = m.appointment_id WHERE m.series_id = r.id)))
                   FROM series r JOIN practitioner q ON q.id = r.practitioner_id JOIN appointment_type t ON t.id = r.type_id
                  WHERE r.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY r.first, r.id"
            ),
            Family::Waiting => concat!(
                "SELECT json_object('id', w.id, 'type_name', t.name, 'minutes', w.minutes,
                    'appointment', (SELECT a.code FROM appointment a WHERE a.id = w.appointment_id),
                    'practitioners', json((SELECT json_group_array(q.name) FROM json_each(w.practitioners) k
                        JOIN practitioner q ON q.id = k.value)),
                    'weekdays', w.weekdays, 'from_day', ", day!("w.from_day"), ", 'until_day', ", day!("w.until_day"), ",
                    'from_minute', w.from_minute, 'to_minute', w.to_minute, 'urgency', w.urgency, 'note', w.note,
                    'before', ", wall!("w.before"), ", 'created_at', w.created_at, 'closed', w.closed,
                    'offers', json((SELECT json_group_array(json_object('practitioner', q.name,
                        'starts', ", wall!("o.starts"), ", 'outcome', o.outcome, 'offered_at', o.offered_at))
                       FROM waiting_offer o JOIN practitioner q ON q.id = o.practitioner_id WHERE o.entry_id = w.id)))
                   FROM waiting_entry w JOIN appointment_type t ON t.id = w.type_id
                  WHERE w.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY w.created_at, w.id"
            ),
            Family::Calls => concat!(
                "SELECT json_object('id', k.id, 'contact_person_id', k.contact_person_id, 'caller_name', k.caller_name,
                    'caller_phone', k.caller_phone, 'relation', coalesce(c.relation, ''), 'about', k.about,
                    'practitioner', coalesce(q.name, ''), 'taken_at', k.taken_at, 'taken_by', ", by!("k.taken_by"), ",
                    'read_at', k.read_at, 'read_by', ", by!("k.read_by"), ", 'answer', k.answer,
                    'answered_at', k.answered_at, 'answered_by', ", by!("k.answered_by"), ", 'closed_at', k.closed_at,
                    'closed_by', ", by!("k.closed_by"), ", 'removed', ", flag!("k.removed"), ")
                   FROM phone_call k LEFT JOIN contact_person c ON c.id = k.contact_person_id
                   LEFT JOIN practitioner q ON q.id = k.practitioner_id
                  WHERE k.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY k.taken_at, k.id"
            ),
            Family::Contacts => concat!(
                "SELECT json_object('id', c.id, 'name', c.name, 'relation', c.relation, 'phone', c.phone,
                    'guardian', ", flag!("c.guardian"), ", 'linked_patient_id', c.linked_patient_id,
                    'told_appointments', ", flag!("c.told_appointments"), ", 'told_messages', ", flag!("c.told_messages"), ",
                    'told_results', ", flag!("c.told_results"), ", 'removed', ", flag!("c.removed"), ")
                   FROM contact_person c WHERE c.patient_id IN (SELECT value FROM json_each(?1))
                  ORDER BY c.guardian DESC, c.id"
            ),
            Family::Consents => concat!(
                "SELECT json_object('id', g.id, 'contact_person_id', g.contact_person_id, 'given_by', c.name,
                    'relation', c.relation, 'given_on', g.given_on, 'way', g.way, 'noted_at', g.noted_at,
                    'noted_by', ", by!("g.noted_by"), ", 'withdrawn_on', g.withdrawn_on, 'removed', ", flag!("g.removed"), ")
                   FROM guardian_consent g JOIN contact_person c ON c.id = g.contact_person_id
                  WHERE g.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY g.given_on, g.id"
            ),
            Family::Reports => {
                "SELECT json_object('entry_id', r.entry_id, 'received_at', r.received_at, 'version', r.version)
                   FROM report r WHERE r.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY r.received_at, r.entry_id"
            }
            Family::Papers => {
                "SELECT json_object('entry_id', p.entry_id, 'practitioner', q.name, 'year', p.year, 'number', p.number,
                    'document', p.document, 'prints', p.prints)
                   FROM clinical_entry e JOIN signed_paper p ON p.entry_id = e.id JOIN practitioner q ON q.id = p.practitioner_id
                  WHERE e.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY p.year, p.number"
            }
            Family::Documents => concat!(
                "SELECT json_object('id', d.id, 'entry_id', d.entry_id, 'file', d.file, 'filed_at', d.filed_at,
                    'filed_by', ", by!("d.filed_by"), ")
                   FROM document d WHERE d.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY d.filed_at, d.id"
            ),
            Family::Agreements => concat!(
                "SELECT json_object('id', g.id, 'purpose_fr', p.name_fr, 'purpose_ar', p.name_ar, 'purpose_en', p.name_en,
                    'text_version', g.text_version, 'language', g.language,
                    'text', CASE g.language WHEN 'ar' THEN t.text_ar WHEN 'en' THEN t.text_en ELSE t.text_fr END,
                    'given_by', coalesce(c.name, ''), 'relation', coalesce(c.relation, ''), 'given_on', g.given_on,
                    'way', g.way, 'noted_at', g.noted_at, 'noted_by', ", by!("g.noted_by"), ",
                    'withdrawn_on', g.withdrawn_on, 'withdrawn_way', coalesce(g.withdrawn_way, ''))
                   FROM consent g JOIN consent_purpose p ON p.id = g.purpose_id
                   JOIN consent_text t ON t.purpose_id = g.purpose_id AND t.version = g.text_version
                   LEFT JOIN contact_person c ON c.id = g.contact_person_id
                  WHERE g.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY g.given_on, g.id"
            ),
            Family::Requests => {
                "SELECT json_object('id', r.id, 'kind', r.kind, 'by_whom', r.by_whom, 'way', r.way, 'content', r.content,
                    'received_on', r.received_on, 'due_on', r.due_on, 'outcome', coalesce(r.outcome, ''),
                    'ground', r.ground, 'closed_on', r.closed_on)
                   FROM data_request r WHERE r.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY r.received_on, r.id"
            }
            Family::Restrictions => {
                "SELECT json_object('id', r.id, 'kind', r.kind, 'scope', r.scope, 'reason', r.reason, 'since', r.since,
                    'lifted_on', r.lifted_on)
                   FROM restriction r WHERE r.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY r.since, r.id"
            }
            Family::Directives => {
                "SELECT json_object('id', d.id, 'wish', d.wish, 'designee', d.designee, 'words', d.words,
                    'given_on', d.given_on, 'revoked_on', d.revoked_on)
                   FROM directive d WHERE d.patient_id IN (SELECT value FROM json_each(?1)) ORDER BY d.given_on, d.id"
            }
            Family::Disclosures => concat!(
                "SELECT json_object('id', d.id, 'at', d.at, 'recipient_kind', d.recipient_kind, 'recipient', d.recipient,
                    'categories', json(d.categories), 'purpose', d.purpose, 'ground', d.ground, 'way', d.way,
                    'journal_sequence', d.journal_sequence, 'by', ", by!("d.user_id"), ")
                   FROM (SELECT DISTINCT disclosure_id FROM disclosure_person
                          WHERE patient_id IN (SELECT value FROM json_each(?1))) m
                   JOIN disclosure d ON d.id = m.disclosure_id ORDER BY d.journal_sequence DESC, d.id DESC"
            ),
        }
    }
}

/// The rows of a family about these patients (who are one), each as its type.
///
/// # Errors
/// What SQLite refuses; [`StoreError::BadValue`] for a row that is not of its form.
pub async fn rows<T: DeserializeOwned>(
    connection: &mut Connection,
    family: Family,
    patients: &[PatientId],
) -> Result<Vec<T>, StoreError> {
    sqlx::query(AssertSqlSafe(family.sql()))
        .bind(json_ids(patients))
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| serde_json::from_str(row.try_get::<&str, _>(0)?).map_err(|_| StoreError::BadValue))
        .collect()
}

/// How many filed papers wait for a practitioner's session to take them in.
///
/// # Errors
/// What SQLite refuses.
pub async fn waiting_papers(connection: &mut Connection, patients: &[PatientId]) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM filed WHERE patient_id IN (SELECT value FROM json_each(?))";
    Ok(sqlx::query_scalar(sql).bind(json_ids(patients)).fetch_one(connection).await?)
}

/// Whether anything clinical is held about these patients: entries of the record, documents, papers that wait.
///
/// # Errors
/// What SQLite refuses.
pub async fn is_clinical(connection: &mut Connection, patients: &[PatientId]) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>(
        "SELECT EXISTS (SELECT 1 FROM clinical_entry WHERE patient_id IN (SELECT value FROM json_each(?1)))
             OR EXISTS (SELECT 1 FROM document WHERE patient_id IN (SELECT value FROM json_each(?1)))
             OR EXISTS (SELECT 1 FROM filed WHERE patient_id IN (SELECT value FROM json_each(?1)))
             OR EXISTS (SELECT 1 FROM clinical_draft WHERE patient_id IN (SELECT value FROM json_each(?1)))",
    )
    .bind(json_ids(patients))
    .fetch_one(connection)
    .await?
        != 0)
}

/// A sealed document's key.
pub struct SealedKeyRow {
    /// For whom it was sealed.
    pub patient_id: PatientId,
    /// 0 while it is sealed to the clinical public key.
    pub key_version: i64,
    /// The key, sealed.
    pub sealed_key: Vec<u8>,
}

/// The key of a document, by its identifier.
///
/// # Errors
/// What SQLite refuses.
pub async fn document_key(connection: &mut Connection, id: &str) -> Result<Option<SealedKeyRow>, StoreError> {
    sqlx::query("SELECT patient_id, key_version, sealed_key FROM document WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?
        .map(|row| {
            Ok(SealedKeyRow {
                patient_id: parsed(&row, 0)?,
                key_version: number(&row, 1)?,
                sealed_key: row.try_get(2)?,
            })
        })
        .transpose()
}

/// What users were writing about these patients: who, when, sealed.
///
/// # Errors
/// What SQLite refuses.
pub async fn drafts(
    connection: &mut Connection,
    patients: &[PatientId],
) -> Result<Vec<(String, String, DraftRow)>, StoreError> {
    sqlx::query(
        "SELECT user_id, saved_at, patient_id, key_version, sealed FROM clinical_draft
          WHERE patient_id IN (SELECT value FROM json_each(?)) ORDER BY saved_at, user_id",
    )
    .bind(json_ids(patients))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        let draft = DraftRow { patient_id: parsed(row, 2)?, key_version: number(row, 3)?, sealed: row.try_get(4)? };
        Ok((text(row, 0)?, text(row, 1)?, draft))
    })
    .collect()
}

/// Earlier versions of all entries of these patients, the oldest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn earlier(
    connection: &mut Connection,
    patients: &[PatientId],
) -> Result<Vec<super::record::EntryRow>, StoreError> {
    sqlx::query(
        "SELECT v.entry_id, v.patient_id, v.version, v.key_version, v.sealed, v.written_at, v.written_by, coalesce(u.name, '')
           FROM clinical_entry e JOIN clinical_entry_version v ON v.entry_id = e.id
           LEFT JOIN user u ON u.id = v.written_by
          WHERE e.patient_id IN (SELECT value FROM json_each(?)) AND e.version > 1 ORDER BY v.entry_id, v.version",
    )
    .bind(json_ids(patients))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(super::record::EntryRow {
            id: parsed(row, 0)?,
            patient_id: parsed(row, 1)?,
            version: number(row, 2)?,
            key_version: number(row, 3)?,
            sealed: row.try_get(4)?,
            written_at: text(row, 5)?,
            written_by: text(row, 6)?,
            author: text(row, 7)?,
        })
    })
    .collect()
}

/// The journal's entries whose subject is the person: openings are among them.
///
/// # Errors
/// What SQLite refuses.
pub async fn journalled(connection: &mut Connection, patients: &[PatientId]) -> Result<Vec<JournalRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT j.* FROM json_each(?) k CROSS JOIN journal j ON j.subject_id = k.value ORDER BY j.sequence DESC",
    )
    .bind(json_ids(patients))
    .fetch_all(connection)
    .await?)
}

/// Everybody who was merged into a person, as their rows stand; and the person first.
///
/// # Errors
/// What SQLite refuses.
pub async fn persons(
    connection: &mut Connection,
    patients: &[PatientId],
) -> Result<Vec<super::patient::Patient>, StoreError> {
    let mut all = Vec::with_capacity(patients.len());
    for id in patients {
        all.extend(super::patient::patient(connection, *id).await?);
    }
    Ok(all)
}
