//! The record in use: what stands, curves, search in memory, templates, drafts, the command line.

use domain::id::{EntryId, PatientId};
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::patient::wire::MergePatientsRequest;
use semainier_app::commands::record::summary_wire::{SaveClinicalDraftRequest, SearchRecordRequest};
use semainier_app::commands::record::text_wire::{
    AbbreviationRequest, FillTemplateRequest, SaveAbbreviationRequest, SaveTemplateRequest, SectionsView,
    TemplateRequest,
};
use semainier_app::commands::record::wire::{
    Alert, Allergy, Body, Condition, Consultation, Measure, OpenRecordRequest, RecordEntryView, RecordView,
    StrikeEntryRequest, Treatment, WriteEntryRequest,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, history, patient, record};
use serde_json::Value;

use crate::cli::{Terminal, text};
use crate::house::{House, PASSWORD, add_patient, code, verified};
use crate::record::{dump, holds, user};

/// Stands nowhere but inside a seal, and in memory.
const CANARY: &str = "Kanarienvogelfieber";

async fn try_write(desk: &Desk, patient_id: PatientId, on: &str, body: Body) -> Result<RecordEntryView, CommandError> {
    record::write_entry(desk, WriteEntryRequest { patient_id, on: on.to_owned(), body }).await
}

pub async fn write(desk: &Desk, patient_id: PatientId, on: &str, body: Body) -> EntryId {
    try_write(desk, patient_id, on, body).await.expect("written").id
}

pub async fn open(desk: &Desk, patient_id: PatientId) -> RecordView {
    record::open_record(desk, OpenRecordRequest { patient_id }).await.expect("opened")
}

pub fn measure(what: &str, value: &str) -> Body {
    Body::Measure(Measure { what: what.to_owned(), value: value.to_owned(), ..Default::default() })
}

pub fn allergy(agent: &str, severity: &str) -> Body {
    Body::Allergy(Allergy {
        agent: agent.to_owned(),
        agent_kind: "substance".to_owned(),
        severity: severity.to_owned(),
        ..Default::default()
    })
}

pub fn condition(label: &str, ald: bool, until: &str) -> Body {
    Body::Condition(Condition { label: label.to_owned(), ald, until: until.to_owned(), ..Default::default() })
}

pub fn treatment(label: &str, since: &str, until: &str) -> Body {
    let (label, since, until) = (label.to_owned(), since.to_owned(), until.to_owned());
    Body::Treatment(Treatment { label, since, until, ..Default::default() })
}

