//! Audits of a processor: once in twelve months at most, announced fifteen working days before, by somebody who is named
//! and bound to confidentiality, on a report that both have discussed.
//!
//! Deliberately not here: which days are holidays; the caller says so of each day.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Working days between the announcement and the audit.
pub const NOTICE: u32 = 15;
/// Months between two audits.
pub const EVERY: u32 = 12;

/// What the rules need to know of an audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Audit {
    /// When it was announced.
    pub announced_on: Option<NaiveDate>,
    /// For when.
    pub planned_on: Option<NaiveDate>,
    /// Whether the auditor is named.
    pub auditor_named: bool,
    /// When the auditor signed to keep it confidential.
    pub confidential_on: Option<NaiveDate>,
    /// When it took place.
    pub held_on: Option<NaiveDate>,
    /// When both discussed the report.
    pub discussed_on: Option<NaiveDate>,
    /// Until when what was found is put right.
    pub corrections_until: Option<NaiveDate>,
    /// When it was put right.
    pub corrected_on: Option<NaiveDate>,
}

words! {
    /// What is wrong with an audit.
    Fault {
        /// Less than twelve months after the last.
        TooSoon = "audit_too_soon",
        /// Less than fifteen working days after the announcement.
        NoticeTooShort = "audit_notice_too_short",
        /// Nobody is named.
        AuditorMissing = "auditor_missing",
        /// It took place before the auditor signed.
        NotConfidential = "audit_not_confidential",
        /// Its dates do not follow one another.
        OutOfOrder = "audit_out_of_order",
    }
}

/// Whether a day is worked: no Saturday, no Sunday, no holiday.
fn worked(day: NaiveDate, holiday: impl Fn(NaiveDate) -> bool) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holiday(day)
}

/// The first day on which an audit may take place: fifteen whole working days lie between it and the announcement, and it
/// is a working day itself.
pub fn earliest(announced_on: NaiveDate, holiday: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let mut left = NOTICE + 1;
    let mut day = announced_on;
    while left > 0 {
        let Some(next) = day.checked_add_days(Days::new(1)) else { return NaiveDate::MAX };
        day = next;
        if worked(day, &holiday) {
            left -= 1;
        }
    }
    day
}

/// The first day on which there may be another.
pub fn again_on(last_held: NaiveDate) -> NaiveDate {
    last_held.checked_add_months(Months::new(EVERY)).unwrap_or(NaiveDate::MAX)
}

/// What is wrong with it; `last_held` is the one before of the same processor.
pub fn faults(audit: &Audit, last_held: Option<NaiveDate>, holiday: impl Fn(NaiveDate) -> bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let day = audit.held_on.or(audit.planned_on);
    if let (Some(day), Some(last)) = (day, last_held)
        && day < again_on(last)
    {
        faults.push(Fault::TooSoon);
    }
    if let Some(day) = day {
        match audit.announced_on {
            Some(announced) if day >= earliest(announced, &holiday) => {}
            _ => faults.push(Fault::NoticeTooShort),
        }
    }
    if !audit.auditor_named {
        faults.push(Fault::AuditorMissing);
    }
    if audit.held_on.is_some_and(|held| audit.confidential_on.is_none_or(|signed| signed > held)) {
        faults.push(Fault::NotConfidential);
    }
    let after = |later: Option<NaiveDate>, earlier: Option<NaiveDate>| {
        later.is_some_and(|later| earlier.is_none_or(|earlier| later < earlier))
    };
    if after(audit.discussed_on, audit.held_on) || after(audit.corrected_on, audit.held_on) {
        faults.push(Fault::OutOfOrder);
    }
    faults
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::country::Country;
    use crate::holidays::{Region, holidays};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn holiday(country: Country) -> impl Fn(NaiveDate) -> bool {
        move |day| holidays(country, Region::None, day.year()).iter().any(|one| one.date == day)
    }

    #[test]
    fn fifteen_working_days_jump_over_weekends_and_the_country_s_holidays() {
        // Monday 2 November 2026: Armistice Day is one of the fifteen days in France, and a working day in Morocco, where
        // the 6th and the 18th are holidays.
        assert_eq!(earliest(day("2026-11-02"), holiday(Country::FR)), day("2026-11-25"));
        assert_eq!(earliest(day("2026-11-02"), holiday(Country::MA)), day("2026-11-26"));
        assert_eq!(earliest(day("2026-11-02"), |_| false), day("2026-11-24"));
        // Over the end of the year, and over 29 February.
        assert_eq!(earliest(day("2026-12-18"), holiday(Country::FR)), day("2027-01-13"));
        assert_eq!(earliest(day("2028-02-18"), |_| false), day("2028-03-13"));
    }

    fn audit() -> Audit {
        Audit {
            announced_on: Some(day("2026-11-02")),
            planned_on: Some(day("2026-11-25")),
            auditor_named: true,
            ..Audit::default()
        }
    }

    #[test]
    fn an_audit_is_refused_a_day_too_early_and_accepted_on_the_day() {
        let france = holiday(Country::FR);
        assert_eq!(faults(&audit(), None, &france), []);
        let early = Audit { planned_on: Some(day("2026-11-24")), ..audit() };
        assert_eq!(faults(&early, None, &france), [Fault::NoticeTooShort]);
        assert_eq!(faults(&audit(), Some(day("2025-11-26")), &france), [Fault::TooSoon]);
        assert_eq!(faults(&audit(), Some(day("2025-11-25")), &france), []);
        assert_eq!(again_on(day("2028-02-29")), day("2029-02-28"));
    }

    #[test]
    fn nobody_is_audited_by_somebody_unnamed_or_unsworn() {
        let france = holiday(Country::FR);
        let held = Audit { held_on: Some(day("2026-11-25")), ..audit() };
        assert_eq!(faults(&held, None, &france), [Fault::NotConfidential]);
        let signed = Audit { confidential_on: Some(day("2026-11-25")), ..held };
        assert_eq!(faults(&signed, None, &france), []);
        let before = Audit { discussed_on: Some(day("2026-11-24")), ..signed };
        assert_eq!(faults(&before, None, &france), [Fault::OutOfOrder]);
        let unnamed = Audit { auditor_named: false, ..audit() };
        assert_eq!(faults(&unnamed, None, &france), [Fault::AuditorMissing]);
    }

    proptest! {
        #[test]
        fn fifteen_worked_days_always_lie_between(start in 0_i32..20_000, seed in 0_u32..97) {
            let announced = NaiveDate::from_num_days_from_ce_opt(735_000 + start).unwrap();
            let holiday = |day: NaiveDate| day.ordinal().wrapping_mul(31) % 97 == seed;
            let first = earliest(announced, holiday);
            prop_assert!(worked(first, holiday));
            let between = announced.iter_days().skip(1).take_while(|one| *one < first).filter(|one| worked(*one, holiday));
            prop_assert_eq!(between.count(), NOTICE as usize);
        }
    }
}
