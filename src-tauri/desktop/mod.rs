//! The window: Tauri around the same list of commands that the command line has.
//!
//! * [`adapters`] makes one Tauri command of each command of the list; the capability `main` allows exactly these.
//! * [`arrival`] gives the page its first answer as it begins.
//! * [`relay`] passes what happens at the desk on to the window, and what other programs did to the vault.
//! * [`backups`] asks for the automatic backup while somebody is signed in.
//! * [`messages`] sends the messages to patients that are due, where no portal does.
//! * [`publishing`] publishes the agendas that are due while somebody is signed in.
//! * [`wall`] is the second window, for the waiting room's wall: its capability allows one command to read.
//! * [`files`] is what only a window can do: ask which file or folder is meant. It stands outside the list because a terminal has no
//!   use for it.
//!
//! Not here: rules, permissions, SQL; anything that a command does. The page itself is in `ui`.

mod adapters;
mod arrival;
mod backups;
mod files;
mod filing;
mod messages;
mod publishing;
mod relay;
mod sync;
mod wall;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tauri::webview::Color;
use tauri::{Manager as _, RunEvent, WebviewUrl, WebviewWindowBuilder};

use crate::commands::entrance::here;
use crate::commands::practices::{self, known};
use crate::commands::wire::NothingRequest;
use crate::commands::{Doorstep, Landing};

/// What adapters find in Tauri's managed state.
type Door = Arc<Landing>;

/// Exit code where no window can be opened.
const NO_WINDOW: u8 = 2;
/// How long the end of a session may take when the window closes: an anchor and a checkpoint take milliseconds, a
/// keyring that asks its user something may take forever.
const PATIENCE: Duration = Duration::from_secs(8);

/// Opens the window and returns when it is closed.
#[must_use]
pub fn run() -> ExitCode {
    if crate::vault::harden_process().is_err() {
        eprintln!("semainier: the operating system would not forbid core dumps; going on without");
    }
    draw_plainly();
    if let Err(sentence) = display() {
        eprintln!("semainier: {sentence}");
        return ExitCode::from(NO_WINDOW);
    }
    let own = Doorstep::new(here::surroundings(None));
    let door: Door = Arc::new(Landing::new(own, known::standard_list()));
    let arriving = arrival::begin(&door);
    let app = tauri::Builder::default()
        .manage(Arc::clone(&door))
        .invoke_handler(adapters::handler())
        .setup(|app| {
            window(app, &arrival::script(arriving))?;
            wall::prepare(app);
            tauri::async_runtime::spawn(relay::relay(app.handle().clone(), Arc::clone(&app.state::<Door>())));
            tauri::async_runtime::spawn(backups::watch(Arc::clone(&app.state::<Door>())));
            tauri::async_runtime::spawn(publishing::watch(Arc::clone(&app.state::<Door>())));
            tauri::async_runtime::spawn(messages::watch(Arc::clone(&app.state::<Door>())));
            tauri::async_runtime::spawn(sync::watch(Arc::clone(&app.state::<Door>())));
            tauri::async_runtime::spawn(filing::watch(Arc::clone(&app.state::<Door>())));
            Ok(())
        })
        .build(tauri::generate_context!());
    let app = match app {
        Ok(app) => app,
        Err(error) => {
            eprintln!("semainier: the window could not be opened: {error}");
            return ExitCode::from(NO_WINDOW);
        }
    };
    let code = app.run_return(move |_, event| {
        if let RunEvent::Exit = event {
            leave(&door);
        }
    });
    u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// The one window. Made here, not in the configuration, so that a driver of tests can attach to it.
fn window(app: &tauri::App, arrival: &str) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Semainier")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 640.0)
        // The paper of the page, so that nothing flashes before the page is there.
        .background_color(Color(0xf6, 0xf5, 0xf2, 0xff))
        // Take-over files are dropped on the page itself.
        .disable_drag_drop_handler()
        .initialization_script(arrival)
        .on_navigation(stays)
        .build()?;
    Ok(())
}

/// A page goes nowhere else, whatever it is asked.
fn stays(url: &tauri::Url) -> bool {
    matches!(url.scheme(), "tauri" | "about" | "blob") || url.host_str() == Some("tauri.localhost") || cfg!(dev)
}

/// Ends every session, so that each journal is anchored and each database closed.
fn leave(door: &Landing) {
    tauri::async_runtime::block_on(async {
        // Cut short, the vault is as after a loss of power: complete, its log beside it.
        let _ = tokio::time::timeout(PATIENCE, practices::lock(door, NothingRequest {})).await;
    });
}

/// Asks WebKitGTK to draw the page without the graphics hardware: text and flat blocks gain nothing by it, while its
/// surfaces cost more memory than everything else in the window together, and drivers that fail leave windows blank.
/// Said before the web view begins, because a window whose drawing is changed later can hang; whoever set the variable
/// is believed instead.
#[cfg(target_os = "linux")]
fn draw_plainly() {
    // Nothing else runs yet. Where it cannot be said, the page is drawn as the web view would.
    let _ = gtk::glib::setenv("WEBKIT_DISABLE_COMPOSITING_MODE", "1", false);
}

/// The operating system's own web view draws as it likes.
#[cfg(not(target_os = "linux"))]
fn draw_plainly() {}

/// Whether there is a display to open a window on.
#[cfg(target_os = "linux")]
fn display() -> Result<(), &'static str> {
    let named = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|display| !display.is_empty()));
    if !named {
        return Err("there is no display to open a window on; use the command line (semainier --help)");
    }
    gtk::init().map_err(|_| "the display does not answer; use the command line (semainier --help)")
}

/// Whether there is a display to open a window on.
#[cfg(not(target_os = "linux"))]
fn display() -> Result<(), &'static str> {
    Ok(())
}
