//! Prescriptions from a terminal: the same rules, the same signature.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::id::{EntryId, PatientId};
use serde_json::json;

use super::Refusal;
use super::out::save;
use super::output::Output;
use super::words_prescription;
use crate::commands::prescription::wire::{
    ActFields, CheckedPrescriptionView, DraftLineRequest, LineFields, PaperRequest, PrescriptionDraft,
    PrescriptionFindingView, RenewPrescriptionRequest, SignedPaperView, StartPrescriptionRequest,
};
use crate::commands::{Desk, prescription};

/// `prescription`.
#[derive(Subcommand)]
pub enum Prescription {
    /// Signed prescriptions, certificates and letters of a patient, the newest first.
    List {
        /// The patient's identifier.
        patient: String,
    },
    /// One of them.
    Show {
        /// Its identifier.
        id: String,
    },
    /// Everything that is to be said of lines before they are signed.
    Check(Draft),
    /// Sign.
    Sign(Draft),
    /// The last prescription of drugs as lines to sign again, checked.
    Renew {
        /// The patient's identifier.
        patient: String,
    },
    /// Write the signed original to a file; "duplicata" from the second time on.
    Print {
        /// Its identifier.
        id: String,
        /// The PDF.
        #[arg(long)]
        out: PathBuf,
    },
}

/// What is prescribed.
#[derive(Args)]
pub struct Draft {
    /// The patient's identifier.
    pub patient: String,
    /// A line: `doliprane 1000: 1 matin et 1 soir pendant 7 jours`; repeated.
    #[arg(long)]
    pub line: Vec<String>,
    /// An act, for another kind than drugs; repeated.
    #[arg(long)]
    pub act: Vec<String>,
    /// `drugs`, `physiotherapy`, `nursing`, `laboratory`, `imaging`.
    #[arg(long, default_value = "drugs")]
    pub kind: String,
    /// `fr` or `ar`.
    #[arg(long, default_value = "fr")]
    pub language: String,
    /// `a4` or `a5`; without it the practice's usual one.
    #[arg(long, default_value = "")]
    pub sheet: String,
    /// Onto the secure form.
    #[arg(long)]
    pub secure_form: bool,
    /// In INN, without brands.
    #[arg(long)]
    pub inn: bool,
    /// For the long-term condition: the upper zone.
    #[arg(long)]
    pub ald: bool,
    /// Why a contre-indication is overridden; kept with every line.
    #[arg(long, default_value = "")]
    pub reason: String,
}

fn patient(text: &str) -> Result<PatientId, Refusal> {
    text.parse().map_err(|_| Refusal::field("patient_not_found", "patient"))
}

fn entry(text: &str) -> Result<EntryId, Refusal> {
    text.parse().map_err(|_| Refusal::field("entry_not_found", "id"))
}

fn paper(paper: &SignedPaperView) -> serde_json::Value {
    json!({ "id": paper.id, "number": paper.number, "on": paper.on, "kind": paper.kind, "title": paper.title,
            "lines": paper.lines, "signer": paper.signer, "prints": paper.prints, "struck": paper.struck })
}

/// The lines as the program reads them.
async fn draft(desk: &Desk, asked: Draft, output: &Output) -> Result<PrescriptionDraft, Refusal> {
    let mut lines: Vec<LineFields> = Vec::with_capacity(asked.line.len());
    for (at, text) in asked.line.into_iter().enumerate() {
        let number = at + 1;
        let request = DraftLineRequest { text, cis: String::new(), inn: asked.inn, language: asked.language.clone() };
        let drafted = prescription::draft_line(desk, request).await?;
        if let Some(misread) = drafted.misread {
            return Err(Refusal::field("bad_posology", "line")
                .with("line", number)
                .with("from", misread.from + 1)
                .with("to", misread.to));
        }
        let line = drafted.line.ok_or_else(|| Refusal::field("bad_posology", "line").with("line", number))?;
        // Which drug was taken for the text must be seen before anything is signed.
        let name = [&line.substance, &line.brand, &line.strength, &line.form, &line.cis];
        let name = name.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
        output.remark(&format!("{number}. {name}: {}", line.posology));
        lines.push(LineFields { ald: asked.ald, override_reason: asked.reason.clone(), ..line });
    }
    Ok(PrescriptionDraft {
        patient_id: patient(&asked.patient)?,
        kind: asked.kind,
        language: asked.language,
        sheet: asked.sheet,
        secure_form: asked.secure_form,
        lines,
        acts: asked.act.into_iter().map(|text| ActFields { text, ald: asked.ald, ..ActFields::default() }).collect(),
    })
}

/// A finding with its sentence.
fn finding(one: &PrescriptionFindingView) -> serde_json::Value {
    let mut value = json!(one);
    value["text"] = words_prescription::finding(one).into();
    value["line"] = one.line.map(|line| line + 1).into();
    value
}

fn findings(checked: &CheckedPrescriptionView, output: &Output) {
    for one in &checked.findings {
        output.view(&finding(one));
    }
}

/// `prescription`.
pub async fn prescription(desk: &Desk, command: Prescription, output: &Output) -> Result<(), Refusal> {
    match command {
        Prescription::List { patient: id } => {
            let request = StartPrescriptionRequest { patient_id: patient(&id)? };
            for one in prescription::list_prescriptions(desk, request).await?.papers {
                output.view(&paper(&one));
            }
        }
        Prescription::Show { id } => {
            output.view(&prescription::show_prescription(desk, PaperRequest { id: entry(&id)? }).await?);
        }
        Prescription::Check(asked) => {
            let request = draft(desk, asked, output).await?;
            let checked = prescription::check_prescription(desk, request).await?;
            findings(&checked, output);
            output.view(&json!({ "signable": checked.signable, "secure_form": checked.secure_form,
                                 "drugs_edition": checked.drugs_edition, "edition": checked.edition }));
        }
        Prescription::Sign(asked) => {
            let request = draft(desk, asked, output).await?;
            let checked = prescription::check_prescription(desk, request.clone()).await?;
            for one in &checked.findings {
                output.remark(&words_prescription::finding(one));
            }
            let signed = prescription::sign_prescription(desk, request).await?;
            let mut value = paper(&signed.paper);
            value["document"] = signed.document.into();
            value["digest"] = signed.digest.into();
            output.view(&value);
        }
        Prescription::Renew { patient: id } => {
            let request = RenewPrescriptionRequest { patient_id: patient(&id)?, id: None };
            let renewed = prescription::renew_prescription(desk, request).await?;
            findings(&renewed.checked, output);
            output.view(&json!({ "renewed": paper(&renewed.renewed), "draft": renewed.draft,
                                 "signable": renewed.checked.signable }));
        }
        Prescription::Print { id, out } => {
            let file = prescription::print_prescription(desk, PaperRequest { id: entry(&id)? }).await?;
            save(&file, &out, output)?;
        }
    }
    Ok(())
}
