//! Words that the program itself writes on paper: days, months, statuses. Screens have their own messages.

use chrono::{Datelike, NaiveDate};
use domain::agenda::status::Status;

use crate::print::words::Language;

const FRENCH_DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const FRENCH_MONTHS: [&str; 12] = [
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
];
const ARABIC_DAYS: [&str; 7] = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"];
/// Months as Morocco names them.
const ARABIC_MONTHS: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"];
const ENGLISH_DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const ENGLISH_MONTHS: [&str; 12] = [
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
];

/// A date in words: `mardi 24 novembre 2026`.
#[must_use]
pub fn date_in_words(date: NaiveDate, language: Language) -> String {
    let (days, months) = match language {
        Language::French => (FRENCH_DAYS, FRENCH_MONTHS),
        Language::Arabic => (ARABIC_DAYS, ARABIC_MONTHS),
        Language::English => (ENGLISH_DAYS, ENGLISH_MONTHS),
    };
    let weekday = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or(0);
    let month = usize::try_from(date.month0()).unwrap_or(0);
    let day = match (language, date.day()) {
        // French alone says the first as an ordinal.
        (Language::French, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    };
    format!("{} {day} {} {}", days[weekday], months[month], date.year())
}

/// Who receives in whose place: `Dr Roux, remplace Dr Lefèvre`.
#[must_use]
pub fn replacing(locum: &str, practitioner: &str, language: Language) -> String {
    match language {
        Language::French => format!("{locum}, remplace {practitioner}"),
        Language::Arabic => format!("{locum}، يعوض {practitioner}"),
        Language::English => format!("{locum}, locum of {practitioner}"),
    }
}

/// A status in words.
#[must_use]
pub fn status_word(status: Status, language: Language) -> &'static str {
    let (french, arabic, english) = match status {
        Status::Requested => ("demandé", "مطلوب", "requested"),
        Status::Booked => ("pris", "محجوز", "booked"),
        Status::Confirmed => ("confirmé", "مؤكد", "confirmed"),
        Status::Arrived => ("en salle d'attente", "في قاعة الانتظار", "in the waiting room"),
        Status::InConsultation => ("en consultation", "عند الطبيب", "in consultation"),
        Status::Done => ("effectué", "تم", "done"),
        Status::Cancelled => ("annulé", "ملغى", "cancelled"),
        Status::NoShow => ("absent", "لم يحضر", "did not come"),
        Status::Left => ("parti sans être vu", "غادر قبل الفحص", "left unseen"),
        Status::Deleted => ("supprimé", "محذوف", "deleted"),
    };
    match language {
        Language::French => french,
        Language::Arabic => arabic,
        Language::English => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_said_as_each_language_says_it() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date");
        assert_eq!(date_in_words(date, Language::French), "mardi 24 novembre 2026");
        assert_eq!(date_in_words(date, Language::Arabic), "الثلاثاء 24 نونبر 2026");
        assert_eq!(date_in_words(date, Language::English), "Tuesday 24 November 2026");
        let first = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a date");
        assert_eq!(date_in_words(first, Language::French), "mardi 1er décembre 2026");
    }
}
