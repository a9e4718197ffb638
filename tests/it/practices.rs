//! Several practices open at once: each action lands in the vault that it names and in no other.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use domain::id::VaultId;
use semainier_app::commands::access::wire::AddUserRequest;
use semainier_app::commands::agenda::wire::{CancelAppointmentRequest, MoveAppointmentRequest, ShowDaysRequest};
use semainier_app::commands::history::wire::{ListJournalRequest, UndoRequest};
use semainier_app::commands::practices::wire::{
    AddPracticeRequest, ExportCountsRequest, KnownPracticeRequest, KnownPracticeView, OpenPracticeRequest,
    PracticesView, ShowCountsRequest,
};
use semainier_app::commands::practices::{self, show_counts};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, Landing, access, agenda, dispatch, history};
use semainier_app::store;

use crate::house::{Cast, House, OTHER, PASSWORD, at, book, cast, code, now, verified};

/// A house with a landing, and another practice whose vault is in another folder.
struct Street {
    first: House,
    second: House,
    landing: Landing,
}

impl Street {
    async fn new() -> Self {
        let first = House::new().await;
        let second = House::new().await;
        let landing = Landing::new(first.doorstep(), Some(first.vault.with_file_name("practices.json")));
        Self { first, second, landing }
    }

    /// Both practices known to a computer without a keyring.
    async fn known() -> Self {
        let first = House::without_keyring().await;
        let second = House::without_keyring().await;
        let landing = Landing::new(first.doorstep(), Some(first.vault.with_file_name("practices.json")));
        let street = Self { first, second, landing };
        street.add(&street.second.vault).await.expect("added");
        street
    }

    async fn add(&self, folder: &Path) -> Result<PracticesView, semainier_app::commands::CommandError> {
        practices::add_practice(&self.landing, AddPracticeRequest { folder: folder.display().to_string() }).await
    }

    async fn list(&self) -> Vec<KnownPracticeView> {
        practices::list_practices(&self.landing, NothingRequest {}).await.expect("the list").practices
    }

    async fn ids(&self) -> (VaultId, VaultId) {
        let list = self.list().await;
        (list[0].practice, list[1].practice)
    }

    async fn open(&self, practice: VaultId, password: &str) -> Result<VaultId, semainier_app::commands::CommandError> {
        let request = OpenPracticeRequest { practice, login: "lefevre".to_owned(), password: password.to_owned() };
        practices::open_practice(&self.landing, request).await.map(|view| view.session.vault)
    }

    /// Both open.
    async fn both() -> (Self, Arc<Desk>, Arc<Desk>) {
        let street = Self::known().await;
        let (one, two) = street.ids().await;
        street.open(one, PASSWORD).await.expect("the first opens");
        street.open(two, PASSWORD).await.expect("the second opens");
        let desk = |practice: VaultId| street.landing.desk(Some(&practice.to_string())).expect("a desk");
        let (first, second) = (desk(one), desk(two));
        (street, first, second)
    }
}

async fn commands(desk: &Desk) -> Vec<String> {
    let request = ListJournalRequest { subject: None, before: None, limit: 1_000 };
    let entries = history::list_journal(desk, request).await.expect("the journal").entries;
    entries.into_iter().map(|entry| entry.command).collect()
}

async fn booked_on(desk: &Desk, day: &str) -> usize {
    let request = ShowDaysRequest { from: day.to_owned(), days: 1, practitioners: Vec::new() };
    let days = agenda::show_days(desk, request).await.expect("the day");
    days.columns.iter().map(|column| column.appointments.len()).sum()
}

