//! The rules at their edges, and what holds for any person.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;

fn on(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn france() -> Rules {
    Rules::new(Country::FR, &[])
}

fn record(care: &str) -> Facts {
    Facts { last_care: Some(on(care)), born: Some(on("1979-05-12")), has_record: true, ..Facts::default() }
}

fn of(facts: &Facts) -> Standing {
    standing(&france(), facts).expect("a standing")
}

#[test]
fn each_category_has_one_default_with_its_source_in_each_country() {
    for &country in Country::ALL {
        let all: Vec<Category> = defaults(country).iter().map(|one| one.category).collect();
        assert_eq!(all, Category::ALL);
        for one in defaults(country) {
            assert!(!one.source.is_empty() && on(one.dated) < on("2026-01-01"));
            let decided = Decided { category: one.category, active: one.active, months: one.months };
            assert_eq!(objections(country, decided), [], "{}", one.category);
        }
    }
}

#[test]
fn a_record_is_active_five_years_and_kept_twenty_after_the_last_care() {
    let standing = of(&record("2006-11-25"));
    assert_eq!(standing.category, Category::PatientRecord);
    assert_eq!(standing.active_until, on("2011-11-25"));
    assert_eq!(standing.archive_on(), Some(on("2011-11-26")));
    assert_eq!(standing.keep_until, on("2026-11-25"));
    assert_eq!(standing.state(on("2011-11-25")), State::Active);
    assert_eq!(standing.state(on("2011-11-26")), State::ArchiveDue);
    assert_eq!(standing.state(on("2026-11-25")), State::ArchiveDue);
    assert_eq!(standing.state(on("2026-11-26")), State::DestroyDue);
}

#[test]
fn a_span_ends_on_the_same_number_or_on_the_last_of_the_month() {
    for (from, months, to) in [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 240, "2044-02-29"),
        ("2024-02-29", 60, "2029-02-28"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-03-31", 24, "2027-03-31"),
    ] {
        assert_eq!(after_months(on(from), months), on(to), "{from} and {months} months");
    }
    assert_eq!(of(&record("2004-02-29")).keep_until, on("2024-02-29"));
    assert_eq!(of(&record("2004-02-29")).active_until, on("2009-02-28"));
}

#[test]
fn who_was_born_on_the_29th_of_february_grows_older_on_the_1st_of_march() {
    assert_eq!(birthday(on("2000-02-29"), 336), on("2028-02-29"));
    assert_eq!(birthday(on("2000-02-29"), 216), on("2018-03-01"));
    // 2100 has no 29 February.
    assert_eq!(birthday(on("2072-02-29"), 336), on("2100-03-01"));
    assert_eq!(birthday(on("2001-03-31"), 216), on("2019-03-31"));
    let child = Facts { born: Some(on("2072-02-29")), ..record("2074-06-01") };
    assert_eq!(of(&child).keep_until, on("2100-03-01"));
}

#[test]
fn a_minors_record_is_not_destroyed_before_the_28th_birthday() {
    // Seen at two: twenty years later they would be 22.
    let child = Facts { born: Some(on("1998-11-26")), ..record("2001-01-10") };
    let standing = of(&child);
    assert_eq!((standing.category, standing.keep_until), (Category::MinorRecord, on("2026-11-26")));
    assert_eq!(standing.state(on("2026-11-26")), State::ArchiveDue);
    assert_eq!(standing.state(on("2026-11-27")), State::DestroyDue);
    // Seen at ten: twenty years are longer.
    let older = Facts { born: Some(on("1990-05-05")), ..record("2000-06-01") };
    assert_eq!((of(&older).category, of(&older).keep_until), (Category::PatientRecord, on("2020-06-01")));
    // A shorter time that the controller decided does not shorten it: seen the day before eighteen.
    let short = [Decided { category: Category::PatientRecord, active: Some(24), months: 120 }];
    let rules = Rules::new(Country::FR, &short);
    let almost = Facts { born: Some(on("2000-02-29")), ..record("2018-02-28") };
    assert_eq!(super::standing(&rules, &almost).expect("one").keep_until, on("2028-02-29"));
    let adult = Facts { born: Some(on("2000-02-29")), ..record("2018-03-01") };
    assert_eq!(super::standing(&rules, &adult).expect("one").keep_until, on("2028-03-01"));
}

#[test]
fn who_died_is_kept_ten_years_and_no_longer_than_who_lives() {
    let died = Facts { deceased_on: Some(on("2012-02-29")), ..record("2010-03-01") };
    assert_eq!((of(&died).category, of(&died).keep_until), (Category::DeceasedRecord, on("2022-02-28")));
    let late = Facts { deceased_on: Some(on("2025-01-01")), ..record("2006-11-25") };
    assert_eq!((of(&late).category, of(&late).keep_until), (Category::PatientRecord, on("2026-11-25")));
    // A child who died is not kept until an age that it never has.
    let child = Facts { born: Some(on("2008-01-01")), deceased_on: Some(on("2010-01-01")), ..record("2009-12-30") };
    assert_eq!((of(&child).category, of(&child).keep_until), (Category::DeceasedRecord, on("2020-01-01")));
    // What was written after the death (a certificate) does not end before the ten years from then.
    let after = Facts { deceased_on: Some(on("2010-01-01")), ..record("2010-02-01") };
    assert_eq!(of(&after).keep_until, on("2020-02-01"));
}

#[test]
fn who_is_only_in_the_agenda_goes_two_years_after_the_last_activity() {
    let facts = Facts { last_activity: Some(on("2024-02-29")), entered: Some(on("2020-01-01")), ..Facts::default() };
    let standing = of(&facts);
    assert_eq!((standing.category, standing.archive_on()), (Category::AgendaEntry, None));
    assert_eq!(standing.keep_until, on("2026-02-28"));
    assert_eq!(standing.state(on("2026-02-28")), State::Active);
    assert_eq!(standing.state(on("2026-03-01")), State::DestroyDue);
    let never = Facts { entered: Some(on("2020-01-01")), ..Facts::default() };
    assert_eq!(of(&never).keep_until, on("2022-01-01"));
    assert_eq!(super::standing(&france(), &Facts::default()), None);
}

#[test]
fn who_is_expected_is_neither_archived_nor_destroyed() {
    let facts = Facts { last_activity: Some(on("2027-01-15")), ..record("2000-01-01") };
    assert_eq!(of(&facts).state(on("2026-11-26")), State::Active);
    assert_eq!(of(&facts).state(on("2027-01-16")), State::DestroyDue);
}

#[test]
fn a_stated_reason_keeps_from_destruction_and_not_from_the_archive() {
    let held = Facts { held: true, ..record("2006-11-25") };
    assert_eq!(of(&held).state(on("2020-01-01")), State::ArchiveDue);
    assert_eq!(of(&held).state(on("2026-11-26")), State::Held);
    assert_eq!(Standing::state_archived(on("2026-11-26"), true, on("2026-11-26")), State::Held);
    assert_eq!(Standing::state_archived(on("2026-11-26"), false, on("2026-11-26")), State::DestroyDue);
    assert_eq!(Standing::state_archived(on("2026-11-26"), false, on("2026-11-25")), State::Archived);
}

#[test]
fn a_value_under_the_legal_least_is_refused_and_one_under_the_default_is_told() {
    let record = |active, months| Decided { category: Category::PatientRecord, active, months };
    assert_eq!(objections(Country::FR, record(Some(60), 119)), [Objection::TooShort]);
    assert_eq!(objections(Country::FR, record(Some(60), 120)), [Objection::BelowDefault]);
    assert_eq!(objections(Country::FR, record(Some(60), 241)), [Objection::AboveDefault]);
    assert_eq!(objections(Country::FR, record(Some(241), 240)), [Objection::ActiveTooLong]);
    assert_eq!(objections(Country::MA, record(Some(12), 36)), [Objection::BelowDefault]);
    let agenda = |active, months| Decided { category: Category::AgendaEntry, active, months };
    assert_eq!(objections(Country::FR, agenda(None, 25)), [Objection::TooLong]);
    assert_eq!(objections(Country::FR, agenda(Some(6), 12)), [Objection::NoActive]);
    assert_eq!(objections(Country::FR, agenda(None, 0)), [Objection::TooShort]);
    // What is refused does not count, however it came into the database.
    assert_eq!(Rules::new(Country::FR, &[agenda(None, 600)]), france());
    assert_eq!(Rules::new(Country::FR, &[agenda(None, 12)]).months(Category::AgendaEntry), 12);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..60_000).prop_map(|days| on("1920-01-01") + Days::new(days))
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let day = || prop::option::of(any_day());
    (day(), day(), any_day(), day(), day(), any::<bool>(), any::<bool>()).prop_map(
        |(last_care, last_activity, entered, born, deceased_on, has_record, held)| Facts {
            last_care,
            last_activity,
            entered: Some(entered),
            born,
            deceased_on,
            has_record,
            held,
        },
    )
}

