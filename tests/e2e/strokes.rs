//! How many key strokes the work of a reception takes, in the real window: what comes after the name counts, and the
//! count is said as a figure.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::first_start::{PASSWORD, open_practice};
use crate::house::House;
use crate::window::Window;

/// A window in which every key is counted.
struct Desk<'window> {
    window: &'window Window,
    strokes: usize,
}

impl Desk<'_> {
    /// Types a name: it is as long as it is, and does not count.
    async fn name(&self, name: &str) {
        self.window.keys(name).await;
    }

    /// Presses keys one by one.
    async fn press(&mut self, keys: &str) {
        for key in keys.chars() {
            self.window.keys(&key.to_string()).await;
            self.strokes += 1;
        }
    }

    /// Presses a key together with another: one stroke of one hand.
    async fn chord(&mut self, with: Key, key: char) {
        let with = char::from(with);
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: with })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: with });
        self.window.client.perform_actions(keys).await.expect("keys are taken");
        self.window.client.release_actions().await.expect("keys are let go");
        self.strokes += 1;
    }

    /// How many since the last time it was asked.
    fn counted(&mut self) -> usize {
        std::mem::take(&mut self.strokes)
    }
}

fn figure(task: &str, strokes: usize, at_most: usize) {
    println!("{}", json!({ "figure": "key_strokes", "task": task, "strokes": strokes, "at_most": at_most }));
    assert!(strokes <= at_most, "{task} takes {strokes} key strokes");
}

async fn box_is_open(window: &Window) {
    window.until("the box", "return document.activeElement?.getAttribute('role') === 'combobox'", vec![]).await;
}

async fn match_is_there(window: &Window, name: &str) {
    let script = "return [...document.querySelectorAll('[role=option][aria-selected=true]')].some((it) => it.innerText.includes(arguments[0]))";
    window.until("the patient", script, vec![json!(name)]).await;
}

/// Waits until the box has closed and the day shows somebody.
async fn box_is_closed(window: &Window) {
    let script = "return document.querySelector('[role=combobox]')?.getAttribute('aria-expanded') === 'false'";
    window.until("the end of the booking", script, vec![]).await;
}

async fn on_the_grid(window: &Window) {
    let grid =
        "const grid = document.querySelector('[role=grid]'); grid?.focus(); return document.activeElement === grid";
    window.until("the focus on the grid", grid, vec![]).await;
}

/// The booked appointments of a patient, as the terminal tells them.
fn booked(house: &House, patient: &str) -> Vec<Value> {
    let shown = house.run("claire", PASSWORD, &["--json", "patient", "show", patient]);
    let shown: Value = serde_json::from_str(shown.lines().next().unwrap_or_default()).expect("it is JSON");
    shown["appointments"].as_array().cloned().unwrap_or_default()
}

