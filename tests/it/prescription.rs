//! Prescriptions through the one door: what keeps one from being signed, what is found, what is kept. Made-up drugs here,
//! the official base where it stands beside the project.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use domain::id::PatientId;
use semainier_app::commands::drugs::wire::{ImportDrugsRequest, ImportInteractionsRequest};
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::letterhead::wire::LetterheadRequest;
use semainier_app::commands::practice::wire::{PractitionerRequest, SavePractitionerRequest, SaveSiteRequest};
use semainier_app::commands::prescription::wire::{
    CheckedPrescriptionView, DraftLineRequest, DraftedLineView, LineFields, PrescriptionDraft, PrescriptionFindingView,
    PrescriptionSetRequest, RenewPrescriptionRequest, SavePrescriptionSetRequest, StartPrescriptionRequest,
};
use semainier_app::commands::record::wire::{
    Allergy, Body, Condition, CorrectEntryRequest, EntryRequest, Measure, OpenRecordRequest, Treatment,
    WriteEntryRequest,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, drugs, history, letterhead, practice, prescription, record};
use tempfile::TempDir;

use crate::drugs::shared;
use crate::house::{House, add_patient, code, known, verified};

/// Made-up official files of a few drugs with all that rules ask for.
fn base() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    // CIS, name, form, substances with dosage and fraction, conditions, ATC, packs.
    type Row<'a> = (u32, &'a str, &'a str, &'a [(&'a str, &'a str)], &'a [&'a str], &'a str, &'a str);
    let rows: &[Row<'_>] = &[
        (
            61_000_001,
            "DOLORAN 1000 mg, comprimé",
            "comprimé",
            &[("PARATAMOL", "1000 mg")],
            &[],
            "N02BE01",
            "plaquette(s) PVC de 8 comprimé(s)",
        ),
        (
            61_000_002,
            "MORFINOL 10 mg, gélule",
            "gélule",
            &[("SULFATE DE MORFINOL", "10 mg")],
            &[
                "liste I",
                "stupéfiants",
                "prescription en toutes lettres sur ordonnance sécurisée",
                "prescription limitée à 4 semaines",
                "délivrance fractionnée de 14 jours",
            ],
            "N02AA01",
            "plaquette(s) de 14 gélule(s)",
        ),
        (
            61_000_003,
            "PENILAB 1 g, comprimé",
            "comprimé",
            &[("AMOXILINE", "1 g")],
            &["liste I"],
            "J01CA04",
            "plaquette(s) de 14 comprimé(s)",
        ),
        (
            61_000_004,
            "ZETALAB 5 mg, comprimé",
            "comprimé",
            &[("ZÉTAMOL", "5 mg")],
            &["liste I"],
            "B01AA03",
            "plaquette(s) de 30 comprimé(s)",
        ),
        (
            61_000_005,
            "PLOMBIX 10 mg, gélule",
            "gélule",
            &[("PLOMBE1", "10 mg")],
            &[],
            "M01AE01",
            "plaquette(s) de 30 gélule(s)",
        ),
        (
            61_000_006,
            "DOLORAN ADULTES 500 mg, suppositoire",
            "suppositoire",
            &[("PARATAMOL", "500 mg")],
            &[],
            "N02BE01",
            "plaquette(s) de 10 suppositoire(s)",
        ),
        (
            61_000_007,
            "CODOLORAN 500 mg/30 mg, comprimé",
            "comprimé",
            &[("PARATAMOL", "500 mg"), ("PHOSPHATE DE CODÉINE", "30 mg")],
            &[
                "liste I",
                "prescription limitée à 12 semaines",
                "prescription en toutes lettres sur ordonnance sécurisée",
            ],
            "N02AJ06",
            "plaquette(s) de 16 comprimé(s)",
        ),
        (
            61_000_008,
            "INCONNUVAL 5 mg, comprimé",
            "comprimé",
            &[("INCONNUVAL", "5 mg")],
            &[],
            "",
            "plaquette(s) de 30 comprimé(s)",
        ),
    ];
    let mut files: Vec<(&str, String)> = [
        "CIS_bdpm.txt",
        "CIS_COMPO_bdpm.txt",
        "CIS_CIP_bdpm.txt",
        "CIS_GENER_bdpm.txt",
        "CIS_CPD_bdpm.txt",
        "CIS_MITM.txt",
        "CIS_CIP_Dispo_Spec.txt",
    ]
    .into_iter()
    .map(|name| (name, String::new()))
    .collect();
    let (mut cip, mut code) = (3_000_000_u64, 1_u32);
    for (cis, name, form, substances, conditions, atc, pack) in rows {
        files[0].1 += &format!(
            "{cis}\t{name}\t{form}\torale\tAutorisation active\tNat\tCommercialisée\t12/03/1998\t\t\t LABO\tNon\r\n"
        );
        for (link, (substance, dosage)) in substances.iter().enumerate() {
            files[1].1 += &format!("{cis}\t{form}\t{code:05}\t{substance}\t{dosage}\tun\tSA\t{}\r\n", link + 1);
            code += 1;
        }
        files[2].1 += &format!(
            "{cis}\t{cip:07}\t{pack}\tPrésentation active\tDéclaration de commercialisation\t16/03/2011\t{:013}\toui\t65 %\t1,46\t1,46\t2,76\t\n",
            3_400_930_000_000_u64 + cip
        );
        cip += 1;
        for condition in *conditions {
            files[4].1 += &format!("{cis}\t{condition}\r\n");
        }
        if !atc.is_empty() {
            files[5].1 += &format!("{cis}\t{atc}\t{name}\thttp://exemple.invalid/{cis}\r\n");
        }
    }
    files[3].1 += "1\tPARATAMOL\t61000001\t0\t1\r\n";
    files[6].1 += "61000001\t\t1\tRupture de stock\t14/04/2026\t18/05/2026\t\thttp://exemple.invalid\r\n";
    for (name, text) in files {
        let bytes =
            if name == "CIS_CIP_bdpm.txt" { text.into_bytes() } else { text.chars().map(|c| c as u8).collect() };
        fs::write(folder.path().join(name), bytes).expect("written");
    }
    let pair = |a: &str, b: &str, level: &str| {
        format!(
            r#"{{"main_drug":"{a}","plus_drug":"{b}","severity_levels":[{{"level":"{level}","info":"Arrêter l'un des deux."}}],"interaction_mechanism":"Somme des effets."}}"#
        )
    };
    let pairs = [
        pair("ZÉTAMOL", "IRRITANTS", "CONTRE-INDICATION"),
        pair("MORFINOL", "ZÉTAMOL", "A prendre en compte"),
        pair("AMOXILINE", "IRRITANTS", "Précaution d'emploi"),
    ];
    fs::write(folder.path().join("thesaurus-2020-10.json"), format!("[{}]", pairs.join(","))).expect("written");
    let substances = r#"[{"substance":"zétamol","drug_classes":[]},{"substance":"plombe1","drug_classes":["irritants"]},
        {"substance":"morfinol","drug_classes":[]},{"substance":"amoxiline","drug_classes":[]},
        {"substance":"paratamol","drug_classes":[]},{"substance":"codéine","drug_classes":[]}]"#;
    fs::write(folder.path().join("substances-2020-10.json"), substances).expect("written");
    folder
}

