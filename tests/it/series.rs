//! Series, the waiting list and missed appointments through the one door.

use domain::agenda::series::{SeriesScope, SeriesUnit};
use domain::agenda::waiting_list::OfferOutcome;
use domain::id::AppointmentId;
use semainier_app::commands::agenda::wire::{AppointmentRequest, CancelAppointmentRequest};
use semainier_app::commands::attendance::wire::AttendanceRuleView;
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::patient::wire::{PatientRequest, SearchPatientsRequest};
use semainier_app::commands::practice::wire::{AddAbsenceRequest, SaveTypeRequest};
use semainier_app::commands::series::wire::{
    BookRowRequest, BookSeriesRequest, CancelSeriesRequest, ChangeSeriesRequest, FindRowsRequest, RowLink,
    SeriesChange, SeriesPlan, SeriesPreviewView, SeriesRequest, SeriesRuleView, SessionChoice,
};
use semainier_app::commands::waiting_list::wire::{
    AddToWaitingListRequest, FindWaitingRequest, ListWaitingRequest, RecordOfferRequest, WishView,
};
use semainier_app::commands::{Desk, agenda, attendance, history, patient, practice, series, waiting_list};

use crate::house::{Cast, House, add_patient, at, book, cast, code, status, verified};
use crate::types::{add_practitioner, add_type, echograph, plain};

fn weekly(cast: &Cast, first: &str, sessions: i64) -> SeriesPlan {
    SeriesPlan {
        appointment_id: None,
        practitioner_id: cast.practitioner,
        patient_id: cast.patient,
        type_id: cast.kind,
        minutes: None,
        first: at(first),
        rule: SeriesRuleView { unit: SeriesUnit::Weeks, at_least: 1, at_most: 1, sessions },
    }
}

/// Every session as it is proposed.
pub fn choices(preview: &SeriesPreviewView) -> Vec<SessionChoice> {
    let line = |one: &semainier_app::commands::series::wire::PlannedSessionView| SessionChoice {
        number: one.number,
        planned: one.planned,
        starts: one.starts.filter(|_| one.kept.is_none()),
    };
    preview.sessions.iter().map(line).collect()
}

async fn booked(desk: &Desk, plan: SeriesPlan) -> Vec<AppointmentId> {
    let preview = series::preview_series(desk, plan.clone()).await.expect("a preview");
    let request = BookSeriesRequest {
        plan,
        sessions: choices(&preview),
        origin: "desk".into(),
        note: String::new(),
        never_sync: false,
    };
    let view = series::book_series(desk, request).await.expect("booked");
    view.appointments.iter().map(|a| a.id).collect()
}

