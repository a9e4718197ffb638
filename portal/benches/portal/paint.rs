//! When a real Chromium paints a booking page for the first time, beside an almost empty page in the same browser at the same time,
//! bare and with the page's own protective headers: what those take is the browser's and the machine's own. (A browser that was just
//! started gives a page with such headers a process of its own.) Told as skipped where Chromium and its driver are not installed.
//!
//! Nothing comes out of a cache: it is emptied before each page, and each page is another practice's. `SEMAINIER_BENCH_LOADS` (40)
//! and `SEMAINIER_BENCH_BROWSERS` (7) say how many pages in one warm browser, and how many browsers that were just started.

use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Html,
    routing::get,
};
use serde_json::{Value, json};

use crate::{client::Client, round, say, size, world::World};

#[allow(dead_code, reason = "the tests use the rest of it")]
#[path = "../../tests/chromium/driver.rs"]
mod driver;

use driver::{Look, Window};

/// As little as a page can be that paints something.
const ALMOST_NOTHING: &str = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Yardstick</title>\
    <link rel=\"icon\" href=\"data:,\"><p>Yardstick</p></html>";

/// The page's own time line, in milliseconds since it was asked for: asked, answered, read, painted.
const TIMES: &str = "const [page] = performance.getEntriesByType('navigation'); \
    const [paint] = performance.getEntriesByName('first-contentful-paint'); \
    return paint && page.domInteractive ? [page.requestStart, page.responseStart, page.domInteractive, paint.startTime] : null";

/// Pages that are loaded before one counts.
const WARM: usize = 5;

/// What was painted when.
#[derive(Default)]
struct Paints {
    asked: Vec<f64>,
    answered: Vec<f64>,
    read: Vec<f64>,
    painted: Vec<f64>,
}

fn at(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    round(sorted[((sorted.len() - 1) as f64 * share).round() as usize])
}

impl Paints {
    fn take(&mut self, times: &Value) {
        let of = |number: usize| times[number].as_f64().expect("a number");
        self.asked.push(of(0));
        self.answered.push(of(1) - of(0));
        self.read.push(of(2) - of(1));
        self.painted.push(of(3));
    }

    /// Where the time went, as medians: until the browser asked, until it was answered, until all was read, until it was painted.
    fn parts(&self) -> Value {
        let (asked, answered, read) = (at(&self.asked, 0.5), at(&self.answered, 0.5), at(&self.read, 0.5));
        let rest = round(at(&self.painted, 0.5) - asked - answered - read);
        json!({ "until_asked": asked, "answer": answered, "read": read, "style_layout_paint": rest })
    }

    fn say(&self, figure: &str, [bare, guarded]: [&Self; 2]) {
        let own = round(at(&self.painted, 0.5) - at(&guarded.painted, 0.5));
        say(json!({
            "figure": figure, "target": "< 200 ms", "pages": self.painted.len(), "median_ms": at(&self.painted, 0.5),
            "p99_ms": at(&self.painted, 0.99), "worst_ms": at(&self.painted, 1.0), "median_parts_ms": self.parts(),
            "yardstick": "an almost empty page from the same machine, bare and with the same headers",
            "yardstick_median_ms": at(&bare.painted, 0.5), "yardstick_p99_ms": at(&bare.painted, 0.99),
            "yardstick_guarded_median_ms": at(&guarded.painted, 0.5), "yardstick_guarded_p99_ms": at(&guarded.painted, 0.99),
            "yardstick_guarded_parts_ms": guarded.parts(), "median_over_guarded_yardstick_ms": own,
        }));
    }
}

/// The headers by which the portal's pages are protected, as it sends them.
async fn protection(world: &World) -> HeaderMap {
    let mut client = Client::connect(&world.address).await;
    let page = client.get("/fr", &[("x-forwarded-for", "203.0.113.2")]).await;
    let name = |name: &str| name.parse::<HeaderName>().expect("a header's name");
    let value = |value: &str| value.parse::<HeaderValue>().expect("a header's value");
    let own = ["content-type", "content-length", "date", "connection", "transfer-encoding"];
    page.headers.iter().filter(|(n, _)| !own.contains(&n.as_str())).map(|(n, v)| (name(n), value(v))).collect()
}

async fn load(window: &Window, address: &str) -> Value {
    window.order("Network.clearBrowserCache", json!({})).await;
    window.go(address).await;
    window.until("the first paint", TIMES).await
}

/// Measures both, in turn.
pub async fn figures(world: &World) {
    let figure = "first paint of a booking page in Chromium on localhost";
    if !Window::can_open() {
        say(json!({ "figure": figure, "skipped": "chromium and chromedriver are not installed" }));
        return;
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let almost_nothing = format!("http://{}/", listener.local_addr().expect("it has an address"));
    let guarded = format!("{almost_nothing}guarded");
    let headers = protection(world).await;
    let router = Router::new()
        .route("/", get(async || Html(ALMOST_NOTHING)))
        .route("/guarded", get(async move || (headers.clone(), Html(ALMOST_NOTHING))));
    let yardstick = tokio::spawn(async move { axum::serve(listener, router).await });
    let page = |number: usize| {
        let practice = &world.practices[number % world.practices.len()];
        format!("http://{}{}", world.address, practice.page("fr"))
    };
    let look = || Look { noting: false, ..Look::default() };

    let [mut ours, mut bare, mut same] = [(); 3].map(|()| Paints::default());
    let window = Window::open(&look()).await;
    let loads = size("SEMAINIER_BENCH_LOADS", 40);
    for number in 0..WARM + loads {
        for (address, paints) in [(&almost_nothing, &mut bare), (&guarded, &mut same), (&page(number), &mut ours)] {
            let times = load(&window, address).await;
            if number >= WARM {
                paints.take(&times);
            }
        }
    }
    window.close().await;
    ours.say(figure, [&bare, &same]);

    let [mut ours, mut bare, mut same] = [(); 3].map(|()| Paints::default());
    for number in 0..size("SEMAINIER_BENCH_BROWSERS", 7) {
        let page = page(1_000 + number);
        for (address, paints) in [(&almost_nothing, &mut bare), (&guarded, &mut same), (&page, &mut ours)] {
            // Warm after an empty page, and nothing more.
            let window = Window::open(&look()).await;
            window.go("about:blank").await;
            paints.take(&load(&window, address).await);
            window.close().await;
        }
    }
    ours.say(&format!("{figure}, the first page of a browser that was just started"), [&bare, &same]);
    yardstick.abort();
}
