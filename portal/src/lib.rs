//! The booking portal: a processor that acts for many practices on their documented instructions, and holds booking-only fields.
//!
//! `store` is the only SQL, and every question to it names its practice; `api` is what practices speak to (FHIR R4 and the few
//! things that FHIR has no word for); `pages` is what patients see; `messages` is what is told to them. What travels is
//! `fhir::booking`, whose types cannot hold more. Deliberately not here: anything of the app's store, any clinical word, TLS (a
//! reverse proxy ends it), and the sending of mail and text messages beyond the port for it.

// In a test a wrong value should fail right there.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod api;
pub mod changes;
pub mod clock;
pub mod config;
pub mod demonstration;
pub mod form;
pub mod guard;
pub mod logging;
pub mod memory;
pub mod messages;
pub mod metrics;
pub mod outside;
pub mod pages;
pub mod secret;
pub mod serve;
pub mod signing;
pub mod state;
pub mod store;
pub mod sub_processors;
