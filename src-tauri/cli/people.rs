//! Patients and the take-over.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Refusal;
use super::arguments::{Import, Patient};
use super::output::Output;
use super::setup::{known, practitioner_id};
use crate::commands::entrance::create::disk;
use crate::commands::patient::wire::{
    CreatePatientRequest, PatientFields, PatientRequest, PatientView, SearchPatientsRequest,
};
use crate::commands::takeover::wire::ImportedView;
use crate::commands::{Desk, patient as patients, takeover};
use domain::id::PatientId;
use domain::identifiers::phone;

/// `patient`.
pub async fn patient(desk: &Desk, command: Patient, output: &Output) -> Result<(), Refusal> {
    match command {
        Patient::Add { surname, first_name, born, phone, email, nir, cin } => {
            let mut fields = PatientFields { surname, first_name, born, email, nir, cin, ..Default::default() };
            // One number: where it belongs is what the numbering plan says.
            if phone::parse(&phone, desk.premises().region()).mobile {
                fields.mobile = phone;
            } else {
                fields.phone = phone;
            }
            let saved = patients::create_patient(desk, CreatePatientRequest { fields }).await?;
            output.view(&short(&saved.patient));
        }
        Patient::Search { text, limit } => {
            let request = SearchPatientsRequest { text: text.join(" "), limit };
            for found in patients::search_patients(desk, request).await?.matches {
                let patient = patients::show_patient(desk, PatientRequest { id: found.id }).await?;
                output.view(&short(&patient));
            }
        }
        Patient::Show { id } => {
            let id: PatientId = id.parse().map_err(|_| Refusal::field("patient_not_found", "id"))?;
            let patient = patients::show_patient(desk, PatientRequest { id }).await?;
            let mut all = serde_json::to_value(&patient).map_err(|_| Refusal::new("bad_request"))?;
            if let (Value::Object(all), Value::Object(short)) = (&mut all, short(&patient)) {
                // `phone` is the number to call, as everywhere on the command line; the second one keeps a name of its own.
                all.insert("other_phone".to_owned(), patient.fields.phone.clone().into());
                all.extend(short);
            }
            output.view(&all);
        }
    }
    Ok(())
}

fn short(patient: &PatientView) -> Value {
    let fields = &patient.fields;
    json!({
        "id": patient.id,
        "surname": fields.surname,
        "first_name": fields.first_name,
        "born": fields.born,
        "phone": if fields.mobile.is_empty() { &fields.phone } else { &fields.mobile },
    })
}

fn read(file: &Path) -> Result<Vec<u8>, Refusal> {
    fs::read(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Refusal::field("file_missing", "file"),
        _ => disk(&error),
    })
}

/// `import`.
pub async fn import(desk: &Desk, command: Import, output: &Output) -> Result<(), Refusal> {
    match command {
        Import::Patients { file, mapping, dry_run, report } => {
            let mapping = mapping.map(|mapping| read(&mapping)).transpose()?;
            let done = takeover::patients_from_bytes(desk, read(&file)?, mapping.as_deref(), dry_run).await?;
            finish(&done, report, output)
        }
        Import::Agenda { file, practitioner, dry_run, report } => {
            let practitioner = practitioner_id(&known(desk).await?, &practitioner)?;
            let done = takeover::agenda_from_bytes(desk, read(&file)?, practitioner, dry_run).await?;
            finish(&done, report, output)
        }
        Import::Drugs { folder, edition, download: _ } => super::drugs::import(desk, folder, edition, output).await,
        Import::Interactions { file, substances, edition } => {
            super::drugs::import_interactions(desk, &file, substances, edition, output).await
        }
        Import::Archive { file } => super::archive::import(desk, &file, output).await,
        Import::Results { path } => super::results::import(desk, &path, output).await,
    }
}

fn finish(done: &ImportedView, report: Option<PathBuf>, output: &Output) -> Result<(), Refusal> {
    if let Some(report) = report {
        fs::write(report, &done.report).map_err(|error| disk(&error))?;
    }
    output.view(&json!({
        "rows": done.rows,
        "created": done.created,
        "updated": done.updated,
        "merged": done.merged,
        "rejected": done.rejected,
        "warned": done.warned,
        "dry_run": done.dry_run,
    }));
    Ok(())
}
