//! Creating, changing and merging patients.

use chrono::NaiveDate;
use domain::id::PatientId;
use domain::identifiers::phone::{self, Region};
use domain::patient::birth::parse_birth;
use domain::role::Permission;

use super::show::view;
use super::wire::{CreatePatientRequest, MergePatientsRequest, PatientFields, SavedPatientView, UpdatePatientRequest};
use crate::commands::desk::Change;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::patient::Patient;
use crate::store::{self, StoreError};
use crate::vault::{self, Context, PatientKey};

/// Longest text of a field.
const LIMIT: usize = 500;
/// Longest remarks.
const REMARKS: usize = 4_000;

/// A typed phone as it is stored: E.164 where the numbering plan knows it, else as typed.
#[must_use]
pub fn stored_phone(typed: &str, region: Region) -> String {
    let typed = typed.trim();
    if typed.is_empty() {
        return String::new();
    }
    let parsed = phone::parse(typed, region);
    if parsed.valid { parsed.e164 } else { typed.to_owned() }
}

fn tidy(text: String, field: &str, limit: usize) -> Result<String, CommandError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > limit {
        return Err(CommandError::field("too_long", field).with("limit", limit));
    }
    if text.chars().any(char::is_control) {
        return Err(CommandError::field("bad_characters", field));
    }
    Ok(text)
}

fn day(text: &str, field: &str, today: NaiveDate) -> Result<Option<NaiveDate>, CommandError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day = parse_birth(text, today).ok_or_else(|| CommandError::field("bad_date", field))?;
    if day > today {
        return Err(CommandError::field("date_in_future", field));
    }
    Ok(Some(day))
}

/// What was typed, as a row; `before` keeps what is not typed.
pub(in crate::commands) fn row(
    desk: &Desk,
    id: PatientId,
    fields: PatientFields,
    before: Option<&Patient>,
) -> Result<Patient, CommandError> {
    let region = desk.premises().region();
    let today = desk.wall_now().date();
    let sex = match fields.sex.as_str() {
        "" => "unknown".to_owned(),
        "female" | "male" | "unknown" => fields.sex,
        _ => return Err(CommandError::field("unknown_word", "sex")),
    };
    let ins_status = match fields.ins_status.as_str() {
        "" => "none".to_owned(),
        "none" | "provisional" | "retrieved" | "validated" | "qualified" => fields.ins_status,
        _ => return Err(CommandError::field("unknown_word", "ins_status")),
    };
    let language = match fields.language.as_str() {
        "" | "fr" | "ar" | "en" => fields.language,
        _ => return Err(CommandError::field("unknown_word", "language")),
    };
    if fields.remarks.chars().count() > REMARKS {
        return Err(CommandError::field("too_long", "remarks").with("limit", REMARKS));
    }
    let row = Patient {
        number: before.map_or(0, |before| before.number),
        id,
        surname: tidy(fields.surname, "surname", LIMIT)?,
        birth_name: tidy(fields.birth_name, "birth_name", LIMIT)?,
        first_name: tidy(fields.first_name, "first_name", LIMIT)?,
        surname_arabic: tidy(fields.surname_arabic, "surname_arabic", LIMIT)?,
        first_name_arabic: tidy(fields.first_name_arabic, "first_name_arabic", LIMIT)?,
        sex,
        born: day(&fields.born, "born", today)?,
        birth_place: tidy(fields.birth_place, "birth_place", LIMIT)?,
        nir: tidy(fields.nir, "nir", 40)?,
        ins_status,
        cin: tidy(fields.cin, "cin", 40)?,
        mobile: stored_phone(&tidy(fields.mobile, "mobile", 60)?, region),
        phone: stored_phone(&tidy(fields.phone, "phone", 60)?, region),
        email: tidy(fields.email, "email", 254)?,
        address: tidy(fields.address, "address", LIMIT)?,
        postcode: tidy(fields.postcode, "postcode", 20)?,
        city: tidy(fields.city, "city", LIMIT)?,
        language,
        insurer: tidy(fields.insurer, "insurer", LIMIT)?,
        treating_doctor: tidy(fields.treating_doctor, "treating_doctor", LIMIT)?,
        remarks: fields.remarks.trim().to_owned(),
        deceased_on: day(&fields.deceased_on, "deceased_on", today)?,
        external_id: before.and_then(|before| before.external_id.clone()),
        erasure_id: before.map_or_else(|| desk.make_id().to_string(), |before| before.erasure_id.clone()),
        merged_into: before.and_then(|before| before.merged_into),
        revision: before.map_or(1, |before| before.revision),
        created_at: before.map_or_else(|| crate::commands::clock::instant_text(desk.now()), |b| b.created_at.clone()),
    };
    Ok(row)
}

fn named(row: &Patient) -> Result<(), CommandError> {
    let names = [&row.surname, &row.first_name, &row.surname_arabic, &row.first_name_arabic];
    if names.iter().all(|name| name.is_empty()) {
        return Err(CommandError::field("name_missing", "surname"));
    }
    Ok(())
}

