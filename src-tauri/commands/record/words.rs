//! The few words that are put into a record for its user: an age, a date; and the texts that a new practice starts with,
//! which are the practice's own to change from then on.
//!
//! Not here: anything that a screen or a page of paper says.

use chrono::{Datelike, NaiveDate};
use domain::clinical::abbreviation;
use domain::id::{AbbreviationId, TemplateId};
use uuid::Uuid;

use crate::store::record_text::{Abbreviation, Template};

/// A date in figures, the day first.
pub(super) fn date_words(date: NaiveDate, _language: &str) -> String {
    date.format("%d/%m/%Y").to_string()
}

fn counted(count: i64, language: &str, unit: usize) -> String {
    const FRENCH: [(&str, &str); 3] = [("an", "ans"), ("mois", "mois"), ("jour", "jours")];
    const ENGLISH: [(&str, &str); 3] = [("year", "years"), ("month", "months"), ("day", "days")];
    // One, two, three to ten, more.
    const ARABIC: [[&str; 4]; 3] = [
        ["سنة واحدة", "سنتان", "سنوات", "سنة"],
        ["شهر واحد", "شهران", "أشهر", "شهرًا"],
        ["يوم واحد", "يومان", "أيام", "يومًا"],
    ];
    match language {
        "ar" => match count {
            1 => ARABIC[unit][0].to_owned(),
            2 => ARABIC[unit][1].to_owned(),
            3..=10 => format!("{count} {}", ARABIC[unit][2]),
            _ => format!("{count} {}", ARABIC[unit][3]),
        },
        "en" => format!("{count} {}", if count == 1 { ENGLISH[unit].0 } else { ENGLISH[unit].1 }),
        // French says no plural below two.
        _ => format!("{count} {}", if count < 2 { FRENCH[unit].0 } else { FRENCH[unit].1 }),
    }
}

/// An age: in days in the first month, in months in the first two years, then in years.
pub(in crate::commands) fn age_words(born: NaiveDate, today: NaiveDate, language: &str) -> String {
    let not_yet = i64::from(today.day() < born.day());
    let months =
        i64::from(today.year() - born.year()) * 12 + i64::from(today.month()) - i64::from(born.month()) - not_yet;
    match months {
        ..1 => counted((today - born).num_days().max(0), language, 2),
        1..24 => counted(months, language, 1),
        _ => counted(months / 12, language, 0),
    }
}

/// One template of a new practice: name, reason, history, examination, conclusion, plan.
type First = (&'static str, [&'static str; 5]);

fn first_templates(language: &str) -> [First; 3] {
    match language {
        "ar" => [
            (
                "فحص عام",
                [
                    "",
                    "",
                    "الحالة العامة جيدة. القلب: منتظم، دون نفخة.\nالصدر: أصوات تنفسية واضحة.\nالبطن: لين، غير مؤلم.",
                    "",
                    "",
                ],
            ),
            (
                "متابعة ارتفاع الضغط",
                [
                    "متابعة ضغط الدم",
                    "{العمر}. تحمل العلاج: \nالمواظبة: ",
                    "الضغط {الضغط}، الوزن {الوزن}\nالقلب: منتظم. لا وذمات.",
                    "",
                    "مراجعة بعد 3 أشهر. قياس ذاتي قبل الموعد.",
                ],
            ),
            ("سلبي", ["", "", "لا شيء يذكر.", "", ""]),
        ],
        "en" => [
            (
                "General examination",
                [
                    "",
                    "",
                    "Good general condition. Heart: regular, no murmur.\nChest: clear.\nAbdomen: soft, not tender.",
                    "",
                    "",
                ],
            ),
            (
                "Blood pressure follow-up",
                [
                    "Blood pressure follow-up",
                    "{age}. Tolerance of treatment: \nAdherence: ",
                    "BP {bp}, weight {weight}\nHeart: regular. No oedema.",
                    "",
                    "Again in 3 months. Self-measurement before.",
                ],
            ),
            ("Normal", ["", "", "Nothing abnormal.", "", ""]),
        ],
        _ => [
            (
                "Examen général",
                [
                    "",
                    "",
                    "Bon état général. Cœur : régulier, sans souffle.\nPoumons : murmure vésiculaire symétrique.\nAbdomen : souple, indolore.",
                    "",
                    "",
                ],
            ),
            (
                "Suivi HTA",
                [
                    "Suivi tensionnel",
                    "{âge}. Tolérance du traitement : \nObservance : ",
                    "TA {tension}, poids {poids}\nCœur : régulier. Pas d’œdème.",
                    "",
                    "Contrôle dans 3 mois. Automesure avant le rendez-vous.",
                ],
            ),
            ("RAS", ["", "", "Rien à signaler.", "", ""]),
        ],
    }
}

fn first_abbreviations(language: &str) -> &'static [(&'static str, &'static str)] {
    match language {
        "ar" => &[("ضد", "ضغط الدم"), ("سكر", "داء السكري")],
        "en" => &[("htn", "hypertension"), ("t2d", "type 2 diabetes"), ("sob", "shortness of breath")],
        _ => &[
            ("hta", "hypertension artérielle"),
            ("dt2", "diabète de type 2"),
            ("atcd", "antécédents"),
            ("ttt", "traitement"),
            ("bpco", "bronchopneumopathie chronique obstructive"),
        ],
    }
}

/// The texts that a new practice starts with.
pub(in crate::commands) fn first_texts(
    language: &str,
    mut make: impl FnMut() -> Uuid,
) -> (Vec<Template>, Vec<Abbreviation>) {
    let templates =
        first_templates(language).into_iter().map(|(name, [reason, history, examination, conclusion, plan])| {
            Template {
                id: TemplateId::new(make()),
                practitioner_id: None,
                name: name.to_owned(),
                reason: reason.to_owned(),
                history: history.to_owned(),
                examination: examination.to_owned(),
                conclusion: conclusion.to_owned(),
                plan: plan.to_owned(),
                deleted: false,
            }
        });
    let templates = templates.collect();
    let abbreviations = first_abbreviations(language).iter().map(|(short, text)| Abbreviation {
        id: AbbreviationId::new(make()),
        practitioner_id: None,
        short: (*short).to_owned(),
        key: abbreviation::key(short),
        text: (*text).to_owned(),
        deleted: false,
    });
    (templates, abbreviations.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_said_as_each_language_counts() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let said = |born: &str, language| age_words(day(born), day("2026-11-22"), language);
        assert_eq!(said("1979-05-12", "fr"), "47 ans");
        assert_eq!(said("2024-11-23", "fr"), "23 mois", "two years tomorrow");
        assert_eq!(said("2026-11-21", "fr"), "1 jour");
        assert_eq!(said("2018-11-22", "ar"), "8 سنوات");
        assert_eq!(said("2024-11-22", "ar"), "سنتان");
        assert_eq!(said("1979-05-12", "ar"), "47 سنة");
        assert_eq!(said("2025-10-22", "en"), "13 months");
    }

    #[test]
    fn the_first_abbreviations_can_be_typed() {
        for language in ["fr", "ar", "en"] {
            let mut number = 0;
            let (templates, abbreviations) = first_texts(language, || {
                number += 1;
                Uuid::from_u128(number)
            });
            assert!(!templates.is_empty());
            assert!(abbreviations.iter().all(|one| !one.key.is_empty() && one.key == abbreviation::key(&one.short)));
        }
    }
}
