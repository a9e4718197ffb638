//! The dossier: everything that is held about one person, as plain values that can be written down as JSON.
//!
//! Dates are ISO dates, wall times are `2026-11-25T09:30` on the site's clock, what ends in `_at` is a UTC instant. Deliberately
//! not here: how it is gathered (room `commands`), what of it a person is given (`person`), the bytes of papers and documents:
//! they are files, and a dossier knows their names. Not `Debug`: persons' data.

use domain::prescription::Prescription as SignedContent;
use serde::{Deserialize, Serialize};

pub use super::dossier_agenda::{Appointment, BookedSession, Call, Consent, Contact, Offer, Series, Waiting};
pub use super::dossier_rights::{Agreement, DataRequest, Directive, Restriction};

/// Everything held about one person.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// 1 for this form.
    pub format: u32,
    /// When it was gathered.
    pub gathered_at: String,
    /// The practice that holds it.
    pub practice: Practice,
    /// Who it is about.
    pub patient: Identity,
    /// Files that were merged into this one, as they stood.
    pub merged: Vec<Identity>,
    /// Contact persons.
    pub contacts: Vec<Contact>,
    /// Consents of guardians.
    pub consents: Vec<Consent>,
    /// Consents to purposes, by the person or for them.
    #[serde(default)]
    pub agreements: Vec<Agreement>,
    /// What they asked about their data.
    #[serde(default)]
    pub requests: Vec<DataRequest>,
    /// What was limited or stopped for them.
    #[serde(default)]
    pub restrictions: Vec<Restriction>,
    /// What is to become of their data after death.
    #[serde(default)]
    pub directives: Vec<Directive>,
    /// Appointments, the oldest first.
    pub appointments: Vec<Appointment>,
    /// Series.
    pub series: Vec<Series>,
    /// Entries of the waiting list.
    pub waiting: Vec<Waiting>,
    /// Calls.
    pub calls: Vec<Call>,
    /// The medical record; none where the session cannot open it, or nothing is there.
    pub record: Option<Record>,
    /// What left, the newest first.
    pub disclosures: Vec<Disclosure>,
    /// Who opened the record, the newest first.
    pub openings: Vec<Opening>,
}

/// The practice.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Practice {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// `FR` or `MA`.
    pub country: String,
    /// E-mail, as on its papers.
    pub email: String,
    /// Sites.
    pub sites: Vec<Site>,
    /// Practitioners.
    pub practitioners: Vec<Practitioner>,
}

/// A site.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// Street.
    pub address: String,
    /// Post code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Phone.
    pub phone: String,
}

/// A practitioner.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Practitioner {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Speciality.
    pub speciality: String,
    /// RPPS.
    pub rpps: String,
    /// INPE.
    pub inpe: String,
    /// The users who are them.
    pub users: Vec<String>,
}

/// Identity and contact, as the desk keeps them.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// File number.
    pub number: i64,
    /// Identifier.
    pub id: String,
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
    pub born: Option<String>,
    /// Birth place.
    pub birth_place: String,
    /// NIR as typed.
    pub nir: String,
    /// INS status.
    pub ins_status: String,
    /// CIN as typed.
    pub cin: String,
    /// Mobile.
    pub mobile: String,
    /// Phone.
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
    /// Remarks of the desk.
    pub remarks: String,
    /// Death.
    pub deceased_on: Option<String>,
    /// Identifier in the software it was taken over from.
    pub external_id: Option<String>,
    /// The file that it was merged into.
    pub merged_into: Option<String>,
    /// When the file was opened.
    pub created_at: String,
}

/// The medical record.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Entries as they stand, the newest first; struck ones too.
    pub entries: Vec<Entry>,
    /// Earlier versions of corrected entries, the oldest first.
    pub earlier: Vec<Entry>,
    /// What cannot be read: identifier and reason.
    pub damaged: Vec<Damaged>,
    /// What users were writing.
    pub drafts: Vec<Draft>,
    /// When reports came, and who saw them.
    pub reports: Vec<ReportMark>,
    /// Signed papers.
    pub papers: Vec<Paper>,
    /// Documents.
    pub documents: Vec<DocumentFile>,
    /// Papers that nobody could take into the record yet.
    pub waiting_papers: i64,
}

/// An entry of the record.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Identifier.
    pub id: String,
    /// For whom it was written: the person, or one who was merged into them.
    pub patient_id: String,
    /// 1 as first written.
    pub version: i64,
    /// ISO date that it is about.
    pub on: String,
    /// What it holds.
    pub content: Content,
    /// Why it was struck.
    pub struck: Option<String>,
    /// When this version was signed.
    pub written_at: String,
    /// The user who signed it.
    pub written_by: String,
    /// Their name.
    pub author: String,
}

/// An entry that cannot be read.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damaged {
    /// Identifier.
    pub id: String,
    /// The version that stands there.
    pub version: i64,
    /// `unreadable`, `rolled_back` or `missing`.
    pub reason: String,
}

/// What a user was writing.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// User.
    pub user_id: String,
    /// When it was kept.
    pub saved_at: String,
    /// What, JSON.
    pub body: String,
}

/// When a report came.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportMark {
    /// Its entry.
    pub entry_id: String,
    /// When.
    pub received_at: String,
    /// The version that came last.
    pub version: i64,
}

