//! One appointment: how it stands; move, cancel, confirm. Open to who booked it, and to who has its code and contact.

use axum::{
    body::Bytes,
    extract::{Path, RawQuery},
    response::Response,
};
use domain::id::AppointmentId;
use fhir::booking::{AppointmentStatus, Schedule, ScheduleId, SlotId};
use maud::{Markup, html};
use uuid::Uuid;

use super::{
    layout::{Place, Trouble, address, moment, page},
    read_form, see,
    slots::{take, times},
    visitor::{Call, Visitor},
    words::{self, Words},
};
use crate::{
    form, messages,
    store::{Booked, Held, StoreError, Template, can_change},
};

type At = Path<(String, String, String)>;

/// The appointment of an address and its schedule, where the visitor may see it. Everything else is not there.
pub(super) async fn open(call: &mut Call, text: &str) -> Result<(Held, Schedule), Trouble> {
    let id: Uuid = text.parse().map_err(|_| Trouble::NotFound)?;
    let held = call.tx.appointment(AppointmentId::new(id), true).await?.ok_or(Trouble::NotFound)?;
    let visit = call.visit.as_ref().ok_or(Trouble::NotFound)?;
    let proved = visit.account_id.and(visit.contact.as_deref());
    let theirs = visit.account_id.is_some() && visit.account_id == held.account
        || proved.is_some_and(|contact| held.is_of(contact))
        || visit.appointment_id == Some(id);
    if !theirs {
        return Err(Trouble::NotFound);
    }
    let schedule = call.tx.schedule(ScheduleId(held.schedule)).await?.ok_or(Trouble::NotFound)?;
    Ok((held, schedule))
}

/// How it stands, in words.
const fn title(status: AppointmentStatus) -> Words {
    use AppointmentStatus::{Booked, Cancelled, EnteredInError, Pending, Proposed, Waitlist};
    match status {
        Booked => words::BOOKED_TITLE,
        Pending | Proposed => words::REQUESTED_TITLE,
        Cancelled | EnteredInError => words::CANCELLED_TITLE,
        Waitlist => words::WAITING_TITLE,
        _ => words::PAST_TITLE,
    }
}

fn facts(held: &Held, schedule: &Schedule, language: fhir::booking::Language) -> Markup {
    let a = &held.appointment;
    html! {
        dl.facts {
            @if let Some(span) = a.span { dt { (words::WHEN.of(language)) } dd { (moment(span, schedule, language)) } }
            dt { (words::WITH.of(language)) } dd { bdi { (schedule.practitioner.name) } }
            dt { (words::WHERE.of(language)) } dd { (address(schedule)) }
            @if let Some(kind) = &a.kind { dt { (words::TYPE.of(language)) } dd { bdi { (kind.label) } } }
            @if let Some(person) = &a.person {
                dt { (words::FOR.of(language)) } dd { bdi { (person.first_name) " " (person.surname) } }
            }
            @if let Some(code) = a.code {
                dt { (words::BOOKING_CODE.of(language)) } dd { bdi.n.code { (code.spoken()) } }
            }
            @if let Some(link) = &a.visio {
                dt { (words::VIDEO.of(language)) } dd { a href=(link) rel="noreferrer" { bdi.n { (link) } } }
            }
        }
    }
}

pub(super) async fn show(
    visitor: Visitor,
    Path((language, practice, id)): At,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let mut call = visitor.open(&language, &practice).await?;
    let (held, schedule) = open(&mut call, &id).await?;
    let response = standing(&call, &held, &schedule, query.as_deref() == Some("changed"));
    call.finish(response).await
}

fn standing(call: &Call, held: &Held, schedule: &Schedule, changed: bool) -> Response {
    let language = call.language;
    let a = &held.appointment;
    let here = format!("{}/a/{}", call.base(), a.id);
    let open = can_change(a, call.now);
    let waits = a.status == AppointmentStatus::Waitlist;
    let confirms = open && a.status == AppointmentStatus::Booked && !a.confirmed;
    let title = title(a.status).of(language);
    // The state by a sign as well, in the colour of its kind.
    let off = matches!(
        a.status,
        AppointmentStatus::Cancelled | AppointmentStatus::EnteredInError | AppointmentStatus::Noshow
    );
    let sign = match a.status {
        _ if off => "✕",
        AppointmentStatus::Pending | AppointmentStatus::Proposed | AppointmentStatus::Waitlist => "○",
        _ => "✓",
    };
    let body = html! {
        h1 { span.state.off[off] aria-hidden="true" { (sign) } " " (title) }
        @if changed { div.note.warn role="alert" { p { (words::CHANGED_MEANWHILE.of(language)) } } }
        @match a.status {
            AppointmentStatus::Pending | AppointmentStatus::Proposed => p.lead { (words::REQUESTED_LEAD.of(language)) },
            AppointmentStatus::Waitlist => p.lead { (words::WAITING_LEAD.of(language)) },
            _ => {}
        }
        div.panel { (facts(held, schedule, language)) }
        @if a.confirmed && open { p { "✓ " (words::CONFIRMED_COMING.of(language)) } }
        @if open {
            p.hint { (words::KEEP_CODE.of(language)) }
            div.actions {
                @if confirms {
                    form action={ (here) "/confirm" } method="post" {
                        input type="hidden" name="form" value=(call.form_token());
                        button { (words::CONFIRM_COMING.of(language)) }
                    }
                }
                @if !waits { a.button.quiet href={ (here) "/calendar.ics" } { (words::CALENDAR.of(language)) } }
                @if !waits && held.type_to_move_by(schedule).is_some() { a.button.quiet href={ (here) "/move?" } { (words::MOVE.of(language)) } }
                form action={ (here) "/cancel" } method="post" {
                    input type="hidden" name="form" value=(call.form_token());
                    button.danger { (if waits { words::LEAVE_LIST } else { words::CANCEL }.of(language)) }
                }
            }
        } @else {
            div.actions {
                a.button href={ (call.base()) "/s/" (schedule.id.0) } { (words::HOME_TITLE.of(language)) }
            }
        }
    };
    let rest = format!("/{}/a/{}", call.practice, a.id);
    page(&Place { language, rest: &rest, practice: Some((call.practice, &call.name)) }, title, &body)
}

