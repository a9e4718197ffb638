//! Leaving again: what was finished is kept, whoever was put away comes along, and what was written once opens forever.

use std::fs;
use std::path::Path;

use semainier_app::commands::archive::wire::{ExportArchiveRequest, FormerJournalRequest};
use semainier_app::commands::patient::wire::{PatientRequest, SearchPatientsRequest};
use semainier_app::commands::prescription::wire::StartPrescriptionRequest;
use semainier_app::commands::record::wire::OpenRecordRequest;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{archive, patient, prescription, record};

use crate::archive::{text, zipped};
use crate::archive_house::{bodies, export, import, write};
use crate::house::{House, add_patient, code, verified};
use crate::retention::desk_at;
use crate::retention_archive::{LATER, put_away, whole_patient};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_finished_is_kept_unless_it_changed() {
    let house = House::new().await;
    let desk = house.desk().await;
    let mut patients = Vec::new();
    for number in 0..5 {
        patients.push(add_patient(&desk, "DURAND", &format!("Anne {number}"), "1980-01-01").await);
    }
    let folder = tempfile::tempdir().expect("a folder");
    // Stopped where the file itself would be written: its name is taken.
    let taken = folder.path().join("PA20261122T090000.ZIP");
    fs::write(&taken, "other").expect("written");
    assert_eq!(code(export(&desk, folder.path()).await), "archive_exists");
    assert_eq!(archive::show_archive(&desk, NothingRequest {}).await.expect("shown").finished, 5);
    write(&desk, patients[2], bodies().remove(0)).await;
    fs::remove_file(&taken).expect("removed");
    let done = export(&desk, folder.path()).await.expect("goes on");
    assert_eq!((done.persons, done.reused), (5, 4), "whoever changed is made again");
    let bytes = fs::read(&done.path).expect("read");
    let found = zipped(&bytes)
        .into_iter()
        .filter(|(name, _)| name.starts_with("PAT"))
        .any(|(_, person)| text(&zipped(&person)["INDEX.HTM"]).contains("Appendicectomie"));
    assert!(found, "with what was written since");
    assert_eq!(archive::show_archive(&desk, NothingRequest {}).await.expect("shown").finished, 0);
}

/// An archive of format 1 as it was first written. Never made again: whatever comes later must open it.
#[tokio::test(flavor = "multi_thread")]
async fn the_golden_archive_opens() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/archive-1/PA20261122T090000.ZIP");
    let house = House::new().await;
    let desk = house.desk().await;
    let taken = import(&desk, &path).await.expect("taken in");
    assert_eq!((taken.practice.as_str(), taken.persons, taken.appointments, taken.files), ("Cabinet du Parc", 4, 2, 3));
    let search = SearchPatientsRequest { text: "dupont marie".into(), limit: 5 };
    let patient_id = patient::search_patients(&desk, search).await.expect("found").matches[0].id;
    let view = record::open_record(&desk, OpenRecordRequest { patient_id }).await.expect("opened");
    assert!(view.damaged.is_empty());
    let told = serde_json::to_string(&view.entries).expect("JSON");
    for words in ["Toux sèche nocturne", "Fracture du poignet", "فحص عادي", "Pénicilline", "DOLORAN"] {
        assert!(told.contains(words), "{words}");
    }
    let papers =
        prescription::list_prescriptions(&desk, StartPrescriptionRequest { patient_id }).await.expect("listed");
    crate::prescription_papers::print(&desk, papers.papers[0].id).await;
    let vault = archive::show_archive(&desk, NothingRequest {}).await.expect("shown").formers.remove(0).id;
    let request = FormerJournalRequest { vault, before: None, limit: 10 };
    assert!(archive::list_former_journal(&desk, request).await.expect("read").verified);
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_in_the_intermediate_archive_is_brought_back_before_leaving() {
    let house = House::new().await;
    let desk = house.desk().await;
    let (id, _) = whole_patient(&desk).await;
    let later = desk_at(&house, LATER).await;
    assert_eq!(put_away(&later, id).await.archived, 1);
    assert_eq!(archive::show_archive(&later, NothingRequest {}).await.expect("shown").archived, 1);
    let folder = tempfile::tempdir().expect("a folder");
    let refusal = export(&later, folder.path()).await.expect_err("somebody would be lost");
    assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), ("archive_persons_first", Some("bring_back")));
    assert_eq!(refusal.parameters.get("n").map(String::as_str), Some("1"));
    let into = folder.path().to_string_lossy().into_owned();
    let request = ExportArchiveRequest { into, language: "fr".to_owned(), bring_back: true, ..Default::default() };
    let done = archive::export_archive(&later, request).await.expect("left");
    assert_eq!(archive::show_archive(&later, NothingRequest {}).await.expect("shown").archived, 0);
    patient::show_patient(&later, PatientRequest { id }).await.expect("active again");
    let there = House::new().await;
    let new = there.desk().await;
    import(&new, Path::new(&done.path)).await.expect("taken in");
    let view = record::open_record(&new, OpenRecordRequest { patient_id: id }).await.expect("opened");
    assert!(!view.entries.is_empty() && view.damaged.is_empty());
    assert!(verified(&later).await && verified(&new).await);
}