pub fn consultation(text: &str) -> Body {
    Body::Consultation(Consultation { history: text.to_owned(), ..Default::default() })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_measure_is_held_to_what_people_have() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let typed = try_write(&desk, patient_id, "", measure("weight", " 72,5 ")).await.expect("written");
    let Body::Measure(kept) = typed.body else { panic!("another kind") };
    assert_eq!((kept.value.as_str(), kept.unit.as_str(), kept.confirmed), ("72.5", "kg", false));
    let pressure = try_write(&desk, patient_id, "", measure("blood_pressure", "13,5/8")).await.expect("written");
    let Body::Measure(kept) = pressure.body else { panic!("another kind") };
    assert_eq!((kept.value.as_str(), kept.second.as_str(), kept.unit.as_str()), ("135", "80", "mmHg"));

    let refusal = try_write(&desk, patient_id, "", measure("weight", "7250")).await.expect_err("absurd");
    assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), ("out_of_range", Some("value")));
    assert!(refusal.parameters.values().all(|one| !one.contains("7250")), "the value itself is nobody's to log");
    let unlikely = |confirmed| {
        Body::Measure(Measure { what: "weight".to_owned(), value: "310".to_owned(), confirmed, ..Default::default() })
    };
    assert_eq!(code(try_write(&desk, patient_id, "", unlikely(false)).await), "unlikely_value");
    let meant = try_write(&desk, patient_id, "", unlikely(true)).await.expect("confirmed");
    assert!(matches!(meant.body, Body::Measure(Measure { confirmed: true, .. })), "that it is meant is kept");
    for (body, refused) in [
        (measure("weight", "douze"), "bad_number"),
        (measure("blood_pressure", "135"), "bad_number"),
        (measure("blood_pressure", "85/135"), "out_of_range"),
        (measure("", "3"), "empty"),
        (
            Body::Measure(Measure {
                what: "weight".to_owned(),
                value: "11".to_owned(),
                unit: "stone".to_owned(),
                ..Default::default()
            }),
            "unknown_word",
        ),
    ] {
        assert_eq!(code(try_write(&desk, patient_id, "", body).await), refused);
    }
    assert_eq!(code(try_write(&desk, patient_id, "", measure("Tour de bras", "3100")).await), "done", "their own");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_today_and_the_curves_come_with_the_record() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let alert = write(&desk, patient_id, "", Body::Alert(Alert { text: "Anticoagulant".to_owned() })).await;
    let mild = write(&desk, patient_id, "", allergy("pollen", "mild")).await;
    let severe = write(&desk, patient_id, "2020-01-01", allergy("amoxicilline", "severe")).await;
    let ald = write(&desk, patient_id, "", condition("Diabète de type 2", true, "")).await;
    let over = write(&desk, patient_id, "", condition("Pneumonie", false, "2026-01-31")).await;
    let taken = write(&desk, patient_id, "", treatment("METFORMINE 1000", "2020-01-01", "2026-11-22")).await;
    write(&desk, patient_id, "", treatment("AMOXICILLINE", "2020-01-01", "2020-01-08")).await;
    for (on, value) in [("2024-01-01", "70"), ("2026-01-01", "74"), ("2025-01-01", "72")] {
        write(&desk, patient_id, on, measure("weight", value)).await;
    }
    assert_eq!(code(try_write(&desk, patient_id, "2024-06-01", measure("height", "1,70")).await), "out_of_range", "cm");
    let height = Body::Measure(Measure {
        what: "height".to_owned(),
        value: "1,70".to_owned(),
        unit: "m".to_owned(),
        ..Default::default()
    });
    write(&desk, patient_id, "2024-06-01", height).await;
    write(&desk, patient_id, "2026-02-01", measure("blood_pressure", "140/90")).await;
    let slip = write(&desk, patient_id, "2026-03-01", measure("weight", "47")).await;
    let strike = StrikeEntryRequest { id: slip, version: 1, reason: "Autre patient".to_owned() };
    record::strike_entry(&desk, strike).await.expect("struck");

    let view = open(&desk, patient_id).await;
    let summary = &view.summary;
    assert_eq!(summary.alerts, [alert]);
    assert_eq!(summary.allergies, [severe, mild], "the gravest first");
    assert_eq!(
        (&summary.ald[..], &summary.antecedents[..], &summary.treatments[..]),
        (&[ald][..], &[over][..], &[taken][..])
    );
    let latest: Vec<_> = summary.measures.iter().map(|one| (&*one.what, &*one.value, &*one.on)).collect();
    assert_eq!(
        latest,
        [("weight", "74", "2026-01-01"), ("height", "1.7", "2024-06-01"), ("blood_pressure", "140/90", "2026-02-01")]
    );
    let bmi = summary.bmi.as_ref().expect("an index");
    assert_eq!((bmi.value, bmi.weight_on.as_str(), bmi.height_on.as_str()), (25.6, "2026-01-01", "2024-06-01"));
    let curves: Vec<_> = view
        .curves
        .iter()
        .map(|one| (&*one.what, one.points.iter().map(|point| point.value).collect::<Vec<_>>()))
        .collect();
    assert_eq!(
        curves,
        [
            ("weight", vec![70.0, 72.0, 74.0]),
            ("height", vec![170.0]),
            ("bmi", vec![24.9, 25.6]),
            ("systolic", vec![140.0]),
            ("diastolic", vec![90.0]),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_in_memory_alone_and_only_while_the_record_is_open() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let other = add_patient(&desk, "MARTIN", "Paul", "1950-01-01").await;
    let first = write(&desk, patient_id, "2025-05-01", consultation(&format!("Œdème, {CANARY}"))).await;
    let second = write(&desk, patient_id, "2026-05-01", consultation("Œdème des membres")).await;
    let third = write(&desk, patient_id, "2026-06-01", allergy("oedemine", "mild")).await;
    let search = async |text: &str, kinds: &[&str], from: &str| {
        let request = SearchRecordRequest {
            patient_id,
            text: text.to_owned(),
            kinds: kinds.iter().map(|one| (*one).to_owned()).collect(),
            from: from.to_owned(),
            until: String::new(),
        };
        record::search_record(&desk, request).await.map(|found| found.ids)
    };
    assert_eq!(code(search("oed", &[], "").await), "record_not_open");
    open(&desk, patient_id).await;
    assert_eq!(search("OEDÈM", &[], "").await, Ok(vec![third, second, first]));
    assert_eq!(search("oed", &["consultation"], "").await, Ok(vec![second, first]));
    assert_eq!(search("oed", &["consultation"], "2026-01-01").await, Ok(vec![second]));
    assert_eq!(search("membres oed", &[], "").await, Ok(vec![second]));
    assert_eq!(search("kanarien", &[], "").await, Ok(vec![first]));
    assert_eq!(code(search("", &[], "hier").await), "bad_date");
    let nowhere = async |word: &str| {
        let mut files = vec![house.vault.clone()];
        while let Some(one) = files.pop() {
            if one.is_dir() {
                files.extend(std::fs::read_dir(&one).expect("the folder").flatten().map(|file| file.path()));
            } else {
                assert!(!holds(&std::fs::read(&one).expect("read"), word), "{}", one.display());
            }
        }
        assert!(!holds(&dump(&desk).await, word), "{word} stands in the opened database");
    };
    for word in [CANARY, "kanarienvogelfieber"] {
        nowhere(word).await;
    }
    open(&desk, other).await;
    assert_eq!(code(search("oed", &[], "").await), "record_not_open", "another one is open");
    open(&desk, patient_id).await;
    record::close_record(&desk, NothingRequest {}).await.expect("closed");
    assert_eq!(code(search("oed", &[], "").await), "record_not_open");
    for word in [CANARY, "kanarienvogelfieber"] {
        nowhere(word).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_open_is_read_again_under_the_same_opening() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let request = || OpenRecordRequest { patient_id };
    assert_eq!(code(record::refresh_record(&desk, request()).await), "record_not_open");
    open(&desk, patient_id).await;
    write(&desk, patient_id, "", consultation("Toux")).await;
    assert_eq!(record::refresh_record(&desk, request()).await.expect("again").entries.len(), 1);
    let mut connection = desk.store().read().await.expect("a connection");
    let openings: i64 = sqlx::query_scalar("SELECT count(*) FROM journal WHERE command = 'open_record'")
        .fetch_one(&mut *connection)
        .await
        .expect("a count");
    drop(connection);
    assert_eq!(openings, 1);
    let mut tx = desk.store().write().await.expect("a transaction");
    sqlx::query("CREATE TRIGGER no_more BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'full'); END")
        .execute(&mut *tx)
        .await
        .expect("a trigger");
    tx.commit().await.expect("committed");
    assert!(record::open_record(&desk, request()).await.is_err(), "what cannot be journalled is not shown");
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_a_record_waits_for_nobody_who_writes_while_it_decrypts() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    write(&desk, patient_id, "", consultation("Toux")).await;
    open(&desk, patient_id).await;
    let tx = desk.store().write().await.expect("somebody else writes");
    let again = record::refresh_record(&desk, OpenRecordRequest { patient_id }).await.expect("read meanwhile");
    assert_eq!(again.entries.len(), 1);
    drop(tx);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_swapped_between_two_patients_are_named_and_the_rest_is_readable() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marie = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let paul = add_patient(&desk, "MARTIN", "Paul", "1950-01-01").await;
    let hers = write(&desk, marie, "", consultation("Toux")).await;
    let stays = write(&desk, marie, "", consultation("Fièvre")).await;
    let his = write(&desk, paul, "", consultation("Lombalgie")).await;
    let moved = write(&desk, paul, "", consultation("Vertige")).await;
    let mut tx = desk.store().write().await.expect("a transaction");
    for statement in [
        "DROP TRIGGER clinical_entry_goes_on".to_owned(),
        "DROP TRIGGER clinical_entry_keeps_versions".to_owned(),
        format!(
            "CREATE TEMP TABLE two AS SELECT (SELECT sealed FROM clinical_entry WHERE id = '{hers}') AS a,
                (SELECT sealed FROM clinical_entry WHERE id = '{his}') AS b"
        ),
        format!("UPDATE clinical_entry SET sealed = (SELECT b FROM two) WHERE id = '{hers}'"),
        format!("UPDATE clinical_entry SET sealed = (SELECT a FROM two) WHERE id = '{his}'"),
        // A whole row under the other's name.
        format!("UPDATE clinical_entry SET patient_id = '{marie}' WHERE id = '{moved}'"),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut *tx).await.expect("done from outside");
    }
    tx.commit().await.expect("committed");
    let named = |view: &RecordView| {
        let mut all: Vec<_> = view.damaged.iter().map(|one| (one.id, one.reason.clone())).collect();
        all.sort();
        all
    };
    let sorted = |mut all: Vec<(EntryId, String)>| {
        all.sort();
        all
    };
    let view = open(&desk, marie).await;
    assert_eq!(named(&view), sorted(vec![(hers, "unreadable".to_owned()), (moved, "unreadable".to_owned())]));
    assert_eq!(view.entries.iter().map(|one| one.id).collect::<Vec<_>>(), [stays]);
    let view = open(&desk, paul).await;
    assert_eq!(named(&view), sorted(vec![(his, "unreadable".to_owned()), (moved, "missing".to_owned())]));
    assert!(view.entries.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_and_abbreviations_are_the_practice_s_own() {
    let house = House::new().await;
    let desk = house.desk().await;
    let colleague = user(&house, &desk, "benali", "practitioner").await;
    let secretary = user(&house, &desk, "samia", "secretary").await;
    let list = async |desk: &Desk| record::list_record_texts(desk, NothingRequest {}).await;
    assert_eq!(code(list(&secretary).await), "permission_denied");
    let started = list(&desk).await.expect("the texts");
    assert!(started.templates.iter().any(|one| one.section == "examination"));
    assert!(started.abbreviations.iter().any(|one| one.key == "hta"));
    for one in started.templates {
        record::remove_template(&desk, TemplateRequest { id: one.id }).await.expect("theirs to remove");
    }
    let text = SectionsView {
        history: "{Patient}, {âge}, {praticien}, {poids}, IMC {imc}, {couleur}".to_owned(),
        ..Default::default()
    };
    let request = SaveTemplateRequest { id: None, own: true, name: " Suivi ".to_owned(), text: text.clone() };
    let saved = record::save_template(&desk, request.clone()).await.expect("saved");
    let mine = list(&desk).await.expect("the texts").templates;
    assert_eq!(
        mine.iter().map(|one| (&*one.name, &*one.section, one.own)).collect::<Vec<_>>(),
        [("Suivi", "history", true)]
    );
    assert!(list(&colleague).await.expect("theirs").templates.is_empty());
    let theirs = SaveTemplateRequest { id: Some(mine[0].id), ..request.clone() };
    assert_eq!(code(record::save_template(&colleague, theirs).await), "not_found");
    let nameless = SaveTemplateRequest { name: " ".to_owned(), ..request.clone() };
    assert_eq!(code(record::save_template(&desk, nameless).await), "name_missing");
    let hollow = SaveTemplateRequest { text: SectionsView::default(), ..request.clone() };
    assert_eq!(code(record::save_template(&desk, hollow).await), "empty");

    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    write(&desk, patient_id, "", measure("weight", "72,5")).await;
    write(&desk, patient_id, "", measure("height", "170")).await;
    let fill = FillTemplateRequest { id: mine[0].id, patient_id };
    let filled = record::fill_template(&desk, fill.clone()).await.expect("filled").history;
    assert_eq!(filled, "Marie DUPONT, 47 ans, Dr Lefèvre, {poids}, IMC {imc}, {couleur}", "no record is open");
    open(&desk, patient_id).await;
    let filled = record::fill_template(&desk, fill).await.expect("filled").history;
    assert_eq!(filled, "Marie DUPONT, 47 ans, Dr Lefèvre, 72,5 kg, IMC 25,1, {couleur}");
    let change = SaveTemplateRequest { id: Some(mine[0].id), name: "Autre".to_owned(), ..request };
    let changed = record::save_template(&desk, change).await.expect("changed");
    history::undo(&desk, UndoRequest { sequence: Some(changed.sequence) }).await.expect("undone");
    assert_eq!(list(&desk).await.expect("the texts").templates[0].name, "Suivi");
    history::undo(&desk, UndoRequest { sequence: Some(saved.sequence) }).await.expect("it is as it was saved");
    assert!(list(&desk).await.expect("the texts").templates.is_empty());

    let short = |own, short: &str, text: &str| SaveAbbreviationRequest {
        id: None,
        own,
        short: short.to_owned(),
        text: text.to_owned(),
    };
    assert_eq!(code(record::save_abbreviation(&desk, short(false, "HTA", "autre")).await), "already_there");
    assert_eq!(code(record::save_abbreviation(&desk, short(false, "deux mots", "x")).await), "bad_abbreviation");
    record::save_abbreviation(&desk, short(true, "Hta", "HTA essentielle")).await.expect("one's own counts first");
    let found = |texts: &semainier_app::commands::record::text_wire::RecordTextsView| {
        let all: Vec<_> = texts.abbreviations.iter().filter(|one| one.key == "hta").collect();
        (all.len(), all[0].text.clone(), all[0].id)
    };
    let (count, text, id) = found(&list(&desk).await.expect("the texts"));
    assert_eq!((count, text.as_str()), (1, "HTA essentielle"));
    assert_eq!(found(&list(&colleague).await.expect("the texts")).1, "hypertension artérielle");
    let gone = record::remove_abbreviation(&desk, AbbreviationRequest { id }).await.expect("removed");
    assert_eq!(found(&list(&desk).await.expect("the texts")).1, "hypertension artérielle");
    history::undo(&desk, UndoRequest { sequence: gone.sequence }).await.expect("undone");
    assert_eq!(found(&list(&desk).await.expect("the texts")).1, "HTA essentielle");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_of_an_entry_is_sealed_and_its_writer_s_alone() {
    let house = House::new().await;
    let desk = house.desk().await;
    let secretary = user(&house, &desk, "samia", "secretary").await;
    let into = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let from = add_patient(&desk, "DUPOND", "Marie", "1979-05-12").await;
    let save = async |desk: &Desk, patient_id, body: &str| {
        record::save_clinical_draft(desk, SaveClinicalDraftRequest { patient_id, body: body.to_owned() }).await
    };
    let body = format!("{{\"history\":\"{CANARY}\"}}");
    assert_eq!(code(save(&secretary, from, &body).await), "permission_denied");
    assert_eq!(code(save(&desk, from, "{").await), "bad_request");
    save(&desk, from, &body).await.expect("kept");
    assert!(!holds(&dump(&secretary).await, CANARY), "a draft in clear");
    patient::merge_patients(&desk, MergePatientsRequest { into, from }).await.expect("merged");
    assert_eq!(open(&desk, into).await.draft.as_deref(), Some(body.as_str()));
    let locked = house.sign_in("lefevre", PASSWORD).await.expect("the next day");
    assert_eq!(open(&locked, into).await.draft.as_deref(), Some(body.as_str()));
    save(&desk, into, "").await.expect("forgotten");
    assert_eq!(open(&desk, into).await.draft, None);
    let colleague = user(&house, &desk, "benali", "practitioner").await;
    save(&desk, into, &body).await.expect("kept");
    assert_eq!(open(&colleague, into).await.draft, None);
    save(&colleague, into, "{}").await.expect("one of their own");
    assert_eq!(open(&desk, into).await.draft.as_deref(), Some(body.as_str()));
}

fn record_lines(terminal: &Terminal, arguments: &[&str]) -> Vec<Value> {
    let (code, lines) = terminal.run(arguments);
    assert_eq!(code, 0, "{arguments:?}: {lines:?}");
    lines
}

#[test]
fn the_record_is_written_and_read_from_the_terminal_and_never_by_a_secretary() {
    let terminal = Terminal::new();
    terminal.init();
    terminal.one(&["user", "add", "--user", "samia", "--name", "Samia", "--role", "secretary"]);
    let patient = text(&terminal.one(&["patient", "add", "--surname", "DUPONT", "--first-name", "Marie"]), "id");
    let file = terminal.file("entry", "Toux sèche, hta, {CANARY}\n");
    let written = terminal.one(&["record", "write", &patient, "--expand", "--file", &file]);
    assert_eq!(text(&written, "history"), "Toux sèche, hypertension artérielle, {CANARY}");
    let entry = text(&written, "id");
    let weight = terminal.file("weight", r#"{"kind":"measure","what":"weight","value":"72,5"}"#);
    assert_eq!(text(&terminal.one(&["record", "write", &patient, "--file", &weight]), "value"), "72.5");
    let absurd = terminal.file("absurd", r#"{"kind":"measure","what":"weight","value":"7250"}"#);
    let (code, lines) = terminal.run(&["record", "write", &patient, "--file", &absurd]);
    assert_eq!((code, text(&lines[0], "code").as_str()), (3, "out_of_range"));
    assert_eq!(record_lines(&terminal, &["record", "show", &patient]).len(), 2);
    let found =
        record_lines(&terminal, &["record", "show", &patient, "--kind", "consultation", "--search", "HYPER tou"]);
    assert_eq!((found.len(), text(&found[0], "id")), (1, entry.clone()));
    let corrected = terminal.one(&["record", "correct", &entry, "--file", &terminal.file("next", "Toux grasse")]);
    assert_eq!((text(&corrected, "history").as_str(), corrected["version"].as_i64()), ("Toux grasse", Some(2)));
    let reason = terminal.file("reason", "Autre patient");
    let (code, lines) = terminal.run(&["record", "strike", &entry, "--version", "1", "--file", &reason]);
    assert_eq!((code, text(&lines[0], "code").as_str()), (3, "changed_meanwhile"));
    assert_eq!(text(&terminal.one(&["record", "strike", &entry, "--file", &reason]), "struck"), "Autre patient");
    assert_eq!(record_lines(&terminal, &["record", "versions", &entry]).len(), 3);

    for arguments in [
        vec!["record", "show", &patient],
        vec!["record", "write", &patient, "--file", &file],
        vec!["record", "correct", &entry, "--version", "3", "--file", &file],
        vec!["record", "strike", &entry, "--version", "3", "--file", &reason],
        vec!["record", "versions", &entry],
    ] {
        let (code, lines) = terminal.run_as("samia", &arguments);
        assert_eq!((code, text(&lines[0], "code").as_str()), (3, "permission_denied"), "{arguments:?}");
    }
    let journal = record_lines(&terminal, &["journal"]);
    let refusals = journal.iter().filter(|one| one["command"] == "permission_denied").count();
    assert_eq!(refusals, 5, "each of them is journalled");
}
