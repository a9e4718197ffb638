//! How a message is put together, and how dates and times are written in three languages.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Language, Template, patterns::pattern};
use crate::time::WallTime;

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
#[must_use]
pub fn local_moment(wall: WallTime, language: Language) -> String {
    let (date, time) = (local_date(wall.date(), language), local_time(wall, language));
    match language {
        Language::Fr => format!("{date} à {time}"),
        Language::Ar => format!("{date} على الساعة {time}"),
        Language::En => format!("{date} at {time}"),
    }
}

/// The words of a message. A part between brackets stands only where all that it wants put in is there.
#[must_use]
pub fn render(template: Template, language: Language, parameters: &BTreeMap<String, String>) -> Text {
    let (subject, mut rest) = pattern(template, language);
    let mut body = String::with_capacity(rest.len() + 160);
    // One pass: what is put in is not looked through for signs again.
    while let Some((before, after)) = rest.split_once('[') {
        let (part, after) = after.split_once(']').unwrap_or((after, ""));
        put_in(&mut body, before, parameters);
        if names(part).all(|name| parameters.contains_key(name)) {
            put_in(&mut body, part, parameters);
        }
        rest = after;
    }
    put_in(&mut body, rest, parameters);
    Text { subject: subject.to_owned(), body }
}

/// Which of the parameters stand in the words of a message: what it tells about somebody follows from them.
#[must_use]
pub fn said(template: Template, language: Language, parameters: &BTreeMap<String, String>) -> Vec<&'static str> {
    let (_, mut rest) = pattern(template, language);
    let mut said = Vec::new();
    while let Some((before, after)) = rest.split_once('[') {
        let (part, after) = after.split_once(']').unwrap_or((after, ""));
        said.extend(names(before));
        if names(part).all(|name| parameters.contains_key(name)) {
            said.extend(names(part));
        }
        rest = after;
    }
    said.extend(names(rest));
    said.retain(|name| parameters.contains_key(*name));
    said.sort_unstable();
    said.dedup();
    said
}

fn names(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).filter_map(|part| part.split('}').next())
}

fn put_in(into: &mut String, mut rest: &str, parameters: &BTreeMap<String, String>) {
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        into.push_str(before);
        into.push_str(parameters.get(name).map_or("–", String::as_str));
        rest = after;
    }
    into.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_stands_in_three_languages_with_the_same_parameters() {
        let sorted = |text: &'static str| {
            let mut all: Vec<&str> = names(text).collect();
            all.sort_unstable();
            all
        };
        for &template in Template::ALL {
            let french = pattern(template, Language::Fr);
            for &language in Language::ALL {
                let (subject, body) = pattern(template, language);
                assert!(!subject.is_empty() && sorted(body) == sorted(french.1), "{template:?} {language:?}");
                assert!(names(subject).next().is_none() && !subject.contains(['[', ']']));
                // A part that may be left out is closed, and holds something that is put in.
                for part in body.split('[').skip(1) {
                    let (inside, _) = part.split_once(']').unwrap();
                    assert!(names(inside).next().is_some(), "{template:?} {language:?}");
                }
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

    #[test]
    fn what_is_not_there_takes_its_sentence_along() {
        let put = |names: &[&str]| {
            let all: BTreeMap<String, String> = names.iter().map(|n| ((*n).to_owned(), n.to_uppercase())).collect();
            render(Template::Reminder, Language::En, &all).body
        };
        let most = put(&["when", "who", "where", "code", "link", "phone", "reply", "stop", "opt_out"]);
        assert!(most.contains("LINK") && most.contains("REPLY") && most.contains("OPT_OUT"), "{most}");
        let least = put(&["when", "who", "where"]);
        assert!(!least.contains(['–', '[', ']', '{']) && !least.contains("Code") && least.ends_with('.'), "{least}");
    }

    #[test]
    fn what_is_said_is_what_stands_in_the_text() {
        let all = ["code", "when", "who", "where", "link", "phone", "reply", "stop", "opt_out", "authority"];
        for bits in 0_u32..1 << all.len() {
            let given = all.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
            let put: BTreeMap<String, String> =
                given.map(|(_, name)| ((*name).to_owned(), format!("<{name}>"))).collect();
            for &template in Template::ALL {
                let language = Language::ALL[bits as usize % Language::ALL.len()];
                let text = render(template, language, &put).body;
                let mut there: Vec<&str> =
                    all.iter().copied().filter(|name| text.contains(&format!("<{name}>"))).collect();
                there.sort_unstable();
                assert_eq!(said(template, language, &put), there, "{template:?} {language:?}");
            }
        }
    }

    /// No word of health: a message that somebody else reads says that there is an appointment, and with whom.
    #[test]
    fn no_message_says_why_somebody_comes() {
        for &template in Template::ALL {
            for &language in Language::ALL {
                let (subject, body) = pattern(template, language);
                for name in names(body) {
                    let known =
                        ["code", "when", "who", "where", "link", "phone", "reply", "stop", "opt_out", "authority"];
                    assert!(known.contains(&name), "{name}");
                }
                let said = format!("{subject} {body}").to_lowercase();
                for word in
                    ["santé", "patient", "consultation", "motif", "maladie", "health", "symptom", "صحة", "مرض", "مريض"]
                {
                    assert!(!said.contains(word), "{template:?} {language:?} says {word}");
                }
            }
        }
    }
}