async fn import(desk: &Desk, folder: &Path, thesaurus: &Path) {
    let request = ImportDrugsRequest { folder: folder.to_string_lossy().into_owned(), ..Default::default() };
    drugs::import_drugs(desk, request).await.expect("a base");
    let request =
        ImportInteractionsRequest { file: thesaurus.to_string_lossy().into_owned(), substances: None, edition: None };
    drugs::import_interactions(desk, request).await.expect("a thesaurus");
}

/// A practice whose paper says all that the law wants.
pub async fn furnished(desk: &Desk, morocco: bool) {
    let site = known(desk).await.sites.remove(0);
    let (address, postcode, city, phone) = if morocco {
        ("12, rue de l'Olivier", "10000", "Rabat", "05 37 00 11 22")
    } else {
        ("3 rue des Lilas", "69003", "Lyon", "04 72 00 11 22")
    };
    let request = SaveSiteRequest {
        id: Some(site.id),
        name: site.name,
        zone: site.zone,
        address: address.to_owned(),
        postcode: postcode.to_owned(),
        city: city.to_owned(),
        phone: phone.to_owned(),
        active: true,
    };
    practice::save_site(desk, request).await.expect("a site");
    let one = known(desk).await.practitioners.remove(0);
    let request = SavePractitionerRequest {
        id: Some(one.id),
        name: "Dr Hélène Lefèvre".to_owned(),
        speciality: "Médecine générale".to_owned(),
        rpps: if morocco { "" } else { "10001234567" }.to_owned(),
        inpe: if morocco { "101234567" } else { "" }.to_owned(),
        site_id: Some(one.site_id),
        active: true,
    };
    practice::save_practitioner(desk, request).await.expect("a practitioner");
    let practitioner_id = one.id;
    let shown = letterhead::show_letterhead(desk, PractitionerRequest { practitioner_id }).await.expect("the head");
    let (mut practice, mut own) = (shown.practice, shown.own);
    practice.email = "cabinet@lilas.example".to_owned();
    own.qualifications = "Docteur en médecine".to_owned();
    own.order_number = if morocco { "4321" } else { "" }.to_owned();
    let request = LetterheadRequest { practitioner_id, practice, own, logo: String::new(), language: "fr".to_owned() };
    letterhead::save_letterhead(desk, request).await.expect("a head");
}

