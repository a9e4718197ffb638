//! The booking box, one question a key: what was typed is read, patients are searched, and where the wish in it has
//! changed the free slots are found.
//!
//! A word that may be a name is looked for as one first (`mar` is Marie before it is Tuesday); only where nobody is found
//! so, it is a wish. The reading itself is a rule (`domain::agenda::typed`).

use domain::agenda::MAX_MINUTES;
use domain::agenda::slots::{DEFAULT_STEP, PartOfDay};
use domain::agenda::typed::{DateOrder, Known, Meaning, Reading, Typed};
use domain::patient::query::{self, SearchQuery};
use domain::role::Permission;
use domain::time::WallTime;

use super::find_slots;
use super::show::spoken;
use super::typed_wire::{BoxView, ReadBoxRequest, SoughtView, UnderstoodView};
use super::wire::{FindSlotsRequest, SlotView};
use crate::commands::patient::show::match_view;
use crate::commands::{CommandError, Desk};
use crate::store::practice::{AppointmentType, Practitioner};
use crate::store::search::Found;
use crate::store::{self, Connection};

/// Longest text that is read: nobody types more, and a pasted letter is no booking.
const LIMIT: usize = 200;
/// How many words at the end are tried as wishes, the last first.
const TRIES: usize = 3;
/// How many free slots are looked at for those near a wished time.
const LOOKED_AT: i64 = 200;
/// How far after a wished time a slot still suits, in minutes.
const NEAR: i64 = 4 * 60;

/// Reads what stands in the box.
///
/// # Errors
/// `out_of_range`, `unknown_word`, and the refusals of [`find_slots`]; `permission_denied`.
pub async fn read_box(desk: &Desk, request: ReadBoxRequest) -> Result<BoxView, CommandError> {
    if !(1..=100).contains(&request.limit) {
        return Err(CommandError::field("out_of_range", "limit"));
    }
    let order = match request.language.as_str() {
        "fr" | "ar" => DateOrder::DayFirst,
        "en" => DateOrder::EitherWay,
        _ => return Err(CommandError::field("unknown_word", "language")),
    };
    let text: String = request.text.chars().take(LIMIT).collect();
    let now = desk.wall_now();
    let mut connection = desk.read(Permission::ReadPatients, "read_box").await?;
    let types: Vec<AppointmentType> =
        store::practice::types(&mut connection).await?.into_iter().filter(|kind| kind.active).collect();
    let practitioners: Vec<Practitioner> =
        store::practice::practitioners(&mut connection).await?.into_iter().filter(|one| one.active).collect();
    let reading = {
        let types: Vec<(&str, &str)> =
            types.iter().map(|kind| (kind.short_name.as_str(), kind.name.as_str())).collect();
        let names: Vec<&str> = practitioners.iter().map(|one| one.name.as_str()).collect();
        Reading::of(&text, &Known { types: &types, practitioners: &names }, now.date(), order)
    };
    let (typed, query, mut found, more) = search(&mut connection, &reading, request.limit, now).await?;
    if let Some(id) = request.patient_id.filter(|_| typed.search.is_empty())
        && let Some(patient) = store::patient::resolved(&mut connection, id).await?
    {
        found = store::search::found(&mut connection, &[patient.number], now.minutes()).await?;
    }
    drop(connection);
    let region = desk.premises().region();
    let kind = typed
        .kind()
        .and_then(|at| types.get(at))
        .or_else(|| types.iter().find(|kind| Some(kind.id) == request.type_id));
    let practitioner_id = typed.practitioner().and_then(|at| practitioners.get(at)).map(|one| one.id);
    let steps = typed.steps().saturating_mul(DEFAULT_STEP);
    let minutes = match (kind, steps) {
        (None, _) => 0,
        (Some(kind), 0) => kind.minutes,
        (Some(kind), steps) => kind.minutes.saturating_add(steps).clamp(DEFAULT_STEP.min(kind.minutes), MAX_MINUTES),
    };
    let slots = match (request.slots, kind) {
        (Some(asked), Some(kind)) => {
            let part = typed.part().unwrap_or(if typed.time().is_some() {
                PartOfDay::Any
            } else {
                super::book::word(&asked.part, "part")?
            });
            let wish = FindSlotsRequest {
                practitioners: practitioner_id.map_or(asked.practitioners, |id| vec![id]),
                type_id: kind.id,
                minutes: Some(minutes),
                from: from(&typed, now, asked.from),
                days: asked.days,
                part: part.as_str().to_owned(),
                count: asked.count,
            };
            let known_by = key(&wish, &typed)?;
            let slots = if known_by == asked.known { None } else { Some(slots(desk, wish, &typed).await?) };
            (known_by, slots)
        }
        _ => (String::new(), None),
    };
    let meaning = |one: &domain::agenda::typed::Understood| {
        let (kind, value) = match one.meaning {
            Meaning::Longer(_) => ("minutes", minutes.to_string()),
            Meaning::Type(_) => ("type", kind.map_or_else(String::new, |kind| kind.id.to_string())),
            Meaning::Practitioner(_) => ("practitioner", practitioner_id.map_or_else(String::new, |id| id.to_string())),
            Meaning::Day(day) => ("day", day.to_string()),
            Meaning::Time(minute) => ("time", format!("{:02}:{:02}", minute / 60, minute % 60)),
            Meaning::Part(part) => ("part", part.as_str().to_owned()),
        };
        UnderstoodView { from: units(&text, one.from), to: units(&text, one.to), kind: kind.to_owned(), value }
    };
    Ok(BoxView {
        understood: typed.understood.iter().map(meaning).collect(),
        sought: query.fragments.iter().flat_map(sought).collect(),
        matches: found.into_iter().map(|one| match_view(one, &query, region, now.date())).collect(),
        more,
        type_id: kind.map(|kind| kind.id),
        practitioner_id,
        minutes,
        wished: typed.day().is_some() || typed.time().is_some() || typed.part().is_some(),
        known: slots.0,
        slots: slots.1,
        search: typed.search,
    })
}

