//! Signed papers: archived, printed, damaged, killed half-way, kept from those who may not.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use base64::Engine as _;
use domain::id::{EntryId, PatientId};
use semainier_app::commands::access::wire::AddUserRequest;
use semainier_app::commands::prescription::kept_wire::{
    LetterDraft, LetterTemplateRequest, PrintCalibrationRequest, SaveLetterTemplateRequest, SaveSecureFormRequest,
    SaveSignatureRequest, SecureFormRequest,
};
use semainier_app::commands::prescription::wire::{ActFields, PaperRequest, StartPrescriptionRequest};
use semainier_app::commands::record::wire::{Body, OpenRecordRequest};
use semainier_app::commands::wire::{FileView, NothingRequest};
use semainier_app::commands::{Desk, access, prescription, record};
use semainier_app::{store, vault};

use crate::house::{House, OTHER, code, verified};
use crate::letterhead::printed;
use crate::prescribing::{draft, drafted, line, set_up};
use crate::record::{dump, holds};

/// Stands nowhere but inside a seal.
pub const CANARY: &str = "Kanarienvogelfieber";

fn bytes(file: &FileView) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(&file.base64).expect("base 64")
}

pub async fn print(desk: &Desk, id: EntryId) -> FileView {
    prescription::print_prescription(desk, PaperRequest { id }).await.expect("printed")
}