fn named(practice: VaultId) -> KnownPracticeRequest {
    KnownPracticeRequest { practice }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_lands_only_in_its_vault_and_its_journal_and_both_verify() {
    let (_street, first, second) = Street::both().await;
    let (here, there) = (cast(&first).await, cast(&second).await);
    let before = commands(&second).await.len();
    let booked = book(&first, &here, at("2026-11-24T09:30"), false).await.expect("booked");
    assert_eq!((booked_on(&first, "2026-11-24").await, booked_on(&second, "2026-11-24").await), (1, 0));
    assert_eq!(commands(&first).await[0], "book_appointment");
    assert_eq!(commands(&second).await.len(), before, "nothing was written in the other journal");
    // The other vault knows nothing of what the first one made.
    assert_eq!(code(book(&second, &here, at("2026-11-24T09:30"), false).await), "not_found");
    assert_eq!(code(history::undo(&second, UndoRequest { sequence: Some(booked.sequence) }).await), "nothing_to_undo");
    // The same time is free in the other practice, and undo there takes back what was done there.
    book(&second, &there, at("2026-11-24T09:30"), false).await.expect("booked there too");
    history::undo(&second, UndoRequest { sequence: None }).await.expect("taken back there");
    assert_eq!((booked_on(&first, "2026-11-24").await, booked_on(&second, "2026-11-24").await), (1, 0));
    assert!(verified(&first).await && verified(&second).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn vaults_with_the_same_practitioner_are_told_apart_by_the_vault() {
    let (street, first, second) = Street::both().await;
    let here = cast(&first).await;
    // As after a copied set-up: the second practice has a practitioner, a type and a patient with the very same ids.
    twin(&first, &second, &here).await;
    let there = Cast { practitioner: here.practitioner, kind: here.kind, patient: here.patient };
    let (one, two) = street.ids().await;
    let request = |starts: &str| {
        serde_json::json!({
            "practitioner_id": here.practitioner, "patient_id": here.patient, "type_id": here.kind, "starts": starts,
            "minutes": null, "origin": "phone", "overbook": false, "note": "", "contact_name": "", "contact_phone": "",
        })
    };
    let at_practice = |practice: VaultId| street.landing.desk(Some(&practice.to_string())).expect("a desk");
    dispatch(&at_practice(one), "book_appointment", request("2026-11-24T09:30")).await.expect("booked");
    assert_eq!((booked_on(&first, "2026-11-24").await, booked_on(&second, "2026-11-24").await), (1, 0));
    dispatch(&at_practice(two), "book_appointment", request("2026-11-24T09:30")).await.expect("free there");
    book(&second, &there, at("2026-11-24T10:00"), false).await.expect("booked");
    assert_eq!((booked_on(&first, "2026-11-24").await, booked_on(&second, "2026-11-24").await), (1, 2));
    // Named wrongly, nothing happens anywhere: no other practice steps in.
    let stranger = "0198a6c0-7b1e-7cc3-98c4-dc0c0c07398f";
    for wrong in [stranger, "", "lefevre"] {
        assert_eq!(
            street.landing.desk(Some(wrong)).err().map(|refusal| refusal.code).as_deref(),
            Some("practice_closed")
        );
    }
    practices::close_practice(&street.landing, named(one)).await.expect("closed");
    let gone = street.landing.desk(Some(&one.to_string())).err().map(|refusal| refusal.code);
    assert_eq!(gone.as_deref(), Some("practice_closed"), "the one that is still open does not answer for it");
    assert!(verified(&second).await);
}

/// Gives the second practice a practitioner, a type and a patient with the first's ids.
async fn twin(first: &Desk, second: &Desk, cast: &Cast) {
    let mut read = first.store().read().await.expect("read");
    let types = store::practice::types(&mut read).await.expect("types");
    let kind = types.into_iter().find(|one| one.id == cast.kind).expect("the type");
    let all = store::practice::practitioners(&mut read).await.expect("practitioners");
    let mut practitioner = all.into_iter().find(|one| one.id == cast.practitioner).expect("the practitioner");
    let patient = store::patient::patient(&mut read, cast.patient).await.expect("read").expect("the patient");
    let mut tx = second.store().write().await.expect("a transaction");
    practitioner.site_id = store::practice::practitioners(&mut tx).await.expect("practitioners")[0].site_id;
    store::practice::save_practitioner(&mut tx, &practitioner).await.expect("written");
    store::practice::save_type(&mut tx, &kind).await.expect("written");
    store::patient::insert(&mut tx, &patient).await.expect("written");
    tx.commit().await.expect("committed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_in_one_practice_leaves_the_other_open_and_makes_only_its_own_wait() {
    let street = Street::known().await;
    let (one, two) = street.ids().await;
    street.open(one, PASSWORD).await.expect("the first opens");
    let mut codes = Vec::new();
    for _ in 0..3 {
        codes.push(code(street.open(two, "faux").await));
    }
    assert_eq!(codes, ["wrong_credentials", "wrong_credentials", "wait"]);
    let states: Vec<String> = street.list().await.into_iter().map(|place| place.state).collect();
    assert_eq!(states, ["open", "closed"]);
    assert!(street.landing.desk(None).is_ok(), "the first is still current");
    // The same login in the other practice is somebody else: there is nothing to wait for.
    practices::close_practice(&street.landing, named(one)).await.expect("closed");
    street.open(one, PASSWORD).await.expect("opens at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn lock_closes_all_and_close_only_one() {
    let (street, first, second) = Street::both().await;
    let (one, two) = street.ids().await;
    assert_eq!(street.landing.desk(None).map(|desk| desk.vault()).expect("a desk"), two, "the last opened is current");
    practices::switch_practice(&street.landing, named(one)).await.expect("switched");
    assert_eq!(street.landing.desk(None).map(|desk| desk.vault()).expect("a desk"), one);
    let left = practices::close_practice(&street.landing, named(one)).await.expect("closed");
    assert_eq!(left.current, Some(two), "what is still open is current");
    assert!(first.store().read().await.is_err(), "its database is closed");
    assert!(second.store().read().await.is_ok());
    street.open(one, PASSWORD).await.expect("opens again");
    practices::lock(&street.landing, NothingRequest {}).await.expect("locked");
    assert!(street.list().await.iter().all(|place| place.state == "closed" && place.session.is_none()));
    assert!(second.store().read().await.is_err(), "its database is closed too");
    for practice in [one, two] {
        assert_eq!(code(street.landing.desk(Some(&practice.to_string())).map(|_| ())), "practice_closed");
    }
    assert_eq!(code(street.landing.desk(None).map(|_| ())), "locked");
    assert_eq!(
        street.landing.current().folder(),
        street.first.vault,
        "the entrance stands before the last current one"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_outlives_the_program_and_forgetting_touches_no_vault() {
    let street = Street::known().await;
    let (one, two) = street.ids().await;
    let hues: Vec<String> = street.list().await.into_iter().map(|place| place.colour).collect();
    assert_ne!(hues[0], hues[1]);
    let text = std::fs::read_to_string(street.first.vault.with_file_name("practices.json")).expect("the list");
    assert!(text.contains("Cabinet du Parc") && !text.contains("lefevre"), "folders and names, nobody who works there");
    // Added twice it stands there once; a folder without a vault is refused; a copy of a known vault too.
    assert_eq!(street.add(&street.second.vault).await.expect("known").practices.len(), 2);
    let empty = street.first.vault.with_file_name("nothing");
    assert_eq!(code(street.add(&empty).await), "vault_missing");
    let copy = street.first.vault.with_file_name("copy");
    std::fs::create_dir(&copy).expect("a folder");
    std::fs::copy(street.second.vault.join("vault.json"), copy.join("vault.json")).expect("copied");
    assert_eq!(code(street.add(&copy).await), "practice_known");
    let again = Landing::new(street.first.doorstep(), Some(street.first.vault.with_file_name("practices.json")));
    let view = practices::list_practices(&again, NothingRequest {}).await.expect("the list");
    assert_eq!(view.practices.iter().map(|place| place.practice).collect::<Vec<_>>(), [one, two]);
    assert_eq!(code(practices::forget_practice(&again, named(one)).await), "practice_own");
    assert_eq!(practices::forget_practice(&again, named(two)).await.expect("forgotten").practices.len(), 1);
    assert!(street.second.vault.join("practice.db").exists());
    assert_eq!(code(practices::forget_practice(&again, named(two)).await), "practice_unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_vault_in_a_known_folder_is_not_that_practice() {
    let street = Street::known().await;
    let (_, two) = street.ids().await;
    let third = House::without_keyring().await;
    std::fs::copy(third.vault.join("vault.json"), street.second.vault.join("vault.json")).expect("exchanged");
    let list = street.list().await;
    assert_eq!((list[1].practice, list[1].state.as_str(), list[1].users.len()), (two, "missing", 0));
    assert_eq!(code(street.open(two, PASSWORD).await), "vault_missing");
    // A vault that was moved is the same practice in another folder.
    std::fs::remove_file(street.second.vault.join("vault.json")).expect("removed");
    let moved = street.add(&third.vault).await.expect("added");
    assert_eq!(moved.practices.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_announced_in_one_practice_is_not_heard_in_the_other() {
    let (street, first, second) = Street::both().await;
    let here = cast(&first).await;
    let (mut own, mut other) = (first.subscribe(), second.subscribe());
    book(&first, &here, at("2026-11-24T09:30"), false).await.expect("booked");
    assert_eq!(own.recv().await.expect("announced").topic, "agenda");
    assert!(other.try_recv().is_err());
    drop(street);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_vault_keeps_its_own_secret_in_the_keyring() {
    let street = Street::new().await;
    // The second practice was enrolled with another keyring: on this computer its secret is missing, and that is said.
    street.add(&street.second.vault).await.expect("added");
    let (one, two) = street.ids().await;
    street.open(one, PASSWORD).await.expect("opens");
    assert_eq!(code(street.open(two, PASSWORD).await), "device_secret_missing");
    assert_eq!(street.list().await[0].state, "open");
    // A practice that was made on this computer has its secret beside the first one's.
    let third = House::with_keyring(street.first.keyring.clone()).await;
    let view = street.add(&third.vault).await.expect("added");
    street.open(view.practices[2].practice, PASSWORD).await.expect("opens with its own secret");
    assert_eq!(street.landing.desks().len(), 2);
}

async fn work(desk: &Desk, cast: &Cast) {
    let first = book(desk, cast, at("2026-11-24T09:30"), false).await.expect("booked").appointment.id;
    let second = book(desk, cast, at("2026-11-24T10:30"), false).await.expect("booked");
    let request = MoveAppointmentRequest {
        id: first,
        revision: None,
        starts: at("2026-11-24T11:30"),
        practitioner_id: None,
        minutes: None,
        overbook: false,
    };
    agenda::move_appointment(desk, request).await.expect("moved");
    let cancel = CancelAppointmentRequest { id: first, by: "patient".to_owned(), reason: String::new() };
    agenda::cancel_appointment(desk, cancel).await.expect("cancelled");
    history::undo(desk, UndoRequest { sequence: Some(second.sequence) }).await.expect("taken back");
}

fn counted(from: &str, to: &str, whose: &str) -> ShowCountsRequest {
    ShowCountsRequest { from: from.to_owned(), to: to.to_owned(), whose: whose.to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_is_counted_by_practice_and_by_whom_without_what_was_taken_back() {
    let (street, first, second) = Street::both().await;
    let (here, there) = (cast(&first).await, cast(&second).await);
    let samia = AddUserRequest {
        login: "samia".to_owned(),
        name: "Samia".to_owned(),
        role: "secretary".to_owned(),
        administrator: false,
        practitioner_id: None,
        password: OTHER.to_owned(),
    };
    access::add_user(&second, samia).await.expect("added");
    let samia = street.second.sign_in("samia", OTHER).await.expect("she signs in");
    work(&first, &here).await;
    work(&samia, &there).await;
    book(&second, &there, at("2026-11-24T15:00"), false).await.expect("booked by the practitioner");
    let numbers = |view: semainier_app::commands::practices::wire::CountsView| {
        [view.booked, view.moved, view.cancelled, view.calls]
    };
    let day = now().date_naive().to_string();
    let own = show_counts(&first, counted(&day, &day, "own")).await.expect("counted");
    assert_eq!(own.practice, "Cabinet du Parc");
    assert_eq!(numbers(own), [1, 1, 1, 0]);
    let secretaries = show_counts(&second, counted(&day, &day, "secretaries")).await.expect("counted");
    assert_eq!(numbers(secretaries), [1, 1, 1, 0], "the practitioner's own booking is none of theirs");
    assert_eq!(numbers(show_counts(&second, counted(&day, &day, "own")).await.expect("counted")), [1, 0, 0, 0]);
    assert_eq!(numbers(show_counts(&first, counted(&day, &day, "secretaries")).await.expect("counted")), [0; 4]);
    let earlier = show_counts(&first, counted("2026-10-01", "2026-10-31", "own")).await.expect("counted");
    assert_eq!(numbers(earlier), [0; 4]);
    assert_eq!(code(show_counts(&first, counted(&day, "2026-01-01", "own")).await), "bad_period");
    assert_eq!(code(show_counts(&first, counted(&day, &day, "everybody")).await), "unknown_word");
    let export = ExportCountsRequest { from: day.clone(), to: day, whose: "own".to_owned(), language: "fr".to_owned() };
    let file = practices::export_counts(&street.landing, export.clone()).await.expect("exported");
    let text = base64_text(&file.base64);
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("Cabinet du Parc;2026-11-22;2026-11-22;1;1;1;0"), "{text}");
    practices::lock(&street.landing, NothingRequest {}).await.expect("locked");
    assert_eq!(code(practices::export_counts(&street.landing, export).await), "locked");
}

fn base64_text(base64: &str) -> String {
    use base64::Engine as _;
    String::from_utf8(base64::engine::general_purpose::STANDARD.decode(base64).expect("base 64")).expect("UTF-8")
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_reach_back_over_thousands_of_entries() {
    let house = House::new().await;
    let desk = house.desk().await;
    let here = cast(&desk).await;
    book(&desk, &here, at("2026-11-24T09:30"), false).await.expect("booked");
    desk.store().close().await;
    // Weeks later, after more entries than are read at once.
    let later = house.doorstep_at("2026-12-20T09:00:00Z".parse().expect("an instant"));
    let request = semainier_app::commands::entrance::wire::SignInRequest {
        login: "lefevre".to_owned(),
        password: PASSWORD.to_owned(),
    };
    let (desk, _) = semainier_app::commands::entrance::sign_in::open(&later, request).await.expect("opens");
    for n in 0..2_100 {
        let mut change = desk.change(domain::role::Permission::ChangeAgenda, "set_status").await.expect("a change");
        let record = semainier_app::journal::ChangeRecord::created("note", &serde_json::json!({ "n": n }));
        change.record("agenda", &n.to_string(), None, &record).await.expect("recorded");
        change.commit().await.expect("committed");
    }
    let booked = |view: semainier_app::commands::practices::wire::CountsView| view.booked;
    assert_eq!(booked(show_counts(&desk, counted("2026-11-01", "2026-11-30", "own")).await.expect("counted")), 1);
    assert_eq!(booked(show_counts(&desk, counted("2026-12-01", "2026-12-31", "own")).await.expect("counted")), 0);
}

#[test]
fn the_terminal_counts_as_json() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let house = runtime.block_on(async {
        let house = House::without_keyring().await;
        let desk = house.desk().await;
        let here = cast(&desk).await;
        work(&desk, &here).await;
        desk.store().close().await;
        house
    });
    let password = house.vault.with_file_name("password");
    std::fs::write(&password, format!("{PASSWORD}\n")).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_semainier"))
        .arg("--vault")
        .arg(&house.vault)
        .args(["--json", "counts", "--from", "2026-11-01", "--to", "2026-11-30"])
        .env("SEMAINIER_USER", "lefevre")
        .env("SEMAINIER_PASSWORD_FILE", &password)
        .output()
        .expect("it runs");
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    // The standing clock of the scenario made the entries on 22 November.
    assert_eq!(
        (line["booked"].as_i64(), line["moved"].as_i64(), line["cancelled"].as_i64()),
        (Some(1), Some(1), Some(1)),
        "{output:?}"
    );
}
