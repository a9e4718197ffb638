//! When a real Chromium paints a booking page for the first time. Told as skipped where Chromium and its driver are not installed.

use serde_json::json;

use crate::{round, say, world::World};

#[allow(dead_code, reason = "the tests use the rest of it")]
#[path = "../../tests/chromium/driver.rs"]
mod driver;

use driver::Window;

/// Measures it, with an empty cache each time.
pub async fn first(world: &World) {
    let figure = "first paint of a booking page in Chromium on localhost";
    if !Window::can_open() {
        say(json!({ "figure": figure, "skipped": "chromium and chromedriver are not installed" }));
        return;
    }
    let mut paints = Vec::new();
    for number in 0..7 {
        // A browser of its own has nothing of the portal in its cache; it is warm after an empty page.
        let window = Window::open(&driver::Look::default()).await;
        window.go("about:blank").await;
        window.go(&format!("http://{}{}", world.address, world.practices[number].page("fr"))).await;
        let script = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null";
        let painted = window.until("the first paint", script).await;
        paints.push(painted.as_f64().expect("a number"));
        window.close().await;
    }
    paints.sort_by(f64::total_cmp);
    say(json!({
        "figure": figure, "target": "< 200 ms", "median_ms": round(paints[paints.len() / 2]), "worst_ms": round(paints[paints.len() - 1]),
        "browsers": paints.len(),
    }));
}
