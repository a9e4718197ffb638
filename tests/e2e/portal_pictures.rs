//! Every state of the portal's screens in Arabic, in two sizes, on the demonstration's data and the real portal: pictures to look at
//! under `out/`, and what can be checked of them. The French ones are taken where they are driven by keyboard (`portal`).

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::house::House;
use crate::portal_scene::{IN_GRID, Portal, aside, look, size, until, within, write};
use crate::portal_server::{PortalServer, Visitor};
use crate::preview::INK;
use crate::window::{PATIENCE, Window};

const LOGIN: &str = "demo";
/// Known to everybody.
const PASSWORD: &str = "Semainier-demo-2026";

/// The words of a language, as the window says them.
struct Words(Vec<Value>);

impl Words {
    fn of(language: &str) -> Self {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/messages").join(language);
        let read = |name: &str| {
            let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).expect("the words are there");
            serde_json::from_str(&text).expect("it is JSON")
        };
        Self(["portal", "common", "settings", "reminders", "entrance", "agenda"].map(read).to_vec())
    }

    /// With plain spaces, as what stands on the screen is read.
    fn say(&self, key: &str) -> String {
        let found = self.0.iter().find_map(|file| file[key].as_str()).unwrap_or_else(|| panic!("no words {key}"));
        found.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

struct Scene {
    house: House,
    window: Window,
    words: Words,
    language: &'static str,
}

impl Scene {
    async fn open(language: &'static str) -> Self {
        let house = House::for_pictures().await;
        let window = house.open().await;
        window.client.set_window_size(1366, 768).await.expect("a window has a size");
        window.see("Bienvenue dans Semainier").await;
        if language == "ar" {
            window.click("العربية").await;
        }
        window.click(if language == "ar" { "تجربة عيادة" } else { "Essayer un cabinet de démonstration" }).await;
        window.until("the agenda", "return document.querySelector('[role=grid]') !== null", vec![]).await;
        Self { house, window, words: Words::of(language), language }
    }

    fn call(&self, command: &str, request: &Value) -> Value {
        let vault = self.house.vault().with_file_name("practice-demonstration").display().to_string();
        let request = request.to_string();
        let arguments = ["--vault", &vault, "--json", "call", command, &request];
        let said = self.house.run(LOGIN, PASSWORD, &arguments);
        serde_json::from_str(said.lines().next().unwrap_or_default()).expect("it is JSON")
    }

    async fn look(&self, state: &str) {
        look(&self.window, &format!("{state}-{}", self.language)).await;
    }

    async fn see(&self, key: &str) {
        self.window.see(&self.words.say(key)).await;
    }

    async fn click(&self, key: &str) {
        self.window.click(&self.words.say(key)).await;
    }

    /// Goes to a screen: one part of the settings has the same name as a screen.
    async fn screen(&self, key: &str) {
        let script = "const all = [...document.querySelectorAll('nav a, nav button')].filter((one) => !one.closest('.settings')); \
                      const it = all.find((one) => one.innerText.trim().startsWith(arguments[0])); it?.click(); return it !== undefined";
        self.window.until("the screen", script, vec![json!(self.words.say(key))]).await;
    }

    async fn part(&self, key: &str) {
        self.screen("screen_settings").await;
        self.window.until("the settings", "return document.querySelector('.settings h2') !== null", vec![]).await;
        let script = "const it = [...document.querySelectorAll('.settings nav button')].find((one) => one.innerText.trim() === arguments[0]); \
                      it?.click(); return it?.getAttribute('aria-current') === 'page'";
        self.window.until("the part", script, vec![json!(self.words.say(key))]).await;
    }

    /// Into the field of this place in a form.
    async fn fill(&self, selector: &str, place: usize, text: &str) {
        let script = "const it = document.querySelectorAll(arguments[0])[arguments[1]]; it?.focus(); return document.activeElement === it && it !== undefined";
        self.window.until("the field", script, vec![json!(selector), json!(place)]).await;
        write(&self.window, text).await;
    }

    async fn tick(&self, selector: &str) {
        let script = "const all = [...document.querySelectorAll(arguments[0])]; all.filter((it) => !it.checked).forEach((it) => it.click()); return all.length > 0";
        self.window.until("what can be ticked", script, vec![json!(selector)]).await;
    }

    async fn submit(&self, title: &str) {
        let script = "const it = document.querySelector('.settings form button[type=submit]'); if (!it || it.disabled) return false; it.click(); return true";
        self.window.until("the way on", script, vec![]).await;
        let there = "return document.querySelector('.settings form h2')?.innerText.replace(/\\s+/g, ' ').trim() === arguments[0]";
        self.window.until("the next step", there, vec![json!(self.words.say(title))]).await;
    }
}

/// Two types of the demonstration for the portal: one booked at once, one asked for.
fn types(scene: &Scene) -> (String, String) {
    let all = scene.call("show_practice", &json!({}));
    let all: Vec<Value> = all["types"].as_array().expect("types").iter().take(2).cloned().collect();
    for (kind, asks) in all.iter().zip([false, true]) {
        let mut request = kind.clone();
        (request["online"], request["needs_approval"]) = (json!(true), json!(asks));
        scene.call("save_type", &request);
    }
    let id = |place: usize| all[place]["id"].as_str().expect("an id").to_owned();
    (id(0), id(1))
}

async fn instruct(scene: &Scene, portal: &Portal<'_>) {
    scene.part("settings_part_portal").await;
    scene.see("portal_prepare").await;
    scene.look("intro").await;
    scene.window.keys("m").await;
    scene.fill(".settings form input", 0, &portal.server.address()).await;
    scene.fill(".settings form input", 1, &portal.tenant.client_id).await;
    scene.fill(".settings form input", 2, &portal.tenant.client_secret).await;
    scene.look("address").await;
    scene.submit("portal_title_key").await;
    scene.look("key").await;
    scene.tick(".settings form input[type=checkbox]").await;
    scene.submit("portal_title_terms").await;
    scene.look("terms").await;
    // One practitioner's years of appointments are enough of a first telling.
    let fewer = "const all = [...document.querySelectorAll('.settings form section:nth-of-type(1) input[type=checkbox]')]; \
                 all.slice(1).filter((it) => it.checked).forEach((it) => it.click()); return all.length > 1";
    scene.window.until("the practitioners", fewer, vec![]).await;
    scene.tick(".settings form section:nth-of-type(2) input[type=checkbox]").await;
    scene.fill(".settings form section:nth-of-type(4) input", 1, "donnees@exemple.fr").await;
    scene.fill(".settings form section:nth-of-type(4) input", 2, "12 rue du Parc, 75014 Paris").await;
    scene.submit("portal_title_preview").await;
    scene.look("preview").await;
    scene.click("portal_raw").await;
    scene.look("preview-raw").await;
    scene.tick(".settings form input[type=checkbox]").await;
    scene.submit("portal_title_sign").await;
    scene.look("sign").await;
    let script =
        "const it = document.querySelector('.settings form button[type=submit]'); it?.click(); return it !== null";
    scene.window.until("the signature", script, vec![]).await;
    scene.see("portal_history").await;
    within(PATIENCE * 10, "the first telling", || {
        (scene.call("show_sync_state", &json!({}))["state"] == "idle").then_some(())
    })
    .await;
    scene.see("portal_state_idle").await;
    scene.look("standing").await;
}

async fn every_state(language: &'static str) {
    let Some(mut server) = aside(PortalServer::new) else { return };
    let tenant = aside(|| server.tenant("Cabinet des Sept Jours"));
    let scene = Scene::open(language).await;
    let window = &scene.window;
    let (at_once, asked_for) = types(&scene);
    instruct(&scene, &Portal::of(&server, &tenant)).await;
    window.keys("i").await;
    window.until("the instruction with its ink", INK, vec![]).await;
    window.shot(&format!("portal-instruction-{language}")).await.expect("the picture is kept");
    window.keys(&Key::Escape.to_string()).await;

    let people = [("Zerbinski", "Léa", "+33612345678"), ("El Vandermolen-Quennevillois", "Noé", "+33687654321")];
    let portal = Portal::of(&server, &tenant);
    for (place, (surname, first_name, phone)) in people.into_iter().enumerate() {
        aside(|| {
            let visitor = Visitor::new(&server, &tenant, phone);
            let patient = [("whom", "me"), ("surname", surname), ("first_name", first_name)];
            let schedule = portal.schedule();
            let booked = visitor.book(&schedule, &at_once, 4 + place, &patient);
            visitor.book(&schedule, &asked_for, 9 + 2 * place, &patient);
            if place == 1 {
                visitor.act(&booked, "cancel");
            }
        });
    }
    until("what came in", || {
        let all = scene.call("list_portal_notices", &json!({}))["notices"].clone();
        all.as_array().filter(|all| all.len() >= 7).map(|_| ())
    })
    .await;
    scene.screen("screen_portal").await;
    window.until("the notices", "return document.querySelectorAll('[role=option]').length >= 6", vec![]).await;
    scene.look("notices").await;
    // Above the request stands what was called off since.
    let second = "const all = document.querySelectorAll('[role=option]'); return all[1]?.getAttribute('aria-selected') === 'true'";
    window.keys(&Key::Down.to_string()).await;
    window.until("the request", second, vec![]).await;
    window.keys("g").await;
    window.until("the appointment", "return document.querySelector('[role=grid]') !== null", vec![]).await;
    window.until("who asks, in the agenda", IN_GRID, vec![json!("vandermolen")]).await;
    scene.look("appointment-asked").await;

    scene.part("settings_part_portal").await;
    scene.see("portal_state_idle").await;
    window.keys("s").await;
    scene.see("portal_suspended_text").await;
    scene.look("suspended").await;
    window.keys("s").await;
    scene.see("portal_state_idle").await;
    aside(|| server.stop());
    window.keys("n").await;
    scene.see("error_portal_unreachable").await;
    scene.look("down").await;
    scene.screen("screen_portal").await;
    scene.look("notices-down").await;
    aside(|| server.start());
    scene.part("settings_part_portal").await;
    window.keys("n").await;
    scene.see("portal_state_idle").await;

    scene.part("settings_part_messages").await;
    scene.see("messages_title").await;
    scene.look("messages").await;
    window.keys("m").await;
    window.until("the form", "return document.querySelector('.settings form') !== null", vec![]).await;
    scene.look("messages-form").await;
    scene.fill(".settings form input", 0, "smtp.exemple.fr").await;
    scene.fill(".settings form input[type=email]", 0, "cabinet").await;
    window.keys(&Key::Enter.to_string()).await;
    window
        .until("what is wrong", "return document.querySelector('.settings form [aria-invalid=true]') !== null", vec![])
        .await;
    scene.look("messages-refused").await;
    let set = json!({ "host": "127.0.0.1", "port": 9, "security": "none", "authority": "", "login": "", "password": null,
        "address": "cabinet@exemple.fr", "sender": "Cabinet", "language": language, "hours_before": [48, 2], "enabled": true });
    window.keys(&Key::Escape.to_string()).await;
    scene.call("set_messages", &set);
    scene.see("messages_server").await;
    scene.look("messages-set").await;

    scene.part("settings_part_portal").await;
    scene.click("portal_end").await;
    window.until("the end", "return document.querySelector('[role=dialog] input') !== null", vec![]).await;
    scene.look("ending").await;
    let folder = scene.house.home().display().to_string();
    scene.fill("[role=dialog] input", 0, &folder).await;
    scene.fill("[role=dialog] input", 1, "127.0.0.1").await;
    window.keys(&Key::Enter.to_string()).await;
    scene.see("portal_end_done").await;
    scene.look("ended").await;
    scene.click("close").await;
    scene.see("portal_signature_holds").await;
    size(window, (1366, 768)).await;
    scene.look("after").await;
    assert_eq!(window.refusals().await, Vec::<String>::new());
    let Scene { house, window, .. } = scene;
    window.close(&house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_of_the_portal_fits_and_is_accessible_in_arabic() {
    every_state("ar").await;
}
