//! Files that leave the vault.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use semainier_app::commands::access::wire::AddUserRequest;
use semainier_app::commands::agenda::wire::{BookWalkInRequest, CancelAppointmentRequest};
use semainier_app::commands::export::wire::{ExportAgendaRequest, ExportPatientsRequest};
use semainier_app::commands::history::wire::ListJournalRequest;
use semainier_app::commands::restriction::wire::RestrictRequest;
use semainier_app::commands::wire::FileView;
use semainier_app::commands::{CommandError, Desk, access, agenda, export, history, restriction};

use crate::house::{Cast, House, OTHER, add_patient, at, book, cast, code, verified};
use crate::portability::traces;

fn text(made: &FileView) -> String {
    String::from_utf8(STANDARD.decode(&made.base64).expect("base 64")).expect("UTF-8")
}

fn asked(format: &str, discretion: &str) -> ExportAgendaRequest {
    ExportAgendaRequest {
        practitioners: vec![],
        from: "2026-11-22".to_owned(),
        until: "2026-11-30".to_owned(),
        format: format.to_owned(),
        discretion: discretion.to_owned(),
        language: "fr".to_owned(),
    }
}

async fn exported(desk: &Desk, request: ExportAgendaRequest) -> Result<String, CommandError> {
    export::export_agenda(desk, request).await.map(|made| text(&made))
}

