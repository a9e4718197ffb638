//! The texts that a record is written with: templates and abbreviations, the practice's or one practitioner's own. All of it
//! can be taken back. A template is filled here, for a patient whose record is open.
//!
//! Deliberately not here: anything of a patient that is kept, and the expansion of abbreviations, which is the page's while
//! one types and the rule's (`domain::clinical::abbreviation`) in both.

use std::collections::BTreeMap;

use domain::clinical::abbreviation;
use domain::clinical::template::{Field, fill};
use domain::id::{AbbreviationId, PatientId, PractitionerId, TemplateId};
use domain::role::Permission;

use super::text_wire::{
    AbbreviationRequest, AbbreviationView, FillTemplateRequest, RecordTextsView, SaveAbbreviationRequest,
    SaveTemplateRequest, SavedTextView, SectionsView, TemplateRequest, TemplateView,
};
use super::words::{age_words, date_words};
use crate::commands::desk::Change;
use crate::commands::entrance::wire::PreferencesView;
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::planned::Planned;
use crate::store::record_text::{Abbreviation, Template};
use crate::store::{self, StoreError};

/// Longest name of a template.
const NAME: usize = 80;
/// Longest text of a template, all sections together.
const TEXT: usize = 20_000;
/// Longest abbreviation.
const SHORT: usize = 30;
/// Longest text that one stands for.
const LONG: usize = 1_000;

fn sections(one: &Template) -> SectionsView {
    SectionsView {
        reason: one.reason.clone(),
        history: one.history.clone(),
        examination: one.examination.clone(),
        conclusion: one.conclusion.clone(),
        plan: one.plan.clone(),
    }
}

fn template_view(one: &Template) -> TemplateView {
    let text = sections(one);
    let named = [
        ("reason", &text.reason),
        ("history", &text.history),
        ("examination", &text.examination),
        ("conclusion", &text.conclusion),
        ("plan", &text.plan),
    ];
    let mut filled = named.iter().filter(|(_, text)| !text.is_empty());
    let section = match (filled.next(), filled.next()) {
        (Some((name, _)), None) => *name,
        _ => "whole",
    };
    TemplateView {
        id: one.id,
        own: one.practitioner_id.is_some(),
        name: one.name.clone(),
        section: section.to_owned(),
        text,
    }
}

/// Templates and abbreviations of the practice and of this practitioner.
///
/// # Errors
/// `permission_denied`.
pub async fn list_record_texts(desk: &Desk, _request: NothingRequest) -> Result<RecordTextsView, CommandError> {
    let mut connection = desk.read(Permission::WriteClinical, "list_record_texts").await?;
    let mine = desk.session().practitioner_id;
    let templates = store::record_text::templates(&mut connection, mine).await?;
    // The practitioner's own comes last of two alike, and takes the other's place.
    let abbreviations: BTreeMap<String, AbbreviationView> = store::record_text::abbreviations(&mut connection, mine)
        .await?
        .into_iter()
        .map(|one| {
            let own = one.practitioner_id.is_some();
            (one.key.clone(), AbbreviationView { id: one.id, own, short: one.short, key: one.key, text: one.text })
        })
        .collect();
    Ok(RecordTextsView {
        templates: templates.iter().map(template_view).collect(),
        abbreviations: abbreviations.into_values().collect(),
    })
}

/// Whose a text is to be; a practitioner's own needs one who has an agenda.
fn owner(desk: &Desk, own: bool) -> Result<Option<PractitionerId>, CommandError> {
    let mine = desk.session().practitioner_id;
    if own && mine.is_none() {
        Err(CommandError::field("practitioner_not_found", "own"))
    } else {
        Ok(mine.filter(|_| own))
    }
}

fn bounded(text: &str, limit: usize, field: &str) -> Result<String, CommandError> {
    if text.chars().count() > limit {
        return Err(CommandError::field("too_long", field).with("limit", limit));
    }
    Ok(text.to_owned())
}

/// What stands there now, where it may be changed by this user.
async fn standing<T: Planned>(
    desk: &Desk,
    change: &mut Change<'_>,
    id: T::Id,
    whose: impl Fn(&T) -> Option<PractitionerId>,
) -> Result<T, CommandError> {
    let found = T::read(change.connection(), id).await?.filter(|one| !one.is_deleted());
    let mine = desk.session().practitioner_id;
    found
        .filter(|one| whose(one).is_none_or(|of| Some(of) == mine))
        .ok_or_else(|| CommandError::field("not_found", "id"))
}

async fn keep<T: Planned>(change: &mut Change<'_>, before: Option<&T>, after: &T) -> Result<i64, CommandError> {
    after.save(change.connection()).await.map_err(|error| match error {
        StoreError::NotUnique => CommandError::field("already_there", "short"),
        other => other.into(),
    })?;
    let record = match before {
        Some(before) => ChangeRecord::updated(T::KIND, before, after),
        None => ChangeRecord::created(T::KIND, after),
    };
    change.record("record", &after.id().to_string(), None, &record).await
}

