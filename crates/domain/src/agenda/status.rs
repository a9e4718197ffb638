//! Where an appointment stands, where it came from, and what may become of it.

words! {
    /// The status of an appointment.
    Status {
        /// Asked for, not yet agreed.
        Requested = "requested",
        /// Taken.
        Booked = "booked",
        /// Taken, and the patient said again that they come.
        Confirmed = "confirmed",
        /// In the waiting room.
        Arrived = "arrived",
        /// With the practitioner.
        InConsultation = "in_consultation",
        /// Carried out.
        Done = "done",
        /// Called off, by the patient or by the practice.
        Cancelled = "cancelled",
        /// The patient did not come.
        NoShow = "no_show",
        /// The patient came and left unseen.
        Left = "left",
        /// Entered in error.
        Deleted = "deleted",
    }
}

words! {
    /// How an appointment came to be.
    Origin {
        /// By telephone.
        Phone = "phone",
        /// The patient came without one (*sans rendez-vous*).
        WalkIn = "walk_in",
        /// At the desk.
        Desk = "desk",
        /// Through the online portal.
        Portal = "portal",
        /// By the practitioner.
        Practitioner = "practitioner",
    }
}

words! {
    /// How urgent it is, apart from the status. Later ones are more urgent.
    Urgency {
        /// As planned.
        Normal = "normal",
        /// Today.
        Urgent = "urgent",
        /// Now.
        Emergency = "emergency",
    }
}

words! {
    /// Who called it off.
    CancelledBy {
        /// The patient, or somebody for them.
        Patient = "patient",
        /// The practice.
        Practice = "practice",
    }
}

impl Status {
    /// True where the appointment occupies its practitioner, so that the overlap rule holds for it.
    pub const fn is_active(self) -> bool {
        use Status::*;
        matches!(self, Requested | Booked | Confirmed | Arrived | InConsultation | Done)
    }

    /// Whether a person may take an appointment from this status to another; `practitioner` tells whether that person
    /// is one.
    ///
    /// Corrections say what was true instead: of a no-show or of somebody who left, anybody at the desk may say it; of a
    /// consultation that was done, a practitioner only. Out of [`Status::Deleted`] nothing leads: only undo brings it
    /// back, by its own way. Coming back to an active status passes the overlap rule again, which is the caller's.
    pub const fn may_become(self, to: Status, practitioner: bool) -> bool {
        use Status::*;
        match self {
            Requested => matches!(to, Booked | Cancelled | Deleted),
            Booked => matches!(to, Confirmed | Arrived | Cancelled | NoShow | Deleted),
            Confirmed => matches!(to, Arrived | Cancelled | NoShow | Deleted),
            Arrived => matches!(to, InConsultation | Left | Cancelled),
            InConsultation => matches!(to, Done),
            Done => practitioner && matches!(to, Booked | Arrived | InConsultation | NoShow | Left),
            Cancelled => matches!(to, Booked),
            NoShow => matches!(to, Booked | Arrived | Cancelled),
            Left => matches!(to, Arrived | InConsultation | NoShow),
            Deleted => false,
        }
    }

    /// The code of FHIR R4 `Appointment.status`.
    pub const fn fhir(self) -> &'static str {
        use Status::*;
        match self {
            Requested => "proposed",
            Booked | Confirmed => "booked",
            Arrived => "arrived",
            InConsultation => "checked-in",
            Done => "fulfilled",
            Cancelled | Left => "cancelled",
            NoShow => "noshow",
            Deleted => "entered-in-error",
        }
    }

    /// The value of iCalendar `STATUS` (RFC 5545).
    pub const fn ical(self) -> &'static str {
        use Status::*;
        match self {
            Requested => "TENTATIVE",
            Booked | Confirmed | Arrived | InConsultation | Done => "CONFIRMED",
            Cancelled | NoShow | Left | Deleted => "CANCELLED",
        }
    }
}
