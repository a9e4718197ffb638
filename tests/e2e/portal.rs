//! The sync in the real window, by keyboard alone, with the real portal on its real database: an instruction from the first key to the
//! signature, what patients and the desk do meanwhile, and the end of the contract. What is asserted stands in the agenda and at the
//! portal, not only on the screen.

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use domain::messages::{Language, local_date};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::first_start::{PASSWORD, open_practice};
use crate::house::House;
use crate::portal_scene::{IN_GRID, Portal, aside, look, until, write};
use crate::portal_server::{PortalServer, Visitor};
use crate::preview::INK;
use crate::window::Window;

const DOCTOR: &str = "Dr Claire Lefèvre";
const BOOKED_AT_ONCE: &str = "Consultation en ligne";
const ASKED_FOR: &str = "Bilan en ligne";

/// The one line of JSON that a command prints.
fn one(house: &House, arguments: &[&str]) -> Value {
    let said = house.run("claire", PASSWORD, &[&["--json"][..], arguments].concat());
    serde_json::from_str(said.lines().next().unwrap_or_default()).expect("it is JSON")
}

fn call(house: &House, command: &str, request: &Value) -> Value {
    one(house, &["call", command, &request.to_string()])
}

async fn press(window: &Window, key: Key) {
    window.keys(&key.to_string()).await;
}

/// Goes to a screen by the rail, as somebody without a mouse does.
async fn go(window: &Window, words: &str) {
    let rail =
        "const it = document.querySelector('nav a, nav button'); it?.focus(); return document.activeElement === it";
    window.until("the rail", rail, vec![]).await;
    window.tab_to(words).await;
    press(window, Key::Enter).await;
}

/// Settings, and the part on the portal.
async fn settings(window: &Window, words: (&str, &str)) {
    go(window, words.0).await;
    window.until("the settings", "return document.querySelector('.settings h2') !== null", vec![]).await;
    window.keys("p").await;
    let there = "return document.activeElement?.closest('.settings nav') !== null";
    window.until("the parts", there, vec![]).await;
    for _ in 0..25 {
        let is = "return document.activeElement?.innerText?.trim() === arguments[0]";
        if window.js(is, vec![json!(words.1)]).await == json!(true) {
            return;
        }
        let before = window.js("return document.activeElement?.innerText", vec![]).await;
        press(window, Key::Down).await;
        window.until("the next part", "return document.activeElement?.innerText !== arguments[0]", vec![before]).await;
    }
    panic!("no part “{}”", words.1);
}

/// A practice whose window stands before its agenda, with hours, two types for the portal, and a patient.
struct Practice {
    house: House,
    window: Window,
    patient: String,
    types: Vec<(String, String)>,
}

impl Practice {
    async fn open() -> Self {
        let house = House::for_pictures().await;
        let window = house.open().await;
        window.client.set_window_size(1366, 768).await.expect("a window has a size");
        open_practice(&window).await;
        window.click("Commencer avec un agenda vide").await;
        window.until("the agenda", "return document.querySelector('[role=grid]') !== null", vec![]).await;
        let hours = ["hours", "set", "--practitioner", DOCTOR, "--days", "mon-sun", "--from", "08:00", "--to", "18:00"];
        house.run("claire", PASSWORD, &hours);
        for name in [BOOKED_AT_ONCE, ASKED_FOR] {
            house.run("claire", PASSWORD, &["type", "add", "--name", name, "--minutes", "20", "--online"]);
        }
        let mut types = Vec::new();
        for kind in call(&house, "show_practice", &json!({}))["types"].as_array().expect("types") {
            let name = kind["name"].as_str().expect("a name").to_owned();
            let id = kind["id"].as_str().expect("an id").to_owned();
            if name == ASKED_FOR {
                let mut request = kind.clone();
                request["needs_approval"] = json!(true);
                call(&house, "save_type", &request);
            }
            types.push((name, id));
        }
        let added = one(
            &house,
            &["patient", "add", "--surname", "Quenneville", "--first-name", "Anne", "--phone", "06 11 22 33 44"],
        );
        let patient = added["id"].as_str().expect("an id").to_owned();
        Self { house, window, patient, types }
    }

