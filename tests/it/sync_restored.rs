//! The portal's database comes back from its operator's backup, while practice and patients went on: both sides end equal, nothing is
//! doubled, and nobody who was erased after the backup comes back, there or here.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::AppointmentId;
use domain::time::{Zone, instant};
use semainier_app::commands::agenda::wire::{AppointmentRequest, CancelAppointmentRequest, MoveAppointmentRequest};
use semainier_app::commands::erasure::wire::ErasePersonRequest;
use semainier_app::commands::patient::wire::{PatientFields, PatientRequest, UpdatePatientRequest};
use semainier_app::commands::restriction::wire::RestrictRequest;
use semainier_app::commands::{agenda, erasure, patient, restriction};

use crate::house::{Cast, add_patient, book, verified};
use crate::portal_server::{PortalServer, Visitor};
use crate::sync_scene::{Scene, on, run, scene, state};

const MARTIN: [(&str, &str); 3] = [("whom", "me"), ("surname", "Martin"), ("first_name", "Léa")];

fn aside<T>(work: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(work)
}

/// Until nothing is left to say.
async fn settle(scene: &mut Scene) {
    for round in 1..10 {
        scene.later(round * 120).await;
        let done = run(&scene.desk).await.expect("it runs");
        if done.state.queued == 0 && done.sent + done.received == 0 {
            return;
        }
    }
    panic!("it does not come to rest: {:?}", state(&scene.desk).await);
}

type Times = BTreeMap<String, (String, DateTime<Utc>, DateTime<Utc>)>;

fn there(server: &PortalServer, scene: &Scene) -> Times {
    let mut all = Times::new();
    for one in aside(|| server.appointments(&scene.tenant)) {
        let name = one["identifier"][0]["value"].as_str().expect("a name").trim_start_matches("urn:uuid:").to_owned();
        let at = |field: &str| one[field].as_str().expect("an instant").parse().expect("an instant");
        let told = (one["status"].as_str().expect("a status").to_owned(), at("start"), at("end"));
        assert!(all.insert(name, told).is_none(), "twice there");
    }
    all
}

async fn here(scene: &Scene, id: AppointmentId) -> (String, DateTime<Utc>, DateTime<Utc>) {
    let paris: Zone = "Europe/Paris".parse().expect("a zone");
    let shown = agenda::show_appointment(&scene.desk, AppointmentRequest { id }).await.expect("shown").appointment;
    let start = instant(shown.starts.expect("a time"), &paris);
    (shown.status, start, start + TimeDelta::minutes(shown.minutes))
}

/// The free spans that are shown, by start.
fn free(server: &PortalServer, scene: &Scene) -> Vec<(String, String)> {
    let text = |slot: &serde_json::Value, field: &str| slot[field].as_str().expect("an instant").to_owned();
    let mut all: Vec<_> = aside(|| server.free_slots(&scene.tenant))
        .iter()
        .map(|slot| (text(slot, "start"), text(slot, "end")))
        .collect();
    all.sort();
    all
}

/// What the two sides went through: before the backup, and after it.
struct Story {
    scene: Scene,
    /// Here and there, as they must stand.
    all: Vec<AppointmentId>,
    /// Of the person who was erased, and of who objects.
    gone: Vec<AppointmentId>,
    free: Vec<(String, String)>,
}

