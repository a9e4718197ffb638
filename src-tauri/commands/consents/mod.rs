//! Consents to the practice's purposes: in which words, of which version, given by whom, how, taken back when. As easy to
//! take back as to give.
//!
//! Not here: the guardian's consent that the portal needs for a minor (`contact`), and what a purpose does.

pub mod wire;

use domain::id::{ConsentPurposeId, PurposeConsentId};
use domain::patient::guardian::ConsentWay;
use domain::privacy::consent::{Given, needs_guardian, state};
use domain::role::Permission;
use domain::time::wall;

use super::desk::Change;
use super::restriction::day;
use super::wire::{DoneView, NothingRequest};
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::consents::{NamedPurposeConsent, Purpose, PurposeConsent, Text};
use crate::store::patient::Patient;
use crate::store::{self, Connection, StoreError};
use wire::{
    ConsentGuardianView, ConsentPurposeView, ConsentPurposesView, ConsentTextView, ConsentsView, ListConsentsRequest,
    PurposeConsentView, RecordConsentRequest, RetractConsentRequest, SaveConsentPurposeRequest, ThreeLanguages,
};

/// Longest name.
const NAME: usize = 120;
/// Longest text.
const TEXT: usize = 4_000;

fn three(words: &[String; 3]) -> ThreeLanguages {
    ThreeLanguages { fr: words[0].clone(), ar: words[1].clone(), en: words[2].clone() }
}

/// All three, or none of it: a consent in a language that says nothing proves nothing.
fn whole(words: ThreeLanguages, field: &str, limit: usize) -> Result<[String; 3], CommandError> {
    let all = [words.fr, words.ar, words.en].map(|one| one.trim().to_owned());
    if all.iter().any(String::is_empty) {
        return Err(CommandError::field("empty", field));
    }
    if all.iter().any(|one| one.chars().count() > limit) {
        return Err(CommandError::field("too_long", field).with("limit", limit));
    }
    Ok(all)
}

async fn purposes(desk: &Desk, connection: &mut Connection) -> Result<Vec<ConsentPurposeView>, CommandError> {
    let texts = store::consents::texts(connection).await?;
    let zone = desk.premises().zone;
    let text_view = |text: &Text| -> Result<ConsentTextView, CommandError> {
        let at = text.written_at.parse().map_err(|_| StoreError::BadValue)?;
        Ok(ConsentTextView {
            version: text.version,
            text: three(&text.texts),
            written_on: wall(at, &zone).date().to_string(),
        })
    };
    store::consents::purposes(connection)
        .await?
        .into_iter()
        .map(|one| {
            let own = texts.iter().filter(|text| text.purpose_id == one.id);
            Ok(ConsentPurposeView {
                id: one.id,
                name: three(&one.names),
                active: one.active,
                texts: own.map(text_view).collect::<Result<_, CommandError>>()?,
                revision: one.revision,
            })
        })
        .collect()
}

/// The practice's purposes, with every version of their texts.
///
/// # Errors
/// `permission_denied`.
pub async fn list_consent_purposes(desk: &Desk, _request: NothingRequest) -> Result<ConsentPurposesView, CommandError> {
    let mut connection = desk.read(Permission::TakeRequests, "list_consent_purposes").await?;
    Ok(ConsentPurposesView { purposes: purposes(desk, &mut connection).await? })
}

/// Keeps a purpose. Where the words changed they are the next version; consents stay with the one that was shown.
///
/// # Errors
/// `empty` where one of the three languages is, `too_long`, `purpose_not_found`, `changed_meanwhile`, `permission_denied`.
pub async fn save_consent_purpose(
    desk: &Desk,
    request: SaveConsentPurposeRequest,
) -> Result<ConsentPurposesView, CommandError> {
    let names = whole(request.name, "name", NAME)?;
    let texts = whole(request.text, "text", TEXT)?;
    let mut change = desk.change(Permission::KeepPrivacy, "save_consent_purpose").await?;
    let all = store::consents::purposes(change.connection()).await?;
    let before = match request.id {
        Some(id) => Some(
            all.iter()
                .find(|one| one.id == id)
                .cloned()
                .ok_or_else(|| CommandError::field("purpose_not_found", "id"))?,
        ),
        None => None,
    };
    let after = Purpose {
        id: before.as_ref().map_or_else(|| ConsentPurposeId::new(desk.make_id()), |before| before.id),
        names,
        rank: before.as_ref().map_or_else(|| all.iter().map(|one| one.rank).max().unwrap_or(0) + 1, |one| one.rank),
        active: request.active,
        revision: request.revision,
    };
    store::consents::save_purpose(change.connection(), &after).await.map_err(meanwhile)?;
    let newest =
        store::consents::texts(change.connection()).await?.into_iter().find(|text| text.purpose_id == after.id);
    if newest.as_ref().is_none_or(|newest| newest.texts != texts) {
        let text = Text {
            purpose_id: after.id,
            version: newest.map_or(0, |newest| newest.version) + 1,
            texts,
            written_at: change.at().to_owned(),
        };
        let by = desk.session().user_id.to_string();
        store::consents::add_text(change.connection(), &text, &by).await?;
        change.record("practice", &after.id.to_string(), None, &ChangeRecord::created("consent_text", &text)).await?;
    }
    let record = match &before {
        Some(before) => ChangeRecord::updated("consent_purpose", before, &after),
        None => ChangeRecord::created("consent_purpose", &after),
    };
    change.record("practice", &after.id.to_string(), None, &record).await?;
    let view = ConsentPurposesView { purposes: purposes(desk, change.connection()).await? };
    change.commit().await?;
    Ok(view)
}

