//! The portal as a whole: a real PostgreSQL, the real server on a port of its own, clients that speak HTTP to it.
//!
//! Where PostgreSQL cannot be there (`scripts/portal.sh started` fails), each test says that it is skipped; with
//! `SEMAINIER_POSTGRES=required` it fails instead.

#![allow(clippy::unwrap_used, reason = "in a test a wrong value should fail right there")]

mod booking;
mod browser;
mod chromium;
mod contract;
mod faults;
mod fhir_api;
mod gateway;
mod hostile;
mod house;
mod messages;
mod pages;
mod program;
mod remembered;
mod rights;
mod second_way;
mod slots;
#[path = "../../tests/smtp/server.rs"]
mod smtp;
mod tenants;
