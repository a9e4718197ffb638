//! Room `sync`: the dialogue with the booking portal, or with any FHIR server that stands in for it. Plain facts of the agenda go
//! in and become FHIR that cannot hold more than a booking needs; what the portal says comes out as plain values.
//!
//! Nothing of an answer is believed unseen: its size, its time, its form, its names and its practitioners are looked at, and what does
//! not hold is refused whole, so that a hostile portal changes nothing here. What it confirms bears a signature of the key that the
//! controller pinned.
//!
//! Not here: what to do with a thing and what an answer means (`domain::sync`), the outbox and what is remembered (the store), who may
//! say it and when, applying what comes in, the keeping of the secret (all three: commands), HTTP (room `net`).

pub mod compose;
mod ending;
mod inbound;
mod plain;
mod portal;
mod practice;
mod settings;
mod signature;
mod told;

pub use compose::{
    AppointmentFacts, ContactFacts, NotTold, OfferedFacts, PersonFacts, ScheduleFacts, SlotFacts, WishFacts,
    appointment, covers, digest, fields, own, schedule, schedule_id, settled, slot, slots, wanted, wish,
};
pub use ending::{destruction_number, fingerprint};
pub use inbound::{Inbound, InboundContact, InboundPerson, inbound};
pub use portal::Portal;
pub use practice::{Listened, MOST_ERASED, RightsRequest, Standing, Usage};
pub use settings::{About, Secret, Server, Settings, about, is_fhir};
pub use signature::{Confirmation, Purpose, Receipt, key_name, verify};
pub use told::{Answered, Page, Put, Resource};

/// What travels, for commands: they name FHIR nowhere else.
pub use fhir::booking::{
    Appointment, Authority, Controller, Fields, Instruction, Language, Meta, Reminders, Schedule, ScheduleId, Slot,
    SlotId, SlotStatus, Span, Wish,
};

use thiserror::Error;

use crate::net::NetError;

/// Why the portal did not do what was asked. Holds no content.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SyncError {
    /// No answer came.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The portal does not know this client and secret.
    #[error("the portal does not know this client and secret")]
    UnknownClient,
    /// The practice's service there was ended.
    #[error("the practice's service at the portal was ended")]
    Ended,
    /// It asks to come back later.
    #[error("the portal asks to come back later")]
    Later {
        /// After so many seconds, where it says so.
        seconds: Option<u64>,
    },
    /// What was asked is not offered: a plain FHIR server.
    #[error("the server does not offer this")]
    NotOffered,
    /// Nothing of that name is there.
    #[error("there is nothing of that name")]
    NotFound,
    /// Another version is there.
    #[error("another version is there")]
    OtherVersion,
    /// Something changed since it was returned: nothing was destroyed.
    #[error("something changed there since it was returned")]
    ChangedSinceExport,
    /// Any other refusal, by its word where it is one.
    #[error("the portal refused ({status})")]
    Refused {
        /// The status.
        status: u16,
        /// The word; letters and underscores only.
        word: Option<String>,
    },
    /// The answer is not of the form.
    #[error("the answer was not understood")]
    NotUnderstood,
    /// The answer bears other names than were asked for, or practitioners who are not ours.
    #[error("the answer is about something else")]
    Foreign,
    /// The portal shows another key than the one that was pinned.
    #[error("the portal shows another key")]
    OtherKey,
    /// The signature does not hold, or states something else.
    #[error("the confirmation does not hold")]
    BadSignature,
    /// What was received is not what its fingerprint says.
    #[error("what was returned is not whole")]
    NotWhole,
}

impl SyncError {
    /// The stable code by which window and terminal word it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Net(NetError::BadAddress) => "bad_address",
            Self::Net(NetError::NotEncrypted) => "not_encrypted",
            Self::Net(NetError::BadAuthority) => "bad_authority",
            Self::Net(NetError::Unreachable) => "portal_unreachable",
            Self::Net(NetError::TimedOut) => "portal_timed_out",
            Self::Net(NetError::Untrusted) => "certificate_untrusted",
            Self::Net(NetError::Redirected { .. }) => "redirected_elsewhere",
            Self::Net(NetError::TooLarge) => "portal_answer_too_large",
            Self::Net(NetError::Unwritable) => "disk_error",
            Self::Net(NetError::Garbled) | Self::NotUnderstood => "portal_answer_garbled",
            Self::UnknownClient => "portal_unknown_client",
            Self::Ended => "portal_ended",
            Self::Later { .. } => "portal_busy",
            Self::NotOffered => "portal_not_offered",
            Self::NotFound => "portal_not_found",
            Self::OtherVersion => "portal_other_version",
            Self::ChangedSinceExport => "portal_changed_since_export",
            Self::Refused { .. } => "portal_refused",
            Self::Foreign => "portal_answer_foreign",
            Self::OtherKey => "portal_other_key",
            Self::BadSignature => "portal_bad_signature",
            Self::NotWhole => "portal_export_not_whole",
        }
    }

    /// All codes, for the check that each has its words.
    pub const CODES: &'static [&'static str] = &[
        "bad_address",
        "not_encrypted",
        "bad_authority",
        "portal_unreachable",
        "portal_timed_out",
        "certificate_untrusted",
        "redirected_elsewhere",
        "portal_answer_too_large",
        "disk_error",
        "portal_answer_garbled",
        "portal_unknown_client",
        "portal_ended",
        "portal_busy",
        "portal_not_offered",
        "portal_not_found",
        "portal_other_version",
        "portal_changed_since_export",
        "portal_refused",
        "portal_answer_foreign",
        "portal_other_key",
        "portal_bad_signature",
        "portal_export_not_whole",
    ];

    /// After how many seconds the server asks to come back.
    #[must_use]
    pub const fn asked_seconds(&self) -> Option<u64> {
        match self {
            Self::Later { seconds } => *seconds,
            _ => None,
        }
    }

    /// Whether trying again by itself can help; else somebody has to do something first.
    #[must_use]
    pub const fn passes(&self) -> bool {
        matches!(
            self,
            Self::Later { .. }
                | Self::Net(NetError::Unreachable | NetError::TimedOut | NetError::Garbled | NetError::Untrusted)
        ) || matches!(self, Self::Refused { status, .. } if *status >= 500)
    }
}