/// Words, whatever stands between them on the page.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn documents(house: &House) -> Vec<PathBuf> {
    fn walk(folder: PathBuf, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            // The lock of who files is no document.
            if entry.path().is_dir() {
                walk(entry.path(), into);
            } else if entry.file_name() != ".lock" {
                into.push(entry.path());
            }
        }
    }
    let mut all = Vec::new();
    walk(house.vault.join("documents"), &mut all);
    all.sort();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_is_archived_and_every_later_print_is_a_duplicata() {
    let (house, desk, patient_id) = set_up().await;
    let lines = vec![
        line(&desk, "doloran 1000: 1 matin et 1 soir pendant 7 jours").await,
        line(&desk, "penilab: 1 matin et soir 6 jours").await,
    ];
    let signed = prescription::sign_prescription(&desk, draft(patient_id, lines)).await.expect("signed");
    let named: Vec<String> =
        documents(&house).iter().map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    assert_eq!(named, std::slice::from_ref(&signed.document), "one document, and nothing beside it");
    let first = print(&desk, signed.paper.id).await;
    assert_eq!(vault::digest(&bytes(&first)), signed.digest, "the first print is the original");
    assert!(bytes(&first).windows(12).any(|part| part == b"pdfaid:part>" || part == b"pdfaid:part="), "PDF/A");
    let text = flat(&printed(&first));
    for words in [
        "Dr Hélène Lefèvre",
        "Docteur en médecine",
        "DUPONT Marie",
        "47 ans",
        "PARATAMOL 1000 mg comprimé (DOLORAN)",
        "1 comprimé le matin et 1 comprimé le soir pendant 7 jours.",
        "AMOXILINE 1 g comprimé (PENILAB)",
        "Lyon, le 22 novembre 2026",
        "N° 2026-000001",
        "Page 1 sur 1",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.to_lowercase().contains("duplicata"));
    for _ in 0..2 {
        let again = flat(&printed(&print(&desk, signed.paper.id).await));
        assert!(again.to_lowercase().contains("duplicata"), "{again}");
        assert!(again.contains("1 comprimé le matin et 1 comprimé le soir pendant 7 jours."));
    }
    let shown = prescription::show_prescription(&desk, PaperRequest { id: signed.paper.id }).await.expect("shown");
    assert_eq!((shown.paper.prints, shown.digest), (3, signed.digest));
    let record = record::open_record(&desk, OpenRecordRequest { patient_id }).await.expect("opened");
    assert!(record.damaged.is_empty(), "prints are no versions of an entry");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_original_is_refused_with_the_record_named_and_the_rest_prints() {
    let (house, desk, patient_id) = set_up().await;
    let mut ids = Vec::new();
    for text in ["doloran 1000: 1 matin 5 jours", "plombix: 1 soir 5 jours", "zetalab: 1 soir 5 jours"] {
        let lines = vec![line(&desk, text).await];
        ids.push(prescription::sign_prescription(&desk, draft(patient_id, lines)).await.expect("signed"));
    }
    let file = |at: usize| house.vault.join("documents").join(&ids[at].document);
    let mut changed = fs::read(file(0)).expect("read");
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    fs::write(file(0), changed).expect("written");
    // Another's document under this name.
    fs::copy(file(2), file(1)).expect("copied");
    for at in [0, 1] {
        let request = PaperRequest { id: ids[at].paper.id };
        let refusal = prescription::print_prescription(&desk, request).await.expect_err("not what was signed");
        assert_eq!(refusal.code, "record_damaged");
        assert_eq!(refusal.parameters.get("entry"), Some(&ids[at].paper.id.to_string()));
    }
    print(&desk, ids[2].paper.id).await;
    fs::remove_file(file(2)).expect("removed");
    let request = PaperRequest { id: ids[2].paper.id };
    assert_eq!(code(prescription::print_prescription(&desk, request).await), "record_damaged");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_zones_a_secure_form_and_arabic_papers() {
    let (_house, desk, patient_id) = set_up().await;
    let mut lines =
        vec![line(&desk, "doloran 1000: 1 matin 5 jours").await, line(&desk, "plombix: 1 soir 5 jours").await];
    lines[0].ald = true;
    let signed = prescription::sign_prescription(&desk, draft(patient_id, lines)).await.expect("signed");
    let text = flat(&printed(&print(&desk, signed.paper.id).await));
    let zone = text.find("affection de longue durée").expect("the upper zone");
    let (first, second) = (text.find("PARATAMOL").expect("a line"), text.find("PLOMBE1").expect("another"));
    assert!(zone < first && first < second, "{text}");

    let mut narcotic = draft(patient_id, vec![line(&desk, "morfinol: 1 gélule matin et soir 28 jours").await]);
    narcotic.secure_form = true;
    let signed = prescription::sign_prescription(&desk, narcotic).await.expect("signed");
    let sheet = || "a4".to_owned();
    let usual = prescription::show_secure_form(&desk, SecureFormRequest { sheet: sheet() }).await.expect("usual");
    assert!(!usual.measured);
    let first = print(&desk, signed.paper.id).await;
    let text = flat(&printed(&first));
    for words in
        ["dix milligrammes, une gélule, deux prises par jour", "Délivrance fractionnée de 14 jours", "DUPONT Marie"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Docteur en médecine"), "the form has its own head");
    let mut form = usual.form;
    form.right = 1_000;
    form.patient.x += 300;
    let save = |form| SaveSecureFormRequest { sheet: sheet(), form };
    prescription::save_secure_form(&desk, save(Some(form))).await.expect("kept");
    let again = print(&desk, signed.paper.id).await;
    assert!(flat(&printed(&again)).to_lowercase().contains("duplicata"));
    let left = |file: &FileView| boxes(file, "DUPONT");
    let moved = left(&again) - left(&first);
    assert!((moved - 13.0 * 72.0 / 25.4).abs() < 0.5, "moved by the shift and the area: {moved}");
    let mut slip = form;
    slip.right = 9_000;
    assert_eq!(code(prescription::save_secure_form(&desk, save(Some(slip))).await), "out_of_range");
    let request = PrintCalibrationRequest { sheet: sheet(), language: "fr".to_owned() };
    let page = prescription::print_calibration(&desk, request).await.expect("a sheet");
    assert!(printed(&page).contains("A – B"));

    let arabic = drafted(&desk, "doloran 1000: 1 matin et 1 soir pendant 7 jours", "ar").await.line.expect("a line");
    let mut arabic = draft(patient_id, vec![arabic]);
    arabic.language = "ar".to_owned();
    arabic.sheet = "a5".to_owned();
    let signed = prescription::sign_prescription(&desk, arabic).await.expect("signed");
    let text = flat(&printed(&print(&desk, signed.paper.id).await));
    assert!(text.contains(&signed.paper.number), "year and number in their order: {text}");
    assert!(text.contains("PARATAMOL 1000 mg") && text.contains("قرص واحد صباحًا وقرص واحد مساءً لمدة"), "{text}");

    let mut acts = draft(patient_id, Vec::new());
    acts.kind = "physiotherapy".to_owned();
    assert_eq!(code(prescription::sign_prescription(&desk, acts.clone()).await), "prescription_unsignable");
    acts.acts = vec![ActFields {
        text: "Rééducation du genou droit".to_owned(),
        sessions: Some(10),
        at_home: true,
        ald: false,
    }];
    let signed = prescription::sign_prescription(&desk, acts).await.expect("signed");
    let text = flat(&printed(&print(&desk, signed.paper.id).await));
    assert!(text.contains("Rééducation du genou droit") && text.contains("10 séances"), "{text}");
}

/// The left edge of a word on the page, in points.
fn boxes(file: &FileView, word: &str) -> f32 {
    let mut reader = Command::new("pdftotext")
        .args(["-bbox", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the package poppler-utils is installed");
    reader.stdin.take().expect("a pipe").write_all(&bytes(file)).expect("it is read");
    let html = String::from_utf8(reader.wait_with_output().expect("it ends").stdout).expect("UTF-8");
    let found = html.lines().find(|one| one.contains(&format!(">{word}<"))).expect("the word");
    found.split("xMin=\"").nth(1).and_then(|rest| rest.split('"').next()).and_then(|x| x.parse().ok()).expect("a place")
}

fn letter(patient_id: PatientId, title: &str, text: &str) -> LetterDraft {
    LetterDraft {
        patient_id,
        kind: "certificate".to_owned(),
        language: "fr".to_owned(),
        sheet: String::new(),
        recipient: String::new(),
        title: title.to_owned(),
        text: text.to_owned(),
        values: Default::default(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_filled_signed_and_archived_and_none_with_a_hole() {
    let (_house, desk, patient_id) = set_up().await;
    let text =
        "Je soussignée {praticien} certifie que {patient}, née le {né le}, {âge}, doit rester chez elle {durée}.";
    let mut draft = letter(patient_id, "Certificat pour {patient}", text);
    let filled = prescription::fill_letter(&desk, draft.clone()).await.expect("filled");
    assert_eq!(filled.unfilled, ["durée"]);
    assert_eq!(filled.title, "Certificat pour DUPONT Marie");
    let refusal = prescription::sign_letter(&desk, draft.clone()).await.expect_err("a hole");
    assert_eq!(
        (refusal.code.as_str(), refusal.parameters.get("name").map(String::as_str)),
        ("field_unfilled", Some("durée"))
    );
    draft.values.insert("Durée".to_owned(), "trois jours".to_owned());
    let signed = prescription::sign_letter(&desk, draft).await.expect("signed");
    assert_eq!(
        (signed.paper.kind.as_str(), signed.paper.title.as_str()),
        ("certificate", "Certificat pour DUPONT Marie")
    );
    let text = flat(&printed(&print(&desk, signed.paper.id).await));
    assert!(text.contains("DUPONT Marie, née le 12/05/1979, 47 ans, doit rester chez elle trois jours."), "{text}");
    assert!(printed(&print(&desk, signed.paper.id).await).to_lowercase().contains("duplicata"));
    let record = record::open_record(&desk, OpenRecordRequest { patient_id }).await.expect("opened");
    assert!(matches!(&record.entries[0].body, Body::Letter(one) if one.original.digest == signed.digest));

    let save = |name: &str, text: &str| SaveLetterTemplateRequest {
        id: None,
        kind: "letter".to_owned(),
        language: "fr".to_owned(),
        name: name.to_owned(),
        title: String::new(),
        text: text.to_owned(),
    };
    let kept = prescription::save_letter_template(&desk, save("Sortie", "Cher confrère")).await.expect("kept");
    assert_eq!(code(prescription::save_letter_template(&desk, save("Sortie", " ")).await), "empty");
    let sets = prescription::list_prescription_sets(&desk, NothingRequest {}).await.expect("listed");
    let id = sets.templates.iter().find(|one| one.id.to_string() == kept.id).expect("the new one").id;
    let request = LetterTemplateRequest { id };
    prescription::remove_letter_template(&desk, request).await.expect("removed");
    let sets = prescription::list_prescription_sets(&desk, NothingRequest {}).await.expect("listed");
    assert!(sets.templates.iter().all(|one| one.id != id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_s_image_is_its_owner_s_and_sealed() {
    let (_house, desk, patient_id) = set_up().await;
    let empty = prescription::show_signature(&desk, NothingRequest {}).await.expect("shown");
    assert_eq!(empty.base64, "");
    let save = |base64: &str| SaveSignatureRequest { base64: base64.to_owned() };
    assert_eq!(code(prescription::save_signature(&desk, save("AAAA")).await), "picture_unreadable");
    prescription::save_signature(&desk, save(PNG)).await.expect("kept");
    assert_eq!(prescription::show_signature(&desk, NothingRequest {}).await.expect("shown").base64, PNG);
    let lines = vec![line(&desk, "doloran 1000: 1 matin 5 jours").await];
    let with = prescription::sign_prescription(&desk, draft(patient_id, lines.clone())).await.expect("signed");
    let pictured = bytes(&print(&desk, with.paper.id).await);
    prescription::save_signature(&desk, save("")).await.expect("none any more");
    let without = prescription::sign_prescription(&desk, draft(patient_id, lines)).await.expect("signed");
    let bare = bytes(&print(&desk, without.paper.id).await);
    let has = |file: &[u8]| file.windows(14).any(|part| part == b"/Subtype/Image" || part == b"/Subtype /Imag");
    assert!(has(&pictured) && !has(&bare), "the image is on the paper, and gone with it");
    let mut connection = desk.store().read().await.expect("a connection");
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM practitioner_signature")
        .fetch_one(&mut *connection)
        .await
        .expect("a count");
    assert_eq!(left, 0);
}

/// Black dots.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAAAAACWpiEsAAAAC0lEQVR4nGNgIAwAACQAAbZm3wQAAAAASUVORK5CYII=";

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_prescribes_nothing_and_reads_nothing_of_it() {
    let (house, doctor, patient_id) = set_up().await;
    let request = AddUserRequest {
        login: "samia".to_owned(),
        name: "Samia".to_owned(),
        role: "secretary".to_owned(),
        administrator: false,
        practitioner_id: None,
        password: OTHER.to_owned(),
    };
    access::add_user(&doctor, request).await.expect("a user");
    let secretary = house.sign_in("samia", OTHER).await.expect("she signs in");
    let draft = draft(patient_id, vec![line(&doctor, &format!("{CANARY} 5 mg gélule: 1 le soir 5 jours")).await]);
    let signed = prescription::sign_prescription(&doctor, draft.clone()).await.expect("signed");
    let id = signed.paper.id;
    print(&doctor, id).await;
    let start = || StartPrescriptionRequest { patient_id };
    let denied = [
        code(prescription::start_prescription(&secretary, start()).await),
        code(prescription::check_prescription(&secretary, draft.clone()).await),
        code(prescription::sign_prescription(&secretary, draft).await),
        code(prescription::list_prescriptions(&secretary, start()).await),
        code(prescription::show_prescription(&secretary, PaperRequest { id }).await),
        code(prescription::print_prescription(&secretary, PaperRequest { id }).await),
        code(prescription::sign_letter(&secretary, letter(patient_id, "", "x")).await),
        code(prescription::list_prescription_sets(&secretary, NothingRequest {}).await),
        code(prescription::show_signature(&secretary, NothingRequest {}).await),
    ];
    assert!(denied.iter().all(|code| code == "permission_denied"), "{denied:?}");
    let dumped = dump(&secretary).await;
    assert!(holds(&dumped, "DUPONT") && holds(&dumped, "permission_denied"));
    assert!(!holds(&dumped, CANARY), "by SQL");
    for path in documents(&house) {
        assert!(!holds(&fs::read(&path).expect("read"), CANARY) && !holds(&fs::read(&path).expect("read"), "%PDF"));
    }
    // An administrator who is no practitioner signs nothing either.
    assert!(verified(&doctor).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_paper_names_is_swept_and_what_one_names_stays() {
    let (house, desk, patient_id) = set_up().await;
    let sign = async |text: &str| {
        let lines = vec![line(&desk, text).await];
        prescription::sign_prescription(&desk, draft(patient_id, lines)).await.expect("signed")
    };
    let first = sign("doloran 1000: 1 matin 5 jours").await;
    let folder = house.vault.join("documents");
    // Killed before the commit, and killed while it was being written.
    fs::write(folder.join("ab".repeat(32)), b"sealed").expect("written");
    fs::write(folder.join(".tmpAbC"), b"half").expect("written");
    let second = house.desk().await;
    assert_eq!(documents(&house), [folder.join(&first.document)], "swept when a session begins");
    print(&second, first.paper.id).await;

    // An erasure takes the patient's papers along.
    let mut tx = desk.store().write().await.expect("a transaction");
    let raw = sqlx::query("DELETE FROM signed_paper").execute(&mut *tx).await;
    assert!(raw.is_err(), "a paper goes with its entry alone");
    drop(tx);
    let mut tx = desk.store().write().await.expect("a transaction");
    assert!(sqlx::query("UPDATE signed_paper SET document = ?").bind("ab".repeat(32)).execute(&mut *tx).await.is_err());
    drop(tx);
    let mut tx = desk.store().write().await.expect("a transaction");
    let erasure: String = sqlx::query_scalar("SELECT erasure_id FROM patient").fetch_one(&mut *tx).await.expect("one");
    assert_eq!(store::upkeep::erase_listed(&mut tx, &[erasure]).await.expect("erased"), 1);
    tx.commit().await.expect("committed");
    house.desk().await;
    assert!(documents(&house).is_empty());
}
