//! The intermediate archive: what goes in is nowhere else, opens for a practitioner and a reason alone, and comes back whole.

use std::fs;
use std::sync::Arc;

use domain::id::PatientId;
use semainier_app::commands::contact::wire::SaveContactRequest;
use semainier_app::commands::history::wire::ListJournalRequest;
use semainier_app::commands::patient::wire::{MergePatientsRequest, PatientRequest, SearchPatientsRequest};
use semainier_app::commands::record::wire::{CorrectEntryRequest, OpenRecordRequest};
use semainier_app::commands::retention::wire::{
    ArchivePatientsRequest, ArchivedPatientsView, BringBackRequest, HoldPatientRequest, IntermediateMatchView,
    IntermediateRequest, OpenIntermediateRequest, SearchIntermediateRequest,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, contact, history, patient, prescription, record, retention};
use semainier_app::store;
use semainier_app::store::archive::Package;

use crate::house::{House, add_patient, at, book, cast, code, verified};
use crate::prescribing::{draft, line, set_up};
use crate::prescription_papers::print;
use crate::record::{dump, holds, user};
use crate::record_use::{consultation, open, write};
use crate::relatives::relative;
use crate::results::{CANARY, files_that_hold};
use crate::results_documents::{file, kept};
use crate::retention::{desk_at, run};

/// When the five active years are over.
pub const LATER: &str = "2032-06-01T09:00:00Z";

/// Puts one into the archive.
pub async fn put_away(desk: &Desk, id: PatientId) -> ArchivedPatientsView {
    let request = ArchivePatientsRequest { patients: vec![id] };
    retention::archive_patients(desk, request).await.expect("archived")
}

/// Opens the archive and finds.
pub async fn find(desk: &Desk, text: &str) -> Vec<IntermediateMatchView> {
    let reason = OpenIntermediateRequest { reason: "Demande de l’assureur".to_owned() };
    retention::open_intermediate(desk, reason).await.expect("opened");
    search(desk, text).await.expect("searched")
}

async fn search(desk: &Desk, text: &str) -> Result<Vec<IntermediateMatchView>, CommandError> {
    let request = SearchIntermediateRequest { text: text.to_owned() };
    retention::search_intermediate(desk, request).await.map(|view| view.matches)
}

/// All that the database holds about somebody, but the file number.
pub async fn package(desk: &Desk, id: PatientId) -> Package {
    let mut connection = desk.store().read().await.expect("a connection");
    let schema = store::archive::Schema::read(&mut connection).await.expect("the schema");
    let mut package = store::archive::gather(&mut connection, &schema, id).await.expect("gathered");
    for row in package.rows.iter_mut().filter(|row| row.table == "patient") {
        let mut body: serde_json::Value = serde_json::from_str(&row.body).expect("an object");
        body["number"] = 0.into();
        row.body = body.to_string();
    }
    package
}

async fn active(desk: &Desk, text: &str) -> usize {
    let request = SearchPatientsRequest { text: text.to_owned(), limit: 20 };
    patient::search_patients(desk, request).await.expect("a search").matches.len()
}

