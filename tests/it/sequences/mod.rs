//! Any sequence of commands: no overlap whatever happens, nothing lost by what is only planned, and the same agenda once
//! everything is taken back. Not here: single commands, which have scenarios of their own.

mod scene;
mod step;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use domain::agenda::overlap::Span;
use domain::agenda::series::{SeriesRule, SeriesScope, SeriesUnit};
use domain::id::AppointmentId;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use semainier_app::commands::agenda::wire::AppointmentView;
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::overview::wire::ListAppointmentsRequest;
use semainier_app::commands::planning::wire::ListHolidaysRequest;
use semainier_app::commands::practice::wire::{PractitionerRequest, SaveTypeRequest};
use semainier_app::commands::series::wire::SeriesRequest;
use semainier_app::commands::waiting_list::wire::ListWaitingRequest;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, agenda, history, overview, planning, practice, queue, series, waiting_list};
use serde_json::Value;

use crate::house::{House, PASSWORD, add_patient, at, book, cast, now, verified};
use crate::types::{add_practitioner, add_type, echograph, plain};
use scene::Scene;
use step::{Step, any_step};

const ACTIVE: [&str; 6] = ["requested", "booked", "confirmed", "arrived", "in_consultation", "done"];

async fn desk_at(house: &House, hours: i64) -> Arc<Desk> {
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    sign_in::open(&house.doorstep_at(now() + TimeDelta::hours(hours)), request).await.expect("signed in").0
}

/// Two practitioners, three types (plain, with a middle without the practitioner, with the only echograph), some patients,
/// some of whom have an appointment, a series, a place in the waiting room or on the waiting list. All of it is an hour old:
/// none of it can be undone any more.
async fn scene(house: &House) -> Scene {
    let desk = desk_at(house, -1).await;
    let own = cast(&desk).await;
    let colleague = add_practitioner(&desk, "Dr Autre").await;
    let soin = add_type(&desk, SaveTypeRequest { provider_time: "/X/".to_owned(), ..plain("Soin", 15) }).await;
    let (kind, _) = echograph(&desk).await;
    let exam = add_type(&desk, SaveTypeRequest { resource_kinds: vec![kind], ..plain("Écho", 30) }).await;
    let mut patients = vec![own.patient];
    for name in ["ALAOUI", "BERRADA", "TAZI"] {
        patients.push(add_patient(&desk, name, "Yassine", "1980-01-02").await);
    }
    let scene = Scene { practitioners: vec![own.practitioner, colleague], types: vec![own.kind, soin, exam], patients };
    for start in ["2026-11-23T09:00", "2026-11-23T10:00", "2026-11-24T09:20"] {
        book(&desk, &own, at(start), false).await.expect("booked");
    }
    for step in [
        Step::Series { place: 41, unit: SeriesUnit::Weeks, every: 1, more: 0, sessions: 4 },
        Step::WalkIn { who: 1, urgent: false },
        Step::WalkIn { who: 2, urgent: true },
        Step::Wish { pick: None, who: 3, urgent: false },
        Step::Absence { place: 30, days: 1 },
    ] {
        assert_eq!(scene.take(&desk, &step).await, "done", "{step:?}");
    }
    scene
}

async fn appointments(desk: &Desk) -> Vec<AppointmentView> {
    let request = ListAppointmentsRequest {
        from: "2026-11-22".to_owned(),
        days: 93,
        practitioners: vec![],
        types: vec![],
        statuses: vec![],
        site_id: None,
    };
    overview::list_appointments(desk, request).await.expect("the appointments").appointments
}

fn without_revision(mut value: Value) -> String {
    match &mut value {
        Value::Object(fields) => {
            fields.remove("revision");
            for field in fields.values_mut() {
                *field = Value::String(without_revision(field.take()));
            }
        }
        Value::Array(all) => {
            for one in all {
                *one = Value::String(without_revision(one.take()));
            }
        }
        _ => {}
    }
    value.to_string()
}

fn said(view: impl serde::Serialize) -> String {
    without_revision(serde_json::to_value(view).expect("a value"))
}

