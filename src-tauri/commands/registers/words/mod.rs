//! What the registers say, in three languages. One source for the papers and for the screen's proposals.

mod actions;
mod lines;
mod names;
mod points;

use chrono::{DateTime, NaiveDate, Utc};
use domain::time::{Zone, wall};

use crate::print::words::Language;

pub(super) use actions::{action, part};
pub(super) use lines::{line, lines};
pub(super) use names::{field, ground, kind, right};
pub(super) use points::{answer, point};

/// One of the three.
pub(super) const fn pick(
    language: Language,
    french: &'static str,
    arabic: &'static str,
    english: &'static str,
) -> &'static str {
    match language {
        Language::French => french,
        Language::Arabic => arabic,
        Language::English => english,
    }
}

/// An article of a law, as the language of the page cites it: the table of laws has them in French.
pub(super) fn cited(article: &str, language: Language) -> String {
    let table: &[(&str, &str)] = match language {
        Language::French => &[(" ;", "\u{a0};")],
        Language::English => &[
            ("Règlement (UE)", "Regulation (EU)"),
            ("RGPD", "GDPR"),
            ("Loi n°", "Law no."),
            ("loi n°", "Law no."),
            ("Loi ", "Law "),
            ("décret n°", "decree no."),
            (" du 6 janvier 1978", " of 6 January 1978"),
            (", al. 1", ", para. 1"),
            (" et ", " and "),
            (" à ", " to "),
        ],
        Language::Arabic => &[
            ("Règlement (UE) 2016/679 (RGPD) ; ", "اللائحة الأوروبية العامة لحماية المعطيات 2016/679، "),
            (" du 6 janvier 1978", " بتاريخ 6 يناير 1978"),
            ("décret n° 2-09-165", "المرسوم رقم 2.09.165"),
            ("RGPD, art. ", "اللائحة العامة لحماية المعطيات، المادة "),
            ("Loi 09-08, art. ", "القانون 09.08، المادة "),
            ("Loi n° 09-08", "القانون رقم 09.08"),
            ("Loi n°", "القانون رقم"),
            ("loi n°", "القانون رقم"),
            (" ; ", "، "),
            (", art. ", "، المادة "),
            (", § ", "، الفقرة "),
            (", al. ", "، الفقرة "),
            (", a)", " (أ)"),
            (", b)", " (ب)"),
            (", e)", " (هـ)"),
            (" c)", " (ج)"),
            (" b)", " (ب)"),
            (" f)", " (و)"),
            (" a)", " (أ)"),
            (" h)", " (ح)"),
            (" et ", " و"),
            (" à ", " إلى "),
        ],
    };
    table.iter().fold(article.to_owned(), |text, (french, other)| text.replace(french, other))
}

/// A date in figures.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// A date in figures, or nothing.
pub(super) fn day_or_none(date: Option<NaiveDate>) -> String {
    date.map(day).unwrap_or_default()
}

/// An instant on the practice's clock, in figures.
pub(super) fn moment(at: DateTime<Utc>, zone: &Zone) -> String {
    wall(at, zone).naive().format("%d/%m/%Y %H:%M").to_string()
}

/// The language's tag, as it is stored.
pub(super) const fn tag(language: Language) -> &'static str {
    match language {
        Language::French => "fr",
        Language::Arabic => "ar",
        Language::English => "en",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::country::Country;
    use domain::privacy::activity::{Field, Kind, Line, Word};
    use domain::privacy::authority::{Ground, Right};
    use domain::privacy::matrix::{Action, Part};
    use domain::privacy::review::{Answer, Point};

    use super::*;

    /// As many sentences as there are things: none was forgotten, and none says what another says.
    fn distinct(sentences: impl Iterator<Item = String>) -> usize {
        let all: Vec<String> = sentences.collect();
        assert!(all.iter().all(|one| !one.trim().is_empty()));
        let different: BTreeSet<&String> = all.iter().collect();
        assert_eq!(different.len(), all.len(), "{all:?}");
        all.len()
    }

    #[test]
    fn everything_has_words_of_its_own_in_every_language() {
        for language in Language::ALL {
            let of =
                |word: &Word| line(&Line { word: *word, count: Some(7), name: "agenda.example".to_owned() }, language);
            assert_eq!(distinct(Word::ALL.iter().map(of)), Word::ALL.len());
            distinct(Kind::ALL.iter().map(|one| kind(*one, language).to_owned()));
            distinct(Field::ALL.iter().map(|one| field(*one, language).to_owned()));
            distinct(Right::ALL.iter().map(|one| right(*one, language).to_owned()));
            distinct(Action::ALL.iter().map(|one| action(*one, language).to_owned()));
            distinct(Part::ALL.iter().map(|one| part(*one, language).to_owned()));
            distinct(Point::ALL.iter().map(|one| point(*one, language).to_owned()));
            distinct(Answer::ALL.iter().map(|one| answer(*one, language).to_owned()));
            for &country in Country::ALL {
                distinct(Ground::ALL.iter().map(|one| ground(*one, country, language)));
            }
            for word in Word::ALL {
                assert!(!of(word).contains('{'), "{word} is filled");
            }
        }
    }

    #[test]
    fn every_article_is_cited_in_the_language_of_the_page() {
        for &country in Country::ALL {
            let law = domain::privacy::authority::law(country);
            let articles = [law.cited, law.register, law.processors, law.security, law.assessment, law.transfers];
            let breach = [law.breach.authority, law.breach.persons];
            let rights = domain::privacy::authority::rights(country).iter().map(|(_, article)| *article);
            let grounds = Ground::ALL.iter().map(|one| domain::privacy::authority::ground(country, *one));
            for article in articles.into_iter().chain(breach).chain(rights).chain(grounds) {
                let arabic = cited(article, Language::Arabic);
                assert!(!arabic.chars().any(|letter| letter.is_ascii_alphabetic()), "{article}: {arabic}");
                let english = cited(article, Language::English);
                for french in ["RGPD", "Loi", "loi", " et ", " à ", "décret"] {
                    assert!(!english.contains(french), "{english}");
                }
            }
        }
    }

    #[test]
    fn arabic_is_written_in_arabic() {
        let arabic = |text: &str| text.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter));
        for word in Word::ALL {
            assert!(
                arabic(&line(&Line { word: *word, count: Some(7), name: String::new() }, Language::Arabic)),
                "{word}"
            );
        }
    }
}
