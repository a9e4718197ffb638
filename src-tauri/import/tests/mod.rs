//! The room's tests: by stage, over the real take-over files, and with hostile bytes.

mod agenda;
mod agenda_plan;
mod headers;
mod patients;
mod plan;
mod real_files;
mod robust;
mod table;
mod text;

use std::ops::ControlFlow;
use std::path::PathBuf;

use chrono::NaiveDate;
use domain::identifiers::phone::Region;

use super::{
    Limits,
    mapping::Mapping,
    patients::{PatientsFile, ReadOptions, Row},
};

/// The day on which the tests take place.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn france() -> ReadOptions {
    ReadOptions { today: today(), region: Region::FR }
}

fn morocco() -> ReadOptions {
    ReadOptions { today: today(), region: Region::MA }
}

/// Never stops.
fn go(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn open(text: &str) -> PatientsFile {
    PatientsFile::open(text.as_bytes(), &Mapping::default(), today(), &Limits::default()).unwrap()
}

fn read(text: &str) -> Vec<Row> {
    open(text).read(&france(), &mut go).unwrap()
}

/// A file of the real data that stands beside the project, or none where it does not.
fn shared(path: &str) -> Option<Vec<u8>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("SEMAINIER_SHARED_DATA").map_or(beside, PathBuf::from);
    match std::fs::read(folder.join(path)) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            println!("skipped: the real data ({path}) is not beside the project");
            None
        }
    }
}
