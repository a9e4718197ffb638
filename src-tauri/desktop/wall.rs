//! The wall display: a second window for the waiting room. Its own capability lets it read booking codes and close itself,
//! nothing else, so that whoever stands before it gets no further. Where the practice chose so, closing it locks the main
//! window as well: what lies behind a display in a room full of people asks for the password.
//!
//! Where several practices are open it shows the one that it was opened for, and goes on showing that one.
//!
//! Not here: what stands on it (`commands::queue::wall`), what it looks like (the page, by its address `#wall`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Deserialize;
use tauri::webview::Color;
use tauri::{AppHandle, Emitter as _, Manager as _, State, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use super::Door;
use crate::commands::desk::Event;
use crate::commands::practices;
use crate::commands::wire::NothingRequest;
use crate::commands::{CommandError, queue};

/// The window's label.
const LABEL: &str = "wall";

/// Whether closing the display locks.
#[derive(Default)]
struct Locks(AtomicBool);

/// Open the display.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenWallDisplayRequest {}

/// Keeps what the windows share.
pub fn prepare(app: &tauri::App) {
    app.manage(Locks::default());
}

/// Opens the display over a whole screen: a second one where there is one. Where it is open already it comes to the front.
///
/// # Errors
/// `locked`, `practice_closed`, `permission_denied`; `no_window` where none could be opened.
#[tauri::command]
pub async fn open_wall_display(
    app: AppHandle,
    door: State<'_, Door>,
    request: OpenWallDisplayRequest,
    practice: Option<String>,
) -> Result<(), CommandError> {
    let OpenWallDisplayRequest {} = request;
    let desk = door.desk(practice.as_deref())?;
    let locks = queue::show_waiting_room(&desk, NothingRequest {}).await?.settings.wall_locks;
    app.state::<Locks>().0.store(locks, Ordering::SeqCst);
    let no_window = |_| CommandError::new("no_window");
    let shown = format!("vault={}", desk.vault());
    if let Some(window) = app.get_webview_window(LABEL) {
        let mut page = window.url().map_err(no_window)?;
        if page.query() != Some(&shown) {
            page.set_query(Some(&shown));
            window.navigate(page).map_err(no_window)?;
        }
        return window.set_focus().map_err(no_window);
    }
    let page = WebviewUrl::App(format!("index.html?{shown}#wall").into());
    let mut builder = WebviewWindowBuilder::new(&app, LABEL, page)
        .title("Semainier")
        .inner_size(1280.0, 800.0)
        .background_color(Color(0x15, 0x18, 0x1b, 0xff))
        .on_navigation(super::stays);
    let here = app.get_webview_window("main").and_then(|main| main.current_monitor().ok().flatten());
    let screens = app.available_monitors().unwrap_or_default();
    let second = screens.iter().find(|one| here.as_ref().is_none_or(|here| here.position() != one.position()));
    if let Some(screen) = second {
        let at = screen.position().to_logical::<f64>(screen.scale_factor());
        builder = builder.position(at.x, at.y);
    }
    let window = builder.fullscreen(true).build().map_err(no_window)?;
    let (handle, door) = (app.clone(), Arc::clone(&door));
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Destroyed) && handle.state::<Locks>().0.load(Ordering::SeqCst) {
            let (handle, door) = (handle.clone(), Arc::clone(&door));
            tauri::async_runtime::spawn(async move { lock(&handle, &door).await });
        }
    });
    Ok(())
}

/// Ends every session, and tells the main window, which forgets what it shows.
async fn lock(app: &AppHandle, door: &Door) {
    // The page first: whatever the end of the session costs, nothing stays readable meanwhile.
    let _ = app.emit("changed", Event { topic: "locked".to_owned(), ids: Vec::new() });
    let _ = practices::lock(door, NothingRequest {}).await;
}

/// Closes the display.
///
/// # Errors
/// `no_window` where the window does not close.
#[tauri::command]
pub async fn close_wall_display(app: AppHandle, request: OpenWallDisplayRequest) -> Result<(), CommandError> {
    let OpenWallDisplayRequest {} = request;
    match app.get_webview_window(LABEL) {
        Some(window) => window.close().map_err(|_| CommandError::new("no_window")),
        None => Ok(()),
    }
}