proptest! {
    #[test]
    fn nobody_is_destroyed_before_being_active_and_archived(facts in any_facts()) {
        let standing = of(&facts);
        prop_assert!(standing.active_until <= standing.keep_until);
        prop_assert!(standing.destroy_on() > standing.keep_until);
        if let Some(archive) = standing.archive_on() {
            prop_assert!(archive > standing.active_until && archive < standing.destroy_on());
        }
    }

    #[test]
    fn more_activity_never_shortens(facts in any_facts(), more in 1_u64..4_000) {
        let later = Facts { last_activity: facts.last_activity.map(|day| day + Days::new(more)), ..facts.clone() };
        prop_assert!(of(&later).keep_until >= of(&facts).keep_until);
    }

    #[test]
    fn a_longer_rule_never_shortens(facts in any_facts(), years in 10_u32..60) {
        let rules = |months| {
            Rules::new(Country::FR, &[Decided { category: Category::PatientRecord, active: None, months }])
        };
        let keep = |months| super::standing(&rules(months), &facts).expect("one").keep_until;
        prop_assert!(keep(years * 12 + 12) >= keep(years * 12));
    }

    #[test]
    fn a_living_minors_record_reaches_the_28th_birthday(facts in any_facts()) {
        let facts = Facts { has_record: true, deceased_on: None, ..facts };
        if let (Some(born), Some(care)) = (facts.born, facts.last_care)
            && care < birthday(born, 216)
        {
            prop_assert!(of(&facts).keep_until >= birthday(born, 336));
        }
    }

    #[test]
    fn a_birthday_never_comes_before_the_month_is_over(born in any_day(), months in 0_u32..2_000) {
        let day = birthday(born, months);
        prop_assert!(day >= after_months(born, months));
        prop_assert!(day <= day_after(after_months(born, months)));
    }

    #[test]
    fn states_only_go_forward(facts in any_facts(), day in any_day(), later in 0_u64..20_000) {
        let rank = |state| match state { State::Active => 0, State::ArchiveDue => 1, _ => 2 };
        let standing = of(&facts);
        prop_assert!(rank(standing.state(day)) <= rank(standing.state(day + Days::new(later))));
    }
}
