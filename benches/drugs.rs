//! The drug base and the checks: the whole import, the first results of a search, 12 lines against 10 treatments. On the official
//! files where they stand beside the project; else it says that nothing was measured.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Utc};
use semainier_app::commands::drugs;
use semainier_app::commands::drugs::wire::{
    CheckDrugsRequest, ImportDrugsRequest, ImportInteractionsRequest, SearchDrugsRequest,
};
use semainier_app::commands::entrance::create;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::vault::MemoryKeyring;

use super::{doorstep, open, practice_request, round, say};

const LINES: [&str; 12] = [
    "amiodarone",
    "warfarine",
    "simvastatine",
    "clarithromycine",
    "ibuprofène",
    "lithium",
    "ramipril",
    "spironolactone",
    "digoxine",
    "furosémide",
    "fluoxétine",
    "tramadol",
];
const CURRENT: [&str; 10] = [
    "carbamazépine",
    "millepertuis",
    "méthotrexate",
    "acide acétylsalicylique",
    "clopidogrel",
    "metformine",
    "lévothyroxine",
    "calcium",
    "oméprazole",
    "citalopram",
];
const TEXTS: [&str; 12] = [
    "d",
    "do",
    "dolip",
    "doliprane 1000",
    "paracetamol",
    "amox clav",
    "N02BE01",
    "3400949497294",
    "60002283",
    "prane",
    "é",
    "sol inj",
];

/// All figures of this subject.
pub async fn figures() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("SEMAINIER_SHARED_DATA").map_or(beside, PathBuf::from);
    let (bdpm, ansm) = (data.join("bdpm"), data.join("ansm"));
    if !bdpm.is_dir() || !ansm.is_dir() {
        println!(
            "{}",
            serde_json::json!({ "figure": "drugs", "skipped": "the official files are not in ../shared/data" })
        );
        return;
    }
    let place = tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let folder = place.path().join("vault");
    let keyring = Arc::new(MemoryKeyring::default());
    let now: DateTime<Utc> = "2026-11-22T09:00:00Z".parse().expect("an instant");
    create::make_practice(&doorstep(&folder, &keyring, now), practice_request(), false).await.expect("a practice");
    let desk = open(&folder, &keyring, now).await.0;
    let seconds = |figure: &str, began: Instant, at_most: f64| {
        let took = round(began.elapsed().as_secs_f64());
        println!("{}", serde_json::json!({ "figure": figure, "seconds": took, "at_most": at_most }));
    };
    let request = || ImportDrugsRequest { folder: bdpm.to_string_lossy().into_owned(), ..Default::default() };
    let began = Instant::now();
    let done = drugs::import_drugs(&desk, request()).await.expect("imported");
    seconds("whole drug base imported", began, 10.0);
    assert_eq!((done.drugs, done.compositions), (15_848, 32_389));
    let thesaurus = |name: &str| ImportInteractionsRequest {
        file: ansm.join(name).to_string_lossy().into_owned(),
        substances: None,
        edition: None,
    };
    let began = Instant::now();
    drugs::import_interactions(&desk, thesaurus("thesaurus-2020-10.pdf")).await.expect("imported");
    seconds("thesaurus imported from its PDF", began, 10.0);
    let began = Instant::now();
    drugs::import_interactions(&desk, thesaurus("thesaurus-2020-10.json")).await.expect("imported");
    seconds("thesaurus imported from JSON", began, 10.0);
    let began = Instant::now();
    drugs::import_drugs(&desk, request()).await.expect("imported");
    seconds("whole drug base replaced", began, 10.0);

    let mut bare = Vec::new();
    for _ in 0..1_000 {
        let began = Instant::now();
        drugs::show_drug_editions(&desk, NothingRequest {}).await.expect("editions");
        bare.push(began.elapsed());
    }
    let yardstick = say("drug editions read (yardstick)", 0, &mut bare, serde_json::Value::Null);
    let mut times = Vec::new();
    for number in 0..1_200 {
        let request = SearchDrugsRequest { text: TEXTS[number % TEXTS.len()].to_owned(), limit: 10 };
        let began = Instant::now();
        let found = drugs::search_drugs(&desk, request).await.expect("a search");
        times.push(began.elapsed());
        assert!(!found.drugs.is_empty());
    }
    say("drug search, first ten", 0, &mut times, serde_json::json!({ "p99": 10.0 }));
    let own = |list: &[&str]| -> Vec<String> { list.iter().map(|one| (*one).to_owned()).collect() };
    let mut times = Vec::new();
    for _ in 0..1_000 {
        let request =
            CheckDrugsRequest { substances: own(&LINES), current_substances: own(&CURRENT), ..Default::default() };
        let began = Instant::now();
        let checked = drugs::check_drugs(&desk, request).await.expect("a check");
        times.push(began.elapsed());
        assert!(checked.findings.len() > 20);
    }
    let checked = say("check of 12 lines against 10 treatments", 0, &mut times, serde_json::json!({ "p99": 5.0 }));
    println!(
        "{}",
        serde_json::json!({ "figure": "check against the yardstick", "times": round(checked.1 / yardstick.1) })
    );
    super::prescriptions::figures(&desk).await;
    desk.store().close().await;
}
