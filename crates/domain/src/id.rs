//! Identifiers: one newtype per thing, so that a patient is never taken for an appointment.
//!
//! Making them is not here: version 7 needs a clock and randomness, which the caller has.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not an identifier. The text is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of kind {kind}")]
pub struct InvalidId {
    /// The kind that was expected, such as `PatientId`.
    pub kind: &'static str,
}

macro_rules! id {
    ($($(#[$outer:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Names the thing by this UUID.
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID inside.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            /// Only the hyphenated form, as it is stored and shown, in either case.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if text.len() != 36 {
                    return Err(InvalidId { kind: stringify!($name) });
                }
                Uuid::try_parse(text).map(Self).map_err(|_| InvalidId { kind: stringify!($name) })
            }
        }
    )+};
}

id! {
    /// The practice: the controller, owner of the vault.
    PracticeId,
    /// A practice's vault: what tells the practices apart that are open side by side.
    VaultId,
    /// An address of the practice, with its time zone.
    SiteId,
    /// A workstation on which the vault is opened.
    WorkstationId,
    /// A person who signs in.
    UserId,
    /// A person who has an agenda.
    PractitionerId,
    /// A patient.
    PatientId,
    /// An appointment.
    AppointmentId,
    /// An appointment type (*motif*).
    TypeId,
    /// One weekly opening of a practitioner.
    HoursId,
    /// One absence of a practitioner.
    AbsenceId,
    /// A series of appointments.
    SeriesId,
    /// An entry of the waiting list.
    WaitingEntryId,
    /// One opening of a practitioner on a single date.
    OpeningId,
    /// A block of a practitioner's week.
    BlockId,
    /// The dates on which somebody stands in for a practitioner.
    LocumId,
    /// A room or a piece of equipment.
    ResourceId,
    /// A kind of rooms or equipment.
    ResourceKindId,
    /// A period of school holidays.
    SchoolHolidayId,
    /// A contact person of a patient.
    ContactPersonId,
    /// A guardian's consent.
    ConsentId,
    /// A call, and the message that came of it.
    CallId,
    /// An entry of the medical record.
    EntryId,
    /// A template of the record.
    TemplateId,
    /// An abbreviation of the record.
    AbbreviationId,
    /// A favourite or a protocol of prescriptions.
    PrescriptionSetId,
    /// A template of a certificate or letter.
    LetterTemplateId,
    /// A paper that was filed and is in no record yet.
    FiledId,
    /// A scanned document.
    DocumentId,
    /// A form that was left unfinished when the screen was locked.
    DraftId,
    /// A line of the disclosure ledger.
    DisclosureId,
    /// A person's request about their data.
    DataRequestId,
    /// A limitation, an objection or a hold.
    RestrictionId,
    /// A directive about the data after death.
    DirectiveId,
    /// The proof of an erasure.
    ErasureId,
    /// Something that a processor was told to do.
    ProcessorTaskId,
    /// What a person can consent to.
    ConsentPurposeId,
    /// A person's consent to a purpose.
    PurposeConsentId,
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "0198a6c0-7b1e-7cc3-98c4-dc0c0c07398f";

    #[test]
    fn an_id_is_written_hyphenated_and_read_back() {
        let id: PatientId = TEXT.parse().unwrap();
        assert_eq!(id.to_string(), TEXT);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{TEXT}\""));
        assert_eq!(serde_json::from_str::<PatientId>(&format!("\"{TEXT}\"")).unwrap(), id);
        assert_eq!(PatientId::new(id.uuid()), id);
    }

    #[test]
    fn other_spellings_of_a_uuid_are_refused_by_kind() {
        let bare = TEXT.replace('-', "");
        for text in ["", "patient", bare.as_str(), "{0198a6c0-7b1e-7cc3-98c4-dc0c0c07398f}"] {
            assert_eq!(text.parse::<SiteId>(), Err(InvalidId { kind: "SiteId" }));
        }
    }
}
