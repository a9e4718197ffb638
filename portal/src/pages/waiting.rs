//! The waiting list: days and hours that somebody wishes for.

use axum::{
    body::Bytes,
    extract::{Path, RawQuery},
    response::Response,
};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use domain::time;
use fhir::booking::{OfferedType, Schedule, Wish};
use maud::html;

use super::{
    book::new_request,
    identify::{Then, contact_page},
    layout::{Field, Place, Trouble, field, page},
    person::{Typed, Wrong},
    read_form, see,
    slots::{schedule_of, type_of},
    visitor::{Call, Visitor},
    words,
};
use crate::{
    form,
    messages::{self, local_day},
    store::{StoreError, Template},
};

type At = Path<(String, String, String)>;

/// How long a wish may hold.
const LONGEST: i64 = 180;

struct Asked {
    days: Vec<bool>,
    from: String,
    until: String,
    after: String,
    before: String,
}

impl Asked {
    fn first(today: NaiveDate) -> Self {
        Self {
            days: vec![true, true, true, true, true, false, false],
            from: today.to_string(),
            until: (today + TimeDelta::days(30)).to_string(),
            after: "08:00".to_owned(),
            before: "19:00".to_owned(),
        }
    }

    fn read(pairs: &[(String, String)]) -> Self {
        let text = |name: &str| form::value(pairs, name).unwrap_or_default().chars().take(10).collect();
        Self {
            days: (0..7).map(|day| form::value(pairs, &format!("day{day}")).is_some()).collect(),
            from: text("from"),
            until: text("until"),
            after: text("after"),
            before: text("before"),
        }
    }

    fn wish(&self, today: NaiveDate) -> Option<Wish> {
        let minute = |text: &str| {
            let time = NaiveTime::parse_from_str(text, "%H:%M").ok()?;
            u16::try_from(time.signed_duration_since(NaiveTime::MIN).num_minutes()).ok()
        };
        let wish = Wish {
            from_on: self.from.parse().ok()?,
            until_on: self.until.parse().ok()?,
            weekdays: self.days.iter().enumerate().filter(|(_, on)| **on).fold(0, |all, (day, _)| all | 1 << day),
            from_minute: minute(&self.after)?,
            to_minute: minute(&self.before)?,
        };
        let fits = wish.weekdays != 0
            && wish.from_on <= wish.until_on
            && wish.until_on >= today
            && wish.until_on <= today + TimeDelta::days(LONGEST)
            && wish.from_minute < wish.to_minute;
        fits.then_some(wish)
    }
}

pub(super) async fn ask(
    visitor: Visitor,
    Path((language, practice, schedule)): At,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let pairs = form::pairs(query.as_deref().unwrap_or_default()).ok_or(Trouble::NotFound)?;
    let mut call = visitor.open(&language, &practice).await?;
    let schedule = schedule_of(&mut call, &schedule).await?;
    let offered = type_of(&schedule, &pairs).filter(|_| call.instruction.waiting_list).ok_or(Trouble::NotFound)?;
    let today = time::wall(call.now, &schedule.site.zone).date();
    let response = match call.account() {
        Some((_, contact)) => {
            form_page(&call, &schedule, offered, &contact, &Typed::default(), &Asked::first(today), &Wrong::new())
        }
        None => contact_page(&call, &Then::wait(&schedule.id.0.to_string(), &offered.kind.id.to_string()), "", false),
    };
    call.finish(response).await
}