async fn story(server: &mut PortalServer) -> Story {
    let mut scene = scene(server).await;
    let erased = add_patient(&scene.desk, "EFFACÉE", "Zoé", "1990-01-02").await;
    let shown = patient::show_patient(&scene.desk, PatientRequest { id: erased }).await.expect("shown");
    let fields = PatientFields { mobile: "06 77 77 77 77".to_owned(), ..shown.fields };
    let update = UpdatePatientRequest { id: erased, revision: shown.revision, fields };
    patient::update_patient(&scene.desk, update).await.expect("a phone");
    let objects = add_patient(&scene.desk, "OPPOSÉ", "Paul", "1970-01-02").await;
    let (practitioner, kind, own) = (scene.cast.practitioner, scene.cast.kind, scene.cast.patient);
    let of = |patient| Cast { practitioner, kind, patient };
    let mut made = Vec::new();
    for (cast, time) in [
        (of(own), "09:00"),
        (of(own), "10:00"),
        (of(own), "11:00"),
        (of(erased), "14:00"),
        (of(erased), "15:00"),
        (of(objects), "16:00"),
    ] {
        made.push(book(&scene.desk, &cast, on(1, time), false).await.expect("booked").appointment.id);
    }
    let (moved, called_off) = (made[0], made[1]);
    scene.sign(server).await;
    run(&scene.desk).await.expect("it runs");
    let (schedule, kind) = (aside(|| scene.schedule(server)), kind.to_string());
    let before = aside(|| Visitor::new(server, &scene.tenant, "+33612345678").book(&schedule, &kind, 2, &MARTIN));
    // The person who will be erased has an account there too.
    let zoe = [("whom", "me"), ("surname", "Effacée"), ("first_name", "Zoé")];
    let hers = aside(|| Visitor::new(server, &scene.tenant, "+33677777777").book(&schedule, &kind, 6, &zoe));
    run(&scene.desk).await.expect("it runs");
    aside(|| server.back_up());
    let request = MoveAppointmentRequest {
        id: moved,
        revision: None,
        starts: on(2, "09:40"),
        practitioner_id: None,
        minutes: None,
        overbook: false,
    };
    agenda::move_appointment(&scene.desk, request).await.expect("moved");
    let request = CancelAppointmentRequest { id: called_off, by: "practice".to_owned(), reason: String::new() };
    agenda::cancel_appointment(&scene.desk, request).await.expect("called off");
    let new = book(&scene.desk, &of(own), on(3, "09:00"), false).await.expect("booked").appointment.id;
    let visitor = Visitor::new(server, &scene.tenant, "+33698765432");
    let after =
        aside(|| visitor.book(&schedule, &kind, 9, &[("whom", "me"), ("surname", "Petit"), ("first_name", "Jo")]));
    run(&scene.desk).await.expect("it runs");
    let request = ErasePersonRequest { patient_id: erased, reason: "demande".to_owned(), request_id: None };
    let receipt = erasure::erase_person(&scene.desk, request).await.expect("erased");
    assert!(receipt.processor.iter().all(|one| one.confirmed_at.is_some()), "{:?}", receipt.processor);
    let request = RestrictRequest {
        patient_id: objects,
        kind: "objection".to_owned(),
        scope: "sync".to_owned(),
        ground: String::new(),
        reason: "ne veut pas du portail".to_owned(),
        since: String::new(),
    };
    restriction::restrict(&scene.desk, request).await.expect("restricted");
    settle(&mut scene).await;
    let free = free(server, &scene);
    let id = |text: &str| text.parse::<AppointmentId>().expect("an id");
    let all = vec![moved, called_off, made[2], new, id(&before.id), id(&after.id)];
    let gone = vec![made[3], made[4], made[5], id(&hers.id)];
    Story { scene, all, gone, free }
}

async fn compare(server: &PortalServer, story: &Story) {
    let (scene, there) = (&story.scene, there(server, &story.scene));
    for id in &story.all {
        let (status, start, end) = here(scene, *id).await;
        assert_eq!(there.get(&id.to_string()), Some(&(status, start, end)), "{id}");
    }
    assert_eq!(there.len(), story.all.len(), "nothing more is there: {there:?}");
    assert!(story.gone.iter().all(|id| !there.contains_key(&id.to_string())), "what was erased stays away");
    assert_eq!(free(server, scene), story.free, "the same times are free");
    assert!(verified(&scene.desk).await);
}

/// How many persons here bear a name.
async fn found(scene: &Scene, text: &str) -> usize {
    let request = patient::wire::SearchPatientsRequest { text: text.to_owned(), limit: 10 };
    patient::search_patients(&scene.desk, request).await.expect("found").matches.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_comes_back_from_a_backup_ends_equal_with_its_practice() {
    let Some(mut server) = PortalServer::new() else { return };
    let mut story = story(&mut server).await;
    compare(&server, &story).await;
    for says in [&[][..], &["restored"][..]] {
        aside(|| server.restore(says));
        // Before any practice spoke with it, the portal erased again what was erased since the backup.
        let held: String = aside(|| server.held(&story.scene.tenant)).iter().map(ToString::to_string).collect();
        let held = held.to_lowercase();
        assert!(!held.contains("effacée") && !held.contains("33677777777") && !held.contains("opposé"), "{held}");
        assert!(held.contains("dupont"), "the rest is there");
        settle(&mut story.scene).await;
        compare(&server, &story).await;
        assert_eq!(found(&story.scene, "effacee zoe").await, 0, "who was erased is nobody's patient again");
    }
    // A patient books on it as ever.
    let (schedule, kind) = (aside(|| story.scene.schedule(&server)), story.scene.cast.kind.to_string());
    let visitor = Visitor::new(&server, &story.scene.tenant, "+33611112222");
    aside(|| visitor.book(&schedule, &kind, 0, &[("whom", "me"), ("surname", "Neuf"), ("first_name", "Ana")]));
    assert_eq!(run(&story.scene.desk).await.expect("it runs").received, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn appointments_that_were_erased_stay_away_even_from_a_portal_that_forgot_it() {
    let Some(mut server) = PortalServer::new() else { return };
    let mut story = story(&mut server).await;
    server.lose_erasures();
    aside(|| server.restore(&[]));
    let held: String = aside(|| server.held(&story.scene.tenant)).iter().map(ToString::to_string).collect();
    assert!(held.to_lowercase().contains("effacée"), "the portal has them back");
    settle(&mut story.scene).await;
    compare(&server, &story).await;
    assert_eq!(found(&story.scene, "effacee zoe").await, 0, "who was erased is nobody's patient again");
}
