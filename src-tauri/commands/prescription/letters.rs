//! Certificates and letters: templates with fields, filled from the record, signed and archived as prescriptions are.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::id::LetterTemplateId;
use domain::patient::names::normalise;
use domain::prescription::fields::{Filled, fill};
use domain::prescription::sentence::Language;
use domain::role::Permission;

use super::kept_wire::{FilledLetterView, LetterDraft, LetterTemplateRequest, SaveLetterTemplateRequest, SavedSetView};
use super::known::Known;
use super::sets::{keep_template, named};
use super::sign::{Numbered, Original, seal};
use super::wire::SignedView;
use super::{form, paper, sheet, sheet_word, signer};
use crate::commands::agenda::print::language;
use crate::commands::letterhead::Sources;
use crate::commands::record::chart::Chart;
use crate::commands::record::wire::{ArchivedOriginal, Body, SignedLetter};
use crate::commands::{CommandError, Desk};
use crate::print::letter::Letter;
use crate::print::page::Picture;
use crate::print::words::Language as PaperLanguage;
use crate::store;
use crate::store::prescription::LetterTemplate;

/// Longest text.
const TEXT: usize = 20_000;
/// Longest title, and longest value of a field.
const TITLE: usize = 300;

fn check(kind: &str, title: &str, text: &str) -> Result<(), CommandError> {
    if !["certificate", "letter"].contains(&kind) {
        return Err(CommandError::field("unknown_word", "kind"));
    }
    if text.trim().is_empty() {
        return Err(CommandError::field("empty", "text"));
    }
    for (text, limit, field) in [(title, TITLE, "title"), (text, TEXT, "text")] {
        if text.chars().count() > limit {
            return Err(CommandError::field("too_long", field).with("limit", limit));
        }
    }
    Ok(())
}

/// What the record and the practice know of a field, by its name in the three languages.
fn value(
    name: &str,
    known: &Known,
    sources: &Sources,
    paper: PaperLanguage,
    today: chrono::NaiveDate,
) -> Option<String> {
    let is = |names: &[&str]| names.iter().any(|one| normalise(one) == name);
    let patient = paper::patient(&known.subject, today, paper);
    let row = &known.row;
    let value = if is(&["patient", "patiente", "nom", "المريض", "المريضة", "name"]) {
        patient.name
    } else if is(&["né le", "née le", "né(e) le", "date de naissance", "تاريخ الازدياد", "born", "birth date"])
    {
        patient.born_on
    } else if is(&["âge", "السن", "العمر", "age"]) {
        patient.age
    } else if is(&["poids", "الوزن", "weight"]) {
        patient.weight
    } else if is(&["taille", "الطول", "height"]) {
        patient.height
    } else if is(&["adresse", "العنوان", "address"]) {
        let town = format!("{} {}", row.postcode, row.city);
        [row.address.trim(), town.trim()].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
    } else if is(&["date", "aujourd'hui", "التاريخ", "today"]) {
        paper::day(today, paper)
    } else if is(&["praticien", "praticienne", "médecin", "الطبيب", "الطبيبة", "practitioner", "doctor"])
    {
        let arabic = sources.own.name_arabic.trim();
        let in_arabic = paper == PaperLanguage::Arabic && !arabic.is_empty();
        if in_arabic { arabic.to_owned() } else { sources.practitioner.name.clone() }
    } else if is(&["spécialité", "التخصص", "speciality"]) {
        sources.practitioner.speciality.clone()
    } else if is(&["cabinet", "العيادة", "practice"]) {
        sources.name.clone()
    } else if is(&["ville", "المدينة", "town", "city"]) {
        sources.site.city.clone()
    } else {
        return None;
    };
    Some(value).filter(|value| !value.trim().is_empty())
}

/// A draft with its fields filled: what somebody typed for a field goes before what is known.
fn filled(
    draft: &LetterDraft,
    known: &Known,
    sources: &Sources,
    today: chrono::NaiveDate,
) -> Result<(FilledLetterView, PaperLanguage), CommandError> {
    check(&draft.kind, &draft.title, &draft.text)?;
    let paper = language(&draft.language)?;
    let typed: BTreeMap<String, &str> =
        draft.values.iter().map(|(name, value)| (normalise(name), value.trim())).collect();
    if draft.values.values().any(|value| value.chars().count() > TEXT) {
        return Err(CommandError::field("too_long", "values").with("limit", TEXT));
    }
    let known = |name: &str| match typed.get(name).filter(|value| !value.is_empty()) {
        Some(value) => Some((*value).to_owned()),
        None => value(name, known, sources, paper, today),
    };
    let (title, text): (Filled, Filled) = (fill(&draft.title, known), fill(&draft.text, known));
    let mut unfilled = title.unfilled;
    unfilled.extend(text.unfilled.into_iter().filter(|name| !draft.title.contains(&format!("{{{name}}}"))));
    Ok((FilledLetterView { title: title.text, text: text.text, unfilled }, paper))
}

async fn known_of(
    desk: &Desk,
    connection: &mut store::Connection,
    draft: &LetterDraft,
) -> Result<(Chart, Known, Sources), CommandError> {
    let practitioner = signer(desk)?;
    let sources = Sources::read(desk, connection, practitioner).await?;
    let chart = Chart::open(desk, connection, draft.patient_id).await?;
    let mut known = Known::of(&chart, connection, desk.wall_now()).await?;
    known.name_in(if draft.language == "ar" { Language::Arabic } else { Language::French });
    Ok((chart, known, sources))
}