/// A signed paper.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its entry.
    pub entry_id: String,
    /// Who signed.
    pub practitioner: String,
    /// The year it is numbered in.
    pub year: i64,
    /// Its number in that year.
    pub number: i64,
    /// The sealed original's name.
    pub document: String,
    /// How often it was printed.
    pub prints: i64,
}

/// A document's file.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFile {
    /// Identifier.
    pub id: String,
    /// The entry that speaks of it.
    pub entry_id: Option<String>,
    /// The sealed file's name.
    pub file: String,
    /// When it was filed.
    pub filed_at: String,
    /// By whom.
    pub filed_by: String,
}

/// Something that left.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// Identifier.
    pub id: String,
    /// When.
    pub at: String,
    /// To whom: `person`, `colleague`, `calendar_server`, `file_holder`, `software`.
    pub recipient_kind: String,
    /// Their name or address, or empty.
    pub recipient: String,
    /// Which kinds of data.
    pub categories: Vec<String>,
    /// Why.
    pub purpose: String,
    /// On which legal ground.
    pub ground: String,
    /// How.
    pub way: String,
    /// The journal's entry.
    pub journal_sequence: i64,
    /// Who handed it over.
    pub by: String,
}

/// Somebody opened the record.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// On which computer.
    pub workstation: String,
    /// Doing what: the command.
    pub command: String,
    /// The journal's entry.
    pub journal_sequence: i64,
}

/// What an entry holds: the same JSON as is sealed.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// A consultation.
    Consultation(Consultation),
    /// What the patient has had.
    Antecedent(Antecedent),
    /// What they do not bear.
    Allergy(Allergy),
    /// A condition.
    Condition(Condition),
    /// What they take.
    Treatment(Treatment),
    /// A vaccination.
    Vaccination(Vaccination),
    /// A measured value.
    Measure(Measure),
    /// What must be seen at once.
    Alert(Alert),
    /// What a relative has or had.
    Family(Family),
    /// A signed prescription.
    Prescription(Box<SignedPrescription>),
    /// A signed certificate or letter.
    Letter(Box<SignedLetter>),
    /// A laboratory's report.
    Report(Report),
    /// A scanned document or a photograph.
    Document(Document),
}

impl Content {
    /// Its kind's word.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Content::Consultation(_) => "consultation",
            Content::Antecedent(_) => "antecedent",
            Content::Allergy(_) => "allergy",
            Content::Condition(_) => "condition",
            Content::Treatment(_) => "treatment",
            Content::Vaccination(_) => "vaccination",
            Content::Measure(_) => "measure",
            Content::Alert(_) => "alert",
            Content::Family(_) => "family",
            Content::Prescription(_) => "prescription",
            Content::Letter(_) => "letter",
            Content::Report(_) => "report",
            Content::Document(_) => "document",
        }
    }
}

/// A kind of content whose fields are all text, or nearly.
macro_rules! content {
    ($(#[$doc:meta] $name:ident { $($field:ident: $type:ty),* $(,)? })*) => {
        $(
            #[$doc]
            #[cfg_attr(test, derive(Debug))]
            #[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
            #[serde(default, deny_unknown_fields)]
            #[expect(missing_docs, reason = "as the entry of the record that it mirrors")]
            pub struct $name { $(pub $field: $type),* }
        )*
    };
}
content! {
    /// A consultation, in free text.
    Consultation { reason: String, history: String, examination: String, conclusion: String, plan: String }
    /// An antecedent.
    Antecedent { label: String, note: String }
    /// An allergy.
    Allergy { agent: String, agent_kind: String, reaction: String, severity: String }
    /// A condition.
    Condition { label: String, ald: bool, since: String, until: String }
    /// A treatment.
    Treatment { label: String, cis: String, posology: String, since: String, until: String }
    /// A vaccination.
    Vaccination { vaccine: String, batch: String, dose: String, site: String }
    /// A measured value.
    Measure { what: String, value: String, second: String, unit: String, confirmed: bool }
    /// An alert.
    Alert { text: String }
    /// A relative's condition.
    Family { relative: String, label: String }
    /// A laboratory's report.
    Report {
        laboratory: String, laboratory_code: String, number: String, taken_on: String, recipient: String, format: String,
        text: String, lines: Vec<ReportLine>,
    }
    /// A value or a remark of a report.
    ReportLine {
        kind: String, label: String, code: String, value: String, unit: String, low: String, high: String, flag: String,
        standing: String, disagrees: bool, status: String, other_value: String, other_unit: String, other_low: String,
        other_high: String, text: String,
    }
    /// A document.
    Document {
        title: String, category: String, dated: String, media: String, bytes: i64, document_id: String, file: String,
        filed_by: String,
    }
    /// The archived original of a signed paper.
    Original { paper: String, document: String, key: i64, digest: String }
}

/// A signed prescription.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as the entry of the record that it mirrors")]
pub struct SignedPrescription {
    pub number: String,
    pub what: String,
    pub label: String,
    pub lines: Vec<String>,
    pub signed_at: String,
    pub signer: String,
    pub place: String,
    pub sheet: String,
    pub secure_form: bool,
    pub original: Original,
    pub content: SignedContent,
}

/// A signed certificate or letter.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as the entry of the record that it mirrors")]
pub struct SignedLetter {
    pub number: String,
    pub what: String,
    pub language: String,
    pub title: String,
    pub recipient: Vec<String>,
    pub text: String,
    pub signed_at: String,
    pub signer: String,
    pub place: String,
    pub sheet: String,
    pub original: Original,
}
