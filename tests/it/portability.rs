//! One person's export: everything about them, nothing about others, in forms that people and programs read, and nothing left
//! behind where it breaks off.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::PatientId;
use semainier_app::commands::disclosure::wire::{DisclosuresRequest, DisclosuresView, PrintDisclosuresRequest};
use semainier_app::commands::portability::wire::{ExportPersonRequest, ExportedPersonView};
use semainier_app::commands::prescription::kept_wire::LetterDraft;
use semainier_app::commands::prescription::wire::PaperRequest;
use semainier_app::commands::record::wire::OpenRecordRequest;
use semainier_app::commands::summary::wire::PrintSummaryRequest;
use semainier_app::commands::{Desk, disclosure, portability, prescription, record, summary};
use semainier_app::privacy::parcel::Manifest;
use sha2::{Digest as _, Sha256};

use crate::house::{House, add_patient, code, verified};
use crate::portability_scene::{OTHER_PERSON, OTHER_PHONE, SCAN, full};
use crate::record::user;

pub fn asked(patient_id: PatientId, path: &str, passphrase: &str) -> ExportPersonRequest {
    ExportPersonRequest {
        patient_id,
        language: String::new(),
        path: path.to_owned(),
        passphrase: passphrase.to_owned(),
    }
}

pub async fn export(desk: &Desk, patient_id: PatientId) -> (ExportedPersonView, BTreeMap<String, Vec<u8>>) {
    let view = portability::export_person(desk, asked(patient_id, "", "")).await.expect("exported");
    let bytes = STANDARD.decode(&view.file.as_ref().expect("a file").base64).expect("base 64");
    let files = unpacked(&bytes);
    (view, files)
}

pub fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|number| {
            let mut file = archive.by_index(number).expect("a file");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("read");
            (file.name().expect("a name").into_owned(), content)
        })
        .collect()
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    let bytes = files.get(name).unwrap_or_else(|| panic!("{name} is there"));
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