/// Fills a draft's fields as far as they are known.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`, `not_a_practitioner`, `unknown_word`, `empty`, `too_long`.
pub async fn fill_letter(desk: &Desk, request: LetterDraft) -> Result<FilledLetterView, CommandError> {
    let mut connection = desk.read(Permission::ReadClinical, "fill_letter").await?;
    let (_, known, sources) = known_of(desk, &mut connection, &request).await?;
    Ok(filled(&request, &known, &sources, desk.wall_now().date())?.0)
}

/// Signs a certificate or a letter.
///
/// # Errors
/// `field_unfilled` with the field's name; as [`fill_letter`] and [`super::sign_prescription`].
pub async fn sign_letter(desk: &Desk, request: LetterDraft) -> Result<SignedView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "sign_letter").await?;
    let (chart, known, sources) = known_of(desk, change.connection(), &request).await?;
    let (letter, _) = filled(&request, &known, &sources, desk.wall_now().date())?;
    if let Some(first) = letter.unfilled.first() {
        return Err(CommandError::field("field_unfilled", "text")
            .with("name", first)
            .with("count", letter.unfilled.len()));
    }
    let numbered = Numbered::next(desk, &mut change).await?;
    let recipient = request.recipient.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut body = SignedLetter {
        number: numbered.text.clone(),
        what: request.kind.clone(),
        language: request.language.clone(),
        title: letter.title,
        recipient: recipient.take(8).map(str::to_owned).collect(),
        text: letter.text,
        signed_at: change.at().to_owned(),
        signer: sources.practitioner.name.clone(),
        place: sources.site.city.clone(),
        sheet: sheet_word(sheet(&request.sheet, sources.sheet())?).to_owned(),
        original: ArchivedOriginal { paper: String::new(), document: String::new(), key: 0, digest: String::new() },
    };
    let practitioner = sources.practitioner.id;
    let signature = form::signature_of(desk, change.connection(), practitioner).await?;
    let page = page(&body, &sources, change.now(), signature, false)?;
    let pdf = tokio::task::block_in_place(|| page.document()?.to_archive())?;
    let original = Original::keep(desk, &chart, &pdf)?;
    body.original = original.sealed.clone();
    let body = Body::Letter(Box::new(body));
    seal(desk, change, &chart, practitioner, &numbered, original, body).await
}

/// A signed letter on paper.
pub(super) fn page(
    letter: &SignedLetter,
    sources: &Sources,
    signed_at: DateTime<Utc>,
    signature: Option<Arc<Picture>>,
    duplicate: bool,
) -> Result<Letter, CommandError> {
    let paper = language(&letter.language)?;
    let zone = sources.site.zone.parse().map_err(|_| CommandError::new("vault_damaged"))?;
    let date = domain::time::wall(signed_at, &zone).date();
    Ok(Letter {
        head: sources.head(paper)?,
        title: letter.title.clone(),
        recipient: letter.recipient.clone(),
        patient: None,
        place: letter.place.clone(),
        date: paper::day(date, paper),
        text: letter.text.clone(),
        signature,
        stamp: sources.country == domain::country::Country::MA,
        duplicate,
        sheet: sheet(&letter.sheet, sources.sheet())?,
        language: paper,
        created_at: signed_at,
    })
}

/// Keeps a template.
///
/// # Errors
/// `permission_denied`, `unknown_word`, `name_missing`, `empty`, `too_long`, `not_found`.
pub async fn save_letter_template(
    desk: &Desk,
    request: SaveLetterTemplateRequest,
) -> Result<SavedSetView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "save_letter_template").await?;
    check(&request.kind, &request.title, &request.text)?;
    language(&request.language)?;
    let name = named(&request.name)?;
    let before = match request.id {
        Some(id) => Some(standing(&mut change, id).await?),
        None => None,
    };
    let row = LetterTemplate {
        id: before.as_ref().map_or_else(|| LetterTemplateId::new(desk.make_id()), |row| row.id),
        kind: request.kind,
        language: request.language,
        name,
        title: request.title.trim().to_owned(),
        text: request.text.trim().to_owned(),
        removed: false,
        revision: before.as_ref().map_or(1, |row| row.revision + 1),
    };
    let sequence = keep_template(&mut change, before.as_ref(), &row).await?;
    change.commit().await?;
    Ok(SavedSetView { id: row.id.to_string(), sequence })
}

async fn standing(
    change: &mut crate::commands::desk::Change<'_>,
    id: LetterTemplateId,
) -> Result<LetterTemplate, CommandError> {
    let row = store::prescription::template(change.connection(), id).await?;
    row.filter(|row| !row.removed).ok_or_else(|| CommandError::field("not_found", "id"))
}

/// Takes a template away.
///
/// # Errors
/// `permission_denied`, `not_found`.
pub async fn remove_letter_template(desk: &Desk, request: LetterTemplateRequest) -> Result<SavedSetView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "remove_letter_template").await?;
    let before = standing(&mut change, request.id).await?;
    let row = LetterTemplate { removed: true, revision: before.revision + 1, ..before.clone() };
    let sequence = keep_template(&mut change, Some(&before), &row).await?;
    change.commit().await?;
    Ok(SavedSetView { id: row.id.to_string(), sequence })
}