/// What a change did: told to the patient and to the practice; or the page as it stands where it came too late.
async fn settle(
    mut call: Call,
    schedule: &Schedule,
    id: &str,
    done: Result<Booked, StoreError>,
    template: Option<Template>,
    kind: &'static str,
) -> Result<Response, Trouble> {
    let here = format!("{}/a/{id}", call.base());
    let appointment = match done {
        Ok(booked) => booked.appointment,
        Err(StoreError::Stale) => return call.finish(see(&format!("{here}?changed"))).await,
        Err(error) => return Err(error.into()),
    };
    let (portal, instruction, now) = (call.portal.clone(), call.instruction.clone(), call.now);
    if let Some(template) = template {
        messages::after_patient(&portal, &mut call.tx, &appointment, schedule, &instruction, template, now).await?;
    }
    let account = call.account().map(|(account, _)| account);
    call.tx.note_connection(kind, account, Some(call.address), now).await?;
    call.news = true;
    call.finish(see(&here)).await
}

pub(super) async fn cancel(
    visitor: Visitor,
    Path((language, practice, id)): At,
    bytes: Bytes,
) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    call.check_form(&pairs)?;
    let (held, schedule) = open(&mut call, &id).await?;
    let now = call.now;
    let done = call.tx.cancel_booking(&held, &schedule, now).await;
    let template = held.appointment.span.map(|_| Template::Cancellation);
    settle(call, &schedule, &id, done, template, "cancelled").await
}

pub(super) async fn confirm(
    visitor: Visitor,
    Path((language, practice, id)): At,
    bytes: Bytes,
) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    call.check_form(&pairs)?;
    let (held, schedule) = open(&mut call, &id).await?;
    let now = call.now;
    let done = call.tx.confirm_booking(&held, &schedule, now).await;
    settle(call, &schedule, &id, done, None, "confirmed").await
}

pub(super) async fn choose(
    visitor: Visitor,
    Path((language, practice, id)): At,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let pairs = form::pairs(query.as_deref().unwrap_or_default()).ok_or(Trouble::NotFound)?;
    let mut call = visitor.open(&language, &practice).await?;
    let (held, schedule) = open(&mut call, &id).await?;
    let language = call.language;
    let offered = held.type_to_move_by(&schedule).ok_or(Trouble::NotFound)?;
    let times = times(&mut call, &schedule, offered, &pairs).await?;
    let here = format!("{}/a/{}", call.base(), held.appointment.id);
    let body = html! {
        h1 { (words::MOVE_TITLE.of(language)) }
        @if let Some(span) = held.appointment.span {
            p.lead { (moment(span, &schedule, language)) " · " bdi { (schedule.practitioner.name) } }
        }
        @if form::value(&pairs, "taken").is_some() { div.note.warn role="alert" { p { (words::TAKEN.of(language)) } } }
        form action={ (here) "/move" } method="post" {
            input type="hidden" name="form" value=(call.form_token());
            h2 { (words::FREE_TIMES.of(language)) }
            (times.show(&schedule, language, &format!("{here}/move?"), |slot| take(slot, &schedule, language)))
        }
        p { a href=(here) { (words::KEEP.of(language)) } }
    };
    let rest = format!("/{}/a/{}/move?{}", call.practice, held.appointment.id, query.unwrap_or_default());
    let name = call.name.clone();
    let place = Place { language, rest: &rest, practice: Some((call.practice, &name)) };
    let response = page(&place, words::MOVE_TITLE.of(language), &body);
    call.finish(response).await
}

pub(super) async fn relocate(
    visitor: Visitor,
    Path((language, practice, id)): At,
    bytes: Bytes,
) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    call.check_form(&pairs)?;
    let (held, schedule) = open(&mut call, &id).await?;
    let slot: Uuid = form::value(&pairs, "slot").and_then(|text| text.parse().ok()).ok_or(Trouble::Form)?;
    let now = call.now;
    call.tx.save().await?;
    let done = call.tx.move_booking(&held, SlotId(slot), &schedule, now).await;
    call.tx.settle(done.is_ok()).await?;
    if matches!(done, Err(StoreError::Taken | StoreError::NotFound)) {
        let response = see(&format!("{}/a/{id}/move?taken=1", call.base()));
        return call.finish(response).await;
    }
    settle(call, &schedule, &id, done, Some(Template::Change), "moved").await
}
