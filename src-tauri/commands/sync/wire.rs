//! Requests and views of the sync with a portal.

use domain::id::{AppointmentId, DataRequestId, PatientId, PractitionerId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the sync stands: what an open window shows all the time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncStateView {
    /// `off`: no instruction is in force. `idle`: both sides are equal. `waiting`: something is to be sent at its time.
    /// `unreachable`: the portal did not answer. `refused`: it answered with a refusal (`code`). `keyless`: this account of the
    /// computer has no credentials. `suspended`, `ended`: by the practice.
    #[ts(type = "'off' | 'idle' | 'waiting' | 'unreachable' | 'refused' | 'keyless' | 'suspended' | 'ended'")]
    pub state: String,
    /// Things that wait to be sent.
    pub queued: i64,
    /// UTC instant since which the oldest of them waits.
    pub oldest: Option<String>,
    /// Minutes since then.
    pub oldest_minutes: Option<i64>,
    /// Of those queued: refused by the portal for good, until somebody looks.
    pub refused: i64,
    /// Why the last try failed: the code of a refusal, or empty.
    pub code: String,
    /// UTC instant of the last run that came through.
    pub succeeded_at: Option<String>,
    /// Seconds until the next try after a failure.
    pub next_in_seconds: Option<i64>,
    /// Bookings at the portal that wait for the practice to agree.
    pub requests: i64,
    /// Clashes that nobody has looked at.
    pub clashes: i64,
}

/// Look at a portal before anything is signed.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LookAtPortalRequest {
    /// Its address: `https`, or `http` to this computer.
    pub address: String,
    /// A certificate authority of one's own, PEM; empty: the public ones.
    pub authority: String,
}

/// What a portal says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PortalSeenView {
    /// The address as it is kept.
    pub address: String,
    /// `portal`: one of ours. `fhir`: a plain FHIR server, which confirms nothing and is not told about persons' rights.
    #[ts(type = "'portal' | 'fhir'")]
    pub kind: String,
    /// Who runs it.
    pub processor: String,
    /// Where it is hosted.
    pub hosting: String,
    /// The key under which it signs, base 64; empty at a plain server.
    pub key: String,
    /// Its fingerprint in groups of four, to be compared with what the contract says; empty at a plain server.
    pub fingerprint: String,
}

/// What the controller instructs: nothing else leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct InstructionTerms {
    /// For which practitioners.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// E-mail addresses too.
    pub email: bool,
    /// Birth dates too.
    pub birth_date: bool,
    /// The type's public label too.
    pub reason: bool,
    /// From when on, ISO date; never before today.
    pub from_on: String,
    /// Hours before an appointment at which the portal reminds; at most three, 1 to 168.
    pub reminder_hours: Vec<i64>,
    /// Whether it asks afterwards how it was, without health data.
    pub survey: bool,
    /// Whether people may put themselves on the waiting list.
    pub waiting_list: bool,
    /// How many days ahead free slots are published, 1 to 365.
    pub horizon_days: i64,
    /// The language where a person chose none.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// The practice's name as the privacy notice says it.
    pub controller: String,
    /// Its postal address.
    pub controller_address: String,
    /// Where a person writes to about their data.
    pub controller_email: String,
    /// How the data-protection officer is reached, or empty.
    pub officer: String,
    /// Number of the declaration or authorisation, or empty.
    pub registration: String,
}

/// Preview what would leave, on the practice's own data. Nothing is sent.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewSyncRequest {
    /// Under which terms; none: those in force, and before any the fullest ones.
    pub terms: Option<InstructionTerms>,
    /// How many payloads of each kind at most; 0: only the counts; none: all.
    pub limit: Option<i64>,
}

/// How often a field would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncFieldView {
    /// The field: `name`, `phone`, `email`, `birth_date`, `language`, `contact`, `guardian_consent`, `appointment_time`,
    /// `booking_code`, `appointment_type`, `video_link`, `waiting_list_wish`.
    pub field: String,
    /// In how many appointments.
    pub count: i64,
}

