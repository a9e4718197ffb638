//! Book a slot: who it is for, and the booking itself.

use axum::{
    body::Bytes,
    extract::{Path, RawQuery},
    response::Response,
};
use domain::id::AppointmentId;
use fhir::booking::{AppointmentStatus, OfferedType, Schedule, SlotId, Span};
use maud::html;
use uuid::Uuid;

use super::{
    identify::{Then, contact_page},
    layout::{Place, Trouble, address, moment, page},
    person::{Typed, Wrong},
    read_form, see,
    slots::{schedule_of, type_of},
    visitor::{Call, Visitor},
    words,
};
use crate::{
    form, messages, secret,
    store::{BookRequest, StoreError, Template},
};

/// Slot and type of an address.
struct Wanted<'a> {
    slot: SlotId,
    offered: &'a OfferedType,
    span: Span,
}

/// The slot, where it can (still) be booked for the type.
async fn wanted<'a>(
    call: &mut Call,
    schedule: &'a Schedule,
    pairs: &[(String, String)],
) -> Result<Option<Wanted<'a>>, Trouble> {
    let offered = type_of(schedule, pairs).ok_or(Trouble::NotFound)?;
    let id: Uuid = form::value(pairs, "slot").and_then(|text| text.parse().ok()).ok_or(Trouble::NotFound)?;
    let Some(slot) = call.tx.slot(SlotId(id)).await?.filter(|s| s.schedule == schedule.id) else { return Ok(None) };
    let start = slot.span.start_at;
    let free = call.tx.free_slots(schedule, offered.kind.id, start, start + chrono::TimeDelta::seconds(1), 1).await?;
    let there = free.first().is_some_and(|_| start > call.now);
    Ok(there.then_some(Wanted { slot: SlotId(id), offered, span: Span { start_at: start, minutes: offered.minutes } }))
}

fn taken(call: &Call, schedule: &Schedule, pairs: &[(String, String)]) -> Response {
    let kind = type_of(schedule, pairs).map(|t| t.kind.id.to_string()).unwrap_or_default();
    see(&format!("{}/s/{}?type={kind}&taken=1", call.base(), schedule.id.0))
}

pub(super) async fn ask(
    visitor: Visitor,
    Path((language, practice, schedule)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let pairs = form::pairs(query.as_deref().unwrap_or_default()).ok_or(Trouble::NotFound)?;
    let mut call = visitor.open(&language, &practice).await?;
    let schedule = schedule_of(&mut call, &schedule).await?;
    let Some(wanted) = wanted(&mut call, &schedule, &pairs).await? else {
        let response = taken(&call, &schedule, &pairs);
        return call.finish(response).await;
    };
    let response = match call.account() {
        Some((_, contact)) => details(&call, &schedule, &wanted, &contact, &Typed::default(), &Wrong::new()),
        None => {
            let kind = wanted.offered.kind.id.to_string();
            contact_page(&call, &Then::book(&schedule.id.0.to_string(), &kind, &wanted.slot.0.to_string()), "", false)
        }
    };
    call.finish(response).await
}

fn details(
    call: &Call,
    schedule: &Schedule,
    wanted: &Wanted<'_>,
    contact: &str,
    typed: &Typed,
    wrong: &Wrong,
) -> Response {
    let language = call.language;
    let kind = wanted.offered.kind.id;
    let body = html! {
        h1 { (words::DETAILS_TITLE.of(language)) }
        p.lead {
            (moment(wanted.span, schedule, language)) " · " bdi { (schedule.practitioner.name) } " · " bdi { (wanted.offered.kind.label) }
        }
        form.panel action={ (call.base()) "/s/" (schedule.id.0) "/book" } method="post" {
            input type="hidden" name="form" value=(call.form_token());
            input type="hidden" name="type" value=(kind);
            input type="hidden" name="slot" value=(wanted.slot.0);
            (typed.show(contact, call.instruction.fields, language, wrong))
            p.hint { (words::NOTICE_SHORT.of(language)) " " a href={ (call.base()) "/privacy" } { (words::NOTICE_LINK.of(language)) } }
            div.actions {
                button { (words::BOOK.of(language)) }
                a href={ (call.base()) "/s/" (schedule.id.0) "?type=" (kind) } { (words::MOVE_TITLE.of(language)) }
            }
        }
        p.hint { (address(schedule)) }
    };
    let rest = format!("/{}/s/{}/book?type={kind}&slot={}", call.practice, schedule.id.0, wanted.slot.0);
    let place = Place { language, rest: &rest, practice: Some((call.practice, &call.name)) };
    page(&place, words::DETAILS_TITLE.of(language), &body)
}

/// What a booking needs of randomness.
pub(super) fn new_request(
    kind: domain::id::TypeId,
    (person, contact): (fhir::booking::Person, Option<fhir::booking::Contact>),
    account: Uuid,
) -> BookRequest {
    BookRequest {
        id: AppointmentId::new(secret::make_id()),
        codes: std::array::from_fn(|_| u32::from_be_bytes(secret::random())),
        kind,
        person,
        contact,
        account,
    }
}

pub(super) async fn book(
    visitor: Visitor,
    Path((language, practice, schedule)): Path<(String, String, String)>,
    bytes: Bytes,
) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    call.check_form(&pairs)?;
    let schedule = schedule_of(&mut call, &schedule).await?;
    let (account, contact) = call.account().ok_or(Trouble::Form)?;
    let Some(wanted) = wanted(&mut call, &schedule, &pairs).await? else {
        let response = taken(&call, &schedule, &pairs);
        return call.finish(response).await;
    };
    let typed = Typed::read(&pairs);
    let fields = call.instruction.fields;
    let whom = match typed.check(&contact, &schedule, fields, call.language, call.now) {
        Ok(whom) => whom,
        Err(wrong) => {
            let response = details(&call, &schedule, &wanted, &contact, &typed, &wrong);
            return call.finish(response).await;
        }
    };
    let request = new_request(wanted.offered.kind.id, whom, account);
    let now = call.now;
    call.tx.save().await?;
    let booked = call.tx.book(wanted.slot, &schedule, &request, now).await;
    call.tx.settle(booked.is_ok()).await?;
    let mut appointment = match booked {
        Ok(booked) => booked.appointment,
        Err(StoreError::Taken | StoreError::NotFound) => {
            let response = taken(&call, &schedule, &pairs);
            return call.finish(response).await;
        }
        Err(StoreError::TooMany) => {
            let wrong = vec![("surname", words::TOO_MANY)];
            let response = details(&call, &schedule, &wanted, &contact, &typed, &wrong);
            return call.finish(response).await;
        }
        Err(error) => return Err(error.into()),
    };
    // Without an instruction for it the reason stays here no longer than the choice of a slot.
    if !fields.reason {
        call.tx.forget_type(request.id).await?;
        appointment.kind = None;
    }
    let template =
        if appointment.status == AppointmentStatus::Pending { Template::Request } else { Template::Confirmation };
    let (portal, instruction) = (call.portal.clone(), call.instruction.clone());
    messages::after_patient(&portal, &mut call.tx, &appointment, &schedule, &instruction, template, now).await?;
    call.tx.note_connection("booked", Some(account), Some(call.address), now).await?;
    call.news = true;
    let response = see(&format!("{}/a/{}", call.base(), appointment.id));
    call.finish(response).await
}
