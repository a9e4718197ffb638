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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Status::*;
    use super::*;

    /// Where each status may go, for somebody at the desk: the table of the domain.
    const TABLE: &[(Status, &[Status])] = &[
        (Requested, &[Booked, Cancelled, Deleted]),
        (Booked, &[Confirmed, Arrived, Cancelled, NoShow, Deleted]),
        (Confirmed, &[Arrived, Cancelled, NoShow, Deleted]),
        (Arrived, &[InConsultation, Left, Cancelled]),
        (InConsultation, &[Done]),
        (Done, &[]),
        (Cancelled, &[Booked]),
        (NoShow, &[Booked, Arrived, Cancelled]),
        (Left, &[Arrived, InConsultation, NoShow]),
        (Deleted, &[]),
    ];

    fn reachable(from: Status, practitioner: bool) -> HashSet<Status> {
        let mut seen = HashSet::new();
        let mut open = vec![from];
        while let Some(status) = open.pop() {
            for &to in Status::ALL {
                if status.may_become(to, practitioner) && seen.insert(to) {
                    open.push(to);
                }
            }
        }
        seen
    }

    #[test]
    fn the_desk_follows_the_table() {
        assert_eq!(TABLE.len(), Status::ALL.len());
        for (from, targets) in TABLE {
            for &to in Status::ALL {
                assert_eq!(from.may_become(to, false), targets.contains(&to), "{from} to {to}");
            }
        }
    }

    #[test]
    fn a_practitioner_may_correct_what_was_done_and_nothing_else_more() {
        for &from in Status::ALL {
            for &to in Status::ALL {
                if from.may_become(to, true) != from.may_become(to, false) {
                    assert_eq!(from, Done, "only out of done, but {from} to {to}");
                }
            }
        }
        assert!(Done.may_become(InConsultation, true));
        assert!(!Done.may_become(Deleted, true) && !Done.may_become(Cancelled, true));
    }

    #[test]
    fn nothing_leads_out_of_deleted_nor_to_itself() {
        assert!(reachable(Deleted, true).is_empty());
        for &status in Status::ALL {
            assert!(!status.may_become(status, true), "{status}");
        }
    }

    #[test]
    fn what_happened_is_never_deleted_at_one_step() {
        for from in [Arrived, InConsultation, Done, NoShow, Left, Cancelled] {
            assert!(!from.may_become(Deleted, true), "{from}");
        }
    }

    #[test]
    fn every_inactive_status_but_deleted_leads_back_to_an_active_one() {
        for &status in Status::ALL {
            let back = reachable(status, false).iter().any(|to| to.is_active());
            assert_eq!(back, !matches!(status, Done | Deleted), "{status}");
        }
    }

    #[test]
    fn every_status_can_be_reached_from_a_request() {
        let mut all = reachable(Requested, false);
        all.insert(Requested);
        assert_eq!(all.len(), Status::ALL.len());
    }

    #[test]
    fn what_frees_the_practitioner_is_cancelled_in_a_calendar() {
        for &status in Status::ALL {
            assert_eq!(status.ical() == "CANCELLED", !status.is_active(), "{status}");
            let ended = matches!(status.fhir(), "cancelled" | "noshow" | "entered-in-error");
            assert_eq!(ended, !status.is_active(), "{status}");
        }
    }

    #[test]
    fn words_are_read_back_and_nothing_else_is() {
        for &status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
        assert_eq!("Booked".parse::<Status>(), Err(crate::UnknownWord { list: "Status" }));
        assert_eq!(serde_json::from_str::<Origin>("\"walk_in\"").unwrap(), Origin::WalkIn);
        assert!(Urgency::Emergency > Urgency::Urgent && Urgency::Urgent > Urgency::Normal);
    }
}