    fn kind(&self, name: &str) -> &str {
        self.types.iter().find(|(known, _)| known == name).map(|(_, id)| id.as_str()).expect("a type")
    }

    /// Books at the desk: by the other door of the same program.
    fn book(&self, at: &str) -> String {
        let arguments =
            ["book", "--practitioner", DOCTOR, "--patient", &self.patient, "--type", BOOKED_AT_ONCE, "--at", at];
        one(&self.house, &arguments)["id"].as_str().expect("an id").to_owned()
    }

    fn status(&self, id: &str) -> String {
        let shown = call(&self.house, "show_appointment", &json!({ "id": id }));
        shown["appointment"]["status"].as_str().expect("a status").to_owned()
    }

    fn state(&self) -> Value {
        one(&self.house, &["sync", "status"])
    }
}

/// The wrong ways first: each is refused beside its field, and nothing of it is kept.
async fn what_is_wrong_is_said_beside_its_field(practice: &Practice) {
    let window = &practice.window;
    let said = "const at = document.activeElement; const id = at?.getAttribute('aria-errormessage') ?? at?.getAttribute('aria-describedby') ?? ''; \
                return at?.getAttribute('aria-invalid') === 'true' && id.split(' ').some((one) => document.getElementById(one)?.innerText.includes(arguments[0]))";
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
    for (address, words) in [
        ("le portail", "n’est pas complète"),
        ("http://rdv.exemple.fr", "n’est pas chiffrée"),
        (format!("http://127.0.0.1:{nobody}").as_str(), "ne répond pas"),
    ] {
        write(window, address).await;
        press(window, Key::Enter).await;
        window.until(&format!("why “{address}” is refused"), said, vec![json!(words)]).await;
    }
    look(window, "refused-address-fr").await;
    assert_eq!(practice.state()["state"], "off");
}

/// From Settings to the signature; returns once it is signed.
async fn sign(practice: &Practice, portal: Portal<'_>) {
    let window = &practice.window;
    settings(window, ("Réglages", "Portail")).await;
    window.see("Préparer l’instruction").await;
    look(window, "intro-fr").await;
    window.keys("m").await;
    let field = "return document.activeElement?.labels?.[0]?.innerText.includes('Adresse du portail')";
    window.until("the address", field, vec![]).await;
    what_is_wrong_is_said_beside_its_field(practice).await;

    write(window, &portal.server.address()).await;
    window.tab_to("Nom du cabinet au portail").await;
    write(window, &portal.tenant.client_id).await;
    window.tab_to("Secret").await;
    write(window, "not the secret").await;
    press(window, Key::Enter).await;
    // The key on the screen is the portal's own, as it would stand in the contract.
    window.see("Est-ce bien lui").await;
    let seen = call(&practice.house, "look_at_portal", &json!({ "address": portal.server.address(), "authority": "" }));
    let groups =
        "return [...document.querySelectorAll('.fingerprint span')].map((it) => it.innerText.trim()).join(' ')";
    assert_eq!(window.js(groups, vec![]).await, seen["fingerprint"]);
    assert!(seen["fingerprint"].as_str().is_some_and(|groups| groups.len() > 15), "{seen}");
    look(window, "key-fr").await;
    window.tab_to("J’ai comparé").await;
    window.keys(" ").await;
    press(window, Key::Enter).await;
    window.see("Ce que vous lui demandez").await;
    look(window, "terms-fr").await;
    window.tab_to("Nom public du type").await;
    window.keys(" ").await;
    window.tab_to("E-mail pour les données").await;
    write(window, "donnees@exemple.fr").await;
    window.tab_to("Adresse postale").await;
    write(window, "12 rue du Parc, 75014 Paris").await;
    press(window, Key::Enter).await;
    window.see("J’ai regardé ce qui partirait").await;
    let payloads = window.js("return document.querySelector('.payloads').innerText", vec![]).await;
    assert!(payloads.as_str().is_some_and(|text| text.contains("QUENNEVILLE")), "{payloads}");
    assert!(aside(|| portal.server.held(portal.tenant)).is_empty(), "something left before it was signed");
    look(window, "preview-fr").await;
    window.tab_to("J’ai regardé ce qui partirait").await;
    window.keys(" ").await;
    press(window, Key::Enter).await;
    window.see("Signer l’instruction").await;
    look(window, "sign-fr").await;
    press(window, Key::Enter).await;
    // The secret was wrong: back where it stands, nothing signed and nothing kept.
    let wrong = "return document.activeElement?.getAttribute('aria-invalid') === 'true' && document.activeElement.type === 'password'";
    window.until("the secret that is refused", wrong, vec![]).await;
    window.see("ne connaît pas ce nom avec ce secret").await;
    look(window, "refused-secret-fr").await;
    assert_eq!(practice.state()["state"], "off");
    assert!(aside(|| portal.server.held(portal.tenant)).is_empty(), "something left before it was signed");
    write(window, &portal.tenant.client_secret).await;
    for step in ["Est-ce bien lui", "Ce que vous lui demandez", "Ce qui partirait", "Signer l’instruction"] {
        press(window, Key::Enter).await;
        let title = "return document.activeElement?.matches('form h2') && document.activeElement.innerText.includes(arguments[0])";
        window.until(step, title, vec![json!(step)]).await;
        match step {
            "Est-ce bien lui" => {
                window.tab_to("J’ai comparé").await;
                window.keys(" ").await;
            }
            "Ce qui partirait" => {
                window.tab_to("J’ai regardé ce qui partirait").await;
                window.keys(" ").await;
            }
            _ => {}
        }
    }
    press(window, Key::Enter).await;
    window.see("Version 1, signée le").await;
}

