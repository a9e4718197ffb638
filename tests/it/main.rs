//! Whole-app scenarios and the checks of the house: one binary, one file a subject.

#![allow(clippy::unwrap_used)]

mod backup;
mod backup_harm;
mod backup_house;
mod backup_restore;
mod backup_tampering;
mod backup_unattended;
mod booking;
mod calls;
mod cli;
mod cli_agenda;
mod crash;
mod disk;
mod drugs;
mod entrance;
mod exports;
mod fuzz;
mod guided_restore;
mod house;
mod letterhead;
mod old_keys;
mod overview;
mod people;
mod planning;
mod practices;
mod publishing;
mod queue;
mod radicale;
mod record;
mod relatives;
mod results;
mod results_documents;
mod results_folder;
mod sequences;
mod series;
mod statistics;
mod takeover;
mod thesaurus;
mod typed_box;
mod types;
mod typescript;
mod walls;
