//! Processors and those that work for them: contracts, the time to object to a new one, the end of a contract.
//!
//! Deliberately not here: which countries are safe (`authority`), who the processors are.

use chrono::{Days, NaiveDate};

words! {
    /// What keeps data safe in a country whose protection is not recognised.
    Safeguard {
        /// Nothing yet.
        None = "none",
        /// Standard clauses of a contract.
        Clauses = "clauses",
        /// Binding rules of a group of companies.
        Rules = "rules",
        /// An authorisation of the authority.
        Authorisation = "authorisation",
        /// The person's express consent.
        Consent = "consent",
    }
}

words! {
    /// What becomes of the data at the end of a contract, as the controller chooses.
    EndChoice {
        /// They are given back, and what is left is destroyed.
        Return = "return",
        /// They are destroyed.
        Destroy = "destroy",
        /// They go to another processor.
        HandOver = "hand_over",
    }
}

/// Days to object to another processor's processor, from the day it was announced.
pub const OBJECTION_DAYS: u64 = 8;
/// Days before the end of a contract from which it is due.
pub const END_NOTICE: i64 = 60;

/// The last day on which one may object.
pub fn objection_until(announced_on: NaiveDate) -> NaiveDate {
    announced_on.checked_add_days(Days::new(OBJECTION_DAYS)).unwrap_or(NaiveDate::MAX)
}

/// Where an announcement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    /// One may object for so many days more, today counted as none.
    Open(i64),
    /// Somebody objected.
    Objected,
    /// The days are over without an objection.
    Accepted,
}

/// Where an announcement stands on a day.
pub fn objection(announced_on: NaiveDate, objected_on: Option<NaiveDate>, today: NaiveDate) -> Objection {
    if objected_on.is_some() {
        return Objection::Objected;
    }
    let left = objection_until(announced_on).signed_duration_since(today).num_days();
    if left >= 0 { Objection::Open(left) } else { Objection::Accepted }
}

/// Whether an objection of a day is in time.
pub fn in_time(announced_on: NaiveDate, objected_on: NaiveDate) -> bool {
    objected_on >= announced_on && objected_on <= objection_until(announced_on)
}

/// A contract's days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Contract {
    /// When it was signed.
    pub signed_on: Option<NaiveDate>,
    /// Its last day; none: without an end.
    pub until: Option<NaiveDate>,
    /// When the end was confirmed in writing: data given back, destroyed or handed over.
    pub end_confirmed_on: Option<NaiveDate>,
}

/// Where a contract stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContractState {
    /// There is none: nobody may process for the practice without.
    Missing,
    /// It runs.
    Running,
    /// It runs, and ends in so many days.
    EndsSoon(i64),
    /// It is over, and nothing was confirmed for so many days.
    Unconfirmed(i64),
    /// It is over, and what became of the data is confirmed.
    Ended,
}

/// Where a contract stands on a day.
pub fn contract(contract: &Contract, today: NaiveDate) -> ContractState {
    if contract.end_confirmed_on.is_some_and(|on| on <= today) {
        return ContractState::Ended;
    }
    if contract.signed_on.is_none() {
        return ContractState::Missing;
    }
    match contract.until.map(|until| until.signed_duration_since(today).num_days()) {
        Some(left) if left < 0 => ContractState::Unconfirmed(-left),
        Some(left) if left <= END_NOTICE => ContractState::EndsSoon(left),
        _ => ContractState::Running,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn eight_days_to_object_end_over_february_and_the_year_s_end() {
        assert_eq!(objection_until(day("2028-02-21")), day("2028-02-29"));
        assert_eq!(objection_until(day("2027-02-21")), day("2027-03-01"));
        assert_eq!(objection_until(day("2026-12-28")), day("2027-01-05"));
        let told = day("2026-11-20");
        assert_eq!(objection(told, None, day("2026-11-20")), Objection::Open(8));
        assert_eq!(objection(told, None, day("2026-11-28")), Objection::Open(0));
        assert_eq!(objection(told, None, day("2026-11-29")), Objection::Accepted);
        assert_eq!(objection(told, Some(day("2026-11-22")), day("2027-01-01")), Objection::Objected);
        assert!(in_time(told, day("2026-11-28")) && !in_time(told, day("2026-11-29")));
        assert!(!in_time(told, day("2026-11-19")));
    }

    #[test]
    fn a_contract_that_is_over_waits_for_its_confirmation() {
        let one =
            Contract { signed_on: Some(day("2026-01-01")), until: Some(day("2026-12-31")), end_confirmed_on: None };
        assert_eq!(contract(&one, day("2026-11-01")), ContractState::EndsSoon(60));
        assert_eq!(contract(&one, day("2026-10-31")), ContractState::Running);
        assert_eq!(contract(&one, day("2026-12-31")), ContractState::EndsSoon(0));
        assert_eq!(contract(&one, day("2027-01-01")), ContractState::Unconfirmed(1));
        let ended = Contract { end_confirmed_on: Some(day("2027-01-15")), ..one };
        assert_eq!(contract(&ended, day("2027-01-15")), ContractState::Ended);
        assert_eq!(contract(&ended, day("2027-01-14")), ContractState::Unconfirmed(14));
        assert_eq!(contract(&Contract::default(), day("2026-11-01")), ContractState::Missing);
    }

    proptest! {
        #[test]
        fn an_objection_is_in_time_exactly_while_the_window_is_open(start in 0_i32..40_000, after in -20_i64..40) {
            let told = NaiveDate::from_num_days_from_ce_opt(720_000 + start).unwrap();
            let on = told + chrono::TimeDelta::days(after);
            let open = matches!(objection(told, None, on), Objection::Open(_)) && on >= told;
            prop_assert_eq!(in_time(told, on), open);
        }
    }
}
