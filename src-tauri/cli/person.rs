//! One person's data from a terminal: their export, and what left about them.

use std::path::PathBuf;

use clap::Args;
use domain::id::PatientId;

use super::Refusal;
use super::output::Output;
use super::session::first_line;
use crate::commands::disclosure::wire::{DisclosuresRequest, PrintDisclosuresRequest};
use crate::commands::portability::wire::ExportPersonRequest;
use crate::commands::{Desk, disclosure, portability};

/// `person export`.
#[derive(Args)]
pub struct PersonExport {
    /// Identifier of the patient.
    #[arg(long)]
    pub patient: String,
    /// The file; replaced whole.
    #[arg(long)]
    pub out: PathBuf,
    /// A file whose first line is the passphrase that the person chose: the export is encrypted for it (age).
    #[arg(long)]
    pub passphrase_file: Option<PathBuf>,
    /// fr, ar or en; the person's own without it.
    #[arg(long, default_value = "")]
    pub language: String,
}

/// `disclosures`.
#[derive(Args)]
pub struct Disclosures {
    /// Identifier of the patient.
    #[arg(long)]
    pub patient: String,
    /// Write both lists to this PDF instead.
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// fr, ar or en, of the PDF.
    #[arg(long, default_value = "fr")]
    pub language: String,
}

fn patient_id(text: &str) -> Result<PatientId, Refusal> {
    text.parse().map_err(|_| Refusal::field("patient_not_found", "patient"))
}

/// `person export`.
pub async fn export(desk: &Desk, asked: PersonExport, output: &Output) -> Result<(), Refusal> {
    let passphrase = match &asked.passphrase_file {
        Some(file) => first_line(file).ok_or_else(|| Refusal::field("file_missing", "passphrase_file"))?,
        None => String::new(),
    };
    let path = asked.out.to_str().ok_or_else(|| Refusal::field("bad_name", "out"))?;
    let request = ExportPersonRequest {
        patient_id: patient_id(&asked.patient)?,
        language: asked.language.clone(),
        path: path.to_owned(),
        passphrase,
    };
    output.view(&portability::export_person(desk, request).await?);
    Ok(())
}

/// `disclosures`: a line each, what left before who opened.
pub async fn disclosures(desk: &Desk, asked: Disclosures, output: &Output) -> Result<(), Refusal> {
    let patient_id = patient_id(&asked.patient)?;
    if let Some(file) = asked.out {
        let request = PrintDisclosuresRequest { patient_id, language: asked.language };
        return super::out::save(&disclosure::print_disclosures(desk, request).await?, &file, output);
    }
    let view = disclosure::show_disclosures(desk, DisclosuresRequest { patient_id }).await?;
    for one in &view.disclosures {
        output.view(&serde_json::json!({ "what": "disclosure", "entry": one }));
    }
    for one in &view.openings {
        output.view(&serde_json::json!({ "what": "opening", "entry": one }));
    }
    Ok(())
}
