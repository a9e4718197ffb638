//! A practice with something in every table, which leaves and arrives.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::id::PatientId;
use semainier_app::commands::archive::wire::{ArchivedView, ExportArchiveRequest, ImportArchiveRequest, TakenInView};
use semainier_app::commands::contact::wire::GiveConsentRequest;
use semainier_app::commands::patient::wire::MergePatientsRequest;
use semainier_app::commands::record::summary_wire::SaveClinicalDraftRequest;
use semainier_app::commands::record::wire::{
    Alert, Allergy, Antecedent, Body, Condition, Consultation, CorrectEntryRequest, Family, Measure,
    StrikeEntryRequest, Treatment, Vaccination, WriteEntryRequest,
};
use semainier_app::commands::results::wire::MarkSeenRequest;
use semainier_app::commands::{CommandError, Desk, archive, contact, patient, prescription, record, results};
use semainier_app::privacy::archive::reading::Opened;
use tempfile::TempDir;

use crate::house::{House, add_patient, at, book, cast};
use crate::prescribing::{draft, line, set_up_in};
use crate::record::{sql, user};
use crate::relatives::relative;
use crate::results::{hprim, marie, reports, value};
use crate::results_documents::{file, scan};

/// Everything a practice may hold.
pub struct Rich {
    pub desk: Arc<Desk>,
    pub patient: PatientId,
    pub image: Vec<u8>,
}

pub async fn write(desk: &Desk, patient_id: PatientId, body: Body) -> record::wire::RecordEntryView {
    let request = WriteEntryRequest { patient_id, on: String::new(), body };
    record::write_entry(desk, request).await.expect("written")
}

pub fn bodies() -> Vec<Body> {
    vec![
        Body::Antecedent(Antecedent { label: "Appendicectomie".into(), note: "2001".into() }),
        Body::Allergy(Allergy {
            agent: "Pénicilline".into(),
            agent_kind: "substance".into(),
            severity: "severe".into(),
            ..Default::default()
        }),
        Body::Condition(Condition {
            label: "Asthme".into(),
            ald: true,
            since: "2010-02-28".into(),
            until: String::new(),
        }),
        Body::Treatment(Treatment {
            label: "Salbutamol".into(),
            posology: "2 bouffées".into(),
            since: "2020-02-29".into(),
            ..Default::default()
        }),
        Body::Vaccination(Vaccination {
            vaccine: "DTP".into(),
            batch: "L<12>&".into(),
            dose: "1".into(),
            ..Default::default()
        }),
        Body::Measure(Measure { what: "weight".into(), value: "71.5".into(), unit: "kg".into(), ..Default::default() }),
        Body::Alert(Alert { text: "Chutes répétées \"à domicile\"".into() }),
        Body::Family(Family { relative: "mère".into(), label: "Diabète".into() }),
        Body::Consultation(Consultation {
            reason: "فحص عادي".into(),
            plan: "Revoir\ndans 6 mois".into(),
            ..Default::default()
        }),
    ]
}

