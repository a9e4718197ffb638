//! What an erasure does with each table of the schema: the statements in their order, and the tables that hold nobody.
//!
//! A table that is in neither list fails a test. Not here: who is erased, and what is counted (`erasure`).

/// One table, and what is done with the rows of one person (`?1`), in this order.
pub struct Step {
    /// The table.
    pub table: &'static str,
    /// The statement.
    pub sql: &'static str,
    /// Whether rows are removed, or kept without the person.
    pub removes: bool,
}

const fn delete(table: &'static str, sql: &'static str) -> Step {
    Step { table, sql, removes: true }
}

const fn empty(table: &'static str, sql: &'static str) -> Step {
    Step { table, sql, removes: false }
}

/// The statements, one person at a time. The clinical key goes before the entries: without it the schema lets them go.
pub const STEPS: &[Step] = &[
    delete("patient_words", "DELETE FROM patient_words WHERE rowid = (SELECT number FROM patient WHERE id = ?1)"),
    delete("patient_parts", "DELETE FROM patient_parts WHERE rowid = (SELECT number FROM patient WHERE id = ?1)"),
    delete(
        "series_session",
        "DELETE FROM series_session WHERE series_id IN (SELECT id FROM series WHERE patient_id = ?1)
            OR appointment_id IN (SELECT id FROM appointment WHERE patient_id = ?1)",
    ),
    delete("series", "DELETE FROM series WHERE patient_id = ?1"),
    delete(
        "sync_waiting",
        "DELETE FROM sync_waiting WHERE entry_id IN (SELECT id FROM waiting_entry WHERE patient_id = ?1
            OR appointment_id IN (SELECT id FROM appointment WHERE patient_id = ?1))",
    ),
    delete(
        "sync_notice",
        "DELETE FROM sync_notice WHERE patient_id = ?1
            OR appointment_id IN (SELECT id FROM appointment WHERE patient_id = ?1)",
    ),
    delete(
        "waiting_offer",
        "DELETE FROM waiting_offer WHERE entry_id IN (SELECT id FROM waiting_entry WHERE patient_id = ?1
            OR appointment_id IN (SELECT id FROM appointment WHERE patient_id = ?1))",
    ),
    delete(
        "waiting_entry",
        "DELETE FROM waiting_entry WHERE patient_id = ?1
            OR appointment_id IN (SELECT id FROM appointment WHERE patient_id = ?1)",
    ),
    delete("pin", "DELETE FROM pin WHERE appointment_id IN (SELECT id FROM appointment WHERE patient_id = ?1)"),
    delete(
        "queue_turn",
        "DELETE FROM queue_turn WHERE (day, appointment_id) IN (SELECT day, id FROM appointment WHERE patient_id = ?1)",
    ),
    delete(
        "resource_hold",
        "DELETE FROM resource_hold WHERE appointment_id IN (SELECT id FROM appointment WHERE patient_id = ?1)",
    ),
    delete(
        "taken_over_event",
        "DELETE FROM taken_over_event WHERE (practitioner_id, uid) IN (SELECT practitioner_id, external_uid FROM appointment
          WHERE patient_id = ?1 AND external_uid IS NOT NULL)",
    ),
    delete(
        "message_pending",
        "DELETE FROM message_pending WHERE appointment_id IN (SELECT id FROM appointment WHERE patient_id = ?1)",
    ),
    delete("message", "DELETE FROM message WHERE appointment_id IN (SELECT id FROM appointment WHERE patient_id = ?1)"),
    delete("appointment", "DELETE FROM appointment WHERE patient_id = ?1"),
    delete("phone_call", "DELETE FROM phone_call WHERE patient_id = ?1"),
    // Others' calls that this person's own contact persons, or this person on another's behalf, made.
    empty(
        "phone_call",
        "UPDATE phone_call SET contact_person_id = NULL, caller_name = '', caller_phone = '' WHERE contact_person_id IN (
            SELECT id FROM contact_person WHERE patient_id = ?1 OR linked_patient_id = ?1)",
    ),
    delete(
        "consent",
        "DELETE FROM consent WHERE patient_id = ?1
            OR contact_person_id IN (SELECT id FROM contact_person WHERE patient_id = ?1)",
    ),
    delete(
        "guardian_consent",
        "DELETE FROM guardian_consent WHERE patient_id = ?1
            OR contact_person_id IN (SELECT id FROM contact_person WHERE patient_id = ?1)",
    ),
    delete("contact_person", "DELETE FROM contact_person WHERE patient_id = ?1"),
    // In another's file: gone, but who decides for a minor, or decided, stays there by name alone.
    delete(
        "contact_person",
        "DELETE FROM contact_person WHERE linked_patient_id = ?1 AND guardian = 0
            AND NOT EXISTS (SELECT 1 FROM guardian_consent g WHERE g.contact_person_id = contact_person.id)
            AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.contact_person_id = contact_person.id)",
    ),
    empty(
        "contact_person",
        "UPDATE contact_person SET linked_patient_id = NULL, revision = revision + 1 WHERE linked_patient_id = ?1",
    ),
    delete("restriction", "DELETE FROM restriction WHERE patient_id = ?1"),
    delete("directive", "DELETE FROM directive WHERE patient_id = ?1"),
    delete("patient_key", "DELETE FROM patient_key WHERE patient_id = ?1"),
    delete("filed", "DELETE FROM filed WHERE patient_id = ?1"),
    delete("document", "DELETE FROM document WHERE patient_id = ?1"),
    delete(
        "report_seen",
        "DELETE FROM report_seen WHERE entry_id IN (SELECT entry_id FROM report WHERE patient_id = ?1)",
    ),
    delete("report", "DELETE FROM report WHERE patient_id = ?1"),
    delete(
        "clinical_entry_version",
        "DELETE FROM clinical_entry_version WHERE entry_id IN (SELECT id FROM clinical_entry WHERE patient_id = ?1)",
    ),
    delete("clinical_entry", "DELETE FROM clinical_entry WHERE patient_id = ?1"),
    delete("clinical_draft", "DELETE FROM clinical_draft WHERE patient_id = ?1"),
    delete(
        "journal_key",
        "DELETE FROM journal_key WHERE owner_id = ?1 OR owner_id IN (SELECT id FROM data_request WHERE patient_id = ?1)",
    ),
    empty(
        "request_step",
        "UPDATE request_step SET words = '' WHERE words <> ''
            AND request_id IN (SELECT id FROM data_request WHERE patient_id = ?1)",
    ),
    empty(
        "data_request",
        "UPDATE data_request SET patient_id = NULL, name = '', contact = '', content = '', erased = 1, revision = revision + 1
          WHERE patient_id = ?1",
    ),
    delete("disclosure_person", "DELETE FROM disclosure_person WHERE patient_id = ?1"),
    delete("disclosure", "DELETE FROM disclosure WHERE id NOT IN (SELECT disclosure_id FROM disclosure_person)"),
    delete(
        "retention_hold",
        "DELETE FROM retention_hold WHERE erasure_id = (SELECT erasure_id FROM patient WHERE id = ?1)",
    ),
    // Whoever leaves takes nobody along who was erased: the export under way begins anew.
    delete("archive_piece", "DELETE FROM archive_piece WHERE patient_id = ?1"),
    empty("patient", "UPDATE patient SET merged_into = NULL WHERE merged_into = ?1"),
    delete("patient", "DELETE FROM patient WHERE id = ?1"),
];

