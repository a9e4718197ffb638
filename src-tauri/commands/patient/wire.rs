//! Requests and views of patients.

use domain::id::{ContactPersonId, PatientId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What stands on a person's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StandingRestrictionView {
    /// What.
    #[ts(type = "'limitation' | 'objection' | 'legal_hold'")]
    pub kind: String,
    /// About what.
    #[ts(type = "'all' | 'sync' | 'reminders'")]
    pub scope: String,
    /// ISO date.
    pub since: String,
}

/// Identity and contact of a patient, as typed and as shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PatientFields {
    /// Usual surname.
    pub surname: String,
    /// Birth name, where another.
    pub birth_name: String,
    /// First name(s).
    pub first_name: String,
    /// Surname in Arabic.
    pub surname_arabic: String,
    /// First name in Arabic.
    pub first_name_arabic: String,
    /// `female`, `male`, `unknown`.
    #[ts(type = "'female' | 'male' | 'unknown'")]
    pub sex: String,
    /// ISO date; empty: not known. Every way to type it is understood.
    pub born: String,
    /// Place of birth.
    pub birth_place: String,
    /// NIR with its key (FR).
    pub nir: String,
    /// INS status.
    #[ts(type = "'none' | 'provisional' | 'retrieved' | 'validated' | 'qualified'")]
    pub ins_status: String,
    /// National card (MA).
    pub cin: String,
    /// Mobile, E.164 where it can be.
    pub mobile: String,
    /// Other phone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Street.
    pub address: String,
    /// Post code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Language of messages: `fr`, `ar`, `en` or empty.
    pub language: String,
    /// Insurer.
    pub insurer: String,
    /// Treating doctor.
    pub treating_doctor: String,
    /// Remarks for the desk; never clinical.
    pub remarks: String,
    /// ISO date; empty: alive as far as known.
    pub deceased_on: String,
}

/// A patient, whole.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PatientView {
    /// Identifier.
    #[ts(type = "PatientId")]
    pub id: PatientId,
    /// File number in the practice.
    pub number: i64,
    /// Everything of identity and contact.
    #[serde(flatten)]
    pub fields: PatientFields,
    /// Mobile or phone as the country writes it.
    pub phone_shown: String,
    /// Age in whole years today.
    pub age: Option<i64>,
    /// Where this patient was merged into another.
    #[ts(type = "PatientId | null")]
    pub merged_into: Option<PatientId>,
    /// Warnings of the checks: `{field, code}`.
    pub warnings: Vec<WarningView>,
    /// Grows with each change.
    pub revision: i64,
    /// Times they did not come, within the practice's period; 0 where the practice does not want to see so few.
    pub no_shows: i64,
    /// Times they cancelled late, likewise.
    pub late_cancellations: i64,
    /// What the desk is reminded of then, in the practice's own words.
    pub attendance_sentence: String,
    /// Their appointments, newest first, 50 at most.
    pub appointments: Vec<PatientAppointmentView>,
    /// What stands on this person's data: limitation, objection, hold.
    pub restrictions: Vec<StandingRestrictionView>,
}

/// A check that warns and never blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WarningView {
    /// The field.
    pub field: String,
    /// Code of the sentence.
    pub code: String,
}

/// An appointment in a patient's file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PatientAppointmentView {
    /// Identifier.
    #[ts(type = "AppointmentId")]
    pub id: domain::id::AppointmentId,
    /// Wall time, or the day of an untimed walk-in.
    pub starts: String,
    /// Practitioner's name.
    pub practitioner: String,
    /// Type's name.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Status.
    #[ts(type = "Status")]
    pub status: String,
}

/// Search as you type.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SearchPatientsRequest {
    /// Fragments in any order: names, birth date, phone, booking code.
    pub text: String,
    /// At most so many, 1 to 100.
    pub limit: i64,
}

/// What was found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MatchesView {
    /// The best first.
    pub matches: Vec<MatchView>,
    /// More would match.
    pub more: bool,
}

/// One match: no more than is needed to recognise the person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MatchView {
    /// Identifier.
    #[ts(type = "PatientId")]
    pub id: PatientId,
    /// Surname.
    pub surname: String,
    /// First name.
    pub first_name: String,
    /// Birth name, where another.
    pub birth_name: String,
    /// Name in Arabic, where known.
    pub name_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// Age today.
    pub age: Option<i64>,
    /// Phone as the country writes it: their own, or where they have none or another was searched, a contact person's.
    pub phone: String,
    /// The contact person whose phone it is.
    #[ts(type = "ContactPersonId | null")]
    pub phone_of: Option<ContactPersonId>,
    /// Day of the last appointment that was kept, ISO date.
    pub last_seen: Option<String>,
    /// Wall time of the next appointment.
    pub next: Option<String>,
    /// Times the person did not come, within the practice's period; 0 where the practice does not want to see so few.
    pub no_shows: i64,
    /// Times the person cancelled late, likewise.
    pub late_cancellations: i64,
    /// What the desk is reminded of then, in the practice's own words.
    pub attendance_sentence: String,
    /// Deceased.
    pub deceased: bool,
    /// Under the age from which a portal asks the patient alone.
    pub minor: bool,
    /// How it stands with the guardian's consent of a minor.
    #[ts(type = "'current' | 'missing' | null")]
    pub guardian: Option<String>,
    /// Who may call for them, guardians first.
    pub contacts: Vec<MatchContactView>,
}

/// Who may call for a patient.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MatchContactView {
    /// Identifier.
    #[ts(type = "ContactPersonId")]
    pub id: ContactPersonId,
    /// Name.
    pub name: String,
    /// Word of the relation, or empty.
    #[ts(type = "Relation | ''")]
    pub relation: String,
    /// Phone as the country writes it.
    pub phone: String,
    /// Decides for a minor.
    pub guardian: bool,
}

/// One patient.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PatientRequest {
    /// Who.
    #[ts(type = "PatientId")]
    pub id: PatientId,
}

/// Create a patient.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CreatePatientRequest {
    /// As typed.
    pub fields: PatientFields,
}

/// Change a patient.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UpdatePatientRequest {
    /// Who.
    #[ts(type = "PatientId")]
    pub id: PatientId,
    /// The revision that was shown: a change by somebody else in between is refused as `changed_meanwhile`.
    pub revision: i64,
    /// All fields.
    pub fields: PatientFields,
}

/// Who is likely the same person.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FindDuplicatesRequest {
    /// What is about to be saved.
    pub fields: PatientFields,
    /// Not this one.
    #[ts(type = "PatientId | null")]
    pub except: Option<PatientId>,
}

/// Likely duplicates, and the warnings of the checks on what was typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DuplicatesView {
    /// The likeliest first.
    pub duplicates: Vec<DuplicateView>,
    /// What the checks say of the fields.
    pub warnings: Vec<WarningView>,
}

/// A likely duplicate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DuplicateView {
    /// Who.
    pub patient: MatchView,
    /// 0 to 100.
    pub score: i64,
    /// Codes of the reasons.
    pub reasons: Vec<String>,
}

/// Merge: the second becomes an alias of the first. Nothing is re-sealed; undo takes it back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MergePatientsRequest {
    /// Stays.
    #[ts(type = "PatientId")]
    pub into: PatientId,
    /// Becomes an alias.
    #[ts(type = "PatientId")]
    pub from: PatientId,
}

/// A patient that was created or changed, and how to undo it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SavedPatientView {
    /// As it is now.
    pub patient: PatientView,
    /// The journal's entry.
    pub sequence: i64,
}
