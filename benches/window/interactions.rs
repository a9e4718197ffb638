//! Keys and clicks on the grid of a full day: from the event to the frame that shows the answer.
//!
//! Events are made in the page itself, so that the driver's own way to it does not count. What the host has to answer
//! (a status, a move, the next day) counts whole, up to the frame in which it stands.

use serde_json::{Value, json};

use crate::window::Window;
use crate::{at_share, round};

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
const blocks = (status) => [...grid().querySelectorAll(`.block.${status}`)];
const days = () => [...grid().querySelectorAll("[data-id]")].map((it) => it.dataset.id).join();
window.turn = 0;
const some = (list) => list[(window.turn * 7) % list.length];
const point = (block) => { press(block); grid().focus(); };
const box = () => document.querySelector("[role=combobox]");
window.kinds = {
  "arrow down": { times: 60, do: () => key("ArrowDown"), state: active },
  "arrow aside": { times: 40, do: () => key(window.turn % 8 < 4 ? "ArrowRight" : "ArrowLeft"), state: active },
  "click on an appointment": {
    times: 40, ready: () => true,
    do: () => press(some(blocks("booked"))), state: () => document.querySelector(".block.opened")?.dataset.id ?? null,
  },
  "box opened": { times: 20, before: () => { if (box()) box().dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true })); },
    do: () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true, cancelable: true })),
    state: () => box() !== null },
  "arrived": { times: 20, before: () => point(some(blocks("booked"))), do: () => key("a"), state: () => blocks("arrived").length },
  "moved by a quarter of an hour": { times: 20, optional: true, before: () => point(some(blocks("booked"))),
    do: () => key(window.turn % 2 ? "ArrowDown" : "ArrowUp", { shiftKey: true }),
    state: () => [document.querySelectorAll(".toast, [role=status], [role=alert]").length, grid().querySelector(`#${active()}`)?.style.insetBlockStart] + "" },
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
    while (performance.now() - began < 2000) {
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
    let names = window.js(KINDS, vec![]).await;
    let mut all = Vec::new();
    for name in names.as_array().expect("a list") {
        let times = window.client.execute_async(RUN, vec![name.clone()]).await.expect("the page answers");
        let times = times.as_array().unwrap_or_else(|| panic!("{name}: {times}")).clone();
        let mut answered: Vec<f64> = times.iter().filter_map(Value::as_f64).collect();
        assert!(!answered.is_empty(), "{name}: nothing was ever answered");
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
