//! Leaving: the whole practice written into an archive, and taken in again. Persons of twenty consultations, thirty appointments and
//! five papers each; the papers are scanned documents of 30 kB, which cost the archive what a signed original does. Held against
//! the figures of the issue: a hundred persons a second, 300 MB at most.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Days, Utc};
use domain::id::PatientId;
use domain::role::Permission;
use domain::time::WallTime;
use semainier_app::commands::agenda::wire::BookAppointmentRequest;
use semainier_app::commands::archive::wire::{ExportArchiveRequest, ImportArchiveRequest};
use semainier_app::commands::documents::wire::{AddDocumentPieceRequest, BeginDocumentRequest, FileDocumentRequest};
use semainier_app::commands::entrance::create;
use semainier_app::commands::patient::wire::{CreatePatientRequest, PatientFields};
use semainier_app::commands::record::chart::Chart;
use semainier_app::commands::record::wire::{Body, Consultation};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, agenda, archive, documents, patient, practice};
use semainier_app::vault::MemoryKeyring;

use super::{doorstep, open, practice_request, round};

const CONSULTATIONS: usize = 20;
const APPOINTMENTS: u32 = 30;
const PAPERS: usize = 5;

/// What notes are made of: no two consultations are alike, as no two are.
const WORDS: &str = "suivi renouvellement plainte nouvelle bonne tolérance du traitement observance correcte cœur régulier \
    sans souffle poumons libres abdomen souple indolore hypertension artérielle équilibrée sous bilan biologique dans trois \
    mois douleur thoracique atypique effort repos dyspnée toux productive fièvre depuis jours angine otite rhinite allergie \
    saisonnière antihistaminique poids stable appétit conservé sommeil fragmenté anxiété modérée travail arrêt prolongé reprise \
    prévue genou droit œdème discret épanchement radiographie demandée kinésithérapie séances lombalgie commune lever contrôle \
    tension auto-mesure moyenne diabète glycémie capillaire hémoglobine glyquée pied examen monofilament fond œil vaccination \
    grippe rappel tétanos tabac sevrage patch motivation alcool activité physique marche quotidienne régime conseils donnés \
    cicatrice propre fils retirés pansement plaie superficielle désinfection mycose traitement local eczéma émollient corticoïde";

fn sentence(seed: &mut u64, words: usize) -> String {
    let all: Vec<&str> = WORDS.split_whitespace().collect();
    let mut said: Vec<&str> = Vec::with_capacity(words);
    for _ in 0..words {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        said.push(all[(*seed >> 33) as usize % all.len()]);
    }
    format!("{}.", said.join(" "))
}

fn consultation(person: u32, number: usize) -> Body {
    let mut seed = u64::from(person) * 1_000 + number as u64;
    Body::Consultation(Consultation {
        reason: sentence(&mut seed, 4),
        history: sentence(&mut seed, 11),
        examination: sentence(&mut seed, 10),
        conclusion: sentence(&mut seed, 6),
        plan: sentence(&mut seed, 9),
    })
}

async fn paper(desk: &Desk, patient_id: PatientId, number: usize) {
    let begun = documents::begin_document(desk, BeginDocumentRequest { patient_id }).await.expect("begun");
    let mut bytes = format!("%PDF-1.4 {number} ").into_bytes();
    // Nothing that packing makes smaller.
    let mut state = number as u64 + 1;
    while bytes.len() < 30_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        bytes.extend(state.to_le_bytes());
    }
    let request = AddDocumentPieceRequest { handle: begun.handle.clone(), offset: 0, base64: STANDARD.encode(bytes) };
    documents::add_document_piece(desk, request).await.expect("added");
    let request = FileDocumentRequest {
        handle: begun.handle,
        title: format!("Ordonnance {number}"),
        category: "letter".to_owned(),
        dated: "2026-11-20".to_owned(),
    };
    documents::file_document(desk, request).await.expect("filed");
}

/// The most memory that this process held since it was last asked, in MB; none where the system does not tell.
fn peak() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(round(kilobytes / 1024.0))
}

fn forget_peak() {
    // Linux's own word for it; elsewhere nothing is told.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

async fn made(folder: &Path, keyring: &Arc<MemoryKeyring>, now: DateTime<Utc>) -> Arc<Desk> {
    create::make_practice(&doorstep(folder, keyring, now), practice_request(), false).await.expect("a practice");
    open(folder, keyring, now).await.0
}

/// All figures of this subject.
pub async fn figures(persons: u32) {
    let place = tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let keyring = Arc::new(MemoryKeyring::default());
    let now: DateTime<Utc> = "2026-11-22T09:00:00Z".parse().expect("an instant");
    let desk = made(&place.path().join("vault"), &keyring, now).await;
    let shown = practice::show_practice(&desk, NothingRequest {}).await.expect("the practice");
    let (practitioner_id, type_id) = (shown.practitioners[0].id, shown.types[0].id);
    for number in 0..persons {
        let fields = PatientFields {
            surname: format!("DUPONT {number}"),
            first_name: "Marie".to_owned(),
            born: "1950-05-12".to_owned(),
            ..Default::default()
        };
        let made = patient::create_patient(&desk, CreatePatientRequest { fields }).await.expect("a patient");
        let id = made.patient.id;
        for visit in 0..APPOINTMENTS {
            let day = now.date_naive() + Days::new(u64::from(number % 60 + visit));
            let request = BookAppointmentRequest {
                practitioner_id,
                patient_id: Some(id),
                type_id,
                starts: WallTime::at(day, 540),
                minutes: Some(15),
                origin: "phone".to_owned(),
                overbook: true,
                note: String::new(),
                contact_name: String::new(),
                contact_phone: String::new(),
                never_sync: false,
            };
            agenda::book_appointment(&desk, request).await.expect("booked");
        }
        let mut change = desk.change(Permission::WriteClinical, "write_entry").await.expect("a change");
        let chart = Chart::open(&desk, change.connection(), id).await.expect("their keys");
        for visit in 0..CONSULTATIONS {
            chart
                .write(&desk, &mut change, "2026-11-20".to_owned(), consultation(number, visit))
                .await
                .expect("written");
        }
        change.commit().await.expect("committed");
        for number in 0..PAPERS {
            paper(&desk, id, number).await;
        }
    }
    let out = place.path().join("out");
    fs::create_dir(&out).expect("a folder");
    forget_peak();
    let began = Instant::now();
    let request = ExportArchiveRequest {
        into: out.to_string_lossy().into_owned(),
        language: "fr".to_owned(),
        anew: true,
        ..Default::default()
    };
    let done = archive::export_archive(&desk, request).await.expect("exported");
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{}",
        serde_json::json!({
            "figure": "archive export", "persons": done.persons, "files": done.files, "bytes": done.bytes,
            "seconds": round(seconds), "persons_a_second": round(f64::from(persons) / seconds), "at_least": 100,
            "peak_mb": peak(), "peak_at_most_mb": 300,
        })
    );
    let there = made(&place.path().join("other"), &keyring, now).await;
    forget_peak();
    let began = Instant::now();
    let taken = archive::import_archive(&there, ImportArchiveRequest { path: done.path }).await.expect("taken in");
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{}",
        serde_json::json!({
            "figure": "archive import", "persons": taken.persons, "entries": taken.entries, "files": taken.files,
            "seconds": round(seconds), "persons_a_second": round(f64::from(persons) / seconds), "peak_mb": peak(),
        })
    );
}
