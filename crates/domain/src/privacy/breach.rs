//! A breach of personal data: the clock that runs from the moment somebody became aware, and what has to be said before it
//! can be closed.
//!
//! The clock counts real hours between instants: a change to or from summer time makes none longer or shorter. Deliberately
//! not here: how many hours (`authority`), the words of the notification.

use chrono::{DateTime, TimeDelta, Utc};

words! {
    /// What was harmed.
    Nature {
        /// Somebody read or took what was not theirs.
        Confidentiality = "confidentiality",
        /// Something was changed.
        Integrity = "integrity",
        /// Something was lost or out of reach.
        Availability = "availability",
    }
}

words! {
    /// How grave it is for the persons.
    Risk {
        /// Nobody has judged it yet: the clock runs.
        Unassessed = "unassessed",
        /// Unlikely to be a risk: the authority need not be told.
        Unlikely = "unlikely",
        /// A risk: the authority is told.
        Likely = "likely",
        /// A high risk: the persons are told too.
        High = "high",
    }
}

/// What the rules need to know of a breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breach {
    /// When somebody of the practice became aware.
    pub aware_at: DateTime<Utc>,
    /// How grave.
    pub risk: Risk,
    /// Whether why it is judged so is written down.
    pub risk_reasoned: bool,
    /// When the authority was told.
    pub notified_at: Option<DateTime<Utc>>,
    /// Whether the reason of a late notification is written down.
    pub delay_reasoned: bool,
    /// When the persons were told.
    pub persons_informed_at: Option<DateTime<Utc>>,
    /// Whether a reason not to tell them is written down.
    pub persons_exempt: bool,
    /// Whether what was done about it is written down.
    pub measures_told: bool,
}

/// Where the notification of the authority stands. Minutes are whole, and count against the practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notification {
    /// It need not be told.
    NotNeeded,
    /// So many minutes are left.
    Running(i64),
    /// It should have been told so many minutes ago.
    Overdue(i64),
    /// It was told in time.
    InTime,
    /// It was told so many minutes too late.
    Late(i64),
}

/// Until when the authority has to be told.
pub fn deadline(aware_at: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
    aware_at.checked_add_signed(TimeDelta::hours(hours.clamp(0, 24 * 366))).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Where the notification stands at an instant.
pub fn notification(breach: &Breach, hours: i64, now: DateTime<Utc>) -> Notification {
    let until = deadline(breach.aware_at, hours);
    // Not rounded in the practice's favour: a second over is a minute over, a second less than a minute left is none.
    let over = |at: DateTime<Utc>| ((at - until).num_seconds() + 59).div_euclid(60);
    match breach.notified_at {
        Some(at) if at > until => Notification::Late(over(at)),
        Some(_) => Notification::InTime,
        None if breach.risk == Risk::Unlikely => Notification::NotNeeded,
        None if now > until => Notification::Overdue(over(now)),
        None => Notification::Running((until - now).num_seconds().div_euclid(60)),
    }
}

words! {
    /// What keeps a breach from being written down, or from being closed.
    Fault {
        /// Nobody can be aware in the future.
        AwareInFuture = "aware_in_future",
        /// The authority was told before anybody knew, or in the future.
        NotifiedOutOfTime = "notified_out_of_time",
        /// The persons were told before anybody knew, or in the future.
        InformedOutOfTime = "informed_out_of_time",
        /// A late notification says why.
        DelayUnreasoned = "delay_unreasoned",
        /// Not to tell the authority needs a reason.
        RiskUnreasoned = "risk_unreasoned",
        /// Closed, and never judged.
        NotAssessed = "not_assessed",
        /// Closed, and the authority does not know.
        NotNotified = "not_notified",
        /// Closed, and the persons do not know, without a reason.
        PersonsNotInformed = "persons_not_informed",
        /// Closed, and what was done is not written down.
        MeasuresMissing = "measures_missing",
    }
}

/// What is wrong with it as it is to be written down; `closing` asks all that has to be done by then.
pub fn faults(breach: &Breach, hours: i64, now: DateTime<Utc>, closing: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let out_of_time = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at < breach.aware_at || at > now);
    if breach.aware_at > now {
        faults.push(Fault::AwareInFuture);
    }
    if out_of_time(breach.notified_at) {
        faults.push(Fault::NotifiedOutOfTime);
    }
    if out_of_time(breach.persons_informed_at) {
        faults.push(Fault::InformedOutOfTime);
    }
    if matches!(notification(breach, hours, now), Notification::Late(_)) && !breach.delay_reasoned {
        faults.push(Fault::DelayUnreasoned);
    }
    if breach.risk == Risk::Unlikely && !breach.risk_reasoned {
        faults.push(Fault::RiskUnreasoned);
    }
    if closing {
        if breach.risk == Risk::Unassessed {
            faults.push(Fault::NotAssessed);
        }
        if matches!(breach.risk, Risk::Likely | Risk::High) && breach.notified_at.is_none() {
            faults.push(Fault::NotNotified);
        }
        if breach.risk == Risk::High && breach.persons_informed_at.is_none() && !breach.persons_exempt {
            faults.push(Fault::PersonsNotInformed);
        }
        if !breach.measures_told {
            faults.push(Fault::MeasuresMissing);
        }
    }
    faults
}

