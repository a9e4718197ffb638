//! What a person may ask of the practice reaches the portal and comes back confirmed; and the end of the contract.

use semainier_app::commands::agenda::wire::AppointmentRequest;
use semainier_app::commands::disclosure::wire::DisclosuresRequest;
use semainier_app::commands::erasure::wire::ErasePersonRequest;
use semainier_app::commands::patient::wire::{PatientFields, PatientRequest, UpdatePatientRequest};
use semainier_app::commands::restriction::wire::RestrictRequest;
use semainier_app::commands::sync::wire::{
    PrintConfirmationRequest, PrintInstructionRequest, ReturnAndDestroyRequest, SetNeverSyncRequest,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{agenda, disclosure, erasure, patient, processor, registers, restriction, sync};

use crate::house::{add_patient, book, code, verified};
use crate::portal_server::PortalServer;
use crate::sync_scene::{Scene, on, run, scene, state};

fn aside<T>(work: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(work)
}

/// A practice with two appointments of one person at the portal.
async fn told(server: &PortalServer) -> Scene {
    let scene = scene(server).await;
    for time in ["09:30", "14:00"] {
        book(&scene.desk, &scene.cast, on(1, time), false).await.expect("booked");
    }
    scene.sign(server).await;
    run(&scene.desk).await.expect("it runs");
    assert_eq!(aside(|| server.appointments(&scene.tenant)).len(), 2);
    scene
}

#[tokio::test(flavor = "multi_thread")]
async fn who_objects_is_erased_there_at_once_and_nothing_more_leaves() {
    let Some(server) = PortalServer::new() else { return };
    let scene = told(&server).await;
    let objection = RestrictRequest {
        patient_id: scene.cast.patient,
        kind: "objection".to_owned(),
        scope: "sync".to_owned(),
        ground: String::new(),
        reason: "ne veut pas du portail".to_owned(),
        since: String::new(),
    };
    let done = restriction::restrict(&scene.desk, objection).await.expect("restricted");
    assert_eq!(done.told, 1);
    let tasks = processor::list_processor_tasks(&scene.desk, NothingRequest {}).await.expect("listed").tasks;
    assert!(tasks[0].confirmed_at.is_some() && tasks[0].words.contains("\"statement\":\"erasure\""), "{tasks:?}");
    assert!(aside(|| server.appointments(&scene.tenant)).is_empty(), "what was there is gone");
    book(&scene.desk, &scene.cast, on(2, "10:00"), false).await.expect("booked");
    run(&scene.desk).await.expect("it runs");
    assert!(aside(|| server.appointments(&scene.tenant)).is_empty(), "nothing more leaves");
    let held: String = aside(|| server.held(&scene.tenant)).iter().map(ToString::to_string).collect();
    assert!(!held.to_lowercase().contains("dupont") && !held.contains("33611223344"));
    let shown = sync::show_sync(&scene.desk, NothingRequest {}).await.expect("shown");
    assert!(shown.confirmations.len() == 1 && shown.confirmations[0].valid);
    assert_eq!(state(&scene.desk).await.state, "idle");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_erased_here_is_erased_there_and_it_is_confirmed_in_writing() {
    let Some(server) = PortalServer::new() else { return };
    let scene = told(&server).await;
    let request = ErasePersonRequest {
        patient_id: scene.cast.patient,
        reason: "demande de la personne".to_owned(),
        request_id: None,
    };
    let receipt = erasure::erase_person(&scene.desk, request).await.expect("erased");
    assert_eq!(receipt.processor.len(), 1);
    assert!(receipt.processor[0].confirmed_at.is_some(), "{:?}", receipt.processor);
    assert!(aside(|| server.appointments(&scene.tenant)).is_empty());
    run(&scene.desk).await.expect("it runs");
    let state = state(&scene.desk).await;
    assert_eq!((state.state.as_str(), state.queued), ("idle", 0));
    assert!(verified(&scene.desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_whom_the_portal_knew_nothing_it_learns_nothing_by_an_erasure_either() {
    let Some(server) = PortalServer::new() else { return };
    let scene = told(&server).await;
    let stranger = add_patient(&scene.desk, "INCONNUE", "Zoé", "1990-01-02").await;
    let objection = RestrictRequest {
        patient_id: stranger,
        kind: "objection".to_owned(),
        scope: "all".to_owned(),
        ground: String::new(),
        reason: "ne veut rien".to_owned(),
        since: String::new(),
    };
    restriction::restrict(&scene.desk, objection).await.expect("restricted");
    let request = ErasePersonRequest { patient_id: stranger, reason: "demande".to_owned(), request_id: None };
    let receipt = erasure::erase_person(&scene.desk, request).await.expect("erased");
    assert!(receipt.processor.iter().all(|one| one.confirmed_at.is_some()), "{:?}", receipt.processor);
    run(&scene.desk).await.expect("it runs");
    let confirmed = sync::show_sync(&scene.desk, NothingRequest {}).await.expect("shown").confirmations;
    assert!(confirmed.is_empty(), "the portal was not even asked: {confirmed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_that_was_marked_shows_there_as_busy_time_and_no_more() {
    let Some(server) = PortalServer::new() else { return };
    let scene = told(&server).await;
    let one = aside(|| server.appointments(&scene.tenant)).remove(0);
    let name = one["identifier"][0]["value"].as_str().expect("a name").trim_start_matches("urn:uuid:").to_owned();
    let id = name.parse().expect("an id");
    let marked = sync::set_never_sync(&scene.desk, SetNeverSyncRequest { id, never: true }).await.expect("marked");
    assert_eq!(marked.state, "never");
    run(&scene.desk).await.expect("it runs");
    let left = aside(|| server.appointments(&scene.tenant));
    assert_eq!(left.len(), 1, "the other stays");
    let busy = aside(|| server.call(&scene.tenant, "GET", "/fhir/Slot?status=busy&_count=100", "")).json();
    let starts: Vec<&str> = busy["entry"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry["resource"]["start"].as_str())
        .collect();
    assert!(starts.contains(&one["start"].as_str().expect("a start")), "{starts:?}");
    let shown = agenda::show_appointment(&scene.desk, AppointmentRequest { id }).await.expect("shown");
    assert_eq!(shown.appointment.status, "booked", "here nothing changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_that_was_sent_stands_in_the_ledger() {
    let Some(server) = PortalServer::new() else { return };
    let scene = told(&server).await;
    let request = DisclosuresRequest { patient_id: scene.cast.patient };
    let ledger = disclosure::show_disclosures(&scene.desk, request).await.expect("shown").disclosures;
    assert_eq!(ledger.len(), 1, "one line for what went together");
    assert_eq!((ledger[0].recipient_kind.as_str(), ledger[0].way.as_str()), ("booking_portal", "sync"));
    let mut fields = ledger[0].categories.clone();
    fields.sort();
    assert_eq!(fields, ["appointment_time", "appointment_type", "booking_code", "language", "name", "phone"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_returned_then_destroyed_and_the_confirmation_is_kept() {
    let Some(server) = PortalServer::new() else { return };
    let scene = told(&server).await;
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("retour.jsonl");
    let request = |confirm: &str| ReturnAndDestroyRequest {
        into: into.to_string_lossy().into_owned(),
        confirm: confirm.to_owned(),
    };
    assert_eq!(code(sync::return_and_destroy(&scene.desk, request("somewhere")).await), "confirmation_differs");
    let done = sync::return_and_destroy(&scene.desk, request("127.0.0.1")).await.expect("ended");
    let text = std::fs::read_to_string(&into).expect("it was returned");
    assert_eq!(text.lines().count(), usize::try_from(done.lines).expect("a count"));
    assert!(text.contains("DUPONT") || text.contains("Dupont"));
    let confirmation = done.confirmation.expect("a confirmation");
    assert!(confirmation.valid && confirmation.statement.contains(&done.sha256), "{confirmation:?}");
    assert_eq!(state(&scene.desk).await.state, "ended");
    assert_eq!(code(run(&scene.desk).await), "not_set_up");
    // From here on nothing is even marked.
    book(&scene.desk, &scene.cast, on(3, "10:00"), false).await.expect("booked");
    assert_eq!(state(&scene.desk).await.queued, 0);
    let print = PrintConfirmationRequest { id: confirmation.id, language: "ar".to_owned() };
    assert!(sync::print_sync_confirmation(&scene.desk, print).await.expect("printed").base64.len() > 2_000);
    for language in ["fr", "ar", "en"] {
        let print = PrintInstructionRequest { version: 1, language: language.to_owned() };
        sync::print_sync_instruction(&scene.desk, print).await.expect("printed");
    }
    let request = registers::wire::RegistersRequest { language: "fr".to_owned() };
    let register = registers::show_processors(&scene.desk, request).await.expect("shown");
    let instruction = &register.instructions[0];
    assert!(
        instruction.acknowledged_on.len() == 10 && instruction.withdrawn_on.len() == 10,
        "it was followed to its end"
    );
    assert!(verified(&scene.desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_right_here_is_put_right_there() {
    let Some(server) = PortalServer::new() else { return };
    let scene = told(&server).await;
    let shown = patient::show_patient(&scene.desk, PatientRequest { id: scene.cast.patient }).await.expect("shown");
    let fields = PatientFields { surname: "DURAND".to_owned(), mobile: "06 99 88 77 66".to_owned(), ..shown.fields };
    let request = UpdatePatientRequest { id: scene.cast.patient, revision: shown.revision, fields };
    patient::update_patient(&scene.desk, request).await.expect("put right");
    run(&scene.desk).await.expect("it runs");
    let there: String = aside(|| server.appointments(&scene.tenant)).iter().map(ToString::to_string).collect();
    assert!(there.contains("DURAND") && there.contains("+33699887766") && !there.contains("DUPONT"), "{there}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_keeps_everything_and_loses_nothing() {
    let Some(server) = PortalServer::new() else { return };
    let scene = told(&server).await;
    sync::suspend_sync(&scene.desk, NothingRequest {}).await.expect("suspended");
    assert_eq!(code(run(&scene.desk).await), "sync_suspended");
    book(&scene.desk, &scene.cast, on(3, "11:00"), false).await.expect("booked");
    assert_eq!(state(&scene.desk).await.state, "suspended");
    sync::resume_sync(&scene.desk, NothingRequest {}).await.expect("resumed");
    run(&scene.desk).await.expect("it runs");
    assert_eq!(aside(|| server.appointments(&scene.tenant)).len(), 3);
}