/// All that the commands change, by what it is: appointments with the series they belong to, the waiting list, the order in
/// the waiting room, what is planned.
async fn everything(desk: &Desk, scene: &Scene) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for one in appointments(desk).await {
        let session = series::show_series(desk, SeriesRequest { appointment_id: one.id }).await.ok();
        let place = session.map(|view| {
            let own = view.sessions.iter().find(|session| session.appointment.id == one.id);
            (view.rule, view.number, view.sessions.len(), own.map(|session| session.planned))
        });
        all.insert(format!("series of {}", one.id), said(place));
        all.insert(format!("appointment {}", one.id), said(one));
    }
    let waiting = waiting_list::list_waiting(desk, ListWaitingRequest { left: false }).await.expect("a list");
    for entry in waiting.entries {
        all.insert(format!("waiting {}", entry.id), said(entry));
    }
    for practitioner_id in &scene.practitioners {
        let request = PractitionerRequest { practitioner_id: *practitioner_id };
        let opening = practice::show_opening(desk, request.clone()).await.expect("the opening");
        all.insert(format!("opening {practitioner_id}"), said(opening));
        let planned = planning::show_planning(desk, request).await.expect("what is planned");
        all.insert(format!("planned {practitioner_id}"), said(planned));
    }
    let holidays = planning::list_holidays(desk, ListHolidaysRequest { year: 2026 }).await.expect("the holidays");
    all.insert("holidays".to_owned(), said(holidays));
    let room = queue::show_waiting_room(desk, NothingRequest {}).await.expect("the waiting room");
    let order: Vec<AppointmentId> = room.waiting.iter().map(|one| one.appointment.id).collect();
    all.insert("order".to_owned(), said(order));
    all
}

/// The parts of an appointment that need the practitioner.
fn needed(one: &AppointmentView) -> Vec<Span> {
    let starts = one.starts.expect("timed").minutes();
    if one.provider_parts.is_empty() {
        return vec![Span { start: starts, minutes: one.minutes }];
    }
    one.provider_parts.iter().map(|part| Span { start: starts + part.from, minutes: part.to - part.from }).collect()
}

/// What stands at one time where it must not, by the rule itself and not by the schema.
fn overlaps(all: &[AppointmentView]) -> Vec<String> {
    let mut found = Vec::new();
    let timed: Vec<&AppointmentView> =
        all.iter().filter(|one| one.starts.is_some() && ACTIVE.contains(&one.status.as_str())).collect();
    for (at, one) in timed.iter().enumerate() {
        let whole = |one: &AppointmentView| Span { start: one.starts.expect("timed").minutes(), minutes: one.minutes };
        for other in &timed[at + 1..] {
            let both = || format!("{} {} and {}", one.practitioner, whole(one).start, whole(other).start);
            let meet = needed(one).iter().any(|mine| needed(other).iter().any(|theirs| mine.overlaps(*theirs)));
            if one.practitioner_id == other.practitioner_id && !one.overbooked && !other.overbooked && meet {
                found.push(both());
            }
            let shared = one.resources.iter().any(|resource| other.resources.contains(resource));
            if shared && whole(one).overlaps(whole(other)) {
                found.push(format!("{} for one echograph", both()));
            }
        }
    }
    found
}

/// Codes that say something broke, not that a rule refused.
fn is_breakage(code: &str) -> bool {
    ["store_refused", "refused_by_schema", "already_there", "vault_damaged", "journal_damaged", "busy"].contains(&code)
}

async fn take_all(desk: &Desk, scene: &Scene, steps: &[Step]) -> Result<BTreeMap<&'static str, usize>, TestCaseError> {
    let mut done = BTreeMap::new();
    let mut before = appointments(desk).await;
    for step in steps {
        let code = scene.take(desk, step).await;
        prop_assert!(!is_breakage(&code), "{step:?} broke something: {code}");
        *done.entry(if code == "done" { "done" } else { "refused" }).or_default() += 1;
        let after = appointments(desk).await;
        prop_assert_eq!(overlaps(&after), Vec::<String>::new(), "after {:?}", step);
        if step.only_plans() || code != "done" {
            prop_assert_eq!(&before, &after, "{:?} ({}) touched an appointment", step, code);
        }
        before = after;
    }
    Ok(done)
}

