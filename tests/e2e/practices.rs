//! Two practices in one real window: opened beside one another, booked in one of them, locked together.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::house::House;

const PASSWORD: &str = "Zebre-Calme#2026!";
const SURNAME: &str = "Zerhounixa";

fn first_line(said: &str) -> Value {
    serde_json::from_str(said.lines().next().unwrap_or_default()).expect("it is JSON")
}

/// A practice with two practitioners and a year of appointments, in a folder of this house.
fn practice(house: &House, folder: &str, name: &str, country: &str, zone: &str, surgeon: &str) {
    let vault = house.home().join(folder).display().to_string();
    let at = |arguments: &[&str]| house.run("claire", PASSWORD, &[&["--vault", &vault, "--json"], arguments].concat());
    at(&["init", "--practice", name, "--country", country, "--zone", zone, "--name", surgeon]);
    at(&["seed", "--patients", "300", "--appointments", "8800", "--practitioners", "2", "--years", "1", "--seed", "7"]);
}

fn booked(house: &House, folder: &str) -> i64 {
    let vault = house.home().join(folder).display().to_string();
    let period = ["counts", "--from", "2020-01-01", "--to", "2099-12-31"];
    let said = house.run("claire", PASSWORD, &[&["--vault", &vault, "--json"], &period[..]].concat());
    first_line(&said)["booked"].as_i64().expect("a count")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_practices_stand_side_by_side_and_a_booking_lands_in_the_one_whose_name_stands_there() {
    let house = House::for_pictures().await;
    practice(&house, "practice", "Cabinet du Parc", "FR", "Europe/Paris", "Dr Claire Lefèvre");
    practice(&house, "anfa", "Centre médical Anfa", "MA", "Africa/Casablanca", "Dr Karim Benjelloun");
    let [parc, anfa] = ["practice", "anfa"].map(|folder| house.home().join(folder).display().to_string());
    let patient = ["patient", "add", "--surname", SURNAME, "--first-name", "Nour", "--born", "1979-02-03"];
    house.run("claire", PASSWORD, &[&["--vault", &anfa, "--json"], &patient[..]].concat());
    // Open around the clock, so that tomorrow has a free place whatever the hour and the day of this test.
    for surgeon in ["Dr Karim Benjelloun", "Dr Claire Lefèvre"] {
        let folder = if surgeon.contains("Karim") { &anfa } else { &parc };
        let hours =
            ["hours", "set", "--practitioner", surgeon, "--days", "mon-sun", "--from", "00:05", "--to", "23:55"];
        house.run("claire", PASSWORD, &[&["--vault", folder, "--json"], &hours[..]].concat());
    }
    let before = (booked(&house, "practice"), booked(&house, "anfa"));

    let window = house.open().await;
    window.client.set_window_size(1366, 768).await.expect("a window has a size");
    window.see("Dr Claire Lefèvre").await;
    window.fill("Mot de passe", PASSWORD).await;
    window.keys(&Key::Enter.to_string()).await;
    window.until("the agenda", "return document.querySelector('[role=grid] [role=row]') !== null", vec![]).await;
    window.click("Plusieurs cabinets").await;
    window.fill("Dossier du coffre", &anfa).await;
    window.keys(&Key::Enter.to_string()).await;
    window.see("Mot de passe pour Centre médical Anfa").await;
    window.shot("practices-list-fr").await.expect("the picture is kept");
    window.accessible("the list of practices").await;
    window.fill("Mot de passe pour Centre médical Anfa", PASSWORD).await;
    window.keys(&Key::Enter.to_string()).await;
    window.see("Centre médical Anfa est ouvert").await;

    window.click("Aujourd’hui").await;
    window
        .until("both practices", "return document.querySelectorAll('[role=grid] [role=row]').length >= 4", vec![])
        .await;
    window.see("Heure locale").await;
    window.shot("practices-day-fr").await.expect("the picture is kept");
    window.accessible("the day of two practices").await;
    let wide = window.js("return document.documentElement.scrollWidth <= innerWidth", vec![]).await;
    assert_eq!(wide, json!(true), "the page is wider than the window");
    let name = "return document.querySelector('header .mark')?.textContent.trim() === arguments[0]";
    window.until("the practice that was opened last", name, vec![json!("Centre médical Anfa")]).await;
    let grid =
        "const grid = document.querySelector('[role=grid]'); grid.focus(); return document.activeElement === grid";
    window.until("the focus on the grid", grid, vec![]).await;
    window.control('b').await;
    window.until("the other practice", name, vec![json!("Cabinet du Parc")]).await;
    window.control('b').await;
    window.until("and round again", name, vec![json!("Centre médical Anfa")]).await;
    window.control('k').await;
    window
        .until(
            "the box says where",
            "return document.querySelector('.box .mark')?.textContent.trim() === 'Centre médical Anfa'",
            vec![],
        )
        .await;
    window.keys("zerh +1j").await;
    let found = "return [...document.querySelectorAll('[role=option]')].some((it) => /Zerhounixa/i.test(it.innerText))";
    window.until("the patient", found, vec![]).await;
    let slot = "return document.querySelectorAll('.box [aria-checked=true], .box [aria-pressed=true], .box [role=radio]').length > 0";
    window.until("a slot", slot, vec![]).await;
    window.shot("practices-box-fr").await.expect("the picture is kept");
    window.keys(&Key::Enter.to_string()).await;
    let closed = "return document.querySelector('.box .mark') === null";
    window.until("the box has closed", closed, vec![]).await;
    window.until("the focus on the grid", grid, vec![]).await;
    // Tomorrow of the practice in hand: around midnight it is another day there than where one came from.
    window.keys(&format!("t{}", Key::PageDown)).await;
    let booked_there = "return [...document.querySelectorAll('[role=grid] [role=row]')].some((row) => row.getAttribute('aria-label').includes('Anfa') && /Zerhounixa/i.test(row.innerText))";
    window.until("the appointment in that practice's column", booked_there, vec![]).await;
    assert_eq!((booked(&house, "practice"), booked(&house, "anfa")), (before.0, before.1 + 1));

    window.click("Décompte").await;
    window
        .until("a line for each and the sum", "return document.querySelectorAll('tbody tr').length === 3", vec![])
        .await;
    window.shot("practices-counts-fr").await.expect("the picture is kept");
    window.accessible("the counts").await;

    window.click("Affichage").await;
    window.click("العربية").await;
    window.keys(&Key::Escape.to_string()).await;
    window.see("الحصيلة").await;
    window.shot("practices-counts-ar").await.expect("the picture is kept");
    window.click("اليوم").await;
    window
        .until("both practices", "return document.querySelectorAll('[role=grid] [role=row]').length >= 4", vec![])
        .await;
    window.see("التوقيت المحلي").await;
    window.shot("practices-day-ar").await.expect("the picture is kept");
    window.accessible("the day of two practices in Arabic").await;
    window.click("العيادات").await;
    window.see("إضافة عيادة").await;
    window.shot("practices-list-ar").await.expect("the picture is kept");
    window.accessible("the list of practices in Arabic").await;

    window.control('l').await;
    window.until("the lock", "return document.querySelector('input[type=password]') !== null", vec![]).await;
    assert!(!window.text().await.contains(SURNAME), "a locked window shows a patient");
    window.shot("practices-locked-ar").await.expect("the picture is kept");
    window.accessible("the entrance of two practices").await;

    // What was open is opened again, each by its own password; the window speaks as that practice knows this user.
    window.keys(&format!("{PASSWORD}{}", Key::Enter)).await;
    window.see("Ouverts avant le verrouillage").await;
    let field = "return document.activeElement?.type === 'password'";
    window.until("the other practice's password", field, vec![]).await;
    window.shot("practices-again-fr").await.expect("the picture is kept");
    window.keys(&format!("{PASSWORD}{}", Key::Enter)).await;
    window.until("both again", "return document.querySelectorAll('[role=grid] [role=row]').length >= 4", vec![]).await;
    assert_eq!(window.refusals().await, Vec::<String>::new());
    window.close(&house).await;
    for folder in ["practice", "anfa"] {
        let vault = house.home().join(folder).display().to_string();
        let verified = first_line(&house.run("claire", PASSWORD, &["--vault", &vault, "--json", "verify"]));
        assert_eq!(verified["ok"], Value::Bool(true), "{verified}");
    }
}
