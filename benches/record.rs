//! The record of a patient of twenty years: opened, read again, searched; and what sealing adds to a save. Rows of nine other
//! patients lie between, as they do after twenty years. The yardsticks do the same without what is measured: the same rows
//! and journal entries in clear for the save, the same rows read and not opened for the opening.

use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::id::{EntryId, PatientId};
use domain::role::Permission;
use semainier_app::commands::Desk;
use semainier_app::commands::entrance::create;
use semainier_app::commands::patient::wire::{CreatePatientRequest, PatientFields};
use semainier_app::commands::record::chart::{Chart, Inside};
use semainier_app::commands::record::summary_wire::SearchRecordRequest;
use semainier_app::commands::record::wire::{
    Antecedent, Body, Consultation, Measure, OpenRecordRequest, RecordView, Treatment, WriteEntryRequest,
};
use semainier_app::commands::{patient, record};
use semainier_app::journal::ChangeRecord;
use semainier_app::store;
use semainier_app::store::record::EntryRow;
use semainier_app::vault::{MemoryKeyring, digest};

use super::{doorstep, open, practice_request, round, say, spread};

const CONSULTATIONS: usize = 400;
const FURTHER: usize = 300;
const VALUES: usize = 2_000;
const OTHERS: usize = 9;

async fn add(desk: &Desk, surname: &str) -> PatientId {
    let fields = PatientFields {
        surname: surname.to_owned(),
        first_name: "Marie".to_owned(),
        born: "1950-05-12".to_owned(),
        ..Default::default()
    };
    patient::create_patient(desk, CreatePatientRequest { fields }).await.expect("a patient").patient.id
}

/// The entry of that number: of three consultations some lines each, values between, the rest what else there is.
fn body(number: usize) -> Body {
    let all = CONSULTATIONS + FURTHER + VALUES;
    let place = number * 7_919 % all;
    if place < CONSULTATIONS {
        Body::Consultation(Consultation {
            reason: "Suivi tensionnel et renouvellement".to_owned(),
            history: format!("Consultation {number} : pas de plainte nouvelle, bonne tolérance du traitement, observance correcte, activité physique deux fois par semaine, sommeil conservé."),
            examination: "Cœur régulier, sans souffle. Poumons libres. Abdomen souple. Pas d’œdème des membres inférieurs. Pouls perçus.".to_owned(),
            conclusion: "Hypertension artérielle équilibrée sous traitement.".to_owned(),
            plan: "Poursuite du traitement, bilan biologique dans trois mois, contrôle tensionnel à domicile.".to_owned(),
        })
    } else if place < CONSULTATIONS + FURTHER / 2 {
        Body::Treatment(Treatment {
            label: format!("AMLODIPINE 5 mg, gélule, boîte de 30, renouvellement {number}"),
            posology: "1 le matin pendant 3 mois".to_owned(),
            since: "2020-01-01".to_owned(),
            until: "2020-04-01".to_owned(),
            ..Default::default()
        })
    } else if place < CONSULTATIONS + FURTHER {
        Body::Antecedent(Antecedent { label: format!("Bronchite {number}"), note: "Traitée en ville".to_owned() })
    } else {
        let (what, value) =
            [("weight", "72.5"), ("hba1c", "7.1"), ("glucose", "1.26"), ("Potassium", "4.1")][place % 4];
        Body::Measure(Measure { what: what.to_owned(), value: value.to_owned(), ..Default::default() })
    }
}

/// Writes twenty years of everybody, the first patient's entries spread among the others'.
async fn fill(desk: &Desk, people: &[PatientId]) {
    let all = CONSULTATIONS + FURTHER + VALUES;
    let first: NaiveDate = "2006-11-23".parse().expect("a date");
    let mut begun = 0;
    while begun < all {
        let mut change = desk.change(Permission::WriteClinical, "write_entry").await.expect("a change");
        let mut charts = Vec::new();
        for id in people {
            charts.push(Chart::open(desk, change.connection(), *id).await.expect("their keys"));
        }
        for number in begun..(begun + 300).min(all) {
            let on = first + Days::new((number * 7_300 / all) as u64);
            for chart in &charts {
                chart.write(desk, &mut change, on.to_string(), body(number)).await.expect("written");
            }
        }
        change.commit().await.expect("committed");
        begun += 300;
    }
}

/// The same entry, saved as it would be if nothing were sealed: same row, same journal entry, bytes in clear.
async fn save_in_clear(desk: &Desk, patient_id: PatientId, body: Body) {
    let mut change = desk.change(Permission::WriteClinical, "write_entry").await.expect("a change");
    let patient = store::patient::resolved(change.connection(), patient_id).await.expect("a look").expect("a patient");
    let inside = Inside {
        on: "2026-11-22".to_owned(),
        body,
        struck: None,
        written_at: change.at().to_owned(),
        written_by: desk.session().user_id.to_string(),
    };
    let row = EntryRow {
        id: EntryId::new(desk.make_id()),
        patient_id: patient.id,
        version: 1,
        key_version: 1,
        sealed: serde_json::to_vec(&inside).expect("JSON"),
        written_at: inside.written_at,
        written_by: inside.written_by,
        author: String::new(),
    };
    store::record::insert(change.connection(), &row).await.expect("inserted");
    let owner = patient.id.to_string();
    let after = serde_json::json!({ "version": 1, "digest": digest(&row.sealed) });
    let entry = ChangeRecord::created("clinical_entry", &after);
    change.record("record", &format!("entry:{}", row.id), Some(&owner), &entry).await.expect("journalled");
    change.commit().await.expect("committed");
}

