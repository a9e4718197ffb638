//! The words of messages, in three languages; and how dates and times are written.
//!
//! Never what an appointment is for. A name stands in nothing but the practitioner's.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::time::WallTime;
use fhir::booking::Language;

use crate::store::Template;

/// A message's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The subject, of an e-mail.
    pub subject: String,
    /// The body; of a text message all of it.
    pub body: String,
}

const DAYS: [[&str; 7]; 3] = [
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];

const MONTHS: [[&str; 12]; 3] = [
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

const fn place(language: Language) -> usize {
    match language {
        Language::Fr => 0,
        Language::Ar => 1,
        Language::En => 2,
    }
}

/// The name of a day of the week.
#[must_use]
pub fn local_day(date: NaiveDate, language: Language) -> &'static str {
    DAYS[place(language)][date.weekday().num_days_from_monday() as usize]
}

/// `lundi 7 décembre 2026`.
#[must_use]
pub fn local_date(date: NaiveDate, language: Language) -> String {
    let day = local_day(date, language);
    let month = MONTHS[place(language)][date.month0() as usize];
    let number = match (language, date.day()) {
        (Language::Fr, 1) => "1er".to_owned(),
        (_, number) => number.to_string(),
    };
    format!("{day} {number} {month} {}", date.year())
}

/// `14 h 30` or `14:30`.
#[must_use]
pub fn local_time(wall: WallTime, language: Language) -> String {
    let minute = wall.time_of_day_minutes();
    match language {
        Language::Fr => format!("{} h {:02}", minute / 60, minute % 60),
        Language::Ar | Language::En => format!("{:02}:{:02}", minute / 60, minute % 60),
    }
}

/// Day and time together.
pub(super) fn local_moment(wall: WallTime, language: Language) -> String {
    let (date, time) = (local_date(wall.date(), language), local_time(wall, language));
    match language {
        Language::Fr => format!("{date} à {time}"),
        Language::Ar => format!("{date} على الساعة {time}"),
        Language::En => format!("{date} at {time}"),
    }
}

