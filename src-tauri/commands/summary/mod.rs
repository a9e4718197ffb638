//! A patient on one page, for a colleague or the emergency service: what stands in the record today, whom to call, the last
//! consultations.
//!
//! Printed from the record as it is read now, never kept. Deliberately not here: how the page looks (`print::summary`), and
//! any judgement of what matters for whom: what stands is told, the gravest first.

mod sections;
pub mod wire;
mod words;

use chrono::NaiveDate;
use domain::id::PractitionerId;
use domain::identifiers::phone_shown::international;
use domain::prescription::sentence::Language as Letters;
use domain::role::Permission;
use serde_json::json;

use super::disclosure::{self, Handed};
use super::prescription::names;
use super::record::summary_wire::RecordSummaryView;
use super::record::{age_words, opening, read};
use super::wire::FileView;
use super::words::date_in_words;
use super::{CommandError, Desk, agenda, letterhead};
use crate::print::letterhead::{Patient as PaperPatient, Sex};
use crate::print::summary::Summary;
use crate::print::words::Language;
use crate::store;
use crate::store::patient::Patient;
use wire::PrintSummaryRequest;

/// Prints a patient's summary. It is a reading of the record, and journalled as one.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`, `unknown_word` for the language, `print_failed`.
pub async fn print_summary(desk: &Desk, request: PrintSummaryRequest) -> Result<FileView, CommandError> {
    let language = agenda::print::language(&request.language)?;
    let record = read(desk, request.patient_id, "print_summary").await?;
    let mut change = desk.change(Permission::ReadClinical, "print_summary").await?;
    let connection = change.connection();
    let patient = store::patient::patient(connection, record.patient_id).await?;
    let patient = patient.ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?;
    let contacts = store::contact::of_patient(connection, record.patient_id).await?;
    let whose = match desk.session().practitioner_id {
        Some(id) => id,
        None => first_practitioner(connection).await?,
    };
    let head = letterhead::head(desk, connection, whose, language).await?;
    let counts = json!({ "summary": true, "entries": record.entries.len(), "damaged": record.damaged.len() });
    opening(&mut change, record.patient_id, &counts).await?;
    let handed = Handed::a_paper("", &["identity", "summary"]);
    disclosure::note(desk, &mut change, &handed, &[record.patient_id]).await?;
    let now = desk.wall_now();
    let (hour, minute) = (now.time_of_day_minutes() / 60, now.time_of_day_minutes() % 60);
    let summary = Summary {
        head,
        patient: header(&patient, &record.summary, now.date(), language),
        sections: sections::of(&record, &contacts, &patient, language),
        printed_at: format!("{} {hour:02}:{minute:02}", date_in_words(now.date(), language)),
        language,
        created_at: desk.now(),
    };
    let pdf = summary.to_pdf()?;
    change.commit().await?;
    Ok(agenda::print::file(format!("{}-{}.pdf", words::file_name(language), patient.number), pdf))
}

async fn first_practitioner(connection: &mut store::Connection) -> Result<PractitionerId, CommandError> {
    let all = store::practice::practitioners(connection).await?;
    let one = all.iter().find(|one| one.active).ok_or_else(|| CommandError::new("practitioner_not_found"))?;
    Ok(one.id)
}

/// Who it is about, with weight and height as last measured.
fn header(patient: &Patient, standing: &RecordSummaryView, today: NaiveDate, language: Language) -> PaperPatient {
    let measured = |what: &str| {
        let one = standing.measures.iter().find(|one| one.what == what);
        let point = if language == Language::English { "." } else { "," };
        one.map(|one| format!("{} {}", one.value.replace('.', point), one.unit)).unwrap_or_default()
    };
    let letters = if language == Language::Arabic { Letters::Arabic } else { Letters::French };
    let (surname, first_name) = names(patient, letters);
    let phone = if patient.mobile.is_empty() { &patient.phone } else { &patient.mobile };
    PaperPatient {
        name: format!("{surname} {first_name}").trim().to_owned(),
        sex: match patient.sex.as_str() {
            "female" => Sex::Female,
            "male" => Sex::Male,
            _ => Sex::Unstated,
        },
        born_on: patient.born.map(|born| born.format("%d/%m/%Y").to_string()).unwrap_or_default(),
        age: patient.born.map(|born| age_words(born, today, language.tag())).unwrap_or_default(),
        weight: measured("weight"),
        height: measured("height"),
        more: vec![international(phone), patient.nir.clone()],
    }
}