/// Adds or changes a template.
///
/// # Errors
/// `permission_denied`, `name_missing`, `empty`, `too_long`, `not_found`, `practitioner_not_found`.
pub async fn save_template(desk: &Desk, request: SaveTemplateRequest) -> Result<SavedTextView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "save_template").await?;
    let name = bounded(request.name.trim(), NAME, "name")?;
    if name.is_empty() {
        return Err(CommandError::field("name_missing", "name"));
    }
    let text = request.text;
    let all = [&*text.reason, &*text.history, &*text.examination, &*text.conclusion, &*text.plan].concat();
    bounded(&all, TEXT, "text")?;
    if all.trim().is_empty() {
        return Err(CommandError::field("empty", "text"));
    }
    let before = match request.id {
        Some(id) => Some(standing(desk, &mut change, id, |one: &Template| one.practitioner_id).await?),
        None => None,
    };
    let after = Template {
        id: request.id.unwrap_or_else(|| TemplateId::new(desk.make_id())),
        practitioner_id: owner(desk, request.own)?,
        name,
        reason: text.reason,
        history: text.history,
        examination: text.examination,
        conclusion: text.conclusion,
        plan: text.plan,
        deleted: false,
    };
    let sequence = keep(&mut change, before.as_ref(), &after).await?;
    change.commit().await?;
    Ok(SavedTextView { id: after.id.to_string(), sequence })
}

/// Removes a template.
///
/// # Errors
/// `permission_denied`, `not_found`.
pub async fn remove_template(desk: &Desk, request: TemplateRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "remove_template").await?;
    let before = standing(desk, &mut change, request.id, |one: &Template| one.practitioner_id).await?;
    let sequence = keep(&mut change, Some(&before), &before.taken_back()).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// Adds or changes an abbreviation.
///
/// # Errors
/// `permission_denied`, `bad_abbreviation` where it is no single word, `empty`, `too_long`, `already_there`, `not_found`,
/// `practitioner_not_found`.
pub async fn save_abbreviation(desk: &Desk, request: SaveAbbreviationRequest) -> Result<SavedTextView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "save_abbreviation").await?;
    let short = bounded(request.short.trim(), SHORT, "short")?;
    let key = abbreviation::key(&short);
    if key.is_empty() || key.chars().count() > SHORT {
        return Err(CommandError::field("bad_abbreviation", "short"));
    }
    let text = bounded(request.text.trim(), LONG, "text")?;
    if text.is_empty() {
        return Err(CommandError::field("empty", "text"));
    }
    let before = match request.id {
        Some(id) => Some(standing(desk, &mut change, id, |one: &Abbreviation| one.practitioner_id).await?),
        None => None,
    };
    let after = Abbreviation {
        id: request.id.unwrap_or_else(|| AbbreviationId::new(desk.make_id())),
        practitioner_id: owner(desk, request.own)?,
        short,
        key,
        text,
        deleted: false,
    };
    let sequence = keep(&mut change, before.as_ref(), &after).await?;
    change.commit().await?;
    Ok(SavedTextView { id: after.id.to_string(), sequence })
}

/// Removes an abbreviation.
///
/// # Errors
/// `permission_denied`, `not_found`.
pub async fn remove_abbreviation(desk: &Desk, request: AbbreviationRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "remove_abbreviation").await?;
    let before = standing(desk, &mut change, request.id, |one: &Abbreviation| one.practitioner_id).await?;
    let sequence = keep(&mut change, Some(&before), &before.taken_back()).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// A template's texts with its fields filled. Measures are filled where the patient's record is open; what is not known
/// stays in its braces.
///
/// # Errors
/// `permission_denied`, `not_found`, `patient_not_found`.
pub async fn fill_template(desk: &Desk, request: FillTemplateRequest) -> Result<SectionsView, CommandError> {
    let mut connection = desk.read(Permission::WriteClinical, "fill_template").await?;
    let mine = desk.session().practitioner_id;
    let template = Template::read(&mut connection, request.id)
        .await?
        .filter(|one| !one.is_deleted() && one.practitioner_id.is_none_or(|of| Some(of) == mine))
        .ok_or_else(|| CommandError::field("not_found", "id"))?;
    let values = values(desk, &mut connection, request.patient_id).await?;
    let filled = |text: &str| fill(text, |field| values.get(field.as_str()).cloned());
    Ok(SectionsView {
        reason: filled(&template.reason),
        history: filled(&template.history),
        examination: filled(&template.examination),
        conclusion: filled(&template.conclusion),
        plan: filled(&template.plan),
    })
}

/// What the fields of a template stand for.
async fn values(
    desk: &Desk,
    connection: &mut store::Connection,
    patient: PatientId,
) -> Result<BTreeMap<&'static str, String>, CommandError> {
    let patient = store::patient::resolved(connection, patient)
        .await?
        .ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?;
    let user = store::access::user(connection, desk.session().user_id).await?.ok_or(StoreError::NotFound)?;
    let language = serde_json::from_str::<PreferencesView>(&user.preferences).unwrap_or_default().language;
    let today = desk.wall_now().date();
    let mut values = BTreeMap::from([
        (Field::Patient.as_str(), format!("{} {}", patient.first_name, patient.surname).trim().to_owned()),
        (Field::Date.as_str(), date_words(today, &language)),
        (Field::Practitioner.as_str(), desk.session().name.clone()),
    ]);
    if let Some(born) = patient.born {
        values.insert(Field::Born.as_str(), date_words(born, &language));
        values.insert(Field::Age.as_str(), age_words(born, today, &language));
    }
    if let Some(summary) = desk.reading.summary(patient.id) {
        // A decimal comma in French, a point elsewhere.
        let local = |text: String| if language == "fr" { text.replace('.', ",") } else { text };
        for one in &summary.measures {
            let field = match one.what.as_str() {
                "weight" => Field::Weight,
                "height" => Field::Height,
                "blood_pressure" => Field::BloodPressure,
                _ => continue,
            };
            values.insert(field.as_str(), local(format!("{} {}", one.value, one.unit).trim().to_owned()));
        }
        if let Some(bmi) = summary.bmi {
            values.insert(Field::Bmi.as_str(), local(bmi.value.to_string()));
        }
    }
    Ok(values)
}
