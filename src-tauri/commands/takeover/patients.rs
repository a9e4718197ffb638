//! Patients from separated values.

use std::ops::ControlFlow;

use domain::id::PatientId;
use domain::patient::sex::Sex;
use domain::role::Permission;

use super::wire::{
    FileColumnView, ImportPatientsRequest, ImportedView, PatientsFileView, PreviewPatientsFileRequest, RowView,
};
use super::words::report;
use super::{TakeoverDesk, bytes_of};
use crate::commands::desk::Change;
use crate::commands::patient::save::add;
use crate::commands::{CommandError, Desk};
use crate::import::draft::PatientDraft;
use crate::import::mapping::{Mapping, PatientField};
use crate::import::patients::{PatientsFile, ReadOptions};
use crate::import::people::KnownPatient;
use crate::import::plan::{Plan, plan};
use crate::import::report::{PatientLines, ReportLine};
use crate::import::{ImportError, Limits};
use crate::journal::ChangeRecord;
use crate::store::patient::Patient;
use crate::store::{self, Connection};

/// Rows shown at once; all are in the report.
const NOTABLE: usize = 200;

/// Looks at a file: encoding, separator, columns with their guesses. The file is kept for the import of this session.
///
/// # Errors
/// What makes the whole file unreadable, by code; `permission_denied`.
pub async fn preview_patients_file(
    desk: &Desk,
    request: PreviewPatientsFileRequest,
) -> Result<PatientsFileView, CommandError> {
    desk.require(Permission::ImportData, "preview_patients_file").await?;
    let bytes = bytes_of(&request.base64)?;
    let today = desk.wall_now().date();
    let file =
        tokio::task::block_in_place(|| PatientsFile::open(&bytes, &Mapping::default(), today, &Limits::default()))?;
    let handle = desk.make_id().to_string();
    let view = PatientsFileView {
        file: handle.clone(),
        encoding: file.encoding().to_string(),
        separator: file.separator().to_string(),
        rows: i64::try_from(file.rows()).unwrap_or(i64::MAX),
        columns: file
            .columns()
            .iter()
            .map(|column| FileColumnView {
                header: column.header.clone(),
                field: column.field.as_str().to_owned(),
                samples: column.samples.clone(),
            })
            .collect(),
        fields: PatientField::ALL.iter().map(|field| field.as_str().to_owned()).collect(),
    };
    desk.takeover.keep(&handle, bytes);
    Ok(view)
}

/// Imports the file that was looked at, with the columns as the user corrected them.
///
/// # Errors
/// As the preview; `unknown_word` for a field, `import_running`, `cancelled`, `permission_denied`.
pub async fn import_patients(desk: &Desk, request: ImportPatientsRequest) -> Result<ImportedView, CommandError> {
    let bytes = desk.takeover.kept(&request.file)?;
    let fields = request
        .mapping
        .iter()
        .map(|word| PatientField::of_word(word).ok_or_else(|| CommandError::field("unknown_word", "mapping")))
        .collect::<Result<Vec<_>, _>>()?;
    let today = desk.wall_now().date();
    let mut file =
        tokio::task::block_in_place(|| PatientsFile::open(&bytes, &Mapping::default(), today, &Limits::default()))?;
    file.correct(&fields)?;
    run(desk, &file, request.dry_run).await
}

/// Imports a file's bytes, with a mapping file or by the guesses alone.
///
/// # Errors
/// As [`import_patients`].
pub async fn patients_from_bytes(
    desk: &Desk,
    bytes: Vec<u8>,
    mapping: Option<&[u8]>,
    dry_run: bool,
) -> Result<ImportedView, CommandError> {
    desk.require(Permission::ImportData, "import_patients").await?;
    let mapping = mapping.map(Mapping::from_json).transpose()?.unwrap_or_default();
    let today = desk.wall_now().date();
    let file = tokio::task::block_in_place(|| PatientsFile::open(&bytes, &mapping, today, &Limits::default()))?;
    run(desk, &file, dry_run).await
}

async fn run(desk: &Desk, file: &PatientsFile, dry_run: bool) -> Result<ImportedView, CommandError> {
    let running = desk.takeover.begin()?;
    // The plan and what it is applied to must be the same moment: it is made inside the transaction.
    let mut change = desk.change(Permission::ImportData, "import_patients").await?;
    let known = known(change.connection()).await?;
    let options = ReadOptions { today: desk.wall_now().date(), region: desk.premises().region() };
    let (plan, lines) = tokio::task::block_in_place(|| -> Result<_, ImportError> {
        let mut progress = |done: usize, total: usize| desk.takeover.step(done, total * 3);
        let rows = file.read(&options, &mut progress)?;
        let lines = PatientLines::of(&rows);
        let mut progress = |done: usize, total: usize| desk.takeover.step(total + done, total * 3);
        let plan = plan(rows, &known, &mut progress)?;
        let lines = lines.lines(&plan);
        Ok((plan, lines))
    })?;
    if !dry_run {
        apply(desk, &mut change, &plan, &desk.takeover).await?;
        change.commit().await?;
    }
    drop(running);
    view(desk, &plan, &lines, dry_run).await
}

