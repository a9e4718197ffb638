//! The sample on which a head is judged: a prescription for nobody.

use crate::commands::words::date_in_words;
use crate::commands::{CommandError, Desk};
use crate::print::PrintError;
use crate::print::letterhead::Patient;
use crate::print::page::Pdf;
use crate::print::prescription::{Content, Kind, Line, Prescription};
use crate::print::words::Language;

use super::Sources;

/// A prescription of one line under that head.
pub(super) fn paper(desk: &Desk, sources: &Sources, language: Language) -> Result<Pdf, CommandError> {
    let (inn, form, posology, patient) = match language {
        Language::French => ("PARACÉTAMOL", "comprimé", "1 comprimé matin et soir pendant 5 jours", "NOM Prénom"),
        Language::Arabic => ("PARACÉTAMOL", "قرص", "قرص واحد صباحا ومساء لمدة 5 أيام", "الاسم العائلي والشخصي"),
        Language::English => ("PARACETAMOL", "tablet", "1 tablet morning and evening for 5 days", "SURNAME First name"),
    };
    let line = Line {
        inn: inn.to_owned(),
        dosage: "500 mg".to_owned(),
        form: form.to_owned(),
        posology: posology.to_owned(),
        ..Line::default()
    };
    let prescription = Prescription {
        head: sources.head(language)?,
        patient: Patient { name: patient.to_owned(), ..Patient::default() },
        kind: Kind::Medicines,
        place: sources.site.city.clone(),
        date: date_in_words(desk.wall_now().date(), language),
        content: Content::Plain(vec![line]),
        note: String::new(),
        signature: None,
        stamp: true,
        strike_rest: false,
        duplicate: false,
        sheet: sources.sheet(),
        language,
        created_at: desk.now(),
    };
    prescription.to_pdf().map_err(|error| match error {
        PrintError::PageTooSmall => CommandError::field("head_too_tall", "practice"),
        other => other.into(),
    })
}
