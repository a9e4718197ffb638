//! The data-protection office in the real window: a request for erasure taken in and carried out by keyboard alone, and
//! every part of the office in two languages and two sizes.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::first_start::{PASSWORD, open_practice};
use crate::house::House;
use crate::preview::INK;

/// Nobody's name.
const SURNAME: &str = "Zerbinettowski";

/// Whether the terminal still finds the person.
fn found(house: &House) -> bool {
    house
        .run("claire", PASSWORD, &["--json", "patient", "search", "zerbinett"])
        .to_lowercase()
        .contains("zerbinettowski")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_asks_to_be_erased_is_erased_by_keyboard_and_nobody_finds_them_again() {
    let house = House::for_pictures().await;
    let window = house.open().await;
    window.client.set_window_size(1366, 768).await.expect("a window has a size");
    open_practice(&window).await;
    window.click("Commencer avec un agenda vide").await;
    window.until("the agenda", "return document.querySelector('[role=grid]') !== null", vec![]).await;
    house.run("claire", PASSWORD, &["patient", "add", "--surname", SURNAME, "--first-name", "Anne"]);
    assert!(found(&house), "nobody was added");

    window
        .until(
            "the rail",
            "const it = document.querySelector('nav a, nav button'); it?.focus(); return document.activeElement === it",
            vec![],
        )
        .await;
    window.tab_to("Protection").await;
    window.keys(&Key::Enter.to_string()).await;
    window.until("the office", "return document.querySelector('.office') !== null", vec![]).await;
    window.accessible("what is due").await;
    window.shot("office-due-fr").await.expect("the picture is kept");
    window.tab_to("Échéances").await;
    window.keys(&Key::Down.to_string()).await;
    window.see("Demandes des personnes").await;
    window.keys("n").await;
    let picking =
        "return document.activeElement?.tagName === 'INPUT' && document.activeElement.closest('.pick') !== null";
    window.until("the field for the patient", picking, vec![]).await;
    window.keys("zerbinett").await;
    window.until("the patient", "return document.querySelector('.pick li button') !== null", vec![]).await;
    window.keys(&Key::Enter.to_string()).await;
    window.until("the kind", "return document.activeElement?.classList.contains('select-trigger')", vec![]).await;
    window.keys("eff").await;
    window.until("erasure", "return document.activeElement.innerText.includes('Effacement')", vec![]).await;
    window.tab_to("Pas encore").await;
    window.keys("carte").await;
    window.tab_to("Enregistrer la demande").await;
    window.accessible("the form of a request").await;
    window.shot("office-request-fr").await.expect("the picture is kept");
    window.keys(&Key::Enter.to_string()).await;
    window.see("Exécuter la demande").await;
    window.tab_to("Demande complète").await;
    window.keys(&Key::Enter.to_string()).await;
    window.see("Complète le").await;
    window.see("Seront effacés partout").await;
    window.accessible("a request").await;
    window.tab_to("Effacer la personne").await;
    window.keys(&Key::Enter.to_string()).await;
    window.see("Ceci ne s’annule pas").await;
    assert!(found(&house), "erased at the first press");
    window.keys(&Key::Enter.to_string()).await;
    // The letter to the person comes up by itself: their address is known this once.
    window.until("the letter with its ink", INK, vec![]).await;
    window.shot("office-letter-fr").await.expect("the picture is kept");
    window.keys(&Key::Escape.to_string()).await;
    window.until("the end of the letter", "return document.querySelector('[role=dialog]') === null", vec![]).await;
    window.see("Ce qui a vraiment été fait").await;
    window.shot("office-erased-fr").await.expect("the picture is kept");
    window.accessible("the receipt").await;
    assert!(!window.text().await.to_lowercase().contains("zerbinett"), "the receipt names the person");
    assert!(!found(&house), "still found");
    assert_eq!(window.refusals().await, Vec::<String>::new());
    window.close(&house).await;

    let verified = house.run("claire", PASSWORD, &["--json", "verify"]);
    let verified: Value = serde_json::from_str(verified.lines().next().unwrap_or_default()).expect("it is JSON");
    assert_eq!(verified["ok"], Value::Bool(true), "{verified}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_part_of_the_office_fits_and_is_accessible_in_french_and_arabic() {
    for (language, open) in [("fr", "Essayer un cabinet de démonstration"), ("ar", "تجربة عيادة")] {
        let house = House::for_pictures().await;
        let window = house.open().await;
        window.client.set_window_size(1366, 768).await.expect("a window has a size");
        window.see("Bienvenue dans Semainier").await;
        if language == "ar" {
            window.click("العربية").await;
        }
        window.click(open).await;
        window.until("the agenda", "return document.querySelector('[role=grid]') !== null", vec![]).await;
        window.click(if language == "ar" { "حماية" } else { "Protection" }).await;
        window.until("the office", "return document.querySelector('.office') !== null", vec![]).await;
        let parts = window.js("return document.querySelectorAll('.office nav button').length", vec![]).await;
        let parts = parts.as_u64().expect("a number");
        assert!(parts >= 9, "{parts} parts in {language}");
        for part in 0..parts {
            window.client.set_window_size(1366, 768).await.expect("a window has a size");
            let go = "const it = document.querySelectorAll('.office nav button')[arguments[0]]; it.click(); it.focus(); \
                      return it.getAttribute('aria-current') === 'page'";
            window.until("the part", go, vec![json!(part)]).await;
            let read = "return document.querySelector('.office h2') !== null && document.querySelector('.office [aria-busy=true]') === null";
            window.until("what stands there", read, vec![]).await;
            for (width, height) in [(1366, 768), (1920, 1080)] {
                window.client.set_window_size(width, height).await.expect("a window has a size");
                window.until("the new size", "return innerWidth >= arguments[0] - 80", vec![json!(width)]).await;
                let wide = window.js("return document.documentElement.scrollWidth <= innerWidth", vec![]).await;
                assert_eq!(wide, json!(true), "part {part} is wider than the window at {width} in {language}");
                window.shot(&format!("office-{part}-{language}-{width}")).await.expect("the picture is kept");
            }
            window.accessible(&format!("part {part} of the office in {language}")).await;
        }
        assert_eq!(window.refusals().await, Vec::<String>::new());
        window.close(&house).await;
    }
}