/// Runs a claim over random steps, each time in a practice of its own. A failure prints the steps, made as few as possible.
fn for_any_steps(
    cases: u32,
    steps: impl Strategy<Value = Vec<Step>>,
    claim: impl AsyncFn(&House, &[Step]) -> Result<(), TestCaseError>,
) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    let outcome = TestRunner::new(config).run(&steps, |steps| {
        runtime.block_on(async {
            let house = House::new().await;
            claim(&house, &steps).await
        })
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overlap_that_nobody_asked_for_would_be_seen() {
    let house = House::new().await;
    let desk = house.desk().await;
    let own = cast(&desk).await;
    book(&desk, &own, at("2026-11-24T09:30"), false).await.expect("booked");
    book(&desk, &own, at("2026-11-24T09:45"), true).await.expect("overbooked");
    let mut all = appointments(&desk).await;
    assert_eq!(overlaps(&all), Vec::<String>::new(), "on purpose");
    all[1].overbooked = false;
    assert_eq!(overlaps(&all).len(), 1);
}

#[test]
fn any_sequence_of_commands_and_undos_leaves_no_overlap() {
    let steps = prop::collection::vec(
        prop_oneof![9 => any_step(), 1 => Just(Step::Undo), 1 => (0i64..15).prop_map(Step::UndoEarlier)],
        20..45,
    );
    for_any_steps(8, steps, async |house, steps| {
        let scene = scene(house).await;
        let desk = desk_at(house, 0).await;
        let done = take_all(&desk, &scene, steps).await?;
        prop_assert!(done.get("done").is_some_and(|count| *count > 3), "hardly anything was done: {:?}", done);
        prop_assert!(verified(&desk).await);
        Ok(())
    });
}

#[test]
fn undoing_everything_within_its_window_returns_the_same_agenda() {
    let steps = prop::collection::vec(prop_oneof![12 => any_step(), 1 => Just(Step::Undo)], 20..45);
    for_any_steps(8, steps, async |house, steps| {
        let scene = scene(house).await;
        let desk = desk_at(house, 0).await;
        let before = everything(&desk, &scene).await;
        take_all(&desk, &scene, steps).await?;
        loop {
            let undone = history::undo(&desk, UndoRequest { sequence: None }).await;
            let Err(refused) = undone else {
                prop_assert_eq!(overlaps(&appointments(&desk).await), Vec::<String>::new());
                continue;
            };
            prop_assert_eq!(refused.code.as_str(), "nothing_to_undo", "the newest change can always be taken back");
            break;
        }
        let after = everything(&desk, &scene).await;
        let names = before.keys().chain(after.keys());
        for name in names {
            prop_assert_eq!(before.get(name), after.get(name), "{}", name);
        }
        prop_assert!(verified(&desk).await);
        Ok(())
    });
}

fn edit() -> impl Strategy<Value = Step> {
    (0usize..12, prop::sample::select(SeriesScope::ALL), -12i64..13, prop::option::of(1i64..4))
        .prop_map(|(pick, scope, quarters, every)| Step::SeriesEdit { pick, scope, by: quarters * 15, every })
}

#[test]
fn a_series_edited_at_random_through_the_commands_stands_where_its_rule_says() {
    let steps = prop::collection::vec(prop_oneof![5 => edit(), 1 => Just(Step::Undo)], 3..12);
    for_any_steps(8, steps, async |house, steps| {
        let desk = desk_at(house, 0).await;
        let own = cast(&desk).await;
        let scene = Scene { practitioners: vec![own.practitioner], types: vec![own.kind], patients: vec![own.patient] };
        let begun = Step::Series { place: 45, unit: SeriesUnit::Weeks, every: 1, more: 0, sessions: 5 };
        assert_eq!(scene.take(&desk, &begun).await, "done");
        let first = everything(&desk, &scene).await;
        // Undo takes edits back and never the series itself.
        let mut depth = 0;
        for step in steps {
            if *step == Step::Undo && depth == 0 {
                continue;
            }
            let code = scene.take(&desk, step).await;
            prop_assert!(!is_breakage(&code), "{step:?}: {code}");
            match (step, code.as_str()) {
                (Step::Undo, "done") => depth -= 1,
                (_, "done") => depth += 1,
                _ => {}
            }
            let all = appointments(&desk).await;
            prop_assert_eq!(all.len(), 5, "none lost, none made");
            for one in &all {
                let view =
                    series::show_series(&desk, SeriesRequest { appointment_id: one.id }).await.expect("a series");
                let rule = SeriesRule {
                    unit: view.rule.unit,
                    at_least: view.rule.at_least,
                    at_most: view.rule.at_most,
                    sessions: view.rule.sessions,
                    first: view.sessions[0].planned.minutes(),
                };
                prop_assert_eq!(view.sessions.len(), usize::try_from(rule.sessions).expect("few"));
                for session in &view.sessions {
                    let afresh = rule.window(session.number, rule.first).target;
                    prop_assert_eq!(session.planned.minutes(), afresh, "session {} after {:?}", session.number, step);
                    let stands = session.appointment.starts == Some(session.planned);
                    prop_assert_eq!(stands, !session.exception, "only an exception stands elsewhere");
                }
            }
        }
        for _ in 0..depth {
            history::undo(&desk, UndoRequest { sequence: None }).await.expect("taken back");
        }
        prop_assert_eq!(first, everything(&desk, &scene).await);
        Ok(())
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn of_500_random_bookings_by_two_desks_at_once_none_is_lost_and_none_doubled() {
    let house = House::new().await;
    let desks = [house.desk().await, house.desk().await];
    let own = Arc::new(cast(&desks[0]).await);
    // A fixed seed, so that a failure comes back; 250 places of 20 minutes for 500 bookings, so that half of them meet.
    let mut seed = 0x5eed_2026_u64;
    let mut dice = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 33) % 250).expect("small")
    };
    let mut tasks = Vec::new();
    for number in 0..500 {
        let (place, desk, own) = (dice(), desks[number % 2].clone(), own.clone());
        let starts = at("2026-11-23T09:00").plus_minutes((place / 25) * 1440 + (place % 25) * 20);
        tasks.push(tokio::spawn(async move { (starts, book(&desk, &own, starts, false).await) }));
    }
    let mut acknowledged = BTreeMap::new();
    let mut asked = std::collections::BTreeSet::new();
    let mut refused = 0;
    for task in tasks {
        let (starts, outcome) = task.await.expect("no panic");
        asked.insert(starts);
        match outcome {
            Ok(done) => {
                let twice = acknowledged.insert(done.appointment.id.to_string(), starts);
                assert!(twice.is_none(), "two bookings under one identifier");
            }
            Err(refusal) => {
                assert_eq!(refusal.code, "slot_taken");
                refused += 1;
            }
        }
    }
    assert_eq!(acknowledged.len() + refused, 500);
    assert_eq!(acknowledged.len(), asked.len(), "each place that was asked for has exactly one winner");
    for desk in &desks {
        let there: BTreeMap<String, _> =
            appointments(desk).await.into_iter().map(|one| (one.id.to_string(), one.starts.expect("timed"))).collect();
        assert_eq!(there, acknowledged, "what was acknowledged is there, and nothing else");
        assert!(verified(desk).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_keep_their_time_on_the_wall_through_the_commands_whatever_the_clocks_do() {
    let house = House::new().await;
    let desk = house.desk().await;
    let own = cast(&desk).await;
    // The weekdays around both changes of 2027, Easter Monday and All Saints left out: both are holidays.
    for (before, after) in [("2027-03-26", "2027-03-30"), ("2027-10-29", "2027-11-02")] {
        let mut times = Vec::new();
        for day in [before, after] {
            let slots = agenda::find_slots(&desk, crate::types::search(own.kind, day, 1)).await.expect("slots").slots;
            times.push(slots.iter().map(|slot| slot.starts.time_of_day_minutes()).collect::<Vec<_>>());
            let opening = at(&format!("{day}T09:00"));
            let booked = book(&desk, &own, opening, false).await.expect("booked");
            assert_eq!(booked.appointment.starts, Some(opening));
            assert!(!booked.warnings.contains(&"outside_hours".to_owned()), "{day}: {:?}", booked.warnings);
        }
        assert!(times[0].first() == Some(&540) && times[0].len() > 20);
        assert_eq!(times[0], times[1], "{before} and {after}");
    }
}
