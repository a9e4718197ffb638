//! The sync against a real portal: what was signed leaves, nothing else does, and what patients do there comes into the agenda.

use std::io::Write;
use std::net::TcpListener;

use semainier_app::commands::agenda::wire::CancelAppointmentRequest;
use semainier_app::commands::sync::wire::{
    LookAtPortalRequest, PreviewSyncRequest, SetSyncSecretRequest, SignInstructionRequest,
};
use semainier_app::commands::{CommandError, agenda, sync};

use crate::house::{House, at, book, code, status, verified};
use crate::portal_server::{PortalServer, Visitor};
use crate::sync_scene::{on, run, scene, state};
use crate::tiny_server::{Tiny, answer};

const MARTIN: [(&str, &str); 3] = [("whom", "me"), ("surname", "Martin"), ("first_name", "Léa")];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_leaves_a_booking_comes_in_and_both_sides_end_equal() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let before = book(&scene.desk, &scene.cast, on(0, "09:30"), false).await.expect("booked").appointment;
    assert_eq!(state(&scene.desk).await.state, "off");
    assert_eq!(state(&scene.desk).await.queued, 0, "without an instruction nothing is even marked");
    let preview =
        sync::preview_sync(&scene.desk, PreviewSyncRequest { terms: None, limit: None }).await.expect("shown");
    assert_eq!((preview.schedules, preview.appointments, preview.persons), (1, 1, 1));
    assert!(preview.slots > 100 && preview.payloads.iter().any(|line| line.contains("DUPONT")), "{preview:?}");
    assert!(server.held(&scene.tenant).is_empty(), "a preview sends nothing");
    scene.sign(&server).await;
    let waiting = state(&scene.desk).await;
    assert_eq!((waiting.state.as_str(), waiting.queued > 0), ("waiting", true));
    let done = run(&scene.desk).await.expect("it runs");
    assert_eq!((done.state.state.as_str(), done.state.queued, done.refused), ("idle", 0, 0));
    let there = server.appointments(&scene.tenant);
    assert_eq!(there.len(), 1, "{there:?}");
    assert_eq!(there[0]["identifier"][0]["value"], format!("urn:uuid:{}", before.id));
    let free = server.free_slots(&scene.tenant);
    assert!(free.len() > 100, "{}", free.len());
    // A patient books the first free time on the portal's pages.
    let schedule = scene.schedule(&server);
    let kind = scene.cast.kind.to_string();
    let patient = tokio::task::block_in_place(|| {
        let visitor = Visitor::new(&server, &scene.tenant, "+33612345678");
        visitor.book(&schedule, &kind, 3, &MARTIN)
    });
    let done = run(&scene.desk).await.expect("it runs");
    assert_eq!((done.received, done.clashes), (1, 0));
    let id = patient.id.parse().expect("an id");
    assert_eq!(status(&scene.desk, id).await, "booked");
    let again = run(&scene.desk).await.expect("it runs");
    assert_eq!((again.sent, again.received), (0, 0), "both sides are equal");
    assert_eq!(code(book(&scene.desk, &scene.cast, at("2026-01-01T00:00"), false).await), "done");
    assert!(verified(&scene.desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_frees_a_time_leaves_after_the_undo_window() {
    let Some(server) = PortalServer::new() else { return };
    let mut scene = scene(&server).await;
    let booked = book(&scene.desk, &scene.cast, on(0, "09:30"), false).await.expect("booked").appointment;
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    let free = server.free_slots(&scene.tenant).len();
    let cancel = CancelAppointmentRequest { id: booked.id, by: "patient".to_owned(), reason: String::new() };
    agenda::cancel_appointment(&scene.desk, cancel).await.expect("cancelled");
    run(&scene.desk).await.expect("it runs");
    assert_eq!(server.appointments(&scene.tenant)[0]["status"], "booked", "it can still be undone");
    assert_eq!(server.free_slots(&scene.tenant).len(), free);
    scene.later(90).await;
    run(&scene.desk).await.expect("it runs");
    assert_eq!(server.appointments(&scene.tenant)[0]["status"], "cancelled");
    assert!(server.free_slots(&scene.tenant).len() > free, "the time is shown again");
    assert_eq!(state(&scene.desk).await.state, "idle");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_signed_unseen_or_for_another_key() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let terms = scene.terms().await;
    let unseen = SignInstructionRequest { previewed: false, ..scene.request(&server, terms.clone()).await };
    assert_eq!(code(sync::sign_sync_instruction(&scene.desk, unseen).await), "preview_needed");
    let other = SignInstructionRequest { key: "AAAA".to_owned(), ..scene.request(&server, terms.clone()).await };
    assert_eq!(code(sync::sign_sync_instruction(&scene.desk, other).await), "portal_other_key");
    let wrong = scene.request(&server, terms.clone()).await;
    let wrong = SignInstructionRequest { client_secret: Some("not the secret".to_owned()), ..wrong };
    assert_eq!(code(sync::sign_sync_instruction(&scene.desk, wrong).await), "portal_unknown_client");
    assert_eq!(code(run(&scene.desk).await), "not_set_up");
    assert_eq!(state(&scene.desk).await.state, "off");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_takes_no_good_ones_place() {
    let Some(server) = PortalServer::new() else { return };
    let mut scene = scene(&server).await;
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    let wrong = || "not the secret".to_owned();
    let refused = |refusal: CommandError| (refusal.code, refusal.field.unwrap_or_default());
    let beside = ("portal_unknown_client".to_owned(), "client_secret".to_owned());
    let again = scene.request(&server, scene.terms().await).await;
    let again = SignInstructionRequest { client_secret: Some(wrong()), ..again };
    assert_eq!(sync::sign_sync_instruction(&scene.desk, again).await.map_err(refused).err(), Some(beside.clone()));
    let set = |client_secret| SetSyncSecretRequest { client_id: scene.tenant.client_id.clone(), client_secret };
    assert_eq!(sync::set_sync_secret(&scene.desk, set(wrong())).await.map_err(refused).err(), Some(beside));
    // Somebody who opens the practice anew has only what is kept.
    scene.later(60).await;
    run(&scene.desk).await.expect("it still runs");
    assert_eq!(state(&scene.desk).await.state, "idle");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_cannot_be_tried_is_kept_and_tried_later() {
    let Some(mut server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    server.stop();
    let (client_id, client_secret) = (scene.tenant.client_id.clone(), scene.tenant.client_secret.clone());
    sync::set_sync_secret(&scene.desk, SetSyncSecretRequest { client_id, client_secret }).await.expect("kept");
    assert_eq!(code(run(&scene.desk).await), "portal_unreachable");
    server.start();
    run(&scene.desk).await.expect("it runs again");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_no_portals_is_refused_beside_it() {
    let house = House::new().await;
    let desk = house.desk().await;
    let site = Tiny::serve(|_, stream| {
        let _ = stream.write_all(&answer(404, &[("content-type", "text/html")], "<h1>Nothing here</h1>"));
    });
    let statement = r#"{"resourceType":"CapabilityStatement","status":"active","fhirVersion":"4.0.1"}"#;
    let plain = Tiny::serve(move |asked, stream| {
        let found = asked.path() == "/r4/metadata";
        let (status, body) = if found { (200, statement) } else { (404, "") };
        let _ = stream.write_all(&answer(status, &[("content-type", "application/fhir+json")], body));
    });
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
    let look = async |address: String| {
        let seen = sync::look_at_portal(&desk, LookAtPortalRequest { address, authority: String::new() }).await;
        seen.map(|seen| seen.kind).map_err(|refusal| (refusal.code, refusal.field.unwrap_or_default()))
    };
    let refused = |code: &str| Err((code.to_owned(), "address".to_owned()));
    assert_eq!(look(site.address()).await, refused("portal_not_found"));
    assert_eq!(look(format!("http://127.0.0.1:{nobody}")).await, refused("portal_unreachable"));
    assert_eq!(look("http://rdv.example.org".to_owned()).await, refused("not_encrypted"));
    assert_eq!(look("le portail".to_owned()).await, refused("bad_address"));
    assert_eq!(look("https://".to_owned() + &"a".repeat(100_000)).await, refused("bad_address"));
    assert_eq!(look(format!("{}/r4", plain.address())).await, Ok("fhir".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_free_times_do_not_hide_the_persons_of_a_preview() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    for start in ["09:00", "09:30", "10:00"] {
        book(&scene.desk, &scene.cast, on(0, start), false).await.expect("booked");
    }
    let request = PreviewSyncRequest { terms: Some(scene.terms().await), limit: Some(2) };
    let shown = sync::preview_sync(&scene.desk, request).await.expect("shown");
    let of = |kind: &str| {
        let kind = format!("\"resourceType\":\"{kind}\"");
        shown.payloads.iter().filter(|one| one.get(..60).unwrap_or(one).contains(&kind)).count()
    };
    assert_eq!((of("Appointment"), of("Slot"), of("Schedule")), (2, 2, 1), "{:?}", shown.payloads);
    assert!(shown.slots > 100 && shown.appointments == 3, "{} {}", shown.slots, shown.appointments);
}
