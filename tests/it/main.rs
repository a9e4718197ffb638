//! Whole-app scenarios and the checks of the house: one binary, one file a subject.

#![allow(clippy::unwrap_used)]

mod backup;
mod backup_harm;
mod backup_house;
mod backup_restore;
mod backup_tampering;
mod backup_unattended;
mod booking;
mod cli;
mod crash;
mod disk;
mod entrance;
mod fuzz;
mod house;
mod people;
mod practices;
mod takeover;
mod typescript;
mod walls;
