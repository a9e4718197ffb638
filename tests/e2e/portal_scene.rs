//! What the scenarios of the sync in the real window share: waiting for what is not on the screen, pictures in both sizes, and what
//! the portal holds.

use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, Utc};
use domain::time::wall;
use serde_json::{Value, json};

use crate::portal_server::{PortalServer, Tenant};
use crate::window::{PATIENCE, Window};

/// Whether somebody stands in the grid.
pub const IN_GRID: &str = "return [...document.querySelectorAll('[role=grid] [role=gridcell]')].some((it) => \
                       (it.getAttribute('aria-label') ?? it.innerText).toLowerCase().includes(arguments[0]))";

/// What waits for the portal's or its database's answer must not hold the window's driver up.
pub fn aside<T>(work: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(work)
}

/// Waits until something holds that is not on the screen.
pub async fn until<T>(what: &str, looks: impl Fn() -> Option<T>) -> T {
    within(PATIENCE, what, looks).await
}

/// The same with another patience.
pub async fn within<T>(patience: Duration, what: &str, looks: impl Fn() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = aside(&looks) {
            return found;
        }
        assert!(began.elapsed() < patience, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

pub async fn size(window: &Window, (width, height): (u32, u32)) {
    window.client.set_window_size(width, height).await.expect("a window has a size");
    window.until("the new size", "return innerWidth >= arguments[0] - 80", vec![json!(width)]).await;
}

/// Photographs a state in both sizes, and looks whether it fits and whether everybody can use it.
pub async fn look(window: &Window, name: &str) {
    for (width, height) in [(1366, 768), (1920, 1080)] {
        size(window, (width, height)).await;
        let wide = window.js("return document.documentElement.scrollWidth <= innerWidth", vec![]).await;
        assert_eq!(wide, json!(true), "{name} is wider than the window at {width}");
        // What is drawn follows what is so by a frame or two.
        let drawn = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), 120)))";
        window.client.execute_async(drawn, vec![]).await.expect("the page is drawn");
        window.shot(&format!("portal-{name}-{width}")).await.expect("the picture is kept");
    }
    size(window, (1366, 768)).await;
    window.accessible(name).await;
}

/// Puts other words in the place of what stands in the field with the focus.
pub async fn write(window: &Window, text: &str) {
    window.control('a').await;
    window.keys(text).await;
}

/// A portal and the practice as it knows it.
#[derive(Clone, Copy)]
pub struct Portal<'a> {
    pub server: &'a PortalServer,
    pub tenant: &'a Tenant,
}

impl<'a> Portal<'a> {
    pub fn of(server: &'a PortalServer, tenant: &'a Tenant) -> Self {
        Self { server, tenant }
    }

    /// The appointment of this name as the portal holds it.
    pub fn holds(&self, id: &str) -> Option<Value> {
        let name = format!("urn:uuid:{id}");
        self.server.appointments(self.tenant).into_iter().find(|one| one["identifier"][0]["value"] == name.as_str())
    }

    /// The name of the first schedule there.
    pub fn schedule(&self) -> String {
        let held = self.server.held(self.tenant);
        let schedule = held.iter().find(|line| line["kind"] == "schedule").expect("a schedule was told");
        let name = schedule["value"]["identifier"][0]["value"].as_str().expect("a name");
        name.trim_start_matches("urn:uuid:").to_owned()
    }

    /// The first day on which something is free there.
    pub fn first_free(&self) -> Option<NaiveDate> {
        let zone = "Europe/Paris".parse().expect("a zone");
        let starts = self.server.free_slots(self.tenant);
        let days = starts.iter().map(|slot| slot["start"].as_str().expect("a start"));
        days.map(|at| wall(at.parse::<DateTime<Utc>>().expect("an instant"), &zone).date()).min()
    }
}
