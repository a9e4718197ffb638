//! A patient's summary on paper, through the one door.

use domain::id::PatientId;
use semainier_app::commands::record::wire::{Alert, Antecedent, Body, Consultation, StrikeEntryRequest, Vaccination};
use semainier_app::commands::summary::wire::PrintSummaryRequest;
use semainier_app::commands::{Desk, contact, prescription, record, summary};

use crate::cli::{Terminal, text};
use crate::house::{House, add_patient, code, verified};
use crate::letterhead::printed;
use crate::prescribing::{draft, line, set_up};
use crate::record::{NO_GUARDS, sql, user};
use crate::record_use::{allergy, condition, measure, open, treatment, write};
use crate::relatives::relative;

async fn paper(desk: &Desk, patient_id: PatientId, language: &str) -> String {
    let request = PrintSummaryRequest { patient_id, language: language.to_owned() };
    let file = summary::print_summary(desk, request).await.expect("a summary");
    assert_eq!(file.media, "application/pdf");
    // One line, however the page broke it.
    printed(&file).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn alert(text: &str) -> Body {
    Body::Alert(Alert { text: text.to_owned() })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_tells_what_stands_and_nothing_that_is_struck_or_over() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marie = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    write(&desk, marie, "", alert("Stimulateur cardiaque")).await;
    write(&desk, marie, "", allergy("Pénicilline", "severe")).await;
    let wrong = write(&desk, marie, "", allergy("Latex", "mild")).await;
    let strike = StrikeEntryRequest { id: wrong, version: 1, reason: "erreur de patient".to_owned() };
    record::strike_entry(&desk, strike).await.expect("struck");
    write(&desk, marie, "", condition("Diabète de type 2", true, "")).await;
    write(&desk, marie, "", treatment("METFORMINE 1 g", "2024-02-01", "")).await;
    write(&desk, marie, "", treatment("AMOXICILLINE 1 g", "2026-01-01", "2026-01-08")).await;
    write(&desk, marie, "", measure("weight", "72,5")).await;
    write(&desk, marie, "", measure("height", "168")).await;
    let appendix = Antecedent { label: "Appendicectomie".to_owned(), note: "1995".to_owned() };
    write(&desk, marie, "", Body::Antecedent(appendix)).await;
    let dose = Vaccination { vaccine: "Tétanos".to_owned(), dose: "rappel".to_owned(), ..Default::default() };
    write(&desk, marie, "2025-03-02", Body::Vaccination(dose)).await;
    let seen = Consultation {
        reason: "Contrôle".to_owned(),
        conclusion: "Équilibre satisfaisant".to_owned(),
        ..Default::default()
    };
    write(&desk, marie, "2026-10-05", Body::Consultation(seen)).await;
    contact::save_contact(&desk, relative(marie, "Jeanne DUPONT", "0611223344")).await.expect("a contact");
    let text = paper(&desk, marie, "fr").await;
    for words in [
        "DUPONT Marie",
        "12/05/1979",
        "47 ans",
        "Stimulateur cardiaque",
        "Pénicilline · grave",
        "Diabète de type 2",
        "METFORMINE 1 g (depuis le 01/02/2024)",
        "Appendicectomie · 1995",
        "Poids : 72,5 kg",
        "Tétanos · rappel · 02/03/2025",
        "05/10/2026 · Contrôle · Équilibre satisfaisant",
        "Jeanne DUPONT · mère · +33 6 11 22 33 44",
        "Page 1 sur 1",
    ] {
        assert!(text.contains(words), "{words} stands on:\n{text}");
    }
    for words in ["Latex", "AMOXICILLINE"] {
        assert!(!text.contains(words), "{words} is struck or over");
    }
    let arabic = paper(&desk, marie, "ar").await;
    assert!(arabic.contains("الحساسيات") && arabic.contains("METFORMINE"), "{arabic}");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_prescription_of_drugs_that_stands_is_told() {
    let (_house, desk, patient_id) = set_up().await;
    assert!(!paper(&desk, patient_id, "fr").await.contains("Dernière ordonnance"));
    let lines = vec![line(&desk, "doloran 1000: 1 matin 5 jours").await];
    let signed = prescription::sign_prescription(&desk, draft(patient_id, lines)).await.expect("signed");
    let text = paper(&desk, patient_id, "fr").await;
    assert!(text.contains("Dernière ordonnance") && text.contains("le matin pendant 5 jours"), "{text}");
    let strike = StrikeEntryRequest { id: signed.paper.id, version: 1, reason: "erreur".to_owned() };
    record::strike_entry(&desk, strike).await.expect("struck");
    assert!(!paper(&desk, patient_id, "fr").await.contains("Dernière ordonnance"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_record_is_told_as_such_and_never_reads_as_no_allergy() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marie = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let text = paper(&desk, marie, "fr").await;
    assert!(text.contains("Aucune n’est notée dans ce dossier."), "{text}");
    let refused = PrintSummaryRequest { patient_id: marie, language: "de".to_owned() };
    assert_eq!(code(summary::print_summary(&desk, refused).await), "unknown_word");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_of_a_damaged_record_says_that_it_is_not_complete() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marie = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let spoilt = write(&desk, marie, "", allergy("Pénicilline", "severe")).await;
    write(&desk, marie, "", alert("Stimulateur cardiaque")).await;
    sql(&desk, NO_GUARDS).await;
    sql(&desk, &[&format!("UPDATE clinical_entry SET sealed = zeroblob(80) WHERE id = '{spoilt}'")]).await;
    assert_eq!(open(&desk, marie).await.damaged.len(), 1);
    let text = paper(&desk, marie, "fr").await;
    assert!(text.contains("1 élément(s) du dossier ne peuvent pas être lus"), "{text}");
    assert!(text.contains("Stimulateur cardiaque"), "the rest is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_prints_no_summary() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marie = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let secretary = user(&house, &desk, "samia", "secretary").await;
    let request = PrintSummaryRequest { patient_id: marie, language: "fr".to_owned() };
    assert_eq!(code(summary::print_summary(&secretary, request).await), "permission_denied");
}

#[test]
fn a_summary_is_printed_from_the_terminal() {
    let terminal = Terminal::new();
    terminal.init();
    let patient = text(&terminal.one(&["patient", "add", "--surname", "DUPONT", "--first-name", "Marie"]), "id");
    let out = terminal.file("summary.pdf", "");
    let saved = terminal.one(&["record", "summary", &patient, "--out", &out]);
    assert!(saved["bytes"].as_u64().is_some_and(|bytes| bytes > 1_000));
    assert!(std::fs::read(&out).expect("a file").starts_with(b"%PDF-"));
}
