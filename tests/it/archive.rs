//! Leaving without loss: the archive holds everything, other software finds what it looks for in it, and an empty vault that takes
//! it in holds the same, field by field.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use semainier_app::commands::archive::wire::FormerJournalRequest;
use semainier_app::commands::patient::wire::SearchPatientsRequest;
use semainier_app::commands::prescription::wire::StartPrescriptionRequest;
use semainier_app::commands::record::wire::OpenRecordRequest;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, archive, patient, prescription, record};
use semainier_app::privacy::archive::rows::{Heading, Value};
use semainier_app::store::tables::{Cell, each_row, tables};

use crate::archive_house::{bodies, export, import, left, opened, rich, write};
use crate::house::{House, code, verified};
use crate::record::{sql, user};
use crate::results::reports;
use crate::results_documents::{read, scan};

/// Tables that this scenario must fill: else it would prove nothing of them. A table of a later step that it leaves empty is
/// compared all the same.
const FILLED: [&str; 52] = [
    "absence",
    "appointment",
    "appointment_type",
    "block",
    "clinical_abbreviation",
    "clinical_draft",
    "clinical_entry",
    "clinical_entry_version",
    "clinical_template",
    "connection_log",
    "contact_person",
    "disclosure",
    "disclosure_person",
    "document",
    "draft",
    "filed",
    "guardian_consent",
    "holiday_change",
    "journal",
    "letter_template",
    "locum",
    "opening",
    "opening_hours",
    "patient",
    "patient_key",
    "phone_call",
    "pin",
    "practice",
    "practice_paper",
    "practitioner",
    "practitioner_paper",
    "prescription_set",
    "published_event",
    "publishing",
    "queue_turn",
    "report",
    "report_seen",
    "resource",
    "resource_hold",
    "resource_kind",
    "school_holiday",
    "series",
    "series_session",
    "setting",
    "signed_paper",
    "site",
    "taken_over_event",
    "type_practitioner",
    "type_resource_kind",
    "user",
    "waiting_entry",
    "waiting_offer",
];

/// All tables of an archive, each row as text; files by what is in them.
fn content(path: &Path) -> BTreeMap<String, Vec<String>> {
    let mut archive = opened(path);
    let list = archive.list().expect("a list");
    let mut names = BTreeMap::new();
    for file in archive.files().expect("files").into_values().flatten() {
        names.insert(file.file.clone(), format!("{}:{}", file.bytes, file.digest));
    }
    let mut all = BTreeMap::new();
    for one in &list.tables {
        let mut rows = Vec::new();
        archive
            .each_row(&one.file, |heading: &Heading, values: Vec<Value>| {
                let cells = heading.columns.iter().zip(&values).map(|(column, value)| {
                    let mut text = match value {
                        Value::Opened(plain) => format!("opened {}", String::from_utf8_lossy(plain)),
                        other => format!("{other:?}"),
                    };
                    for (name, content) in &names {
                        text = text.replace(name, content);
                    }
                    format!("{column}={text}")
                });
                rows.push(cells.collect::<Vec<_>>().join("\n"));
                Ok(())
            })
            .expect("rows");
        assert_eq!(rows.len() as u64, one.rows, "{}", one.table);
        all.insert(one.table.clone(), rows);
    }
    all
}

/// Every row of every table of a vault, column by column, sealed ones apart.
async fn plain(desk: &Desk) -> BTreeMap<String, BTreeSet<String>> {
    let mut connection = desk.store().read().await.expect("a connection");
    let mut all = BTreeMap::new();
    for table in tables(&mut connection).await.expect("tables") {
        let mut rows = BTreeSet::new();
        each_row::<semainier_app::store::StoreError>(&mut connection, &table, "", |cells| {
            let apart = |column: &str| {
                column.starts_with("sealed")
                    || matches!(
                        (table.name.as_str(), column),
                        ("document", "file") | ("signed_paper", "document") | ("connection_log", "id")
                    )
            };
            let told = table.columns.iter().zip(&cells).filter(|(column, _)| !apart(column));
            rows.insert(
                told.map(|(column, cell): (&String, &Cell)| format!("{column}={cell:?}"))
                    .collect::<Vec<_>>()
                    .join("\n"),
            );
            Ok(())
        })
        .await
        .expect("rows");
        all.insert(table.name, rows);
    }
    all
}

