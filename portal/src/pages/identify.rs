//! Who somebody is: a contact, proved by a one-time code. Whether the contact is known here is never told, and does not change
//! what is shown or how long it takes.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    identifiers::{email, phone},
    text::ascii_digits,
};
use fhir::booking::Schedule;
use maud::{Markup, html};

use super::{
    layout::{Field, Place, Trouble, field, page},
    read_form, see,
    visitor::{Call, Visitor},
    words,
};
use crate::{
    form,
    guard::{Limit, origin},
    messages::channel_of,
    secret,
    store::{CODE_LASTS, NewMessage, Template},
};

/// What is gone on with afterwards, by a closed list: an address that was sent along could lead anywhere.
#[derive(Clone, Default)]
pub(super) struct Then {
    what: String,
    schedule: String,
    kind: String,
    slot: String,
}

impl Then {
    /// Books that slot.
    pub(super) fn book(schedule: &str, kind: &str, slot: &str) -> Self {
        Self { what: "book".to_owned(), schedule: schedule.to_owned(), kind: kind.to_owned(), slot: slot.to_owned() }
    }

    /// Joins the waiting list.
    pub(super) fn wait(schedule: &str, kind: &str) -> Self {
        Self { what: "wait".to_owned(), schedule: schedule.to_owned(), kind: kind.to_owned(), ..Self::default() }
    }

    /// Asks about their data.
    pub(super) fn rights() -> Self {
        Self { what: "rights".to_owned(), ..Self::default() }
    }

    fn read(pairs: &[(String, String)]) -> Self {
        let id = |name: &str| {
            form::value(pairs, name).filter(|text| uuid::Uuid::try_parse(text).is_ok()).unwrap_or_default().to_owned()
        };
        let what = form::value(pairs, "then").unwrap_or_default().to_owned();
        Self { what, schedule: id("schedule"), kind: id("type"), slot: id("slot") }
    }

    fn address(&self, base: &str) -> String {
        let Self { schedule, kind, slot, .. } = self;
        match self.what.as_str() {
            "book" => format!("{base}/s/{schedule}/book?type={kind}&slot={slot}"),
            "wait" => format!("{base}/s/{schedule}/wait?type={kind}"),
            "rights" => format!("{base}/rights"),
            _ => format!("{base}/appointment"),
        }
    }

    fn hidden(&self) -> Markup {
        html! {
            input type="hidden" name="then" value=(self.what);
            input type="hidden" name="schedule" value=(self.schedule);
            input type="hidden" name="type" value=(self.kind);
            input type="hidden" name="slot" value=(self.slot);
        }
    }

    fn query(&self) -> String {
        format!("?then={}&schedule={}&type={}&slot={}", form::encode(&self.what), self.schedule, self.kind, self.slot)
    }
}

/// Country codes to which text messages go: France, its overseas, Morocco, and where their patients live most. Somebody else's
/// portal must not be a way to run up a bill on far numbers; who has one uses an e-mail address.
const REACHED: [&str; 22] = [
    "+33", "+590", "+594", "+596", "+262", "+508", "+687", "+689", "+681", "+212", "+32", "+34", "+352", "+41", "+49",
    "+39", "+44", "+31", "+351", "+213", "+216", "+377",
];

/// A contact as it is kept: E.164, or an address in small letters.
pub(super) fn read_contact(text: &str, region: phone::Region, emails: bool) -> Option<String> {
    let text = text.trim();
    if text.contains('@') {
        let small = text.to_lowercase();
        return (emails && email::check(&small).is_ok() && small.parse::<fhir::booking::Email>().is_ok())
            .then_some(small);
    }
    let phone = phone::parse(text, region);
    let reached = REACHED.iter().any(|code| phone.e164.starts_with(code));
    let fits = phone.valid && phone.mobile && reached && phone.e164.parse::<fhir::booking::Phone>().is_ok();
    fits.then_some(phone.e164)
}

/// In which numbering plan a number without its country is read: that of the practice's first site.
pub(super) async fn region(call: &mut Call) -> Result<phone::Region, Trouble> {
    let schedules = call.tx.schedules().await?;
    Ok(schedules.first().map_or(phone::Region::FR, region_of))
}

/// The numbering plan of a schedule's site.
pub(super) fn region_of(schedule: &Schedule) -> phone::Region {
    phone::Region::of_zone(schedule.site.country, &schedule.site.zone)
}

