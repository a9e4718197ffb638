//! One person's export after twenty years: 400 consultations, 300 signed prescriptions with their archived originals, 2,000 results.
//! In clear and under a passphrase; the passphrase's own cost, which is meant to be felt, stands beside.

use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::id::PatientId;
use domain::role::Permission;
use semainier_app::commands::entrance::create;
use semainier_app::commands::portability::wire::ExportPersonRequest;
use semainier_app::commands::prescription::wire::{ActFields, PrescriptionDraft};
use semainier_app::commands::record::chart::Chart;
use semainier_app::commands::record::wire::{Body, Consultation};
use semainier_app::commands::results::wire::{Report, ReportLine};
use semainier_app::commands::{Desk, portability, prescription};
use semainier_app::vault::{MemoryKeyring, PassphraseWriter};

use super::prescriptions::furnished;
use super::{doorstep, open, practice_request, round, say};

const CONSULTATIONS: usize = 400;
const PRESCRIPTIONS: usize = 300;
const REPORTS: usize = 200;
const VALUES: usize = 10;
const PHRASE: &str = "Sept-Ponts#Calmes2026";

fn consultation(number: usize) -> Body {
    Body::Consultation(Consultation {
        reason: "Suivi tensionnel et renouvellement".to_owned(),
        history: format!("Consultation {number} : pas de plainte nouvelle, bonne tolérance du traitement, observance correcte, activité physique deux fois par semaine, sommeil conservé."),
        examination: "Cœur régulier, sans souffle. Poumons libres. Abdomen souple. Pas d’œdème des membres inférieurs. Pouls perçus.".to_owned(),
        conclusion: "Hypertension artérielle équilibrée sous traitement.".to_owned(),
        plan: "Poursuite du traitement, bilan biologique dans trois mois, contrôle tensionnel à domicile.".to_owned(),
    })
}

fn report(number: usize) -> Body {
    const ANALYSES: [(&str, &str, &str, &str); VALUES] = [
        ("Hémoglobine", "g/dL", "12.0", "16.0"),
        ("Leucocytes", "G/L", "4.0", "10.0"),
        ("Plaquettes", "G/L", "150", "400"),
        ("Créatinine", "µmol/L", "45", "84"),
        ("Potassium", "mmol/L", "3.5", "5.1"),
        ("Sodium", "mmol/L", "136", "145"),
        ("Glycémie", "g/L", "0.70", "1.10"),
        ("HbA1c", "%", "4.0", "6.0"),
        ("LDL", "g/L", "", "1.60"),
        ("TSH", "mUI/L", "0.4", "4.0"),
    ];
    let line = |(at, (label, unit, low, high)): (usize, &(&str, &str, &str, &str))| ReportLine {
        kind: "number".to_owned(),
        label: (*label).to_owned(),
        value: format!("{}.{}", 1 + (number * 7 + at) % 15, number % 10),
        unit: (*unit).to_owned(),
        low: (*low).to_owned(),
        high: (*high).to_owned(),
        standing: "normal".to_owned(),
        ..ReportLine::default()
    };
    Body::Report(Report {
        laboratory: "Laboratoire du Parc".to_owned(),
        number: format!("L{number}"),
        lines: ANALYSES.iter().enumerate().map(line).collect(),
        ..Report::default()
    })
}

async fn fill(desk: &Desk, patient_id: PatientId) {
    let first: NaiveDate = "2006-11-23".parse().expect("a date");
    for begun in (0..CONSULTATIONS).step_by(200) {
        let mut change = desk.change(Permission::WriteClinical, "write_entry").await.expect("a change");
        let chart = Chart::open(desk, change.connection(), patient_id).await.expect("their keys");
        for number in begun..begun + 200 {
            let on = (first + Days::new(number as u64 * 18)).to_string();
            chart.write(desk, &mut change, on.clone(), consultation(number)).await.expect("written");
            if number < REPORTS {
                chart.write(desk, &mut change, on, report(number)).await.expect("written");
            }
        }
        change.commit().await.expect("committed");
    }
    for number in 0..PRESCRIPTIONS {
        let act = ActFields {
            text: format!("Pansement simple tous les deux jours, {number}e série"),
            ..ActFields::default()
        };
        let draft = PrescriptionDraft {
            patient_id,
            kind: "nursing".to_owned(),
            language: "fr".to_owned(),
            sheet: String::new(),
            secure_form: false,
            lines: Vec::new(),
            acts: vec![act],
        };
        prescription::sign_prescription(desk, draft).await.expect("signed");
    }
}

/// All figures of this subject.
pub async fn figures() {
    let place = tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let folder = place.path().join("vault");
    let keyring = Arc::new(MemoryKeyring::default());
    let now: DateTime<Utc> = "2026-11-22T09:00:00Z".parse().expect("an instant");
    create::make_practice(&doorstep(&folder, &keyring, now), practice_request(), false).await.expect("a practice");
    let desk = open(&folder, &keyring, now).await.0;
    let patient_id = furnished(&desk).await;
    fill(&desk, patient_id).await;
    for (figure, name, passphrase) in
        [("one person's export", "person.zip", ""), ("one person's export, encrypted", "person.zip.age", PHRASE)]
    {
        let mut times = Vec::new();
        let (mut bytes, mut files) = (0, 0);
        for _ in 0..10 {
            let request = ExportPersonRequest {
                patient_id,
                language: "fr".to_owned(),
                path: place.path().join(name).to_str().expect("a path").to_owned(),
                passphrase: passphrase.to_owned(),
            };
            let began = Instant::now();
            let view = portability::export_person(&desk, request).await.expect("exported");
            times.push(began.elapsed());
            assert_eq!(view.damaged, 0);
            (bytes, files) = (view.bytes, view.files);
        }
        let about = serde_json::json!({
            "consultations": CONSULTATIONS, "prescriptions": PRESCRIPTIONS, "results": REPORTS * VALUES,
            "bytes": bytes, "files": files, "median": 1_000.0,
        });
        say(figure, 0, &mut times, about);
    }
    let began = Instant::now();
    PassphraseWriter::begin(PHRASE, Vec::new()).expect("begun").finish().expect("finished");
    let ms = round(began.elapsed().as_secs_f64() * 1_000.0);
    println!("{}", serde_json::json!({ "figure": "a passphrase's own cost (scrypt)", "ms": ms }));
    desk.store().close().await;
}