words! {
    /// The steps of dealing with it, in their order.
    Step {
        /// Stop it and write down what was done.
        Contain = "contain",
        /// Judge the risk.
        Assess = "assess",
        /// Tell the authority.
        Notify = "notify",
        /// Tell the persons.
        Inform = "inform",
        /// Close it.
        Close = "close",
    }
}

words! {
    /// Where a step stands.
    StepState {
        /// To be done.
        Open = "open",
        /// Done.
        Done = "done",
        /// Not needed here.
        NotNeeded = "not_needed",
    }
}

/// The steps and where they stand.
pub fn steps(breach: &Breach, closed: bool) -> [(Step, StepState); 5] {
    let done = |is: bool| if is { StepState::Done } else { StepState::Open };
    let unlikely = breach.risk == Risk::Unlikely;
    let notify = match breach.notified_at {
        Some(_) => StepState::Done,
        None if unlikely => StepState::NotNeeded,
        None => StepState::Open,
    };
    let inform = match breach.persons_informed_at {
        Some(_) => StepState::Done,
        None if breach.persons_exempt || matches!(breach.risk, Risk::Unlikely | Risk::Likely) => StepState::NotNeeded,
        None => StepState::Open,
    };
    [
        (Step::Contain, done(breach.measures_told)),
        (Step::Assess, done(breach.risk != Risk::Unassessed)),
        (Step::Notify, notify),
        (Step::Inform, inform),
        (Step::Close, done(closed)),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::{Zone, wall};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn breach(aware_at: DateTime<Utc>) -> Breach {
        Breach {
            aware_at,
            risk: Risk::Unassessed,
            risk_reasoned: false,
            notified_at: None,
            delay_reasoned: false,
            persons_informed_at: None,
            persons_exempt: false,
            measures_told: false,
        }
    }

    #[test]
    fn seventy_two_hours_are_real_hours_over_both_changes_of_the_clock() {
        let paris: Zone = "Europe/Paris".parse().unwrap();
        // The night of 25 October 2026 has 25 hours, that of 28 March 2027 has 23: the wall shows it, the clock does not.
        let autumn = deadline(at("2026-10-23T12:00:00Z"), 72);
        assert_eq!(autumn, at("2026-10-26T12:00:00Z"));
        assert_eq!(wall(at("2026-10-23T12:00:00Z"), &paris).to_string(), "2026-10-23T14:00");
        assert_eq!(wall(autumn, &paris).to_string(), "2026-10-26T13:00");
        let spring = deadline(at("2027-03-26T12:00:00Z"), 72);
        assert_eq!(wall(at("2027-03-26T12:00:00Z"), &paris).to_string(), "2027-03-26T13:00");
        assert_eq!(wall(spring, &paris).to_string(), "2027-03-29T14:00");
        // Over 29 February.
        assert_eq!(deadline(at("2028-02-27T08:00:00Z"), 72), at("2028-03-01T08:00:00Z"));
    }

    #[test]
    fn the_last_second_is_in_time_and_the_next_is_late() {
        let aware = at("2026-11-20T09:00:00Z");
        let one = breach(aware);
        assert_eq!(notification(&one, 72, at("2026-11-20T09:00:00Z")), Notification::Running(72 * 60));
        assert_eq!(notification(&one, 72, at("2026-11-23T09:00:00Z")), Notification::Running(0));
        assert_eq!(notification(&one, 72, at("2026-11-23T09:00:01Z")), Notification::Overdue(1));
        let told = |text| notification(&Breach { notified_at: Some(at(text)), ..one }, 72, at("2026-12-01T00:00:00Z"));
        assert_eq!(told("2026-11-23T09:00:00Z"), Notification::InTime);
        assert_eq!(told("2026-11-23T09:00:01Z"), Notification::Late(1));
        assert_eq!(told("2026-11-23T10:00:00Z"), Notification::Late(60));
    }

    #[test]
    fn a_late_notification_says_why() {
        let late = Breach { notified_at: Some(at("2026-11-24T09:00:00Z")), ..breach(at("2026-11-20T09:00:00Z")) };
        let now = at("2026-11-25T09:00:00Z");
        assert_eq!(faults(&late, 72, now, false), [Fault::DelayUnreasoned]);
        assert_eq!(faults(&Breach { delay_reasoned: true, ..late }, 72, now, false), []);
    }

    #[test]
    fn what_is_unlikely_needs_a_reason_and_no_notification() {
        let now = at("2026-12-25T09:00:00Z");
        let one = Breach { risk: Risk::Unlikely, measures_told: true, ..breach(at("2026-11-20T09:00:00Z")) };
        assert_eq!(notification(&one, 72, now), Notification::NotNeeded);
        assert_eq!(faults(&one, 72, now, true), [Fault::RiskUnreasoned]);
        assert_eq!(faults(&Breach { risk_reasoned: true, ..one }, 72, now, true), []);
    }

    #[test]
    fn a_high_risk_is_closed_only_when_the_persons_know_or_a_reason_is_written_down() {
        let aware = at("2026-11-20T09:00:00Z");
        let now = at("2026-11-21T09:00:00Z");
        let one = Breach { risk: Risk::High, notified_at: Some(now), measures_told: true, ..breach(aware) };
        assert_eq!(faults(&one, 72, now, false), []);
        assert_eq!(faults(&one, 72, now, true), [Fault::PersonsNotInformed]);
        assert_eq!(faults(&Breach { persons_informed_at: Some(now), ..one }, 72, now, true), []);
        assert_eq!(faults(&Breach { persons_exempt: true, ..one }, 72, now, true), []);
        assert_eq!(
            steps(&one, false).map(|(_, state)| state),
            [StepState::Done, StepState::Done, StepState::Done, StepState::Open, StepState::Open]
        );
    }

    #[test]
    fn nothing_happens_before_it_is_known_or_in_the_future() {
        let now = at("2026-11-21T09:00:00Z");
        let future = breach(at("2026-11-22T09:00:00Z"));
        assert_eq!(faults(&future, 72, now, false), [Fault::AwareInFuture]);
        let before = Breach {
            notified_at: Some(at("2026-11-19T09:00:00Z")),
            persons_informed_at: Some(at("2026-12-19T09:00:00Z")),
            ..breach(at("2026-11-20T09:00:00Z"))
        };
        assert_eq!(faults(&before, 72, now, false), [Fault::NotifiedOutOfTime, Fault::InformedOutOfTime]);
    }

    proptest! {
        #[test]
        fn a_breach_is_running_until_its_deadline_and_overdue_from_then_on(
            aware in 0_i64..4_000_000_000, after in -10_000_i64..1_000_000, hours in 1_i64..200
        ) {
            let aware_at = DateTime::from_timestamp(aware, 0).unwrap();
            let until = deadline(aware_at, hours);
            let now = until + TimeDelta::seconds(after);
            let expected = if after > 0 {
                Notification::Overdue((after + 59).div_euclid(60))
            } else {
                Notification::Running((-after).div_euclid(60))
            };
            prop_assert_eq!(notification(&breach(aware_at), hours, now), expected);
            prop_assert_eq!((until - aware_at).num_hours(), hours);
        }

        #[test]
        fn a_breach_that_can_be_closed_has_no_step_left(
            risk in 0_usize..4, told in any::<bool>(), persons in any::<bool>(), exempt in any::<bool>(), measures in any::<bool>()
        ) {
            let aware_at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
            let one = Breach {
                risk: Risk::ALL[risk],
                risk_reasoned: true,
                notified_at: told.then_some(aware_at),
                persons_informed_at: persons.then_some(aware_at),
                persons_exempt: exempt,
                measures_told: measures,
                ..breach(aware_at)
            };
            let closable = faults(&one, 72, aware_at, true).is_empty();
            let nothing_left = steps(&one, true).iter().all(|(_, state)| *state != StepState::Open);
            prop_assert_eq!(closable, nothing_left);
        }
    }
}