pub(super) async fn ask(
    visitor: Visitor,
    Path((language, practice)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let pairs = form::pairs(query.as_deref().unwrap_or_default()).ok_or(Trouble::NotFound)?;
    let call = visitor.open(&language, &practice).await?;
    let response = contact_page(&call, &Then::read(&pairs), "", false);
    call.finish(response).await
}

/// The page that asks for the contact.
pub(super) fn contact_page(call: &Call, then: &Then, value: &str, wrong: bool) -> Response {
    let language = call.language;
    let emails = call.instruction.fields.email;
    let label = if emails { words::CONTACT } else { words::CONTACT_PHONE_ONLY };
    let body = html! {
        h1 { (words::IDENTIFY_TITLE.of(language)) }
        p.lead { (words::IDENTIFY_LEAD.of(language)) }
        form.panel action={ (call.base()) "/identify" } method="post" {
            (then.hidden())
            (field(&Field {
                name: "contact", kind: if emails { "text" } else { "tel" }, label: label.of(language),
                hint: Some(words::CONTACT_HINT.of(language)), value, required: true,
                complete: if emails { "username" } else { "tel" }, error: wrong.then_some(words::CONTACT_INVALID.of(language)),
            }))
            div.actions { button { (words::SEND_CODE.of(language)) } }
            p.hint { (words::NOTICE_SHORT.of(language)) " " a href={ (call.base()) "/privacy" } { (words::NOTICE_LINK.of(language)) } }
        }
    };
    let rest = format!("/{}/identify{}", call.practice, then.query());
    page(&place(call, &rest), words::IDENTIFY_TITLE.of(language), &body)
}

fn place<'a>(call: &'a Call, rest: &'a str) -> Place<'a> {
    Place { language: call.language, rest, practice: Some((call.practice, &call.name)) }
}

pub(super) async fn send(
    visitor: Visitor,
    Path((language, practice)): Path<(String, String)>,
    bytes: Bytes,
) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    let then = Then::read(&pairs);
    let typed: String = form::value(&pairs, "contact").unwrap_or_default().chars().take(254).collect();
    let region = region(&mut call).await?;
    let read = read_contact(&typed, region, call.instruction.fields.email);
    // A phone that no message reaches from here proves nothing.
    let Some(contact) = read.filter(|contact| !call.portal.config.email_only || contact.contains('@')) else {
        let response = contact_page(&call, &then, &typed, true);
        return call.finish(response).await;
    };
    let guard = &call.portal.guard;
    guard.take(Limit::CodeByAddress, &origin(call.address), call.now).map_err(Trouble::TooOften)?;
    guard.take(Limit::CodeByContact, &contact, call.now).map_err(Trouble::TooOften)?;
    let visit = call.hash().await?;
    let code = secret::make_one_time_code();
    call.tx.send_code(&visit, &contact, &code, call.now).await?;
    let message = NewMessage {
        id: secret::make_id(),
        channel: channel_of(&contact),
        template: Template::OneTimeCode,
        language: call.language,
        recipient: contact,
        parameters: BTreeMap::from([("code".to_owned(), code)]),
        instead_of: None,
        appointment: None,
        about_at: None,
        due_at: call.now,
        expires_at: call.now + CODE_LASTS,
    };
    call.tx.enqueue(message).await?;
    call.news = true;
    let response = code_page(&call, &then, false);
    call.finish(response).await
}

fn code_page(call: &Call, then: &Then, wrong: bool) -> Response {
    let language = call.language;
    let body = html! {
        h1 { (words::CODE_TITLE.of(language)) }
        p.lead { (words::CODE_LEAD.of(language)) }
        form.panel action={ (call.base()) "/code" } method="post" {
            input type="hidden" name="form" value=(call.form_token());
            (then.hidden())
            div.field {
                label for="code" { (words::CODE.of(language)) }
                input.code type="text" inputmode="numeric" id="code" name="code" autocomplete="one-time-code" maxlength="12" required
                    aria-describedby=[wrong.then_some("code-error")] aria-invalid=[wrong.then_some("true")];
                @if wrong { span.error id="code-error" role="alert" { (words::CODE_WRONG.of(language)) } }
            }
            div.actions {
                button { (words::CONTINUE.of(language)) }
                a href={ (call.base()) "/identify" (then.query()) } { (words::ANOTHER_CODE.of(language)) }
            }
        }
    };
    let rest = format!("/{}/identify{}", call.practice, then.query());
    page(&place(call, &rest), words::CODE_TITLE.of(language), &body)
}

pub(super) async fn check(
    visitor: Visitor,
    Path((language, practice)): Path<(String, String)>,
    bytes: Bytes,
) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    call.check_form(&pairs)?;
    let then = Then::read(&pairs);
    let typed = form::value(&pairs, "code").unwrap_or_default();
    let code: String = ascii_digits(typed).chars().filter(char::is_ascii_digit).take(12).collect();
    let visit = call.hash().await?;
    let now = call.now;
    let Some(contact) = call.tx.try_code(&visit, &code, now).await? else {
        call.tx.note_connection("code_refused", None, Some(call.address), now).await?;
        let response = code_page(&call, &then, true);
        return call.finish(response).await;
    };
    let account = call.tx.account_of(&contact, call.language, secret::make_id(), now).await?;
    let visit = call.renew().await?;
    call.tx.identify(&visit, account.account_id, &contact).await?;
    call.tx.note_connection("identified", Some(account.account_id), Some(call.address), now).await?;
    let response = see(&then.address(&call.base()));
    call.finish(response).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_kept_in_one_form_and_far_numbers_are_not_reached() {
        let read = |text| read_contact(text, phone::Region::FR, true);
        for typed in ["06 12 34 56 78", "+33 6 12 34 56 78", "0033612345678", "٠٦١٢٣٤٥٦٧٨"] {
            assert_eq!(read(typed).as_deref(), Some("+33612345678"), "{typed}");
        }
        assert_eq!(read(" Lea@Exemple.FR ").as_deref(), Some("lea@exemple.fr"));
        assert_eq!(read_contact("lea@exemple.fr", phone::Region::FR, false), None);
        assert_eq!(read_contact("0612345678", phone::Region::MA, true).as_deref(), Some("+212612345678"));
        // A landline, a number that is none, a satellite phone, a far country's mobile.
        for typed in ["01 42 68 53 00", "0612", "+881612345678", "+960 771 2345", "x@y", ""] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
