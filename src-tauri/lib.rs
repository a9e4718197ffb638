//! Semainier: the app's rooms. See ARCHITECTURE.md for what each may use.

pub mod backup;
pub mod caldav;
pub mod cli;
pub mod commands;
#[cfg(feature = "desktop")]
pub mod desktop;
pub mod export;
pub mod import;
pub mod journal;
pub mod net;
pub mod print;
pub mod privacy;
pub mod store;
pub mod sync;
pub mod vault;
