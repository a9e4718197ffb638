//! Contact persons of a patient: who they are, what they may be told, whether they decide for a minor, and the guardian's
//! consent that a portal needs.
//!
//! Not here: the portal, and what it is told. A missing consent never keeps the desk from anything.

pub mod wire;

use chrono::NaiveDate;
use domain::id::{ConsentId, ContactPersonId, PatientId};
use domain::identifiers::phone_shown::shown;
use domain::patient::Relation;
use domain::patient::birth::parse_birth;
use domain::patient::guardian::{self, ConsentWay, guardian_consent, is_minor_for_portal};
use domain::role::Permission;

use super::agenda::show::full_name;
use super::patient::save::stored_phone;
use super::patient::wire::PatientRequest;
use super::wire::DoneView;
use super::{CommandError, Desk};
use crate::commands::desk::Change;
use crate::journal::ChangeRecord;
use crate::store::contact::{Consent, ContactPerson, NamedConsent, Reached};
use crate::store::patient::Patient;
use crate::store::{self, Connection, StoreError};
use wire::{
    ConsentView, ContactOfView, ContactRequest, ContactView, ContactsView, GiveConsentRequest, SaveContactRequest,
    SavedContactView, WithdrawConsentRequest,
};

/// Longest name.
const LIMIT: usize = 200;

fn patient_missing() -> CommandError {
    CommandError::field("patient_not_found", "patient_id")
}

fn contact_missing() -> CommandError {
    CommandError::field("contact_not_found", "contact_person_id")
}

async fn linked(connection: &mut Connection, id: Option<PatientId>) -> Result<Option<Patient>, CommandError> {
    match id {
        Some(id) => Ok(Some(
            store::patient::resolved(connection, id)
                .await?
                .ok_or_else(|| CommandError::field("patient_not_found", "linked_patient_id"))?,
        )),
        None => Ok(None),
    }
}

fn name_of(p: &Patient) -> String {
    let latin = full_name(&p.surname, &p.first_name);
    if latin.is_empty() { format!("{} {}", p.surname_arabic, p.first_name_arabic).trim().to_owned() } else { latin }
}

async fn contact_view(desk: &Desk, connection: &mut Connection, one: Reached) -> Result<ContactView, CommandError> {
    let Reached { contact: c, phone } = one;
    let patient = linked(connection, c.linked_patient_id).await?;
    Ok(ContactView {
        id: c.id,
        name: c.name,
        relation: c.relation,
        phone: c.phone,
        phone_shown: shown(&phone, desk.premises().region()),
        guardian: c.guardian,
        linked_patient_id: patient.as_ref().map(|p| p.id),
        linked_patient: patient.as_ref().map_or_else(String::new, name_of),
        told_appointments: c.told_appointments,
        told_messages: c.told_messages,
        told_results: c.told_results,
        revision: c.revision,
    })
}

fn rule(named: &NamedConsent) -> guardian::Consent {
    guardian::Consent {
        given_on: named.consent.given_on,
        withdrawn_on: named.consent.withdrawn_on,
        by_guardian: named.by_guardian,
    }
}

/// The contact persons of a patient, the consents given for them, and whose contact person they are themselves.
///
/// # Errors
/// `patient_not_found`, `permission_denied`.
pub async fn list_contacts(desk: &Desk, request: PatientRequest) -> Result<ContactsView, CommandError> {
    let mut connection = desk.read(Permission::ReadPatients, "list_contacts").await?;
    let patient = store::patient::resolved(&mut connection, request.id).await?.ok_or_else(patient_missing)?;
    let today = desk.wall_now().date();
    let mut contacts = Vec::new();
    for one in store::contact::of_patient(&mut connection, patient.id).await? {
        contacts.push(contact_view(desk, &mut connection, one).await?);
    }
    let consents = store::contact::consents(&mut connection, patient.id).await?;
    let mut contact_of = Vec::new();
    for (id, relation) in store::contact::contact_of(&mut connection, patient.id).await? {
        if let Some(other) = store::patient::resolved(&mut connection, id).await? {
            contact_of.push(ContactOfView { patient_id: other.id, patient: name_of(&other), relation });
        }
    }
    Ok(ContactsView {
        minor: patient.born.is_some_and(|born| is_minor_for_portal(born, today)),
        guardian: guardian_consent(patient.born, consents.iter().map(rule), today)
            .map(|state| state.as_str().to_owned()),
        contacts,
        consents: consents
            .into_iter()
            .map(|named| ConsentView {
                holds: rule(&named).holds(today),
                id: named.consent.id,
                by: named.by,
                given_on: named.consent.given_on.to_string(),
                way: named.consent.way.as_str().to_owned(),
                noted_by: named.noted_by,
                withdrawn_on: named.consent.withdrawn_on.map(|day| day.to_string()),
            })
            .collect(),
        contact_of,
    })
}

