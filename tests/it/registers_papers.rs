//! The registers on paper: every one in three languages, and what stands on them.

use semainier_app::commands::export::wire::ExportPatientsRequest;
use semainier_app::commands::practice::wire::SaveSiteRequest;
use semainier_app::commands::registers::wire::*;
use semainier_app::commands::wire::FileView;
use semainier_app::commands::{Desk, export, practice, registers};

use crate::cli::Terminal;
use crate::house::{House, add_patient, code, known};
use crate::letterhead::printed;
use crate::registers::{breach, french, processor};

pub async fn paper(desk: &Desk, register: &str, language: &str) -> FileView {
    let request = PrintRegisterRequest { register: register.to_owned(), id: None, language: language.to_owned() };
    registers::print_register(desk, request).await.unwrap_or_else(|refusal| panic!("{register}: {refusal:?}"))
}

/// One line, however the page broke it.
pub fn flat(file: &FileView) -> String {
    printed(file).split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn address(desk: &Desk) {
    let site = known(desk).await.sites.remove(0);
    let request = SaveSiteRequest {
        id: Some(site.id),
        name: site.name,
        zone: site.zone,
        address: "12 rue de l’Œillet".to_owned(),
        postcode: "69003".to_owned(),
        city: "Lyon".to_owned(),
        phone: "0472000000".to_owned(),
        active: true,
    };
    practice::save_site(desk, request).await.expect("saved");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_register_is_printed_in_three_languages_empty_and_filled() {
    let house = House::new().await;
    let desk = house.desk().await;
    let registers_of =
        ["activities", "processors", "instructions", "breaches", "reviews", "audits", "matrix", "dpia", "notice"];
    for register in registers_of {
        for language in ["fr", "ar", "en"] {
            let text = printed(&paper(&desk, register, language).await);
            assert!(text.contains("Cabinet du Parc"), "{register} in {language}:\n{text}");
        }
    }
    let to = registers::save_processor(&desk, processor("Hébergeur SA", "FR")).await.expect("written down").id;
    let give = GiveInstructionRequest {
        processor_id: to,
        replaces: None,
        given_on: String::new(),
        subject: "Sauvegardes".to_owned(),
        text: "Chaque nuit, chiffrées.".to_owned(),
    };
    registers::give_instruction(&desk, give).await.expect("given");
    let saved = registers::save_breach(&desk, breach("Clé USB perdue", "2026-11-18T09:30")).await.expect("noted");
    for (register, words) in [
        ("processors", "Hébergeur SA"),
        ("instructions", "Chaque nuit, chiffrées."),
        ("breaches", "Clé USB perdue"),
        ("breaches", "délai dépassé"),
    ] {
        let text = flat(&paper(&desk, register, "fr").await);
        assert!(text.contains(words), "{words} on {register}:\n{text}");
    }
    let one = |id, language: &str| PrintRegisterRequest {
        register: "notification".to_owned(),
        id,
        language: language.to_owned(),
    };
    let text = flat(&registers::print_register(&desk, one(Some(saved.id), "fr")).await.expect("printed"));
    for words in
        ["CNIL", "Clé USB perdue", "18/11/2026 09:30", "À compléter par une notification ultérieure", "24 h 30 min"]
    {
        assert!(text.contains(words), "{words} on the notification:\n{text}");
    }
    assert_eq!(code(registers::print_register(&desk, one(None, "fr")).await), "not_found");
    assert_eq!(code(registers::print_register(&desk, one(Some(to), "fr")).await), "not_found");
    assert_eq!(code(registers::print_register(&desk, one(Some(saved.id), "de")).await), "unknown_word");
    let matrix = PrintRegisterRequest { register: "matrix".to_owned(), id: Some(to), language: "fr".to_owned() };
    let text = flat(&registers::print_register(&desk, matrix).await.expect("printed"));
    for words in ["Hébergeur SA", "Finalité du traitement", "Sensibilisation du personnel", "23", "donne son accord"]
    {
        assert!(text.contains(words), "{words} on the matrix:\n{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notice_is_one_page_with_the_practice_s_own_data() {
    let house = House::new().await;
    let desk = house.desk().await;
    address(&desk).await;
    let settings = SavePrivacySettingsRequest {
        fields: PrivacySettingsFields {
            controller: "SELARL du Parc".to_owned(),
            representative: "Dr Lefèvre".to_owned(),
            officer: "Mme Roy".to_owned(),
            officer_contact: "dpo@parc.example".to_owned(),
            declaration: String::new(),
            declared_on: String::new(),
            breach_hours: None,
            retention_remark: "Les listes imprimées sont détruites le soir.".to_owned(),
        },
        revision: 1,
    };
    registers::save_privacy_settings(&desk, settings).await.expect("saved");
    let text = flat(&paper(&desk, "notice", "fr").await);
    for words in [
        "Vos données, vos droits",
        "Cabinet du Parc",
        "12 rue de l’Œillet",
        "+33 4 72 00 00 00",
        "SELARL du Parc",
        "dpo@parc.example",
        "CNIL",
        "+33 1 53 73 22 22",
        "les recevoir sous une forme lisible",
        "Les listes imprimées sont détruites le soir.",
    ] {
        assert!(text.contains(words), "{words} on the notice:\n{text}");
    }
    assert!(!text.contains("Secrétariat") && !text.contains("secrétariat"), "there is none:\n{text}");
    let arabic = printed(&paper(&desk, "notice", "ar").await);
    assert!(arabic.contains("معطياتكم") && arabic.contains("dpo@parc.example"), "{arabic}");
    let english = flat(&paper(&desk, "notice", "en").await);
    assert!(english.contains("Your data, your rights") && english.contains("have them erased"), "{english}");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_morocco_the_papers_name_the_cndp_its_law_and_the_number() {
    let house = House::in_morocco().await;
    let desk = house.desk().await;
    let settings = SavePrivacySettingsRequest {
        fields: PrivacySettingsFields {
            controller: String::new(),
            representative: String::new(),
            officer: String::new(),
            officer_contact: String::new(),
            declaration: "A-S-1234/2026".to_owned(),
            declared_on: "2026-03-01".to_owned(),
            breach_hours: None,
            retention_remark: String::new(),
        },
        revision: 1,
    };
    registers::save_privacy_settings(&desk, settings).await.expect("saved");
    for language in ["fr", "ar", "en"] {
        let text = printed(&paper(&desk, "notice", language).await);
        for words in ["A-S-1234/2026", "CNDP", "+212 5 37 57 11 24"] {
            assert!(text.contains(words), "{words} in {language}:\n{text}");
        }
        assert!(!text.contains("CNIL") && !text.contains("RGPD"), "{language}:\n{text}");
    }
    let french = flat(&paper(&desk, "notice", "fr").await);
    assert!(!french.contains("lisible par un autre logiciel"), "portability is no right of loi 09-08");
    let register = flat(&paper(&desk, "activities", "fr").await);
    assert!(
        register.contains("Loi 09-08, art. 12 et 21") && register.contains("A-S-1234/2026 (01/03/2026)"),
        "{register}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_impact_assessment_tells_what_is_in_place_and_what_is_missing() {
    let house = House::new().await;
    let desk = house.desk().await;
    add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let text = flat(&paper(&desk, "dpia", "fr").await);
    for words in [
        "Analyse d’impact",
        "RGPD, art. 35",
        "Base de données entièrement",
        "Aucune sauvegarde vérifiée depuis une semaine.",
        "Personne n’est désigné pour la protection des données.",
        "Patients au fichier",
        "Accès illégitime",
        "Décision du responsable",
    ] {
        assert!(text.contains(words), "{words} on:\n{text}");
    }
    assert!(!text.contains("DUPONT"), "no patient is named");
    assert!(!text.contains("Sauvegarde dans un second emplacement"), "what is not there is no measure");
    // The register that this paper follows from is read once more after an export: nothing changed in it.
    export::export_patients(&desk, ExportPatientsRequest { language: "fr".to_owned() }).await.expect("exported");
    assert!(registers::show_activities(&desk, french()).await.expect("shown").waiting > 0);
}

#[test]
fn registers_are_printed_from_the_terminal() {
    let terminal = Terminal::new();
    terminal.init();
    for register in ["activities", "breaches", "processors", "matrix", "dpia", "notice"] {
        let out = terminal.file(&format!("{register}.pdf"), "");
        let saved = terminal.one(&["register", "print", register, "--out", &out, "--language", "ar"]);
        assert!(saved["bytes"].as_u64().is_some_and(|bytes| bytes > 1_000));
        assert!(std::fs::read(&out).expect("a file").starts_with(b"%PDF-"));
    }
    let (exit, lines) = terminal.run(&["register", "print", "secrets", "--out", "/nowhere/x.pdf"]);
    assert_eq!((exit, lines[0]["code"].as_str()), (3, Some("unknown_word")));
}
