//! Requests and views of the disclosure ledger.

use domain::id::PatientId;
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What left about a person.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DisclosuresRequest {
    /// Who.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// The same on paper.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintDisclosuresRequest {
    /// Who.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// `fr`, `ar`, `en`.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}

/// Something that left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DisclosureView {
    /// Identifier.
    pub id: String,
    /// Wall time.
    #[ts(type = "string")]
    pub at: WallTime,
    /// To whom.
    #[ts(
        type = "'person' | 'colleague' | 'calendar_server' | 'file_holder' | 'software' | 'booking_portal' | 'mail_server'"
    )]
    pub recipient_kind: String,
    /// Their name or address, or empty.
    pub recipient: String,
    /// Which kinds of data: `identity`, `contact`, `appointments`, `calls`, `consents`, `record`, `results`, `prescriptions`,
    /// `documents`, `summary`.
    pub categories: Vec<String>,
    /// Why.
    #[ts(type = "'care' | 'agenda' | 'person_request' | 'copy' | 'leaving' | 'booking' | 'message'")]
    pub purpose: String,
    /// On which legal ground.
    #[ts(type = "'care' | 'legitimate_interest' | 'right_of_access' | 'legal_duty'")]
    pub ground: String,
    /// How.
    #[ts(type = "'file' | 'encrypted_file' | 'paper' | 'calendar' | 'sync' | 'mail'")]
    pub way: String,
    /// Who handed it over.
    pub by: String,
    /// The entry of the journal that says so.
    pub sequence: i64,
}

/// Somebody opened the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpeningOfRecordView {
    /// Wall time.
    #[ts(type = "string")]
    pub at: WallTime,
    /// Who.
    pub by: String,
    /// On which computer.
    pub workstation: String,
    /// Doing what: the command.
    pub command: String,
    /// The entry of the journal that says so.
    pub sequence: i64,
}

/// Both lists of a person, the newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DisclosuresView {
    /// Who: the one that others were merged into.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Surname.
    pub surname: String,
    /// First name.
    pub first_name: String,
    /// Name in Arabic.
    pub name_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// Their language: `fr`, `ar`, `en`, or empty.
    pub language: String,
    /// What left.
    pub disclosures: Vec<DisclosureView>,
    /// Who opened the record.
    pub openings: Vec<OpeningOfRecordView>,
}