/// A French practice with the made-up base, and a patient.
pub async fn set_up() -> (House, Arc<Desk>, PatientId) {
    let house = House::new().await;
    let (desk, patient_id) = set_up_in(&house).await;
    (house, desk, patient_id)
}

pub async fn set_up_in(house: &House) -> (Arc<Desk>, PatientId) {
    let desk = house.desk().await;
    let folder = base();
    import(&desk, folder.path(), &folder.path().join("thesaurus-2020-10.json")).await;
    furnished(&desk, desk.premises().country == domain::country::Country::MA).await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    (desk, patient_id)
}

pub async fn drafted(desk: &Desk, text: &str, language: &str) -> DraftedLineView {
    let request =
        DraftLineRequest { text: text.to_owned(), cis: String::new(), inn: false, language: language.to_owned() };
    prescription::draft_line(desk, request).await.expect("read")
}

pub async fn line(desk: &Desk, text: &str) -> LineFields {
    let drafted = drafted(desk, text, "fr").await;
    assert_eq!(drafted.misread, None, "{text}");
    drafted.line.expect("a line")
}

pub fn draft(patient_id: PatientId, lines: Vec<LineFields>) -> PrescriptionDraft {
    PrescriptionDraft {
        patient_id,
        kind: "drugs".to_owned(),
        language: "fr".to_owned(),
        sheet: String::new(),
        secure_form: false,
        lines,
        acts: Vec::new(),
    }
}

async fn check(desk: &Desk, draft: &PrescriptionDraft) -> CheckedPrescriptionView {
    prescription::check_prescription(desk, draft.clone()).await.expect("checked")
}

fn found<'a>(checked: &'a CheckedPrescriptionView, code: &str) -> Vec<&'a PrescriptionFindingView> {
    checked.findings.iter().filter(|one| one.code == code).collect()
}

fn parameter(error: &CommandError, name: &str) -> String {
    error.parameters.get(name).cloned().unwrap_or_default()
}