/// Shows a day in the agenda.
async fn show_day(window: &Window, day: NaiveDate) {
    go(window, "Agenda").await;
    let grid = "const grid = document.querySelector('[role=grid]'); grid?.focus(); return document.activeElement === grid && grid !== null";
    window.until("the focus on the grid", grid, vec![]).await;
    window.keys("t").await;
    let words = local_date(day, Language::Fr);
    let words = words.split_once(' ').map_or(words.as_str(), |(_, rest)| rest);
    for _ in 0..70 {
        let shown = "return document.querySelector('header').innerText.includes(arguments[0])";
        let began = Instant::now();
        while began.elapsed() < Duration::from_millis(600) {
            if window.js(shown, vec![json!(words)]).await == json!(true) {
                return;
            }
        }
        press(window, Key::PageDown).await;
    }
    panic!("no {words}: {}", window.text().await);
}

/// The practice's day after today; today nobody is there, so that it is the first with free times.
async fn tomorrow(window: &Window, zone: &str) -> NaiveDate {
    let today = "const parts = new Intl.DateTimeFormat('en', { timeZone: arguments[0], year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date());
                 const of = Object.fromEntries(parts.map((it) => [it.type, it.value]));
                 return `${of.year}-${of.month}-${of.day}`";
    let today = window.js(today, vec![json!(zone)]).await;
    let today: NaiveDate = today.as_str().and_then(|date| date.parse().ok()).expect("a date");
    today.succ_opt().expect("there is one")
}

