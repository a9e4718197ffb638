//! One door for hostile bytes: everything that this room does with a file, in one call, for the fuzz test and any
//! fuzzer. Whatever the bytes, it comes back with figures or a refusal, never with a panic.

use std::ops::ControlFlow;

use chrono::{Days, NaiveDate};
use domain::identifiers::phone::Region;

use super::{
    ImportError, Limits,
    agenda::{self, AgendaOptions},
    mapping::Mapping,
    patients::{PatientsFile, ReadOptions},
    plan::{self, Counts},
    report::{PatientLines, to_csv},
};

/// What the bytes are taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FuzzKind {
    /// A file of patients.
    Patients,
    /// A calendar.
    Agenda,
    /// A mapping file, used on a small file of patients.
    Mapping,
}

/// Takes the bytes all the way to the report; answers the figures and the report's bytes.
///
/// # Errors
/// Every refusal of the room.
pub fn fuzz_one(kind: FuzzKind, bytes: &[u8]) -> Result<(Counts, Vec<u8>), ImportError> {
    let today = NaiveDate::default() + Days::new(20_000);
    let limits = Limits { line_bytes: 100_000, rows: 20_000, file_bytes: 2_000_000 };
    match kind {
        FuzzKind::Patients => patients(bytes, &Mapping::default(), today, &limits),
        FuzzKind::Mapping => {
            let file = "Nom;Prénom;Né le;Tél\nA;B;25/01/1957;0612345678\n;;;\n";
            patients(file.as_bytes(), &Mapping::from_json(bytes)?, today, &limits)
        }
        FuzzKind::Agenda => {
            let options = AgendaOptions {
                today,
                region: Region::FR,
                zone: "Europe/Paris".parse().map_err(|_| ImportError::NotCalendar)?,
                default_minutes: 15,
                until: today + Days::new(400),
                type_names: vec!["Consultation".to_owned()],
            };
            let file = agenda::read(bytes, &options, &limits, &mut |_, _| ControlFlow::Continue(()))?;
            let plan = agenda::plan::plan::<usize>(file, &[], &|_| None, &[], &mut |_, _| ControlFlow::Continue(()))?;
            Ok((plan.counts(), to_csv(&plan.lines(), &str::to_owned)?))
        }
    }
}

fn patients(
    bytes: &[u8],
    mapping: &Mapping,
    today: NaiveDate,
    limits: &Limits,
) -> Result<(Counts, Vec<u8>), ImportError> {
    let file = PatientsFile::open(bytes, mapping, today, limits)?;
    let rows = file.read(&ReadOptions { today, region: Region::FR }, &mut |_, _| ControlFlow::Continue(()))?;
    let lines = PatientLines::of(&rows);
    let plan = plan::plan::<usize>(rows, &[], &mut |_, _| ControlFlow::Continue(()))?;
    let report = to_csv(&lines.lines(&plan), &str::to_owned)?;
    Ok((plan.counts(), report))
}