pub async fn note(desk: &Desk, patient_id: PatientId, body: Body) {
    let request = WriteEntryRequest { patient_id, on: String::new(), body };
    record::write_entry(desk, request).await.expect("written");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_read_as_it_is_typed() {
    let (_house, desk, _) = set_up().await;
    let drafted = drafted(&desk, "doloran 1000: 1 matin et 1 soir pendant 7 jours", "fr").await;
    let line = drafted.line.expect("a line");
    let read = [&line.substance, &line.brand, &line.strength, &line.form, &line.cis, &line.unit];
    assert_eq!(read, ["PARATAMOL", "DOLORAN", "1000 mg", "comprimé", "61000001", "tablet"]);
    let reading = drafted.reading.expect("a reading");
    assert_eq!(reading.french, "1 comprimé le matin et 1 comprimé le soir pendant 7 jours.");
    assert_eq!(reading.arabic, "قرص واحد صباحًا وقرص واحد مساءً لمدة 7 أيام.");
    let packs = reading.packs.expect("packs");
    assert_eq!((reading.units.as_str(), reading.intakes, packs.packs), ("14", Some(14), 2));
    assert_eq!(line.letters, None, "no letters where none are asked");

    let narcotic = self::drafted(&desk, "morfinol 1 gélule matin et soir 7 jours, 1 boîte", "fr").await;
    assert!(narcotic.secure_form);
    let line = narcotic.line.expect("a line");
    let letters = line.letters.expect("letters");
    assert_eq!(
        [letters.strength.as_str(), &letters.per_intake, &letters.intakes],
        ["dix milligrammes", "une gélule", "deux prises par jour"]
    );
    assert_eq!((line.packs, line.fraction_days), (Some(1), None), "seven days are within the fraction");
    let longer = self::drafted(&desk, "morfinol: 1 gélule matin et soir 28 jours", "fr").await;
    assert_eq!(longer.line.expect("a line").fraction_days, Some(14), "the drug's own fraction");

    // Two substances: the strength in letters has both.
    let both = self::drafted(&desk, "codoloran: 1 3 fois par jour 5 jours", "ar").await.line.expect("a line");
    assert_eq!(
        (both.substance.as_str(), both.strength.as_str()),
        ("PARATAMOL + PHOSPHATE DE CODÉINE", "500 mg + 30 mg")
    );
    assert!(both.letters.expect("letters").strength.contains("ملليغرام"));

    // While the drug is being typed there are proposals and no line; a word that means nothing is shown at its place.
    let typing = self::drafted(&desk, "dolor", "fr").await;
    assert_eq!((typing.line, typing.drugs.len()), (None, 2));
    let misread = self::drafted(&desk, "doloran: 1 matin zork", "fr").await.misread.expect("misread");
    let word: String =
        misread.text.chars().skip(misread.from as usize).take((misread.to - misread.from) as usize).collect();
    assert_eq!(word.trim(), "zork");
    let inn = self::drafted(&desk, "amoxival 500 mg gélule: 1 matin 5 jours", "fr").await.line.expect("a line");
    assert_eq!((inn.substance.as_str(), inn.strength.as_str(), inn.cis.as_str()), ("amoxival", "500 mg", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_narcotic_over_its_limit_or_without_letters_cannot_be_signed_and_says_why() {
    let (_house, desk, patient_id) = set_up().await;
    let mut narcotic = line(&desk, "morfinol: 1 gélule matin et soir 35 jours").await;
    let mut draft = draft(patient_id, vec![narcotic.clone()]);
    draft.secure_form = true;
    let refusal = prescription::sign_prescription(&desk, draft.clone()).await.expect_err("over its limit");
    assert_eq!(refusal.code, "prescription_unsignable");
    assert_eq!(parameter(&refusal, "findings"), "narcotic_over_limit@1");
    assert_eq!((parameter(&refusal, "days"), parameter(&refusal, "limit")), ("35".to_owned(), "28".to_owned()));

    narcotic = line(&desk, "morfinol: 1 gélule matin et soir 28 jours").await;
    narcotic.letters = None;
    draft.lines = vec![narcotic.clone()];
    let refusal = prescription::sign_prescription(&desk, draft.clone()).await.expect_err("no letters");
    assert_eq!(parameter(&refusal, "findings"), "letters_strength@1, letters_per_intake@1, letters_intakes@1");
    narcotic = line(&desk, "morfinol: 1 gélule matin et soir 28 jours").await;
    let mut other = narcotic.clone();
    if let Some(letters) = &mut other.letters {
        letters.per_intake = "trois gélules".to_owned();
    }
    draft.lines = vec![other];
    let refusal = prescription::sign_prescription(&desk, draft.clone()).await.expect_err("other letters");
    assert_eq!(parameter(&refusal, "findings"), "letters_differ@1");
    assert!(!format!("{refusal:?}").contains("gélule"), "a refusal holds nothing clinical");

    draft.lines = vec![narcotic];
    draft.secure_form = false;
    let checked = check(&desk, &draft).await;
    assert!(checked.secure_form && !checked.signable);
    assert_eq!(found(&checked, "secure_form")[0].source, "CSP R5132-29");
    draft.secure_form = true;
    let signed = prescription::sign_prescription(&desk, draft).await.expect("signed");
    assert_eq!(signed.paper.number, "2026-000001");
    assert!(signed.paper.secure_form);
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contraindication_needs_a_reason_that_is_kept() {
    let (_house, desk, patient_id) = set_up().await;
    let treatment = Treatment { label: "PLOMBIX".to_owned(), cis: "61000005".to_owned(), ..Default::default() };
    note(&desk, patient_id, Body::Treatment(treatment)).await;
    // One that ended is no treatment any more.
    let ended = Treatment {
        label: "MORFINOL".to_owned(),
        cis: "61000002".to_owned(),
        until: "2026-11-01".to_owned(),
        ..Default::default()
    };
    note(&desk, patient_id, Body::Treatment(ended)).await;
    let mut draft = draft(patient_id, vec![line(&desk, "zetalab: 1 le matin 30 jours").await]);
    let checked = check(&desk, &draft).await;
    let told = found(&checked, "interaction");
    assert_eq!(told.len(), 1, "{:?}", checked.findings);
    assert_eq!((told[0].severity.as_str(), told[0].level.as_str()), ("reason", "contre-indication"));
    assert_eq!((told[0].line, told[0].other_line), (Some(0), None));
    assert!(told[0].against.contains("PLOMBIX") && told[0].advice.contains("Arrêter"));
    assert!(!checked.signable);
    for reason in ["", "…", "!!"] {
        draft.lines[0].override_reason = reason.to_owned();
        let refusal = prescription::sign_prescription(&desk, draft.clone()).await.expect_err("no reason");
        assert_eq!(parameter(&refusal, "findings"), "interaction@1", "{reason}");
    }
    draft.lines[0].override_reason = " Surveillance  biologique hebdomadaire ".to_owned();
    assert!(found(&check(&desk, &draft).await, "interaction")[0].settled);
    let signed = prescription::sign_prescription(&desk, draft.clone()).await.expect("signed");
    let record = record::open_record(&desk, OpenRecordRequest { patient_id }).await.expect("opened");
    let entry = record.entries.iter().find(|one| one.id == signed.paper.id).expect("its entry");
    let Body::Prescription(kept) = &entry.body else { panic!("a prescription") };
    assert_eq!(kept.content.lines[0].override_reason.as_deref(), Some("Surveillance biologique hebdomadaire"));
    assert_eq!(kept.lines, ["ZÉTAMOL (ZETALAB) 5 mg comprimé : 1 comprimé le matin pendant 30 jours."]);

    // Signed it is neither corrected nor undone, and prescribing again asks the reason again.
    let correct = CorrectEntryRequest { id: entry.id, version: 1, on: String::new(), body: entry.body.clone() };
    assert_eq!(code(record::correct_entry(&desk, correct).await), "signed_only");
    let write = WriteEntryRequest { patient_id, on: String::new(), body: entry.body.clone() };
    assert_eq!(code(record::write_entry(&desk, write).await), "signed_only");
    assert_eq!(code(history::undo(&desk, UndoRequest { sequence: None }).await), "nothing_to_undo");
    let request = RenewPrescriptionRequest { patient_id, id: None };
    let renewed = prescription::renew_prescription(&desk, request).await.expect("renewed");
    assert_eq!(renewed.renewed.id, signed.paper.id);
    assert_eq!(renewed.draft.lines[0].posology, "1 comprimé le matin pendant 30 jours.");
    assert!(!renewed.checked.signable && renewed.draft.lines[0].override_reason.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn allergies_ages_and_the_same_substance_are_found_and_what_is_unknown_is_told() {
    let (_house, desk, patient_id) = set_up().await;
    let allergy = |agent: &str, kind: &str| {
        Body::Allergy(Allergy {
            agent: agent.to_owned(),
            agent_kind: kind.to_owned(),
            reaction: "urticaire".to_owned(),
            severity: "severe".to_owned(),
        })
    };
    note(&desk, patient_id, allergy("Pénicillines", "class")).await;
    note(&desk, patient_id, allergy("morfinol", "substance")).await;
    note(&desk, patient_id, allergy("lactose", "excipient")).await;
    let lines = vec![
        line(&desk, "penilab: 1 matin et soir 6 jours").await,
        line(&desk, "morfinol: 1 gélule le soir 7 jours").await,
        line(&desk, "doloran 1000: 1 matin 5 jours").await,
        line(&desk, "61000006: 1 le soir 5 jours").await,
        line(&desk, "inconnuval: 1 le soir 5 jours").await,
    ];
    let mut draft = draft(patient_id, lines);
    draft.secure_form = true;
    let checked = check(&desk, &draft).await;
    let told: Vec<_> = found(&checked, "allergy").iter().map(|one| (one.line, one.against.clone())).collect();
    assert_eq!(told, [(Some(0), "Pénicillines".to_owned()), (Some(1), "morfinol".to_owned())]);
    // The base lists no excipients: of every line that is said.
    let lactose = found(&checked, "allergy_unknown").into_iter().filter(|one| one.against == "lactose").count();
    assert_eq!(lactose, 5);
    let twice = found(&checked, "same_substance");
    assert_eq!((twice.len(), twice[0].line, twice[0].other_line), (1, Some(2), Some(3)));
    assert_eq!(found(&checked, "unknown_substance")[0].line, Some(4));
    assert!(found(&checked, "for_adults").is_empty(), "she is an adult");
    assert!(!checked.signable, "a known allergy needs a reason as well");

    let child = add_patient(&desk, "PETIT", "Léo", "2020-03-01").await;
    draft.patient_id = child;
    let checked = check(&desk, &draft).await;
    assert_eq!(found(&checked, "for_adults")[0].line, Some(3));
    assert_eq!(found(&checked, "patient_weight").len(), 1);
    let weight = Measure { what: "weight".to_owned(), value: "19.5".to_owned(), unit: "kg".to_owned() };
    note(&desk, child, Body::Measure(weight)).await;
    assert!(found(&check(&desk, &draft).await, "patient_weight").is_empty());
    let start = StartPrescriptionRequest { patient_id: child };
    let start = prescription::start_prescription(&desk, start).await.expect("begun");
    assert_eq!((start.weight_g, start.years, start.name.as_str()), (Some(19_500), Some(6), "PETIT Léo"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_base_and_thesaurus_nothing_reads_as_safe() {
    let house = House::new().await;
    let desk = house.desk().await;
    furnished(&desk, false).await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let checked =
        check(&desk, &draft(patient_id, vec![line(&desk, "amoxival 500 mg gélule: 1 matin 5 jours").await])).await;
    for code in ["no_thesaurus", "no_drugs", "conditions_unknown", "unknown_substance"] {
        assert_eq!(found(&checked, code).len(), 1, "{code}");
    }
    assert!(checked.signable, "warnings alone keep nobody from signing");
    let bare = draft(patient_id, vec![LineFields::default()]);
    let refusal = prescription::sign_prescription(&desk, bare).await.expect_err("nothing in it");
    assert_eq!(parameter(&refusal, "findings"), "inn@1, strength@1, form@1, posology@1, duration@1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_does_not_say_who_prescribes_is_not_signed() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let lines = vec![line(&desk, "amoxival 500 mg gélule: 1 matin 5 jours").await];
    let refusal = prescription::sign_prescription(&desk, draft(patient_id, lines)).await.expect_err("no head");
    let missing = parameter(&refusal, "findings");
    for rule in
        ["prescriber_qualification", "prescriber_rpps", "prescriber_address", "prescriber_phone", "prescriber_email"]
    {
        assert!(missing.contains(rule), "{missing}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn morocco_has_its_own_rules_and_paper() {
    let house = House::in_morocco().await;
    let (desk, patient_id) = set_up_in(&house).await;
    let mut narcotic = line(&desk, "morfinol: 1 gélule matin et soir 10 jours").await;
    assert_eq!(narcotic.letters, None, "the French letters are no Moroccan rule");
    narcotic.table = "B".to_owned();
    let mut draft = draft(patient_id, vec![narcotic]);
    draft.language = "ar".to_owned();
    let refusal = prescription::sign_prescription(&desk, draft.clone()).await.expect_err("over table B");
    assert_eq!(parameter(&refusal, "findings"), "table_over_limit@1");
    assert_eq!((parameter(&refusal, "table"), parameter(&refusal, "limit")), ("B".to_owned(), "7".to_owned()));
    draft.lines[0].posology = "1 matin et soir 7 jours".to_owned();
    let signed = prescription::sign_prescription(&desk, draft).await.expect("signed");
    assert!(signed.paper.lines[0].contains("كبسولة واحدة صباحًا"), "{:?}", signed.paper.lines);
}

#[tokio::test(flavor = "multi_thread")]
async fn favourites_and_protocols_are_kept_taken_back_and_no_secretary_s() {
    let (house, desk, patient_id) = set_up().await;
    let mut one = line(&desk, "doloran 1000: 1 matin 5 jours").await;
    one.override_reason = "de ce patient".to_owned();
    let save = |kind: &str, name: &str| SavePrescriptionSetRequest {
        id: None,
        kind: kind.to_owned(),
        name: name.to_owned(),
        lines: vec![one.clone()],
        acts: Vec::new(),
    };
    prescription::save_prescription_set(&desk, save("favourite", "Douleur")).await.expect("kept");
    let protocol = prescription::save_prescription_set(&desk, save("protocol", "Angine")).await.expect("kept");
    let listed = async || prescription::list_prescription_sets(&desk, NothingRequest {}).await.expect("listed");
    let all = listed().await;
    assert_eq!((all.favourites.len(), all.protocols.len()), (1, 1));
    assert!(all.favourites[0].lines[0].override_reason.is_empty(), "a reason belongs to one patient");
    assert!(all.templates.iter().any(|one| one.language == "ar"));
    let request = PrescriptionSetRequest { id: all.protocols[0].id };
    let removed = prescription::remove_prescription_set(&desk, request.clone()).await.expect("removed");
    assert!(listed().await.protocols.is_empty());
    assert_eq!(code(prescription::remove_prescription_set(&desk, request).await), "not_found");
    history::undo(&desk, UndoRequest { sequence: Some(removed.sequence) }).await.expect("undone");
    assert_eq!(listed().await.protocols[0].name, "Angine");
    assert_eq!(
        code(history::undo(&desk, UndoRequest { sequence: Some(protocol.sequence) }).await),
        "changed_meanwhile"
    );
    assert_eq!(code(prescription::save_prescription_set(&desk, save("favourite", " ")).await), "name_missing");
    let _ = (house, patient_id);
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_struck_prescription_is_not_the_last_one() {
    let (_house, desk, patient_id) = set_up().await;
    let renew = || prescription::renew_prescription(&desk, RenewPrescriptionRequest { patient_id, id: None });
    assert_eq!(code(renew().await), "nothing_to_renew");
    let mut lines = vec![line(&desk, "doloran 1000: 1 matin 5 jours, renouveler 2 fois").await];
    lines[0].non_substitutable = "CIF".to_owned();
    let first = prescription::sign_prescription(&desk, draft(patient_id, lines)).await.expect("signed");
    let lines = vec![line(&desk, "plombix: 1 soir 5 jours").await];
    let second = prescription::sign_prescription(&desk, draft(patient_id, lines)).await.expect("signed");
    assert_eq!((first.paper.number.as_str(), second.paper.number.as_str()), ("2026-000001", "2026-000002"));
    assert_eq!(renew().await.expect("the last").renewed.id, second.paper.id);
    let request = semainier_app::commands::record::wire::StrikeEntryRequest {
        id: second.paper.id,
        version: 1,
        reason: "Autre patient".to_owned(),
    };
    record::strike_entry(&desk, request).await.expect("struck");
    let renewed = renew().await.expect("the one before");
    assert_eq!(renewed.renewed.id, first.paper.id);
    let line = &renewed.draft.lines[0];
    assert_eq!((line.renewals, line.non_substitutable.as_str()), (Some(2), "CIF"));
    let request = StartPrescriptionRequest { patient_id };
    let listed = prescription::list_prescriptions(&desk, request).await.expect("listed");
    assert_eq!(listed.papers.iter().map(|one| one.struck.is_some()).collect::<Vec<_>>(), [true, false]);
    let versions = record::show_entry_versions(&desk, EntryRequest { id: second.paper.id }).await.expect("versions");
    assert_eq!(versions.versions.len(), 2, "what was signed stays");
    note(
        &desk,
        patient_id,
        Body::Condition(Condition { label: "Diabète".to_owned(), ald: true, ..Default::default() }),
    )
    .await;
    let start = prescription::start_prescription(&desk, StartPrescriptionRequest { patient_id }).await.expect("begun");
    assert!(start.ald && start.signer == "Dr Hélène Lefèvre");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_base_is_prescribed_from() {
    let (Some(bdpm), Some(ansm)) = (shared("bdpm"), shared("ansm")) else { return };
    let house = House::new().await;
    let desk = house.desk().await;
    let thesaurus = fs::read_dir(&ansm)
        .expect("listed")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".json") && path.to_string_lossy().contains("thesaurus"))
        .max()
        .expect("a thesaurus");
    import(&desk, &bdpm, &thesaurus).await;
    furnished(&desk, false).await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let doliprane = drafted(&desk, "doliprane 1000: 1 matin et 1 soir pendant 7 jours", "fr").await;
    let read = doliprane.line.expect("a line");
    assert_eq!((read.brand.as_str(), read.strength.as_str()), ("DOLIPRANE", "1000 mg"));
    assert_eq!(doliprane.reading.expect("a reading").packs.expect("packs").packs, 2);
    let codeine = drafted(&desk, "codoliprane 500: 1 3 fois par jour pendant 5 jours", "fr").await;
    assert!(codeine.secure_form);
    let codeine = codeine.line.expect("a line");
    assert_eq!(codeine.strength, "500 mg + 30 mg");
    let letters = codeine.letters.clone().expect("letters");
    assert_eq!(letters.strength, "cinq cents milligrammes plus trente milligrammes");
    let mut draft = draft(patient_id, vec![read, codeine]);
    draft.secure_form = true;
    let checked = check(&desk, &draft).await;
    assert!(checked.signable, "{:?}", checked.findings);
    assert_eq!(found(&checked, "same_substance").len(), 1, "paracetamol twice");
    draft.lines = vec![
        line(&desk, "coumadine 5 mg: 1 le soir 30 jours").await,
        line(&desk, "miconazole gel: 1 application 3 fois par jour 7 jours").await,
    ];
    let checked = check(&desk, &draft).await;
    let grave: Vec<_> = checked.findings.iter().filter(|one| one.severity == "reason").collect();
    assert!(!grave.is_empty(), "warfarin with miconazole: {:?}", checked.findings);
    draft.lines = vec![line(&desk, "durogesic 25: 1 patch toutes les 72 heures pendant 28 jours").await];
    let checked = check(&desk, &draft).await;
    assert!(checked.signable, "{:?}", checked.findings);
    let letters = draft.lines[0].letters.clone().expect("letters");
    assert_eq!(letters.strength, "vingt-cinq microgrammes par heure");
}