fn meanwhile(error: StoreError) -> CommandError {
    match error {
        StoreError::NotFound => CommandError::new("changed_meanwhile"),
        other => other.into(),
    }
}

fn rule(named: &NamedPurposeConsent) -> Given {
    Given {
        on: named.consent.given_on,
        withdrawn_on: named.consent.withdrawn_on,
        guardian: named.is_guardian,
        for_adult: named.consent.for_adult,
    }
}

async fn person(connection: &mut Connection, id: domain::id::PatientId) -> Result<Patient, CommandError> {
    let found = store::patient::resolved(connection, id).await?;
    found.ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))
}

/// A person's consents, and who can give one.
///
/// # Errors
/// `patient_not_found`, `permission_denied`.
pub async fn list_consents(desk: &Desk, request: ListConsentsRequest) -> Result<ConsentsView, CommandError> {
    let mut connection = desk.read(Permission::ReadPatients, "list_consents").await?;
    let patient = person(&mut connection, request.patient_id).await?;
    let today = desk.wall_now().date();
    let persons = store::restriction::same_person(&mut connection, patient.id).await?;
    let purposes = purposes(desk, &mut connection).await?;
    let newest = |id: ConsentPurposeId| {
        let texts = purposes.iter().find(|one| one.id == id).map(|one| one.texts.as_slice()).unwrap_or_default();
        texts.first().map_or(0, |text| text.version)
    };
    let consents = store::consents::of(&mut connection, &persons)
        .await?
        .into_iter()
        .map(|named| PurposeConsentView {
            id: named.consent.id,
            purpose_id: named.consent.purpose_id,
            text_version: named.consent.text_version,
            is_older_text: named.consent.text_version < newest(named.consent.purpose_id),
            language: named.consent.language.clone(),
            state: state(&rule(&named), patient.born, today).as_str().to_owned(),
            by: named.by.clone(),
            given_on: named.consent.given_on.to_string(),
            way: named.consent.way.as_str().to_owned(),
            noted_by: named.noted_by.clone(),
            withdrawn_on: named.consent.withdrawn_on.map(|day| day.to_string()),
        })
        .collect();
    let guardians = store::contact::of_patient(&mut connection, patient.id)
        .await?
        .into_iter()
        .filter(|one| one.contact.guardian)
        .map(|one| ConsentGuardianView { id: one.contact.id, name: one.contact.name })
        .collect();
    Ok(ConsentsView { needs_guardian: needs_guardian(patient.born, today), guardians, consents, purposes })
}

