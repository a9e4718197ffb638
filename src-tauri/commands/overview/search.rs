//! The search in the agenda: by booking code and by person over all years, through their indexes; by type and by note within
//! a span of days, so that nothing ever reads a million rows.

use std::collections::HashMap;

use domain::agenda::booking_code::BookingCode;
use domain::id::{AppointmentId, PatientId, PractitionerId, TypeId};
use domain::patient::names::tokens;
use domain::patient::query::SearchQuery;
use domain::role::Permission;
use domain::time::day_number;

use super::wire::{FoundAppointmentView, FoundAppointmentsView, SearchAgendaRequest};
use crate::commands::agenda::date;
use crate::commands::agenda::show::view;
use crate::commands::{CommandError, Desk};
use crate::store::practice::AppointmentType;
use crate::store::{self, Connection};

/// Persons whose appointments are looked at.
const PERSONS: i64 = 30;
/// Notes that are read at most.
const NOTES: i64 = 20_000;

/// Looks for appointments, what is to come first.
///
/// # Errors
/// `bad_date`, `out_of_range`, `permission_denied`.
pub async fn search_agenda(desk: &Desk, request: SearchAgendaRequest) -> Result<FoundAppointmentsView, CommandError> {
    let first = day_number(date(&request.from, "from")?);
    if !(1..=92).contains(&request.days) {
        return Err(CommandError::field("out_of_range", "days"));
    }
    if !(1..=100).contains(&request.limit) {
        return Err(CommandError::field("out_of_range", "limit"));
    }
    let text: String = request.text.chars().take(200).collect();
    let words = tokens(&text);
    let mut connection = desk.read(Permission::ReadAgenda, "search_agenda").await?;
    if words.is_empty() {
        return Ok(FoundAppointmentsView { found: Vec::new(), more: false });
    }
    let span = Span { first, days: request.days, ask: request.limit + 1 };
    // By whatever finds an appointment first.
    let mut by: HashMap<AppointmentId, &'static str> = HashMap::new();
    if let Ok(code) = text.parse::<BookingCode>()
        && let Some(a) = store::agenda::by_code(&mut connection, &code.to_string()).await?
    {
        by.insert(a.id, "code");
    }
    // Who may not read identities does not search by them either.
    if desk.session().roles.may(Permission::ReadPatients) {
        for id in by_person(desk, &mut connection, &text, span.ask).await? {
            by.entry(id).or_insert("person");
        }
    }
    for (id, how) in by_type(desk, &mut connection, &words, span).await? {
        by.entry(id).or_insert(how);
    }
    for (id, note) in store::overview::notes(&mut connection, span.first, span.days, NOTES).await? {
        let written = tokens(&note);
        if words.iter().all(|word| written.iter().any(|one| one.starts_with(word.as_str()))) {
            by.entry(id).or_insert("note");
        }
    }
    let ids: Vec<AppointmentId> = by.keys().copied().collect();
    let region = desk.premises().region();
    let today = day_number(desk.wall_now().date());
    let mut found: Vec<(i64, FoundAppointmentView)> = store::overview::named_many(&mut connection, &ids)
        .await?
        .into_iter()
        .map(|named| {
            let a = &named.appointment;
            let at = a.starts.unwrap_or(a.day * 1440 + 1439);
            let (past, how) = (a.day < today, by.get(&a.id).copied().unwrap_or("person"));
            (at, FoundAppointmentView { by: how.to_owned(), past, appointment: view(named, region) })
        })
        .collect();
    found.sort_by_key(|(at, one)| (one.by != "code", one.past, if one.past { -at } else { *at }));
    let limit = usize::try_from(request.limit).unwrap_or(0);
    let more = found.len() > limit;
    found.truncate(limit);
    Ok(FoundAppointmentsView { found: found.into_iter().map(|(_, one)| one).collect(), more })
}

/// Where types and notes are looked for, and how many are asked for.
#[derive(Clone, Copy)]
struct Span {
    first: i64,
    days: i64,
    ask: i64,
}

async fn by_person(
    desk: &Desk,
    connection: &mut Connection,
    text: &str,
    ask: i64,
) -> Result<Vec<AppointmentId>, CommandError> {
    let now = desk.wall_now();
    let query = SearchQuery::parse(text, now.date());
    let (found, _) = store::search::search(connection, &query, PERSONS, now.minutes()).await?;
    let persons: Vec<PatientId> = found.into_iter().map(|one| one.id).collect();
    Ok(store::overview::of_patients(connection, &persons, day_number(now.date()), ask).await?)
}

/// `contrôle`: the type's appointments of the span; `contrôle dupont`: those of the person's that are of the type, over
/// all years.
async fn by_type(
    desk: &Desk,
    connection: &mut Connection,
    words: &[String],
    span: Span,
) -> Result<Vec<(AppointmentId, &'static str)>, CommandError> {
    let types = store::practice::types(connection).await?;
    let said = |kind: &AppointmentType, word: &str| {
        tokens(&kind.name).iter().chain(&tokens(&kind.short_name)).any(|one| one.starts_with(word))
    };
    // A letter or two says a name's beginning rather than a type.
    let about: Vec<&String> =
        words.iter().filter(|word| word.chars().count() >= 3 && types.iter().any(|kind| said(kind, word))).collect();
    let meant: Vec<TypeId> = types
        .iter()
        .filter(|kind| !about.is_empty() && about.iter().all(|word| said(kind, word)))
        .map(|kind| kind.id)
        .collect();
    if meant.is_empty() {
        return Ok(Vec::new());
    }
    let rest: Vec<&str> = words.iter().filter(|word| !about.contains(word)).map(String::as_str).collect();
    if rest.is_empty() {
        let all = store::practice::practitioners(connection).await?;
        let whose: Vec<PractitionerId> = all.into_iter().map(|one| one.id).collect();
        let ids = store::overview::of_types(connection, &whose, &meant, span.first, span.days, span.ask).await?;
        return Ok(ids.into_iter().map(|id| (id, "type")).collect());
    }
    if !desk.session().roles.may(Permission::ReadPatients) {
        return Ok(Vec::new());
    }
    let ids = by_person(desk, connection, &rest.join(" "), 500).await?;
    let named = store::overview::named_many(connection, &ids).await?;
    let of_type = named.into_iter().filter(|one| meant.contains(&one.appointment.type_id));
    Ok(of_type.map(|one| (one.appointment.id, "person")).collect())
}
