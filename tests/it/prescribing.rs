//! A practice that may prescribe: a made-up drug base and thesaurus, a paper that says all that the law wants, a patient.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use domain::id::PatientId;
use semainier_app::commands::drugs::wire::{ImportDrugsRequest, ImportInteractionsRequest};
use semainier_app::commands::letterhead::wire::LetterheadRequest;
use semainier_app::commands::practice::wire::{PractitionerRequest, SavePractitionerRequest, SaveSiteRequest};
use semainier_app::commands::prescription::wire::{DraftLineRequest, DraftedLineView, LineFields, PrescriptionDraft};
use semainier_app::commands::record::wire::{Body, WriteEntryRequest};
use semainier_app::commands::{Desk, drugs, letterhead, practice, prescription, record};
use tempfile::TempDir;

use crate::house::{House, add_patient, known};

/// Made-up official files of a few drugs with all that rules ask for.
pub fn base() -> TempDir {
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

pub async fn import(desk: &Desk, folder: &Path, thesaurus: &Path) {
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

pub async fn note(desk: &Desk, patient_id: PatientId, body: Body) {
    let request = WriteEntryRequest { patient_id, on: String::new(), body };
    record::write_entry(desk, request).await.expect("written");
}