/// All figures of this subject.
pub async fn figures() {
    let place = tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let folder = place.path().join("vault");
    let keyring = Arc::new(MemoryKeyring::default());
    let now: DateTime<Utc> = "2026-11-22T09:00:00Z".parse().expect("an instant");
    create::make_practice(&doorstep(&folder, &keyring, now), practice_request(), false).await.expect("a practice");
    let desk = open(&folder, &keyring, now).await.0;
    let mut people = vec![add(&desk, "RECORD").await];
    for number in 0..OTHERS {
        people.push(add(&desk, &format!("OTHER{number}")).await);
    }
    let began = Instant::now();
    fill(&desk, &people).await;
    let seconds = round(began.elapsed().as_secs_f64());
    println!(
        "{}",
        serde_json::json!({ "figure": "records filled", "entries": people.len() * 2_700, "seconds": seconds })
    );
    desk.store().close().await;
    let desk = open(&folder, &keyring, now).await.0;

    let patient_id = people[0];
    let request = || OpenRecordRequest { patient_id };
    let began = Instant::now();
    let first: RecordView = record::open_record(&desk, request()).await.expect("opened");
    let cold = round(began.elapsed().as_secs_f64() * 1_000.0);
    println!(
        "{}",
        serde_json::json!({ "figure": "record of 20 years opened, first of the session", "ms": cold, "at_most_ms": 50.0 })
    );
    assert_eq!((first.entries.len(), first.damaged.len()), (CONSULTATIONS + FURTHER + VALUES, 0));
    let mut bare = Vec::new();
    for _ in 0..200 {
        let mut connection = desk.store().read().await.expect("a connection");
        let began = Instant::now();
        let mut bytes = 0;
        store::record::each_entry(&mut connection, &[patient_id], |row| bytes += row.sealed.len()).await.expect("rows");
        bare.push(began.elapsed());
        assert!(bytes > 500_000);
    }
    let yardstick =
        say("rows of a record of 20 years read, not opened (yardstick)", 0, &mut bare, serde_json::Value::Null);
    // Everybody's in turn: nothing is warm that would not be on a working day.
    let mut times = Vec::new();
    for number in 0..300 {
        let patient_id = people[number % people.len()];
        let began = Instant::now();
        let view = record::open_record(&desk, OpenRecordRequest { patient_id }).await.expect("opened");
        let text = serde_json::to_string(&view).expect("JSON");
        times.push(began.elapsed());
        assert!(view.damaged.is_empty() && text.len() > 100_000);
    }
    let opened =
        say("record of 20 years opened, as the screen gets it", 0, &mut times, serde_json::json!({ "p99": 50.0 }));
    println!(
        "{}",
        serde_json::json!({ "figure": "opening against the yardstick", "times": round(opened.1 / yardstick.1) })
    );

    record::open_record(&desk, request()).await.expect("opened");
    let mut times = Vec::new();
    for text in
        ["h", "hy", "hypert", "hypertension artér", "œdème", "bronchite 12", "", "potassium"].iter().cycle().take(400)
    {
        let request = SearchRecordRequest {
            patient_id,
            text: (*text).to_owned(),
            kinds: Vec::new(),
            from: String::new(),
            until: String::new(),
        };
        let began = Instant::now();
        record::search_record(&desk, request).await.expect("searched");
        times.push(began.elapsed());
    }
    say("search in an open record of 20 years, the first included", 0, &mut times, serde_json::json!({ "p99": 10.0 }));

    // One after the other, so that a slow moment of the disk hits both alike.
    let (mut sealed, mut clear) = (Vec::new(), Vec::new());
    for number in 0..600 {
        let patient_id = people[number % people.len()];
        let entry = || body(number * 7);
        let began = Instant::now();
        let request = WriteEntryRequest { patient_id, on: String::new(), body: entry() };
        record::write_entry(&desk, request).await.expect("written");
        sealed.push(began.elapsed());
        let began = Instant::now();
        save_in_clear(&desk, patient_id, entry()).await;
        clear.push(began.elapsed());
    }
    let (with, without) = (spread(&mut sealed).0, spread(&mut clear).0);
    say("entry saved, sealed", 0, &mut sealed, serde_json::Value::Null);
    say("entry saved in clear (yardstick)", 0, &mut clear, serde_json::Value::Null);
    println!(
        "{}",
        serde_json::json!({ "figure": "sealing overhead of a save", "times": round(with / without), "at_most": 1.2 })
    );
    desk.store().close().await;
}
