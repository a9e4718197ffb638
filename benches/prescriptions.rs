//! Prescribing on the official drug base: a line read as it is typed, 12 lines checked for a patient against 10 treatments and 3
//! allergies of the record, a signature with its archived original.

use std::time::Instant;

use domain::id::PatientId;
use semainier_app::commands::letterhead::wire::LetterheadRequest;
use semainier_app::commands::patient::wire::{CreatePatientRequest, PatientFields};
use semainier_app::commands::practice::wire::{PractitionerRequest, SavePractitionerRequest, SaveSiteRequest};
use semainier_app::commands::prescription::wire::{DraftLineRequest, LineFields, PrescriptionDraft};
use semainier_app::commands::record::wire::{Allergy, Body, Consultation, Treatment, WriteEntryRequest};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, letterhead, patient, practice, prescription, record};

use super::say;

const LINES: [&str; 12] = [
    "cordarone 200: 1 le matin 30 jours",
    "coumadine 5 mg: 1 le soir 30 jours",
    "zocor 20: 1 le soir 30 jours",
    "zeclar 500: 1 matin et soir 7 jours",
    "advil 400: 1 3 fois par jour 5 jours",
    "lasilix 40: 1 le matin 30 jours",
    "triatec 5 mg: 1 le matin 30 jours",
    "aldactone 25: 1 le matin 30 jours",
    "digoxine: 1 le matin 30 jours",
    "prozac 20: 1 le matin 30 jours",
    "doliprane 1000: 1 3 fois par jour 5 jours",
    "inexium 20: 1 le matin 30 jours",
];
const TREATMENTS: [&str; 10] = [
    "tegretol",
    "kardegic 75",
    "plavix",
    "glucophage 500",
    "levothyrox 75",
    "mopral 20",
    "seropram",
    "methotrexate",
    "allopurinol",
    "ventoline",
];

/// A practice whose paper says all that the law wants, and a patient.
pub async fn furnished(desk: &Desk) -> PatientId {
    let known = practice::show_practice(desk, NothingRequest {}).await.expect("the practice");
    let (site, one) = (&known.sites[0], &known.practitioners[0]);
    let request = SaveSiteRequest {
        id: Some(site.id),
        name: site.name.clone(),
        zone: site.zone.clone(),
        address: "3 rue des Lilas".to_owned(),
        postcode: "69003".to_owned(),
        city: "Lyon".to_owned(),
        phone: "04 72 00 11 22".to_owned(),
        active: true,
    };
    practice::save_site(desk, request).await.expect("a site");
    let request = SavePractitionerRequest {
        id: Some(one.id),
        name: "Dr Hélène Lefèvre".to_owned(),
        speciality: "Médecine générale".to_owned(),
        rpps: "10001234567".to_owned(),
        inpe: String::new(),
        site_id: Some(one.site_id),
        active: true,
    };
    practice::save_practitioner(desk, request).await.expect("a practitioner");
    let request = PractitionerRequest { practitioner_id: one.id };
    let shown = letterhead::show_letterhead(desk, request).await.expect("the head");
    let (mut paper, mut own) = (shown.practice, shown.own);
    paper.email = "cabinet@lilas.example".to_owned();
    own.qualifications = "Docteur en médecine".to_owned();
    let request = LetterheadRequest {
        practitioner_id: one.id,
        practice: paper,
        own,
        logo: String::new(),
        language: "fr".to_owned(),
    };
    letterhead::save_letterhead(desk, request).await.expect("a head");
    let fields = PatientFields {
        surname: "DUPONT".to_owned(),
        first_name: "Marie".to_owned(),
        born: "1979-05-12".to_owned(),
        ..Default::default()
    };
    let request = CreatePatientRequest { fields };
    patient::create_patient(desk, request).await.expect("a patient").patient.id
}

/// The same, the patient with treatments and allergies.
async fn set_up(desk: &Desk) -> PatientId {
    let patient_id = furnished(desk).await;
    for text in TREATMENTS {
        let line = drafted(desk, &format!("{text}: 1 le matin 30 jours")).await;
        let treatment = Treatment { label: line.brand, cis: line.cis, ..Default::default() };
        write(desk, patient_id, Body::Treatment(treatment)).await;
    }
    for (agent, kind) in [("pénicillines", "class"), ("acide acétylsalicylique", "substance"), ("lactose", "excipient")]
    {
        let allergy = Allergy {
            agent: agent.to_owned(),
            agent_kind: kind.to_owned(),
            severity: "unknown".to_owned(),
            ..Default::default()
        };
        write(desk, patient_id, Body::Allergy(allergy)).await;
    }
    patient_id
}

async fn write(desk: &Desk, patient_id: PatientId, body: Body) {
    let request = WriteEntryRequest { patient_id, on: String::new(), body };
    record::write_entry(desk, request).await.expect("written");
}

async fn drafted(desk: &Desk, text: &str) -> LineFields {
    let request = DraftLineRequest { text: text.to_owned(), cis: String::new(), inn: false, language: "fr".to_owned() };
    let drafted = prescription::draft_line(desk, request).await.expect("read");
    drafted.line.unwrap_or_else(|| panic!("{text} is no line"))
}

/// All figures of this subject, at a desk with the official base.
pub async fn figures(desk: &Desk) {
    let patient_id = set_up(desk).await;
    let mut lines = Vec::new();
    let mut times = Vec::new();
    for number in 0..1_200 {
        let began = Instant::now();
        let line = drafted(desk, LINES[number % LINES.len()]).await;
        times.push(began.elapsed());
        if number < LINES.len() {
            lines.push(LineFields { override_reason: "Surveillance rapprochée".to_owned(), ..line });
        }
    }
    say("prescription line read", 0, &mut times, serde_json::json!({ "p99": 10.0 }));
    let draft = PrescriptionDraft {
        patient_id,
        kind: "drugs".to_owned(),
        language: "fr".to_owned(),
        sheet: String::new(),
        secure_form: false,
        lines,
        acts: Vec::new(),
    };
    // As after years: each check reads what stands in the record.
    for (figure, consultations) in [
        ("prescription of 12 lines checked against 10 treatments", 0),
        ("the same with 400 consultations in the record", 400),
    ] {
        for number in 0..consultations {
            let consultation = Consultation {
                reason: format!("Consultation {number}"),
                history: "Toux depuis trois jours, fièvre, pas de dyspnée. ".repeat(8),
                ..Default::default()
            };
            write(desk, patient_id, Body::Consultation(consultation)).await;
        }
        let mut times = Vec::new();
        for _ in 0..500 {
            let request = draft.clone();
            let began = Instant::now();
            let checked = prescription::check_prescription(desk, request).await.expect("a check");
            times.push(began.elapsed());
            assert!(checked.findings.len() > 20);
        }
        let at_most = if consultations == 0 { serde_json::json!({ "p99": 5.0 }) } else { serde_json::Value::Null };
        say(figure, 0, &mut times, at_most);
    }
    let checked = prescription::check_prescription(desk, draft.clone()).await.expect("a check");
    let hard: Vec<&str> =
        checked.findings.iter().filter(|one| one.severity == "hard").map(|one| one.code.as_str()).collect();
    assert!(checked.signable, "{hard:?}");
    let mut times = Vec::new();
    for _ in 0..40 {
        let request = draft.clone();
        let began = Instant::now();
        prescription::sign_prescription(desk, request).await.expect("signed");
        times.push(began.elapsed());
    }
    say("prescription of 12 lines signed and archived", 0, &mut times, serde_json::Value::Null);
}
