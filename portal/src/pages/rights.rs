//! A request about one's data. It goes to the controller at once; the portal acts on its answer.

use std::collections::BTreeMap;

use axum::{body::Bytes, extract::Path, response::Response};
use domain::country::Country;
use fhir::booking::{Authority, Name};
use maud::html;
use uuid::Uuid;

use super::{
    identify::{Then, contact_page},
    layout::{Field, Place, Trouble, field, page},
    read_form,
    visitor::{Call, Visitor},
    words::{self, Words},
};
use crate::{
    form,
    guard::{Limit, origin},
    messages::{self, channel_of},
    secret,
    store::{NewMessage, RightsKind, Template},
};

type At = Path<(String, String)>;

const fn said(kind: RightsKind) -> Words {
    match kind {
        RightsKind::Access => words::RIGHT_ACCESS,
        RightsKind::Rectification => words::RIGHT_RECTIFICATION,
        RightsKind::Erasure => words::RIGHT_ERASURE,
        RightsKind::Limitation => words::RIGHT_LIMITATION,
        RightsKind::Objection => words::RIGHT_OBJECTION,
        RightsKind::Portability => words::RIGHT_PORTABILITY,
        RightsKind::Withdrawal => words::RIGHT_WITHDRAWAL,
        RightsKind::PostMortem => words::RIGHT_POST_MORTEM,
    }
}

/// Whose law counts where that authority watches.
pub(super) const fn country(authority: Authority) -> Country {
    match authority {
        Authority::Cnil => Country::FR,
        Authority::Cndp => Country::MA,
    }
}

/// What may be asked of this practice.
fn offered(call: &Call) -> impl Iterator<Item = RightsKind> {
    let country = country(call.instruction.controller.authority);
    RightsKind::ALL.iter().copied().filter(move |kind| kind.is_offered(country))
}

/// How an authority is called.
pub(super) const fn authority(authority: Authority) -> &'static str {
    match authority {
        Authority::Cnil => "CNIL (France)",
        Authority::Cndp => "CNDP (Maroc)",
    }
}

pub(super) async fn ask(visitor: Visitor, Path((language, practice)): At) -> Result<Response, Trouble> {
    let call = visitor.open(&language, &practice).await?;
    let response = match call.account() {
        Some(_) => form_page(&call, "", None, false),
        None => contact_page(&call, &Then::rights(), "", false),
    };
    call.finish(response).await
}

fn place<'a>(call: &'a Call, rest: &'a str) -> Place<'a> {
    Place { language: call.language, rest, practice: Some((call.practice, &call.name)) }
}

fn form_page(call: &Call, name: &str, chosen: Option<RightsKind>, wrong: bool) -> Response {
    let language = call.language;
    let body = html! {
        h1 { (words::RIGHTS_TITLE.of(language)) }
        p.lead { (words::RIGHTS_LEAD.of(language)) }
        form.panel action={ (call.base()) "/rights" } method="post" {
            input type="hidden" name="form" value=(call.form_token());
            fieldset {
                legend { (words::RIGHTS_KIND.of(language)) }
                @for kind in offered(call) {
                    label.check {
                        input type="radio" name="kind" value=(kind.as_str()) required checked[chosen == Some(kind)];
                        (said(kind).of(language))
                    }
                }
            }
            (field(&Field {
                name: "name", kind: "text", label: words::NAME.of(language), hint: None, value: name, required: true, complete: "name",
                error: wrong.then_some(words::NAME_INVALID.of(language)),
            }))
            div.actions { button { (words::SEND_REQUEST.of(language)) } }
        }
        p { (words::COMPLAINT.of(language)) " " bdi { (authority(call.instruction.controller.authority)) } }
    };
    page(&place(call, &call.rest("/rights")), words::RIGHTS_TITLE.of(language), &body)
}

pub(super) async fn send(visitor: Visitor, Path((language, practice)): At, bytes: Bytes) -> Result<Response, Trouble> {
    let pairs = read_form(&bytes)?;
    let mut call = visitor.open(&language, &practice).await?;
    call.check_form(&pairs)?;
    let (account, contact) = call.account().ok_or(Trouble::Form)?;
    let asked: Option<RightsKind> = form::value(&pairs, "kind").and_then(|word| word.parse().ok());
    let kind = asked.filter(|asked| offered(&call).any(|kind| kind == *asked));
    let typed: String = form::value(&pairs, "name").unwrap_or_default().trim().chars().take(100).collect();
    let (Some(kind), Ok(name)) = (kind, typed.parse::<Name>()) else {
        let response = form_page(&call, &typed, kind, true);
        return call.finish(response).await;
    };
    let (now, language) = (call.now, call.language);
    call.portal.guard.take(Limit::Rights, &origin(call.address), now).map_err(Trouble::TooOften)?;
    let id: Uuid = secret::make_id();
    call.tx.ask_for_rights(id, kind, (&contact, name.as_str()), language.as_str(), now).await?;
    let named = authority(call.instruction.controller.authority);
    let message = NewMessage {
        id: secret::make_id(),
        channel: channel_of(&contact),
        template: Template::Rights,
        language,
        recipient: contact,
        parameters: BTreeMap::from([("authority".to_owned(), named.to_owned())]),
        instead_of: None,
        appointment: None,
        about_at: None,
        due_at: now,
        expires_at: now + messages::WORTH,
    };
    call.tx.enqueue(message).await?;
    call.tx.note_connection("rights", Some(account), Some(call.address), now).await?;
    call.news = true;
    let body = html! {
        h1 { (words::RIGHTS_SENT.of(language)) }
        p.lead { (words::RIGHTS_LEAD.of(language)) }
        div.panel {
            dl.facts {
                dt { (words::RIGHTS_KIND.of(language)) } dd { (said(kind).of(language)) }
                dt { (words::RIGHTS_NUMBER.of(language)) } dd { bdi.n { (id) } }
            }
        }
        p { (words::COMPLAINT.of(language)) " " bdi { (named) } }
    };
    let response = page(&place(&call, &call.rest("/rights")), words::RIGHTS_SENT.of(language), &body);
    call.finish(response).await
}
