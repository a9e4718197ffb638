//! My appointments: by having proved a contact, or one of them by its code and contact.

use axum::{body::Bytes, extract::Path, response::Response};
use domain::agenda::BookingCode;
use fhir::booking::{Schedule, ScheduleId};
use maud::html;

use super::{
    identify::{read_contact, region},
    layout::{Field, Place, Trouble, field, moment, page},
    read_form, see,
    visitor::{Call, Visitor},
    words,
};
use crate::{
    form,
    guard::{Limit, origin},
    store::Held,
};

type At = Path<(String, String)>;

pub(super) async fn show(visitor: Visitor, Path((language, practice)): At) -> Result<Response, Trouble> {
    let mut call = visitor.open(&language, &practice).await?;
    let response = match call.account() {
        Some((account, contact)) => {
            let now = call.now;
            let mut all: Vec<(Held, Schedule)> = Vec::new();
            for held in call.tx.appointments_of(account, &contact, now).await? {
                if let Some(schedule) = call.tx.schedule(ScheduleId(held.schedule)).await? {
                    all.push((held, schedule));
                }
            }
            let out = call.tx.opted_out(&contact).await?;
            list(&call, &all, out)
        }
        None => ask(&call, ("", ""), false),
    };
    call.finish(response).await
}

fn list(call: &Call, all: &[(Held, Schedule)], out: bool) -> Response {
    let language = call.language;
    let body = html! {
        h1 { (words::MINE_TITLE.of(language)) }
        @if all.is_empty() { p.lead { (words::MINE_NONE.of(language)) } }
        ul.list {
            @for (held, schedule) in all {
                li {
                    a.card href={ (call.base()) "/a/" (held.appointment.id) } {
                        strong {
                            @match held.appointment.span {
                                Some(span) => (moment(span, schedule, language)),
                                None => (words::WAITING_TITLE.of(language)),
                            }
                        }
                        span {
                            bdi { (schedule.practitioner.name) }
                            @if let Some(person) = &held.appointment.person { " · " bdi { (person.first_name) " " (person.surname) } }
                            @if !held.appointment.status.is_active() && held.appointment.span.is_some() {
                                " · " (words::CANCELLED_TITLE.of(language))
                            }
                        }
                    }
                }
            }
        }
        p { a.button href={ "/" (language.as_str()) } { (words::HOME_TITLE.of(language)) } }
        div.actions {
            form action={ (call.base()) "/reminders" } method="post" {
                input type="hidden" name="form" value=(call.form_token());
                input type="hidden" name="out" value=(if out { "no" } else { "yes" });
                button.quiet { (if out { words::REMINDERS } else { words::NO_REMINDERS }.of(language)) }
            }
            a.button.quiet href={ (call.base()) "/rights" } { (words::RIGHTS_TITLE.of(language)) }
            form action={ (call.base()) "/leave" } method="post" {
                input type="hidden" name="form" value=(call.form_token());
                button.quiet { (words::SIGN_OUT.of(language)) }
            }
        }
    };
    page(&place(call, &call.rest(REST)), words::MINE_TITLE.of(language), &body)
}

const REST: &str = "/appointment";

fn place<'a>(call: &'a Call, rest: &'a str) -> Place<'a> {
    Place { language: call.language, rest, practice: Some((call.practice, &call.name)) }
}

fn ask(call: &Call, (code, contact): (&str, &str), wrong: bool) -> Response {
    let language = call.language;
    let body = html! {
        h1 { (words::LOOK_UP_TITLE.of(language)) }
        p.lead { (words::LOOK_UP_LEAD.of(language)) }
        @if wrong { div.note.bad role="alert" { p { (words::NOT_FOUND_CODE.of(language)) } } }
        form.panel action={ (call.base()) "/appointment" } method="post" {
            (field(&Field {
                name: "code", kind: "text", label: words::BOOKING_CODE.of(language), hint: None, value: code, required: true,
                complete: "off", error: None,
            }))
            (field(&Field {
                name: "contact", kind: "text", label: words::CONTACT.of(language), hint: None, value: contact, required: true,
                complete: "tel", error: None,
            }))
            div.actions { button { (words::LOOK_UP.of(language)) } }
        }
        p { a href={ (call.base()) "/identify" } { (words::WITHOUT_CODE.of(language)) } }
    };
    page(&place(call, &call.rest(REST)), words::LOOK_UP_TITLE.of(language), &body)
}

pub(super) async fn look_up(
    visitor: Visitor,
    Path((language, practice)): At,
    bytes: Bytes,
) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    let typed = |name: &str| form::value(&pairs, name).unwrap_or_default().chars().take(254).collect::<String>();
    let (code, contact) = (typed("code"), typed("contact"));
    call.portal.guard.take(Limit::LookUpByAddress, &origin(call.address), call.now).map_err(Trouble::TooOften)?;
    let region = region(&mut call).await?;
    // What is not of the form is looked up as well, under a contact that nobody has: it takes as long.
    let reached = read_contact(&contact, region, true).unwrap_or_default();
    let limit = format!("{} {reached}", call.practice);
    call.portal.guard.take(Limit::LookUpByContact, &limit, call.now).map_err(Trouble::TooOften)?;
    let number = code.parse::<BookingCode>().map(BookingCode::number).unwrap_or(u32::MAX);
    let found = call.tx.appointment_by_code(number, &reached).await?;
    let now = call.now;
    let Some(held) = found else {
        call.tx.note_connection("look_up_refused", None, Some(call.address), now).await?;
        let response = ask(&call, (&code, &contact), true);
        return call.finish(response).await;
    };
    // Who is identified stays so; a stranger gets another cookie than the one from before.
    let visit = if call.account().is_some() { call.hash().await? } else { call.renew().await? };
    call.tx.open_appointment(&visit, held.appointment.id.uuid()).await?;
    call.tx.note_connection("looked_up", held.account, Some(call.address), now).await?;
    let response = see(&format!("{}/a/{}", call.base(), held.appointment.id));
    call.finish(response).await
}

pub(super) async fn leave(visitor: Visitor, Path((language, practice)): At, bytes: Bytes) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    call.check_form(&pairs)?;
    call.end().await?;
    let response = see(&format!("/{}", call.language.as_str()));
    call.finish(response).await
}

pub(super) async fn reminders(
    visitor: Visitor,
    Path((language, practice)): At,
    bytes: Bytes,
) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    call.check_form(&pairs)?;
    let (account, _) = call.account().ok_or(Trouble::Form)?;
    let out = form::value(&pairs, "out") == Some("yes");
    let now = call.now;
    call.tx.opt_out(account, out, now).await?;
    let response = see(&format!("{}/appointment", call.base()));
    call.finish(response).await
}