/// Tables that are another vault's own.
const OWN: [&str; 11] = [
    "archive_piece",
    "archive_run",
    "backup",
    "former_journal",
    "former_vault",
    "journal",
    "journal_key",
    "setting",
    "user",
    "watched_folder",
    "connection_log",
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_between_two_vaults_field_by_field() {
    let house = House::new().await;
    let (rich, _folder, path) = left(&house).await;
    let old = plain(&rich.desk).await;
    for table in FILLED {
        assert!(!old[table].is_empty(), "{table} is empty: this scenario proves nothing of it");
    }
    let before = content(&path);
    let there = House::new().await;
    let desk = there.desk().await;
    let taken = import(&desk, &path).await.expect("taken in");
    assert_eq!((taken.persons, taken.appointments, taken.files), (4, 2, 3), "{taken:?}");
    assert!(taken.users.contains(&"samia".to_owned()));
    // Outside of what is sealed: the very same rows.
    let new = plain(&desk).await;
    let leaving: Vec<String> = old["disclosure"]
        .iter()
        .filter(|row| row.contains("purpose=Text(\"leaving\")"))
        .filter_map(|row| row.split("id=Text(\"").nth(1)?.split('"').next().map(str::to_owned))
        .collect();
    assert_eq!(leaving.len(), 1, "leaving is a handing over");
    for (table, rows) in &old {
        let drugs = table.starts_with("drug") || table.starts_with("interaction");
        if drugs
            || OWN.contains(&table.as_str())
            || ["draft", "pin", "clinical_draft", "publishing"].contains(&table.as_str())
        {
            continue;
        }
        // What leaving itself wrote into the ledger is not in what left.
        let of_leaving = |row: &&String| leaving.iter().any(|id| row.contains(id.as_str()));
        let rows: BTreeSet<String> = rows.iter().filter(|row| !of_leaving(row)).cloned().collect();
        assert_eq!(Some(&rows), new.get(table), "{table}");
    }
    let enabled = |rows: &BTreeSet<String>| {
        rows.iter().map(|row| row.replace("enabled=Integer(1)", "enabled=Integer(0)")).collect::<BTreeSet<_>>()
    };
    assert_eq!(enabled(&old["publishing"]), new["publishing"], "published from here only when somebody says so");
    assert!(old["connection_log"].is_subset(&new["connection_log"]));
    assert_eq!(new["user"].len(), old["user"].len() + 1);
    assert_eq!(
        new["user"].iter().filter(|row| row.contains("state=Text(\"active\")")).count(),
        1,
        "names, not accounts"
    );
    // What is sealed: opened again out of the new vault, the very same content.
    let again = tempfile::tempdir().expect("a folder");
    let second = export(&desk, again.path()).await.expect("exported again");
    let after = content(Path::new(&second.path));
    for (table, rows) in &before {
        match table.as_str() {
            "user" | "connection_log" | "publishing" | "setting" | "draft" | "pin" => {}
            "journal" => {
                let told = |row: &String, strip: &str| row.replace(strip, "");
                let vault = format!("vault_id=Text(\"{}\")\n", house_vault(&rich.desk));
                let expected: Vec<String> = rows.iter().map(|row| told(row, "")).collect();
                let kept: Vec<String> = after["former_journal"].iter().map(|row| told(row, &vault)).collect();
                assert_eq!(expected, kept, "the former journal");
            }
            "former_journal" | "former_vault" => assert!(rows.is_empty()),
            "clinical_draft" => {
                let body = |rows: &[String]| {
                    rows.iter().filter_map(|row| row.split("sealed=").nth(1).map(str::to_owned)).collect::<Vec<_>>()
                };
                assert_eq!(body(rows), body(&after[table]));
            }
            _ => assert_eq!(Some(rows), after.get(table), "{table}"),
        }
    }
    assert!(verified(&desk).await);
}

fn house_vault(desk: &Desk) -> String {
    desk.vault().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_practice_works_on_where_it_was_taken_in() {
    let house = House::new().await;
    let (rich, _folder, path) = left(&house).await;
    let shown = |view: record::wire::RecordView| {
        serde_json::to_value((view.entries, view.summary, view.damaged, view.draft)).expect("JSON")
    };
    let open = async |desk: &Desk| {
        let request = OpenRecordRequest { patient_id: rich.patient };
        let mut text = shown(record::open_record(desk, request).await.expect("opened")).to_string();
        // A sealed file is named by its seal, which is another.
        while let Some(at) = text.find("\"document\":\"").or_else(|| text.find("\"file\":\"")) {
            text.replace_range(at..at + 1, "-");
            let name = at + text[at..].find(":\"").expect("a value") + 2;
            text.replace_range(name..name + 64, "…");
        }
        text
    };
    let (record_there, reports_there) = (open(&rich.desk).await, reports(&rich.desk, rich.patient).await);
    let there = House::new().await;
    let desk = there.desk().await;
    import(&desk, &path).await.expect("taken in");
    // The account of the same login has the practitioner of that login: seen from the next sign-in on.
    let desk = {
        desk.store().close().await;
        there.desk().await
    };
    assert!(desk.session().practitioner_id.is_some());
    assert_eq!(desk.session().practitioner_id, rich.desk.session().practitioner_id);
    assert_eq!(open(&desk).await, record_there, "nothing damaged, nothing else");
    let here = reports(&desk, rich.patient).await;
    assert_eq!(
        serde_json::to_value(&here.reports).expect("JSON"),
        serde_json::to_value(&reports_there.reports).expect("JSON")
    );
    let found = patient::search_patients(&desk, SearchPatientsRequest { text: "tazi yan".into(), limit: 5 })
        .await
        .expect("found");
    assert_eq!(found.matches.len(), 1, "the words are there");
    let documents = async |desk: &Desk, patient_id| {
        let request = semainier_app::commands::documents::wire::ListDocumentsRequest { patient_id };
        semainier_app::commands::documents::list_documents(desk, request).await.expect("listed").documents
    };
    let child = found.matches[0].id;
    let photo = documents(&desk, child).await.remove(0);
    assert_eq!(read(&desk, photo.id).await.expect("opened").1, rich.image);
    let radio = documents(&desk, rich.patient).await.remove(0);
    assert_eq!(read(&desk, radio.id).await.expect("opened").1, scan(200_000));
    let papers = prescription::list_prescriptions(&desk, StartPrescriptionRequest { patient_id: rich.patient })
        .await
        .expect("listed");
    crate::prescription_papers::print(&desk, papers.papers[0].id).await;
    let entry = write(&desk, rich.patient, bodies().remove(0)).await;
    assert_eq!(entry.version, 1);
    // The former history: read, and held against itself.
    let formers = archive::show_archive(&desk, NothingRequest {}).await.expect("shown").formers;
    assert_eq!(formers.len(), 1);
    let request = FormerJournalRequest { vault: formers[0].id.clone(), before: None, limit: 500 };
    let page = archive::list_former_journal(&desk, request.clone()).await.expect("read");
    assert!(page.verified);
    let created = page.entries.iter().find(|one| one.command == "create_patient").expect("a creation");
    assert!(
        created.kind == "patient" && created.fields.contains(&"surname".to_owned()) && created.user == "Dr Lefèvre"
    );
    sql(
        &desk,
        &[
            "DROP TRIGGER former_journal_refuses_update",
            "UPDATE former_journal SET command = 'other' WHERE sequence = 3",
        ],
    )
    .await;
    assert!(!archive::list_former_journal(&desk, request).await.expect("read").verified, "a changed entry shows");
    assert!(verified(&desk).await);
}

/// The names in a zip, and what one of them holds.
pub fn zipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..zip.len())
        .map(|place| {
            let mut entry = zip.by_index(place).expect("an entry");
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("read");
            (entry.name().expect("a name").into_owned(), content)
        })
        .collect()
}

