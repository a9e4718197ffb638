//! The part of a form that says for whom it is, and what is read out of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{patient::guardian::is_minor_for_portal, time};
use fhir::booking::{Contact, Fields, Language, Person, Schedule};
use maud::{Markup, html};

use super::{
    identify::{read_contact, region_of},
    layout::{Field, field},
    words::{self, Words},
};
use crate::form;

/// What was typed.
#[derive(Default)]
pub(super) struct Typed {
    relative: bool,
    surname: String,
    first_name: String,
    born: String,
    email: String,
    phone: String,
    own_name: String,
    guardian: bool,
}

/// What is wrong, by field.
pub(super) type Wrong = Vec<(&'static str, Words)>;

impl Typed {
    pub(super) fn read(pairs: &[(String, String)]) -> Self {
        let text = |name: &str| form::value(pairs, name).unwrap_or_default().trim().chars().take(254).collect();
        Self {
            relative: form::value(pairs, "whom") == Some("relative"),
            surname: text("surname"),
            first_name: text("first_name"),
            born: text("born"),
            email: text("email"),
            phone: text("phone"),
            own_name: text("own_name"),
            guardian: form::value(pairs, "guardian").is_some(),
        }
    }

    /// Person and contact person, or what is wrong. `contact` is what the visitor proved to have.
    pub(super) fn check(
        &self,
        contact: &str,
        schedule: &Schedule,
        fields: Fields,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<(Person, Option<Contact>), Wrong> {
        let mut wrong = Wrong::new();
        let mut fault = |name, said| wrong.push((name, said));
        let surname = self.surname.parse().map_err(|_| fault("surname", words::NAME_INVALID)).ok();
        let first_name = self.first_name.parse().map_err(|_| fault("first_name", words::NAME_INVALID)).ok();
        let today = time::wall(now, &schedule.site.zone).date();
        let born_on = if self.born.is_empty() || !fields.birth_date {
            None
        } else {
            let day = self.born.parse::<NaiveDate>().ok();
            let day = day.filter(|day| *day <= today && *day > today - chrono::TimeDelta::days(366 * 125));
            day.or_else(|| {
                fault("born", words::BORN_INVALID);
                None
            })
        };
        // A contact that was proved by a message is a phone, or an e-mail address and then a phone is asked for.
        let by_phone = contact.starts_with('+');
        let phone =
            if by_phone { Some(contact.to_owned()) } else { read_contact(&self.phone, region_of(schedule), false) };
        let phone: Option<fhir::booking::Phone> = phone.and_then(|p| p.parse().ok());
        if phone.is_none() {
            fault("phone", words::PHONE_INVALID);
        }
        let typed_email = if by_phone { self.email.to_lowercase() } else { contact.to_owned() };
        let email = if typed_email.is_empty() || !fields.email {
            None
        } else {
            typed_email.parse().map_err(|_| fault("email", words::EMAIL_INVALID)).ok()
        };
        let minor = self.guardian || born_on.is_some_and(|born| is_minor_for_portal(born, today));
        if minor && !self.guardian {
            fault("guardian", words::CONSENT_NEEDED);
        }
        let relative = self.relative || minor;
        let own_name = if relative {
            self.own_name.parse().map_err(|_| fault("own_name", words::RELATIVE_NAME_NEEDED)).ok()
        } else {
            None
        };
        let (Some(surname), Some(first_name), Some(phone), true) = (surname, first_name, phone, wrong.is_empty())
        else {
            return Err(wrong);
        };
        let contact = own_name.map(|name| Contact { name, phone: phone.clone(), consent: minor.then_some(true) });
        let own_phone = contact.is_none().then_some(phone);
        Ok((Person { surname, first_name, phone: own_phone, email, born_on, language }, contact))
    }

    /// The fields, with what was typed and what is wrong.
    pub(super) fn show(&self, contact: &str, fields: Fields, language: Language, wrong: &Wrong) -> Markup {
        let error = |name: &str| wrong.iter().find(|(n, _)| *n == name).map(|(_, said)| said.of(language));
        let by_phone = contact.starts_with('+');
        let text = |name, label: Words, hint: Option<Words>, value, required, complete| {
            field(&Field {
                name,
                kind: match name {
                    "born" => "date",
                    "email" => "email",
                    "phone" => "tel",
                    _ => "text",
                },
                label: label.of(language),
                hint: hint.map(|h| h.of(language)),
                value,
                required,
                complete,
                error: error(name),
            })
        };
        html! {
            fieldset {
                legend { (words::FOR_WHOM.of(language)) }
                label.check { input type="radio" name="whom" value="me" checked[!self.relative]; (words::FOR_ME.of(language)) }
                label.check { input type="radio" name="whom" value="relative" checked[self.relative]; (words::FOR_RELATIVE.of(language)) }
            }
            div.row {
                (text("surname", words::SURNAME, Some(words::REQUIRED), &self.surname, true, "family-name"))
                (text("first_name", words::FIRST_NAME, Some(words::REQUIRED), &self.first_name, true, "given-name"))
            }
            @if !by_phone { (text("phone", words::PHONE, Some(words::REQUIRED_PHONE), &self.phone, true, "tel")) }
            @if fields.birth_date { (text("born", words::BORN, Some(words::OPTIONAL_BORN), &self.born, false, "bday")) }
            @if fields.email && by_phone { (text("email", words::EMAIL, Some(words::OPTIONAL_EMAIL), &self.email, false, "email")) }
            (text("own_name", words::YOUR_NAME, None, &self.own_name, false, "name"))
            div.field {
                label.check {
                    input type="checkbox" name="guardian" value="yes" checked[self.guardian]
                        aria-describedby=[error("guardian").map(|_| "guardian-error")] aria-invalid=[error("guardian").map(|_| "true")];
                    span { (words::GUARDIAN.of(language)) }
                }
                @if let Some(said) = error("guardian") { span.error id="guardian-error" { (said) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed::read(&pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn a_child_needs_a_guardian_who_consents_and_says_their_name() {
        let schedule = crate::demonstration::schedule(1);
        let fields = Fields { email: true, birth_date: true, reason: true };
        let now = "2026-12-01T08:00:00Z".parse().unwrap();
        let check = |pairs: &[(&str, &str)]| typed(pairs).check("+33612345678", &schedule, fields, Language::Fr, now);
        let names = [("surname", "Martin"), ("first_name", "Léa")];
        let with = |more: &[(&'static str, &'static str)]| check(&[&names[..], more].concat());
        let wrong = |more: &[(&'static str, &'static str)]| {
            with(more).unwrap_err().into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(wrong(&[("born", "2015-03-01")]), ["guardian", "own_name"]);
        assert_eq!(wrong(&[("born", "2015-03-01"), ("guardian", "yes")]), ["own_name"]);
        let (person, contact) =
            with(&[("born", "2015-03-01"), ("guardian", "yes"), ("own_name", "Anne Martin")]).unwrap();
        let contact = contact.unwrap();
        assert_eq!((contact.consent, person.phone.is_none()), (Some(true), true));
        // At sixteen nobody is asked any more; a relative is named all the same.
        assert!(with(&[("born", "2010-12-01")]).unwrap().1.is_none());
        assert_eq!(wrong(&[("whom", "relative")]), ["own_name"]);
        assert_eq!(wrong(&[("born", "2027-01-01")]), ["born"]);
        assert!(check(&[("surname", "185057800608436"), ("first_name", "Léa")]).is_err());
    }

    #[test]
    fn what_is_not_instructed_is_not_taken_even_where_it_is_sent() {
        let schedule = crate::demonstration::schedule(0);
        let now = "2026-12-01T08:00:00Z".parse().unwrap();
        let sent = [("surname", "Martin"), ("first_name", "Léa"), ("born", "1980-01-01"), ("email", "lea@exemple.fr")];
        let (person, _) = typed(&sent).check("+33612345678", &schedule, Fields::default(), Language::Fr, now).unwrap();
        assert!(person.born_on.is_none() && person.email.is_none());
    }
}