/// What was typed, as a row.
async fn row(
    desk: &Desk,
    connection: &mut Connection,
    request: SaveContactRequest,
    before: Option<&ContactPerson>,
) -> Result<ContactPerson, CommandError> {
    let other = linked(connection, request.linked_patient_id).await?;
    let patient = store::patient::resolved(connection, request.patient_id).await?.ok_or_else(patient_missing)?;
    if other.as_ref().is_some_and(|other| other.id == patient.id) {
        return Err(CommandError::field("contact_is_the_patient", "linked_patient_id"));
    }
    let mut name = request.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty()
        && let Some(other) = &other
    {
        name = name_of(other);
    }
    if name.is_empty() {
        return Err(CommandError::field("empty", "name"));
    }
    if name.chars().count() > LIMIT {
        return Err(CommandError::field("too_long", "name").with("limit", LIMIT));
    }
    let phone = stored_phone(&request.phone, desk.premises().region());
    if name.chars().chain(phone.chars()).any(char::is_control) || phone.chars().count() > 60 {
        return Err(CommandError::field("bad_characters", "phone"));
    }
    if !request.relation.is_empty() {
        request.relation.parse::<Relation>().map_err(|_| CommandError::field("unknown_word", "relation"))?;
    }
    // Written down once: a linked patient's own number is not copied.
    let own = other.as_ref().is_some_and(|other| !phone.is_empty() && [&other.mobile, &other.phone].contains(&&phone));
    Ok(ContactPerson {
        id: before.map_or_else(|| ContactPersonId::new(desk.make_id()), |before| before.id),
        patient_id: before.map_or(patient.id, |before| before.patient_id),
        name,
        relation: request.relation,
        phone: if own { String::new() } else { phone },
        guardian: request.guardian,
        linked_patient_id: other.map(|other| other.id),
        told_appointments: request.told_appointments,
        told_messages: request.told_messages,
        told_results: request.told_results,
        removed: false,
        revision: before.map_or(1, |before| before.revision),
    })
}

/// Journals a change under the key of the patient whose contact this is.
async fn finish(
    change: &mut Change<'_>,
    record: ChangeRecord,
    subject: String,
    patient: PatientId,
) -> Result<i64, CommandError> {
    // Who may be called on the patient's behalf is found under their phone.
    store::patient::reindex(change.connection(), patient).await?;
    let owner = patient.to_string();
    change.touch("patients", &owner);
    change.record("patients", &subject, Some(&owner), &record).await
}

/// Adds or changes a contact person.
///
/// # Errors
/// `empty`, `too_long`, `unknown_word`, `contact_is_the_patient`, `patient_not_found`, `contact_not_found`,
/// `changed_meanwhile`, `permission_denied`.
pub async fn save_contact(desk: &Desk, request: SaveContactRequest) -> Result<SavedContactView, CommandError> {
    let mut change = desk.change(Permission::ChangePatients, "save_contact").await?;
    let connection = change.connection();
    let before = match request.id {
        Some(id) => Some(
            store::contact::contact(connection, id)
                .await?
                .filter(|contact| !contact.removed)
                .ok_or_else(contact_missing)?,
        ),
        None => None,
    };
    if before.as_ref().is_some_and(|before| request.revision.is_some_and(|seen| seen != before.revision)) {
        return Err(CommandError::new("changed_meanwhile"));
    }
    let mut after = row(desk, connection, request, before.as_ref()).await?;
    let record = match &before {
        Some(before) => {
            store::contact::update(connection, &after).await.map_err(meanwhile)?;
            after.revision += 1;
            ChangeRecord::updated("contact_person", before, &after)
        }
        None => {
            store::contact::insert(connection, &after).await?;
            ChangeRecord::created("contact_person", &after)
        }
    };
    let sequence = finish(&mut change, record, after.id.to_string(), after.patient_id).await?;
    let reached = store::contact::of_patient(change.connection(), after.patient_id)
        .await?
        .into_iter()
        .find(|one| one.contact.id == after.id)
        .ok_or(StoreError::NotFound)?;
    let contact = contact_view(desk, change.connection(), reached).await?;
    change.commit().await?;
    Ok(SavedContactView { contact, sequence })
}

