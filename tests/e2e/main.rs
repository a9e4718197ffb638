//! The real window: the built program in WebKitGTK, driven as a person would, by what is written on the screen.
//!
//! Needs `ui/dist` (`make ui`), WebKitWebDriver and a display; without one the harness opens a virtual one.

mod first_start;
mod house;
mod languages;
mod office;
mod page;
mod papers;
mod portal;
mod portal_pictures;
mod portal_scene;
#[allow(dead_code, unused_imports, reason = "shared with the scenarios without a window, which use more of it")]
#[path = "../it/portal_server.rs"]
mod portal_server;
mod practices;
mod preview;
mod record;
mod strokes;
mod wall;
mod window;