/// Notes a consent. A minor's is a guardian's; one that lapsed makes room for the new one.
///
/// # Errors
/// `patient_not_found`, `purpose_not_found`, `text_not_found` for a version that is not there, `guardian_needed`,
/// `not_a_guardian`, `contact_not_found`, `already_consented`, `unknown_word`, `bad_date`, `date_in_future`,
/// `permission_denied`.
pub async fn record_consent(desk: &Desk, request: RecordConsentRequest) -> Result<DoneView, CommandError> {
    let way: ConsentWay = request.way.parse().map_err(|_| CommandError::field("unknown_word", "way"))?;
    if !["fr", "ar", "en"].contains(&request.language.as_str()) {
        return Err(CommandError::field("unknown_word", "language"));
    }
    let today = desk.wall_now().date();
    let given_on = day(&request.given_on, "given_on", today)?;
    let mut change = desk.change(Permission::ChangePatients, "record_consent").await?;
    let noted_at = change.at().to_owned();
    let connection = change.connection();
    let patient = person(connection, request.patient_id).await?;
    let purpose = store::consents::purposes(connection).await?.into_iter().find(|one| one.id == request.purpose_id);
    purpose.filter(|one| one.active).ok_or_else(|| CommandError::field("purpose_not_found", "purpose_id"))?;
    let shown = |text: &Text| text.purpose_id == request.purpose_id && text.version == request.text_version;
    if !store::consents::texts(connection).await?.iter().any(shown) {
        return Err(CommandError::field("text_not_found", "text_version"));
    }
    let minor = needs_guardian(patient.born, given_on);
    match request.contact_person_id {
        Some(id) => {
            let contacts = store::contact::of_patient(connection, patient.id).await?;
            let by = contacts.into_iter().find(|one| one.contact.id == id);
            let by = by.ok_or_else(|| CommandError::field("contact_not_found", "contact_person_id"))?;
            if !by.contact.guardian {
                return Err(CommandError::field("not_a_guardian", "contact_person_id"));
            }
        }
        None if minor => return Err(CommandError::field("guardian_needed", "contact_person_id")),
        None => {}
    }
    let persons = store::restriction::same_person(connection, patient.id).await?;
    for standing in store::consents::of(connection, &persons).await? {
        if standing.consent.purpose_id != request.purpose_id || standing.consent.withdrawn_on.is_some() {
            continue;
        }
        let newer = standing.consent.text_version < request.text_version;
        if state(&rule(&standing), patient.born, today).as_str() == "given" && !newer {
            return Err(CommandError::field("already_consented", "purpose_id"));
        }
        // What lapsed, or was to older words, ends where the new one begins.
        let ended = PurposeConsent {
            withdrawn_on: Some(given_on.max(standing.consent.given_on)),
            withdrawn_way: Some(way),
            withdrawn_by: Some(desk.session().user_id.to_string()),
            ..standing.consent.clone()
        };
        keep(&mut change, Some(&standing.consent), &ended).await?;
    }
    let consent = PurposeConsent {
        id: PurposeConsentId::new(desk.make_id()),
        patient_id: patient.id,
        purpose_id: request.purpose_id,
        text_version: request.text_version,
        language: request.language,
        contact_person_id: request.contact_person_id,
        for_adult: request.contact_person_id.is_some() && !minor,
        given_on,
        way,
        noted_at,
        noted_by: desk.session().user_id.to_string(),
        withdrawn_on: None,
        withdrawn_way: None,
        withdrawn_by: None,
    };
    let sequence = keep(&mut change, None, &consent).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

async fn keep(
    change: &mut Change<'_>,
    before: Option<&PurposeConsent>,
    after: &PurposeConsent,
) -> Result<i64, CommandError> {
    store::consents::save(change.connection(), after).await?;
    let owner = after.patient_id.to_string();
    let record = match before {
        Some(before) => ChangeRecord::updated("purpose_consent", before, after),
        None => ChangeRecord::created("purpose_consent", after),
    };
    change.touch("patients", &owner);
    change.record("patients", &after.id.to_string(), Some(&owner), &record).await
}

/// Takes a consent back within a change.
///
/// # Errors
/// As [`retract_consent`].
pub(in crate::commands) async fn retract(
    desk: &Desk,
    change: &mut Change<'_>,
    id: PurposeConsentId,
    (on, way): (chrono::NaiveDate, ConsentWay),
) -> Result<i64, CommandError> {
    let before = store::consents::one(change.connection(), id).await?;
    let before = before.ok_or_else(|| CommandError::field("consent_not_found", "id"))?;
    if before.withdrawn_on.is_some() {
        return Err(CommandError::field("consent_withdrawn", "id"));
    }
    if on < before.given_on {
        return Err(CommandError::field("bad_date", "withdrawn_on"));
    }
    let after = PurposeConsent {
        withdrawn_on: Some(on),
        withdrawn_way: Some(way),
        withdrawn_by: Some(desk.session().user_id.to_string()),
        ..before.clone()
    };
    keep(change, Some(&before), &after).await
}

/// Notes that a consent was taken back. It stays, with its end.
///
/// # Errors
/// `consent_not_found`, `consent_withdrawn` where it was before, `bad_date` (also before it was given), `date_in_future`,
/// `unknown_word`, `permission_denied`.
pub async fn retract_consent(desk: &Desk, request: RetractConsentRequest) -> Result<DoneView, CommandError> {
    let way: ConsentWay = request.way.parse().map_err(|_| CommandError::field("unknown_word", "way"))?;
    let on = day(&request.withdrawn_on, "withdrawn_on", desk.wall_now().date())?;
    let mut change = desk.change(Permission::ChangePatients, "retract_consent").await?;
    let sequence = retract(desk, &mut change, request.id, (on, way)).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}