/// The subject and the body of a template; `{name}` is put in.
const fn pattern(template: Template, language: Language) -> (&'static str, &'static str) {
    use Language::{Ar, En, Fr};
    use Template::{Cancellation, Change, Clash, Confirmation, OneTimeCode, Reminder, Request, Rights, Waiting};
    match (template, language) {
        (OneTimeCode, Fr) => {
            ("Votre code", "Votre code : {code}. Il est valable 10 minutes. Ne le communiquez à personne.")
        }
        (OneTimeCode, Ar) => ("رمزكم", "رمزكم: {code}. صالح لمدة 10 دقائق. لا تعطوه لأي أحد."),
        (OneTimeCode, En) => ("Your code", "Your code: {code}. It is valid for 10 minutes. Give it to nobody."),
        (Confirmation, Fr) => {
            ("Rendez-vous confirmé", "Rendez-vous le {when}, {who}, {where}. Code {code}. Modifier ou annuler : {link}")
        }
        (Confirmation, Ar) => {
            ("تم تأكيد الموعد", "موعدكم يوم {when}، {who}، {where}. الرمز {code}. للتغيير أو الإلغاء: {link}")
        }
        (Confirmation, En) => {
            ("Appointment confirmed", "Appointment on {when}, {who}, {where}. Code {code}. To change or cancel: {link}")
        }
        (Request, Fr) => (
            "Demande de rendez-vous reçue",
            "Demande reçue pour le {when}, {who}, {where}. Le cabinet vous répondra. Code {code}. {link}",
        ),
        (Request, Ar) => {
            ("توصلنا بطلب الموعد", "توصلنا بطلبكم ليوم {when}، {who}، {where}. ستجيبكم العيادة. الرمز {code}. {link}")
        }
        (Request, En) => (
            "Appointment request received",
            "Request received for {when}, {who}, {where}. The practice will answer. Code {code}. {link}",
        ),
        (Change, Fr) => {
            ("Rendez-vous déplacé", "Votre rendez-vous est déplacé au {when}, {who}, {where}. Code {code}. {link}")
        }
        (Change, Ar) => ("تغيير الموعد", "تم تغيير موعدكم إلى {when}، {who}، {where}. الرمز {code}. {link}"),
        (Change, En) => {
            ("Appointment moved", "Your appointment is moved to {when}, {who}, {where}. Code {code}. {link}")
        }
        (Cancellation, Fr) => ("Rendez-vous annulé", "Votre rendez-vous du {when}, {who}, est annulé. {link}"),
        (Cancellation, Ar) => ("إلغاء الموعد", "تم إلغاء موعدكم ليوم {when}، {who}. {link}"),
        (Cancellation, En) => ("Appointment cancelled", "Your appointment on {when}, {who}, is cancelled. {link}"),
        (Clash, Fr) => (
            "Ce créneau n’est plus disponible",
            "Le créneau du {when}, {who}, n’était plus disponible au cabinet. Nous en sommes désolés. D’autres créneaux : {link}",
        ),
        (Clash, Ar) => {
            ("هذا الموعد لم يعد متاحا", "نعتذر، الموعد يوم {when}، {who}، لم يعد متاحا في العيادة. مواعيد أخرى: {link}")
        }
        (Clash, En) => (
            "This time is no longer available",
            "The time on {when}, {who}, was no longer available at the practice. We are sorry. Other times: {link}",
        ),
        (Reminder, Fr) => {
            ("Rappel de rendez-vous", "Rappel : rendez-vous le {when}, {who}, {where}. Code {code}. Empêché ? {link}")
        }
        (Reminder, Ar) => {
            ("تذكير بالموعد", "تذكير: موعدكم يوم {when}، {who}، {where}. الرمز {code}. لا يمكنكم الحضور؟ {link}")
        }
        (Reminder, En) => (
            "Appointment reminder",
            "Reminder: appointment on {when}, {who}, {where}. Code {code}. Cannot come? {link}",
        ),
        (Waiting, Fr) => {
            ("Liste d’attente", "Vous êtes sur la liste d’attente, {who}. Code {code}. Vous retirer : {link}")
        }
        (Waiting, Ar) => ("لائحة الانتظار", "أنتم في لائحة الانتظار، {who}. الرمز {code}. للانسحاب: {link}"),
        (Waiting, En) => ("Waiting list", "You are on the waiting list, {who}. Code {code}. To leave it: {link}"),
        (Rights, Fr) => (
            "Votre demande sur vos données",
            "Votre demande sur vos données a été transmise au cabinet, qui répond dans un délai d’un mois. \
             Vous pouvez saisir l’autorité de contrôle ({authority}).",
        ),
        (Rights, Ar) => (
            "طلبكم بخصوص معطياتكم",
            "أحيل طلبكم بخصوص معطياتكم على العيادة، وستجيبكم داخل أجل شهر. يمكنكم اللجوء إلى سلطة المراقبة ({authority}).",
        ),
        (Rights, En) => (
            "Your request about your data",
            "Your request about your data was handed to the practice, which answers within one month. \
             You may complain to the authority ({authority}).",
        ),
    }
}

/// The words of a message.
#[must_use]
pub fn render(template: Template, language: Language, parameters: &BTreeMap<String, String>) -> Text {
    let (subject, body) = pattern(template, language);
    let mut text = String::with_capacity(body.len() + 160);
    let mut rest = body;
    // One pass: what is put in is not looked through for braces again.
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        text.push_str(parameters.get(name).map_or("–", String::as_str));
        rest = after;
    }
    text.push_str(rest);
    Text { subject: subject.to_owned(), body: text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_stands_in_three_languages_with_the_same_parameters() {
        let names = |text: &str| {
            let mut all: Vec<String> =
                text.split('{').skip(1).filter_map(|part| part.split('}').next()).map(str::to_owned).collect();
            all.sort_unstable();
            all
        };
        for &template in Template::ALL {
            let french = pattern(template, Language::Fr);
            for &language in Language::ALL {
                let (subject, body) = pattern(template, language);
                assert!(!subject.is_empty() && names(body) == names(french.1), "{template:?} {language:?}");
                assert!(names(subject).is_empty());
            }
        }
    }

    #[test]
    fn what_is_put_in_is_not_read_again() {
        let parameters = BTreeMap::from([("code".to_owned(), "{code}{link}".to_owned())]);
        let text = render(Template::OneTimeCode, Language::En, &parameters);
        assert!(text.body.starts_with("Your code: {code}{link}."));
    }

    #[test]
    fn dates_and_times_are_written_as_people_do() {
        let wall: WallTime = "2026-12-01T14:05".parse().unwrap();
        assert_eq!(local_moment(wall, Language::Fr), "mardi 1er décembre 2026 à 14 h 05");
        assert_eq!(local_moment(wall, Language::En), "Tuesday 1 December 2026 at 14:05");
        assert_eq!(local_moment(wall, Language::Ar), "الثلاثاء 1 دجنبر 2026 على الساعة 14:05");
    }
}