/// The words of a PDF, as a reader program takes them.
pub fn words(pdf: &[u8]) -> String {
    let place = tempfile::NamedTempFile::new().expect("a file");
    fs::write(place.path(), pdf).expect("written");
    let done = Command::new("pdftotext").arg("-layout").arg(place.path()).arg("-").output().expect("pdftotext");
    assert!(done.status.success(), "a PDF that opens");
    String::from_utf8_lossy(&done.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_all_of_a_person_and_its_manifest_is_true() {
    let house = House::new().await;
    let (desk, patient_id) = full(&house).await;
    let (view, files) = export(&desk, patient_id).await;
    assert_eq!((view.damaged, view.encrypted), (0, false));
    let manifest: Manifest = serde_json::from_slice(&files["manifest.json"]).expect("a manifest");
    assert_eq!(manifest.files.len() + 1, files.len());
    assert_eq!(manifest.files.len() as i64, view.files);
    for file in &manifest.files {
        let digest: String = Sha256::digest(&files[&file.path]).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((digest, files[&file.path].len() as u64), (file.sha256.clone(), file.bytes), "{}", file.path);
    }
    let scan = files.iter().find(|(name, _)| name.ends_with(".png")).expect("the scan");
    assert_eq!(scan.1, SCAN, "as it is");
    assert!(scan.0.starts_with("documents/") && !scan.0.contains(".."), "{}", scan.0);
    let paper = files.iter().find(|(name, _)| name.contains("ordonnance")).expect("the prescription");
    assert!(paper.1.starts_with(b"%PDF-"), "as it was signed");
    let read = words(&files["LISEZMOI.pdf"]);
    for said in [
        "MARTIN",
        "3 rue des Lilas",
        "Trachéite",
        "Appendicectomie",
        "Pénicilline",
        "urticaire",
        "Asthme",
        "Salbutamol",
        "DTP",
        "71,5 kg",
        "128/79",
        "Risque de chute",
        "diabète",
        "Fracture du radius droit",
        "radius gauche",
        "Glycemie",
        "0.92",
        "voyage",
        "Jeanne Martin",
        "demande un rendez-vous",
        "CNIL",
        "RGPD 15",
        "20 ans",
        "Aucune transmission",
        "autre patient",
    ] {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        assert!(squeezed(&read).contains(&squeezed(said)), "{said} is in the paper");
    }
    for (table, said) in [
        ("tables/consultations.csv", "Poumons libres"),
        ("tables/allergies.csv", "Pénicilline"),
        ("tables/measures.csv", "128/79"),
        ("tables/results.csv", "<5"),
        ("tables/appointments.csv", "annulé"),
        ("tables/consents.csv", "Jeanne Martin mère"),
        ("tables/versions.csv", "Fracture du radius gauche"),
        ("tables/prescriptions.csv", "5 jours"),
        ("tables/calls.csv", "demande un rendez-vous"),
    ] {
        assert!(text(&files, table).contains(said), "{said} in {table}: {}", text(&files, table));
    }
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_an_export_is_about_anybody_else_and_no_cell_starts_a_formula() {
    let house = House::new().await;
    let (desk, patient_id) = full(&house).await;
    let (_, files) = export(&desk, patient_id).await;
    for (name, bytes) in &files {
        let readable = if name.ends_with(".pdf") { words(bytes).into_bytes() } else { bytes.clone() };
        let plain: Vec<u8> = readable.iter().copied().filter(|byte| !b" .-".contains(byte)).collect();
        let holds = |word: &str| {
            readable.windows(word.len()).any(|part| part == word.as_bytes())
                || plain.windows(word.len()).any(|part| part == word.as_bytes())
        };
        assert!(!holds(OTHER_PERSON), "another person in {name}");
        assert!(!OTHER_PHONE.iter().any(|phone| holds(phone)), "another's phone in {name}");
        if name.ends_with(".csv") {
            let mut reader = csv_cells(bytes);
            assert!(reader.drain(..).flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{name}");
        }
    }
    assert!(text(&files, "tables/identity.csv").contains("'=cmd|"), "what would have been one is text");
}

/// Cells of separated values, well enough for what is written here.
fn csv_cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let all = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    for sign in all.trim_start_matches('\u{feff}').chars() {
        match sign {
            '"' => quoted = !quoted,
            ';' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell).trim_end_matches('\r').to_owned());
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(sign),
        }
    }
    rows
}

/// The bundle of an export, and where it stands.
fn bundle_file(files: &BTreeMap<String, Vec<u8>>) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".json").tempfile().expect("a file");
    fs::write(file.path(), &files["bundle.json"]).expect("written");
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bundle_says_every_kind_and_both_validators_take_it() {
    let house = House::new().await;
    let (desk, patient_id) = full(&house).await;
    let (_, files) = export(&desk, patient_id).await;
    let bundle: fhir::export::Bundle = serde_json::from_slice(&files["bundle.json"]).expect("a bundle");
    assert_eq!(fhir::export::check::faults(&bundle), []);
    let mut kinds: Vec<&str> = bundle.entry.iter().map(|one| one.resource.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in [
        "AllergyIntolerance",
        "Appointment",
        "Condition",
        "Consent",
        "DocumentReference",
        "Encounter",
        "Immunization",
        "MedicationRequest",
        "Observation",
        "Patient",
        "Provenance",
    ] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder").join("tools/fhir");
    if !place.join("installed").is_file() {
        let required = std::env::var_os("SEMAINIER_FHIR").is_some_and(|value| value == "required");
        assert!(!required, "the FHIR validators are required and not there: run scripts/fhir.sh");
        eprintln!("SKIPPED: the FHIR validators are not installed; scripts/fhir.sh installs them");
        return;
    }
    let file = bundle_file(&files);
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let node = Command::new("node").arg(scripts.join("check-bundle.cjs")).arg(&place).arg(file.path()).output();
    let python =
        Command::new(place.join("python/bin/python")).arg(scripts.join("check-bundle.py")).arg(file.path()).output();
    for (name, done) in [("npm fhir", node), ("fhir.resources", python)] {
        let done = done.expect("it runs");
        let said = [done.stdout, done.stderr].concat();
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&said));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_persons_passphrase_opens_an_encrypted_export() {
    const PHRASE: &str = "Sept-Ponts#Calmes2026";
    let house = House::new().await;
    let (desk, patient_id) = full(&house).await;
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("marie.zip");
    let weak = portability::export_person(&desk, asked(patient_id, target.to_str().expect("text"), "marie1979")).await;
    assert_eq!(code(weak), "weak_password");
    assert!(!target.exists());
    let request = asked(patient_id, target.to_str().expect("text"), PHRASE);
    let view = portability::export_person(&desk, request).await.expect("exported");
    assert_eq!((view.path.as_str(), view.encrypted, view.file.is_none()), (target.to_str().expect("text"), true, true));
    let sealed = fs::read(&target).expect("the file");
    assert!(sealed.starts_with(b"age-encryption.org/v1"));
    assert!(!sealed.windows(2).any(|two| two == b"PK") || zip::ZipArchive::new(Cursor::new(&sealed)).is_err());
    let open = |phrase: &str| {
        let identity = age::scrypt::Identity::new(age::secrecy::SecretString::from(phrase.to_owned()));
        let decryptor = age::Decryptor::new(&sealed[..]).expect("a header");
        let mut reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).ok()?;
        let mut plain = Vec::new();
        reader.read_to_end(&mut plain).ok()?;
        Some(plain)
    };
    assert!(open("Sept-Ponts#Calmes2027").is_none());
    let files = unpacked(&open(PHRASE).expect("it opens"));
    assert!(files.contains_key("bundle.json") && files.contains_key("LISEZMOI.pdf"));
    assert_eq!(names(folder.path()), ["marie.zip"], "nothing beside it");
    // The same again takes the place of the old one.
    let request = asked(patient_id, target.to_str().expect("text"), "");
    portability::export_person(&desk, request).await.expect("exported");
    assert!(fs::read(&target).expect("the file").starts_with(b"PK"));
    assert_eq!(names(folder.path()), ["marie.zip"]);
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).expect("a folder").flatten().map(|one| one.file_name().to_string_lossy().into()).collect();
    names.sort();
    names
}

