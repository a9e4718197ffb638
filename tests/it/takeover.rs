//! The take-over on the files that practices bring. They stand beside the project, not in it: without them a test says so.

use std::fs;
use std::path::PathBuf;

use semainier_app::commands::agenda::wire::ShowDaysRequest;
use semainier_app::commands::patient::wire::SearchPatientsRequest;
use semainier_app::commands::takeover::wire::ImportedView;
use semainier_app::commands::{agenda, patient, takeover};

use crate::house::{House, cast, code, known, verified};

/// A file of the shared data, or a word about why the test has nothing to do.
fn shared(name: &str) -> Option<Vec<u8>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("SEMAINIER_SHARED_DATA").map_or(beside, PathBuf::from);
    let bytes = fs::read(folder.join("import").join(name)).ok();
    if bytes.is_none() {
        println!("skipped: {name} is not in ../shared/data/import");
    }
    bytes
}

fn adds_up(done: &ImportedView) {
    assert_eq!(done.rows, done.created + done.updated + done.merged + done.rejected);
    // The header, then one line a row; cells hold no line ends here.
    let lines = done.report.lines().count();
    assert!(i64::try_from(lines).is_ok_and(|lines| lines > done.rows), "{lines} lines for {} rows", done.rows);
    for line in done.report.lines() {
        for cell in line.split(';') {
            let cell = cell.trim_start_matches(['\u{feff}', '"', ' ']);
            assert!(!cell.starts_with(['=', '@', '\t']), "a cell starts a formula");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_french_file_comes_in_once_and_every_row_is_accounted_for() {
    let Some(bytes) = shared("patients-logiciel-a-cp1252.csv") else { return };
    let house = House::new().await;
    let desk = house.desk().await;
    let dry = takeover::patients_from_bytes(&desk, bytes.clone(), None, true).await.expect("a dry run");
    let first = takeover::patients_from_bytes(&desk, bytes.clone(), None, false).await.expect("taken over");
    assert_eq!((dry.created, dry.merged, dry.rejected), (first.created, first.merged, first.rejected));
    adds_up(&first);
    assert_eq!(first.rows, 5_127);
    assert_eq!((first.created, first.merged, first.rejected), (5_006, 120, 1));
    let again = takeover::patients_from_bytes(&desk, bytes, None, false).await.expect("taken over again");
    adds_up(&again);
    assert_eq!((again.created, again.updated), (0, 0), "nothing doubles");
    let request = SearchPatientsRequest { text: "breton clem 250157".to_owned(), limit: 5 };
    let found = patient::search_patients(&desk, request).await.expect("a search").matches;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].first_name, "Clémence");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_moroccan_file_keeps_arabic_and_latin_names() {
    let Some(bytes) = shared("patients-maroc-utf8-bom.csv") else { return };
    let house = House::new().await;
    let desk = house.desk().await;
    let done = takeover::patients_from_bytes(&desk, bytes, None, false).await.expect("taken over");
    adds_up(&done);
    assert_eq!((done.rows, done.created, done.rejected), (800, 800, 0));
    for text in ["بن عبد الله محمد 07081948", "ben abdellah mohamed 07/08/1948"] {
        let request = SearchPatientsRequest { text: text.to_owned(), limit: 5 };
        let found = patient::search_patients(&desk, request).await.expect("a search").matches;
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].born, "1948-08-07");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agenda_comes_in_once_with_its_absences_and_its_series() {
    let (Some(people), Some(bytes)) = (shared("patients-logiciel-a-cp1252.csv"), shared("agenda-dr-lefevre.ics"))
    else {
        return;
    };
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    takeover::patients_from_bytes(&desk, people, None, false).await.expect("patients");
    let done = takeover::agenda_from_bytes(&desk, bytes.clone(), cast.practitioner, false).await.expect("taken over");
    adds_up(&done);
    assert_eq!((done.rows, done.created, done.rejected), (1_689, 1_689, 0));
    let again = takeover::agenda_from_bytes(&desk, bytes, cast.practitioner, false).await.expect("again");
    adds_up(&again);
    assert_eq!((again.created, again.updated, again.merged), (0, 0, 1_689), "nothing doubles");
    let day = |from: &str| ShowDaysRequest { from: from.to_owned(), days: 1, practitioners: vec![cast.practitioner] };
    let first = agenda::show_days(&desk, day("2026-09-01")).await.expect("a day");
    let philippe = &first.columns[0].appointments[0];
    assert_eq!(philippe.starts.map(|starts| starts.to_string()).as_deref(), Some("2026-09-01T09:00"));
    assert_eq!((philippe.minutes, philippe.type_name.as_str(), philippe.status.as_str()), (20, "Certificat", "done"));
    assert!(philippe.patient.contains("Noémi"), "matched to a patient");
    let christmas = agenda::show_days(&desk, day("2026-12-25")).await.expect("a day");
    assert!(christmas.columns[0].absences.iter().any(|absence| absence.label == "Congés"));
    let staff = |view: &semainier_app::commands::agenda::wire::DaysView| {
        view.columns[0].absences.iter().any(|absence| absence.span.from == 13 * 60)
    };
    assert!(staff(&agenda::show_days(&desk, day("2026-09-21")).await.expect("a day")), "every second Monday");
    assert!(!staff(&agenda::show_days(&desk, day("2026-10-05")).await.expect("a day")), "but the exception");
    assert!(known(&desk).await.types.iter().any(|kind| kind.name == "Certificat"));
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_file_of_patients_is_refused_by_name_and_nothing_comes_in() {
    let house = House::new().await;
    let desk = house.desk().await;
    let long = format!("Nom;Prénom\nMARTIN;{}\n", "x".repeat(5_000_000));
    let cases: [(&[u8], &str); 3] = [
        (b"", "import_empty"),
        (b"Nom;Pr\xe9nom\nMARTIN;\"Jean\nDUPONT;Paul\n", "import_unclosed_quote"),
        (long.as_bytes(), "import_line_too_long"),
    ];
    for (bytes, expected) in cases {
        let refused = takeover::patients_from_bytes(&desk, bytes.to_vec(), None, false).await;
        let refused = code(refused);
        assert!(expected.ends_with(refused.trim_start_matches("import_")), "{refused} is not {expected}");
    }
    let request = SearchPatientsRequest { text: "martin".to_owned(), limit: 5 };
    assert!(patient::search_patients(&desk, request).await.expect("a search").matches.is_empty());
}
