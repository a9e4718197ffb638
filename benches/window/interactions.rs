//! Keys and clicks on the grid of a full day: from the event to the frame that shows the answer.
//!
//! Events are made in the page itself, so that the driver's own way to it does not count. What the host has to answer
//! (a status, a move, the next day) counts whole, up to the frame in which it stands.

use serde_json::{Value, json};

use crate::window::Window;
use crate::{at_share, round};

/// How long one kind may take in all.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(180);

/// Each kind of interaction: how often, what happens, when its answer is there. `cell` is a booked appointment's block,
/// `state` what the answer changes.
const KINDS: &str = r##"
const grid = () => document.querySelector("[role=grid]");
const key = (name, more = {}) => grid().dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
const press = (target) => {
  for (const type of ["pointerdown", "pointerup", "click"]) {
    target.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, button: 0, pointerId: 1, isPrimary: true }));
  }
};
const active = () => grid().getAttribute("aria-activedescendant");
// A free place keeps its element: what it says is where it is.
const cursor = () => active() + (document.getElementById(active())?.textContent ?? "");
const blocks = (status) => [...grid().querySelectorAll(`.block.${status}`)];
const days = () => [...grid().querySelectorAll("[data-id]")].map((it) => it.dataset.id).join();
window.turn = 0;
const some = (list) => list[(window.turn * 7) % list.length];
// One that can become shorter.
const longest = () => blocks("booked").reduce((long, it) => (it.offsetHeight > long.offsetHeight ? it : long));
const point = (block) => { press(block); grid().focus(); };
const box = () => (document.activeElement?.getAttribute("role") === "combobox" ? document.activeElement : null);
window.kinds = {
  "arrow along": { times: 60, before: () => { if (window.turn === 0) key("Home"); }, do: () => key(window.turn % 20 < 10 ? "ArrowDown" : "ArrowUp"), state: cursor },
  "arrow aside": { times: 40, do: () => key(window.turn % 8 < 4 ? "ArrowRight" : "ArrowLeft"), state: cursor },
  "click on an appointment": {
    times: 40, ready: () => true,
    do: () => press(some(blocks("booked"))), state: () => document.querySelector(".block.opened")?.dataset.id ?? null,
  },
  "box opened": { times: 20, before: () => { if (box()) box().dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true })); },
    do: () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true, cancelable: true })),
    state: () => box() !== null },
  "arrived": { times: 20, before: () => point(some(blocks("booked"))), do: () => key("a"), state: () => blocks("arrived").length },
  // On a full day there is no free quarter of an hour to move to; the same command makes an appointment shorter, then as long as it was.
  "made shorter, then longer": { times: 20, before: () => { window.held ??= longest().dataset.id; point(grid().querySelector(`[data-id="${window.held}"]`)); },
    do: () => key(window.turn % 2 ? "ArrowDown" : "ArrowUp", { ctrlKey: true }),
    state: () => grid().querySelector(`[data-id="${window.held}"]`)?.style.blockSize },
  "day after": { times: 20, do: () => key(window.turn % 2 ? "PageUp" : "PageDown"), state: days },
};
return Object.keys(window.kinds);
"##;

/// Runs one kind; answers with its times in milliseconds, `null` for one that was not answered.
const RUN: &str = r#"
const [name, done] = arguments;
const kind = window.kinds[name];
const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const settled = async () => { for (let quiet = 0; quiet < 6; quiet++) await frame(); };
(async () => {
  const times = [];
  for (let run = 0; run < kind.times; run++) {
    window.turn = run;
    kind.before?.();
    await settled();
    const before = kind.state();
    const began = performance.now();
    kind.do();
    let answered = null;
    while (performance.now() - began < 1000) {
      await frame();
      if (kind.state() !== before) { answered = performance.now() - began; break; }
    }
    times.push(answered);
    await settled();
  }
  done(times);
})().catch((error) => done(String(error)));
"#;

/// Measures every kind on the day that is open.
pub async fn measure(window: &Window) {
    full_day(window).await;
    let blocks = window.js("return document.querySelectorAll('[role=grid] [data-id]').length", vec![]).await;
    let columns = window.js("return document.querySelectorAll('[role=grid] [data-column]').length", vec![]).await;
    println!("{}", json!({ "figure": "the grid measured", "columns": columns, "appointments": blocks }));
    // A kind that is never answered says so itself, long before this.
    let patience = fantoccini::wd::TimeoutConfiguration::new(Some(PATIENCE), None, None);
    window.client.update_timeouts(patience).await.expect("the driver waits longer");
    let names = window.js(KINDS, vec![]).await;
    let mut all = Vec::new();
    for name in names.as_array().expect("a list") {
        let times = window.client.execute_async(RUN, vec![name.clone()]).await;
        let times = times.unwrap_or_else(|error| panic!("{name}: {error}"));
        let times = times.as_array().unwrap_or_else(|| panic!("{name}: {times}")).clone();
        let mut answered: Vec<f64> = times.iter().filter_map(Value::as_f64).collect();
        assert!(answered.len() * 10 >= times.len() * 9, "{name}: {} of {} were answered", answered.len(), times.len());
        println!(
            "{}",
            json!({ "figure": "interaction", "what": name, "runs": times.len(), "answered": answered.len(),
                    "median_ms": round(at_share(&mut answered, 0.5)), "p95_ms": round(at_share(&mut answered, 0.95)) })
        );
        all.extend(answered);
    }
    let runs = all.len();
    println!(
        "{}",
        json!({ "figure": "a key or click in the grid", "runs": runs, "median_ms": round(at_share(&mut all, 0.5)),
                "p95_ms": round(at_share(&mut all, 0.95)), "at_most_p95_ms": 100 })
    );
}

/// Goes on to the next day with appointments to come: today may be a Sunday.
async fn full_day(window: &Window) {
    for _ in 0..5 {
        let full = "return document.querySelectorAll('[role=grid] .block.booked').length > 60";
        if window.soon(full).await {
            return;
        }
        window.js("document.querySelector('[role=grid]').dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true, cancelable: true }))", vec![]).await;
    }
    panic!("no day with enough appointments was found");
}