/// A preview with ink on it, closed again.
async fn is_printed(window: &Window, name: &str) {
    window.until("the page with its ink", INK, vec![]).await;
    window.accessible(name).await;
    window.shot(&format!("portal-{name}")).await.expect("the picture is kept");
    press(window, Key::Escape).await;
    window
        .until("the end of the preview", "return document.querySelector('[role=dialog] canvas') === null", vec![])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_is_instructed_followed_and_ended_by_keyboard() {
    let Some(mut server) = aside(PortalServer::new) else { return };
    let tenant = aside(|| server.tenant("Cabinet des Tilleuls"));
    let practice = Practice::open().await;
    let (window, house) = (&practice.window, &practice.house);
    let day = tomorrow(window, "Europe/Paris").await;
    let today = day.pred_opt().expect("there is one");
    let (from, to) = (format!("{today}T00:00"), format!("{day}T00:00"));
    house.run("claire", PASSWORD, &["absence", "add", "--practitioner", DOCTOR, "--from", &from, "--to", &to]);
    let before = practice.book(&format!("{day}T10:00"));

    sign(&practice, Portal::of(&server, &tenant)).await;
    until("the first telling", || (practice.state()["state"] == "idle").then_some(())).await;
    window.see("Portail à jour").await;
    assert_eq!(aside(|| Portal::of(&server, &tenant).holds(&before)).expect("it was told")["status"], "booked");
    assert_eq!(aside(|| Portal::of(&server, &tenant).first_free()), Some(day));
    window.keys("n").await;
    window.see("Envoyés : 0 · reçus : 0").await;
    look(window, "standing-fr").await;
    window.keys("i").await;
    is_printed(window, "instruction").await;

    a_patient_books_and_it_arrives(&practice, Portal::of(&server, &tenant), day).await;
    what_is_asked_for_is_accepted(&practice, Portal::of(&server, &tenant)).await;

    // What the desk books is told, without a key.
    let booked = practice.book(&format!("{day}T11:00"));
    until("what the desk booked at the portal", || Portal::of(&server, &tenant).holds(&booked)).await;
    // Suspended, it waits; resumed, it goes.
    settings(window, ("Réglages", "Portail")).await;
    window.keys("s").await;
    window.see("Rien ne part et rien n’entre").await;
    let held_back = practice.book(&format!("{day}T12:00"));
    until("a queue", || practice.state()["queued"].as_i64().filter(|queued| *queued > 0)).await;
    look(window, "suspended-fr").await;
    assert!(aside(|| Portal::of(&server, &tenant).holds(&held_back)).is_none(), "told while it was suspended");
    window.keys("s").await;
    until("what waited at the portal", || Portal::of(&server, &tenant).holds(&held_back)).await;

    // The portal is away: said, and nothing is lost.
    aside(|| server.stop());
    let meanwhile = practice.book(&format!("{day}T13:00"));
    window.keys("n").await;
    window.see("Le portail ne répond pas").await;
    window.see("rien n’est perdu").await;
    look(window, "down-fr").await;
    aside(|| server.start());
    window.keys("n").await;
    until("what waited at the portal", || Portal::of(&server, &tenant).holds(&meanwhile)).await;
    window.see("Portail à jour").await;

    the_contract_ends(&practice, Portal::of(&server, &tenant)).await;
    assert_eq!(window.refusals().await, Vec::<String>::new());
    let Practice { house, window, .. } = practice;
    window.close(&house).await;
    assert_eq!(one(&house, &["verify"])["ok"], Value::Bool(true));
}

/// A patient books on the portal's pages: the open agenda shows it, and nobody has pressed a key.
async fn a_patient_books_and_it_arrives(practice: &Practice, portal: Portal<'_>, day: NaiveDate) {
    let window = &practice.window;
    show_day(window, day).await;
    window.until("the first appointment", IN_GRID, vec![json!("quenneville")]).await;
    let kind = practice.kind(BOOKED_AT_ONCE);
    let booking = aside(|| {
        let patient = [("whom", "me"), ("surname", "Zerbinski"), ("first_name", "Léa")];
        Visitor::new(portal.server, portal.tenant, "+33612345678").book(&portal.schedule(), kind, 0, &patient)
    });
    let began = Instant::now();
    window.until("the booking in the agenda", IN_GRID, vec![json!("zerbinski")]).await;
    println!("a booking at the portal stood in the open agenda after {:?}", began.elapsed());
    assert_eq!(practice.status(&booking.id), "booked");
}

/// A patient asks for an appointment of a type that needs agreement: agreed to by a key, the portal hears of it.
async fn what_is_asked_for_is_accepted(practice: &Practice, portal: Portal<'_>) {
    let window = &practice.window;
    let kind = practice.kind(ASKED_FOR);
    let asked = aside(|| {
        let patient = [("whom", "me"), ("surname", "Vandermolen"), ("first_name", "Noé")];
        Visitor::new(portal.server, portal.tenant, "+33687654321").book(&portal.schedule(), kind, 3, &patient)
    });
    window.until("the request in the agenda", IN_GRID, vec![json!("vandermolen")]).await;
    assert_eq!(practice.status(&asked.id), "requested");
    go(window, "Portail").await;
    let chosen = "return document.querySelector('[role=option][aria-selected=true]')?.innerText.includes(arguments[0])";
    window.until("the request first", chosen, vec![json!("Demande de rendez-vous")]).await;
    window.see("VANDERMOLEN").await;
    look(window, "notices-fr").await;
    window.keys("a").await;
    window.see("Demande acceptée").await;
    assert_eq!(practice.status(&asked.id), "booked");
    until("the agreement at the portal", || portal.holds(&asked.id).filter(|one| one["status"] == "booked")).await;
    // From the notice to the appointment, which says how it stands.
    window.keys("o").await;
    window.until("the list", "return document.querySelectorAll('[role=option]').length >= 4", vec![]).await;
    for _ in 0..8 {
        if window.js(chosen, vec![json!("Réservé en ligne")]).await == json!(true) {
            break;
        }
        press(window, Key::Down).await;
    }
    window.keys("g").await;
    window.see("Au portail, à jour").await;
    look(window, "appointment-fr").await;
}

/// Everything comes back in a file and is destroyed there; the confirmation holds.
async fn the_contract_ends(practice: &Practice, portal: Portal<'_>) {
    let window = &practice.window;
    window.tab_to("Rendre et détruire…").await;
    press(window, Key::Enter).await;
    let into = "return document.activeElement?.labels?.[0]?.innerText.includes('Dossier où écrire')";
    window.until("where to", into, vec![]).await;
    window.keys("/nowhere/at/all").await;
    window.tab_to("Pour confirmer").await;
    window.keys("127.0.0").await;
    let dead = "return document.querySelector('[role=dialog] button[type=submit]').disabled";
    assert_eq!(window.js(dead, vec![]).await, json!(true), "it can be pressed before the name is typed");
    window.keys(".1").await;
    look(window, "ending-fr").await;
    press(window, Key::Enter).await;
    // Where it cannot be written, nothing is destroyed.
    let wrong = "return document.activeElement?.getAttribute('aria-invalid') === 'true'";
    window.until("the folder that is refused", wrong, vec![]).await;
    window.see("On ne peut pas écrire là").await;
    assert!(!aside(|| portal.server.appointments(portal.tenant)).is_empty(), "destroyed before it was returned");
    let folder = practice.house.home().display().to_string();
    write(window, &folder).await;
    press(window, Key::Enter).await;
    window.see("Tout est rendu et détruit").await;
    let path = window.js("return document.querySelector('[role=dialog] dd').innerText", vec![]).await;
    let path: String = path
        .as_str()
        .expect("a path")
        .chars()
        .filter(|sign| !sign.is_control() && !('\u{2066}'..='\u{2069}').contains(sign))
        .collect();
    let returned = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(returned.contains("\"kind\":\"schedule\"") && returned.to_uppercase().contains("ZERBINSKI"));
    look(window, "ended-fr").await;
    window.tab_to("Imprimer").await;
    press(window, Key::Enter).await;
    is_printed(window, "confirmation").await;
    window.tab_to("Fermer").await;
    press(window, Key::Enter).await;
    window.see("Signature valide").await;
    window.see("Le contrat est terminé").await;
    look(window, "after-fr").await;
    assert_eq!(practice.state()["state"], "ended");
    let confirmations = call(&practice.house, "show_sync", &json!({}))["confirmations"].clone();
    let destroyed = confirmations.as_array().into_iter().flatten().find(|one| one["kind"] == "destruction");
    assert_eq!(destroyed.expect("it is kept")["valid"], json!(true));
}