fn meanwhile(error: StoreError) -> CommandError {
    match error {
        StoreError::NotFound => CommandError::new("changed_meanwhile"),
        other => other.into(),
    }
}

/// Removes a contact person. What they consented to stays as proof, and holds no more.
///
/// # Errors
/// `contact_not_found`, `permission_denied`.
pub async fn remove_contact(desk: &Desk, request: ContactRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::ChangePatients, "remove_contact").await?;
    let connection = change.connection();
    let before = store::contact::contact(connection, request.id)
        .await?
        .filter(|contact| !contact.removed)
        .ok_or_else(contact_missing)?;
    let after = ContactPerson { removed: true, ..before.clone() };
    store::contact::update(connection, &after).await.map_err(meanwhile)?;
    let record = ChangeRecord::updated("contact_person", &before, &after);
    let sequence = finish(&mut change, record, after.id.to_string(), after.patient_id).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// A day that has come, as typed; empty is today.
fn day(text: &str, field: &str, today: NaiveDate) -> Result<NaiveDate, CommandError> {
    if text.trim().is_empty() {
        return Ok(today);
    }
    if let Ok(day) = text.trim().parse::<NaiveDate>()
        && day > today
    {
        return Err(CommandError::field("date_in_future", field));
    }
    parse_birth(text, today).ok_or_else(|| CommandError::field("bad_date", field))
}

/// Notes a guardian's consent for a minor.
///
/// # Errors
/// `patient_not_found`, `contact_not_found`, `not_a_guardian`, `consent_not_needed` from the sixteenth birthday on,
/// `bad_date`, `date_in_future`, `unknown_word`, `permission_denied`.
pub async fn give_consent(desk: &Desk, request: GiveConsentRequest) -> Result<DoneView, CommandError> {
    let way: ConsentWay = request.way.parse().map_err(|_| CommandError::field("unknown_word", "way"))?;
    let today = desk.wall_now().date();
    let mut change = desk.change(Permission::ChangePatients, "give_consent").await?;
    let noted_at = change.at().to_owned();
    let connection = change.connection();
    let patient = store::patient::resolved(connection, request.patient_id).await?.ok_or_else(patient_missing)?;
    let by = store::contact::of_patient(connection, patient.id)
        .await?
        .into_iter()
        .find(|one| one.contact.id == request.contact_person_id)
        .ok_or_else(contact_missing)?
        .contact;
    if !by.guardian {
        return Err(CommandError::field("not_a_guardian", "contact_person_id"));
    }
    if patient.born.is_some_and(|born| !is_minor_for_portal(born, today)) {
        return Err(CommandError::field("consent_not_needed", "patient_id").with("age", guardian::PORTAL_AGE));
    }
    let after = Consent {
        id: ConsentId::new(desk.make_id()),
        patient_id: patient.id,
        contact_person_id: by.id,
        given_on: day(&request.given_on, "given_on", today)?,
        way,
        noted_at,
        noted_by: desk.session().user_id,
        withdrawn_on: None,
        removed: false,
    };
    store::contact::save_consent(connection, &after).await?;
    let record = ChangeRecord::created("consent", &after);
    let sequence = finish(&mut change, record, after.id.to_string(), patient.id).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// Notes that a consent was withdrawn. It stays, with its end.
///
/// # Errors
/// `consent_not_found`, `consent_withdrawn` where it was before, `bad_date` (also before it was given), `date_in_future`,
/// `permission_denied`.
pub async fn withdraw_consent(desk: &Desk, request: WithdrawConsentRequest) -> Result<DoneView, CommandError> {
    let today = desk.wall_now().date();
    let mut change = desk.change(Permission::ChangePatients, "withdraw_consent").await?;
    let connection = change.connection();
    let before = store::contact::consent(connection, request.id)
        .await?
        .filter(|consent| !consent.removed)
        .ok_or_else(|| CommandError::field("consent_not_found", "id"))?;
    if before.withdrawn_on.is_some() {
        return Err(CommandError::field("consent_withdrawn", "id"));
    }
    let on = day(&request.withdrawn_on, "withdrawn_on", today)?;
    if on < before.given_on {
        return Err(CommandError::field("bad_date", "withdrawn_on"));
    }
    let after = Consent { withdrawn_on: Some(on), ..before.clone() };
    store::contact::save_consent(connection, &after).await?;
    let record = ChangeRecord::updated("consent", &before, &after);
    let sequence = finish(&mut change, record, after.id.to_string(), after.patient_id).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}