fn form_page(
    call: &Call,
    schedule: &Schedule,
    offered: &OfferedType,
    contact: &str,
    typed: &Typed,
    asked: &Asked,
    wrong: &Wrong,
) -> Response {
    let language = call.language;
    let kind = offered.kind.id;
    let one = |name, kind, label: words::Words, value| {
        field(&Field {
            name,
            kind,
            label: label.of(language),
            hint: None,
            value,
            required: true,
            complete: "off",
            error: None,
        })
    };
    // Any Monday: only the names of the days are shown.
    let monday = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default();
    let wish_wrong = wrong.iter().any(|(name, _)| *name == "wish");
    let body = html! {
        h1 { (words::JOIN_WAITING.of(language)) }
        p.lead { bdi { (schedule.practitioner.name) } " · " bdi { (offered.kind.label) } }
        form.panel action={ (call.base()) "/s/" (schedule.id.0) "/wait" } method="post" {
            input type="hidden" name="form" value=(call.form_token());
            input type="hidden" name="type" value=(kind);
            p { (words::WISH_LEAD.of(language)) }
            @if wish_wrong { span.error role="alert" { (words::WISH_INVALID.of(language)) } }
            fieldset {
                legend { (words::WISH_DAYS.of(language)) }
                div.days {
                    @for (day, on) in asked.days.iter().enumerate() {
                        label.check {
                            input type="checkbox" name={ "day" (day) } value="yes" checked[*on];
                            (local_day(monday + TimeDelta::days(i64::try_from(day).unwrap_or(0)), language))
                        }
                    }
                }
            }
            div.row {
                (one("from", "date", words::WISH_FROM, asked.from.as_str()))
                (one("until", "date", words::WISH_UNTIL, asked.until.as_str()))
                (one("after", "time", words::WISH_AFTER, asked.after.as_str()))
                (one("before", "time", words::WISH_BEFORE, asked.before.as_str()))
            }
            (typed.show(contact, call.instruction.fields, language, wrong))
            p.hint { (words::NOTICE_SHORT.of(language)) " " a href={ (call.base()) "/privacy" } { (words::NOTICE_LINK.of(language)) } }
            div.actions { button { (words::JOIN_WAITING.of(language)) } }
        }
    };
    let rest = format!("/{}/s/{}/wait?type={kind}", call.practice, schedule.id.0);
    let place = Place { language, rest: &rest, practice: Some((call.practice, &call.name)) };
    page(&place, words::JOIN_WAITING.of(language), &body)
}

pub(super) async fn join(
    visitor: Visitor,
    Path((language, practice, schedule)): At,
    bytes: Bytes,
) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    call.check_form(&pairs)?;
    let schedule = schedule_of(&mut call, &schedule).await?;
    let offered = type_of(&schedule, &pairs).filter(|_| call.instruction.waiting_list).ok_or(Trouble::NotFound)?;
    let (account, contact) = call.account().ok_or(Trouble::Form)?;
    let now = call.now;
    let today = time::wall(now, &schedule.site.zone).date();
    let (typed, asked) = (Typed::read(&pairs), Asked::read(&pairs));
    let fields = call.instruction.fields;
    let (whom, wish) = match (typed.check(&contact, &schedule, fields, call.language, now), asked.wish(today)) {
        (Ok(whom), Some(wish)) => (whom, wish),
        (whom, wish) => {
            let mut wrong = whom.err().unwrap_or_default();
            if wish.is_none() {
                wrong.push(("wish", words::WISH_INVALID));
            }
            let response = form_page(&call, &schedule, offered, &contact, &typed, &asked, &wrong);
            return call.finish(response).await;
        }
    };
    let request = new_request(offered.kind.id, whom, account);
    let mut appointment = match call.tx.join_waiting_list(&schedule, &request, wish, now).await {
        Ok(booked) => booked.appointment,
        Err(StoreError::TooMany) => {
            let wrong = vec![("surname", words::TOO_MANY)];
            let response = form_page(&call, &schedule, offered, &contact, &typed, &asked, &wrong);
            return call.finish(response).await;
        }
        Err(error) => return Err(error.into()),
    };
    if !fields.reason {
        call.tx.forget_type(request.id).await?;
        appointment.kind = None;
    }
    let (portal, instruction) = (call.portal.clone(), call.instruction.clone());
    messages::after_patient(&portal, &mut call.tx, &appointment, &schedule, &instruction, Template::Waiting, now)
        .await?;
    call.tx.note_connection("booked", Some(account), Some(call.address), now).await?;
    call.news = true;
    let response = see(&format!("{}/a/{}", call.base(), appointment.id));
    call.finish(response).await
}
