//! What a message asks back: that no more reminders come, and how booking was. Opened by the address in the message alone, which
//! nobody can guess; nobody has to say who they are.

use axum::{
    body::Bytes,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::Datelike;
use maud::html;
use uuid::Uuid;

use super::{
    layout::{Place, Trouble, page},
    read_form, see,
    visitor::{Call, Visitor},
    words::{self, Words},
};
use crate::{
    form,
    messages::proof,
    secret,
    store::{About, QUESTIONS, reached},
};

type At = Path<(String, String, String, String)>;

/// The message of an address, where the address is one that we wrote. Everything else is not there.
async fn open(
    visitor: Visitor,
    purpose: &str,
    (language, practice, message, shown): (String, String, String, String),
) -> Result<(Call, Uuid, Option<About>), Trouble> {
    let mut call = visitor.open(&language, &practice).await?;
    let id: Uuid = message.parse().map_err(|_| Trouble::NotFound)?;
    let own = proof(&call.portal, purpose, call.practice, id);
    if !secret::same(own.as_bytes(), shown.as_bytes()) {
        return Err(Trouble::NotFound);
    }
    let about = call.tx.message_about(id).await?;
    Ok((call, id, about))
}

fn shown(call: &Call, path: &str, title: Words, body: &maud::Markup) -> Response {
    let rest = call.rest(path);
    let place = Place { language: call.language, rest: &rest, practice: Some((call.practice, &call.name)) };
    let mut response = page(&place, title.of(call.language), body);
    // The address is a key: it is kept by nobody on the way.
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

/// Asks before anything is done: programs that look at the addresses in mails open them too.
pub(super) async fn ask_to_stop(visitor: Visitor, Path(at): At) -> Result<Response, Trouble> {
    let path = format!("/stop/{}/{}", at.2, at.3);
    let (call, _, _) = open(visitor, "stop", at).await?;
    let language = call.language;
    let body = html! {
        h1 { (words::STOP_TITLE.of(language)) }
        p.lead { (words::STOP_LEAD.of(language)) }
        form action={ "/" (language.as_str()) (call.rest(&path)) } method="post" {
            div.actions { button { (words::NO_REMINDERS.of(language)) } }
        }
    };
    let response = shown(&call, &path, words::STOP_TITLE, &body);
    call.finish(response).await
}

/// Stops it: by the button, or by the reader's own (RFC 8058). Said again, it is said alike, and so it is where what the message
/// was about is erased: nothing is held that could be told.
pub(super) async fn stop(visitor: Visitor, Path(at): At) -> Result<Response, Trouble> {
    let path = format!("/stop/{}/{}", at.2, at.3);
    let (mut call, _, about) = open(visitor, "stop", at).await?;
    let now = call.now;
    let held = match &about {
        Some(about) => call.tx.appointment_of(about).await?,
        None => None,
    };
    // The mail may have gone instead of a text message: who stops it wants no reminder by either way.
    let email = held.as_ref().and_then(|held| held.appointment.person.as_ref()).and_then(|p| p.email.clone());
    let phone = held.and_then(|held| reached(&held.appointment, call.portal.config.email_only));
    let mut contacts: Vec<_> = email.map(|email| (email.to_string(), call.language)).into_iter().chain(phone).collect();
    contacts.dedup_by(|one, other| one.0 == other.0);
    for (contact, language) in contacts {
        call.tx.refuse(&contact, (language, secret::make_id()), true, now).await?;
    }
    let language = call.language;
    let body = html! {
        h1 { (words::STOPPED_TITLE.of(language)) }
        p.lead { (words::STOPPED_LEAD.of(language)) }
    };
    let response = shown(&call, &path, words::STOPPED_TITLE, &body);
    call.finish(response).await
}

fn question(name: &str) -> Words {
    match name {
        "finding" => words::SURVEY_FINDING,
        "booking" => words::SURVEY_BOOKING,
        _ => words::SURVEY_MESSAGES,
    }
}

const SCORES: [(i16, Words); 5] =
    [(5, words::SCORE_5), (4, words::SCORE_4), (3, words::SCORE_3), (2, words::SCORE_2), (1, words::SCORE_1)];

pub(super) async fn ask_survey(visitor: Visitor, Path(at): At) -> Result<Response, Trouble> {
    let path = format!("/survey/{}/{}", at.2, at.3);
    let (call, _, about) = open(visitor, "survey", at).await?;
    if about.is_none_or(|about| about.answered) {
        let response = thanks(&call, &path);
        return call.finish(response).await;
    }
    let language = call.language;
    let body = html! {
        h1 { (words::SURVEY_TITLE.of(language)) }
        p.lead { (words::SURVEY_LEAD.of(language)) }
        form action={ "/" (language.as_str()) (call.rest(&path)) } method="post" {
            @for name in QUESTIONS {
                fieldset {
                    legend { (question(name).of(language)) }
                    @for (score, said) in SCORES {
                        label.check { input type="radio" name=(name) value=(score); (said.of(language)) }
                    }
                }
            }
            div.actions { button { (words::SURVEY_SEND.of(language)) } }
        }
    };
    let response = shown(&call, &path, words::SURVEY_TITLE, &body);
    call.finish(response).await
}

fn thanks(call: &Call, path: &str) -> Response {
    let body = html! {
        h1 { (words::SURVEY_THANKS.of(call.language)) }
        p.lead { (words::SURVEY_COUNTED.of(call.language)) }
    };
    shown(call, path, words::SURVEY_THANKS, &body)
}

/// Counts the answers; what was left open is not counted. That it was answered is kept, not what.
pub(super) async fn survey(visitor: Visitor, Path(at): At, bytes: Bytes) -> Result<Response, Trouble> {
    let path = format!("/survey/{}/{}", at.2, at.3);
    let pairs = read_form(&bytes)?;
    let (mut call, id, _) = open(visitor, "survey", at).await?;
    let answers: Vec<(&'static str, i16)> = QUESTIONS
        .into_iter()
        .filter_map(|name| {
            let score: i16 = form::value(&pairs, name)?.parse().ok()?;
            (1..=5).contains(&score).then_some((name, score))
        })
        .collect();
    if !answers.is_empty() {
        let today = call.now.date_naive();
        call.tx.count_survey(id, &answers, today.with_day(1).unwrap_or(today)).await?;
    }
    let address = format!("/{}{}", call.language.as_str(), call.rest(&path));
    call.finish(see(&address).into_response()).await
}