/// What would leave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncPreviewView {
    /// Schedules: practitioner and site.
    pub schedules: i64,
    /// Free and busy slots, without any person.
    pub slots: i64,
    /// Appointments with their person.
    pub appointments: i64,
    /// Persons in them.
    pub persons: i64,
    /// Appointments that leave as busy time only: their person objects, or they were marked.
    pub withheld: i64,
    /// Each field that would leave, and how often.
    pub fields: Vec<SyncFieldView>,
    /// Bytes in all.
    pub bytes: i64,
    /// The payloads, each one line of JSON, exactly as they would leave.
    pub payloads: Vec<String>,
}

/// Sign an instruction: from now on the sync is on.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignInstructionRequest {
    /// The portal's address.
    pub address: String,
    /// A certificate authority of one's own, PEM; empty: the public ones.
    pub authority: String,
    /// The practice's name at the portal.
    pub client_id: String,
    /// Its secret; none: the one that is kept. It goes to the keyring of this account of the computer.
    pub client_secret: Option<String>,
    /// The portal's key, base 64, as it was shown and compared; empty at a plain FHIR server.
    pub key: String,
    /// The terms.
    pub terms: InstructionTerms,
    /// The practice previewed what would leave and says so.
    pub previewed: bool,
}

/// Change the credentials of this account of the computer, after they were renewed or on another computer.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetSyncSecretRequest {
    /// The practice's name at the portal.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
}

/// A version of the instruction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncInstructionView {
    /// Rises by one with each.
    pub version: i64,
    /// ISO date on which it was signed.
    pub signed_on: String,
    /// By whom.
    pub signed_by: String,
    /// To which portal.
    pub address: String,
    /// Who runs it.
    pub processor: String,
    /// UTC instant at which the portal took it.
    pub taken_at: Option<String>,
    /// ISO date from which on it is no longer in force: another was signed, or the contract ended.
    pub ended_on: Option<String>,
    /// What it says.
    pub terms: InstructionTerms,
}

/// The portal that is instructed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncPortalView {
    /// Its address.
    pub address: String,
    /// A certificate authority of one's own, PEM.
    pub authority: String,
    /// The practice's name there.
    pub client_id: String,
    /// `portal` or `fhir`.
    #[ts(type = "'portal' | 'fhir'")]
    pub kind: String,
    /// Who runs it.
    pub processor: String,
    /// Where it is hosted.
    pub hosting: String,
    /// The pinned key's fingerprint in groups of four.
    pub fingerprint: String,
    /// Whether this account of the computer has the secret.
    pub has_secret: bool,
}

/// A written confirmation of the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncConfirmationView {
    /// The request that it confirms.
    pub id: String,
    /// What it confirms.
    #[ts(type = "'erasure' | 'destruction'")]
    pub kind: String,
    /// UTC instant at which it was received.
    pub received_at: String,
    /// Its words, to the letter: what is signed.
    pub statement: String,
    /// Whether its signature is that of the pinned key; looked at again each time.
    pub valid: bool,
}

/// A request about a person's data that came by the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncRightView {
    /// The portal's number of it.
    pub id: String,
    /// What is asked.
    #[ts(type = "'access' | 'rectification' | 'erasure' | 'limitation' | 'objection' | 'portability'")]
    pub kind: String,
    /// UTC instant: the time to answer runs from here.
    pub received_at: String,
    /// The request in the register.
    #[ts(type = "DataRequestId")]
    pub request_id: DataRequestId,
    /// UTC instant at which the portal was told the answer.
    pub answered_at: Option<String>,
}

/// Something that the portal refused for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncRefusedView {
    /// What: an appointment, a schedule, a day's availability.
    #[ts(type = "'appointment' | 'schedule' | 'availability'")]
    pub kind: String,
    /// The appointment, where it is one.
    #[ts(type = "AppointmentId | null")]
    pub appointment_id: Option<AppointmentId>,
    /// When and with whom, as the agenda says it: `2026-11-30 09:20 Dr …`, without the person.
    pub about: String,
    /// The portal's word.
    pub code: String,
    /// How often it was tried.
    pub tries: i64,
}