pub async fn traces(desk: &Desk, patient_id: PatientId) -> DisclosuresView {
    disclosure::show_disclosures(desk, DisclosuresRequest { patient_id }).await.expect("shown")
}

#[tokio::test(flavor = "multi_thread")]
async fn clinical_content_leaves_under_a_practitioner_alone_and_an_agenda_under_the_office() {
    let house = House::new().await;
    let (desk, patient_id) = full(&house).await;
    let agenda_only = add_patient(&desk, "TAZI", "Meryem", "1990-01-02").await;
    let secretary = user(&house, &desk, "samia", "secretary").await;
    let office = user(&house, &desk, "office", "administrator").await;
    for id in [patient_id, agenda_only] {
        assert_eq!(code(portability::export_person(&secretary, asked(id, "", "")).await), "permission_denied");
        let request = DisclosuresRequest { patient_id: id };
        assert_eq!(code(disclosure::show_disclosures(&secretary, request).await), "permission_denied");
    }
    assert_eq!(code(portability::export_person(&office, asked(patient_id, "", "")).await), "permission_denied");
    let (view, files) = export(&office, agenda_only).await;
    assert_eq!(view.damaged, 0);
    assert!(files.contains_key("bundle.json") && !files.keys().any(|name| name.starts_with("documents/")));
    let told = traces(&office, agenda_only).await;
    assert_eq!(told.disclosures.len(), 1);
    assert!(!told.disclosures[0].categories.contains(&"record".to_owned()) && told.openings.is_empty());
    let unknown = asked(PatientId::new(uuid::Uuid::now_v7()), "", "");
    assert_eq!(code(portability::export_person(&desk, unknown).await), "patient_not_found");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_handed_over_and_who_opened_is_told_to_the_person_and_in_the_next_export() {
    let house = House::new().await;
    let (desk, patient_id) = full(&house).await;
    assert!(traces(&desk, patient_id).await.disclosures.is_empty(), "reading and writing inside hands nothing over");
    record::open_record(&desk, OpenRecordRequest { patient_id }).await.expect("opened");
    let request = PrintSummaryRequest { patient_id, language: "fr".to_owned() };
    summary::print_summary(&desk, request).await.expect("printed");
    let letter = LetterDraft {
        patient_id,
        kind: "letter".to_owned(),
        language: "fr".to_owned(),
        sheet: String::new(),
        recipient: "Dr Roux\nPneumologue".to_owned(),
        title: "Avis".to_owned(),
        text: "Merci de votre avis.".to_owned(),
        values: Default::default(),
    };
    let signed = prescription::sign_letter(&desk, letter).await.expect("signed");
    prescription::print_prescription(&desk, PaperRequest { id: signed.paper.id }).await.expect("printed");
    export(&desk, patient_id).await;
    let told = traces(&desk, patient_id).await;
    let lines: Vec<(&str, &str, &str, &str)> = told
        .disclosures
        .iter()
        .rev()
        .map(|one| (one.recipient_kind.as_str(), one.recipient.as_str(), one.ground.as_str(), one.way.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            ("colleague", "", "care", "paper"),
            ("colleague", "Dr Roux", "care", "paper"),
            ("person", "", "right_of_access", "file"),
        ]
    );
    assert!(told.disclosures.iter().all(|one| one.sequence > 0 && one.by == "Dr Lefèvre"));
    let commands: Vec<&str> = told.openings.iter().map(|one| one.command.as_str()).collect();
    for command in ["open_record", "print_summary", "export_person"] {
        assert!(commands.contains(&command), "{command} in {commands:?}");
    }
    let (_, files) = export(&desk, patient_id).await;
    let table = text(&files, "tables/disclosures.csv");
    assert!(table.contains("Dr Roux") && table.contains("droit d’accès"), "{table}");
    assert!(text(&files, "tables/openings.csv").contains("ouverture du dossier"));
    for language in ["fr", "ar", "en"] {
        let request = PrintDisclosuresRequest { patient_id, language: language.to_owned() };
        let printed = disclosure::print_disclosures(&desk, request).await.expect("printed");
        assert!(words(&STANDARD.decode(printed.base64).expect("base 64")).contains("Roux"));
    }
    assert!(verified(&desk).await);
}