/// A patient with everything: two merged into one, corrected entries, appointments, a scan, a relative who is somebody else's
/// contact. Care ended in November 2026.
pub async fn whole_patient(desk: &Arc<Desk>) -> (PatientId, PatientId) {
    let mut agenda = cast(desk).await;
    let id = add_patient(desk, "QUENOUILLE", "Zbiria", "1961-03-04").await;
    agenda.patient = id;
    book(desk, &agenda, at("2026-11-24T09:00"), false).await.expect("booked");
    let entry = write(desk, id, "2026-11-20", consultation(CANARY)).await;
    for version in 1..=2 {
        let body = consultation(&format!("{CANARY} corrigé {version}"));
        let request = CorrectEntryRequest { id: entry, version, on: String::new(), body };
        record::correct_entry(desk, request).await.expect("corrected");
    }
    file(desk, id, "Radio", b"%PDF-1.4\nKanarienvogel").await.expect("filed");
    let request = SaveContactRequest { linked_patient_id: None, ..relative(id, "Tante Quenouille", "0612121212") };
    contact::save_contact(desk, request).await.expect("saved");
    let alias = add_patient(desk, "QUENOUILLE", "Zbiria Anna", "1961-03-04").await;
    write(desk, alias, "2026-11-21", consultation("Autre toux")).await;
    patient::merge_patients(desk, MergePatientsRequest { from: alias, into: id }).await.expect("merged");
    let child = add_patient(desk, "DUPRE", "Hugo", "2020-07-01").await;
    let request = SaveContactRequest { linked_patient_id: Some(id), ..relative(child, "", "") };
    contact::save_contact(desk, request).await.expect("saved");
    // What the desk noted: a wish with an offer, a series, a call, a consent, an appointment cut to be placed later.
    let sql = format!(
        "INSERT INTO waiting_entry (id, patient_id, appointment_id, type_id, minutes, weekdays, from_day, until_day,
                from_minute, to_minute, urgency, before, created_at)
           SELECT 'w1', patient_id, id, type_id, 20, 127, day, day + 9, 0, 600, 'normal', starts, '2026-11-20T08:00:00.000Z'
             FROM appointment WHERE patient_id = '{id}';
         INSERT INTO waiting_offer VALUES ('w1', 1, '{p}', 1, 'refused', '2026-11-20T09:00:00.000Z');
         INSERT INTO series SELECT 's1', patient_id, practitioner_id, type_id, 20, 'weeks', 1, 1, 1, starts
             FROM appointment WHERE patient_id = '{id}';
         INSERT INTO series_session SELECT 's1', 1, id, starts FROM appointment WHERE patient_id = '{id}';
         INSERT INTO pin SELECT (SELECT id FROM user), id, '2026-11-20T08:00:00.000Z' FROM appointment WHERE patient_id = '{id}';
         INSERT INTO queue_turn SELECT day, id, 1 FROM appointment WHERE patient_id = '{id}';
         INSERT INTO phone_call (id, patient_id, contact_person_id, about, words, taken_at, taken_by)
           SELECT 'p1', patient_id, id, 'Rappeler', 'rappeler', '2026-11-20T08:00:00.000Z', (SELECT id FROM user)
             FROM contact_person WHERE patient_id = '{id}';
         INSERT INTO guardian_consent (id, patient_id, contact_person_id, given_on, way, noted_at, noted_by)
           SELECT 'g1', patient_id, id, '2026-11-20', 'written', '2026-11-20T08:00:00.000Z', (SELECT id FROM user)
             FROM contact_person WHERE patient_id = '{id}'",
        p = agenda.practitioner
    );
    // As a contact person of somebody who is active they have the name that was given for them there.
    let named = format!("UPDATE contact_person SET name = 'Maman' WHERE linked_patient_id = '{id}'");
    crate::record::sql(desk, &[&sql, &named]).await;
    (id, child)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_archived_is_found_and_read_only_there_and_comes_back_as_they_were() {
    let house = House::new().await;
    let desk = house.desk().await;
    let (id, child) = whole_patient(&desk).await;
    let documents = kept(&house);
    assert_eq!(documents.len(), 1);
    let before = put_away(&desk, id).await;
    assert_eq!((before.archived, before.stayed[0].code.as_str()), (0, "not_due"), "not before their time");

    let later = desk_at(&house, LATER).await;
    let everything = package(&later, id).await;
    assert!(everything.rows.len() > 20 && everything.links.len() == 1, "{:?}", everything.rows.len());
    let done = put_away(&later, id).await;
    assert_eq!((done.archived, done.stayed.len()), (1, 0));

    // Nothing of them is left, and nobody finds them.
    let dumped = dump(&later).await;
    for word in ["QUENOUILLE", "Quenouille", "quenouille", CANARY, "1961-03-04", "612121212"] {
        assert!(!holds(&dumped, word), "{word} is left in the database");
    }
    assert!(holds(&dumped, "DUPRE"), "the dump does show who is active");
    assert_eq!(active(&later, "quenouille").await, 0);
    assert_eq!(code(patient::show_patient(&later, PatientRequest { id }).await), "patient_not_found");
    assert_eq!(code(record::open_record(&later, OpenRecordRequest { patient_id: id }).await), "patient_not_found");
    assert_eq!(files_that_hold(&house, "QUENOUILLE"), Vec::<String>::new());
    assert!(verified(&later).await, "the chain verifies without their key");
    assert_eq!(put_away(&later, id).await.stayed[0].code, "patient_not_found");

    // Only with a reason, only a practitioner; each look is journalled.
    assert_eq!(code(search(&later, "quenouille").await), "archive_not_open");
    let silent = OpenIntermediateRequest { reason: "  ".to_owned() };
    assert_eq!(code(retention::open_intermediate(&later, silent).await), "empty");
    let secretary = user(&house, &later, "samia", "secretary").await;
    let why = || OpenIntermediateRequest { reason: "curieuse".to_owned() };
    assert_eq!(code(retention::open_intermediate(&secretary, why()).await), "permission_denied");
    assert!(find(&later, "dupre").await.is_empty(), "the active are not in it");
    let found = find(&later, "zbir 04/03/1961").await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].name.as_str(), found[0].archived_on.as_str()), ("QUENOUILLE Zbiria", "2032-06-01"));
    assert!(find(&later, "zbiria 05/03/1961").await.is_empty());
    let request = || IntermediateRequest { erasure_id: found[0].erasure_id.clone() };
    let read = retention::read_intermediate(&later, request()).await.expect("read");
    assert_eq!(read.patient.fields.surname, "QUENOUILLE");
    assert_eq!(read.patient.appointments.len(), 1);
    assert_eq!((read.record.entries.len(), read.record.damaged.len()), (3, 0));
    assert!(serde_json::to_string(&read.record).expect("JSON").contains(&format!("{CANARY} corrigé 2")));
    let journal = history::list_journal(&later, ListJournalRequest { subject: None, before: None, limit: 50 });
    let commands: Vec<String> =
        journal.await.expect("the journal").entries.into_iter().map(|one| one.command).collect();
    for command in ["archive_patients", "open_intermediate", "search_intermediate", "read_intermediate"] {
        assert!(commands.iter().any(|one| one == command), "{command} is not journalled");
    }
    retention::close_intermediate(&later, NothingRequest {}).await.expect("closed");
    assert_eq!(code(retention::read_intermediate(&later, request()).await), "archive_not_open");

    // Another session later: the sweep leaves their scan where it is, and the archive closes by itself.
    let next = desk_at(&house, "2032-06-02T09:00:00Z").await;
    assert_eq!(kept(&house), documents);
    assert_eq!(code(search(&next, "quenouille").await), "archive_not_open");
    find(&next, "quenouille").await;
    let back = BringBackRequest { erasure_id: found[0].erasure_id.clone(), reason: "Revient consulter".to_owned() };
    assert_eq!(retention::bring_back_patient(&next, back.clone()).await.expect("back").patient_id, id);
    assert_eq!(code(retention::bring_back_patient(&next, back).await), "not_archived");
    let after = package(&next, id).await;
    // What was of the moment is not brought back.
    let lasting = everything.rows.iter().filter(|row| !["pin", "queue_turn"].contains(&row.table.as_str()));
    for (before, after) in lasting.clone().zip(&after.rows) {
        assert_eq!(before, after);
    }
    assert_eq!((lasting.count(), &everything.links), (after.rows.len(), &after.links));
    assert_eq!(active(&next, "quenouille").await, 1);
    let view = open(&next, id).await;
    assert_eq!((view.entries.len(), view.damaged.len()), (3, 0));
    assert!(find(&next, "quenouille").await.is_empty(), "and no copy is left in the archive");
    let contacts = patient::show_patient(&next, PatientRequest { id: child }).await;
    assert_eq!(contacts.expect("there").fields.surname, "DUPRE");
    assert!(verified(&next).await);
    let still = desk_at(&house, "2032-06-03T09:00:00Z").await;
    assert_eq!(kept(&house), documents);
    assert!(verified(&still).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_prescription_goes_along_with_its_original_and_prints_again() {
    let (house, desk, id) = set_up().await;
    let lines = vec![line(&desk, "Doloran 500 mg gélule: 1 le soir 5 jours").await];
    let signed = prescription::sign_prescription(&desk, draft(id, lines)).await.expect("signed");
    let originals = kept(&house);
    let later = desk_at(&house, LATER).await;
    assert_eq!(put_away(&later, id).await.archived, 1);
    let next = desk_at(&house, LATER).await;
    assert_eq!(kept(&house), originals, "the original stays");
    let found = find(&next, "").await;
    let request = IntermediateRequest { erasure_id: found[0].erasure_id.clone() };
    let read = retention::read_intermediate(&next, request).await.expect("read");
    assert!(read.record.damaged.is_empty() && !read.record.entries.is_empty());
    let back = BringBackRequest { erasure_id: found[0].erasure_id.clone(), reason: "Revient".to_owned() };
    retention::bring_back_patient(&next, back).await.expect("back");
    print(&next, signed.paper.id).await;
    assert!(verified(&next).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_changed_or_is_expected_stays_active() {
    let house = House::new().await;
    let desk = house.desk().await;
    let id = add_patient(&desk, "REVENANT", "Rita", "1979-05-12").await;
    write(&desk, id, "2026-11-20", consultation("Toux")).await;
    let later = desk_at(&house, LATER).await;
    assert_eq!(run(&later, "").await.listed, 1);
    let mut agenda = cast(&later).await;
    agenda.patient = id;
    book(&later, &agenda, at("2032-07-01T09:00"), false).await.expect("booked");
    let view = put_away(&later, id).await;
    assert_eq!((view.archived, view.stayed[0].code.as_str()), (0, "not_due"));
    let many = ArchivePatientsRequest { patients: vec![id; 2_001] };
    assert_eq!(code(retention::archive_patients(&later, many).await), "too_many");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_and_a_code_that_were_given_meanwhile_do_not_keep_anybody_out() {
    let house = House::new().await;
    let desk = house.desk().await;
    let mut agenda = cast(&desk).await;
    let id = add_patient(&desk, "ANCIEN", "Ali", "1979-05-12").await;
    agenda.patient = id;
    let booked = book(&desk, &agenda, at("2026-11-24T09:00"), false).await.expect("booked");
    write(&desk, id, "2026-11-20", consultation("Toux")).await;
    let later = desk_at(&house, LATER).await;
    put_away(&later, id).await;
    // Somebody books their slot of then, under their code.
    let other = add_patient(&later, "NEUF", "Nina", "1979-05-12").await;
    agenda.patient = other;
    let taken = book(&later, &agenda, at("2026-11-24T09:00"), false).await.expect("the slot is free");
    let code = booked.appointment.code.clone();
    let sql = format!("UPDATE appointment SET code = '{code}' WHERE id = '{}'", taken.appointment.id);
    crate::record::sql(&later, &[&sql]).await;
    let found = find(&later, "ancien").await;
    let back = BringBackRequest { erasure_id: found[0].erasure_id.clone(), reason: "Revient".to_owned() };
    retention::bring_back_patient(&later, back).await.expect("back");
    let mut connection = later.store().read().await.expect("a connection");
    let theirs =
        store::agenda::appointment(&mut connection, booked.appointment.id).await.expect("read").expect("there");
    assert!(theirs.overbooked && theirs.code != code);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_held_in_the_archive_is_told_and_a_new_database_key_renews_the_archives() {
    let house = House::new().await;
    let desk = house.desk().await;
    let id = add_patient(&desk, "LITIGE", "Louise", "1979-05-12").await;
    write(&desk, id, "2026-11-20", consultation(CANARY)).await;
    let later = desk_at(&house, LATER).await;
    put_away(&later, id).await;
    let found = find(&later, "litige").await;
    let hold = HoldPatientRequest {
        patient_id: None,
        erasure_id: found[0].erasure_id.clone(),
        ground: "legal_claim".to_owned(),
        note: "Assignation".to_owned(),
    };
    retention::hold_patient(&later, hold).await.expect("held");
    assert!(find(&later, "litige").await[0].held);
    let due = run(&later, "2047-01-01").await;
    assert_eq!((due.persons[0].place.as_str(), due.persons[0].action.as_str()), ("archive", "held"));

    let before = fs::read(house.vault.join("archive.db")).expect("there");
    desk.store().close().await;
    later.store().close().await;
    let alone = desk_at(&house, LATER).await;
    let request = semainier_app::commands::access::wire::RekeyRequest { password: crate::house::PASSWORD.to_owned() };
    semainier_app::commands::access::rekey(&alone, request).await.expect("a new key");
    assert!(fs::read(house.vault.join("archive.db")).expect("there") == before, "nobody was there to open it");
    let next = desk_at(&house, LATER).await;
    assert!(fs::read(house.vault.join("archive.db")).expect("there") != before, "written under a new key");
    let keys: Vec<i64> = {
        let mut connection = next.store().read().await.expect("a connection");
        store::archive::known::keys(&mut connection).await.expect("keys").iter().map(|key| key.version).collect()
    };
    assert_eq!(keys, [2], "the key before is forgotten");
    assert_eq!(find(&next, "litige").await.len(), 1);
    assert!(verified(&next).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_that_names_a_patient_goes_along() {
    let house = House::new().await;
    let desk = house.desk().await;
    let mut connection = desk.store().read().await.expect("a connection");
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
          WHERE m.type = 'table' AND c.name LIKE '%patient%' AND c.name NOT IN ('patient_id', 'linked_patient_id')
            AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE 'patient%'",
    )
    .fetch_all(&mut *connection)
    .await
    .expect("the tables");
    assert_eq!(tables, Vec::<String>::new(), "a column names a patient by another name: nobody moves its rows");
}
