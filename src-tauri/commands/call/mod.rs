//! The register of calls: who called, for whom, about what; the message to a practitioner, read and answered; the answer
//! passed on by the desk.
//!
//! A call is about a patient and journalled under their key. Not here: anything clinical (the screens say so beside the
//! field), and the telephone itself: nothing is dialled, nothing is heard.

pub mod wire;

use domain::call::{CallState, Steps, call_state};
use domain::id::CallId;
use domain::identifiers::phone_shown::shown;
use domain::role::Permission;
use domain::time::{WallTime, Zone, wall};

use super::agenda::show::full_name;
use super::patient::save::stored_phone;
use super::wire::NothingRequest;
use super::{CommandError, Desk};
use crate::commands::desk::Change;
use crate::journal::ChangeRecord;
use crate::store::call::{Call, NamedCall, Wanted, Which};
use crate::store::{self, Connection, StoreError};
use wire::{
    AnswerCallRequest, CallCountsView, CallRequest, CallView, CallsView, ChangedCallView, ListCallsRequest,
    NoteCallRequest,
};

/// Longest subject and answer: a message, not a letter.
const LIMIT: usize = 1_000;

fn missing() -> CommandError {
    CommandError::field("call_not_found", "id")
}

fn meanwhile(error: StoreError) -> CommandError {
    match error {
        StoreError::NotFound => CommandError::new("changed_meanwhile"),
        other => other.into(),
    }
}

/// How far a call is.
fn state(call: &Call) -> CallState {
    call_state(Steps {
        addressed: call.practitioner_id.is_some(),
        read: call.read_at.is_some(),
        answered: call.answered_at.is_some(),
        closed: call.closed_at.is_some(),
    })
}

fn at(instant: &str, zone: &Zone) -> Result<WallTime, CommandError> {
    let instant = instant.parse().map_err(|_| CommandError::from(StoreError::BadValue))?;
    Ok(wall(instant, zone))
}

fn view(desk: &Desk, named: NamedCall) -> Result<CallView, CommandError> {
    let premises = desk.premises();
    let when = |instant: &Option<String>| instant.as_deref().map(|text| at(text, &premises.zone)).transpose();
    let call = &named.call;
    let phone = if call.caller_phone.is_empty() { &named.phone } else { &call.caller_phone };
    Ok(CallView {
        id: call.id,
        patient_id: call.patient_id,
        patient: full_name(&named.surname, &named.first_name),
        patient_arabic: named.name_arabic,
        born: named.born,
        contact_person_id: call.contact_person_id,
        caller: call.caller_name.clone(),
        relation: named.relation,
        phone: shown(phone, premises.region()),
        about: call.about.clone(),
        practitioner_id: call.practitioner_id,
        practitioner: named.practitioner,
        state: state(call).as_str().to_owned(),
        taken_at: at(&call.taken_at, &premises.zone)?,
        taken_by: named.taken_by,
        read_at: when(&call.read_at)?,
        read_by: named.read_by,
        answer: call.answer.clone(),
        answered_at: when(&call.answered_at)?,
        answered_by: named.answered_by,
        closed_at: when(&call.closed_at)?,
        closed_by: named.closed_by,
        revision: call.revision,
    })
}

/// Calls, the newest first.
///
/// # Errors
/// `unknown_word`, `out_of_range`, `permission_denied`.
pub async fn list_calls(desk: &Desk, request: ListCallsRequest) -> Result<CallsView, CommandError> {
    let which = match request.which.as_str() {
        "open" => Which::Open,
        "unread" => Which::Unread,
        "answered" => Which::Answered,
        "all" => Which::All,
        _ => return Err(CommandError::field("unknown_word", "which")),
    };
    if !(1..=500).contains(&request.limit) {
        return Err(CommandError::field("out_of_range", "limit"));
    }
    let text: String = request.text.chars().take(200).collect();
    let mut connection = desk.read(Permission::ReadPatients, "list_calls").await?;
    let wanted = Wanted { which, practitioner: request.practitioner_id, patient: request.patient_id, text: &text };
    let mut found = store::call::list(&mut connection, wanted, request.limit).await?;
    let limit = usize::try_from(request.limit).unwrap_or(0);
    let more = found.len() > limit;
    found.truncate(limit);
    Ok(CallsView { calls: found.into_iter().map(|one| view(desk, one)).collect::<Result<_, _>>()?, more })
}

/// How many messages wait: for the rail.
///
/// # Errors
/// `permission_denied`.
pub async fn count_calls(desk: &Desk, _request: NothingRequest) -> Result<CallCountsView, CommandError> {
    let mut connection = desk.read(Permission::ReadPatients, "count_calls").await?;
    let counts = store::call::counts(&mut connection, desk.session().practitioner_id).await?;
    Ok(CallCountsView { open: counts.open, answered: counts.answered, unread: counts.unread })
}

fn words(text: &str, field: &str) -> Result<String, CommandError> {
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(CommandError::field("empty", field));
    }
    if text.chars().count() > LIMIT {
        return Err(CommandError::field("too_long", field).with("limit", LIMIT));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(CommandError::field("bad_characters", field));
    }
    Ok(text)
}

async fn finish(
    desk: &Desk,
    mut change: Change<'_>,
    id: CallId,
    owner: String,
    record: ChangeRecord,
) -> Result<ChangedCallView, CommandError> {
    let sequence = change.record("calls", &id.to_string(), Some(&owner), &record).await?;
    let named = store::call::named(change.connection(), id).await?.ok_or(StoreError::NotFound)?;
    let call = view(desk, named)?;
    change.commit().await?;
    Ok(ChangedCallView { call, sequence: Some(sequence) })
}

