//! Prescriptions through the one door: what keeps one from being signed, what is found, what is kept. Made-up drugs here,
//! the official base where it stands beside the project.

use std::fs;

use semainier_app::commands::history::wire::{ListJournalRequest, UndoRequest};
use semainier_app::commands::prescription::kept_wire::{PrescriptionSetRequest, SavePrescriptionSetRequest};
use semainier_app::commands::prescription::wire::{
    CheckedPrescriptionView, LineFields, PrescriptionDraft, PrescriptionFindingView, RenewPrescriptionRequest,
    StartPrescriptionRequest,
};
use semainier_app::commands::record::wire::{
    Allergy, Body, Condition, CorrectEntryRequest, EntryRequest, Measure, OpenRecordRequest, StrikeEntryRequest,
    Treatment, WriteEntryRequest,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, history, prescription, record};

use crate::drugs::shared;
use crate::house::{House, add_patient, code, verified};
use crate::prescribing::{draft, drafted, furnished, import, line, note, set_up, set_up_in};

async fn check(desk: &Desk, draft: &PrescriptionDraft) -> CheckedPrescriptionView {
    prescription::check_prescription(desk, draft.clone()).await.expect("checked")
}

fn found<'a>(checked: &'a CheckedPrescriptionView, code: &str) -> Vec<&'a PrescriptionFindingView> {
    checked.findings.iter().filter(|one| one.code == code).collect()
}

fn parameter(error: &CommandError, name: &str) -> String {
    error.parameters.get(name).cloned().unwrap_or_default()
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
    assert_eq!((typing.line, typing.drugs.len()), (None, 3));
    assert!(typing.drugs[0].name.starts_with("DOLORAN"), "a beginning goes before a fragment");
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
    let request = ListJournalRequest { subject: Some(format!("entry:{}", entry.id)), before: None, limit: 1 };
    let journal = history::list_journal(&desk, request).await.expect("the journal");
    assert_eq!(journal.entries[0].command, "sign_prescription");
    let request = UndoRequest { sequence: Some(journal.entries[0].sequence) };
    assert_eq!(code(history::undo(&desk, request).await), "nothing_to_undo");
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
    let weight =
        Measure { what: "weight".to_owned(), value: "19.5".to_owned(), unit: "kg".to_owned(), ..Measure::default() };
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
    assert_eq!(parameter(&refusal, "findings"), "inn@1, strength@1, form@1, posology@1");
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
    history::undo(&desk, UndoRequest { sequence: Some(protocol.sequence) }).await.expect("never was");
    assert!(listed().await.protocols.is_empty());
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
    let request = StrikeEntryRequest { id: second.paper.id, version: 1, reason: "Autre patient".to_owned() };
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