/// Two appointments, one of them cancelled, and a walk-in without a time.
async fn some(desk: &Desk) -> Cast {
    let cast = cast(desk).await;
    book(desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    let second = book(desk, &cast, at("2026-11-25T14:00"), false).await.expect("booked").appointment;
    let cancel = CancelAppointmentRequest { id: second.id, by: "patient".to_owned(), reason: String::new() };
    agenda::cancel_appointment(desk, cancel).await.expect("cancelled");
    let walk_in = BookWalkInRequest {
        practitioner_id: cast.practitioner,
        patient_id: cast.patient,
        type_id: None,
        urgency: "normal".to_owned(),
        note: "=HYPERLINK(\"x\")".to_owned(),
    };
    agenda::book_walk_in(desk, walk_in).await.expect("in the queue");
    cast
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_holds_every_status_and_as_much_of_a_person_as_was_chosen() {
    let house = House::new().await;
    let desk = house.desk().await;
    some(&desk).await;
    let named = exported(&desk, asked("ics", "name")).await.expect("a calendar");
    assert_eq!(named.matches("BEGIN:VEVENT").count(), 3);
    assert!(named.contains("SUMMARY:DUPONT Marie · ") && named.contains("DTSTART;VALUE=DATE:20261122"));
    assert_eq!(named.matches("STATUS:CANCELLED").count(), 1);
    let initials = exported(&desk, asked("ics", "initials")).await.expect("a calendar");
    assert!(initials.contains("SUMMARY:D.M.\r\n") && !initials.contains("DUPONT"));
    let busy = exported(&desk, ExportAgendaRequest { language: "ar".to_owned(), ..asked("ics", "busy") }).await;
    let busy = busy.expect("a calendar");
    assert!(busy.contains("SUMMARY:مشغول\r\n") && !busy.contains("D.M."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_the_agenda_starts_no_formula_and_is_as_discreet_as_was_chosen() {
    let house = House::new().await;
    let desk = house.desk().await;
    some(&desk).await;
    let named = exported(&desk, asked("csv", "name")).await.expect("a table");
    let lines: Vec<&str> = named.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[0].starts_with("Date;Début;Fin;Minutes;Praticien;Statut;Code RDV;Patient"));
    assert!(lines[1].starts_with("2026-11-22;;;") && lines[1].contains("'=HYPERLINK"), "{}", lines[1]);
    assert!(lines[2].starts_with("2026-11-24;09:30;09:50;20;Dr Lefèvre;pris;"), "{}", lines[2]);
    assert!(lines[2].contains(";DUPONT Marie;;12/05/1979;06 11 22 33 44;"), "{}", lines[2]);
    for discretion in ["busy", "initials"] {
        let table = exported(&desk, asked("csv", discretion)).await.expect("a table");
        for word in ["DUPONT", "1979", "06 11", "HYPERLINK"] {
            assert!(!table.contains(word), "{discretion} says {word}");
        }
        assert_eq!(table.contains("D.M."), discretion == "initials");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_patients_are_a_table_without_those_merged_away() {
    let house = House::new().await;
    let desk = house.desk().await;
    cast(&desk).await;
    add_patient(&desk, "+EVIL", "Corp", "1990-01-02").await;
    let made = export::export_patients(&desk, ExportPatientsRequest { language: "en".to_owned() }).await.expect("made");
    assert_eq!((made.name.as_str(), made.media.as_str()), ("patients-2026-11-22.csv", "text/csv"));
    let table = text(&made);
    let lines: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("File number;Surname;"));
    assert!(lines[1].contains("DUPONT;;Marie;") && lines[1].contains(";12/05/1979;"), "{}", lines[1]);
    assert!(lines[2].contains(";'+EVIL;"), "{}", lines[2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_an_event_and_takes_a_permission() {
    let house = House::new().await;
    let desk = house.desk().await;
    assert_eq!(code(exported(&desk, asked("ics", "busy")).await), "nothing_to_export");
    some(&desk).await;
    exported(&desk, asked("csv", "busy")).await.expect("made");
    export::export_patients(&desk, ExportPatientsRequest { language: "fr".to_owned() }).await.expect("made");
    let journal = history::list_journal(&desk, ListJournalRequest { subject: None, before: None, limit: 2 }).await;
    let commands: Vec<String> = journal.expect("the journal").entries.into_iter().map(|entry| entry.command).collect();
    assert_eq!(commands, ["export_patients", "export_agenda"]);
    for (request, expected) in [
        (ExportAgendaRequest { format: "pdf".to_owned(), ..asked("ics", "busy") }, "unknown_word"),
        (ExportAgendaRequest { until: "2026-11-21".to_owned(), ..asked("ics", "busy") }, "out_of_range"),
        (ExportAgendaRequest { until: "2046-11-21".to_owned(), ..asked("ics", "busy") }, "out_of_range"),
        (ExportAgendaRequest { from: "yesterday".to_owned(), ..asked("ics", "busy") }, "bad_date"),
        (asked("ics", "everything"), "unknown_word"),
    ] {
        assert_eq!(code(exported(&desk, request).await), expected);
    }
    let request = AddUserRequest {
        login: "samia".to_owned(),
        name: "Samia".to_owned(),
        role: "secretary".to_owned(),
        administrator: false,
        practitioner_id: None,
        password: OTHER.to_owned(),
    };
    access::add_user(&desk, request).await.expect("added");
    let samia = house.sign_in("samia", OTHER).await.expect("signed in");
    assert_eq!(code(exported(&samia, asked("ics", "busy")).await), "permission_denied");
    let patients = export::export_patients(&samia, ExportPatientsRequest { language: "fr".to_owned() }).await;
    assert_eq!(code(patients), "permission_denied");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_names_stands_in_the_ledger_and_who_is_limited_is_in_no_file_of_patients() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = some(&desk).await;
    let limited = add_patient(&desk, "TAZI", "Meryem", "1990-01-02").await;
    exported(&desk, asked("ics", "busy")).await.expect("a calendar");
    assert!(traces(&desk, cast.patient).await.disclosures.is_empty(), "busy time is about nobody");
    exported(&desk, asked("csv", "name")).await.expect("a table");
    let told = traces(&desk, cast.patient).await.disclosures;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].categories, ["identity", "contact", "appointments"]);
    assert!(traces(&desk, limited).await.disclosures.is_empty(), "not in that agenda");
    let limit = RestrictRequest {
        patient_id: limited,
        kind: "limitation".to_owned(),
        scope: "all".to_owned(),
        ground: "accuracy_contested".to_owned(),
        reason: "Conteste son adresse".to_owned(),
        since: String::new(),
    };
    restriction::restrict(&desk, limit).await.expect("limited");
    let made = export::export_patients(&desk, ExportPatientsRequest { language: "fr".to_owned() }).await.expect("made");
    assert!(text(&made).contains("DUPONT") && !text(&made).contains("TAZI"));
    assert_eq!(traces(&desk, cast.patient).await.disclosures.len(), 2);
    assert!(traces(&desk, limited).await.disclosures.is_empty());
}