/// Adds a new patient within a change: row, search words, clinical key, journal. Returns the row with its file number and
/// the journal entry.
///
/// # Errors
/// What the store or the journal refuses.
pub(crate) async fn add(
    desk: &Desk,
    change: &mut Change<'_>,
    mut row: Patient,
) -> Result<(Patient, i64), CommandError> {
    let at = change.at().to_owned();
    row.number = store::patient::insert(change.connection(), &row).await?;
    // Any session can seal a new patient's clinical key; only a practitioner's can ever open it. A practice without a
    // practitioner has no clinical key pair yet: the keys are made when the first practitioner signs in.
    if let Some((public, key_id)) = &desk.clinical_public {
        let id = row.id.to_string();
        let key = PatientKey::make().map_err(|_| CommandError::new("no_randomness"))?;
        let place = patient_key_place(desk.vault_id, &id, 1, *key_id);
        let sealed = vault::seal_to(public, &place, key.expose()).map_err(|_| CommandError::new("no_randomness"))?;
        store::patient::insert_key(change.connection(), row.id, 1, &sealed, &at).await?;
    }
    let id = row.id.to_string();
    let sequence = change.record("patients", &id, Some(&id), &ChangeRecord::created("patient", &row)).await?;
    Ok((row, sequence))
}

/// Where a patient's sealed clinical key stands.
#[must_use]
pub fn patient_key_place(vault: uuid::Uuid, id: &str, version: u64, key_id: u32) -> Context<'_> {
    Context { vault, table: "patient_key", column: "sealed", row: id, patient: id, version, key_id }
}

/// Creates a patient. Checks warn and never refuse; only a patient without any name, a birth date that is none or a
/// birth in the future is refused.
///
/// # Errors
/// `name_missing`, `bad_date`, `date_in_future`, `too_long`, `unknown_word`, `permission_denied`.
pub async fn create_patient(desk: &Desk, request: CreatePatientRequest) -> Result<SavedPatientView, CommandError> {
    let mut change = desk.change(Permission::ChangePatients, "create_patient").await?;
    let row = row(desk, PatientId::new(desk.make_id()), request.fields, None)?;
    named(&row)?;
    let (row, sequence) = add(desk, &mut change, row).await?;
    let patient = view(desk, change.connection(), row).await?;
    change.commit().await?;
    Ok(SavedPatientView { patient, sequence })
}

/// Changes a patient.
///
/// # Errors
/// As [`create_patient`]; `patient_not_found`; `record_limited`; `changed_meanwhile` where somebody saved since it was shown.
pub async fn update_patient(desk: &Desk, request: UpdatePatientRequest) -> Result<SavedPatientView, CommandError> {
    let mut change = desk.change(Permission::ChangePatients, "update_patient").await?;
    let before = store::patient::patient(change.connection(), request.id)
        .await?
        .ok_or_else(|| CommandError::new("patient_not_found"))?;
    if before.revision != request.revision {
        return Err(CommandError::new("changed_meanwhile"));
    }
    changeable(&mut change, before.id).await?;
    let mut after = row(desk, request.id, request.fields, Some(&before))?;
    named(&after)?;
    save(&mut change, &after).await?;
    after.revision += 1;
    let id = after.id.to_string();
    let record = ChangeRecord::updated("patient", &before, &after);
    let sequence = change.record("patients", &id, Some(&id), &record).await?;
    let patient = view(desk, change.connection(), after).await?;
    change.commit().await?;
    Ok(SavedPatientView { patient, sequence })
}

/// Refuses to change what is limited.
async fn changeable(change: &mut Change<'_>, patient: PatientId) -> Result<(), CommandError> {
    let persons = store::restriction::same_person(change.connection(), patient).await?;
    match store::restriction::limited_since(change.connection(), &persons).await? {
        Some(since) => Err(CommandError::new("record_limited").with("since", since)),
        None => Ok(()),
    }
}

async fn save(change: &mut Change<'_>, after: &Patient) -> Result<(), CommandError> {
    store::patient::update(change.connection(), after).await.map_err(|error| match error {
        StoreError::NotFound => CommandError::new("changed_meanwhile"),
        other => other.into(),
    })
}

/// Merges two patients who are one person: the second becomes an alias of the first, nothing is moved or sealed again,
/// and undo takes it back.
///
/// # Errors
/// `patient_not_found`, `same_patient`, `record_limited`, `permission_denied`.
pub async fn merge_patients(desk: &Desk, request: MergePatientsRequest) -> Result<SavedPatientView, CommandError> {
    let mut change = desk.change(Permission::MergePatients, "merge_patients").await?;
    let missing = || CommandError::new("patient_not_found");
    let into = store::patient::resolved(change.connection(), request.into).await?.ok_or_else(missing)?;
    let before = store::patient::patient(change.connection(), request.from).await?.ok_or_else(missing)?;
    if before.id == into.id || before.merged_into.is_some() {
        return Err(CommandError::new("same_patient"));
    }
    changeable(&mut change, into.id).await?;
    changeable(&mut change, before.id).await?;
    let mut after = Patient { merged_into: Some(into.id), ..before.clone() };
    save(&mut change, &after).await?;
    after.revision += 1;
    let id = after.id.to_string();
    let record = ChangeRecord::updated("patient", &before, &after);
    let sequence = change.record("patients", &id, Some(&id), &record).await?;
    let patient = view(desk, change.connection(), into).await?;
    change.commit().await?;
    Ok(SavedPatientView { patient, sequence })
}
