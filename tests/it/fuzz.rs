//! Hostile bytes for a bounded time: `SEMAINIER_FUZZ_SECONDS` each (5 by default). The seed of a failure is printed. The
//! take-over's own parsers are fuzzed beside their code; here are the vault's file and the search for slots and patients.

use std::time::{Duration, Instant};

use domain::patient::query::SearchQuery;
use semainier_app::commands::agenda;
use semainier_app::commands::agenda::wire::FindSlotsRequest;
use semainier_app::commands::patient;
use semainier_app::commands::patient::wire::SearchPatientsRequest;
use semainier_app::commands::takeover::seed::Dice;
use semainier_app::vault::VaultFile;

use crate::house::{House, at, book, cast};

fn bound() -> Duration {
    let seconds = std::env::var("SEMAINIER_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(5))
}

/// A seed of this run, printed so that a failure can be run again with `SEMAINIER_FUZZ_SEED`.
fn dice() -> Dice {
    let given = std::env::var("SEMAINIER_FUZZ_SEED").ok().and_then(|text| text.parse().ok());
    let seed = given.unwrap_or_else(|| u64::from(std::process::id()));
    println!("SEMAINIER_FUZZ_SEED={seed}");
    Dice::new(seed)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_file_with_any_bytes_changed_is_refused_or_the_same() {
    let house = House::new().await;
    let right = std::fs::read(house.vault.join("vault.json")).expect("vault.json");
    let (mut dice, began) = (dice(), Instant::now());
    let mut read = 0;
    while began.elapsed() < bound() {
        let mut bytes = right.clone();
        for _ in 0..=dice.below(4) {
            let place = usize::try_from(dice.below(bytes.len() as u64)).expect("an index");
            match dice.below(3) {
                0 => bytes[place] = u8::try_from(dice.below(256)).expect("a byte"),
                1 => bytes.truncate(place.max(1)),
                _ => bytes.insert(place, u8::try_from(dice.below(256)).expect("a byte")),
            }
        }
        // What still reads is tried again through its own writing: reading never changes the meaning.
        if let Ok(file) = VaultFile::from_bytes(&bytes) {
            let again = VaultFile::from_bytes(&file.to_bytes()).expect("what was read can be read again");
            assert_eq!(again.to_bytes(), file.to_bytes());
        }
        read += 1;
    }
    assert!(read > 100, "{read} files in {:?}", bound());
}

#[tokio::test(flavor = "multi_thread")]
async fn any_search_and_any_slot_request_is_answered_or_refused() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    let (mut dice, began) = (dice(), Instant::now());
    let signs: Vec<char> =
        "abzéœ ł'\"*()-+:^{}[]\\;%_0123456789/.محمدّـ٠١\u{0}\u{200f}\u{1f600}ORANDNOTnear".chars().collect();
    let mut asked = 0;
    while began.elapsed() < bound() {
        let length = dice.below(24);
        let text: String =
            (0..length).map(|_| signs[usize::try_from(dice.below(signs.len() as u64)).expect("an index")]).collect();
        let _ = SearchQuery::parse(&text, at("2026-11-22T10:00").date());
        let found = patient::search_patients(&desk, SearchPatientsRequest { text: text.clone(), limit: 10 }).await;
        assert!(found.is_ok(), "a search was refused: {:?}", found.err().map(|refusal| refusal.code));
        let number = |dice: &mut Dice| i64::try_from(dice.roll() >> dice.below(64)).unwrap_or(i64::MAX) - 5;
        let request = FindSlotsRequest {
            practitioners: vec![],
            type_id: cast.kind,
            minutes: Some(number(&mut dice)),
            from: if dice.below(2) == 0 { text } else { format!("2026-{:02}-{:02}", dice.below(14), dice.below(33)) },
            days: number(&mut dice),
            part: ["any", "morning", "x"][usize::try_from(dice.below(3)).expect("an index")].to_owned(),
            count: number(&mut dice),
        };
        if let Ok(slots) = agenda::find_slots(&desk, request).await {
            assert!(slots.slots.windows(2).all(|pair| pair[0].starts <= pair[1].starts));
        }
        asked += 1;
    }
    assert!(asked > 20, "{asked} requests in {:?}", bound());
}