/// Adds somebody made up; returns their id.
fn added_patient(house: &House, surname: &str, first_name: &str, phone: &str) -> String {
    let names = ["--json", "patient", "add", "--surname", surname, "--first-name", first_name];
    let arguments = [&names[..], &["--born", "1979-02-03", "--phone", phone]].concat();
    let added = house.run("claire", PASSWORD, &arguments);
    let added: Value = serde_json::from_str(added.lines().next().unwrap_or_default()).expect("it is JSON");
    added["id"].as_str().expect("a patient has an id").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_booking_a_walk_in_a_move_and_a_refill_take_few_key_strokes() {
    let house = House::new().await;
    let window = house.open().await;
    open_practice(&window).await;
    window.click("Commencer avec un agenda vide").await;
    window.until("the agenda", "return document.querySelector('[role=grid]') !== null", vec![]).await;
    let hours = ["--days", "mon-sun", "--from", "00:05", "--to", "23:55"];
    let hours = [&["--json", "hours", "set", "--practitioner", "Dr Claire Lefèvre"][..], &hours].concat();
    house.run("claire", PASSWORD, &hours);
    let patient = added_patient(&house, "Quenneville", "Anne", "0611223344");
    let mut desk = Desk { window: &window, strokes: 0 };

    // The next free slot: Enter.
    on_the_grid(&window).await;
    desk.chord(Key::Control, 'k').await;
    box_is_open(&window).await;
    let before = desk.counted();
    desk.name("quenneville").await;
    match_is_there(&window, "QUENNEVILLE").await;
    desk.press(&Key::Enter.to_string()).await;
    box_is_closed(&window).await;
    figure("phone booking, next free slot: before the name", before, 1);
    figure("phone booking, next free slot: after the name", desk.counted(), 6);
    assert_eq!(booked(&house, &patient).len(), 1);

    // A week later, which the caller asks for: said in the box.
    on_the_grid(&window).await;
    desk.chord(Key::Control, 'k').await;
    box_is_open(&window).await;
    desk.counted();
    desk.name("quenneville").await;
    desk.press(" +7j").await;
    match_is_there(&window, "QUENNEVILLE").await;
    window.until("what was understood", "return document.querySelector('.understood .wish') !== null", vec![]).await;
    desk.press(&Key::Enter.to_string()).await;
    box_is_closed(&window).await;
    figure("phone booking, in a week: after the name", desk.counted(), 6);
    assert_eq!(booked(&house, &patient).len(), 2);

    // Somebody comes in.
    on_the_grid(&window).await;
    desk.press("w").await;
    box_is_open(&window).await;
    desk.name("quenneville").await;
    match_is_there(&window, "QUENNEVILLE").await;
    desk.press(&Key::Enter.to_string()).await;
    box_is_closed(&window).await;
    figure("walk-in: beside the name", desk.counted(), 2);
    let came = |all: &[Value]| all.iter().filter(|one| one["status"] == "arrived").count();
    assert_eq!(came(&booked(&house, &patient)), 1);

    // Booked from a slot of tomorrow, then moved by a quarter of an hour and to the day after.
    on_the_grid(&window).await;
    window.keys(&Key::PageDown.to_string()).await;
    // From the morning: late in the evening there is no quarter of an hour left to move to.
    window.keys(&format!("{}{}", Key::Home, Key::Down.to_string().repeat(4))).await;
    window.keys(&Key::Enter.to_string()).await;
    box_is_open(&window).await;
    desk.name("quenneville").await;
    match_is_there(&window, "QUENNEVILLE").await;
    window.keys(&Key::Enter.to_string()).await;
    box_is_closed(&window).await;
    on_the_grid(&window).await;
    let active = "const at = document.getElementById(document.querySelector('[role=grid]').getAttribute('aria-activedescendant')); return at?.getAttribute('aria-label') ?? ''";
    let under = |text: &str| format!("return (() => {{ {active} }})().includes('{text}')");
    window.until("the appointment under the cursor", &under("QUENNEVILLE"), vec![]).await;
    let at = window.js(active, vec![]).await;
    desk.counted();
    desk.chord(Key::Shift, char::from(Key::Down)).await;
    let moved = format!(
        "const label = (() => {{ {active} }})(); return label !== arguments[0] && label.includes('QUENNEVILLE')"
    );
    window.until("the move", &moved, vec![at]).await;
    figure("move by a quarter of an hour", desk.counted(), 1);
    desk.press("x").await;
    desk.press(&Key::PageDown.to_string()).await;
    window.until("a free slot to paste into", "return /coller/.test(document.querySelector('[role=contentinfo]')?.innerText ?? document.querySelector('footer').innerText)", vec![]).await;
    desk.press("v").await;
    window.until("the appointment there", &under("QUENNEVILLE"), vec![]).await;
    figure("move to the next day", desk.counted(), 3);

    // Cancelled, and given to somebody of the waiting list at once.
    let waiting = added_patient(&house, "Waldeck", "Paul", "0611223355");
    house.run("claire", PASSWORD, &["--json", "waiting", "add", "--patient", &waiting, "--type", "Consultation"]);
    on_the_grid(&window).await;
    window.until("the appointment under the cursor", &under("QUENNEVILLE"), vec![]).await;
    desk.counted();
    desk.press(&Key::Delete.to_string()).await;
    window.until("the form", "return document.activeElement?.closest('aside form') !== null", vec![]).await;
    desk.press(&Key::Enter.to_string()).await;
    let offered = "return document.activeElement?.getAttribute('role') === 'listbox' && document.activeElement.innerText.includes('WALDECK')";
    window.until("the one whom it suits", offered, vec![]).await;
    desk.press(&Key::Enter.to_string()).await;
    window.until("the booking under the cursor", &under("WALDECK"), vec![]).await;
    figure("cancel and refill from the waiting list", desk.counted(), 3);
    let refilled = booked(&house, &waiting);
    assert_eq!((refilled.len(), &refilled[0]["status"]), (1, &json!("booked")));
    let left = house.run("claire", PASSWORD, &["--json", "waiting", "list"]);
    assert_eq!(left.trim(), "", "who was booked has left the list");
    assert_eq!(window.refusals().await, Vec::<String>::new(), "the page asks for what its policy refuses");
    window.close(&house).await;
}