async fn apply(
    desk: &Desk,
    change: &mut Change<'_>,
    plan: &Plan<PatientId>,
    progress: &TakeoverDesk,
) -> Result<(), CommandError> {
    let at = change.at().to_owned();
    let total = plan.creates.len() + plan.updates.len();
    let step = |done: usize| match progress.step(total * 2 + done, total * 3) {
        ControlFlow::Break(()) => Err(CommandError::new("cancelled")),
        ControlFlow::Continue(()) => Ok(()),
    };
    for (done, (_, draft)) in plan.creates.iter().enumerate() {
        step(done)?;
        let row = row(draft, None, PatientId::new(desk.make_id()), &desk.make_id().to_string(), &at);
        add(desk, change, row).await?;
    }
    for (done, update) in plan.updates.iter().enumerate() {
        step(plan.creates.len() + done)?;
        let before = store::patient::patient(change.connection(), update.id)
            .await?
            .ok_or_else(|| CommandError::new("changed_meanwhile"))?;
        let mut after = row(&update.after, Some(&before), before.id, &before.erasure_id, &before.created_at);
        store::patient::update(change.connection(), &after).await?;
        after.revision += 1;
        let id = after.id.to_string();
        let record = ChangeRecord::updated("patient", &before, &after);
        change.record("patients", &id, Some(&id), &record).await?;
    }
    Ok(())
}

/// Everybody in the practice, as the plan compares them.
pub(super) async fn known(connection: &mut Connection) -> Result<Vec<KnownPatient<PatientId>>, CommandError> {
    let mut known: Vec<KnownPatient<PatientId>> = Vec::new();
    let mut merged: Vec<(PatientId, String)> = Vec::new();
    let mut after = 0;
    loop {
        let page = store::patient::page(connection, after, 5_000).await?;
        let Some(last) = page.last() else { break };
        after = last.number;
        for patient in page {
            match (patient.merged_into, patient.external_id.clone()) {
                (None, _) => {
                    known.push(KnownPatient { id: patient.id, fields: draft(patient), also_known_as: Vec::new() })
                }
                (Some(into), Some(external)) => merged.push((into, external)),
                (Some(_), None) => {}
            }
        }
    }
    for (into, external) in merged {
        if let Some(patient) = known.iter_mut().find(|patient| patient.id == into) {
            patient.also_known_as.push(external);
        }
    }
    Ok(known)
}

fn draft(p: Patient) -> PatientDraft {
    PatientDraft {
        surname: p.surname,
        birth_name: p.birth_name,
        first_name: p.first_name,
        surname_arabic: p.surname_arabic,
        first_name_arabic: p.first_name_arabic,
        sex: p.sex.parse().unwrap_or(Sex::Unknown),
        born: p.born,
        birth_place: p.birth_place,
        nir: p.nir,
        cin: p.cin,
        mobile: p.mobile,
        phone: p.phone,
        email: p.email,
        address: p.address,
        postcode: p.postcode,
        city: p.city,
        insurer: p.insurer,
        treating_doctor: p.treating_doctor,
        remarks: p.remarks,
        language: p.language,
        external_id: p.external_id.unwrap_or_default(),
        kept: Vec::new(),
    }
}

/// A draft as a row; `before` keeps what a take-over does not touch.
pub(super) fn row(
    draft: &PatientDraft,
    before: Option<&Patient>,
    id: PatientId,
    erasure_id: &str,
    created_at: &str,
) -> Patient {
    let language = match draft.language.as_str() {
        known @ ("fr" | "ar" | "en") => known.to_owned(),
        _ => String::new(),
    };
    Patient {
        number: before.map_or(0, |before| before.number),
        id,
        surname: draft.surname.clone(),
        birth_name: draft.birth_name.clone(),
        first_name: draft.first_name.clone(),
        surname_arabic: draft.surname_arabic.clone(),
        first_name_arabic: draft.first_name_arabic.clone(),
        sex: draft.sex.as_str().to_owned(),
        born: draft.born,
        birth_place: draft.birth_place.clone(),
        nir: draft.nir.clone(),
        ins_status: before.map_or_else(|| "none".to_owned(), |before| before.ins_status.clone()),
        cin: draft.cin.clone(),
        mobile: draft.mobile.clone(),
        phone: draft.phone.clone(),
        email: draft.email.clone(),
        address: draft.address.clone(),
        postcode: draft.postcode.clone(),
        city: draft.city.clone(),
        language,
        insurer: draft.insurer.clone(),
        treating_doctor: draft.treating_doctor.clone(),
        remarks: draft.remarks_with_kept(&|field| field.as_str().to_owned()),
        deceased_on: before.and_then(|before| before.deceased_on),
        external_id: Some(draft.external_id.clone()).filter(|external| !external.is_empty()),
        erasure_id: erasure_id.to_owned(),
        merged_into: before.and_then(|before| before.merged_into),
        revision: before.map_or(1, |before| before.revision),
        created_at: created_at.to_owned(),
    }
}

async fn view(
    desk: &Desk,
    plan: &Plan<PatientId>,
    lines: &[ReportLine],
    dry_run: bool,
) -> Result<ImportedView, CommandError> {
    let counts = plan.counts();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Ok(ImportedView {
        rows: count(counts.rows),
        created: count(counts.created),
        updated: count(counts.updated),
        merged: count(counts.merged),
        rejected: count(counts.rejected),
        warned: count(counts.warned),
        dry_run,
        notable: notable(lines),
        report: report(desk, lines).await?,
    })
}

/// The rows that a person should look at.
pub(super) fn notable(lines: &[ReportLine]) -> Vec<RowView> {
    lines
        .iter()
        .filter(|line| line.outcome == "rejected" || !line.warnings.is_empty())
        .take(NOTABLE)
        .map(|line| RowView {
            line: i64::try_from(line.line).unwrap_or(0),
            outcome: line.outcome.to_owned(),
            reasons: line
                .reason
                .iter()
                .map(|(code, _)| (*code).to_owned())
                .chain(line.warnings.iter().map(|warning| warning.notice.as_str().to_owned()))
                .collect(),
        })
        .collect()
}
