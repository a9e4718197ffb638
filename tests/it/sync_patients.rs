//! What patients do at a real portal, and what becomes of it in the agenda.

use chrono::{DateTime, Utc};
use domain::id::AppointmentId;
use domain::time::{WallTime, wall};
use semainier_app::commands::agenda;
use semainier_app::commands::agenda::wire::{AppointmentRequest, BookAppointmentRequest};
use semainier_app::commands::practice::wire::SaveTypeRequest;
use semainier_app::commands::requests::wire::{DataRequestRequest, ListRequestsRequest, RefuseRequestRequest};
use semainier_app::commands::sync::wire::{PortalNoticesView, SyncAppointmentRequest};
use semainier_app::commands::waiting_list::wire::{ListWaitingRequest, WaitingEntryRequest};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, practice, requests, sync, waiting_list};

use crate::house::{add_patient, known, status, verified};
use crate::portal_server::{Booking, PortalServer, Visitor};
use crate::sync_scene::{Scene, run, scene, state};

const MARTIN: [(&str, &str); 3] = [("whom", "me"), ("surname", "Martin"), ("first_name", "Léa")];
const PHONE: &str = "+33612345678";

fn aside<T>(work: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(work)
}

fn id(booking: &Booking) -> AppointmentId {
    booking.id.parse().expect("an id")
}

async fn notices(desk: &Desk) -> PortalNoticesView {
    sync::list_portal_notices(desk, NothingRequest {}).await.expect("listed")
}

/// The wall times at which something is free at the portal, in order.
fn free(server: &PortalServer, scene: &Scene) -> Vec<WallTime> {
    let zone = "Europe/Paris".parse().expect("a zone");
    let mut all: Vec<WallTime> = aside(|| server.free_slots(&scene.tenant))
        .iter()
        .map(|slot| slot["start"].as_str().expect("a start").parse::<DateTime<Utc>>().expect("an instant"))
        .map(|at| wall(at, &zone))
        .collect();
    all.sort_unstable();
    all
}

/// Books in the agenda, without the portal knowing.
async fn book_here(scene: &Scene, starts: WallTime) -> AppointmentId {
    let request = BookAppointmentRequest {
        practitioner_id: scene.cast.practitioner,
        patient_id: Some(scene.cast.patient),
        type_id: scene.cast.kind,
        starts,
        minutes: None,
        origin: "phone".to_owned(),
        overbook: false,
        note: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        never_sync: false,
    };
    agenda::book_appointment(&scene.desk, request).await.expect("booked").appointment.id
}

async fn starts(desk: &Desk, id: AppointmentId) -> Option<WallTime> {
    agenda::show_appointment(desk, AppointmentRequest { id }).await.expect("the appointment").appointment.starts
}

