//! What is never told because it was booked so, and what is told again: what was refused as unfit, what an objection had taken away, and
//! an erasure of more names than one request takes.

use std::sync::{Arc, Mutex};

use domain::id::AppointmentId;
use semainier_app::commands::agenda::wire::BookAppointmentRequest;
use semainier_app::commands::erasure::wire::ErasePersonRequest;
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::restriction::wire::{LiftRestrictionRequest, RestrictRequest};
use semainier_app::commands::series::wire::{BookRowRequest, BookSeriesRequest, RowLink, SeriesPlan, SeriesRuleView};
use semainier_app::commands::sync::wire::{
    SetNeverSyncRequest, SignInstructionRequest, SyncAppointmentRequest, TellPortalAgainRequest,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, agenda, erasure, history, processor, restriction, series, sync};
use sqlx::AssertSqlSafe;

use crate::fault_proxy::{Gate, deliver};
use crate::house::{add_patient, book, code, status, verified};
use crate::portal_server::PortalServer;
use crate::series::choices;
use crate::sync_scene::{Scene, on, run, scene, state};
use crate::tiny_server::Asked;

fn aside<T>(work: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(work)
}

/// The names of what the portal holds, called off or not.
fn there(server: &PortalServer, scene: &Scene) -> Vec<AppointmentId> {
    let name = |one: serde_json::Value| {
        one["identifier"][0]["value"].as_str()?.trim_start_matches("urn:uuid:").parse::<AppointmentId>().ok()
    };
    aside(|| server.appointments(&scene.tenant)).into_iter().filter_map(name).collect()
}

async fn stands(desk: &Desk, id: AppointmentId) -> String {
    sync::show_sync_appointment(desk, SyncAppointmentRequest { id }).await.expect("shown").state
}