/// Tables whose rows of a person go by a look at what they say (`draft`, `filed`), or with another's (`signed_paper`).
pub const LOOKED_AT: &[&str] = &["draft", "filed", "signed_paper"];

/// Tables that hold no patient, or of one only what names nobody: with the reason.
pub const HOLDS_NOBODY: &[(&str, &str)] = &[
    ("practice", "the practice"),
    ("site", "its addresses"),
    ("practitioner", "practitioners"),
    ("user", "users"),
    ("appointment_type", "types"),
    ("opening_hours", "hours"),
    ("absence", "practitioners' absences"),
    ("journal", "ids and sealed bytes, whose key is deleted"),
    ("connection_log", "users"),
    ("setting", "settings"),
    ("backup", "names of files"),
    ("type_practitioner", "types"),
    ("type_site", "types"),
    ("resource_kind", "rooms"),
    ("resource", "rooms"),
    ("type_resource_kind", "types"),
    ("opening", "hours"),
    ("block", "hours"),
    ("locum", "practitioners"),
    ("holiday_change", "holidays"),
    ("school_holiday", "holidays"),
    ("publishing", "practitioners' calendars"),
    ("mail_server", "the practice's mail server"),
    ("published_event", "booking codes, until the next publishing removes the event at the server"),
    ("drug_edition", "drugs"),
    ("drug", "drugs"),
    ("drug_composition", "drugs"),
    ("drug_presentation", "drugs"),
    ("drug_generic", "drugs"),
    ("drug_condition", "drugs"),
    ("drug_shortage", "drugs"),
    ("drug_substance", "drugs"),
    ("drug_words", "drugs"),
    ("drug_parts", "drugs"),
    ("interaction_term", "drugs"),
    ("interaction_member", "drugs"),
    ("interaction_pair", "drugs"),
    ("interaction_level", "drugs"),
    ("prescription_set", "favourites and protocols"),
    ("letter_template", "templates"),
    ("practitioner_signature", "practitioners"),
    ("watched_folder", "a folder"),
    ("clinical_template", "templates"),
    ("clinical_abbreviation", "abbreviations"),
    ("practice_paper", "the practice"),
    ("practitioner_paper", "practitioners"),
    ("erasure", "the proof: counts and random ids"),
    ("processor_task", "a random id, until the processor confirmed and as proof after"),
    ("consent_purpose", "purposes"),
    ("consent_text", "texts"),
    ("archive_run", "the export under way, which ends with an erasure"),
    ("former_vault", "vaults from which the practice came"),
    ("former_journal", "ids and bytes sealed under keys that are deleted"),
    ("retention_rule", "rules"),
    ("archive_key", "a sealed key"),
    ("archived", "random ids"),
    ("archived_document", "names of sealed files"),
    ("destruction", "the proof: counts and random ids"),
    ("destruction_line", "random ids"),
    ("privacy_settings", "the practice"),
    ("processor", "processors"),
    ("processing_activity", "the register of activities"),
    ("breach", "the register of breaches: kinds and numbers of persons"),
    ("processor_instruction", "instructions"),
    ("sync_portal", "the portal"),
    ("sync_instruction", "instructions"),
    ("sync_covered", "practitioners"),
    ("sync_outbox", "random ids, until the portal was told"),
    ("sync_known", "random ids, until the portal confirmed"),
    ("sync_slot", "free time"),
    ("sync_erasure", "what must be erased at the portal, gone with its confirmation"),
    ("sync_readmit", "random ids, until the portal was told"),
    ("sync_confirmation", "the proof: counts and random ids"),
    ("sync_right", "random ids of requests"),
    ("security_review", "reviews"),
    ("processor_audit", "audits"),
];