/// Everything about the sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncView {
    /// How it stands.
    pub state: SyncStateView,
    /// The portal, once one was instructed.
    pub portal: Option<SyncPortalView>,
    /// The instruction in force.
    pub instruction: Option<SyncInstructionView>,
    /// All versions, the newest first.
    pub instructions: Vec<SyncInstructionView>,
    /// Terms to begin with: those in force, or what the practice's own data propose, all optional fields off.
    pub proposal: InstructionTerms,
    /// What the portal refused for good.
    pub refused: Vec<SyncRefusedView>,
    /// Confirmations, the newest first.
    pub confirmations: Vec<SyncConfirmationView>,
    /// Requests of persons that came by the portal, the newest first.
    pub rights: Vec<SyncRightView>,
}

/// One version of the instruction, printed.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintInstructionRequest {
    /// Which.
    pub version: i64,
    /// Language.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}

/// One confirmation, printed.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintConfirmationRequest {
    /// Which.
    pub id: String,
    /// Language.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncRunView {
    /// Things that were sent.
    pub sent: i64,
    /// Things that the portal refused.
    pub refused: i64,
    /// Changes that came in.
    pub received: i64,
    /// Bookings that had to give way to the agenda.
    pub clashes: i64,
    /// How it stands now.
    pub state: SyncStateView,
}

/// End the contract: everything returned, then destroyed at the portal.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReturnAndDestroyRequest {
    /// The file into which everything is returned, or a folder for it.
    pub into: String,
    /// The host of the portal, typed: what cannot be taken back is not done by one click.
    pub confirm: String,
}

/// The end of the contract.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnedView {
    /// The file with everything that was returned.
    pub path: String,
    /// Its lines.
    pub lines: i64,
    /// Its SHA-256, which the confirmation names.
    pub sha256: String,
    /// The confirmation.
    pub confirmation: Option<SyncConfirmationView>,
}

/// Mark an appointment as never to be told, or take the mark off.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetNeverSyncRequest {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    /// Whether the portal never learns more of it than that the time is busy.
    pub never: bool,
}

/// About one appointment at the portal.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SyncAppointmentRequest {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
}

/// Tell again what was refused as unfit.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TellPortalAgainRequest {
    /// Which appointment; none: everything.
    #[ts(type = "AppointmentId | null")]
    pub id: Option<AppointmentId>,
}

/// How an appointment stands with the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncAppointmentView {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    /// `off`: no instruction covers it. `never`: it was marked. `withheld`: its person objects. `waiting`: to be sent. `there`: the
    /// portal holds it as it is. `refused`: see `code`.
    #[ts(type = "'off' | 'never' | 'withheld' | 'waiting' | 'there' | 'refused'")]
    pub state: String,
    /// Whether it was marked as never to be told.
    pub never: bool,
    /// Why it was refused, or empty.
    pub code: String,
}

/// Something that came from the portal and is worth a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PortalNoticeView {
    /// Number; a later one is newer.
    pub id: i64,
    /// `request`: waits for the practice to agree. `booked`: a booking. `moved`, `cancelled`, `confirmed`: by the person.
    /// `clash`: gave way to the agenda, and the person was told. `waiting`: a wish for the waiting list.
    /// `new_person`: the person is new here and may be one who is known. `consent`: a guardian's consent came along.
    #[ts(
        type = "'request' | 'booked' | 'moved' | 'cancelled' | 'confirmed' | 'clash' | 'waiting' | 'new_person' | 'consent'"
    )]
    pub kind: String,
    /// UTC instant at which it came in.
    pub received_at: String,
    /// The appointment, where there is one.
    #[ts(type = "AppointmentId | null")]
    pub appointment_id: Option<AppointmentId>,
    /// The person, where there is one.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// `DUPONT Marie`, or empty.
    pub patient: String,
    /// With whom.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Their name.
    pub practitioner: String,
    /// Wall time, or empty for who only waits.
    pub starts: String,
    /// Whether somebody has looked at it.
    pub seen: bool,
}

/// What came from the portal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PortalNoticesView {
    /// Those that wait for somebody first, then the newest first; at most 200.
    pub notices: Vec<PortalNoticeView>,
}

/// About one notice.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PortalNoticeRequest {
    /// Which.
    pub id: i64,
}