/// A practice with something in every table.
pub async fn rich(house: &House) -> Rich {
    let (desk, patient) = set_up_in(house).await;
    let mut cast = cast(&desk).await;
    // The same person twice, as it happens.
    patient::merge_patients(&desk, MergePatientsRequest { into: patient, from: cast.patient }).await.expect("merged");
    cast.patient = patient;
    let secretary = user(house, &desk, "samia", "secretary").await;
    for body in bodies() {
        write(&desk, patient, body).await;
    }
    let first =
        write(&desk, patient, Body::Consultation(Consultation { reason: "Toux".into(), ..Default::default() })).await;
    for reason in ["Toux sèche", "Toux sèche nocturne"] {
        let version = if reason == "Toux sèche" { 1 } else { 2 };
        let body = Body::Consultation(Consultation { reason: reason.into(), ..Default::default() });
        let request = CorrectEntryRequest { id: first.id, version, on: String::new(), body };
        record::correct_entry(&desk, request).await.expect("corrected");
    }
    let struck =
        write(&desk, patient, Body::Antecedent(Antecedent { label: "Autre patient".into(), ..Default::default() }))
            .await;
    let request = StrikeEntryRequest { id: struck.id, version: 1, reason: "erreur de fiche".into() };
    record::strike_entry(&desk, request).await.expect("struck");
    // Results: one known and seen, one of nobody known.
    results::import_results(&desk, crate::results::request(&marie("1001", "0.92"))).await.expect("imported");
    let found = reports(&desk, patient).await;
    let report = &found.reports[0];
    let request = MarkSeenRequest { entry_id: report.entry_id, version: report.version, seen: true };
    results::mark_seen(&desk, request).await.expect("seen");
    let unknown = hprim("INCONNU", "Paul", "01/01/1960", "1002", &value("Glycemie", "1.20", ("0.70", "1.10"), ""));
    results::import_results(&secretary, crate::results::request(&unknown)).await.expect("imported");
    // Merged: a record of two patients, under two keys.
    let other = add_patient(&desk, "DUPOND", "Marie", "1979-05-12").await;
    write(&desk, other, Body::Antecedent(Antecedent { label: "Fracture du poignet".into(), ..Default::default() }))
        .await;
    patient::merge_patients(&desk, MergePatientsRequest { into: patient, from: other }).await.expect("merged");
    let child = add_patient(&desk, "TAZI", "Yanis", "2024-02-29").await;
    let parent = contact::save_contact(&desk, relative(child, "Anne Tazi", "0612000214")).await.expect("a contact");
    let consent = GiveConsentRequest {
        patient_id: child,
        contact_person_id: parent.contact.id,
        given_on: "2026-11-20".into(),
        way: "written".into(),
    };
    contact::give_consent(&desk, consent).await.expect("noted");
    // Documents: a PDF taken in, a picture that a secretary filed last and that nobody took in yet.
    file(&desk, patient, "Radio du thorax", &scan(200_000)).await.expect("filed");
    let lines = vec![line(&desk, "doloran 1000 mg comprimé: 1 le matin 5 jours").await];
    prescription::sign_prescription(&desk, draft(patient, lines)).await.expect("signed");
    book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    book(&desk, &cast, at("2026-11-24T09:30"), true).await.expect("overbooked");
    let request = SaveClinicalDraftRequest { patient_id: patient, body: "{\"history\":\"en cours\"}".into() };
    record::save_clinical_draft(&desk, request).await.expect("kept");
    fill(&desk).await;
    let mut image = b"\xff\xd8\xff\xe0 JFIF".to_vec();
    image.extend((0..90_000_u32).map(|n| n.to_le_bytes()[0]));
    file(&secretary, child, "Photo", &image).await.expect("filed");
    secretary.store().close().await;
    Rich { desk, patient, image }
}