async fn starts(desk: &Desk, id: AppointmentId) -> String {
    let detail = agenda::show_appointment(desk, AppointmentRequest { id }).await.expect("there");
    detail.appointment.starts.map_or_else(String::new, |at| at.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clash_is_previewed_with_the_next_best_and_undo_takes_the_whole_series_back() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    book(&desk, &cast, at("2026-12-01T10:00"), false).await.expect("in the way");
    let plan = weekly(&cast, "2026-11-24T10:00", 4);
    let preview = series::preview_series(&desk, plan.clone()).await.expect("a preview");
    assert!(preview.sessions[1].clashes.contains(&"slot_taken".to_owned()));
    assert_eq!(preview.sessions[1].proposals.len(), 3);
    assert!(preview.sessions[0].clashes.is_empty() && preview.sessions[2].clashes.is_empty());
    let ids = booked(&desk, plan).await;
    assert_eq!(ids.len(), 4);
    assert_eq!(starts(&desk, ids[3]).await, "2026-12-15T10:00");
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("undone");
    for id in &ids {
        assert_eq!(status(&desk, *id).await, "deleted");
    }
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_following_move_by_one_interval_an_exception_stays_and_undo_puts_all_back() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let ids = booked(&desk, weekly(&cast, "2026-11-24T10:00", 5)).await;
    let change = |id, scope, to: &str| SeriesChange {
        appointment_id: id,
        scope,
        starts: at(to),
        practitioner_id: None,
        type_id: None,
        minutes: None,
        rule: None,
    };
    let apply = async |change: SeriesChange| {
        let preview = series::preview_series_change(&desk, change.clone()).await.expect("a preview");
        series::change_series(&desk, ChangeSeriesRequest { change, sessions: choices(&preview) })
            .await
            .expect("changed")
    };
    apply(change(ids[3], SeriesScope::One, "2026-12-16T15:00")).await;
    // Onto the place of the next: each leaves before another comes.
    let done = apply(change(ids[1], SeriesScope::Following, "2026-12-08T10:00")).await;
    let now = [starts(&desk, ids[0]).await, starts(&desk, ids[1]).await, starts(&desk, ids[2]).await];
    assert_eq!(now, ["2026-11-24T10:00", "2026-12-08T10:00", "2026-12-15T10:00"]);
    assert_eq!(starts(&desk, ids[3]).await, "2026-12-16T15:00", "an exception stays");
    let view = series::show_series(&desk, SeriesRequest { appointment_id: ids[1] }).await.expect("a series");
    assert_eq!((view.number, view.sessions.len()), (1, 4));
    history::undo(&desk, UndoRequest { sequence: Some(done.sequence) }).await.expect("undone");
    assert_eq!(starts(&desk, ids[1]).await, "2026-12-01T10:00");
    assert_eq!(starts(&desk, ids[4]).await, "2026-12-22T10:00");
    let view = series::show_series(&desk, SeriesRequest { appointment_id: ids[1] }).await.expect("a series");
    assert_eq!((view.number, view.sessions.len()), (2, 5));
    let cancel = CancelSeriesRequest {
        appointment_id: ids[2],
        scope: SeriesScope::Following,
        by: "patient".into(),
        reason: String::new(),
    };
    assert_eq!(series::cancel_series(&desk, cancel).await.expect("cancelled").appointments.len(), 3);
    assert_eq!(status(&desk, ids[1]).await, "booked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_takes_its_resource_along_and_may_move_over_its_own_places() {
    let house = House::new().await;
    let desk = house.desk().await;
    let own = cast(&desk).await;
    let (kind, echo) = echograph(&desk).await;
    let exam = add_type(&desk, SaveTypeRequest { resource_kinds: vec![kind], ..plain("Écho", 30) }).await;
    let own = Cast { kind: exam, ..own };
    let ids = booked(&desk, weekly(&own, "2026-11-24T10:00", 3)).await;
    let detail = agenda::show_appointment(&desk, AppointmentRequest { id: ids[1] }).await.expect("there");
    assert_eq!(detail.appointment.resources, [echo]);
    // Somebody else's series needs the same echograph: with another practitioner the time is free, the echograph is not.
    let colleague = add_practitioner(&desk, "Dr Autre").await;
    let patient = add_patient(&desk, "MARTIN", "Paul", "1970-01-01").await;
    let other = Cast { practitioner: colleague, patient, kind: exam };
    let preview = series::preview_series(&desk, weekly(&other, "2026-11-24T10:15", 3)).await.expect("a preview");
    assert!(preview.sessions.iter().all(|one| one.clashes.contains(&"resource_taken".to_owned())));
    // Its own echograph and its own time are in nobody's way.
    let change = SeriesChange {
        appointment_id: ids[0],
        scope: SeriesScope::All,
        starts: at("2026-11-24T10:15"),
        practitioner_id: None,
        type_id: None,
        minutes: None,
        rule: None,
    };
    let preview = series::preview_series_change(&desk, change.clone()).await.expect("a preview");
    assert!(preview.sessions.iter().all(|one| one.clashes.is_empty()), "{:?}", preview.sessions);
    let request = ChangeSeriesRequest { change, sessions: choices(&preview) };
    series::change_series(&desk, request).await.expect("changed");
    assert_eq!(starts(&desk, ids[2]).await, "2026-12-08T10:15");
    let detail = agenda::show_appointment(&desk, AppointmentRequest { id: ids[2] }).await.expect("there");
    assert_eq!(detail.appointment.resources, [echo]);
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("undone");
    assert_eq!(starts(&desk, ids[2]).await, "2026-12-08T10:00");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_sessions_are_proposed_the_same_place() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let absence = AddAbsenceRequest {
        practitioner_id: cast.practitioner,
        starts: "2026-11-25T00:00".to_owned(),
        ends: "2026-11-27T00:00".to_owned(),
        label: "Congrès".to_owned(),
    };
    practice::add_absence(&desk, absence).await.expect("an absence");
    let mut plan = weekly(&cast, "2026-11-24T10:00", 4);
    plan.rule.unit = SeriesUnit::Days;
    let preview = series::preview_series(&desk, plan.clone()).await.expect("a preview");
    let mut places: Vec<_> = preview.sessions.iter().filter_map(|one| one.starts).collect();
    assert!(preview.sessions[1].clashes.contains(&"during_absence".to_owned()));
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), preview.sessions.iter().filter(|one| one.starts.is_some()).count());
    assert_eq!(booked(&desk, plan).await.len(), places.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_and_four_clashing_sessions_are_previewed_with_their_next_best() {
    use semainier_app::store;

    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let first = book(&desk, &cast, at("2026-11-24T09:00"), false).await.expect("booked").appointment;
    let mut tx = desk.store().write().await.expect("a transaction");
    let like = store::agenda::appointment(&mut tx, first.id).await.expect("read").expect("there");
    // Two years of Tuesdays, full until the afternoon: what is near is looked for in what is left of them and around.
    for week in 0..104 {
        for place in i64::from(week == 0)..21 {
            let starts = at("2026-11-24T09:00").minutes() + week * 7 * 1440 + place * 20;
            let mut row = like.clone();
            row.id = domain::id::AppointmentId::new(desk.make_id());
            row.code = format!("!{:06}", week * 100 + place);
            (row.starts, row.day, row.revision) = (Some(starts), starts.div_euclid(1440), 1);
            store::agenda::insert(&mut tx, &row).await.expect("inserted");
        }
    }
    tx.commit().await.expect("committed");
    let preview = series::preview_series(&desk, weekly(&cast, "2026-11-24T10:00", 104)).await.expect("a preview");
    assert_eq!(preview.sessions.len(), 104);
    for session in &preview.sessions {
        // A holiday clashes as well: nothing is open on its own day.
        assert!(!session.clashes.is_empty(), "session {}", session.number);
        assert_eq!(session.proposals.len(), 3, "session {}", session.number);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_found_booked_whole_and_taken_back_whole() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let child = add_patient(&desk, "DUPONT", "Léo", "2018-03-04").await;
    let colleague = add_practitioner(&desk, "Dr Autre").await;
    book(&desk, &cast, at("2026-11-24T09:00"), false).await.expect("in the way");
    let link =
        |patient_id, practitioner_id| RowLink { patient_id, practitioner_id, type_id: cast.kind, minutes: Some(20) };
    let search = |links: Vec<RowLink>| FindRowsRequest {
        links,
        from: "2026-11-24".to_owned(),
        days: 1,
        part: "morning".to_owned(),
        pause: 30,
        count: 3,
    };
    let family = vec![link(cast.patient, cast.practitioner), link(child, cast.practitioner)];
    let rows = series::find_rows(&desk, search(family.clone())).await.expect("rows").rows;
    let first = rows.first().expect("a row");
    assert_eq!(first.starts[1], first.starts[0].plus_minutes(20), "the child follows at once");
    assert!(first.starts[0] > at("2026-11-24T09:00"));
    let row =
        |links, starts| BookRowRequest { links, starts, origin: "desk".into(), note: String::new(), never_sync: false };
    let backwards = vec![first.starts[1], first.starts[0]];
    assert_eq!(code(series::book_row(&desk, row(family.clone(), backwards)).await), "not_in_a_row");
    let done = series::book_row(&desk, row(family.clone(), first.starts.clone())).await.expect("booked");
    assert_eq!(done.appointments.len(), 2);
    assert_eq!(code(series::book_row(&desk, row(family, first.starts.clone())).await), "slot_taken");
    history::undo(&desk, UndoRequest { sequence: Some(done.sequence) }).await.expect("undone");
    for one in &done.appointments {
        assert_eq!(status(&desk, one.id).await, "deleted");
    }
    // One person with two practitioners: never at both at once.
    let both = vec![link(child, cast.practitioner), link(child, colleague)];
    let rows = series::find_rows(&desk, search(both.clone())).await.expect("rows").rows;
    let first = rows.first().expect("a row");
    assert!(first.starts[1] >= first.starts[0].plus_minutes(20));
    series::book_row(&desk, row(both, first.starts.clone())).await.expect("booked");
    assert!(verified(&desk).await);
}

fn any_time(urgency: &str) -> WishView {
    WishView {
        practitioners: vec![],
        weekdays: vec![],
        from: String::new(),
        until: String::new(),
        from_minute: 0,
        to_minute: 1440,
        urgency: urgency.to_owned(),
        note: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_freed_slot_is_offered_to_urgent_first() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let slot = book(&desk, &cast, at("2026-11-24T10:00"), false).await.expect("booked").appointment;
    for (name, urgency) in [("ANCIEN", "normal"), ("PRESSE", "urgent")] {
        let patient = add_patient(&desk, name, "Anne", "1980-01-01").await;
        let request = AddToWaitingListRequest {
            patient_id: Some(patient),
            appointment_id: None,
            type_id: Some(cast.kind),
            wish: any_time(urgency),
        };
        waiting_list::add_to_waiting_list(&desk, request).await.expect("on the list");
    }
    let cancel = CancelAppointmentRequest { id: slot.id, by: "patient".into(), reason: String::new() };
    agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    let find = FindWaitingRequest {
        practitioner_id: cast.practitioner,
        from: at("2026-11-24T10:00"),
        to: at("2026-11-24T10:20"),
        limit: 10,
    };
    let people = waiting_list::find_waiting(&desk, find.clone()).await.expect("people").people;
    let names: Vec<&str> = people.iter().map(|one| one.entry.patient.as_str()).collect();
    assert_eq!(names, ["PRESSE Anne", "ANCIEN Anne"]);
    let offer = |id, outcome| RecordOfferRequest {
        id,
        practitioner_id: cast.practitioner,
        starts: at("2026-11-24T10:00"),
        outcome,
    };
    waiting_list::record_offer(&desk, offer(people[0].entry.id, OfferOutcome::Refused)).await.expect("noted");
    let left = waiting_list::find_waiting(&desk, find).await.expect("people").people;
    assert_eq!(left.len(), 1, "who declined it is not asked again");
    let done = waiting_list::record_offer(&desk, offer(left[0].entry.id, OfferOutcome::Accepted)).await.expect("taken");
    let id = done.appointment.expect("booked").appointment.id;
    let list = async || waiting_list::list_waiting(&desk, ListWaitingRequest { left: false }).await.expect("a list");
    assert_eq!(list().await.entries.len(), 1);
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("undone");
    assert_eq!((status(&desk, id).await.as_str(), list().await.entries.len()), ("deleted", 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn missed_appointments_are_shown_from_as_many_on_as_the_practice_says_and_refuse_nothing() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let rule =
        |show_from, late_hours| AttendanceRuleView { show_from, months: 12, late_hours, sentence: "Rappeler.".into() };
    attendance::save_attendance_rule(&desk, rule(1, 72)).await.expect("saved");
    let id = book(&desk, &cast, at("2026-11-24T10:00"), false).await.expect("booked").appointment.id;
    let cancel = CancelAppointmentRequest { id, by: "patient".into(), reason: String::new() };
    agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    let search = SearchPatientsRequest { text: "dupont".into(), limit: 5 };
    let found = patient::search_patients(&desk, search.clone()).await.expect("found").matches;
    assert_eq!((found[0].no_shows, found[0].late_cancellations), (0, 1));
    assert_eq!(found[0].attendance_sentence, "Rappeler.");
    let file = patient::show_patient(&desk, PatientRequest { id: cast.patient }).await.expect("a file");
    assert_eq!((file.no_shows, file.late_cancellations, file.attendance_sentence.as_str()), (0, 1, "Rappeler."));
    attendance::save_attendance_rule(&desk, rule(2, 72)).await.expect("saved");
    let found = patient::search_patients(&desk, search).await.expect("found").matches;
    assert_eq!((found[0].late_cancellations, found[0].attendance_sentence.as_str()), (0, ""));
    assert_eq!(code(attendance::save_attendance_rule(&desk, rule(0, 24)).await), "out_of_range");
    assert_eq!(code(book(&desk, &cast, at("2026-11-24T10:00"), false).await), "done");
}