/// Notes a call, and leaves a message where a practitioner is named.
///
/// # Errors
/// `empty`, `too_long`, `bad_characters`, `patient_not_found`, `contact_not_found`, `practitioner_not_found`,
/// `permission_denied`.
pub async fn note_call(desk: &Desk, request: NoteCallRequest) -> Result<ChangedCallView, CommandError> {
    let about = words(&request.about, "about")?;
    let mut change = desk.change(Permission::NoteCalls, "note_call").await?;
    let taken_at = change.at().to_owned();
    let connection = change.connection();
    let patient = store::patient::resolved(connection, request.patient_id)
        .await?
        .ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?;
    let mut caller_name = request.caller_name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut caller_phone = stored_phone(&request.caller_phone, desk.premises().region());
    if caller_name.chars().count() > 200 || caller_phone.chars().count() > 60 {
        return Err(CommandError::field("too_long", "caller_name").with("limit", 200));
    }
    if let Some(id) = request.contact_person_id {
        let contact = store::contact::of_patient(connection, patient.id)
            .await?
            .into_iter()
            .find(|one| one.contact.id == id)
            .ok_or_else(|| CommandError::field("contact_not_found", "contact_person_id"))?;
        // As they were called then: what is read later must not change with the file.
        caller_name = contact.contact.name;
        if caller_phone.is_empty() {
            caller_phone = contact.phone;
        }
    }
    if let Some(id) = request.practitioner_id {
        let all = store::practice::practitioners(connection).await?;
        if !all.iter().any(|one| one.id == id && one.active) {
            return Err(CommandError::field("practitioner_not_found", "practitioner_id"));
        }
    }
    let call = Call {
        id: CallId::new(desk.make_id()),
        patient_id: patient.id,
        contact_person_id: request.contact_person_id,
        caller_name,
        caller_phone,
        about,
        practitioner_id: request.practitioner_id,
        taken_at,
        taken_by: desk.session().user_id,
        read_at: None,
        read_by: None,
        answer: String::new(),
        answered_at: None,
        answered_by: None,
        closed_at: None,
        closed_by: None,
        removed: false,
        revision: 1,
    };
    store::call::insert(connection, &call).await?;
    finish(desk, change, call.id, call.patient_id.to_string(), ChangeRecord::created("call", &call)).await
}

async fn existing(connection: &mut Connection, id: CallId) -> Result<Call, CommandError> {
    store::call::call(connection, id).await?.filter(|call| !call.removed).ok_or_else(missing)
}

/// Notes the next step of a call.
async fn go_on(
    desk: &Desk,
    mut change: Change<'_>,
    before: Call,
    after: Call,
) -> Result<ChangedCallView, CommandError> {
    store::call::update(change.connection(), &after).await.map_err(meanwhile)?;
    let record = ChangeRecord::updated("call", &before, &Call { revision: before.revision + 1, ..after });
    finish(desk, change, before.id, before.patient_id.to_string(), record).await
}

/// Notes that a message was read, where its practitioner reads it; whoever else looks changes nothing.
///
/// # Errors
/// `call_not_found`, `permission_denied`.
pub async fn read_call(desk: &Desk, request: CallRequest) -> Result<ChangedCallView, CommandError> {
    let mut change = desk.change(Permission::AnswerCalls, "read_call").await?;
    let before = existing(change.connection(), request.id).await?;
    let own = before.practitioner_id.is_some() && before.practitioner_id == desk.session().practitioner_id;
    if !own || state(&before) != CallState::Unread {
        let named = store::call::named(change.connection(), request.id).await?.ok_or_else(missing)?;
        return Ok(ChangedCallView { call: view(desk, named)?, sequence: None });
    }
    let after = Call { read_at: Some(change.at().to_owned()), read_by: Some(desk.session().user_id), ..before.clone() };
    go_on(desk, change, before, after).await
}

/// Answers a message in a few words; any practitioner may, for one who is away. The desk sees who did.
///
/// # Errors
/// `call_not_found`, `call_not_open`, `changed_meanwhile`, `empty`, `too_long`, `permission_denied`.
pub async fn answer_call(desk: &Desk, request: AnswerCallRequest) -> Result<ChangedCallView, CommandError> {
    let answer = words(&request.answer, "answer")?;
    let mut change = desk.change(Permission::AnswerCalls, "answer_call").await?;
    let before = existing(change.connection(), request.id).await?;
    if !state(&before).may_be_answered() {
        return Err(CommandError::new("call_not_open").with("state", state(&before).as_str()));
    }
    if before.revision != request.revision {
        return Err(CommandError::new("changed_meanwhile"));
    }
    let (now, user) = (change.at().to_owned(), desk.session().user_id);
    let own = before.practitioner_id == desk.session().practitioner_id;
    let after = Call {
        // Who answers has read it.
        read_at: before.read_at.clone().or_else(|| own.then(|| now.clone())),
        read_by: before.read_by.or(own.then_some(user)),
        answer,
        answered_at: Some(now),
        answered_by: Some(user),
        ..before.clone()
    };
    go_on(desk, change, before, after).await
}

/// Settles a message: its answer was passed on, or there is nothing left to do.
///
/// # Errors
/// `call_not_found`, `call_not_open`, `permission_denied`.
pub async fn close_call(desk: &Desk, request: CallRequest) -> Result<ChangedCallView, CommandError> {
    let mut change = desk.change(Permission::NoteCalls, "close_call").await?;
    let before = existing(change.connection(), request.id).await?;
    if !state(&before).is_open() {
        return Err(CommandError::new("call_not_open").with("state", state(&before).as_str()));
    }
    let after =
        Call { closed_at: Some(change.at().to_owned()), closed_by: Some(desk.session().user_id), ..before.clone() };
    go_on(desk, change, before, after).await
}
