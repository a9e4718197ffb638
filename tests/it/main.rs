//! Whole-app scenarios and the checks of the house: one binary, one file a subject.

mod backup;
mod backup_house;
mod backup_tampering;
mod backup_unattended;
mod booking;
mod entrance;
mod house;
mod people;
mod typescript;
mod walls;
