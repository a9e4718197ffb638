//! The medical record in the real window: written by keyboard, sealed on the disk, printed for a colleague.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::first_start::{PASSWORD, open_practice};
use crate::house::House;
use crate::preview::INK;

/// Stands nowhere but inside a seal, in the window's memory and on its screen.
const CANARY: &str = "Kanarienvogelhusten";

#[tokio::test(flavor = "multi_thread")]
async fn a_consultation_is_written_by_keyboard_sealed_on_the_disk_and_printed_for_a_colleague() {
    let house = House::for_pictures().await;
    let window = house.open().await;
    window.client.set_window_size(1366, 768).await.expect("a window has a size");
    open_practice(&window).await;
    window.click("Commencer avec un agenda vide").await;
    window.until("the agenda", "return document.querySelector('[role=grid]') !== null", vec![]).await;
    let names = ["--json", "patient", "add", "--surname", "Quenneville", "--first-name", "Anne"];
    let added = house.run("claire", PASSWORD, &[&names[..], &["--born", "1979-02-03"]].concat());
    let added: Value = serde_json::from_str(added.lines().next().unwrap_or_default()).expect("it is JSON");
    assert!(added["id"].is_string());

    window.click("Patients").await;
    window.until("the field", "return document.activeElement?.tagName === 'INPUT'", vec![]).await;
    window.keys("quenneville").await;
    window.see("QUENNEVILLE").await;
    window.keys(&format!("{}{}", Key::Down, Key::Enter)).await;
    window.click("Dossier médical").await;
    window.until("the record", "return document.querySelector('.record') !== null", vec![]).await;
    window.keys("c").await;
    let writing = "return document.activeElement?.tagName === 'TEXTAREA'";
    window.until("the first section", writing, vec![]).await;
    window.keys(&format!("Toux depuis trois jours, {CANARY} ")).await;
    window.control('s').await;
    let entry = "return [...document.querySelectorAll('.entry')].some((it) => it.textContent.includes(arguments[0]))";
    window.until("the entry", entry, vec![json!(CANARY)]).await;
    window.accessible("the record").await;
    window.shot("record-fr").await.expect("the picture is kept");
    for (path, bytes) in house.bytes_on_disk() {
        let found = bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
        assert!(!found, "in clear in {}", path.display());
    }

    window.keys(&Key::Escape.to_string()).await;
    window.until("the timeline", "return document.activeElement?.closest('.entry') !== null", vec![]).await;
    window.keys("s").await;
    window.until("the summary with its ink", INK, vec![]).await;
    let words =
        "return document.querySelector('[role=dialog] figure p').textContent.toUpperCase().includes('QUENNEVILLE')";
    window.until("the words of the summary", words, vec![]).await;
    window.shot("summary-fr").await.expect("the picture is kept");
    assert_eq!(window.refusals().await, Vec::<String>::new());
    window.close(&house).await;
}