async fn sql(desk: &Desk, text: &str) {
    let mut tx = desk.store().write().await.expect("a transaction");
    sqlx::query(AssertSqlSafe(text.to_owned())).execute(&mut *tx).await.expect("executed");
    tx.commit().await.expect("kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_booked_as_never_to_be_told_never_leaves_and_shows_as_busy_time() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let (port, sent) = (server.port(), Arc::new(Mutex::new(String::new())));
    let heard = Arc::clone(&sent);
    let gate = Gate::of(move |asked: &Asked| {
        let mut all = heard.lock().expect("no test broke it");
        all.push_str(&asked.target);
        all.push_str(&String::from_utf8_lossy(&asked.body));
        drop(all);
        deliver(port, asked)
    });
    let request = scene.request(&server, scene.terms().await).await;
    let request = SignInstructionRequest { address: gate.address(), ..request };
    sync::sign_sync_instruction(&scene.desk, request).await.expect("signed");
    run(&scene.desk).await.expect("it runs");
    let canary = add_patient(&scene.desk, "CANARI", "Secrète", "1981-02-03").await;
    let (practitioner_id, type_id) = (scene.cast.practitioner, scene.cast.kind);
    let free = aside(|| server.free_slots(&scene.tenant)).len();
    let request = BookAppointmentRequest {
        practitioner_id,
        patient_id: Some(canary),
        type_id,
        starts: on(1, "10:00"),
        minutes: None,
        origin: "phone".to_owned(),
        overbook: false,
        note: String::new(),
        contact_name: "Canari mère".to_owned(),
        contact_phone: "0655443322".to_owned(),
        never_sync: true,
    };
    let one = agenda::book_appointment(&scene.desk, request).await.expect("booked").appointment;
    let plan = SeriesPlan {
        appointment_id: None,
        practitioner_id,
        patient_id: canary,
        type_id,
        minutes: None,
        first: on(2, "10:00"),
        rule: SeriesRuleView { unit: domain::agenda::series::SeriesUnit::Days, at_least: 1, at_most: 1, sessions: 2 },
    };
    let preview = series::preview_series(&scene.desk, plan.clone()).await.expect("a preview");
    let request = BookSeriesRequest {
        plan,
        sessions: choices(&preview),
        origin: "desk".to_owned(),
        note: String::new(),
        never_sync: true,
    };
    let sessions = series::book_series(&scene.desk, request).await.expect("booked");
    let link = RowLink { patient_id: canary, practitioner_id, type_id, minutes: None };
    let request = BookRowRequest {
        links: vec![link, link],
        starts: vec![on(4, "10:00"), on(4, "10:20")],
        origin: "desk".to_owned(),
        note: String::new(),
        never_sync: true,
    };
    let row = series::book_row(&scene.desk, request).await.expect("booked");
    let told = book(&scene.desk, &scene.cast, on(1, "15:00"), false).await.expect("booked").appointment.id;
    run(&scene.desk).await.expect("it runs");
    let all: Vec<_> = [one].into_iter().chain(sessions.appointments).chain(row.appointments.clone()).collect();
    assert_eq!(all.len(), 5);
    for appointment in &all {
        assert_eq!(stands(&scene.desk, appointment.id).await, "never");
    }
    assert_eq!(there(&server, &scene), [told], "the other is told");
    assert!(aside(|| server.free_slots(&scene.tenant)).len() < free, "their time is busy there");
    // Taken back, it is still nobody's business.
    for _ in 0..4 {
        history::undo(&scene.desk, UndoRequest { sequence: None }).await.expect("undone");
    }
    for appointment in &all {
        assert_eq!(status(&scene.desk, appointment.id).await, "deleted");
    }
    run(&scene.desk).await.expect("it runs");
    let sent = sent.lock().expect("no test broke it").to_lowercase();
    assert!(sent.contains("dupont"), "what leaves is heard");
    for word in ["canari", "secrète", "655443322", "1981-02-03"] {
        assert!(!sent.contains(word), "{word} left");
    }
    for appointment in &all {
        assert!(!sent.contains(&appointment.id.to_string()), "not even its name leaves");
        assert!(!sent.contains(&appointment.code.to_lowercase()), "nor its code");
    }
    let ledger = semainier_app::commands::disclosure::wire::DisclosuresRequest { patient_id: canary };
    let ledger = semainier_app::commands::disclosure::show_disclosures(&scene.desk, ledger).await.expect("shown");
    assert!(ledger.disclosures.is_empty());
    assert_eq!(state(&scene.desk).await.refused, 0);
    assert!(verified(&scene.desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_as_unfit_is_told_again_by_hand_after_a_pause_and_by_another_program() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    assert_eq!(code(sync::tell_portal_again(&scene.desk, TellPortalAgainRequest { id: None }).await), "not_set_up");
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    let mut booked = Vec::new();
    for (round, time) in ["09:00", "10:00", "11:00", "12:00"].into_iter().enumerate() {
        let id = book(&scene.desk, &scene.cast, on(1, time), false).await.expect("booked").appointment.id;
        booked.push(id);
        // Its site stands in no zone that is one: what is put right there does not touch the appointment.
        sql(&scene.desk, "UPDATE site SET zone = 'Nowhere/Else'").await;
        run(&scene.desk).await.expect("it runs");
        assert_eq!(stands(&scene.desk, id).await, "refused");
        sql(&scene.desk, "UPDATE site SET zone = 'Europe/Paris'").await;
        run(&scene.desk).await.expect("it runs");
        assert_eq!((stands(&scene.desk, id).await.as_str(), state(&scene.desk).await.refused), ("refused", 1));
        match round {
            0 => {
                let other = booked[0];
                let again = sync::tell_portal_again(&scene.desk, TellPortalAgainRequest { id: Some(other) }).await;
                assert_eq!(again.expect("queued").refused, 0);
            }
            1 => {
                let again = sync::tell_portal_again(&scene.desk, TellPortalAgainRequest { id: None }).await;
                assert_eq!(again.expect("queued").refused, 0);
            }
            2 => {
                sync::suspend_sync(&scene.desk, NothingRequest {}).await.expect("suspended");
                sync::resume_sync(&scene.desk, NothingRequest {}).await.expect("resumed");
            }
            _ => sql(&scene.desk, "UPDATE setting SET value = '\"0.0.1\"' WHERE name = 'sync_program'").await,
        }
        run(&scene.desk).await.expect("it runs");
        assert_eq!(stands(&scene.desk, id).await, "there", "round {round}");
    }
    let mut held = there(&server, &scene);
    held.sort_unstable();
    booked.sort_unstable();
    assert_eq!(held, booked);
    assert!(verified(&scene.desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_lift_old_and_new_appointments_are_told_again_and_it_is_confirmed() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let before = book(&scene.desk, &scene.cast, on(1, "09:30"), false).await.expect("booked").appointment.id;
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    assert_eq!(there(&server, &scene), [before]);
    let objection = RestrictRequest {
        patient_id: scene.cast.patient,
        kind: "objection".to_owned(),
        scope: "sync".to_owned(),
        ground: String::new(),
        reason: "ne veut pas du portail".to_owned(),
        since: String::new(),
    };
    let put = restriction::restrict(&scene.desk, objection).await.expect("restricted").restriction;
    let during = book(&scene.desk, &scene.cast, on(2, "10:00"), false).await.expect("booked").appointment.id;
    run(&scene.desk).await.expect("it runs");
    assert!(there(&server, &scene).is_empty());
    let lift = LiftRestrictionRequest { id: put.id, reason: "revient sur sa décision".to_owned() };
    restriction::lift_restriction(&scene.desk, lift).await.expect("lifted");
    let after = book(&scene.desk, &scene.cast, on(3, "11:00"), false).await.expect("booked").appointment.id;
    run(&scene.desk).await.expect("it runs");
    let mut held = there(&server, &scene);
    held.sort_unstable();
    let mut all = vec![before, during, after];
    all.sort_unstable();
    assert_eq!(held, all, "also the one whose name was erased there");
    let tasks = processor::list_processor_tasks(&scene.desk, NothingRequest {}).await.expect("listed").tasks;
    assert!(tasks.len() == 2 && tasks.iter().all(|task| task.confirmed_at.is_some()), "{tasks:?}");
    for id in all {
        assert_eq!(stands(&scene.desk, id).await, "there");
    }
    // The mark "never tell" that is taken off again does the same.
    for never in [true, false] {
        sync::set_never_sync(&scene.desk, SetNeverSyncRequest { id: before, never }).await.expect("marked");
        run(&scene.desk).await.expect("it runs");
        assert_eq!(there(&server, &scene).contains(&before), !never);
    }
    assert_eq!(state(&scene.desk).await.state, "idle");
    assert!(verified(&scene.desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_of_more_names_than_one_request_takes_is_confirmed_in_whole() {
    let Some(server) = PortalServer::new() else { return };
    let scene = scene(&server).await;
    let patient = scene.cast.patient;
    let first = book(&scene.desk, &scene.cast, on(1, "00:00"), false).await.expect("booked").appointment.id;
    let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info('appointment')")
        .fetch_all(&mut *scene.desk.store().read().await.expect("a connection"))
        .await
        .expect("columns");
    // One after another, day and night, each as the first but for its names and its time.
    let value = |column: &String| match column.as_str() {
        "id" => "printf('0198a6c0-7b1e-7cc3-98c4-%012x', n)".to_owned(),
        "code" => "printf('%07d', n)".to_owned(),
        "starts" => "starts + n * 20".to_owned(),
        "day" => "(starts + n * 20) / 1440".to_owned(),
        other => other.to_owned(),
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    let clone = format!(
        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2299)
         INSERT INTO appointment ({}) SELECT {} FROM appointment, number WHERE id = '{first}'",
        columns.join(", "),
        values.join(", ")
    );
    sql(&scene.desk, &clone).await;
    scene.sign(&server).await;
    while state(&scene.desk).await.queued > 0 {
        run(&scene.desk).await.expect("it runs");
    }
    let count = there(&server, &scene).len();
    assert_eq!(count, 2_300);
    let request = ErasePersonRequest { patient_id: patient, reason: "demande".to_owned(), request_id: None };
    let receipt = erasure::erase_person(&scene.desk, request).await.expect("erased");
    assert!(receipt.processor.iter().all(|one| one.confirmed_at.is_some()), "{:?}", receipt.processor);
    let left = aside(|| server.appointments(&scene.tenant));
    let of_person = left.iter().filter(|one| one.to_string().contains("DUPONT")).count();
    assert_eq!(of_person, 0, "{} are left of {count}", left.len());
    let shown = sync::show_sync(&scene.desk, NothingRequest {}).await.expect("shown");
    let confirmed: i64 = shown
        .confirmations
        .iter()
        .map(|one| serde_json::from_str::<serde_json::Value>(&one.statement).expect("a statement"))
        .map(|said| said["gone"]["appointments"].as_i64().expect("a count"))
        .sum();
    assert!(shown.confirmations.len() >= 3 && shown.confirmations.iter().all(|one| one.valid));
    assert_eq!(usize::try_from(confirmed).expect("a count"), count - left.len(), "each under a signature");
    run(&scene.desk).await.expect("it runs");
    assert_eq!((state(&scene.desk).await.state.as_str(), state(&scene.desk).await.queued), ("idle", 0));
}