pub fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

#[tokio::test(flavor = "multi_thread")]
async fn other_software_finds_what_the_layout_promises() {
    let house = House::new().await;
    let (rich, _folder, path) = left(&house).await;
    let whole = zipped(&fs::read(&path).expect("read"));
    let names: Vec<&str> = whole.keys().map(String::as_str).collect();
    let expected = [
        "DOCUMENTATION/DONNEES.TXT",
        "DOCUMENTATION/SIGNATURE.TXT",
        "MANIFEST.XML",
        "PAT00001.ZIP",
        "PAT00002.ZIP",
        "README.TXT",
        "TRANSVERSE.ZIP",
    ];
    assert_eq!(names, expected);
    assert!(path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("PA20261122T090000")));
    let transverse = zipped(&whole["TRANSVERSE.ZIP"]);
    let agenda = transverse.iter().find(|(name, _)| name.starts_with("TRANSVERSE/AGENDA/")).expect("an agenda").1;
    assert!(text(agenda).contains("BEGIN:VEVENT") && text(agenda).contains("DUPONT Marie"));
    let log = text(&transverse["TRANSVERSE/TRACES/JOURNAL.LOG"]);
    assert!(log.lines().all(|line| line.starts_with("<109>1 2026-11-22T") || line.starts_with("<108>1 ")));
    assert!(log.contains("create_patient") && !log.contains("DUPONT"), "what was done, not what was written");
    for number in 1..=2 {
        let person = zipped(&whole[&format!("PAT{number:05}.ZIP")]);
        for name in person.keys() {
            // ISO 9660, level 1.
            let parts: Vec<&str> = name.split('/').collect();
            let (file, folders) = parts.split_last().expect("a name");
            let (stem, ending) = file.split_once('.').expect("an ending");
            let plain = |text: &str| text.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_');
            assert!(stem.len() <= 8 && ending.len() <= 3 && plain(stem) && plain(ending), "{name}");
            assert!(folders.iter().all(|one| one.len() <= 8 && plain(one)), "{name}");
        }
        for name in [
            "INDEX.HTM",
            "README.TXT",
            "IHE_XDM/SUBSET01/METADATA.XML",
            "IHE_XDM/SUBSET01/DOC00001.XML",
            "PDF/DOC00001.PDF",
        ] {
            assert!(person.contains_key(name), "{name}");
        }
        assert!(text(&person["README.TXT"]).is_ascii());
        let pdf = &person["PDF/DOC00001.PDF"];
        assert!(
            pdf.starts_with(b"%PDF-")
                && pdf.windows(12).any(|part| part == b"pdfaid:part>" || part.starts_with(b"pdfaid:part")),
            "PDF/A"
        );
        let metadata = text(&person["IHE_XDM/SUBSET01/METADATA.XML"]).to_owned();
        let files = person.keys().filter(|name| name.starts_with("IHE_XDM/SUBSET01/DOC")).count();
        assert_eq!(metadata.matches("<rim:ExtrinsicObject ").count(), files, "a line a document");
        assert_eq!(metadata.matches("SubmissionSetStatus").count(), files);
        let page = text(&person["INDEX.HTM"]);
        if page.contains("DUPONT") {
            assert!(
                page.contains("Toux sèche nocturne") && page.contains("L&lt;12&gt;&amp;") && !page.contains("<script")
            );
            let summary = text(&person["IHE_XDM/SUBSET01/DOC00001.XML"]);
            for said in
                ["34133-9", "48765-2", "Pénicilline", "11450-4", "29463-7", "value=\"71.5\" unit=\"kg\"", "20200229"]
            {
                assert!(summary.contains(said), "{said}");
            }
            assert!(summary.contains("Fracture du poignet"), "of the file that was merged too");
            let names: Vec<&String> = person.keys().collect();
            assert!(person.values().any(|bytes| *bytes == scan(200_000)), "the scan as it is: {names:?}");
        } else {
            assert!(person["IHE_XDM/SUBSET01/DOC00003.JPG"] == rich.image, "a picture goes in as it is");
        }
    }
    let manifest = text(&whole["MANIFEST.XML"]);
    assert!(
        manifest.contains("<exportType>MASSIF</exportType>")
            && manifest.contains("<patientArchiveCount>2</patientArchiveCount>")
    );
    assert!(text(&whole["DOCUMENTATION/DONNEES.TXT"]).contains("drug : donnees publiques"));
    // The journal says that it left; the working files are gone.
    let left = fs::read_dir(house.vault.join("leaving"))
        .expect("listed")
        .flatten()
        .filter(|one| one.file_name() != ".lock")
        .count();
    assert_eq!(left, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_whole_or_not_ours_is_refused_before_anything_is_written() {
    let house = House::new().await;
    let (_rich, folder, path) = left(&house).await;
    let whole = fs::read(&path).expect("read");
    let there = House::new().await;
    let desk = there.desk().await;
    let before = plain(&desk).await;
    let refused = async |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        code(import(&desk, &path).await)
    };
    for length in [0, 1, 1_000, whole.len() / 2, whole.len() - 1] {
        assert_eq!(refused("cut", &whole[..length]).await, "archive_unreadable", "cut at {length}");
    }
    let mut flipped = whole.clone();
    let middle = flipped.len() / 3;
    flipped[middle] ^= 1;
    assert_eq!(refused("flipped", &flipped).await, "archive_changed");
    assert_eq!(refused("foreign", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").await, "archive_foreign");
    assert_eq!(code(import(&desk, Path::new("/nowhere/at/all")).await), "file_missing");
    assert_eq!(before, plain(&desk).await, "nothing was written");
    assert!(crate::prescription_papers::documents(&there).is_empty());
    // Once taken in, and nothing else ever.
    import(&desk, &path).await.expect("taken in");
    assert_eq!(code(import(&desk, &path).await), "archive_not_empty");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_of_a_newer_schema_is_refused_with_its_reason() {
    let house = House::new().await;
    let rich = rich(&house).await;
    sql(&rich.desk, &["INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99991231235959, 'from the future', 1, x'00', 0)"]).await;
    let folder = tempfile::tempdir().expect("a folder");
    let done = export(&rich.desk, folder.path()).await.expect("exported");
    let there = House::new().await;
    let desk = there.desk().await;
    let before = plain(&desk).await;
    assert_eq!(code(import(&desk, Path::new(&done.path)).await), "archive_newer");
    assert_eq!(before, plain(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_practitioner_leaves_and_arrives() {
    let house = House::new().await;
    let desk = house.desk().await;
    let folder = tempfile::tempdir().expect("a folder");
    let secretary = user(&house, &desk, "samia", "secretary").await;
    assert_eq!(code(export(&secretary, folder.path()).await), "permission_denied");
    assert_eq!(code(import(&secretary, Path::new("x")).await), "permission_denied");
    let office = House::with_role("administrator").await;
    let administrator = office.desk().await;
    assert_eq!(code(export(&administrator, folder.path()).await), "permission_denied", "they read no record");
    assert_eq!(code(export(&desk, &folder.path().join("nowhere")).await), "folder_missing");
    assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 0);
}