/// Searches the ways to read the text until somebody is found; what nobody bears is read as is most likely.
async fn search(
    connection: &mut Connection,
    reading: &Reading,
    limit: i64,
    now: WallTime,
) -> Result<(Typed, SearchQuery, Vec<Found>, bool), CommandError> {
    for count in 0..=reading.doubtful().min(TRIES) {
        let typed = reading.settled(count);
        let query = SearchQuery::parse(&typed.search, now.date());
        if query.is_empty() {
            // Nothing but wishes, or too little to look for.
            return Ok((typed, query, Vec::new(), false));
        }
        let (found, more) = store::search::search(connection, &query, limit, now.minutes()).await?;
        if !found.is_empty() {
            return Ok((typed, query, found, more));
        }
    }
    let typed = reading.likeliest();
    let query = SearchQuery::parse(&typed.search, now.date());
    Ok((typed, query, Vec::new(), false))
}

/// From when on slots are wished.
fn from(typed: &Typed, now: WallTime, asked: String) -> String {
    match (typed.day(), typed.time()) {
        (Some(day), time) => WallTime::at(day, time.unwrap_or(0)).to_string(),
        (None, Some(minute)) => {
            let today = WallTime::at(now.date(), minute);
            if today >= now { today } else { today.plus_minutes(1440) }.to_string()
        }
        (None, None) => asked,
    }
}

/// What tells one wish from another: the page says which one it has the slots of.
fn key(wish: &FindSlotsRequest, typed: &Typed) -> Result<String, CommandError> {
    serde_json::to_string(&(
        &wish.practitioners,
        wish.type_id,
        wish.minutes,
        &wish.from,
        wish.days,
        &wish.part,
        typed.time(),
        wish.count,
    ))
    .map_err(|_| CommandError::new("bad_request"))
}

/// The free slots of a wish: those near the wished time, or the first ones where there is none.
async fn slots(desk: &Desk, wish: FindSlotsRequest, typed: &Typed) -> Result<Vec<SlotView>, CommandError> {
    let count = usize::try_from(wish.count).unwrap_or(0);
    let Some(minute) = typed.time() else { return Ok(find_slots(desk, wish).await?.slots) };
    let all = find_slots(desk, FindSlotsRequest { count: LOOKED_AT, ..wish }).await?.slots;
    let minute = i64::from(minute);
    let is_near = |slot: &SlotView| {
        let of_day = i64::from(slot.starts.time_of_day_minutes());
        minute <= of_day && of_day < minute + NEAR
    };
    let mut near: Vec<SlotView> = all.iter().filter(|slot| is_near(slot)).cloned().collect();
    if near.is_empty() {
        near = all;
    }
    near.truncate(count);
    Ok(near)
}

/// Bytes of a text as UTF-16 units, in which the page counts.
fn units(text: &str, bytes: usize) -> i64 {
    text.get(..bytes).map_or(0, |part| i64::try_from(part.encode_utf16().count()).unwrap_or(0))
}

/// What a fragment is looked for as, where it is no name: `030279` is a birth date and the digits of a phone.
fn sought(fragment: &query::Fragment) -> Vec<SoughtView> {
    if fragment.readings.iter().any(|reading| matches!(reading, query::Reading::Name(_))) {
        return Vec::new();
    }
    let view = |kind: &str, value: String| Some(SoughtView { kind: kind.to_owned(), value });
    let told = |reading: &query::Reading| match reading {
        query::Reading::Born(day) => view("born", day.to_string()),
        query::Reading::Phone(digits) => view("phone", digits.clone()),
        query::Reading::Code(code) => view("code", spoken(&code.to_string())),
        query::Reading::Name(_) => None,
    };
    fragment.readings.iter().filter_map(told).collect()
}
