//! Words that the program itself writes on paper: dates, statuses. Screens have their own messages.

use chrono::NaiveDate;
use domain::agenda::status::Status;
use domain::messages::{self, local_date};

use crate::print::words::Language;

/// A date in words: `mardi 24 novembre 2026`.
#[must_use]
pub fn date_in_words(date: NaiveDate, language: Language) -> String {
    let language = match language {
        Language::French => messages::Language::Fr,
        Language::Arabic => messages::Language::Ar,
        Language::English => messages::Language::En,
    };
    local_date(date, language)
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
