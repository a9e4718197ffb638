//! The statuses of FHIR R4's appointment, and how they and the agenda's meet.
//!
//! One thing is lost on purpose on the way out: who came and left unseen is told to the portal as cancelled.

use std::str::FromStr;

use domain::agenda::status::Status;
use serde::{Deserialize, Serialize};

use super::text::InvalidText;

/// FHIR R4, `appointmentstatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppointmentStatus {
    /// Asked for, by nobody agreed yet.
    Proposed,
    /// Asked for by the patient; the practice has not agreed yet.
    Pending,
    /// Agreed.
    Booked,
    /// The patient is there.
    Arrived,
    /// It took place.
    Fulfilled,
    /// Called off.
    Cancelled,
    /// The patient did not come.
    Noshow,
    /// Was never meant.
    EnteredInError,
    /// With the practitioner.
    CheckedIn,
    /// Waiting for an earlier or any slot.
    Waitlist,
}

impl AppointmentStatus {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Proposed,
        Self::Pending,
        Self::Booked,
        Self::Arrived,
        Self::Fulfilled,
        Self::Cancelled,
        Self::Noshow,
        Self::EnteredInError,
        Self::CheckedIn,
        Self::Waitlist,
    ];

    /// FHIR's code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Pending => "pending",
            Self::Booked => "booked",
            Self::Arrived => "arrived",
            Self::Fulfilled => "fulfilled",
            Self::Cancelled => "cancelled",
            Self::Noshow => "noshow",
            Self::EnteredInError => "entered-in-error",
            Self::CheckedIn => "checked-in",
            Self::Waitlist => "waitlist",
        }
    }

    /// How a status of the agenda is told outside, and whether the patient's own part is accepted.
    #[must_use]
    pub const fn of(status: Status) -> (Self, bool) {
        match status {
            Status::Requested => (Self::Proposed, false),
            Status::Booked => (Self::Booked, false),
            Status::Confirmed => (Self::Booked, true),
            Status::Arrived => (Self::Arrived, true),
            Status::InConsultation => (Self::CheckedIn, true),
            Status::Done => (Self::Fulfilled, true),
            Status::Cancelled | Status::Left => (Self::Cancelled, false),
            Status::NoShow => (Self::Noshow, false),
            Status::Deleted => (Self::EnteredInError, false),
        }
    }

    /// What a status from outside means in the agenda; none for who only waits.
    #[must_use]
    pub const fn status(self, patient_accepted: bool) -> Option<Status> {
        Some(match self {
            Self::Proposed | Self::Pending => Status::Requested,
            Self::Booked if patient_accepted => Status::Confirmed,
            Self::Booked => Status::Booked,
            Self::Arrived => Status::Arrived,
            Self::CheckedIn => Status::InConsultation,
            Self::Fulfilled => Status::Done,
            Self::Cancelled => Status::Cancelled,
            Self::Noshow => Status::NoShow,
            Self::EnteredInError => Status::Deleted,
            Self::Waitlist => return None,
        })
    }

    /// Whether it occupies its practitioner.
    #[must_use]
    pub const fn is_active(self) -> bool {
        match self.status(false) {
            Some(status) => status.is_active(),
            None => false,
        }
    }

    /// Whether a time must be told (FHIR's invariant app-3, which lets pending ones off no more than booked ones).
    #[must_use]
    pub const fn needs_time(self) -> bool {
        !matches!(self, Self::Proposed | Self::Cancelled | Self::Waitlist)
    }
}

impl FromStr for AppointmentStatus {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        Self::ALL.iter().copied().find(|s| s.as_str() == text).ok_or(InvalidText { kind: "AppointmentStatus" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_of_the_agenda_comes_back_and_who_left_is_cancelled() {
        for &status in Status::ALL {
            let (outside, accepted) = AppointmentStatus::of(status);
            assert_eq!(outside.as_str(), status.fhir(), "the table of the domain");
            assert_eq!(outside.is_active(), status.is_active(), "{status}");
            let expected = if status == Status::Left { Status::Cancelled } else { status };
            assert_eq!(outside.status(accepted), Some(expected));
        }
    }

    #[test]
    fn every_code_is_read_back_and_only_who_waits_has_no_place_in_the_agenda() {
        for &status in AppointmentStatus::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
            assert_eq!(status.status(true).is_none(), status == AppointmentStatus::Waitlist);
        }
        assert!("Booked".parse::<AppointmentStatus>().is_err());
    }
}