/// What the portal says of an appointment.
fn there(server: &PortalServer, scene: &Scene, id: AppointmentId) -> serde_json::Value {
    let name = format!("urn:uuid:{id}");
    let all = aside(|| server.appointments(&scene.tenant));
    all.into_iter().find(|one| one["identifier"][0]["value"] == name.as_str()).expect("it is there")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clash_is_won_by_the_agenda_and_the_person_is_told_with_other_times() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    let schedule = aside(|| scene.schedule(&server));
    let first = free(&server, &scene)[0];
    // Both sides give the same time away before they hear of one another.
    let ours = book_here(&scene, first).await;
    let kind = scene.cast.kind.to_string();
    let theirs = aside(|| Visitor::new(&server, &scene.tenant, PHONE).book(&schedule, &kind, 0, &MARTIN));
    let done = run(&scene.desk).await.expect("it runs");
    assert_eq!(done.clashes, 1, "{done:?}");
    assert_eq!(status(&scene.desk, ours).await, "booked");
    assert_eq!(status(&scene.desk, id(&theirs)).await, "cancelled");
    assert_eq!(there(&server, &scene, ours)["status"], "booked");
    let lost = there(&server, &scene, id(&theirs));
    assert_eq!(
        (lost["status"].as_str(), lost["cancelationReason"]["coding"][0]["code"].as_str()),
        (Some("cancelled"), Some("prov"))
    );
    let seen = notices(&scene.desk).await.notices;
    assert!(seen.iter().any(|one| one.kind == "clash" && !one.seen && one.patient == "MARTIN Léa"), "{seen:?}");
    assert_eq!((state(&scene.desk).await.clashes, state(&scene.desk).await.state), (1, "idle".to_owned()));
    assert!(verified(&scene.desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_moves_confirms_and_cancels() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    let (schedule, kind) = (aside(|| scene.schedule(&server)), scene.cast.kind.to_string());
    let visitor = Visitor::new(&server, &scene.tenant, PHONE);
    let booking = aside(|| visitor.book(&schedule, &kind, 2, &MARTIN));
    run(&scene.desk).await.expect("it runs");
    let at = starts(&scene.desk, id(&booking)).await;
    aside(|| visitor.relocate(&booking, 6));
    run(&scene.desk).await.expect("it runs");
    let moved = starts(&scene.desk, id(&booking)).await;
    assert_ne!(moved, at);
    aside(|| visitor.act(&booking, "confirm"));
    run(&scene.desk).await.expect("it runs");
    assert_eq!(status(&scene.desk, id(&booking)).await, "confirmed");
    aside(|| visitor.act(&booking, "cancel"));
    run(&scene.desk).await.expect("it runs");
    assert_eq!(status(&scene.desk, id(&booking)).await, "cancelled");
    let kinds: Vec<String> = notices(&scene.desk).await.notices.into_iter().rev().map(|one| one.kind).collect();
    assert_eq!(kinds, ["new_person", "booked", "moved", "confirmed", "cancelled"]);
    let again = run(&scene.desk).await.expect("it runs");
    assert_eq!((again.sent, again.received), (0, 0));
    assert!(free(&server, &scene).contains(&moved.expect("a time")), "the time is free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_needs_agreement_waits_for_it() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let one = known(&scene.desk).await.types.into_iter().find(|one| one.id == scene.cast.kind).expect("the type");
    let request = SaveTypeRequest {
        id: Some(one.id),
        name: one.name,
        short_name: one.short_name,
        minutes: one.minutes,
        colour: one.colour,
        active: true,
        buffer_minutes: 0,
        online: true,
        needs_approval: true,
        instructions: String::new(),
        price_cents: None,
        provider_time: String::new(),
        practitioners: Vec::new(),
        sites: Vec::new(),
        resource_kinds: Vec::new(),
    };
    practice::save_type(&scene.desk, request).await.expect("saved");
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    let (schedule, kind) = (aside(|| scene.schedule(&server)), scene.cast.kind.to_string());
    let visitor = Visitor::new(&server, &scene.tenant, PHONE);
    let (one, other) =
        aside(|| (visitor.book(&schedule, &kind, 0, &MARTIN), visitor.book(&schedule, &kind, 4, &MARTIN)));
    run(&scene.desk).await.expect("it runs");
    assert_eq!(status(&scene.desk, id(&one)).await, "requested");
    assert_eq!(state(&scene.desk).await.requests, 2);
    sync::accept_portal_request(&scene.desk, SyncAppointmentRequest { id: id(&one) }).await.expect("accepted");
    sync::decline_portal_request(&scene.desk, SyncAppointmentRequest { id: id(&other) }).await.expect("declined");
    assert_eq!(state(&scene.desk).await.requests, 0);
    let mut scene = scene;
    scene.later(90).await;
    run(&scene.desk).await.expect("it runs");
    assert_eq!(there(&server, &scene, id(&one))["status"], "booked");
    assert_eq!(there(&server, &scene, id(&other))["status"], "cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_known_for_certain_is_attached_and_nobody_doubtful_is() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    // The same name and phone as somebody here; then the same name with another phone.
    let lea = add_patient(&scene.desk, "MARTIN", "Léa", "").await;
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    let (schedule, kind) = (aside(|| scene.schedule(&server)), scene.cast.kind.to_string());
    let (sure, doubtful) = aside(|| {
        let own = Visitor::new(&server, &scene.tenant, "+33611223344").book(&schedule, &kind, 0, &MARTIN);
        (own, Visitor::new(&server, &scene.tenant, PHONE).book(&schedule, &kind, 3, &MARTIN))
    });
    run(&scene.desk).await.expect("it runs");
    let found = agenda::show_appointment(&scene.desk, AppointmentRequest { id: id(&sure) }).await.expect("it is there");
    assert_eq!(found.appointment.patient_id, Some(lea));
    let other =
        agenda::show_appointment(&scene.desk, AppointmentRequest { id: id(&doubtful) }).await.expect("it is there");
    assert!(other.appointment.patient_id.is_some_and(|one| one != lea));
    assert_eq!(notices(&scene.desk).await.notices.iter().filter(|one| one.kind == "new_person").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_comes_onto_the_waiting_list_and_a_request_into_the_register() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let terms = semainier_app::commands::sync::wire::InstructionTerms { waiting_list: true, ..scene.terms().await };
    let request = scene.request(&server, terms).await;
    sync::sign_sync_instruction(&scene.desk, request).await.expect("signed");
    run(&scene.desk).await.expect("it runs");
    let (schedule, kind) = (aside(|| scene.schedule(&server)), scene.cast.kind.to_string());
    let visitor = Visitor::new(&server, &scene.tenant, PHONE);
    let (from, until) = (crate::sync_scene::day(0).to_string(), crate::sync_scene::day(10).to_string());
    let wish = [
        ("surname", "Martin"),
        ("first_name", "Léa"),
        ("whom", "me"),
        ("type", kind.as_str()),
        ("from", from.as_str()),
        ("until", until.as_str()),
        ("day0", "yes"),
        ("day1", "yes"),
        ("after", "08:00"),
        ("before", "18:00"),
    ];
    let page = aside(|| visitor.wait(&schedule, &kind, &wish));
    let asked = aside(|| visitor.ask("access", "Léa Martin"));
    run(&scene.desk).await.expect("it runs");
    let list = waiting_list::list_waiting(&scene.desk, ListWaitingRequest { left: false }).await.expect("listed");
    assert_eq!(list.entries.len(), 1, "{page}");
    assert_eq!((list.entries[0].patient.as_str(), list.entries[0].from_portal), ("MARTIN Léa", true));
    // Settled here, it is off the list there, and comes back to nobody.
    let off = WaitingEntryRequest { id: list.entries[0].id };
    waiting_list::remove_from_waiting_list(&scene.desk, off).await.expect("removed");
    run(&scene.desk).await.expect("it runs");
    let wishes = aside(|| server.appointments(&scene.tenant));
    assert_eq!(wishes.iter().map(|one| one["status"].as_str()).collect::<Vec<_>>(), [Some("cancelled")]);
    let again = run(&scene.desk).await.expect("it runs");
    assert_eq!((again.sent, again.received), (0, 0));
    let register = requests::list_requests(&scene.desk, ListRequestsRequest { closed: false }).await.expect("listed");
    assert_eq!(register.requests.len(), 1, "{asked}");
    let one = &register.requests[0];
    assert_eq!((one.kind.as_str(), one.name.as_str()), ("access", "Léa Martin"));
    // What the practice answers is told to the portal.
    let shown = requests::show_request(&scene.desk, DataRequestRequest { id: one.id }).await.expect("shown");
    let refuse = RefuseRequestRequest {
        id: one.id,
        revision: shown.line.revision,
        ground: "excessive".to_owned(),
        words: "demande déjà traitée trois fois".to_owned(),
    };
    requests::refuse_request(&scene.desk, refuse).await.expect("refused");
    run(&scene.desk).await.expect("it runs");
    let rights = sync::show_sync(&scene.desk, NothingRequest {}).await.expect("shown").rights;
    assert!(rights.len() == 1 && rights[0].answered_at.is_some(), "{rights:?}");
    // What only some laws know is taken into the register as any other.
    for kind in ["withdrawal", "post_mortem"] {
        let asked = aside(|| visitor.ask(kind, "Léa Martin"));
        run(&scene.desk).await.expect("it runs");
        let register =
            requests::list_requests(&scene.desk, ListRequestsRequest { closed: false }).await.expect("listed");
        assert!(register.requests.iter().any(|one| one.kind == kind && one.name == "Léa Martin"), "{kind}: {asked}");
    }
}