/// What the commands of this scenario leave empty.
async fn fill(desk: &Desk) {
    sql(
        desk,
        &[
            "CREATE TEMP TABLE one AS SELECT (SELECT id FROM practitioner LIMIT 1) AS p, (SELECT id FROM site LIMIT 1) AS s,
                (SELECT id FROM patient WHERE surname = 'DUPONT') AS d, (SELECT id FROM user WHERE login = 'lefevre') AS u,
                (SELECT id FROM appointment LIMIT 1) AS a, (SELECT id FROM appointment_type LIMIT 1) AS t",
            "INSERT INTO absence (id, practitioner_id, starts, ends, label) SELECT '019ac100-0000-7000-8000-000000000010', p, 30000000, 30000600, 'Congrès' FROM one",
            "INSERT INTO opening (id, practitioner_id, day, from_minute, to_minute) SELECT '019ac100-0000-7000-8000-000000000011', p, 20800, 600, 720 FROM one",
            "INSERT INTO block (id, practitioner_id, kind, weekdays, from_minute, to_minute, types) SELECT '019ac100-0000-7000-8000-000000000012', p, 'urgent', 31, 600, 660, '[]' FROM one",
            "INSERT INTO locum (id, practitioner_id, name, first_day, last_day) SELECT '019ac100-0000-7000-8000-000000000013', p, 'Dr Remplaçant', 20800, 20810 FROM one",
            "INSERT INTO holiday_change (day, state, label) VALUES (20900, 'closed', 'Pont')",
            "INSERT INTO school_holiday (id, zone, label, first_day, last_day) VALUES ('019ac100-0000-7000-8000-000000000014', 'C', 'Hiver', 20870, 20884)",
            "INSERT INTO resource_kind (id, name, category, rank) VALUES ('019ac100-0000-7000-8000-000000000015', 'Salle', 'room', 0)",
            "INSERT INTO resource (id, kind_id, site_id, name, rank) SELECT '019ac100-0000-7000-8000-000000000016', '019ac100-0000-7000-8000-000000000015', s, 'Salle 1', 0 FROM one",
            "INSERT INTO type_resource_kind (type_id, kind_id) SELECT t, '019ac100-0000-7000-8000-000000000015' FROM one",
            "INSERT INTO type_practitioner (type_id, practitioner_id) SELECT t, p FROM one",
            "INSERT INTO type_site (type_id, site_id) SELECT t, s FROM one",
            "UPDATE appointment SET resources = '[\"019ac100-0000-7000-8000-000000000016\"]' WHERE overbooked = 0",
            "INSERT INTO phone_call (id, patient_id, about, words, taken_at, taken_by) SELECT '019ac100-0000-7000-8000-000000000017', d, 'Ordonnance', 'ordonnance', '2026-11-22T09:00:00Z', u FROM one",
            "INSERT INTO publishing (practitioner_id, address, login, discretion, language, days_back, days_ahead, every_minutes, enabled)
             SELECT p, 'https://calendrier.example/', 'l', 'busy', 'fr', 7, 90, 15, 1 FROM one",
            "INSERT INTO published_event (practitioner_id, name, fingerprint, etag) SELECT p, 'n', 'f', 'e' FROM one",
            "INSERT INTO queue_turn (day, appointment_id, turn) SELECT 20782, a, 1 FROM one",
            "INSERT INTO pin (user_id, appointment_id, pinned_at) SELECT u, a, '2026-11-22T09:00:00Z' FROM one",
            "INSERT INTO series (id, patient_id, practitioner_id, type_id, minutes, unit, at_least, at_most, sessions, first)
             SELECT '019ac100-0000-7000-8000-000000000018', d, p, t, 20, 'weeks', 1, 1, 1, 1 FROM one",
            "INSERT INTO series_session (series_id, number, appointment_id, planned) SELECT '019ac100-0000-7000-8000-000000000018', 1, a, 1 FROM one",
            "INSERT INTO waiting_entry (id, patient_id, type_id, minutes, weekdays, from_day, until_day, from_minute, to_minute, urgency, created_at)
             SELECT '019ac100-0000-7000-8000-000000000019', d, t, 20, 31, 20782, 20800, 540, 1080, 'urgent', '2026-11-22T09:00:00Z' FROM one",
            "INSERT INTO waiting_offer (entry_id, rank, practitioner_id, starts, outcome, offered_at)
             SELECT '019ac100-0000-7000-8000-000000000019', 1, p, 29926080, 'refused', '2026-11-22T09:00:00Z' FROM one",
            "INSERT INTO taken_over_event (practitioner_id, uid, fingerprint) SELECT p, 'uid', 'f' FROM one",
            "INSERT INTO draft (user_id, kind, body, saved_at) SELECT u, 'booking', '{}', '2026-11-22T09:00:00Z' FROM one",
            "INSERT INTO prescription_set (id, kind, practitioner_id, name, lines, acts, revision) SELECT '019ac100-0000-7000-8000-000000000020', 'favourite', p, 'Asthme', '[]', '[]', 1 FROM one",
            "INSERT INTO disclosure (id, at, recipient_kind, categories, purpose, ground, way, journal_sequence, user_id)
             SELECT '019ac100-0000-7000-8000-000000000021', '2026-11-22T09:00:00Z', 'colleague', '[\"identity\"]', 'care', 'care', 'paper', 3, u FROM one",
            "INSERT INTO disclosure_person (patient_id, disclosure_id) SELECT d, '019ac100-0000-7000-8000-000000000021' FROM one",
            "INSERT OR REPLACE INTO setting (name, value) VALUES ('waiting_room', '{\"sound\":true}')",
            "DROP TABLE one",
        ],
    )
    .await;
}

pub async fn export(desk: &Desk, folder: &Path) -> Result<ArchivedView, CommandError> {
    let request = ExportArchiveRequest {
        into: folder.to_string_lossy().into_owned(),
        language: "fr".to_owned(),
        anew: false,
        ..Default::default()
    };
    archive::export_archive(desk, request).await
}

pub async fn import(desk: &Desk, path: &Path) -> Result<TakenInView, CommandError> {
    archive::import_archive(desk, ImportArchiveRequest { path: path.to_string_lossy().into_owned() }).await
}

pub fn opened(path: &Path) -> Opened {
    let mut archive = Opened::new(Box::new(File::open(path).expect("the archive"))).expect("an archive");
    archive.verify(|_, _| true).expect("whole");
    archive
}

pub async fn left(house: &House) -> (Rich, TempDir, PathBuf) {
    let rich = rich(house).await;
    let folder = tempfile::tempdir().expect("a folder");
    let done = export(&rich.desk, folder.path()).await.expect("exported");
    let path = PathBuf::from(&done.path);
    assert_eq!(done.unreadable, Vec::<String>::new());
    assert_eq!((done.persons, done.files), (2, 3), "two persons; a scan, a picture, a signed paper");
    assert_eq!(u64::try_from(done.bytes).expect("a size"), fs::metadata(&path).expect("there").len());
    (rich, folder, path)
}
