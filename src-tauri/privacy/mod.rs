//! The data-protection office: plain values in, the files and papers that the law asks for out.
//!
//! Deliberately not here: the database, clocks and permissions (the commands gather what is told and say who may), rules and
//! deadlines (room `domain`), ciphers (room `vault`).

pub mod archive;
pub mod bundle;
pub mod dossier;
mod dossier_agenda;

mod dossier_rights;
pub mod information;
pub mod paper;
pub mod parcel;
pub mod person;
pub mod processor;
pub mod sheets;
mod sheets_agenda;
mod sheets_record;
mod sheets_rights;
pub mod words;
